import { ClusterProfile } from '@keelson/core';
import { usualCors } from '../edge/cors-faults';
import { HeaderChanges } from '../../header-changes';
import { bytesOf } from '../quantity';
import { secondsOf } from '../seconds';
import { Backend, ExposureRequest, Route } from '../target-renderer';
import { rewriteOf } from './rewrites';
import { defineTraefikObject, foundName } from './traefik-object';

/** A middleware of a route: what its name ends in, and its one kind. */
export interface Step {
  readonly suffix: string;
  readonly spec: object;
  /** What it is where it is no Middleware, but something that one of them needs. */
  readonly kind?: 'Middleware' | 'ServersTransport';
  /** Where it isn't that of the route. */
  readonly namespace?: string;
  /** Whether another one of them refers to it, and not the route. */
  readonly inner?: boolean;
}

/** Which middlewares are wanted, where something else says some of what an exposure asks for. */
export interface Wanted {
  /** Whether prefixes of paths are rewritten. */
  readonly prefixes: boolean;
  /** Whether an app root is. */
  readonly appRoot: boolean;
  readonly requestHeaders: boolean;
  readonly responseHeaders: boolean;
}

/** How the address of a client is told. */
interface IpStrategy {
  readonly depth: number;
}

const NONE = { trustedProxies: 0 };

/** Before a router can try once more, a pod may need a moment. */
const RETRY_INTERVAL = '100ms';

/** What decides about requests and changes their paths: whatever the order in which it is asked for, in this one. */
export function guardsOf(request: ExposureRequest, route: Route, clients: IpStrategy, wanted: Wanted): Step[] {
  const { options } = request.exposure;
  const { allowedSources, rateLimit, maxConcurrentRequests, maxBodySize, compression } = options;
  // where nobody stands before Traefik, who connects is the client, which is its own default for these
  const ipStrategy = clients.depth > 0 ? clients : undefined;
  return [
    ...unless(allowedSources, sourceRange => ({ suffix: 'allowed-sources', spec: { ipAllowList: { sourceRange, ipStrategy } } })),
    ...unless(rateLimit, ({ requests, periodSeconds, burst }) => ({
      suffix: 'rate-limit',
      spec: { rateLimit: { average: requests, period: `${periodSeconds}s`, burst, sourceCriterion: ipStrategy && { ipStrategy } } },
    })),
    // by default it counts by host, and not by client
    ...unless(maxConcurrentRequests, amount => ({
      suffix: 'concurrency', spec: { inFlightReq: { amount, sourceCriterion: { ipStrategy: clients } } },
    })),
    ...corsOf(request),
    ...authOf(request, route),
    ...unless(maxBodySize, size => ({ suffix: 'body-size', spec: { buffering: { maxRequestBodyBytes: bytesOf(size) } } })),
    ...rewriteOf(request.exposure, wanted),
    ...compression === true ? [{ suffix: 'compression', spec: { compress: {} } }] : [],
  ];
}

/** What changes requests and answers next to the app. */
export function changesOf({ exposure: { options } }: ExposureRequest, wanted: Wanted): Step[] {
  const customRequestHeaders = wanted.requestHeaders ? headersOf(options.requestHeaders) : undefined;
  const customResponseHeaders = wanted.responseHeaders ? headersOf(options.responseHeaders) : undefined;
  const some = customRequestHeaders !== undefined || customResponseHeaders !== undefined;
  return [
    ...some ? [{ suffix: 'headers', spec: { headers: { customRequestHeaders, customResponseHeaders } } }] : [],
    ...unless(options.retries, retries => ({ suffix: 'retries', spec: { retry: { attempts: retries + 1, initialInterval: RETRY_INTERVAL } } })),
  ];
}

/** Define the Middlewares of a route, and refer to them. */
export function defineMiddlewares(request: ExposureRequest, route: Route, steps: readonly Step[]): string[] {
  return steps.flatMap(({ suffix, spec, kind = 'Middleware', namespace, inner }) => {
    const name = ownName(route, suffix);
    defineTraefikObject(request, route.scope, suffix, { kind, name, namespace, spec });
    return inner === true ? [] : [name];
  });
}

/** What Traefik is told about who stands before it. */
export function clientsOf({ app }: ExposureRequest, { trustedProxies } = ClusterProfile.of(app.scope).traefik ?? NONE): IpStrategy {
  return { depth: trustedProxies };
}

function ownName(route: Route, suffix: string): string {
  return `${foundName(route)}-${suffix}`;
}

