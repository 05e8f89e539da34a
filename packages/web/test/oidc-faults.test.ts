import { Certificate, ConfigMap, Gateway, GatewayImplementation, Health, Listener, Secret, Traefik, type ClusterProfileProps, type IConfigMap, type ISecret } from '@keelson/core';
import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  BackendPort, BackendProtocol, BackendTls, EdgeAuth, Exposure, PathRewrite, PathType, WebApp, type HttpsExposureOptions, type OidcOptions,
} from '../src';
import { oidcFaults } from '../src/private/oidc/oidc-faults';
import { Cluster, clusters, edge } from './exposed-app';

const certificate = Certificate.fromSecret(Secret.fromSecretName('shop-tls'));
const shop = 'shop.example.com';
const nginx: ClusterProfileProps = { ...clusters.nginx };
const usual: OidcOptions = { issuerUrl: 'https://login.example.com', clientId: 'shop', credentials: Secret.fromSecretName('shop-oidc'), emailDomains: ['example.com'] };
const oidc = (options: object = {}) => EdgeAuth.oidc({ ...usual, ...options });

const mistakes = (profile: ClusterProfileProps, ...exposures: Exposure[]) => {
  const cluster = new Cluster(profile);
  cluster.expose(exposures);
  return cluster.mistakes().map(line => line.replace('[shop/shop] ', ''));
};
const exposure = (options: HttpsExposureOptions = {}) => Exposure.https(shop, { certificate, auth: oidc(), ...options });

