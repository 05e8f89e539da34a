import { Certificate, Gateway, GatewayApi, GatewayImplementation, Health, Listener, Secret, Traefik } from '@keelson/core';
import { Chart, Duration, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  BackendProtocol, BackendTls, EdgeAuth, ExposedService, Exposure, ExposureTarget, HttpRedirect, type HttpsExposureOptions, PathRewrite,
  PathType, RateLimit, WebApp,
} from '../src';
import { Cluster } from './exposed-app';

const traefik = Traefik.inNamespace('traefik');
const certificate = Certificate.fromSecret(Secret.fromSecretName('shop-cert'));
const gateway = Gateway.named('edge', 'edge', { implementation: GatewayImplementation.TRAEFIK });

const shop = { image: 'registry.example.com/shop/web:1.8.2', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }) };

function exposed(options: HttpsExposureOptions, props: ConstructorParameters<typeof Cluster>[0] = { traefik }): Cluster {
  const cluster = new Cluster(props);
  cluster.expose([Exposure.https('shop.example.com', { certificate, ...options })]);
  return cluster;
}

/** An app in one namespace, and an exposure in another that makes use of it. */
function across(props: ConstructorParameters<typeof Cluster>[0], exposure: (other: WebApp) => HttpsExposureOptions): Cluster {
  const cluster = new Cluster(props);
  const other = new WebApp(new Chart(cluster.app, 'other', { namespace: 'other' }), 'other', shop);
  cluster.expose([Exposure.https('shop.example.com', { certificate, ...exposure(other) })]);
  return cluster;
}

describe('X3 redirects by Traefik', () => {
  test.each([
    ['shop.example.com', 'www.shop.example.com'],
    ['www.shop.example.com', 'shop.example.com'],
  ])('%s is what %s is sent to, by plain HTTP too', (host, other) => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.https(host, { certificate, wwwRedirect: true })]);
    const routes = cluster.specs('IngressRoute');
    expect(Object.keys(routes)).toEqual(['shop', 'shop-www', 'shop-redirect']);
    expect(routes['shop-www'].routes[0].match).toBe(`Host(\`${other}\`)`);
    expect(routes['shop-redirect'].routes[0].match).toBe(`(Host(\`${host}\`) || Host(\`${other}\`)) && !PathPrefix(\`/.well-known/acme-challenge/\`)`);
    const { regex, replacement } = cluster.specs('Middleware')['shop-www'].redirectRegex;
    expect(`https://${other}:8443/cart?a=b`.replace(new RegExp(regex as string), (replacement as string).replace('${1}', '$1'))).toBe(`https://${host}:8443/cart?a=b`);
  });

  test('by plain HTTP alone, whoever ends TLS before Traefik', () => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.insecureHttp('shop.example.com', { wwwRedirect: true })]);
    expect(cluster.specs('IngressRoute')['shop-www'].entryPoints).toEqual(['web']);
    expect(cluster.specs('Middleware')['shop-www'].redirectRegex.replacement).toBe('//shop.example.com${1}');
  });

  test('the other name needs a certificate, and is nobody else\'s', () => {
    const known = Traefik.inNamespace('traefik', { defaultCertificateHosts: ['shop.example.com'] });
    expect(exposed({ certificate: undefined, wwwRedirect: true }, { traefik: known }).mistakes()).toEqual([
      "[shop/shop] KEELSON2350 'exposure.certificate' must be given where Traefik has none, got none for 'www.shop.example.com', which the default certificate of Traefik "
      + "in namespace 'traefik' isn't known to be for: try Certificate.issuedBy(…), or name the host in 'defaultCertificateHosts' of Traefik.inNamespace(…)",
    ]);
    const cluster = exposed({ wwwRedirect: true, redirect: HttpRedirect.NONE });
    cluster.expose([Exposure.https('www.shop.example.com', { certificate, redirect: HttpRedirect.NONE })], 'other');
    expect(cluster.mistakes()).toEqual([expect.stringMatching(/^\[shop\/other\] KEELSON2013 /)]);
  });

  test('the app root is for / alone, and keeps the query', () => {
    const { regex, replacement } = exposed({ rewrite: PathRewrite.appRoot('/app') }).specs('Middleware')['shop-app-root'].redirectRegex;
    const sent = (url: string) => url.replace(new RegExp(regex as string), (_, query: string | undefined) => (replacement as string).replace('${1}', query ?? ''));
    expect(sent('https://shop.example.com/')).toBe('/app');
    expect(sent('https://shop.example.com:8443/?a=b/c')).toBe('/app?a=b/c');
    expect(sent('https://shop.example.com/cart')).toBe('https://shop.example.com/cart');
  });
});

