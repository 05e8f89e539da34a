import { ClusterProfile, Fault, Faults } from '@keelson/core';
import type { EdgeAuth } from '../../edge-auth';
import type { Exposure } from '../../exposure';
import type { ExposureOptions, HttpsExposureOptions } from '../../exposure-options';
import type { OidcOptions } from '../../oidc-options';
import { PathRewrite, PathRewriteType } from '../../path-rewrite';
import { PathType } from '../../path-type';
import { BackendProtocol } from '../../backend-protocol';
import { PerCluster } from '../per-cluster';
import type { Plan, SoundExposure } from '../plans';
import type { AuthBackend, RouteAuth } from '../target-renderer';
import { LIVE_PATH } from './proxy-flags';
import { isAskedAt, unfitFaults } from './sign-in-faults';
import { SIGN_IN_PATH } from './sign-in-path';
import { SignInProxy } from './sign-in-proxy';

/** Whose sign-in a host's `/oauth2` leads to. */
interface Owner {
  readonly auth: EdgeAuth;
  readonly path: string;
}

const owners = new PerCluster<Owner>();

/** Who the user is, as the app is told by who asks the proxy. */
const TOLD = ['X-Auth-Request-User', 'X-Auth-Request-Email', 'X-Auth-Request-Groups', 'X-Auth-Request-Preferred-Username'];
/** The same as the app is told by the proxy that requests go through. Each is taken from clients' requests where the others are told. */
const FORWARDED = ['X-Forwarded-User', 'X-Forwarded-Email', 'X-Forwarded-Groups', 'X-Forwarded-Preferred-Username'];

/** What an exposure with sign-in comes to: the routes of the app, then those of the sign-in itself. Nothing where it can't be: reported. */
export function signInPlans(sound: SoundExposure, plan: Plan, { auth, options }: { auth: EdgeAuth; options: OidcOptions }): Plan[] {
  const { app, renderer } = sound;
  const faults = unfitFaults(sound);
  Faults.report(app.scope, 'exposure', faults);
  if (faults.length > 0) {
    return [];
  }
  const proxy = SignInProxy.of(app, auth, options);
  if (proxy.auth !== auth) {
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2394', member: 'auth', got: `a second OIDC, at ${renderer.text}, beside that of ${proxy.firstHosts}`,
      allowed: 'the same for all exposures of an app, which has one oauth2-proxy',
      fix: 'make one EdgeAuth.oidc(…) and give it to both, or make it another app',
    }]);
    return [];
  }
  const hosts = ownHosts(sound, auth);
  if (hosts === undefined) {
    return [];
  }
  const served = { exposure: sound.exposure, door: renderer.text };
  const unready = [...lateFaults(sound, hosts), ...proxy.openFaults(served)];
  Faults.report(app.scope, 'exposure', unready);
  if (unready.length > 0) {
    return [];
  }
  const isAsked = isAskedAt(renderer, ClusterProfile.of(app.scope).gatewayApi);
  return isAsked ? askedPlans(plan, proxy, hosts, renderer.text) : throughPlans(sound, proxy, hosts);
}

/** The proxy is asked about each request. */
function askedPlans(plan: Plan, proxy: SignInProxy, hosts: string[], door: string): Plan[] {
  const { exposure } = plan;
  proxy.serve({ exposure, door });
  const responseHeaders = [...TOLD, ...proxy.tokenHeaders, ...FORWARDED];
  const asked = (path: string): AuthBackend => ({ backend: proxy.backend, path, responseHeaders });
  const own = { ...plan, largeResponseHeaders: true };
  const auth: RouteAuth = { service: { ...asked(`${SIGN_IN_PATH}/auth`), signInUrl: `${SIGN_IN_PATH}/start`, answersSignIn: true } };
  return [
    { ...own, auth },
    ...signInRoutes(exposure, proxy, hosts),
    // nobody is refused there, but nobody is told who the user is by anyone else either
    ...proxy.openPaths({ exposure, door }).map(({ path, hosts: open }) => ({
      ...own, exposure: exposure._of(open, { ...exposure.options, path, rewrite: rewriteAt(path, exposure), wwwRedirect: undefined }),
      auth: { service: asked(LIVE_PATH) }, main: false, redirected: true, literalPaths: true,
    })),
  ];
}

