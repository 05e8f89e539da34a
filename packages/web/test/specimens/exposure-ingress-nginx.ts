import { Certificate, Health, IngressController, Secret } from '@keelson/core';
import { type Chart, Duration, Size } from 'cdk8s';
import {
  BackendPort, BackendProtocol, BackendTls, EdgeAuth, Exposure, type HttpsExposureOptions, HttpRedirect, PathRewrite, PathType, RateLimit,
  WebApp,
} from '../../src';
import { specimen, storefront, UNDRAINED } from './specimen';

const certificate = Certificate.fromSecret(Secret.fromSecretName('shop-tls'));
const cluster = {
  ingress: IngressController.named('nginx', { namespace: 'ingress-nginx', isIngressNginx: true, allowedResponseHeaders: ['X-Robots-Tag', 'X-Frame-Options'] }),
};
const A = 'nginx.ingress.kubernetes.io/';

/** An exposure by ingress-nginx, and annotations that it comes to. */
function annotated(title: string, shows: Record<string, string>, options: (chart: Chart) => HttpsExposureOptions, more: string[] = []) {
  return specimen({
    title: `web-nginx-${title}`,
    cluster,
    shows: [...Object.entries(shows).map(([name, value]) => `Ingress metadata.annotations has { ${A}${name}: ${JSON.stringify(value)} }`), ...more],
    warns: [UNDRAINED, 'KEELSON2031'],
    define: (chart) => {
      new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', { certificate, ...options(chart) }) });
    },
  });
}

/** Another app, as who is asked about requests or gets copies of them. */
function other(chart: Chart) {
  const app = new WebApp(chart, 'other', { image: 'registry.example.com/shop/other:1.0.0', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }) });
  return app.service;
}