describe('X5 sign-in by Traefik', () => {
  test.each([
    ['/sign-in', 'https://${1}/sign-in?rd=${2}'],
    ['https://auth.example.com/start', 'https://auth.example.com/start?rd=${2}'],
    ['https://auth.example.com/start?app=shop', 'https://auth.example.com/start?app=shop&rd=${2}'],
  ])('%s is where a refusal leads, and knows what was asked for', (signInUrl, replacement) => {
    const middlewares = exposed({ auth: EdgeAuth.byUrl('https://auth.example.com/verify', { signInUrl }) }).specs('Middleware');
    expect(middlewares['shop-sign-in-url'].redirectRegex).toEqual({ regex: '^http://([^/]+)/\\?rd=(.*)$', replacement });
    expect(middlewares['shop-sign-in'].errors).toMatchObject({ query: '/?rd={url}', service: { name: 'shop', port: 80, middlewares: [{ name: 'shop-sign-in-url' }] } });
  });

  test.each([{ traefik }, { gateway }])('the app never answers for the sign-in, whatever of the Middleware is dropped: %o', props => {
    const cluster = exposed({ auth: EdgeAuth.byUrl('https://auth.example.com/verify', { signInUrl: '/sign-in' }) }, props);
    expect(cluster.specs('Middleware')['shop-sign-in'].errors.service).toEqual({
      name: 'shop', port: 80, scheme: 'https', serversTransport: 'shop-sign-in-nobody', middlewares: [{ name: 'shop-sign-in-url' }],
    });
    expect(cluster.specs('ServersTransport')).toEqual({ 'shop-sign-in-nobody': { serverName: 'nobody.invalid' } });
  });

  test.each([{ traefik }, { gateway }])('oauth2-proxy answers for its own sign-in, at the address of its Service: %o', props => {
    const credentials = Secret.fromSecretName('shop-oidc');
    const auth = EdgeAuth.oidc({ issuerUrl: 'https://login.example.com', clientId: 'shop', credentials, emailDomains: ['example.com'] });
    const cluster = exposed({ auth }, props);
    const middlewares = cluster.specs('Middleware');
    expect(middlewares['shop-sign-in']).toEqual({
      errors: {
        status: ['401'], statusRewrites: { 401: 302 }, query: '/oauth2/start?rd={url}',
        service: { name: 'shop-oauth2-proxy', port: 80, scheme: 'http', nativeLB: true },
      },
    });
    expect(Object.keys(middlewares)).not.toContain('shop-sign-in-url');
    expect(cluster.specs('ServersTransport')).toEqual({});
  });

  test('a Service is asked by its name in DNS', () => {
    const cluster = new Cluster({ traefik, clusterDomain: 'shop.internal' });
    cluster.exposeBy(chart => {
      const doorman = new WebApp(chart, 'doorman', shop);
      return Exposure.https('shop.example.com', { certificate, auth: EdgeAuth.byService(doorman.service, { path: '/verify' }) });
    });
    expect(cluster.specs('Middleware')['shop-external-auth'].forwardAuth.address).toBe('http://doorman.shop.svc.shop.internal:80/verify');
  });

  test.each([{ traefik }, { gateway }])('whose namespace has to be known: %o', props => {
    const cluster = new Cluster(props);
    const chart = new Chart(cluster.app, 'anywhere');
    const doorman = new WebApp(chart, 'doorman', shop);
    new WebApp(chart, 'shop', { ...shop, exposure: Exposure.https('shop.example.com', { certificate, auth: EdgeAuth.byService(doorman.service) }) });
    expect(cluster.mistakes()).toContain("[anywhere/shop] KEELSON2354 'exposure.auth' must be a Service whose name in DNS is known: Traefik asks it by that, "
      + "got Service 'doorman', whose namespace isn't known: give the chart its 'namespace'");
  });
});

