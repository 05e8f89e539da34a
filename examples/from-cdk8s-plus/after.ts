import { type App, ConfigMap, Health } from '@keelson/core';
import { WebApp } from '@keelson/web';
import { Chart, Size } from 'cdk8s';
import { storefront } from './storefront.ts';

/** The shop as it is written with Keelson. */
export function after(app: App): void {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });

  const catalogue = new WebApp(chart, 'catalogue', {
    image: 'registry.example.com/shop/catalogue:2.3.0@sha256:4e1b6bdf7a2f0a8fd0a9fcd6e5dc1d0c6f2f7f0f6f0c1b1f9d2f4a7a6c3b5e21',
    port: 8080,
    health: Health.http({ ready: '/readyz', live: '/livez' }),
    resources: { memoryRequest: Size.mebibytes(256) },
    replicas: 3,
  });

  const settings = new ConfigMap(chart, 'settings', { data: { 'shop.yaml': 'currency: EUR\npage-size: 24\n' } });
  storefront(chart, { catalogue, catalogueUrl: catalogue.url, settings });
}
