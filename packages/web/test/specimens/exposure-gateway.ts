import { Certificate, Gateway, GatewayApi, IssuerKind, Listener, Secret } from '@keelson/core';
import { before } from '@keelson/testing/specimen';
import { Exposure, ExposureTarget, HttpRedirect, PathType, WebApp } from '../../src';
import { specimen, storefront } from './specimen';

/** A gateway of the platform, which has the certificates of the shop's hosts. */
const edge = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com', 'example.com'] })] });

/** A gateway to which apps bring listeners and certificates of their own. */
const open = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http()], admitsListenerSets: true });

export const https = specimen({
  title: 'web-exposure-https',
  cluster: { gateway: edge },
  shows: [
    'HTTPRoute/storefront spec.parentRefs = [{ name: edge, namespace: gateway-system, sectionName: https }]',
    'HTTPRoute/storefront spec.hostnames = [shop.example.com]',
    'HTTPRoute/storefront spec.rules[0].backendRefs = [{ name: storefront, port: 80 }]',
    'HTTPRoute/storefront-redirect spec.parentRefs = [{ name: edge, namespace: gateway-system, sectionName: http }]',
    'HTTPRoute/storefront-redirect spec.rules[0].filters = [{ type: RequestRedirect, requestRedirect: { scheme: https, statusCode: 301 } }]',
    'NetworkPolicy/storefront spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway-system } } }], ports: [{ port: 8080 }] }',
    'Certificate is absent',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com') });
  },
});

export const hosts = specimen({
  title: 'web-exposure-hosts',
  cluster: { gateway: edge },
  shows: ['HTTPRoute/storefront spec.hostnames = [shop.example.com]', 'HTTPRoute/storefront-wildcard-example-com spec.hostnames = ["*.example.com"]'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', { hosts: ['*.example.com'] }) });
  },
});

export const path = specimen({
  title: 'web-exposure-path',
  cluster: { gateway: edge },
  shows: [
    'HTTPRoute/catalogue spec.rules[0].matches = [{ path: { type: PathPrefix, value: /catalogue } }]',
    'HTTPRoute/sitemap spec.rules[0].matches = [{ path: { type: Exact, value: /sitemap.xml } }]',
  ],
  define: (chart) => {
    new WebApp(chart, 'catalogue', {
      ...storefront, exposure: Exposure.https('shop.example.com', { path: '/catalogue', pathType: PathType.PREFIX }),
    });
    new WebApp(chart, 'sitemap', {
      ...storefront, exposure: Exposure.https('shop.example.com', { path: '/sitemap.xml', pathType: PathType.EXACT }),
    });
  },
});

export const annotations = specimen({
  title: 'web-exposure-annotations',
  cluster: { gateway: edge },
  shows: ['HTTPRoute/storefront metadata.annotations = { external-dns.alpha.kubernetes.io/ttl: "60" }'],
  define: (chart) => {
    const exposure = Exposure.https('shop.example.com', { annotations: { 'external-dns.alpha.kubernetes.io/ttl': '60' } });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});

export const redirect = specimen({
  title: 'web-exposure-redirect',
  cluster: { gateway: edge },
  shows: [
    'HTTPRoute/storefront-redirect spec.rules[0].filters[0].requestRedirect.statusCode = 301',
    'HTTPRoute/basket-redirect spec.rules[0].filters[0].requestRedirect.statusCode = 302',
    'HTTPRoute/account-redirect is absent',
  ],
  define: (chart) => {
    const exposed = (name: string, exposure: Exposure) => new WebApp(chart, name, { ...storefront, exposure });
    exposed('storefront', Exposure.https('shop.example.com', { redirect: HttpRedirect.PERMANENT }));
    exposed('basket', Exposure.https('basket.example.com', { redirect: HttpRedirect.TEMPORARY }));
    exposed('account', Exposure.https('account.example.com', { redirect: HttpRedirect.NONE }));
  },
});

export const more = specimen({
  title: 'web-exposure-more',
  cluster: { gateway: edge },
  shows: [
    'HTTPRoute/storefront spec.hostnames = [shop.example.com]',
    'HTTPRoute/storefront-legacy-example-com spec.hostnames = [legacy.example.com]',
    'HTTPRoute/storefront-legacy-example-com spec.parentRefs[0].sectionName = http',
  ],
  define: (chart) => {
    const app = new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com') });
    app.expose(Exposure.insecureHttp('legacy.example.com'));
  },
});

export const defaultBackend = specimen({
  title: 'web-exposure-default-backend',
  cluster: { gateway: Gateway.named('edge', 'gateway-system') },
  shows: [
    'HTTPRoute/storefront spec.hostnames is absent',
    'HTTPRoute/storefront spec.parentRefs[0].sectionName = https',
    'HTTPRoute/storefront-redirect spec.hostnames is absent',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.defaultBackend() });
  },
});