describe('X5 fails on what OIDC is told, whatever the target', () => {
  const ISSUER = 'a URL of HTTPS without query, fragment, user and password';
  const ISSUER_FIX = "write it like 'https://login.example.com/realms/shop'";
  const SKIP = "letters, digits, '-', '_', '.', '~' and '/' between them";
  test.each<[object, string]>([
    [{ issuerUrl: 'http://login.example.com' }, `KEELSON2400 'exposure.auth.issuerUrl' must be ${ISSUER}, got 'http://login.example.com': ${ISSUER_FIX}`],
    [{ issuerUrl: 'https://a:b@login.example.com' }, `KEELSON2400 'exposure.auth.issuerUrl' must be ${ISSUER}, got 'https://a:b@login.example.com': ${ISSUER_FIX}`],
    [{ issuerUrl: 'https://login.example.com?x=1' }, `KEELSON2400 'exposure.auth.issuerUrl' must be ${ISSUER}, got 'https://login.example.com?x=1': ${ISSUER_FIX}`],
    [{ issuerUrl: 'https://:99999' }, `KEELSON2400 'exposure.auth.issuerUrl' must be ${ISSUER}, got 'https://:99999': ${ISSUER_FIX}`],
    [{ issuerUrl: undefined }, `KEELSON2400 'exposure.auth.issuerUrl' must be ${ISSUER}, got undefined: ${ISSUER_FIX}`],
    [{ clientId: 'my shop' }, "KEELSON2401 'exposure.auth.clientId' must be 1 to 256 ASCII characters without spaces, got 'my shop': write it as the provider shows it"],
    [{ credentials: ConfigMap.fromConfigMapName('shop-oidc') as ISecret },
      "KEELSON2402 'exposure.auth.credentials' must be a Secret, got the ConfigMap 'shop-oidc': put the client secret and the cookie secret into a Secret"],
    [{ credentials: 's3cr3t' }, "KEELSON2402 'exposure.auth.credentials' must be a Secret, got 's3cr3t': put the client secret and the cookie secret into a Secret"],
    [{ issuerAuthority: Secret.fromSecretName('ca') as IConfigMap },
      "KEELSON2402 'exposure.auth.issuerAuthority' must be a ConfigMap, got the Secret 'ca': put the authority's certificate into a ConfigMap, as 'ca.crt'"],
    [{ cookieSecretKey: 'a/b' }, "KEELSON2403 'exposure.auth.cookieSecretKey' must be letters, digits, '-', '_' and '.', got 'a/b': write it like 'client-secret'"],
    [{ replicas: 0 }, "KEELSON2399 'exposure.auth.replicas' must be at least 1: without a pod nobody signs in, got 0: leave 'replicas' out for two"],
    [{ emailDomains: undefined }, "KEELSON2404 'exposure.auth' must be at least one of 'emailDomains', 'allowedEmails' and 'allowedGroups', got nobody who may sign in: "
      + "name them; everybody whom the provider knows is emailDomains: ['*']"],
    [{ emailDomains: [] }, "KEELSON2404 'exposure.auth' must be at least one of 'emailDomains', 'allowedEmails' and 'allowedGroups', got nobody who may sign in: "
      + "name them; everybody whom the provider knows is emailDomains: ['*']"],
    [{ emailDomains: ['@example.com'] }, "KEELSON2405 'exposure.auth.emailDomains[0]' must be a domain, a '.' and a domain, or '*', got '@example.com': write it like 'example.com'"],
    [{ emailDomains: ['*', 'example.com'] }, "KEELSON2405 'exposure.auth.emailDomains' must be '*' alone, got '*' beside others: remove the others, or '*'"],
    [{ allowedEmails: ['ada'] }, "KEELSON2406 'exposure.auth.allowedEmails[0]' must be an e-mail address in ASCII, got 'ada': write it like 'ada@example.com'"],
    [{ allowedEmails: ['ada@example.com\nbob@example.com'] },
      "KEELSON2406 'exposure.auth.allowedEmails[0]' must be an e-mail address in ASCII, got 'ada@example.com\\nbob@example.com': write it like 'ada@example.com'"],
    [{ allowedGroups: [''] }, "KEELSON2407 'exposure.auth.allowedGroups[0]' must be a group's name: 1 to 256 characters on one line, got '': write it as the provider does"],
    [{ groupsClaim: '' }, "KEELSON2407 'exposure.auth.groupsClaim' must be the name of a claim, got '': write it like 'roles'"],
    [{ scopes: ['openid email'] }, "KEELSON2407 'exposure.auth.scopes[0]' must be a scope: ASCII characters without spaces, '\"' and '\\', got 'openid email': write it like 'email'"],
    [{ scopes: ['email'] }, "KEELSON2407 'exposure.auth.scopes' must be 'openid' and others, got none that is openid: add 'openid', or leave 'scopes' out"],
    [{ skipAuthPaths: ['/'] }, "KEELSON2408 'exposure.auth.skipAuthPaths[0]' must be a path below '/', got '/', which is everything: leave 'auth' out of an exposure that nobody signs in for"],
    [{ skipAuthPaths: ['/docs/'] }, `KEELSON2408 'exposure.auth.skipAuthPaths[0]' must be ${SKIP}, got '/docs/': write it like '/public'`],
    [{ skipAuthPaths: ['/a=b'] }, `KEELSON2408 'exposure.auth.skipAuthPaths[0]' must be ${SKIP}, got '/a=b': write it like '/public'`],
    [{ skipAuthPaths: ['/oauth2/x'] }, "KEELSON2408 'exposure.auth.skipAuthPaths[0]' must be not '/oauth2' or below: that is the proxy's own, got '/oauth2/x': remove it"],
    [{ skipAuthPaths: ['/a/../b'] }, "KEELSON2003 'exposure.auth.skipAuthPaths[0]' must be a path without '//', '%2F', '.' and '..' between its '/', got '/a/../b': "
      + 'write the path as the app is to get it'],
    [{ signOutHosts: ['https://login.example.com'] }, "KEELSON2409 'exposure.auth.signOutHosts[0]' must be a host in lower case, with its port where that is unusual, "
      + "got 'https://login.example.com': write it like 'login.example.com'"],
    [{ settings: { '--banner': '-' } }, "KEELSON2410 'exposure.auth.settings.--banner' must be a flag's name without '--', got '--banner': write it like 'cookie-refresh'"],
    [{ settings: { 'cookie-expire': 5 } }, "KEELSON2410 'exposure.auth.settings.cookie-expire' must be at most 4096 printable ASCII characters, got 5: "
      + "write numbers and booleans as texts too, such as 'true'"],
    [{ settings: { upstream: 'http://x' } }, "KEELSON2411 'exposure.auth.settings.upstream' must be a flag that no other option is about, got what is rendered already: remove it, and use the option"],
    [{ settings: { 'redis-password': 'x' } }, "KEELSON2412 'exposure.auth.settings.redis-password' must be a flag without a secret, got a secret in an argument: "
      + 'remove it: who may read the Deployment could read it'],
    [{ settings: { 'reverse-proxy': 'true' } }, "KEELSON2413 'exposure.auth.settings.reverse-proxy' must be a flag that asks everybody, "
      + "got a flag that believes what clients write into 'X-Forwarded-Uri': remove it; for paths that are everybody's there is 'skipAuthPaths'"],
    [{ emailDomains: 'example.com' }, "KEELSON2070 'exposure.auth.emailDomains' must be a list of texts, got 'example.com': write it like ['…']"],
  ])('%#', (options, message) => {
    expect(mistakes({ gateway: edge }, exposure({ auth: oidc(options) }))).toEqual([message]);
  });

  test('takes what is just inside each limit', () => {
    expect(oidcFaults({
      ...usual, issuerUrl: 'https://[2001:db8::1]:8443/a', clientId: 'a'.repeat(256), clientSecretKey: 'a.b_c', emailDomains: ['.example.com', 'Example.org'],
      allowedEmails: ["o'neil+x@example.com"], allowedGroups: ['Shop / Staff, all', 'x'.repeat(256)], scopes: ['openid'], skipAuthPaths: ['/oauth2x', '/a.b/~c'],
      signOutHosts: ['login.example.com:8443'], settings: { 'cookie-name': '', 'pass-access-token': 'true' },
    })).toEqual([]);
  });

  test('nothing at all is said too', () => {
    const codes = oidcFaults(undefined).map(({ code }) => code);
    expect(codes).toEqual(['KEELSON2400', 'KEELSON2401', 'KEELSON2402', 'KEELSON2404']);
  });

  test('what the pods can\'t be is said of the proxy', () => {
    expect(mistakes({ gateway: edge }, exposure({ auth: oidc({ image: 'oauth2-proxy:latest', replicas: -1 }) })).map(line => line.slice(0, 60))).toEqual([
      expect.stringContaining('[shop/shop/Oauth2Proxy] KEELSON'), expect.stringContaining('[shop/shop/Oauth2Proxy] KEELSON'),
    ]);
  });
});

