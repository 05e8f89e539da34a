import { Certificate, ConfigMap, Gateway, Health, Listener, Service } from '@keelson/core';
import { before } from '@keelson/testing/specimen';
import { Chart, Duration } from 'cdk8s';
import { BackendPort, BackendProtocol, BackendTls, ExposedService, Exposure, PathRewrite, PathType, WebApp, type ExposureOptions } from '../../src';
import { specimen, storefront } from './specimen';

const gateway = Gateway.named('edge', 'gateway-system');
const cluster = { gateway };

/** The storefront, exposed as said. */
const exposed = (options: ExposureOptions) => (chart: Chart) => {
  new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', options) });
};

/** Another app beside it, which is asked or gets copies. */
const beside = (chart: Chart) => new WebApp(chart, 'candidate', { ...storefront, image: 'registry.example.com/shop/storefront:1.9.0' });

export const stripPrefix = specimen({
  title: 'web-exposure-gateway-strip-prefix',
  cluster,
  shows: ['HTTPRoute/storefront spec.rules[0].filters = [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }]'],
  define: exposed({ path: '/shop', rewrite: PathRewrite.stripPrefix() }),
});

export const replacePrefix = specimen({
  title: 'web-exposure-gateway-replace-prefix',
  cluster,
  shows: ['HTTPRoute/storefront spec.rules[0].filters[0].urlRewrite.path = { type: ReplacePrefixMatch, replacePrefixMatch: /v2 }'],
  define: exposed({ path: '/shop', rewrite: PathRewrite.replacePrefix('/v2') }),
});

export const appRoot = specimen({
  title: 'web-exposure-gateway-app-root',
  cluster,
  shows: [
    'HTTPRoute/storefront spec.rules[0].matches = [{ path: { type: Exact, value: / } }]',
    'HTTPRoute/storefront spec.rules[0].filters[0].requestRedirect = { path: { type: ReplaceFullPath, replaceFullPath: /app }, statusCode: 302 }',
    'HTTPRoute/storefront spec.rules[1].backendRefs = [{ name: storefront, port: 80 }]',
  ],
  define: exposed({ rewrite: PathRewrite.appRoot('/app') }),
});

export const headers = specimen({
  title: 'web-exposure-gateway-headers',
  cluster,
  shows: [
    'HTTPRoute/storefront spec.rules[0].filters has { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-Shop-Tenant, value: eu }], remove: [X-Debug] } }',
    'HTTPRoute/storefront spec.rules[0].filters has { type: ResponseHeaderModifier, responseHeaderModifier: { add: [{ name: X-Frame-Options, value: DENY }] } }',
  ],
  define: exposed({ requestHeaders: { set: { 'X-Shop-Tenant': 'eu' }, remove: ['X-Debug'] }, responseHeaders: { add: { 'X-Frame-Options': 'DENY' } } }),
});

export const cors = specimen({
  title: 'web-exposure-gateway-cors',
  cluster,
  shows: ['HTTPRoute/storefront spec.rules[0].filters has { type: CORS, cors: { allowOrigins: ["https://www.example.com"], allowMethods: [PUT], maxAge: 600 } }'],
  refused: [before('1.30', 'KEELSON2310')],
  define: exposed({
    cors: {
      allowOrigins: ['https://www.example.com'], allowMethods: ['PUT'], allowHeaders: ['X-Requested-With'], exposeHeaders: ['X-Total'],
      allowCredentials: true, maxAge: Duration.minutes(10),
    },
  }),
});

export const mirror = specimen({
  title: 'web-exposure-gateway-mirror',
  cluster,
  shows: [
    'HTTPRoute/storefront spec.rules[0].filters has { type: RequestMirror, requestMirror: { backendRef: { name: candidate, port: 80 }, percent: 10 } }',
    'NetworkPolicy/candidate spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway-system } } }] }',
  ],
  define: (chart) => exposed({ mirror: { service: beside(chart).service, percent: 10 } })(chart),
});

export const timeoutAndRetries = specimen({
  title: 'web-exposure-gateway-timeout-retries',
  cluster,
  shows: ['HTTPRoute/storefront spec.rules[0].timeouts = { request: 1s500ms }', 'HTTPRoute/storefront spec.rules[0].retry = { attempts: 2 }'],
  refused: [before('1.30', 'KEELSON2310')],
  define: exposed({ timeouts: { request: Duration.millis(1500) }, retries: 2 }),
});

export const namedPort = specimen({
  title: 'web-exposure-gateway-port',
  cluster,
  shows: [
    'HTTPRoute/storefront spec.rules[0].backendRefs = [{ name: storefront, port: 9090 }]',
    'HTTPRoute/storefront-metrics-example-com spec.rules[0].backendRefs = [{ name: storefront, port: 9091 }]',
  ],
  define: (chart) => {
    const ports = [{ name: 'admin', number: 9090 }, { name: 'figures', number: 9091 }];
    const app = new WebApp(chart, 'storefront', {
      ...storefront, ports, exposure: Exposure.https('admin.example.com', { backendPort: BackendPort.named('admin') }),
    });
    app.expose(Exposure.https('metrics.example.com', { backendPort: BackendPort.numbered(9091), protocol: BackendProtocol.HTTP }));
  },
});