describe('X6 rewrites by Traefik', () => {
  test.each([
    ['/shop', PathRewrite.replacePrefix('/v2'), '/shop/cart', '/v2/cart'],
    ['/shop', PathRewrite.replacePrefix('/v2/'), '/shop', '/v2'],
    ['/shop/', PathRewrite.replacePrefix('/v2'), '/shop/', '/v2/'],
    ['/shop', PathRewrite.replacePrefix('/v2'), '/shopping', '/shopping'],
    ['/', PathRewrite.replacePrefix('/v2'), '/cart', '/v2/cart'],
    ['/a.b', PathRewrite.replacePrefix('/v2'), '/axb/c', '/axb/c'],
  ])('%s replaced: %o makes %s %s', (path, rewrite, asked, seen) => {
    const { regex, replacement } = exposed({ path, rewrite }).specs('Middleware')['shop-rewrite'].replacePathRegex;
    expect(asked.replace(new RegExp(regex as string), (_, rest: string | undefined) => (replacement as string).replace('${1}', rest ?? ''))).toBe(seen);
  });

  test('a prefix that is replaced by none is stripped, in the letters that Traefik compares', () => {
    const specs = exposed({ path: '/shop%20a/', rewrite: PathRewrite.replacePrefix('/') }).specs('Middleware');
    expect(specs['shop-strip-prefix'].stripPrefix).toEqual({ prefixes: ['/shop a'] });
  });

  test('nothing is left to do where the root is replaced by itself', () => {
    expect(Object.keys(exposed({ rewrite: PathRewrite.replacePrefix('/') }).specs('Middleware'))).toEqual(['shop-redirect']);
  });
});

describe('X7 what Traefik does with whole bodies', () => {
  test.each(['maxBodySize', 'mirror'] as const)('is refused of gRPC: %s', member => {
    const options = (other: WebApp): HttpsExposureOptions => member === 'mirror' ? { mirror: { service: other.service } } : { maxBodySize: Size.mebibytes(1) };
    const cluster = new Cluster({ traefik });
    cluster.exposeBy(chart => Exposure.https('shop.example.com', { certificate, protocol: BackendProtocol.GRPC, ...options(new WebApp(chart, 'other', shop)) }));
    expect(cluster.mistakes()).toEqual([
      `[shop/shop] KEELSON2353 'exposure.${member}' must be for HTTP only, where Traefik is in between, got given for gRPC, at Traefik in namespace 'traefik', `
      + 'which reads a request to its end before the app gets it: leave it out: a stream may have no end',
    ]);
  });
});

describe('X7 Services of other namespaces by Traefik', () => {
  test('are led to where Traefik is allowed to, with what they need beside them', () => {
    const cluster = across({ traefik: Traefik.inNamespace('traefik', { allowsCrossNamespace: true }) }, ({ service }) => ({ mirror: { service } }));
    expect(cluster.specs('TraefikService').shop.mirroring.mirrors).toEqual([{ name: 'other', namespace: 'other', port: 80, scheme: 'http', percent: 100 }]);
  });

  test('are refused elsewhere', () => {
    expect(across({ traefik }, ({ service }) => ({ mirror: { service } })).mistakes()).toEqual([expect.stringMatching(/^\[shop\/shop\] KEELSON2335 /)]);
    expect(across({ gateway }, ({ service }) => ({ mirror: { service } })).mistakes()).toEqual([
      "[shop/shop] KEELSON2356 'exposure' must be a Service of the routes' namespace where Traefik's own kinds lead to it, got Service 'other' of namespace 'other', by a "
      + "TraefikService: have Traefik allow it, and say so by 'allowsCrossNamespace' of the profile's 'traefik'",
    ]);
  });
});

describe('X5 sign-in for a Service of another namespace, by Traefik', () => {
  const behind = (allowsCrossNamespace: boolean) => {
    const cluster = new Cluster({ gateway, traefik: Traefik.inNamespace('traefik', { allowsCrossNamespace }) });
    const { service } = new WebApp(new Chart(cluster.app, 'other', { namespace: 'other' }), 'other', shop);
    const auth = EdgeAuth.byUrl('https://auth.example.com/verify', { signInUrl: '/sign-in' });
    const exposure = Exposure.https('shop.example.com', { target: ExposureTarget.GATEWAY_API, certificate, auth });
    new ExposedService(new Chart(cluster.app, 'edge', { namespace: 'edge' }), 'exposure', { service, exposure });
    return cluster;
  };

  test('a gateway leads there where Traefik is allowed to, and what the Service needs is beside it', () => {
    const cluster = behind(true);
    expect(cluster.specs('Middleware')['other-sign-in'].errors.service).toMatchObject({ name: 'other', namespace: 'other', middlewares: [{ name: 'other-sign-in-url', namespace: 'edge' }] });
    expect(cluster.objects().find(({ kind }) => kind === 'ServersTransport')?.metadata).toMatchObject({ name: 'other-sign-in-nobody', namespace: 'other' });
  });

  test('elsewhere it is refused', () => {
    expect(behind(false).mistakes()).toEqual([
      "[edge/exposure] KEELSON2356 'exposure' must be a Service of the routes' namespace where Traefik's own kinds lead to it, got Service 'other' of namespace 'other', by a "
      + "Middleware: have Traefik allow it, and say so by 'allowsCrossNamespace' of the profile's 'traefik'",
    ]);
  });
});

