import { type IConfigMap, type IConnectable, Certificate, EnvValue, Health, Secret, Volume } from '@keelson/core';
import { Exposure, Scaling, WebApp } from '@keelson/web';
import { type Chart, Size } from 'cdk8s';

/** What the storefront needs of the rest of the shop. */
export interface StorefrontProps {
  readonly catalogue: IConnectable;
  readonly catalogueUrl: string;
  readonly settings: IConfigMap;
}

/** The storefront since it has moved: the same while the catalogue moves as after. */
export function storefront(chart: Chart, { catalogue, catalogueUrl, settings }: StorefrontProps): void {
  const app = new WebApp(chart, 'storefront', {
    image: 'registry.example.com/shop/storefront:1.8.2@sha256:9c2d1c7e1fb0a3b5f5a2a9f7d1c8e6b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8',
    port: 8080,
    health: Health.http({ ready: '/readyz', live: '/livez' }),
    resources: { memoryRequest: Size.mebibytes(256) },
    env: {
      CATALOGUE_URL: EnvValue.fromValue(catalogueUrl),
      SESSION_KEY_FILE: EnvValue.fromValue('/etc/storefront/session/key'),
    },
    volumes: {
      '/etc/storefront/settings': Volume.fromConfigMap(settings),
      '/etc/storefront/session': Volume.fromSecret(Secret.fromSecretName('storefront-session')),
    },
    scaling: Scaling.onCpu({ min: 3, max: 12, percent: 70 }),
    exposure: Exposure.https('shop.example.com', { certificate: Certificate.fromSecret(Secret.fromSecretName('shop-example-com-tls')) }),
  });
  app.connections.to(catalogue);
}