export const wwwRedirect = specimen({
  title: 'web-exposure-gateway-www',
  cluster,
  shows: [
    'HTTPRoute/storefront-www spec.hostnames = [www.shop.example.com]',
    'HTTPRoute/storefront-www spec.rules[0].filters = [{ type: RequestRedirect, requestRedirect: { hostname: shop.example.com, statusCode: 301 } }]',
    'HTTPRoute/storefront-www-redirect spec.rules[0].filters[0].requestRedirect = { scheme: https, hostname: shop.example.com, statusCode: 301 }',
  ],
  define: exposed({ wwwRedirect: true }),
});

export const wwwRedirectWithCertificate = specimen({
  title: 'web-exposure-gateway-www-certificate',
  cluster: { gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http()], admitsListenerSets: true }) },
  shows: [
    'Certificate spec.dnsNames = [shop.example.org, www.shop.example.org]',
    'ListenerSet/www-shop-example-org spec.listeners[0].tls.certificateRefs = [{ kind: Secret, name: shop-example-org-tls }]',
    'HTTPRoute/storefront-www spec.parentRefs[0].name = www-shop-example-org',
  ],
  refused: [before('1.30', 'KEELSON1175', 'KEELSON2015')],
  define: (chart) => {
    const exposure = Exposure.https('shop.example.org', { wwwRedirect: true, certificate: Certificate.issuedBy('letsencrypt') });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});

const ledger = { image: 'registry.example.com/shop/ledger:3.1.0', port: 9000, health: Health.grpc() };

export const grpc = specimen({
  title: 'web-exposure-gateway-grpc',
  cluster,
  shows: [
    'GRPCRoute/ledger spec.rules[0].matches is absent',
    'GRPCRoute/ledger spec.rules[0].backendRefs = [{ name: ledger, port: 80 }]',
    'GRPCRoute/ledger-books-example-com-shop-v1-books spec.rules[0].matches = [{ method: { type: Exact, service: shop.v1.Books } }]',
    'GRPCRoute/ledger-books-example-com-shop-v1-orders-get-exact spec.rules[0].matches[0].method has { service: shop.v1.Orders, method: Get }',
  ],
  define: (chart) => {
    const app = new WebApp(chart, 'ledger', { ...ledger, exposure: Exposure.https('ledger.example.com') });
    app.expose(Exposure.https('books.example.com', { path: '/shop.v1.Books', protocol: BackendProtocol.GRPC }));
    app.expose(Exposure.https('books.example.com', { path: '/shop.v1.Orders/Get', pathType: PathType.EXACT }));
  },
});

export const backendTls = specimen({
  title: 'web-exposure-gateway-backend-tls',
  cluster,
  shows: [
    'BackendTLSPolicy/storefront spec.targetRefs = [{ group: "", kind: Service, name: storefront, sectionName: http }]',
    'BackendTLSPolicy/storefront spec.validation = { hostname: shop.internal.example.com, caCertificateRefs: [{ group: "", kind: ConfigMap, name: shop-ca }] }',
    'BackendTLSPolicy/partners spec.validation = { hostname: partners.example.com, wellKnownCACertificates: System }',
  ],
  define: (chart) => {
    const authority = new ConfigMap(chart, 'shop-ca', { data: { 'ca.crt': 'PEM' } });
    exposed({ backendTls: BackendTls.authorityFromConfigMap('shop.internal.example.com', authority) })(chart);
    const exposure = Exposure.https('partners.example.com', { backendTls: BackendTls.publicAuthority('partners.example.com') });
    new WebApp(chart, 'partners', { ...storefront, exposure });
  },
});

export const otherNamespace = specimen({
  title: 'web-exposure-gateway-other-namespace',
  cluster,
  shows: [
    'HTTPRoute/shop spec.rules[0].backendRefs has { name: shop, port: 80 }',
    'ReferenceGrant/shop spec.to = [{ group: "", kind: Service, name: shop }]',
    'ReferenceGrant/shop spec.from has { group: gateway.networking.k8s.io, kind: HTTPRoute }',
  ],
  define: (chart) => {
    const app = new WebApp(new Chart(chart, 'backend', { namespace: `${chart.namespace}-backend` }), 'storefront', storefront);
    const service = new Service(Chart.of(app), 'shop', { backends: [app], ports: [{ target: 'http', number: 80 }] });
    new ExposedService(chart, 'shop-outside', { service, exposure: Exposure.https('shop.example.com') });
  },
});
