import { ClusterProfile } from '@keelson/core';
import type { FeatureName } from '../edge/features';
import { CORS_FILTER, TIMEOUTS } from '../edge/gateway-api-supports';
import { ExtendedRoute, NO_EXTENSION, RouteExtension } from '../gateway-api/extension';
import { definePolicies } from './policies';
import { expressionFilters, isPrefixed } from './route-filter';

/** What is in a policy always: for routes of both kinds alike, whatever the version of the Gateway API. */
const ALWAYS = new Set<FeatureName>(['serviceAuth', 'retries', 'stickySession']);

/**
 * What Envoy Gateway adds: its policies, one of a kind for each route, since of two the younger one is ignored.
 *
 * @see https://gateway.envoyproxy.io/docs/concepts/gateway_api_extensions/
 */
export const ENVOY_EXTENSION: RouteExtension = {
  ...NO_EXTENSION,
  owns: (feature, route) => ALWAYS.has(feature) || isInPolicy(feature, route) || feature === 'replacePrefix' && isPrefixed(route),
  filters: (route) => ({ before: [], after: expressionFilters(route) }),
  policies: (route) => definePolicies(route, feature => ENVOY_EXTENSION.owns(feature, route)),
};

/** What a GRPCRoute, or an HTTPRoute of an older Gateway API, has no field for. */
function isInPolicy(feature: FeatureName, { kind, request: { app } }: ExtendedRoute): boolean {
  const support = feature === 'cors' ? CORS_FILTER : feature === 'requestTimeout' ? TIMEOUTS : undefined;
  return support !== undefined && (kind === 'GRPCRoute' || support.at(ClusterProfile.of(app.scope).gatewayApi).form === undefined);
}
