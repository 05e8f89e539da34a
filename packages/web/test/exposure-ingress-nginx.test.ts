import { Certificate, IngressController, Secret } from '@keelson/core';
import { Chart, Duration, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  BackendPort, BackendProtocol, BackendTls, EdgeAuth, Exposure, ExposureTarget, type HttpsExposureOptions, PathRewrite, PathType, RateLimit,
} from '../src';
import { Cluster, clusters } from './exposed-app';

const certificate = Certificate.fromSecret(Secret.fromSecretName('shop-cert'));
const shop = 'shop.example.com';
const nginx = { ingress: IngressController.ingressNginx() };
const allowing = { ingress: IngressController.named('nginx', { namespace: 'edge', allowedResponseHeaders: ['X-Robots-Tag'] }) };
const byTraefik = { ingress: IngressController.named('nginx', { namespace: 'traefik', readsNginxAnnotations: true }) };

/** The annotations of the first Ingress, without what all begin with. */
const annotations = (cluster: Cluster, name = 'shop') => {
  const { metadata } = cluster.objects().find(object => object.kind === 'Ingress' && object.metadata.name === name);
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).map(([key, value]) => [key.replace('nginx.ingress.kubernetes.io/', ''), value]));
};
/** What an exposure by HTTPS comes to. */
const said = (options: HttpsExposureOptions, profile = nginx) => {
  const cluster = new Cluster(profile);
  cluster.expose([Exposure.https(shop, { certificate, ...options })]);
  expect(cluster.mistakes()).toEqual([]);
  return annotations(cluster);
};
const mistakes = (options: HttpsExposureOptions, profile = nginx) => {
  const cluster = new Cluster(profile);
  cluster.expose([Exposure.https(shop, { certificate, ...options })]);
  return cluster.mistakes();
};
/** Another app of the namespace, as who is asked or gets copies. */
const other = (cluster: Cluster) => cluster.expose([Exposure.https('other.example.com', { certificate })], 'other').service;

