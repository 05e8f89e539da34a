import { App, ClusterProfile, type ClusterProfileProps, Warnings } from '@keelson/core';
import { before, specimensOf } from '@keelson/testing/specimen';
import { Chart, Size } from 'cdk8s';
import { PostgreSqlVersion, Storage, type PostgreSqlProps } from '../../src';

/** A sidecar is a plain container below that. */
export const PLAIN_SIDECARS = before('1.29', 'KEELSON1212');

/** A specimen of data: most are the shop's orders and one more option. */
export const specimen = specimensOf({
  app: (outdir, version, cluster: ClusterProfileProps = {}) =>
    new App({ outdir, cluster: ClusterProfile.kubernetes({ ...cluster, version }) }),
  chart: (app, namespace) => new Chart(app, namespace, { namespace }),
  synth: app => app.synth(),
  warnings: app => Warnings.of(app),
});

/** What every PostgreSQL has to say. */
export const orders: PostgreSqlProps = { version: PostgreSqlVersion.V17, storage: Storage.dynamic(Size.gibibytes(1)) };
