// The program that scripts/consumers.mjs runs in each kind of repository; its output must be the same in all of them.
import type { WebAppProps } from '@keelson/web';
import { ClusterProfile, Health } from '@keelson/core';
import { PostgreSql, PostgreSqlVersion, Storage } from '@keelson/data';
import { FromPlus, ToPlus } from '@keelson/plus';
import { Quota, Tenant } from '@keelson/tenancy';
import { WebApp } from '@keelson/web';
import { App, Chart, Size } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'consumer', { namespace: 'shop' });
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
const database = new PostgreSql(chart, 'database', { version: PostgreSqlVersion.V17, storage: Storage.dynamic(Size.gibibytes(10)) });
web.connections.to(database);
new Tenant(app, 'billing', { quota: Quota.small() });
app.synth();
