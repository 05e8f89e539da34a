import { type App } from '@keelson/core';
import { FromPlus } from '@keelson/plus';
import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { storefront } from './storefront.ts';

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
  storefront(chart, { catalogue: catalogueService, catalogueUrl: `http://${catalogueService.dnsName}`, settings });
}
