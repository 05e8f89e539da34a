import { ClusterProfile } from '@keelson/core';
import { Duration } from 'cdk8s';
import { usualCors } from '../edge/cors-faults';
import type { FeatureName } from '../edge/features';
import { HeaderChanges } from '../../header-changes';
import { PathRewriteType } from '../../path-rewrite';
import { secondsOf } from '../seconds';
import { ExtendedRoute, RouteExtension, RouteField } from './extension';
import { backendReference } from './reference-grant';

const GROUP = 'gateway.networking.k8s.io';

/** What an authentication service is told of a request beside its method, host, path and `Authorization`. */
export const TOLD_HEADERS = ['Accept', 'Cookie', 'User-Agent', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto'];

/** Filters that decide whether a request gets any further. */
export function guardsOf(route: ExtendedRoute, extension: RouteExtension): RouteField[] {
  return [...unless(extension, 'cors', route, corsOf), ...unless(extension, 'serviceAuth', route, authOf)];
}

/** Filters that change what gets further. */
export function changesOf(route: ExtendedRoute, extension: RouteExtension): RouteField[] {
  const { options } = route.request.exposure;
  return [
    ...rewriteOf(route, extension),
    ...headersOf('RequestHeaderModifier', 'requestHeaderModifier', changes(route, extension, 'Request', options.requestHeaders)),
    ...unless(extension, 'mirror', route, mirrorOf),
    ...headersOf('ResponseHeaderModifier', 'responseHeaderModifier', changes(route, extension, 'Response', options.responseHeaders)),
  ];
}

/** A list, or nothing where it is empty. */
export function orNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

type Filters = (route: ExtendedRoute) => RouteField[];

function unless(extension: RouteExtension, feature: FeatureName, route: ExtendedRoute, filters: Filters): RouteField[] {
  return extension.owns(feature, route) ? [] : filters(route);
}

function corsOf({ request: { exposure: { options: { cors } } } }: ExtendedRoute): RouteField[] {
  if (cors === undefined) {
    return [];
  }
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = usualCors(cors);
  return [{
    type: 'CORS',
    cors: {
      allowOrigins, allowMethods, allowHeaders: orNone(allowHeaders), exposeHeaders: orNone(exposeHeaders),
      // the first versions took nothing but true
      allowCredentials: allowCredentials ? true : undefined,
      maxAge: secondsOf(maxAge),
    },
  }];
}

function authOf({ kind, request }: ExtendedRoute): RouteField[] {
  const { service } = request.auth;
  if (service === undefined) {
    return [];
  }
  return [{
    type: 'ExternalAuth',
    externalAuth: {
      protocol: 'HTTP', backendRef: backendReference(request, service.backend, GROUP, kind),
      http: { path: service.path === '/' ? undefined : service.path, allowedHeaders: TOLD_HEADERS },
    },
  }];
}

function rewriteOf(route: ExtendedRoute, extension: RouteExtension): RouteField[] {
  const { rewrite } = route.request.exposure.options;
  const feature = rewrite?.type === PathRewriteType.STRIP_PREFIX ? 'stripPrefix' : rewrite?.type === PathRewriteType.REPLACE_PREFIX ? 'replacePrefix' : undefined;
  return rewrite === undefined || feature === undefined || extension.owns(feature, route) ? []
    : [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: rewrite.path } } }];
}

/** Changes of headers that the implementation doesn't make by itself. */
function changes(route: ExtendedRoute, extension: RouteExtension, of: 'Request' | 'Response', { set, add, remove }: HeaderChanges = {}): HeaderChanges {
  return {
    set: extension.owns(`set${of}Headers`, route) ? undefined : set,
    add: extension.owns(`add${of}Headers`, route) ? undefined : add,
    remove: extension.owns(`remove${of}Headers`, route) ? undefined : remove,
  };
}

function headersOf(type: string, member: string, { set, add, remove }: HeaderChanges): RouteField[] {
  const listed = (values: { [name: string]: string } = {}) => orNone(Object.entries(values).map(([name, value]) => ({ name, value })));
  const modifier = { set: listed(set), add: listed(add), remove: orNone(remove ?? []) };
  return Object.values(modifier).some(each => each !== undefined) ? [{ type, [member]: modifier }] : [];
}

function mirrorOf({ kind, request }: ExtendedRoute): RouteField[] {
  const { mirror, exposure: { options: { mirror: { percent = 100 } = {} } } } = request;
  return mirror === undefined ? [] : [{
    type: 'RequestMirror', requestMirror: { backendRef: backendReference(request, mirror, GROUP, kind), percent: percent === 100 ? undefined : percent },
  }];
}

/** A duration as the Gateway API writes it. */
export function durationText(duration: Duration): string {
  const milliseconds = duration.toMilliseconds();
  return milliseconds % 1000 === 0 ? inSeconds(milliseconds / 1000) : `${inSeconds(Math.floor(milliseconds / 1000))}${milliseconds % 1000}ms`.replace(/^0s/, '');
}

/** At most five digits each. */
function inSeconds(seconds: number): string {
  return seconds < 100_000 ? `${seconds}s` : `${Math.floor(seconds / 3600)}h${seconds % 3600}s`;
}

/** Sessions that stay at a pod: another form from Gateway API 1.7 on. */
export function persistenceOf({ request: { app, exposure: { options } } }: ExtendedRoute): RouteField | undefined {
  if (options.stickySession === undefined) {
    return undefined;
  }
  const { cookieName = `${app.name}-session`, maxAge } = options.stickySession;
  // Gateway API 1.1 refuses one whose lifetime is not said
  const lifetime = { lifetimeType: maxAge === undefined ? 'Session' : 'Permanent' };
  const common = { type: 'Cookie', absoluteTimeout: maxAge === undefined ? undefined : durationText(maxAge) };
  return ClusterProfile.of(app.scope).gatewayApi.isAtLeast('1.7') ? { ...common, cookie: { name: cookieName, ...lifetime } }
    : { ...common, sessionName: cookieName, cookieConfig: lifetime };
}
