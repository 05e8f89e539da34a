import { join } from 'node:path';
import { App, ClusterProfile, Health, Secret, ServiceType, TrafficPolicy, WaitFor } from '@keelson/core';
import { DatabaseCredentials, MySql, MySqlVersion, Storage } from '@keelson/data';
import { WebApp } from '@keelson/web';
import { Chart, Size } from 'cdk8s';

// set, what an upgrade will change is seen before it is made
const cluster = ClusterProfile.kubernetes({ version: process.env.KUBERNETES_VERSION ?? '1.36' });
const app = new App({ cluster, outdir: join(process.env.CDK8S_OUTDIR ?? 'dist', 'nodeport-1.36') });
const chart = new Chart(app, 'shop', { namespace: 'shop' });

const orders = new MySql(chart, 'orders', {
  version: MySqlVersion.V8_4,
  storage: Storage.dynamic(Size.gibibytes(20)),
  rootCredentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('mysql-root')),
  externalAccess: ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.LOCAL, sourceRanges: ['10.20.0.0/16'] }),
  externalNodePort: 30306,
});

const storefront = new WebApp(chart, 'storefront', {
  image: 'registry.example.com/shop/storefront:1.8.2@sha256:8f3a1bd2a7d0c7b6f6a0a4c9b5f0d3e8c1e7d2a9b4c6f8e0d1a3b5c7e9f1a2b3',
  port: 8080,
  health: Health.http({ ready: '/readyz', live: '/livez' }),
});
storefront.connections.to(orders);
storefront.waitFor(WaitFor.service(orders));

app.synth();
