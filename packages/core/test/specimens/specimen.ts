import { specimensOf } from '@keelson/testing/specimen';
import { Chart } from 'cdk8s';
import { App, ClusterProfile, type ClusterProfileProps, Warnings } from '../../src';

/** A specimen of core: most are a Deployment of the least that a kind of workload is. */
export const specimen = specimensOf({
  app: (outdir, version, cluster: ClusterProfileProps = {}) =>
    new App({ outdir, cluster: ClusterProfile.kubernetes({ ...cluster, version }) }),
  chart: (app, namespace) => new Chart(app, namespace, { namespace }),
  synth: app => app.synth(),
  warnings: app => Warnings.of(app),
});
