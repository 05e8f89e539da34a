import { Certificate, ConfigMap, Health, Secret, Service } from '@keelson/core';
import { Duration, Size, type Chart } from 'cdk8s';
import {
  BackendPort, BackendProtocol, BackendTls, EdgeAuth, Exposure, type ExposureOptions, type ExposureTarget, HttpRedirect,
  type HttpsExposureOptions, PathRewrite, PathType, RateLimit, WebApp,
} from '../src';
import type { FeatureName } from '../src/private/edge/features';

const HOST = 'shop.example.com';
const issued = Certificate.issuedBy('letsencrypt');

/** Another app of the same namespace, as who decides about requests or gets copies of them. */
function other(chart: Chart): Service {
  const app = new WebApp(chart, 'other', { image: 'registry.example.com/shop/other:1.0.0', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }) });
  return app.service;
}

/** An exposure that asks for one thing, on whatever target. */
export type Ask = (chart: Chart, target: ExposureTarget | undefined, certificate: Certificate | undefined) => Exposure;

const https = (options: HttpsExposureOptions | ((chart: Chart) => HttpsExposureOptions), host = HOST): Ask =>
  (chart, target, certificate) => Exposure.https(host, { certificate, target, ...typeof options === 'function' ? options(chart) : options });
const headers = (prop: 'requestHeaders' | 'responseHeaders', changes: ExposureOptions['requestHeaders']): Ask => https({ [prop]: changes });

/** For each feature, the shortest exposure that asks for it. */
export const ASKS: Record<FeatureName, Ask> = {
  wildcardHost: https({}, '*.example.com'),
  exactPath: https({ path: '/sitemap', pathType: PathType.EXACT }),
  regularExpressionPath: https({ path: '/users/[0-9]+', pathType: PathType.REGULAR_EXPRESSION }),
  namedPort: https({ backendPort: BackendPort.named('admin') }),
  defaultBackend: (_, target) => Exposure.defaultBackend({ certificate: Certificate.fromSecret(Secret.fromSecretName('shop-cert')), target }),
  plainDefaultBackend: (_, target) => Exposure.insecureDefaultBackend({ target }),
  certificateFromSecret: https({ certificate: Certificate.fromSecret(Secret.fromSecretName('shop-cert')) }),
  issuedCertificate: https({ certificate: issued }),
  permanentRedirect: https({ redirect: HttpRedirect.PERMANENT }),
  temporaryRedirect: https({ redirect: HttpRedirect.TEMPORARY }),
  noRedirect: https({ redirect: HttpRedirect.NONE }),
  wwwRedirect: https({ wwwRedirect: true }),
  basicAuth: https({ auth: EdgeAuth.basic(Secret.fromSecretName('shop-users')) }),
  basicAuthRealm: https({ auth: EdgeAuth.basic(Secret.fromSecretName('shop-users'), { realm: 'Staff only' }) }),
  serviceAuth: https(chart => ({ auth: EdgeAuth.byService(other(chart), { path: '/verify' }) })),
  urlAuth: https({ auth: EdgeAuth.byUrl('https://auth.example.com/verify') }),
  signInRedirect: https(chart => ({ auth: EdgeAuth.byService(other(chart), { path: '/verify', signInUrl: '/sign-in' }) })),
  authResponseHeaders: https(chart => ({ auth: EdgeAuth.byService(other(chart), { path: '/verify', responseHeaders: ['X-Auth-Request-Email'] }) })),
  oidc: https({
    auth: EdgeAuth.oidc({
      issuerUrl: 'https://login.example.com', clientId: 'shop', credentials: Secret.fromSecretName('shop-oidc'), emailDomains: ['example.com'],
    }),
  }),
  appRoot: https({ rewrite: PathRewrite.appRoot('/app') }),
  stripPrefix: https({ path: '/shop', rewrite: PathRewrite.stripPrefix() }),
  replacePrefix: https({ path: '/shop', rewrite: PathRewrite.replacePrefix('/v2') }),
  regularExpressionRewrite: https({
    path: '/users/([0-9]+)', pathType: PathType.REGULAR_EXPRESSION, rewrite: PathRewrite.regularExpression('/accounts/$1'),
  }),
  allowedSources: https({ allowedSources: ['203.0.113.0/24'] }),
  rateLimit: https({ rateLimit: RateLimit.perSecond(10) }),
  concurrencyLimit: https({ maxConcurrentRequests: 20 }),
  cors: https({ cors: { allowOrigins: ['https://www.example.com'] } }),
  bodySize: https({ maxBodySize: Size.mebibytes(8) }),
  requestTimeout: https({ timeouts: { request: Duration.seconds(30) } }),
  responseTimeout: https({ timeouts: { response: Duration.seconds(30) } }),
  retries: https({ retries: 2 }),
  setRequestHeaders: headers('requestHeaders', { set: { 'X-Shop-Tenant': 'eu' } }),
  addRequestHeaders: headers('requestHeaders', { add: { 'X-Shop-Tenant': 'eu' } }),
  removeRequestHeaders: headers('requestHeaders', { remove: ['X-Debug'] }),
  setResponseHeaders: headers('responseHeaders', { set: { 'X-Frame-Options': 'DENY' } }),
  addResponseHeaders: headers('responseHeaders', { add: { 'X-Shop-Edge': 'eu' } }),
  removeResponseHeaders: headers('responseHeaders', { remove: ['Server'] }),
  compression: https({ compression: true }),
  backendTlsPublic: https({ backendTls: BackendTls.publicAuthority(HOST) }),
  backendTlsConfigMap: https(chart => ({ backendTls: BackendTls.authorityFromConfigMap(HOST, new ConfigMap(chart, 'shop-ca', { data: { 'ca.crt': 'PEM' } })) })),
  backendTlsSecret: https({ backendTls: BackendTls.authorityFromSecret(HOST, Secret.fromSecretName('shop-ca')) }),
  grpc: https({ protocol: BackendProtocol.GRPC }),
  stickySession: https({ stickySession: { cookieName: 'shop' } }),
  mirror: https(chart => ({ mirror: { service: other(chart) } })),
  mirrorShare: https(chart => ({ mirror: { service: other(chart), percent: 10 } })),
};
