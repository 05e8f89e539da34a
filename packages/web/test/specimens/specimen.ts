import { App, ClusterProfile, type ClusterProfileProps, GatewayApi, Health, Warnings } from '@keelson/core';
import { before, specimensOf } from '@keelson/testing/specimen';
import { Chart } from 'cdk8s';
import type { WebAppProps, WorkerProps } from '../../src';

/** A web app drains by the kubelet's own sleep, which comes with 1.30. */
export const UNDRAINED = before('1.30', 'KEELSON1214');

/** A specimen of web: most are the shop's storefront and one more option. */
export const specimen = specimensOf({
  app: (outdir, version, cluster: ClusterProfileProps = {}) => {
    // The newest Gateway API that takes the version.
    const gatewayApi = GatewayApi.standard(version === '1.27' ? '1.4' : '1.7');
    return new App({ outdir, cluster: ClusterProfile.kubernetes({ gatewayApi, ...cluster, version }) });
  },
  chart: (app, namespace) => new Chart(app, namespace, { namespace }),
  synth: app => app.synth(),
  warnings: app => Warnings.of(app),
  usualWarnings: [UNDRAINED],
});

/** What every web app has to say. */
export const storefront: WebAppProps = {
  image: 'registry.example.com/shop/storefront:1.8.2',
  port: 8080,
  health: Health.http({ ready: '/readyz', live: '/livez' }),
};

/** What most workers say. */
export const mailer: WorkerProps = {
  image: 'registry.example.com/shop/mailer:2.1.0',
  health: Health.exec({ ready: ['/app/check', '--ready'], live: ['/app/check', '--live'] }),
};
