import { ClusterProfile, Fault, Faults } from '@keelson/core';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Exposure } from '../exposure';
import { ExposureTarget } from '../exposure-target';
import { RouteNames } from './route-names';
import { ExposedApp } from './target-renderer';
import { within } from './within';

/** What is exposed of one app. */
interface Exposed {
  readonly exposures: Set<Exposure>;
  readonly names: RouteNames;
}

const exposed = new WeakMap<Construct, Exposed>();

const noTarget: Fault = {
  code: 'KEELSON2010', got: 'none, and the cluster profile names neither a gateway nor an ingress controller', allowed: 'a target that the cluster has',
  fix: "set 'gateway' or 'ingress' of ClusterProfile",
};

/**
 * Define what leads requests from outside the cluster to an app. The same exposure twice is the same as once.
 *
 * @param main whether the first route is called as the app: so that the order of further exposures changes no name.
 */
export function expose(app: ExposedApp, exposure: Exposure, main = true): void {
  const { scope } = app;
  const own = exposed.get(scope) ?? { exposures: new Set(), names: new RouteNames() };
  exposed.set(scope, own);
  if (own.exposures.has(exposure)) {
    return;
  }
  own.exposures.add(exposure);
  const profile = ClusterProfile.of(scope);
  const target = exposure.target ?? ExposureTarget._preferredOf(profile);
  const missing = target === undefined ? [noTarget] : target._faultsIn(profile);
  Faults.report(scope, 'exposure', [...exposure.faults, ...within('target', missing)]);
  if (exposure.faults.length > 0) {
    return;
  }
  const renderer = target?._rendererIn(profile);
  if (renderer !== undefined) {
    const hosts = exposure.hosts.length === 0 ? [undefined] : exposure.hosts;
    const routes = hosts.map(host => own.names.route(app, exposure, host, main));
    renderer.render({ app, exposure, routes, namespace: Chart.of(scope).namespace });
  }
}