describe('X5 fails on exposures that nobody can sign in for', () => {
  test.each<[string, Exposure, string]>([
    ['a wildcard host', Exposure.https('*.example.com', { certificate, auth: oidc() }),
      "KEELSON2390 'exposure.auth' must be for exact hosts, since the provider knows a redirect URL of each, got OIDC for '*.example.com': name the hosts"],
    ['gRPC', exposure({ protocol: BackendProtocol.GRPC }),
      "KEELSON2391 'exposure.auth' must be for HTTP, got OIDC before gRPC, whose clients are no browsers: have the app verify tokens, or expose its HTTP port"],
    ['the proxy\'s own path', exposure({ path: '/oauth2/app' }),
      "KEELSON2392 'exposure.path' must be another path than '/oauth2' where users sign in: there oauth2-proxy answers, got '/oauth2/app': choose another path, or leave 'auth' out"],
    ['plain HTTP', Exposure.insecureHttp(shop, { auth: oidc() } as object), "KEELSON2398 'exposure.auth' must be by HTTPS, got OIDC by plain HTTP, "
      + 'at which everybody on the way could take the session: use Exposure.https(…)'],
    ['a path that nobody signs in for, elsewhere', exposure({ path: '/shop', auth: oidc({ skipAuthPaths: ['/shopping'] }) }),
      "KEELSON2397 'exposure.auth.skipAuthPaths' must be below the path of an exposure of PathType.PREFIX that is signed in for, got '/shopping': remove it, or expose a path above it"],
    ['a path below an exact one', exposure({ path: '/a', pathType: PathType.EXACT, auth: oidc({ skipAuthPaths: ['/a/b'] }) }),
      "KEELSON2397 'exposure.auth.skipAuthPaths' must be below the path of an exposure of PathType.PREFIX that is signed in for, got '/a/b': remove it, or expose a path above it"],
  ])('%s', (_, wrong, message) => {
    expect(mistakes(nginx, wrong)).toEqual([message]);
    expect(mistakes({ gateway: edge }, wrong)).toContain(message);
  });

  test('any host', () => {
    expect(mistakes({ gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.https()] }) }, Exposure.defaultBackend({ auth: oidc() }))).toEqual([
      "KEELSON2390 'exposure.auth' must be for exact hosts, since the provider knows a redirect URL of each, got OIDC for any host: name the hosts",
    ]);
  });

  test.each<[ClusterProfileProps, string]>([[{ gateway: edge }, "gateway 'gateway-system/edge'"], [nginx, "Ingress of class 'nginx'"]])(
    'two sign-ins of one app, and of one host: %#', (profile, door) => {
      expect(mistakes(profile, exposure(), Exposure.https('www.example.com', { certificate, auth: oidc() }))).toEqual([
        `KEELSON2394 'exposure.auth' must be the same for all exposures of an app, which has one oauth2-proxy, got a second OIDC, at ${door}, beside that of 'shop.example.com': `
        + 'make one EdgeAuth.oidc(…) and give it to both, or make it another app',
      ]);
      const cluster = new Cluster(profile);
      cluster.expose([exposure({ path: '/a' })], 'first');
      cluster.expose([exposure({ path: '/b' })], 'second');
      expect(cluster.mistakes()).toEqual([
        `[shop/second] KEELSON2395 'exposure.auth' must be the same for all exposures of a host, which has one '/oauth2', got another OIDC for 'shop.example.com' than 'shop/first' has at ${door}: `
        + 'make one EdgeAuth.oidc(…) and give it to both',
      ]);
    });
});