describe('X4 Secrets of other namespaces', () => {
  test.each([{ traefik }, { gateway }])('have no users for Traefik: %o', props => {
    expect(exposed({ auth: EdgeAuth.basic(Secret.fromSecretName('users', 'other')) }, props).mistakes()).toEqual([
      "[shop/shop] KEELSON2359 'exposure.auth' must be one of namespace 'shop', which is all that Traefik reads, got Secret 'users' of namespace 'other': copy it there",
    ]);
  });

  test('have no authorities for Traefik', () => {
    expect(exposed({ backendTls: BackendTls.authorityFromSecret('a.example.com', Secret.fromSecretName('ca', 'other')) }).mistakes()).toEqual([
      "[shop/shop] KEELSON2359 'exposure.backendTls' must be one of namespace 'shop', which is all that Traefik reads, got Secret 'ca' of namespace 'other': copy it there",
    ]);
  });
});

describe("X7 Traefik's own kinds for routes of the Gateway API", () => {
  const names = (cluster: Cluster, kind = 'HTTPRoute') => cluster.specs(kind).shop.rules[0].filters
    .map(({ type, extensionRef }: { type: string; extensionRef?: { name: string } }) => extensionRef?.name ?? type);

  test('are met in the order of all targets', () => {
    const cluster = exposed({
      path: '/shop', rewrite: PathRewrite.stripPrefix(), retries: 1, compression: true, maxBodySize: Size.mebibytes(1), maxConcurrentRequests: 2,
      auth: EdgeAuth.basic(Secret.fromSecretName('users')), cors: { allowOrigins: ['*'] }, rateLimit: RateLimit.perMinute(5), allowedSources: ['10.0.0.0/8'],
      requestHeaders: { remove: ['X-Debug'] }, responseHeaders: { set: { 'X-Frame-Options': 'DENY' } },
    }, { gateway });
    expect(names(cluster)).toEqual([
      'shop-allowed-sources', 'shop-rate-limit', 'shop-concurrency', 'shop-cors', 'shop-basic-auth', 'shop-body-size', 'shop-compression',
      'URLRewrite', 'RequestHeaderModifier', 'ResponseHeaderModifier', 'shop-retries',
    ]);
  });

  test('are asked where a proxy before Traefik is known', () => {
    const cluster = exposed({ allowedSources: ['10.0.0.0/8'] }, { gateway, traefik: Traefik.inNamespace('edge', { trustedProxies: 2 }) });
    expect(cluster.specs('Middleware')['shop-allowed-sources'].ipAllowList.ipStrategy).toEqual({ depth: 2 });
  });

  test('change headers of gRPC, which Traefik\'s routes can\'t', () => {
    const cluster = exposed({ protocol: BackendProtocol.GRPC, retries: 1, responseHeaders: { set: { 'X-Edge': 'eu' } } }, { gateway });
    expect(names(cluster, 'GRPCRoute')).toEqual(['shop-headers', 'shop-retries']);
  });

  test.each<[string, HttpsExposureOptions, string]>([
    ['stickySession', { stickySession: {} }, 'a sticky session'],
    ['timeouts.response', { timeouts: { response: Duration.seconds(3) } }, 'a timeout until the answer begins'],
    ['responseHeaders.add', { responseHeaders: { add: { 'X-Edge': 'eu' } } }, 'response headers that are added'],
    ['backendTls', { backendTls: BackendTls.publicAuthority('shop.example.com') }, 'TLS to the app by a public authority'],
  ])('gRPC has no %s there', (member, options, text) => {
    expect(exposed({ protocol: BackendProtocol.GRPC, ...options }, { gateway }).mistakes()).toEqual([
      `[shop/shop] KEELSON2355 'exposure.${member}' must be what Traefik does about a GRPCRoute, got ${text}, of gRPC at a gateway by Traefik, which ignores it or answers with `
      + 'errors: leave it out, or choose ExposureTarget.TRAEFIK',
    ]);
  });

  test('are found by names without two dashes, and not in such namespaces', () => {
    const cluster = new Cluster({ gateway });
    cluster.expose([Exposure.https('shop.example.com', { rateLimit: RateLimit.perMinute(5), stickySession: {} })], 'a--shop');
    expect(Object.keys(cluster.specs('Middleware'))).toEqual(['a-shop-rate-limit']);
    expect(cluster.specs('HTTPRoute')['a--shop'].rules[0].backendRefs[0].name).toBe('a-shop');
    const unused = new Cluster({ gateway });
    unused.expose([Exposure.https('shop.example.com', { requestHeaders: { remove: ['X-Debug'] } })], 'shop', 'a--b');
    expect(unused.mistakes()).toEqual([]);
    const wrong = new Cluster({ gateway });
    wrong.expose([Exposure.https('shop.example.com', { rateLimit: RateLimit.perMinute(5) })], 'shop', 'a--b');
    expect(wrong.mistakes()).toEqual([
      "[a--b/shop] KEELSON2357 'exposure' must be in a namespace without '--': Traefik finds no middleware of such a one from a route of the Gateway API, "
      + "got a route in namespace 'a--b': choose another namespace, or ExposureTarget.TRAEFIK",
    ]);
  });

  test('are no ListenerSets', () => {
    const bare = Gateway.named('edge', 'edge', { implementation: GatewayImplementation.TRAEFIK, listeners: [Listener.http()], admitsListenerSets: true });
    const cluster = { gateway: bare, gatewayApi: GatewayApi.standard('1.7') };
    expect(exposed({}, cluster).mistakes()).toEqual([
      "[shop/shop] KEELSON2358 'exposure' must be of hosts whose TLS somebody ends, got 'shop.example.com', which no HTTPS listener of gateway 'edge/edge' serves with a "
      + 'certificate of its own, and Traefik reads no ListenerSets: add an HTTPS listener for it to the gateway and to \'listeners\' of Gateway.named(…), '
      + "or ask for a gateway of the app's own by ExposureTarget.ownGateway(…)",
    ]);
    const target = ExposureTarget.ownGateway('traefik', { implementation: GatewayImplementation.TRAEFIK });
    expect(exposed({ target }, cluster).specs('ListenerSet')).toEqual({});
  });

  test('are the same names as those of IngressRoutes', () => {
    const options = { rateLimit: RateLimit.perMinute(5), pathType: PathType.EXACT, path: '/cart' };
    const [byGateway, byTraefik] = [exposed(options, { gateway }), exposed({ ...options, redirect: HttpRedirect.NONE })];
    expect(byGateway.specs('Middleware')).toEqual(byTraefik.specs('Middleware'));
  });
});

