import { specimensOf } from '@keelson/testing/specimen';
import { Chart } from 'cdk8s';
import { App, ClusterProfile, type ClusterProfileProps, Warnings } from '../../src';

/** What a cluster has, or a preset that knows some of it. */
type Cluster = ClusterProfileProps | ((props: ClusterProfileProps) => ClusterProfile);

/** A specimen of core: most are a Deployment of the least that a kind of workload is. */
export const specimen = specimensOf({
  app: (outdir, version, cluster: Cluster = {}) => new App({
    outdir, cluster: typeof cluster === 'function' ? cluster({ version }) : ClusterProfile.kubernetes({ ...cluster, version }),
  }),
  chart: (app, namespace) => new Chart(app, namespace, { namespace }),
  synth: app => app.synth(),
  warnings: app => Warnings.of(app),
});