export const basicAuth = annotated('basic-auth', { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Staff only' },
  () => ({ auth: EdgeAuth.basic(Secret.fromSecretName('users'), { realm: 'Staff only' }) }));

export const serviceAuth = annotated('service-auth', {
  'auth-signin': 'https://$host/oauth2/start?rd=$escaped_request_uri', 'auth-response-headers': 'X-Auth-Request-Email',
}, chart => ({ auth: EdgeAuth.byService(other(chart), { path: '/oauth2/auth', signInUrl: '/oauth2/start', responseHeaders: ['X-Auth-Request-Email'] }) }));

export const urlAuth = annotated('url-auth', { 'auth-url': 'https://auth.example.com/verify', 'auth-signin': 'https://auth.example.com/start' },
  () => ({ auth: EdgeAuth.byUrl('https://auth.example.com/verify', { signInUrl: 'https://auth.example.com/start' }) }));

export const appRoot = annotated('app-root', { 'app-root': '/app', 'ssl-redirect': 'true' },
  () => ({ rewrite: PathRewrite.appRoot('/app'), redirect: HttpRedirect.PERMANENT }));

export const stripPrefix = annotated('strip-prefix', { 'rewrite-target': '/$2', 'use-regex': 'true' },
  () => ({ path: '/shop', rewrite: PathRewrite.stripPrefix() }),
  ['Ingress spec.rules[0].http.paths[0] has { path: "/(?-i:shop)(/|$)(.*)", pathType: ImplementationSpecific }']);

export const replacePrefix = annotated('replace-prefix', { 'rewrite-target': '/v2$1$2' },
  () => ({ path: '/shop', rewrite: PathRewrite.replacePrefix('/v2') }));

export const regularExpression = annotated('regular-expression', { 'rewrite-target': '/accounts/$1/$2', 'use-regex': 'true' },
  () => ({ path: '/users/([0-9]+)/?(.*)', pathType: PathType.REGULAR_EXPRESSION, rewrite: PathRewrite.regularExpression('/accounts/$1/$2') }),
  ['Ingress spec.rules[0].http.paths[0] has { path: "/(?s-i:users/([0-9]+)/?(.*))$", pathType: ImplementationSpecific }']);

export const limits = annotated('limits', {
  'whitelist-source-range': '203.0.113.0/24', 'limit-rps': '10', 'limit-burst-multiplier': '3', 'limit-connections': '20', 'proxy-body-size': '8m',
  'proxy-request-buffering': 'on', 'proxy-read-timeout': '30', 'proxy-send-timeout': '30', 'proxy-next-upstream': 'error timeout', 'proxy-next-upstream-tries': '3',
}, () => ({
  allowedSources: ['203.0.113.0/24'], rateLimit: RateLimit.perSecond(10, { burst: 30 }), maxConcurrentRequests: 20, maxBodySize: Size.mebibytes(8),
  timeouts: { response: Duration.seconds(30) }, retries: 2,
}));

export const perMinute = annotated('rate-per-minute', { 'limit-rpm': '100', 'limit-burst-multiplier': '1' }, () => ({ rateLimit: RateLimit.perMinute(100) }));

export const cors = annotated('cors', {
  'enable-cors': 'true', 'cors-allow-origin': 'https://www.example.com,https://*.example.org', 'cors-allow-methods': 'GET,PUT', 'cors-allow-headers': 'X-Requested-With',
  'cors-expose-headers': 'X-Total', 'cors-allow-credentials': 'true', 'cors-max-age': '600',
}, () => ({
  cors: {
    allowOrigins: ['https://www.example.com', 'https://*.example.org'], allowMethods: ['GET', 'PUT'], allowHeaders: ['X-Requested-With'], exposeHeaders: ['X-Total'],
    allowCredentials: true, maxAge: Duration.minutes(10),
  },
}));

export const responseHeaders = annotated('response-headers', {}, () => ({ responseHeaders: { set: { 'X-Frame-Options': 'DENY', 'X-Robots-Tag': 'none' } } }),
  ['ConfigMap data = { X-Frame-Options: DENY, X-Robots-Tag: none }']);

export const backendTls = annotated('backend-tls', { 'backend-protocol': 'HTTPS', 'proxy-ssl-verify': 'on', 'proxy-ssl-name': 'shop.internal', 'proxy-ssl-server-name': 'on' },
  () => ({ backendTls: BackendTls.authorityFromSecret('shop.internal', Secret.fromSecretName('shop-ca')) }));

export const grpc = annotated('grpc', { 'backend-protocol': 'GRPC' }, () => ({ protocol: BackendProtocol.GRPC }));

export const namedPort = annotated('named-port', {}, () => ({ backendPort: BackendPort.named('http') }),
  ['Ingress spec.rules[0].http.paths[0].backend.service.port = { name: http }']);

export const stickySession = annotated('sticky-session', {
  'affinity': 'cookie', 'affinity-mode': 'persistent', 'session-cookie-name': 'pod', 'session-cookie-max-age': '3600', 'session-cookie-path': '/', 'session-cookie-secure': 'true',
}, () => ({ stickySession: { cookieName: 'pod', maxAge: Duration.hours(1) } }));

export const mirror = annotated('mirror', { 'mirror-host': '$host' }, chart => ({ mirror: { service: other(chart) } }));

export const www = annotated('www', { 'from-to-www-redirect': 'true' }, () => ({ wwwRedirect: true }),
  ['Ingress spec.tls[0].hosts = [shop.example.com, www.shop.example.com]']);

export const readByTraefik = specimen({
  title: 'web-nginx-by-traefik',
  cluster: { ingress: IngressController.named('nginx', { namespace: 'traefik', readsNginxAnnotations: true }) },
  shows: [
    'Ingress spec.ingressClassName = nginx',
    `Ingress metadata.annotations has { ${A}limit-rps: "10" }`,
    'NetworkPolicy spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: traefik } } }] }',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', { certificate, rateLimit: RateLimit.perSecond(10) }) });
  },
});