describe('plain HTTP at ingress-nginx', () => {
  test('is not redirected, though another path of the host has a certificate', () => {
    const cluster = new Cluster(nginx);
    cluster.expose([Exposure.https(shop, { certificate, path: '/a' }), Exposure.insecureHttp(shop, { path: '/b' })]);
    expect(cluster.mistakes()).toEqual([]);
    expect([annotations(cluster), annotations(cluster, 'shop-shop-example-com-b')]).toEqual([{}, { 'ssl-redirect': 'false' }]);
  });

  test('never carries passwords, however the controller is configured', () => {
    const key = 'nginx.ingress.kubernetes.io/ssl-redirect';
    const auth = EdgeAuth.basic(Secret.fromSecretName('users'));
    expect([said({ auth })['ssl-redirect'], said({})['ssl-redirect'], said({ annotations: { [key]: 'false' } })['ssl-redirect']]).toEqual(['true', undefined, 'false']);
    expect(mistakes({ auth, annotations: { [key]: 'false' } })).toEqual([
      `[shop/shop] KEELSON2375 'exposure.annotations' must be annotations that no option says, got '${key}', which an option of the exposure says: remove it, or the option`,
    ]);
  });

  test('is as its own annotation says', () => {
    const cluster = new Cluster(nginx);
    cluster.expose([Exposure.insecureHttp(shop, { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' } })]);
    expect(cluster.mistakes()).toEqual([]);
    expect(annotations(cluster)).toEqual({ 'ssl-redirect': 'true' });
  });
});

describe('annotations of ingress-nginx', () => {
  test.each<[string, HttpsExposureOptions, Record<string, string>]>([
    ['X4 basic auth', { auth: EdgeAuth.basic(Secret.fromSecretName('users'), { realm: 'Staff only' }) },
      { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Staff only', 'ssl-redirect': 'true' }],
    ['X5 a URL that decides', { auth: EdgeAuth.byUrl('https://auth.example.com/verify?app=shop', { responseHeaders: ['X-User', 'X-Email'], signInUrl: 'https://auth.example.com/start' }) },
      { 'auth-url': 'https://auth.example.com/verify?app=shop', 'auth-response-headers': 'X-User,X-Email', 'auth-signin': 'https://auth.example.com/start', 'ssl-redirect': 'true' }],
    ['X6 app root', { rewrite: PathRewrite.appRoot('/app') }, { 'app-root': '/app' }],
    ['X7 allow list', { allowedSources: ['203.0.113.0/24', '2001:db8::/32'] }, { 'whitelist-source-range': '203.0.113.0/24,2001:db8::/32' }],
    ['X7 rate by the second', { rateLimit: RateLimit.perSecond(10) }, { 'limit-rps': '10', 'limit-burst-multiplier': '1' }],
    ['X7 rate by the minute', { rateLimit: RateLimit.perMinute(100, { burst: 300 }) }, { 'limit-rpm': '100', 'limit-burst-multiplier': '3' }],
    ['X7 concurrent requests', { maxConcurrentRequests: 20 }, { 'limit-connections': '20' }],
    ['X7 CORS, all of it', { cors: { allowOrigins: ['https://www.example.com'] } }, {
      'enable-cors': 'true', 'cors-allow-origin': 'https://www.example.com', 'cors-allow-methods': 'GET,HEAD,POST', 'cors-allow-headers': 'Accept',
      'cors-allow-credentials': 'false', 'cors-max-age': '5',
    }],
    ['X7 CORS as it is said', { cors: {
      allowOrigins: ['https://*.example.com', 'http://localhost:3000'], allowMethods: ['PUT'], allowHeaders: ['X-A', 'X-B'], exposeHeaders: ['X-C'], allowCredentials: true,
      maxAge: Duration.minutes(10),
    } }, {
      'enable-cors': 'true', 'cors-allow-origin': 'https://*.example.com,http://localhost:3000', 'cors-allow-methods': 'PUT', 'cors-allow-headers': 'X-A,X-B',
      'cors-expose-headers': 'X-C', 'cors-allow-credentials': 'true', 'cors-max-age': '600',
    }],
    ['X7 body size in mebibytes', { maxBodySize: Size.mebibytes(8) }, { 'proxy-body-size': '8m', 'proxy-request-buffering': 'on' }],
    ['X7 body size in kibibytes', { maxBodySize: Size.kibibytes(1536) }, { 'proxy-body-size': '1536k', 'proxy-request-buffering': 'on' }],
    ['X7 body size in tebibytes', { maxBodySize: Size.tebibytes(1) }, { 'proxy-body-size': '1024g', 'proxy-request-buffering': 'on' }],
    ['X7 timeout', { timeouts: { response: Duration.minutes(2) } }, { 'proxy-read-timeout': '120', 'proxy-send-timeout': '120' }],
    ['X7 retries', { retries: 2 }, { 'proxy-next-upstream': 'error timeout', 'proxy-next-upstream-tries': '3' }],
    ['X7 gRPC', { protocol: BackendProtocol.GRPC }, { 'backend-protocol': 'GRPC' }],
    ['X7 TLS to the app', { backendTls: BackendTls.authorityFromSecret('shop.internal', Secret.fromSecretName('ca')) }, {
      'backend-protocol': 'HTTPS', 'proxy-ssl-secret': 'shop/ca', 'proxy-ssl-verify': 'on', 'proxy-ssl-name': 'shop.internal', 'proxy-ssl-server-name': 'on',
    }],
    ['X7 gRPC by TLS', { protocol: BackendProtocol.GRPC, backendTls: BackendTls.authorityFromSecret('shop.internal', Secret.fromSecretName('ca')) }, {
      'backend-protocol': 'GRPCS', 'proxy-ssl-secret': 'shop/ca', 'proxy-ssl-verify': 'on', 'proxy-ssl-name': 'shop.internal', 'proxy-ssl-server-name': 'on',
    }],
    ['X7 sticky session', { stickySession: {} }, {
      'affinity': 'cookie', 'affinity-mode': 'persistent', 'session-cookie-name': 'shop-session', 'session-cookie-path': '/', 'session-cookie-secure': 'true',
    }],
    ['X7 sticky session for an hour', { stickySession: { cookieName: 'pod', maxAge: Duration.hours(1) } }, {
      'affinity': 'cookie', 'affinity-mode': 'persistent', 'session-cookie-name': 'pod', 'session-cookie-path': '/', 'session-cookie-secure': 'true', 'session-cookie-max-age': '3600',
    }],
  ])('%s', (_, options, expected) => {
    expect(said(options)).toEqual(expected);
  });

  test('X1 a port by its name', () => {
    const cluster = new Cluster(nginx);
    cluster.expose([Exposure.https(shop, { certificate, backendPort: BackendPort.named('http') })]);
    expect(cluster.specs('Ingress').shop.rules[0].http.paths[0].backend).toEqual({ service: { name: 'shop', port: { name: 'http' } } });
  });

  test('X5 a Service that decides, by the name that every namespace knows, and where users sign in at home', () => {
    const cluster = new Cluster({ ...nginx, clusterDomain: 'shop.internal' });
    const auth = EdgeAuth.byService(other(cluster), { path: '/oauth2/auth', signInUrl: '/oauth2/start', responseHeaders: ['X-Auth-Request-Email'] });
    cluster.expose([Exposure.https(shop, { certificate, auth })]);
    expect(annotations(cluster)).toEqual({
      'auth-url': 'http://other.shop.svc.shop.internal:80/oauth2/auth', 'auth-signin': 'https://$host/oauth2/start?rd=$escaped_request_uri',
      'auth-response-headers': 'X-Auth-Request-Email', 'ssl-redirect': 'true',
    });
    const { from, ports } = cluster.specs('NetworkPolicy').other.ingress[0];
    expect({ namespace: from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'], ports }).toEqual({ namespace: 'ingress-nginx', ports: [{ port: 8080, protocol: 'TCP' }] });
  });

  test('X5 buffers for the cookies of a sign-in', () => {
    const cluster = new Cluster(nginx);
    const credentials = Secret.fromSecretName('shop-oidc');
    const auth = EdgeAuth.oidc({ issuerUrl: 'https://login.example.com', clientId: 'shop', credentials, emailDomains: ['example.com'] });
    cluster.expose([Exposure.https(shop, { certificate, auth })]);
    const ingresses = cluster.objects().filter(({ kind }) => kind === 'Ingress');
    expect(ingresses.map(({ metadata }) => metadata.annotations['nginx.ingress.kubernetes.io/proxy-buffer-size'])).toEqual(['16k', '16k']);
  });

  test('X7 copies of the requests', () => {
    const cluster = new Cluster(nginx);
    cluster.expose([Exposure.https(shop, { certificate, mirror: { service: other(cluster) } })]);
    expect(annotations(cluster)).toEqual({ 'mirror-target': 'http://other.shop.svc.cluster.local:80$request_uri', 'mirror-host': '$host' });
  });

  test('X7 headers of answers, by a ConfigMap', () => {
    const cluster = new Cluster(allowing);
    cluster.expose([Exposure.https(shop, { certificate, responseHeaders: { set: { 'X-Robots-Tag': 'none' } } })]);
    expect(annotations(cluster)).toEqual({ 'custom-headers': 'shop/shop-headers' });
    const { metadata, data } = cluster.objects().find(({ kind }) => kind === 'ConfigMap');
    expect({ name: metadata.name, data }).toEqual({ name: 'shop-headers', data: { 'X-Robots-Tag': 'none' } });
  });

  test('a session by plain HTTP is kept by plain HTTP', () => {
    const cluster = new Cluster(nginx);
    cluster.expose([Exposure.insecureHttp(shop, { stickySession: {} })]);
    expect(annotations(cluster)).not.toHaveProperty('session-cookie-secure');
  });

  test('those of the user are beside them', () => {
    expect(said({ retries: 1, annotations: { 'external-dns.alpha.kubernetes.io/ttl': '60' } })).toEqual({
      'external-dns.alpha.kubernetes.io/ttl': '60', 'proxy-next-upstream': 'error timeout', 'proxy-next-upstream-tries': '2',
    });
  });
});

describe('X7 www by ingress-nginx', () => {
  test('both names are in one certificate, and a rule for one', () => {
    const cluster = new Cluster(nginx);
    cluster.expose([
      Exposure.https('example.com', { path: '/api', certificate: Certificate.issuedBy('letsencrypt') }),
      Exposure.https('example.com', { certificate: Certificate.issuedBy('letsencrypt'), wwwRedirect: true }),
      Exposure.https('www.example.org', { certificate, wwwRedirect: true }),
    ]);
    expect(cluster.specs('Certificate')['example-com-tls'].dnsNames).toEqual(['example.com', 'www.example.com']);
    expect(cluster.specs('Ingress')['shop-example-com']).toMatchObject({ rules: [{ host: 'example.com' }], tls: [{ hosts: ['example.com', 'www.example.com'] }] });
    expect(cluster.specs('Ingress')['shop-www-example-org'].tls).toEqual([{ hosts: ['www.example.org', 'example.org'], secretName: 'shop-cert' }]);
    expect(annotations(cluster, 'shop-example-com')).toEqual({ 'from-to-www-redirect': 'true' });
  });

  test.each([[true], [false]])('fails where another app serves the other name, whichever comes first (%s)', isRedirectFirst => {
    const cluster = new Cluster(nginx);
    const first = Exposure.insecureHttp('example.com', { wwwRedirect: true });
    const second = Exposure.insecureHttp('www.example.com');
    cluster.expose([isRedirectFirst ? first : second]);
    cluster.expose([isRedirectFirst ? second : first], 'other');
    const [what, why] = isRedirectFirst ? ['served', 'has it redirected by wwwRedirect'] : ['redirected', 'serves it'];
    expect(cluster.mistakes()).toEqual([
      `[shop/other] KEELSON2378 'exposure' must be either served or redirected, which is all that ingress-nginx can, got 'www.example.com', ${what} here, while 'shop/shop' ${why}: `
      + "leave out one of the two, or 'wwwRedirect'",
    ]);
  });
});

describe('fails on what ingress-nginx would refuse, ignore, or take for something else', () => {
  const all = 'which is all that ingress-nginx takes, got';
  const fix = "at Ingress of class 'nginx': write it with these, or choose another target: ExposureTarget.GATEWAY_API";
  const words = "of letters, digits, spaces and '-._~/:'";
  const url = "of letters, digits and '-._~/:,?&='";
  const header = "of letters, digits, '-' and '_'";
  test.each<[HttpsExposureOptions, string]>([
    [{ auth: EdgeAuth.basic(Secret.fromSecretName('users'), { realm: "The shop's" }) }, `KEELSON2370 'exposure.auth.realm' must be ${words}, ${all} 'The shop's' ${fix}`],
    [{ auth: EdgeAuth.byUrl('https://a.example.com/%20') }, `KEELSON2370 'exposure.auth.url' must be ${url}, ${all} 'https://a.example.com/%20' ${fix}`],
    [{ auth: EdgeAuth.byUrl('https://a.example.com', { signInUrl: '/sign%20in' }) }, `KEELSON2370 'exposure.auth.signInUrl' must be ${url}, ${all} '/sign%20in' ${fix}`],
    [{ auth: EdgeAuth.byUrl('https://a.example.com', { responseHeaders: ['X-A', 'X.B'] }) }, `KEELSON2370 'exposure.auth.responseHeaders[1]' must be ${header}, ${all} 'X.B' ${fix}`],
    [{ cors: { allowOrigins: ['*'], allowHeaders: ['X.A'] } }, `KEELSON2370 'exposure.cors.allowHeaders[0]' must be ${header}, ${all} 'X.A' ${fix}`],
    [{ cors: { allowOrigins: ['*'], exposeHeaders: ['X.A'] } }, `KEELSON2370 'exposure.cors.exposeHeaders[0]' must be ${header}, ${all} 'X.A' ${fix}`],
    [{ rewrite: PathRewrite.appRoot('/a%20b') }, `KEELSON2370 'exposure.rewrite' must be of letters, digits and '-._~/:', ${all} '/a%20b' ${fix}`],
    [{ path: '/a', rewrite: PathRewrite.replacePrefix('/b&c') }, `KEELSON2370 'exposure.rewrite' must be of letters, digits and '-._~/:', ${all} '/b&c$1$2' ${fix}`],
    [{ rateLimit: RateLimit.perSecond(10, { burst: 25 }) },
      "KEELSON2371 'exposure.rateLimit.burst' must be a multiple of the rate at ingress-nginx, got 25 with a rate of 10, at Ingress of class 'nginx': try 30"],
    [{ responseHeaders: { set: { 'X-Robots-Tag': 'none' } } }, "KEELSON2373 'exposure.responseHeaders.set.X-Robots-Tag' must be one that the controller's configuration allows, which is none, "
      + "got 'X-Robots-Tag' at Ingress of class 'nginx': add it to 'global-allowed-response-headers' of the controller, and to 'allowedResponseHeaders' of IngressController.named(…)"],
    [{ retries: 1, annotations: { 'nginx.ingress.kubernetes.io/proxy-next-upstream-tries': '5' } },
      "KEELSON2375 'exposure.annotations' must be annotations that no option says, got 'nginx.ingress.kubernetes.io/proxy-next-upstream-tries', which an option of the exposure says: "
      + 'remove it, or the option'],
    [{ allowedSources: ['10.0.0.0/8'], annotations: { 'nginx.ingress.kubernetes.io/allowlist-source-range': '10.0.0.0/8' } },
      "KEELSON2375 'exposure.annotations' must be annotations that no option says, got 'nginx.ingress.kubernetes.io/allowlist-source-range', which an option of the exposure says: "
      + 'remove it, or the option'],
    [{ annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': '/' } },
      "KEELSON2375 'exposure.annotations' must be annotations that leave the paths of a host as they are, got 'nginx.ingress.kubernetes.io/rewrite-target': "
      + "use 'rewrite: PathRewrite.stripPrefix()' or 'pathType: PathType.REGULAR_EXPRESSION' instead"],
    [{ annotations: { 'nginx.ingress.kubernetes.io/server-alias': 'b.example.com' } },
      "KEELSON2375 'exposure.annotations' must be annotations that add no hosts, got 'nginx.ingress.kubernetes.io/server-alias': name them by 'hosts' of the exposure"],
    [{ allowedSources: ['10.0.0.0/8'], annotations: { 'nginx.ingress.kubernetes.io/satisfy': 'any' } },
      "KEELSON2375 'exposure.annotations' must be annotations that leave it to them, got 'nginx.ingress.kubernetes.io/satisfy', beside options that say who may pass: "
      + "remove it, or say all of it by 'auth' and 'allowedSources'"],
    [{ auth: EdgeAuth.byUrl('https://a.example.com'), annotations: { 'nginx.ingress.kubernetes.io/auth-cache-key': '$remote_user' } },
      "KEELSON2375 'exposure.annotations' must be annotations that leave it to them, got 'nginx.ingress.kubernetes.io/auth-cache-key', beside options that say who may pass: "
      + "remove it, or say all of it by 'auth' and 'allowedSources'"],
    [{ auth: EdgeAuth.basic(Secret.fromSecretName('users', 'back')) },
      "KEELSON2379 'exposure.auth.users' must be a Secret of the app's namespace, 'shop', got Secret 'users' of namespace 'back' at Ingress of class 'nginx': copy it there"],
    [{ backendTls: BackendTls.authorityFromSecret('a.example.com', Secret.fromSecretName('ca', 'back')) },
      "KEELSON2379 'exposure.backendTls.secret' must be a Secret of the app's namespace, 'shop', got Secret 'ca' of namespace 'back' at Ingress of class 'nginx': copy it there"],
  ])('%#', (options, message) => {
    expect(mistakes(options)).toEqual([`[shop/shop] ${message}`]);
  });

  test.each<HttpsExposureOptions>([
    { annotations: { 'nginx.ingress.kubernetes.io/satisfy': 'any' } },
    { auth: EdgeAuth.basic(Secret.fromSecretName('users')), annotations: { 'nginx.ingress.kubernetes.io/auth-tls-secret': 'shop/ca' } },
  ])('not on annotations that undo no option (%#)', (options) => {
    expect(mistakes(options)).toEqual([]);
  });

  test('a header that others than those allowed are', () => {
    expect(mistakes({ responseHeaders: { set: { 'x-robots-tag': 'none' } } }, allowing)).toEqual([
      "[shop/shop] KEELSON2373 'exposure.responseHeaders.set.x-robots-tag' must be one that the controller's configuration allows: 'X-Robots-Tag', got 'x-robots-tag' at Ingress of class 'nginx': "
      + "add it to 'global-allowed-response-headers' of the controller, and to 'allowedResponseHeaders' of IngressController.named(…)",
    ]);
  });

  test('gRPC by plain HTTP, which a Traefik takes', () => {
    const plain = (profile: typeof nginx) => {
      const cluster = new Cluster(profile);
      cluster.expose([Exposure.insecureHttp(shop, { protocol: BackendProtocol.GRPC })]);
      return cluster.mistakes();
    };
    expect(plain(byTraefik)).toEqual([]);
    expect(plain(nginx)).toEqual([
      "[shop/shop] KEELSON2372 'exposure.protocol' must be gRPC by HTTPS at ingress-nginx, which speaks HTTP/2 with clients by TLS only, got gRPC by plain HTTP, at Ingress of class 'nginx': "
      + 'use Exposure.https(…), or choose a target that can: ExposureTarget.GATEWAY_API',
    ]);
  });

  test('what needs a namespace that is not known', () => {
    const cluster = new Cluster(allowing);
    new Chart(cluster.app, 'nowhere');
    cluster.expose([Exposure.https(shop, { certificate, responseHeaders: { set: { 'X-Robots-Tag': 'none' } } })], 'shop', 'nowhere');
    expect(cluster.mistakes().filter(line => line.includes('KEELSON2374'))).toEqual([
      "[nowhere/shop] KEELSON2374 'exposure.responseHeaders' must be in a namespace that is known, got a ConfigMap at Ingress of class 'nginx', of a chart without one: give the chart its 'namespace'",
    ]);
  });

  test('a mirror of what is rewritten', () => {
    const cluster = new Cluster(nginx);
    cluster.expose([Exposure.https(shop, { certificate, path: '/a', rewrite: PathRewrite.stripPrefix(), mirror: { service: other(cluster) } })]);
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2376 'exposure.mirror' must be a mirror without a rewrite at ingress-nginx, which copies requests as they came, got a mirror of requests whose path is rewritten, "
      + "at Ingress of class 'nginx': leave one of the two out, or choose a target that can: ExposureTarget.GATEWAY_API",
    ]);
  });
});

describe('what Traefik reads otherwise of these annotations', () => {
  const fix = "at Ingress of class 'nginx': say it otherwise, or choose a target that can: ExposureTarget.GATEWAY_API, or the Traefik of the profile";
  const cors = { allowOrigins: ['https://*.example.com'] };
  const expression = { path: '/users/([0-9]+)', pathType: PathType.REGULAR_EXPRESSION };
  const auth = EdgeAuth.basic(Secret.fromSecretName('users'));
  test.each<[HttpsExposureOptions, string]>([
    [{ cors }, `KEELSON2377 'exposure.cors.allowOrigins' must be without wildcards, which Traefik compares as they are, got 'https://*.example.com', ${fix}`],
    [{ cors: { allowOrigins: ['https://a.example.com'] }, auth },
      `KEELSON2377 'exposure.cors' must be without a password, which Traefik asks preflight requests for, got CORS with basic auth, ${fix}`],
    [{ ...expression, rewrite: PathRewrite.regularExpression('/a/$1b') },
      `KEELSON2377 'exposure.rewrite' must be with '/', '-', '.', '~' or nothing behind each group, where Traefik reads a longer name, got '/a/$1b', ${fix}`],
  ])('is refused there, and not at ingress-nginx (%#)', (options, message) => {
    expect(mistakes(options, byTraefik)).toEqual([`[shop/shop] ${message}`]);
    expect(mistakes(options)).toEqual([]);
  });

  test('and nobody is told that ingress-nginx is retired', () => {
    const cluster = new Cluster(byTraefik);
    cluster.expose([Exposure.https(shop, { certificate, target: ExposureTarget.INGRESS })]);
    expect(cluster.warnings()).toEqual([]);
  });
});

test('an Ingress for another controller than ingress-nginx has none of them', () => {
  const cluster = new Cluster(clusters.traefik);
  cluster.expose([Exposure.insecureHttp(shop)]);
  expect(annotations(cluster)).toEqual({});
});