export const insecureDefaultBackend = specimen({
  title: 'web-exposure-http-default-backend',
  cluster: { gateway: edge },
  shows: ['HTTPRoute spec.hostnames is absent', 'HTTPRoute spec.parentRefs[0].sectionName = http'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.insecureDefaultBackend() });
  },
});

export const throughGateway = specimen({
  title: 'web-exposure-through-gateway',
  cluster: { gateway: edge },
  shows: [
    'HTTPRoute/storefront spec.parentRefs = [{ name: partners, namespace: partner-gateway, sectionName: https }]',
    'NetworkPolicy/storefront spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: partner-gateway } } }] }',
  ],
  define: (chart) => {
    const target = ExposureTarget.throughGateway(Gateway.named('partners', 'partner-gateway'));
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', { target }) });
  },
});

export const listeners = specimen({
  title: 'web-exposure-listeners',
  cluster: {
    gateway: Gateway.named('edge', 'gateway-system', {
      listeners: [
        Listener.http({ name: 'web', port: 8080, hosts: ['*.example.com'] }),
        Listener.https({ name: 'shops', port: 8443, hosts: ['*.example.com'], ownCertificate: true }),
        Listener.https({ name: 'partners', port: 9443, hosts: ['*.example.org'] }),
      ],
      pods: { namespace: 'edge-proxies', labels: { app: 'envoy' } },
      sourceCidrs: ['198.51.100.0/24'],
    }),
  },
  shows: [
    'HTTPRoute/storefront spec.parentRefs = [{ name: edge, namespace: gateway-system, sectionName: shops }]',
    'HTTPRoute/storefront-redirect spec.parentRefs = [{ name: edge, namespace: gateway-system, sectionName: web }]',
    'HTTPRoute/storefront-redirect spec.rules[0].filters[0].requestRedirect.port = 8443',
    'NetworkPolicy/storefront spec.ingress has { from: [{ podSelector: { matchLabels: { app: envoy } } }] }',
    'NetworkPolicy/storefront spec.ingress has { from: [{ ipBlock: { cidr: 198.51.100.0/24 } }] }',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com') });
  },
});

