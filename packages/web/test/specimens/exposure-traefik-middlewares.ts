import { Certificate, Gateway, GatewayImplementation, Secret, Traefik } from '@keelson/core';
import { type Chart, Duration, Size } from 'cdk8s';
import { EdgeAuth, Exposure, type HttpsExposureOptions, PathRewrite, PathType, RateLimit, WebApp } from '../../src';
import { specimen, storefront } from './specimen';

const certificate = Certificate.issuedBy('letsencrypt');
const cluster = { traefik: Traefik.inNamespace('traefik') };
const gateway = { gateway: Gateway.named('edge', 'gateway-system', { implementation: GatewayImplementation.TRAEFIK }) };

/** The storefront, exposed as said. */
const exposed = (options: HttpsExposureOptions) => (chart: Chart) => {
  new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', { certificate, ...options }) });
};

/** The storefront, and beside it who decides about its requests. */
const guarded = (auth: (doorman: WebApp) => EdgeAuth) => (chart: Chart) => {
  const doorman = new WebApp(chart, 'doorman', { ...storefront, image: 'registry.example.com/shop/doorman:2.0.0' });
  exposed({ auth: auth(doorman) })(chart);
};

/** All that a middleware says. */
const everything: HttpsExposureOptions = {
  allowedSources: ['203.0.113.0/24', '2001:db8::/32'],
  rateLimit: RateLimit.perSecond(10, { burst: 50 }),
  maxConcurrentRequests: 20,
  cors: {
    allowOrigins: ['https://www.example.com', 'https://*.example.org'], allowMethods: ['PUT'], allowHeaders: ['X-Requested-With'],
    exposeHeaders: ['X-Total'], allowCredentials: true, maxAge: Duration.minutes(10),
  },
  auth: EdgeAuth.basic(Secret.fromSecretName('shop-users'), { realm: 'Staff only' }),
  maxBodySize: Size.mebibytes(8),
  compression: true,
  retries: 2,
};

const middlewares = [
  'Middleware/storefront-allowed-sources spec = { ipAllowList: { sourceRange: [203.0.113.0/24, "2001:db8::/32"] } }',
  'Middleware/storefront-rate-limit spec = { rateLimit: { average: 10, period: 1s, burst: 50 } }',
  'Middleware/storefront-concurrency spec = { inFlightReq: { amount: 20, sourceCriterion: { ipStrategy: { depth: 0 } } } }',
  'Middleware/storefront-cors spec.headers has { accessControlAllowOriginList: ["https://www.example.com"], accessControlAllowOriginListRegex: ["^https://([-a-z0-9]+\\\\.)+example\\\\.org$"] }',
  'Middleware/storefront-cors spec.headers has { accessControlAllowMethods: [PUT], accessControlAllowCredentials: true, accessControlMaxAge: 600, addVaryHeader: true }',
  'Middleware/storefront-basic-auth spec = { basicAuth: { secret: shop-users, realm: Staff only } }',
  'Middleware/storefront-body-size spec = { buffering: { maxRequestBodyBytes: 8388608 } }',
  'Middleware/storefront-compression spec = { compress: {} }',
  'Middleware/storefront-retries spec = { retry: { attempts: 3, initialInterval: 100ms } }',
];

export const all = specimen({
  title: 'web-exposure-traefik-middlewares',
  cluster,
  shows: [
    ...middlewares,
    'Middleware/storefront-headers spec.headers = { customRequestHeaders: { X-Shop-Tenant: eu, X-Debug: "" }, customResponseHeaders: { X-Frame-Options: DENY, Server: "" } }',
    'IngressRoute/storefront spec.routes[0].middlewares = [{ name: storefront-allowed-sources }, { name: storefront-rate-limit }, { name: storefront-concurrency }, { name: storefront-cors }, { name: storefront-basic-auth }, { name: storefront-body-size }, { name: storefront-compression }, { name: storefront-headers }, { name: storefront-retries }]',
  ],
  define: exposed({
    ...everything, requestHeaders: { set: { 'X-Shop-Tenant': 'eu' }, remove: ['X-Debug'] }, responseHeaders: { set: { 'X-Frame-Options': 'DENY' }, remove: ['Server'] },
  }),
});

export const behindProxies = specimen({
  title: 'web-exposure-traefik-behind-proxies',
  cluster: { traefik: Traefik.inNamespace('traefik', { trustedProxies: 1 }) },
  shows: [
    'Middleware/storefront-allowed-sources spec.ipAllowList.ipStrategy = { depth: 1 }',
    'Middleware/storefront-rate-limit spec.rateLimit.sourceCriterion = { ipStrategy: { depth: 1 } }',
    'Middleware/storefront-concurrency spec.inFlightReq.sourceCriterion = { ipStrategy: { depth: 1 } }',
  ],
  define: exposed({ allowedSources: ['203.0.113.0/24'], rateLimit: RateLimit.perMinute(300), maxConcurrentRequests: 20 }),
});

