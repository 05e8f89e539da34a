import { Fault, Faults } from '@keelson/core';
import type { FeatureName } from '../edge/features';
import { usualCors } from '../edge/cors-faults';
import { choicesOf, FLAVORS } from '../edge/flavors';
import { ENVOY_GATEWAY } from '../edge/gateway-api-supports';
import { ExtendedRoute, RouteField } from '../gateway-api/extension';
import { durationText, orNone, TOLD_HEADERS } from '../gateway-api/filters';
import { backendReference } from '../gateway-api/reference-grant';
import { binaryQuantity } from '../quantity';
import { ENVOY_GROUP, envoyObject } from './envoy-object';

/** When the connection to the app fails before it answers, not when it answers with a mistake. */
const TRIGGERS = ['connect-failure', 'refused-stream', 'reset'];

/** Who lets more come at once than the rate. */
const ABLE = choicesOf(FLAVORS.filter(other => other !== ENVOY_GATEWAY && other.supports.rateLimit.form !== undefined));

/** Counted for each address by itself. */
const ANY_CLIENT = ['0.0.0.0/0', '::/0'];

/**
 * Define the policies of a route.
 *
 * @param isInPolicy whether a policy says a feature, as its route doesn't.
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/
 */
export function definePolicies(route: ExtendedRoute, isInPolicy: (feature: FeatureName) => boolean): void {
  const { request: { app }, kind, name } = route;
  const faults = policyFaults(route);
  Faults.report(app.scope, 'exposure', faults);
  if (faults.length > 0) {
    return;
  }
  // what isn't said here stays as the platform's own policy of the gateway has it
  const common = { mergeType: 'StrategicMerge', targetRefs: [{ group: 'gateway.networking.k8s.io', kind, name }] };
  const security = said({
    cors: isInPolicy('cors') ? corsOf(route) : undefined, basicAuth: basicAuthOf(route), extAuth: externalAuthOf(route), authorization: authorizationOf(route),
  });
  const traffic = said({
    rateLimit: rateLimitOf(route), retry: retryOf(route), timeout: isInPolicy('requestTimeout') ? timeoutOf(route) : undefined,
    requestBuffer: bufferOf(route), compressor: compressorOf(route), loadBalancer: stickyOf(route),
  });
  if (security !== undefined) {
    envoyObject(route, 'SecurityPolicy', { ...common, ...security });
  }
  if (traffic !== undefined) {
    envoyObject(route, 'BackendTrafficPolicy', { ...common, ...traffic });
  }
}

/** What is wrong with values: Envoy Gateway takes less than others do. */
function policyFaults({ request: { auth, exposure: { options }, namespace } }: ExtendedRoute): Fault[] {
  const { rateLimit } = options;
  const users = auth.basic?.users;
  const isElsewhere = users?.namespace !== undefined && namespace !== undefined && users.namespace !== namespace;
  return [
    ...rateLimit === undefined || rateLimit.burst === rateLimit.requests ? [] : [{
      code: 'KEELSON2331', member: 'rateLimit', got: `${rateLimit.burst} at once of ${rateLimit.requests}, at Envoy Gateway`, allowed: 'as many at once as the rate allows in its period',
      fix: `leave 'burst' out, so that ${rateLimit.requests} may come at once, or choose a target that can: ${ABLE}`,
    }],
    ...!isElsewhere ? [] : [{
      code: 'KEELSON2343', member: 'auth', got: `Secret ${Faults.quoted(users.name)} in namespace ${Faults.quoted(users.namespace ?? '')}`, allowed: `a Secret in the namespace of the app, ${Faults.quoted(namespace)}`,
      fix: 'copy it there',
    }],
  ];
}

function said(members: RouteField): RouteField | undefined {
  return Object.values(members).some(member => member !== undefined) ? members : undefined;
}

function corsOf({ request: { exposure: { options: { cors } } } }: ExtendedRoute): RouteField | undefined {
  if (cors === undefined) {
    return undefined;
  }
  const { allowHeaders, exposeHeaders, maxAge, ...rest } = usualCors(cors);
  return { ...rest, allowHeaders: orNone(allowHeaders), exposeHeaders: orNone(exposeHeaders), maxAge: durationText(maxAge) };
}

function basicAuthOf({ request: { auth: { basic } } }: ExtendedRoute): RouteField | undefined {
  return basic && { users: { name: basic.users.name } };
}

function externalAuthOf({ request }: ExtendedRoute): RouteField | undefined {
  const { service } = request.auth;
  return service && {
    headersToExtAuth: TOLD_HEADERS.map(name => name.toLowerCase()),
    http: { backendRefs: [backendReference(request, service.backend, ENVOY_GROUP, 'SecurityPolicy')], pathOverride: service.path },
  };
}

function authorizationOf({ request: { exposure: { options: { allowedSources } } } }: ExtendedRoute): RouteField | undefined {
  return allowedSources && { defaultAction: 'Deny', rules: [{ action: 'Allow', principal: { clientCIDRs: allowedSources } }] };
}

function rateLimitOf({ request: { exposure: { options: { rateLimit } } } }: ExtendedRoute): RouteField | undefined {
  const limit = rateLimit && { requests: rateLimit.requests, unit: rateLimit.periodSeconds === 60 ? 'Minute' : 'Second' };
  return limit && { local: { rules: ANY_CLIENT.map(value => ({ clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }], limit })) } };
}

function retryOf({ request: { exposure: { options: { retries } } } }: ExtendedRoute): RouteField | undefined {
  return retries === undefined ? undefined : { numRetries: retries, retryOn: { triggers: TRIGGERS } };
}

function timeoutOf({ request: { exposure: { options: { timeouts } } } }: ExtendedRoute): RouteField | undefined {
  return timeouts?.request === undefined ? undefined : { http: { requestTimeout: durationText(timeouts.request) } };
}

function bufferOf({ request: { exposure: { options: { maxBodySize } } } }: ExtendedRoute): RouteField | undefined {
  return maxBodySize && { limit: binaryQuantity(maxBodySize) };
}

/** The first one wins where a client takes both alike. */
function compressorOf({ request: { exposure: { options: { compression } } } }: ExtendedRoute): RouteField[] | undefined {
  return compression === true ? [{ type: 'Brotli', brotli: {} }, { type: 'Gzip', gzip: {} }] : undefined;
}

function stickyOf({ request: { app, exposure: { options: { stickySession } } } }: ExtendedRoute): RouteField | undefined {
  if (stickySession === undefined) {
    return undefined;
  }
  const { cookieName = `${app.name}-session`, maxAge } = stickySession;
  // without any it makes no cookie; none seconds are until the browser is closed
  const cookie = { name: cookieName, ttl: maxAge === undefined ? '0s' : durationText(maxAge) };
  return { type: 'ConsistentHash', consistentHash: { type: 'Cookie', cookie } };
}
