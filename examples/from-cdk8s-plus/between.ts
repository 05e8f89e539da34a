import { type App, Certificate, EnvValue, Health, Secret, Volume } from '@keelson/core';
import { FromPlus } from '@keelson/plus';
import { Exposure, Scaling, WebApp } from '@keelson/web';
import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';

/** On the way: the storefront has moved, the catalogue is still as it was. */
export function between(app: App): void {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });

  const catalogue = new kplus.Deployment(chart, 'catalogue', {
    replicas: 3,
    isolate: true,
    containers: [{
      image: 'registry.example.com/shop/catalogue:2.3.0',
      portNumber: 8080,
      readiness: kplus.Probe.fromHttpGet('/readyz', { port: 8080 }),
      liveness: kplus.Probe.fromHttpGet('/livez', { port: 8080 }),
      resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) } },
    }],
  });
  const catalogueService = FromPlus.service(catalogue.exposeViaService({ name: 'catalogue', ports: [{ port: 80, targetPort: 8080 }] }), catalogue);

  const settings = new kplus.ConfigMap(chart, 'settings', { data: { 'shop.yaml': 'currency: EUR\npage-size: 24\n' } });
  const storefront = new WebApp(chart, 'storefront', {
    image: 'registry.example.com/shop/storefront:1.8.2@sha256:9c2d1c7e1fb0a3b5f5a2a9f7d1c8e6b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8',
    port: 8080,
    health: Health.http({ ready: '/readyz', live: '/livez' }),
    resources: { memoryRequest: Size.mebibytes(256) },
    env: {
      CATALOGUE_URL: EnvValue.fromValue(`http://${catalogueService.dnsName}`),
      SESSION_KEY_FILE: EnvValue.fromValue('/etc/storefront/session/key'),
    },
    volumes: {
      '/etc/storefront/settings': Volume.fromConfigMap(settings),
      '/etc/storefront/session': Volume.fromSecret(Secret.fromSecretName('storefront-session')),
    },
    scaling: Scaling.onCpu({ min: 3, max: 12, percent: 70 }),
    exposure: Exposure.https('shop.example.com', { certificate: Certificate.fromSecret(Secret.fromSecretName('shop-example-com-tls')) }),
  });
  storefront.connections.to(catalogueService);
}
