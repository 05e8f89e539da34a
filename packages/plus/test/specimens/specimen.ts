import { App, ClusterProfile } from '@keelson/core';
import { specimensOf } from '@keelson/testing/specimen';
import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** A specimen of the bridge: an app of both libraries. */
export const specimen = specimensOf({
  app: (outdir, version) => new App({ outdir, cluster: ClusterProfile.kubernetes({ version }) }),
  chart: (app, namespace) => new Chart(app, namespace, { namespace }),
  synth: app => app.synth(),
  warnings: () => [],
  usualWarnings: [],
});

/** A Deployment of cdk8s-plus-27. */
export function legacy(scope: Construct, id: string, props: Partial<kplus.DeploymentProps> = {}): kplus.Deployment {
  return new kplus.Deployment(scope, id, { containers: [{ image: `registry.example.com/shop/${id}:1.0.0`, portNumber: 9090 }], metadata: { name: id }, ...props });
}