describe('X12 a route whose middlewares Traefik can\'t make', () => {
  test.each<[string, HttpsExposureOptions]>([
    ['a password', { auth: EdgeAuth.basic(Secret.fromSecretName('admins')) }], ['an allow list', { allowedSources: ['203.0.113.0/24'] }],
  ])('with %s, nobody answers in its place, and not the route of another path', (_, options) => {
    const [guarded, instead, ...more] = exposed(options).specs('IngressRoute').shop.routes;
    expect(more).toEqual([]);
    const services = [{ kind: 'TraefikService', name: 'noop@internal' }];
    // of two rules with one text, Traefik has the last only
    expect(instead).toEqual({ kind: 'Rule', match: `${guarded.match} && PathPrefix(\`/\`)`, priority: guarded.priority - 1, services });
  });

  test('without a guard there is none', () => {
    expect(exposed({ compression: true }).specs('IngressRoute').shop.routes).toHaveLength(1);
  });
});

test('how Traefik speaks to a Service is said for each namespace that exposes it', () => {
  const cluster = new Cluster({ traefik: Traefik.inNamespace('traefik', { allowsCrossNamespace: true }) });
  const { service } = new WebApp(new Chart(cluster.app, 'other', { namespace: 'other' }), 'other', shop);
  ['a', 'b'].forEach((namespace) => {
    const exposure = Exposure.https(`${namespace}.example.com`, { certificate, timeouts: { response: Duration.seconds(30) } });
    new ExposedService(new Chart(cluster.app, namespace, { namespace }), 'exposure', { service, exposure });
  });
  expect(cluster.mistakes()).toEqual([]);
  expect(Object.keys(cluster.specs('ServersTransport'))).toEqual(['other-a', 'other-b']);
  const transports = cluster.objects().filter(({ kind }) => kind === 'IngressRoute').flatMap(({ spec }) => spec.routes[0].services[0].serversTransport ?? []);
  expect(transports).toEqual(['other-a', 'other-b']);
});
