import { ClusterProfile, Fault, Faults } from '@keelson/core';
import { BackendProtocol } from '../../backend-protocol';
import { FeatureName, FEATURES } from '../edge/features';
import { featuresOf } from '../edge/refusals';
import { ExtendedRoute, RouteExtension, RouteField } from '../gateway-api/extension';
import { addressFaults, bufferingFaults, usersFaults } from './faults';
import { gatewayRankOf } from './gateway-rank';
import { changesOf, clientsOf, defineMiddlewares, guardsOf, redirectsBeforeApp, Step, Wanted } from './middlewares';
import { traefikServiceOf } from './services';

const GROUP = 'traefik.io';

/** What Traefik ignores in a route, or answers with 500 for: its middlewares and services say it. */
const OWN = new Set<FeatureName>(['serviceAuth', 'cors', 'retries', 'stickySession', 'mirror', 'mirrorShare']);
/** What it answers 500 for in a GRPCRoute besides. */
const OWN_OF_GRPC = new Set<FeatureName>(['setResponseHeaders', 'removeResponseHeaders']);
/** What a TraefikService would say, to which GRPCRoutes can't lead, and what Traefik ignores in them. */
const NOT_FOR_GRPC = new Set<FeatureName>([
  'stickySession', 'mirror', 'responseTimeout', 'addResponseHeaders', 'backendTlsPublic', 'backendTlsConfigMap', 'backendTlsSecret',
]);

/**
 * What Traefik adds: its middlewares, as filters, and its services, as backends.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/gateway-api/
 */
export const TRAEFIK_EXTENSION: RouteExtension = {
  owns: (feature, { kind }) => OWN.has(feature) || kind === 'GRPCRoute' && OWN_OF_GRPC.has(feature),
  filters: route => {
    const { request, kind } = route;
    const wanted: Wanted = { prefixes: false, appRoot: false, requestHeaders: false, responseHeaders: kind === 'GRPCRoute' };
    const guards = guardsOf(request, route.route, clientsOf(request), wanted);
    const changes = changesOf(request, wanted);
    const refersToOwn = guards.length + changes.length > 0 || needsTraefikService(route);
    Faults.report(request.app.scope, 'exposure', [...faultsOf(route), ...refersToOwn ? namespaceFaults(request.namespace) : []]);
    const filters = (steps: readonly Step[]): RouteField[] => defineMiddlewares(request, route.route, steps)
      .map(name => ({ type: 'ExtensionRef', extensionRef: { group: GROUP, kind: 'Middleware', name } }));
    return { before: filters(guards), after: filters(changes) };
  },
  backendRef: route => {
    const name = needsTraefikService(route) ? traefikServiceOf(route.request, route.route) : undefined;
    return name === undefined ? undefined : { group: GROUP, kind: 'TraefikService', name };
  },
  policies: () => undefined,
  rankOf: gatewayRankOf,
};

/** Whether something is asked for that only a TraefikService says. */
function needsTraefikService({ kind, request: { mirror, exposure: { options } } }: ExtendedRoute): boolean {
  return kind === 'HTTPRoute' && (mirror !== undefined || options.stickySession !== undefined || options.timeouts?.response !== undefined);
}

function faultsOf(route: ExtendedRoute): Fault[] {
  const { request, kind } = route;
  const { app, backend, exposure, protocol, mirror } = request;
  const unsaid = kind === 'GRPCRoute' ? featuresOf(exposure, protocol).filter(name => NOT_FOR_GRPC.has(name)) : [];
  const own = [
    ...needsTraefikService(route) ? [{ by: 'TraefikService', to: backend }, { by: 'TraefikService', to: mirror }] : [],
    ...redirectsBeforeApp(request) ? [{ by: 'Middleware', to: backend }] : [],
  ];
  const elsewhere = own.find(({ to }) => to?.namespace !== undefined);
  const crosses = ClusterProfile.of(app.scope).traefik?.allowsCrossNamespace === true;
  return [
    ...bufferingFaults({ ...request, protocol: kind === 'GRPCRoute' ? BackendProtocol.GRPC : protocol }, 'a gateway by Traefik'),
    ...addressFaults(request),
    // of authorities, the policy that TLS to the app has says it
    ...usersFaults(request),
    ...unsaid.map(name => ({
      code: 'KEELSON2355', member: FEATURES[name].member, got: `${FEATURES[name].text}, of gRPC at a gateway by Traefik, which ignores it or answers with errors`,
      allowed: 'what Traefik does about a GRPCRoute', fix: 'leave it out, or choose ExposureTarget.TRAEFIK',
    })),
    ...elsewhere === undefined || crosses ? [] : [{
      code: 'KEELSON2356', got: `Service ${Faults.quoted(elsewhere.to?.service ?? '')} of namespace ${Faults.quoted(elsewhere.to?.namespace ?? '')}, by a ${elsewhere.by}`,
      allowed: "a Service of the routes' namespace where Traefik's own kinds lead to it", fix: "have Traefik allow it, and say so by 'allowsCrossNamespace' of the profile's 'traefik'",
    }],
  ];
}

function namespaceFaults(namespace: string | undefined): Fault[] {
  return namespace === undefined || !namespace.includes('--') ? [] : [{
    code: 'KEELSON2357', got: `a route in namespace ${Faults.quoted(namespace)}`, allowed: "in a namespace without '--': Traefik finds no middleware of such a one from a route of the Gateway API",
    fix: 'choose another namespace, or ExposureTarget.TRAEFIK',
  }];
}