describe('X5 several exposures of one sign-in', () => {
  const auth = oidc({ skipAuthPaths: ['/shop/public'] });
  const at = (path: string, options: HttpsExposureOptions = {}) => exposure({ path, auth, ...options });
  const twice = (profile: ClusterProfileProps, ...exposures: Exposure[]) => mistakes(profile, ...exposures);
  const traefik = { traefik: Traefik.inNamespace('traefik') };

  test('where users sign in is as open as the root, whatever the limits of another path', () => {
    const cluster = new Cluster(traefik);
    cluster.expose([exposure({ path: '/admin', allowedSources: ['203.0.113.0/24'] })]);
    expect(cluster.mistakes()).toEqual([]);
    const limited = Object.entries(cluster.specs('IngressRoute')).filter(([, spec]) => JSON.stringify(spec).includes('allowed-sources')).map(([name]) => name);
    expect(limited).toEqual(['shop']);
  });

  test('limits of the root come first', () => {
    const shared = oidc();
    const [admin, root] = [exposure({ path: '/admin', auth: shared }), exposure({ auth: shared, allowedSources: ['203.0.113.0/24'] })];
    expect(twice(nginx, root, admin)).toEqual([]);
    expect(twice(nginx, admin, root)).toEqual(["KEELSON2414 'exposure' must be said before: '/oauth2' of the host has the limits of '/', "
      + "got limits of '/' at 'shop.example.com', after another exposure of it that users sign in for: expose '/' first"]);
  });

  test.each([['nginx', nginx], ['Traefik', traefik], ['a gateway', { gateway: edge }]])('%s: a path that nobody signs in for is below two of them', (_, profile) => {
    expect(twice(profile, at('/'), at('/shop'))).toEqual([]);
  });

  test.each([['nginx', nginx], ['Traefik', traefik], ['a gateway', { gateway: edge }]])('%s: where they differ, the closer one comes first', (_, profile) => {
    const limited = at('/shop', { timeouts: { request: Duration.seconds(5), response: Duration.seconds(5) } });
    expect(twice(profile, limited, at('/'))).toEqual([]);
    expect(twice(profile, at('/'), limited)).toEqual(["KEELSON2415 'exposure.auth.skipAuthPaths' must be known with the closest of the exposures above it, "
      + "got '/shop/public', which is below '/shop', and was below '/' only when that was exposed: expose '/shop' before '/'"]);
  });

  test('and the path has what the closer one has, at the hosts that it has', () => {
    const cluster = new Cluster(nginx);
    cluster.expose([at('/shop', { maxConcurrentRequests: 5 }), at('/', { hosts: ['www.example.com'] })]);
    expect(cluster.mistakes()).toEqual([]);
    const open = cluster.objects().filter(({ kind, spec }) => kind === 'Ingress' && spec.rules[0].http.paths[0].path === '/shop/public');
    expect(open.map(({ metadata, spec }) => [metadata.name, spec.rules[0].host, metadata.annotations['nginx.ingress.kubernetes.io/limit-connections']])).toEqual([
      ['shop-shop-example-com-shop-public', 'shop.example.com', '5'], ['shop-www-example-com-shop-public', 'www.example.com', undefined],
    ]);
  });

  test.each([['nginx', nginx], ['Traefik', traefik], ['a gateway', { gateway: edge }]])('%s: an exposure below a path that nobody signs in for', (_, profile) => {
    expect(twice(profile, at('/'), at('/shop/public/admin'))).toContain("KEELSON2416 'exposure.path' must be signed in for, or not, "
      + "got '/shop/public/admin' with auth, below '/shop/public' of its skipAuthPaths: remove the path from 'skipAuthPaths', or leave 'auth' out");
  });
});