export const listenerSet = specimen({
  title: 'web-exposure-listener-set',
  cluster: { gateway: open },
  shows: [
    'ListenerSet spec.parentRef = { name: edge, namespace: gateway-system }',
    'ListenerSet spec.listeners has { hostname: shop.example.org, protocol: HTTPS, tls: { mode: Terminate } }',
    'Certificate spec.issuerRef = { group: cert-manager.io, kind: ClusterIssuer, name: letsencrypt }',
    'Certificate spec.dnsNames = [shop.example.org]',
    'HTTPRoute/storefront spec.parentRefs[0].kind = ListenerSet',
  ],
  // Gateway API 1.5 has ListenerSets, and takes no older Kubernetes than 1.30.
  refused: [before('1.30', 'KEELSON1175', 'KEELSON2015')],
  define: (chart) => {
    const exposure = Exposure.https('shop.example.org', { certificate: Certificate.issuedBy('letsencrypt'), target: ExposureTarget.GATEWAY_API });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});

export const listenerSetWithSecret = specimen({
  title: 'web-exposure-listener-set-secret',
  cluster: { gateway: open },
  shows: ['ListenerSet spec.listeners[0].tls.certificateRefs = [{ kind: Secret, name: shop-tls }]', 'Certificate is absent'],
  refused: [before('1.30', 'KEELSON1175', 'KEELSON2015')],
  define: (chart) => {
    const exposure = Exposure.https('shop.example.org', { certificate: Certificate.fromSecret(Secret.fromSecretName('shop-tls')) });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});

export const ownGateway = specimen({
  title: 'web-exposure-own-gateway',
  shows: [
    'Gateway spec.gatewayClassName = nginx',
    'Gateway spec.listeners has { name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Same } } }',
    'Gateway spec.listeners has { hostname: shop.example.com, port: 443, protocol: HTTPS, tls: { mode: Terminate } }',
    'Certificate spec.issuerRef = { group: cert-manager.io, kind: Issuer, name: shop-ca }',
    'HTTPRoute/storefront spec.parentRefs = [{ name: storefront, sectionName: https-shop.example.com }]',
    'NetworkPolicy/storefront spec.ingress has { from: [{ podSelector: { matchLabels: { gateway.networking.k8s.io/gateway-name: storefront } } }] }',
  ],
  define: (chart) => {
    const exposure = Exposure.https('shop.example.com', {
      certificate: Certificate.issuedBy('shop-ca', { kind: IssuerKind.ISSUER }), target: ExposureTarget.ownGateway('nginx'),
    });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});

export const ownGatewayOfTheSameClass = specimen({
  title: 'web-exposure-own-gateway-same-class',
  cluster: {
    gateway: Gateway.named('edge', 'gateway-system', { className: 'envoy' }),
    gatewayApi: GatewayApi.experimental('1.4'),
    customResources: ['cert-manager.io/v1/Certificate', 'cert-manager.io/v1/ClusterIssuer'],
  },
  shows: [
    'Gateway spec.gatewayClassName = envoy',
    'Certificate spec.issuerRef has { kind: ClusterIssuer, name: letsencrypt }',
    'NetworkPolicy/storefront spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway-system } } }] }',
  ],
  define: (chart) => {
    const exposure = Exposure.https('shop.example.com', {
      certificate: Certificate.issuedBy('letsencrypt', { kind: IssuerKind.CLUSTER_ISSUER }), target: ExposureTarget.ownGateway('envoy'),
    });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});

export const ownGatewayElsewhere = specimen({
  title: 'web-exposure-own-gateway-options',
  shows: [
    'Gateway spec.listeners has { name: http, port: 8080 }',
    'Gateway spec.listeners has { hostname: shop.example.com, port: 8443 }',
    'HTTPRoute/storefront-redirect spec.rules[0].filters[0].requestRedirect = { scheme: https, port: 8443, statusCode: 301 }',
    'NetworkPolicy/storefront spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: envoy-gateway-system } }, podSelector: { matchLabels: { app.kubernetes.io/name: envoy } } }] }',
    'NetworkPolicy/storefront spec.ingress has { from: [{ ipBlock: { cidr: 198.51.100.0/24 } }] }',
  ],
  define: (chart) => {
    const target = ExposureTarget.ownGateway('envoy', {
      httpPort: 8080,
      httpsPort: 8443,
      pods: { namespace: 'envoy-gateway-system', labels: { 'app.kubernetes.io/name': 'envoy' } },
      sourceCidrs: ['198.51.100.0/24'],
    });
    const exposure = Exposure.https('shop.example.com', { certificate: Certificate.issuedBy('letsencrypt'), target });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});