export const serviceAuth = specimen({
  title: 'web-exposure-traefik-service-auth',
  cluster,
  shows: [
    'Middleware/storefront-external-auth spec.forwardAuth has { trustForwardHeader: false, authResponseHeaders: [X-Auth-Request-Email] }',
    'Middleware/storefront-sign-in spec.errors has { status: ["401"], statusRewrites: { "401": 302 }, query: "/?rd={url}" }',
    'Middleware/storefront-sign-in spec.errors.service = { name: storefront, port: 80, scheme: https, serversTransport: storefront-sign-in-nobody, middlewares: [{ name: storefront-sign-in-url }] }',
    'ServersTransport/storefront-sign-in-nobody spec = { serverName: nobody.invalid }',
    'Middleware/storefront-sign-in-url spec.redirectRegex.replacement = https://${1}/sign-in?rd=${2}',
    'IngressRoute/storefront spec.routes[0].middlewares = [{ name: storefront-sign-in }, { name: storefront-external-auth }]',
    'NetworkPolicy/doorman spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: traefik } } }] }',
  ],
  define: guarded(({ service }) => EdgeAuth.byService(service, { path: '/verify', signInUrl: '/sign-in', responseHeaders: ['X-Auth-Request-Email'] })),
});

export const urlAuth = specimen({
  title: 'web-exposure-traefik-url-auth',
  cluster,
  shows: ['Middleware/storefront-external-auth spec = { forwardAuth: { address: "https://auth.example.com/verify", trustForwardHeader: false } }'],
  define: exposed({ auth: EdgeAuth.byUrl('https://auth.example.com/verify') }),
});

export const rewrites = specimen({
  title: 'web-exposure-traefik-rewrites',
  cluster,
  shows: [
    'Middleware/storefront-strip-prefix spec = { stripPrefix: { prefixes: [/shop] } }',
    'Middleware/storefront-shop-example-com-old-rewrite spec = { replacePathRegex: { regex: "^/old(/.*)?$", replacement: "/v2${1}" } }',
    'Middleware/storefront-shop-example-com-users-0-9-rewrite spec = { replacePathRegex: { regex: "^/users/([0-9]+)$", replacement: "/accounts/${1}" } }',
    'Middleware/storefront-app-example-com-app-root spec = { redirectRegex: { regex: "^https?://[^/?]+/?(\\\\?.*)?$", replacement: "/app${1}" } }',
  ],
  define: (chart) => {
    const app = new WebApp(chart, 'storefront', {
      ...storefront, exposure: Exposure.insecureHttp('shop.example.com', { path: '/shop', rewrite: PathRewrite.stripPrefix() }),
    });
    app.expose(Exposure.insecureHttp('shop.example.com', { path: '/old', rewrite: PathRewrite.replacePrefix('/v2') }));
    app.expose(Exposure.insecureHttp('shop.example.com', {
      path: '/users/([0-9]+)', pathType: PathType.REGULAR_EXPRESSION, rewrite: PathRewrite.regularExpression('/accounts/$1'),
    }));
    app.expose(Exposure.insecureHttp('app.example.com', { rewrite: PathRewrite.appRoot('/app') }));
  },
});

export const filters = specimen({
  title: 'web-exposure-gateway-by-traefik',
  cluster: gateway,
  shows: [
    ...middlewares,
    'HTTPRoute/storefront spec.rules[0].filters[0] = { type: ExtensionRef, extensionRef: { group: traefik.io, kind: Middleware, name: storefront-allowed-sources } }',
    'HTTPRoute/storefront spec.rules[0].filters[7].requestHeaderModifier = { add: [{ name: X-Shop-Tenant, value: eu }] }',
    'HTTPRoute/storefront spec.rules[0].filters[8] = { type: ExtensionRef, extensionRef: { group: traefik.io, kind: Middleware, name: storefront-retries } }',
  ],
  define: exposed({ ...everything, requestHeaders: { add: { 'X-Shop-Tenant': 'eu' } } }),
});

export const backend = specimen({
  title: 'web-exposure-gateway-by-traefik-service',
  cluster: gateway,
  shows: [
    'HTTPRoute/storefront spec.rules[0].backendRefs = [{ group: traefik.io, kind: TraefikService, name: storefront }]',
    'TraefikService/storefront spec.weighted.services has { name: storefront, port: 80, serversTransport: storefront, sticky: { cookie: { name: storefront-session } } }',
    'ServersTransport/storefront spec = { forwardingTimeouts: { responseHeaderTimeout: 30s } }',
  ],
  define: exposed({ stickySession: {}, timeouts: { response: Duration.seconds(30) } }),
});
