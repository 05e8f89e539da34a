import { GatewayImplementation } from '@keelson/core';
import { GATEWAY_BY_TRAEFIK } from './gateway-by-traefik-supports';
import { GATEWAY_SUPPORTS } from './gateway-supports';
import { Flavor, Support } from './support';

/** The filter of CORS. */
export const CORS_FILTER = Support.since('1.5', 'type: CORS').or(Support.experimental('1.3', 'type: CORS'));

/** The timeouts of a rule. */
export const TIMEOUTS = Support.since('1.2', 'timeouts:').or(Support.experimental('1.0', 'timeouts:'));

/** What the Gateway API itself has, whoever carries it out. */
export const GATEWAY_API: Flavor = {
  text: 'Gateway API',
  choice: 'ExposureTarget.GATEWAY_API',
  supports: {
    ...GATEWAY_SUPPORTS,
    regularExpressionPath: Support.none('it leaves regular expressions to implementations'),
    basicAuth: Support.none('it has no passwords'),
    basicAuthRealm: Support.none('it has no passwords'),
    serviceAuth: Support.experimental('1.4', 'type: ExternalAuth'),
    oidc: Support.by('--oidc-issuer-url=https://'),
    regularExpressionRewrite: Support.none('it replaces prefixes only'),
    allowedSources: Support.none("it doesn't ask for a client's address"),
    rateLimit: Support.none('it has no limits'),
    concurrencyLimit: Support.none('it has no limits'),
    cors: CORS_FILTER,
    bodySize: Support.none('it has no limits'),
    requestTimeout: TIMEOUTS,
    retries: Support.since('1.7', 'attempts:').or(Support.experimental('1.2', 'attempts:')),
    compression: Support.none('it leaves answers as they are'),
    backendTlsSecret: Support.none('it takes ConfigMaps only'),
    stickySession: Support.experimental('1.1', 'sessionPersistence:'),
  },
};

/** That, and the policies of Envoy Gateway. */
export const ENVOY_GATEWAY: Flavor = {
  text: 'Gateway API by Envoy Gateway',
  choice: 'a gateway of GatewayImplementation.ENVOY_GATEWAY',
  supports: {
    ...GATEWAY_SUPPORTS,
    regularExpressionPath: Support.by('type: RegularExpression'),
    basicAuth: Support.by('basicAuth:'),
    basicAuthRealm: Support.none('its dialog says nothing of one'),
    serviceAuth: Support.by('extAuth:'),
    oidc: Support.by('--oidc-issuer-url=https://'),
    regularExpressionRewrite: Support.by('type: ReplaceRegexMatch'),
    allowedSources: Support.by('clientCIDRs:'),
    rateLimit: Support.by('rateLimit:'),
    concurrencyLimit: Support.none('it counts all clients together'),
    cors: CORS_FILTER.or(Support.by('allowOrigins:')),
    bodySize: Support.by('requestBuffer:'),
    requestTimeout: TIMEOUTS.or(Support.by('requestTimeout:')),
    retries: Support.by('retryOn:'),
    compression: Support.by('compressor:'),
    backendTlsSecret: Support.since('1.4', 'kind: BackendTLSPolicy'),
    stickySession: Support.by('consistentHash:'),
  },
};

/** What can be said at a gateway of an implementation. */
export function gatewayFlavor(implementation: GatewayImplementation | undefined): Flavor {
  if (implementation === GatewayImplementation.ENVOY_GATEWAY) {
    return ENVOY_GATEWAY;
  }
  return implementation === GatewayImplementation.TRAEFIK ? GATEWAY_BY_TRAEFIK : GATEWAY_API;
}

/** Kinds of objects at such a gateway that are called as a route. */
export function routeKinds(implementation: GatewayImplementation | undefined): readonly string[] {
  return implementation === GatewayImplementation.TRAEFIK ? ['HTTPRoute', 'Middleware'] : ['HTTPRoute'];
}