function corsOf({ exposure: { options: { cors } } }: ExposureRequest): Step[] {
  if (cors === undefined) {
    return [];
  }
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = usualCors(cors);
  const belowDomains = allowOrigins.filter(origin => origin.includes('//*.'));
  return [{
    suffix: 'cors',
    spec: {
      headers: {
        accessControlAllowOriginList: orNone(allowOrigins.filter(origin => !belowDomains.includes(origin))),
        accessControlAllowOriginListRegex: orNone(belowDomains.map(originExpression)),
        accessControlAllowMethods: allowMethods,
        accessControlAllowHeaders: orNone(allowHeaders),
        accessControlExposeHeaders: orNone(exposeHeaders),
        accessControlAllowCredentials: allowCredentials,
        accessControlMaxAge: secondsOf(maxAge),
        addVaryHeader: true,
      },
    },
  }];
}

function originExpression(origin: string): string {
  const [scheme = '', host = ''] = origin.split('//*.');
  return `^${scheme}//([-a-z0-9]+\\.)+${host.replaceAll('.', '\\.')}$`;
}

function authOf(request: ExposureRequest, route: Route): Step[] {
  const { auth } = request;
  const { basic, service, url } = auth;
  if (basic !== undefined) {
    return [{ suffix: 'basic-auth', spec: { basicAuth: { secret: basic.users.name, realm: basic.realm } } }];
  }
  const asked = service ?? url;
  if (asked === undefined) {
    return [];
  }
  const address = service === undefined ? url?.url : addressOf(request, service.backend, service.path);
  const forwardAuth = {
    suffix: 'external-auth',
    // what clients say of themselves is no matter of who decides about them
    spec: { forwardAuth: { address, trustForwardHeader: false, authResponseHeaders: orNone(asked.responseHeaders ?? []) } },
  };
  return [...signInOf(request, route), forwardAuth];
}

/** Whether browsers are sent to sign in by a redirect that stands before the app's Service. */
export function redirectsBeforeApp({ auth: { service, url } }: Pick<ExposureRequest, 'auth'>): boolean {
  return (service ?? url)?.signInUrl !== undefined && service?.answersSignIn !== true;
}

/**
 * What is asked for goes along to the sign-in: the answer 401 is taken for that of another request, which tells the URL. Traefik's own
 * `authSigninURL` has no place for it.
 */
function signInOf(request: ExposureRequest, route: Route): Step[] {
  const { auth: { service, url } } = request;
  const { signInUrl } = service ?? url ?? {};
  if (signInUrl === undefined) {
    return [];
  }
  if (service?.answersSignIn === true) {
    const { service: name, namespace, portName, port } = service.backend;
    // by the Service's own address: while it has no pods Traefik would drop the route else, and the next one that matches gets the requests
    return [askedFor(`${signInUrl}?rd={url}`, { name, namespace, port: portName ?? port, scheme: 'http', nativeLB: true })];
  }
  return redirectTo(signInUrl, request, route);
}

/**
 * That other request is redirected before it gets to a Service, by a middleware of the Service's own. It is the app's, since it has to be
 * one that is there for sure; where that middleware is dropped, as by definitions of a Traefik before 3.7, the app must not answer in the
 * place of the sign-in: it is spoken to by TLS only, and would have to show a certificate for a name that nobody can have one for.
 */
function redirectTo(signInUrl: string, { backend, namespace }: ExposureRequest, route: Route): Step[] {
  const start = signInUrl.startsWith('/') ? `https://\${1}${signInUrl}` : signInUrl;
  const url = { name: ownName(route, 'sign-in-url'), namespace: backend.namespace === undefined ? undefined : namespace };
  return [{
    suffix: 'sign-in-url',
    inner: true,
    spec: { redirectRegex: { regex: '^http://([^/]+)/\\?rd=(.*)$', replacement: `${start}${start.includes('?') ? '&' : '?'}rd=\${2}` } },
  }, {
    suffix: 'sign-in-nobody', kind: 'ServersTransport', namespace: backend.namespace, inner: true, spec: { serverName: 'nobody.invalid' },
  }, askedFor('/?rd={url}', {
    name: backend.service, namespace: backend.namespace, port: backend.portName ?? backend.port,
    scheme: 'https', serversTransport: ownName(route, 'sign-in-nobody'), middlewares: [url],
  })];
}

/** Who may not pass gets the answer to another request, as a redirect. */
function askedFor(query: string, service: object): Step {
  return { suffix: 'sign-in', spec: { errors: { status: ['401'], statusRewrites: { 401: 302 }, query, service } } };
}

function addressOf({ app, namespace = '' }: ExposureRequest, { service, port, ...backend }: Backend, path: string): string {
  return `http://${service}.${backend.namespace ?? namespace}.svc.${ClusterProfile.of(app.scope).clusterDomain}:${port}${path}`;
}

/** Empty is taken away. */
function headersOf({ set = {}, remove = [] }: HeaderChanges = {}): { [name: string]: string } | undefined {
  const all = { ...set, ...Object.fromEntries(remove.map(name => [name, ''])) };
  return Object.keys(all).length === 0 ? undefined : all;
}

function orNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function unless<T>(value: T | undefined, step: (value: T) => Step): Step[] {
  return value === undefined ? [] : [step(value)];
}
