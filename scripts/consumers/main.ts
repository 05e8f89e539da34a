// The program that scripts/consumers.mjs runs in each kind of repository; its output must be the same in all of them.
import type { WebAppProps } from '@keelson/web';
import { ClusterProfile, Health } from '@keelson/core';
import { FromPlus, ToPlus } from '@keelson/plus';
import { WebApp } from '@keelson/web';
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'consumer');
ClusterProfile.kubernetes().applyTo(chart);
const props: WebAppProps = {
  image: 'registry.example.com/shop/storefront:1.8.2',
  port: 8080,
  health: Health.http({ ready: '/readyz', live: '/livez' }),
};
const web: WebApp = new WebApp(chart, 'storefront', props);
web.connections.to(new WebApp(chart, 'orders', props));
const legacy = new Deployment(chart, 'legacy', { containers: [{ image: 'registry.example.com/shop/legacy:1.0.0', portNumber: 9090 }] });
web.connections.to(FromPlus.workload(legacy));
legacy.connections.allowTo(ToPlus.pods(web));
app.synth();