describe('X5 fails on what means something else behind the proxy', () => {
  const ASKING = 'a gateway of GatewayImplementation.TRAEFIK, ExposureTarget.TRAEFIK, ExposureTarget.INGRESS with IngressController.ingressNginx()';
  const able: ClusterProfileProps = { gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.https()], implementation: GatewayImplementation.ENVOY_GATEWAY }) };
  test.each<[string, HttpsExposureOptions, string]>([
    ['rewrite', { path: '/shop', rewrite: PathRewrite.stripPrefix() }, 'the proxy would send users back to the rewritten path'],
    ['backendTls', { backendTls: BackendTls.publicAuthority(shop) }, 'the proxy speaks plain HTTP with the app'],
    ['retries', { retries: 2 }, "it would be the proxy's pods that are tried, not the app's"],
    ['stickySession', { stickySession: { maxAge: Duration.hours(1) } }, "it would be the proxy's pods that requests stick to, not the app's"],
  ])('%s', (member, options, why) => {
    expect(mistakes(able, exposure(options))).toEqual([
      `KEELSON2393 'exposure.${member}' must be what means the same there, got it with OIDC at gateway 'gateway-system/edge' (Gateway API by Envoy Gateway), `
      + `where requests go through oauth2-proxy: ${why}: leave it out, or choose a target that asks the proxy about each request: ${ASKING}`,
    ]);
    expect(mistakes({ traefik: Traefik.inNamespace('traefik') }, exposure(options))).toEqual([]);
  });

  test('a mirror', () => {
    const cluster = new Cluster(able);
    cluster.exposeBy((chart) => {
      const copied = new WebApp(chart, 'copied', { image: 'registry.example.com/shop/web:1.8.2', port: 8080, health: Health.tcp() });
      return exposure({ mirror: { service: copied.service } });
    });
    expect(cluster.mistakes()).toEqual([expect.stringContaining('copies would be made before it is known who asks')]);
  });

  test('where the app begins is said by the gateway all the same', () => {
    expect(mistakes(able, exposure({ rewrite: PathRewrite.appRoot('/app') }))).toEqual([]);
  });

  test('another port of the app', () => {
    const auth = oidc();
    const cluster = new Cluster({ gateway: edge });
    const web = cluster.exposeBy(() => exposure({ auth }));
    web.expose(Exposure.https('admin.example.com', { auth, backendPort: BackendPort.named('admin') }));
    expect(cluster.mistakes()).toEqual(["[shop/shop] KEELSON2396 'exposure.backendPort' must be one port for all exposures of an app that one oauth2-proxy stands before, "
      + "got port 9090 with OIDC at gateway 'gateway-system/edge', where another exposure's requests go through oauth2-proxy to port 80: "
      + 'make it another app, or choose a target that asks the proxy about each request']);
    const asked = new Cluster(nginx);
    asked.exposeBy(() => exposure({ auth })).expose(Exposure.https('admin.example.com', { certificate, auth, backendPort: BackendPort.named('admin') }));
    expect(asked.mistakes()).toEqual([]);
  });
});
