import { Certificate, Gateway, GatewayImplementation, Secret } from '@keelson/core';
import { Duration, Size, type Chart } from 'cdk8s';
import { BackendTls, EdgeAuth, Exposure, ExposureTarget, type HttpsExposureOptions, PathRewrite, PathType, RateLimit, WebApp } from '../../src';
import { specimen, storefront } from './specimen';

const cluster = { gateway: Gateway.named('edge', 'gateway-system', { implementation: GatewayImplementation.ENVOY_GATEWAY }) };

/** The storefront, exposed as said. */
const exposed = (options: HttpsExposureOptions) => (chart: Chart) => {
  new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', options) });
};

export const basicAuth = specimen({
  title: 'web-exposure-envoy-basic-auth',
  cluster,
  shows: [
    'SecurityPolicy/storefront spec.targetRefs = [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: storefront }]',
    'SecurityPolicy/storefront spec.basicAuth = { users: { name: shop-users } }',
  ],
  define: exposed({ auth: EdgeAuth.basic(Secret.fromSecretName('shop-users')) }),
});

export const serviceAuth = specimen({
  title: 'web-exposure-envoy-service-auth',
  cluster,
  shows: ['SecurityPolicy/storefront spec.extAuth.http = { backendRefs: [{ name: doorman, port: 80 }], pathOverride: /verify }'],
  define: (chart) => {
    const doorman = new WebApp(chart, 'doorman', { ...storefront, image: 'registry.example.com/shop/doorman:2.0.0' });
    exposed({ auth: EdgeAuth.byService(doorman.service, { path: '/verify' }) })(chart);
  },
});

export const allowedSources = specimen({
  title: 'web-exposure-envoy-allowed-sources',
  cluster,
  shows: ['SecurityPolicy/storefront spec.authorization = { defaultAction: Deny, rules: [{ action: Allow, principal: { clientCIDRs: ["203.0.113.0/24", "2001:db8::/32"] } }] }'],
  define: exposed({ allowedSources: ['203.0.113.0/24', '2001:db8::/32'] }),
});

export const rateLimit = specimen({
  title: 'web-exposure-envoy-rate-limit',
  cluster,
  shows: ['BackendTrafficPolicy/storefront spec.rateLimit.local.rules has { clientSelectors: [{ sourceCIDR: { type: Distinct, value: "::/0" } }], limit: { requests: 300, unit: Minute } }'],
  define: exposed({ rateLimit: RateLimit.perMinute(300) }),
});

export const traffic = specimen({
  title: 'web-exposure-envoy-traffic',
  cluster,
  shows: [
    'BackendTrafficPolicy/storefront spec.requestBuffer = { limit: 8Mi }',
    'BackendTrafficPolicy/storefront spec.compressor = [{ type: Brotli, brotli: {} }, { type: Gzip, gzip: {} }]',
    'BackendTrafficPolicy/storefront spec.retry = { numRetries: 2, retryOn: { triggers: [connect-failure, refused-stream, reset] } }',
    'BackendTrafficPolicy/storefront spec.loadBalancer = { type: ConsistentHash, consistentHash: { type: Cookie, cookie: { name: shop, ttl: 3600s } } }',
    'HTTPRoute/storefront spec.rules[0].timeouts = { request: 30s }',
  ],
  define: exposed({
    maxBodySize: Size.mebibytes(8), compression: true, retries: 2, stickySession: { cookieName: 'shop', maxAge: Duration.hours(1) },
    timeouts: { request: Duration.seconds(30) },
  }),
});

export const regularExpression = specimen({
  title: 'web-exposure-envoy-expression',
  cluster,
  shows: [
    'HTTPRoute/storefront spec.rules[0].filters = [{ type: ExtensionRef, extensionRef: { group: gateway.envoyproxy.io, kind: HTTPRouteFilter, name: storefront } }]',
    'HTTPRouteFilter/storefront spec.urlRewrite.path has { type: ReplaceRegexMatch }',
  ],
  define: exposed({ path: '/users/([0-9]+)', pathType: PathType.REGULAR_EXPRESSION, rewrite: PathRewrite.regularExpression('/accounts/$1') }),
});

export const authorityInASecret = specimen({
  title: 'web-exposure-envoy-backend-tls',
  cluster,
  shows: ['BackendTLSPolicy/storefront spec.validation.caCertificateRefs = [{ group: "", kind: Secret, name: shop-ca }]'],
  define: exposed({ backendTls: BackendTls.authorityFromSecret('shop.example.com', Secret.fromSecretName('shop-ca')) }),
});

export const trustedProxies = specimen({
  title: 'web-exposure-envoy-trusted-proxies',
  shows: [
    'ClientTrafficPolicy/storefront spec.targetRefs = [{ group: gateway.networking.k8s.io, kind: Gateway, name: storefront }]',
    'ClientTrafficPolicy/storefront spec.clientIPDetection = { xForwardedFor: { numTrustedHops: 1 } }',
  ],
  define: (chart) => {
    const target = ExposureTarget.ownGateway('envoy', { implementation: GatewayImplementation.ENVOY_GATEWAY, trustedProxies: 1 });
    const exposure = Exposure.https('shop.example.com', { certificate: Certificate.issuedBy('letsencrypt'), target });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});
