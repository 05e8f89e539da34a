import { App, ClusterProfile, type ClusterProfileProps, Warnings } from '@keelson/core';
import { specimensOf } from '@keelson/testing/specimen';
import { Chart } from 'cdk8s';
import { Quota, Tenant, type TenantProps } from '../../src';

/** A specimen of tenancy: tenants beside a chart of its own. */
export const specimen = specimensOf({
  app: (outdir, version, cluster: ClusterProfileProps = {}) =>
    new App({ outdir, cluster: ClusterProfile.kubernetes({ ...cluster, version }) }),
  chart: (app, namespace) => new Chart(app, namespace, { namespace }),
  synth: app => app.synth(),
  warnings: app => Warnings.of(app),
});

/** A tenant of a specimen's app; namespaces of a specimen begin with its title. */
export function tenant(chart: Chart, suffix: string, props: Partial<TenantProps> = {}): Tenant {
  return new Tenant(chart.node.root as App, `${chart.node.id}-${suffix}`, { quota: Quota.small(), ...props });
}
