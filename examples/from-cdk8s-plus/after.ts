import { type App, Certificate, ConfigMap, EnvValue, Health, Secret, Volume } from '@keelson/core';
import { Exposure, Scaling, WebApp } from '@keelson/web';
import { Chart, Size } from 'cdk8s';

/** The shop as it is written with Keelson. */
export function after(app: App): void {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const health = Health.http({ ready: '/readyz', live: '/livez' });
  const resources = { memoryRequest: Size.mebibytes(256) };

  const catalogue = new WebApp(chart, 'catalogue', {
    image: 'registry.example.com/shop/catalogue:2.3.0@sha256:4e1b6bdf7a2f0a8fd0a9fcd6e5dc1d0c6f2f7f0f6f0c1b1f9d2f4a7a6c3b5e21',
    port: 8080,
    health,
    resources,
    replicas: 3,
  });

  const settings = new ConfigMap(chart, 'settings', { data: { 'shop.yaml': 'currency: EUR\npage-size: 24\n' } });
  const storefront = new WebApp(chart, 'storefront', {
    image: 'registry.example.com/shop/storefront:1.8.2@sha256:9c2d1c7e1fb0a3b5f5a2a9f7d1c8e6b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8',
    port: 8080,
    health,
    resources,
    env: {
      CATALOGUE_URL: EnvValue.fromValue(catalogue.url),
      SESSION_KEY_FILE: EnvValue.fromValue('/etc/storefront/session/key'),
    },
    volumes: {
      '/etc/storefront/settings': Volume.fromConfigMap(settings),
      '/etc/storefront/session': Volume.fromSecret(Secret.fromSecretName('storefront-session')),
    },
    scaling: Scaling.onCpu({ min: 3, max: 12, percent: 70 }),
    exposure: Exposure.https('shop.example.com', { certificate: Certificate.fromSecret(Secret.fromSecretName('shop-example-com-tls')) }),
  });
  storefront.connections.to(catalogue);
}
