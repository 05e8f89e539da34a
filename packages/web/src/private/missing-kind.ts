import { ClusterProfile, Fault } from '@keelson/core';

const OPERATORS: { readonly [kind: string]: string } = {
  VerticalPodAutoscaler: 'the Vertical Pod Autoscaler',
  ...Object.fromEntries(['SecurityPolicy', 'BackendTrafficPolicy', 'ClientTrafficPolicy', 'HTTPRouteFilter'].map(kind => [kind, 'Envoy Gateway'])),
  ...Object.fromEntries(['IngressRoute', 'Middleware', 'ServersTransport', 'TraefikService'].map(kind => [kind, 'the CRDs of Traefik'])),
};

/** What is said of a custom kind that the cluster hasn't got. */
export function missingKind(profile: ClusterProfile, apiVersion: string, kind: string): Fault[] {
  return profile.has(apiVersion, kind) ? [] : [{
    code: 'KEELSON2093', got: `${kind}, which isn't among the cluster profile's customResources`, allowed: 'of a kind that the cluster has',
    fix: `install ${OPERATORS[kind] ?? 'KEDA'} and add '${apiVersion}/${kind}' to customResources`,
  }];
}
