import { ClusterProfile, Fault, Faults } from '@keelson/core';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { BackendProtocol } from '../backend-protocol';
import { Exposure } from '../exposure';
import { ExposureTarget } from '../exposure-target';
import { backendFaults, backendOf, portlessFaults } from './backend';
import { namespaceFaults } from './backend-namespace';
import { refusals } from './edge/refusals';
import { hostsOf } from './exposed-hosts';
import { plansOf } from './plans';
import { RouteNames } from './route-names';
import { watchHosts } from './split-hosts';
import { ExposedApp } from './target-renderer';

/** What is exposed of one app. */
interface Exposed {
  readonly exposures: Set<Exposure>;
  readonly names: RouteNames;
}

const exposed = new WeakMap<Construct, Exposed>();

const noTarget: Fault = {
  code: 'KEELSON2010', got: 'none, and the cluster profile names neither a gateway, nor a Traefik, nor an ingress controller', allowed: 'a target that the cluster has',
  fix: "set 'gateway', 'traefik' or 'ingress' of ClusterProfile",
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
  Faults.report(scope, 'exposure', [...exposure.faults, ...Faults.within('target', missing)]);
  // what is no gateway can't be asked what it can say
  const renderer = exposure.faults.length > 0 ? undefined : target?._rendererIn(profile);
  if (renderer === undefined) {
    return;
  }
  const { backendPort } = exposure.options;
  const backend = backendOf(app, backendPort);
  const isFirst = backend.port === (app.ports[0]?.number ?? backend.port);
  const protocol = exposure.options.protocol ?? (app.speaksGrpc && isFirst ? BackendProtocol.GRPC : BackendProtocol.HTTP);
  const faults = [
    ...refusals(exposure, protocol, renderer, profile.gatewayApi), ...backendFaults(app, backendPort), ...portlessFaults(exposure),
  ];
  Faults.report(scope, 'exposure', faults);
  if (faults.length > 0) {
    return;
  }
  watchHosts(app, exposure, renderer);
  const { namespace } = Chart.of(scope);
  for (const plan of plansOf({ app, exposure, protocol, backend, main, renderer })) {
    const unreachable = namespaceFaults(plan, namespace, renderer);
    Faults.report(scope, 'exposure', unreachable);
    if (unreachable.length > 0) {
      return;
    }
    const routes = hostsOf(plan.exposure).map(host => own.names.route(app, plan.exposure, host, plan.main, renderer));
    renderer.render({ app, ...plan, routes, namespace });
  }
}