/** Requests go through the proxy to the app. */
function throughPlans(sound: SoundExposure, proxy: SignInProxy, hosts: string[]): Plan[] {
  const { app, exposure, backend, main, renderer } = sound;
  if (!proxy.lead({ exposure, door: renderer.text }, backend)) {
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2396', member: 'backendPort',
      got: `port ${backend.port} with OIDC at ${renderer.text}, where another exposure's requests go through oauth2-proxy to port ${proxy.port}`,
      allowed: 'one port for all exposures of an app that one oauth2-proxy stands before',
      fix: 'make it another app, or choose a target that asks the proxy about each request',
    }]);
    return [];
  }
  const through = { protocol: BackendProtocol.HTTP, backend: proxy.backend, auth: {}, largeResponseHeaders: true, confidential: true };
  const { removeRequestHeaders } = renderer.flavor.supports;
  const removes = removeRequestHeaders.at(ClusterProfile.of(app.scope).gatewayApi).form !== undefined;
  const requestHeaders = removes ? withoutTold(exposure) : exposure.options.requestHeaders;
  return [
    { ...through, exposure: exposure._with({ backendPort: undefined, requestHeaders }), main },
    ...isEverything(exposure) ? [] : signInRoutes(exposure, proxy, hosts),
  ];
}

/**
 * Where users sign in and out, on the hosts that have no such route yet. Who may reach `/` may reach this, and nobody else where that is
 * limited.
 */
function signInRoutes(exposure: Exposure, proxy: SignInProxy, hosts: string[]): Plan[] {
  const { certificate, redirect, options: { target, annotations } } = exposure;
  // what limits clients of another path is no reason not to let them sign in
  const limits = isEverything(exposure) ? limitsOf(exposure) : {};
  const options = { path: SIGN_IN_PATH, certificate, redirect, target, annotations, ...limits };
  return hosts.length === 0 ? [] : [{
    exposure: exposure._of(hosts, options), protocol: BackendProtocol.HTTP, backend: proxy.backend, auth: {}, main: false,
    largeResponseHeaders: true, confidential: true, redirected: isEverything(exposure),
  }];
}

/** What keeps clients out, whoever they are. */
function limitsOf({ options: { allowedSources, rateLimit, maxConcurrentRequests } }: Exposure): ExposureOptions {
  return { allowedSources, rateLimit, maxConcurrentRequests };
}

/** `/oauth2` of a host has the limits of `/`, which have to be known when it is led to the proxy. */
function lateFaults({ exposure }: SoundExposure, led: string[]): Fault[] {
  const before = exposure.hosts.filter(host => !led.includes(host));
  const [first] = isEverything(exposure) && Object.values(limitsOf(exposure)).some(limit => limit !== undefined) ? before : [];
  return first === undefined ? [] : [{
    code: 'KEELSON2414', got: `limits of '/' at ${Faults.quoted(first)}, after another exposure of it that users sign in for`,
    allowed: `said before: ${Faults.quoted(SIGN_IN_PATH)} of the host has the limits of '/'`, fix: "expose '/' first",
  }];
}

/** A request's path is rewritten as if it were below the exposure's, which it is. */
function rewriteAt(path: string, { path: prefix, options: { rewrite } }: Exposure): PathRewrite | undefined {
  const rest = path.slice(prefix.replace(/\/$/, '').length);
  switch (rewrite?.type) {
    case PathRewriteType.STRIP_PREFIX:
      return PathRewrite.replacePrefix(rest === '' ? '/' : rest);
    case PathRewriteType.REPLACE_PREFIX:
      return PathRewrite.replacePrefix(`${rewrite.path.replace(/\/$/, '')}${rest}`);
    default:
      return undefined;
  }
}

/** Clients' own words of who they are don't reach the app. */
function withoutTold({ options: { requestHeaders } }: Exposure): HttpsExposureOptions['requestHeaders'] {
  const { set = {}, add = {}, remove = [] } = requestHeaders ?? {};
  const said = new Set([...Object.keys(set), ...Object.keys(add), ...remove].map(name => name.toLowerCase()));
  return { ...requestHeaders, remove: [...remove, ...TOLD.filter(name => !said.has(name.toLowerCase()))] };
}

function isEverything({ path, pathType }: Exposure): boolean {
  return path === '/' && pathType === PathType.PREFIX;
}

/** The hosts of an exposure whose sign-in is to be led to its own proxy; undefined where another sign-in has one of them. */
function ownHosts({ app, exposure, renderer }: SoundExposure, auth: EdgeAuth): string[] | undefined {
  const known = owners.at(app.scope);
  const key = (host: string): string => `${renderer.text}\n${host}`;
  const others = exposure.hosts.flatMap(host => {
    const owner = known.get(key(host));
    return owner === undefined || owner.auth === auth ? [] : [{
      code: 'KEELSON2395', member: 'auth', got: `another OIDC for ${Faults.quoted(host)} than '${owner.path}' has at ${renderer.text}`,
      allowed: `the same for all exposures of a host, which has one ${Faults.quoted(SIGN_IN_PATH)}`,
      fix: 'make one EdgeAuth.oidc(…) and give it to both',
    }];
  });
  Faults.report(app.scope, 'exposure', others);
  if (others.length > 0) {
    return undefined;
  }
  const own = exposure.hosts.filter(host => !known.has(key(host)));
  own.forEach(host => known.set(key(host), { auth, path: app.scope.node.path }));
  return own;
}
