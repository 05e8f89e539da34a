import { Certificate, Gateway, IngressController, Secret, Traefik } from '@keelson/core';
import { type Chart, Duration } from 'cdk8s';
import {
  BackendPort, BackendProtocol, BackendTls, Exposure, ExposureTarget, HttpRedirect, type HttpsExposureOptions, PathType, WebApp,
  type WebAppProps,
} from '../../src';
import { specimen, storefront } from './specimen';

const certificate = Certificate.issuedBy('letsencrypt');
const cluster = { traefik: Traefik.inNamespace('traefik') };

/** The storefront, exposed as said. */
const exposed = (options: HttpsExposureOptions, props: Partial<WebAppProps> = {}) => (chart: Chart) => {
  new WebApp(chart, 'storefront', { ...storefront, ...props, exposure: Exposure.https('shop.example.com', { certificate, ...options }) });
};

export const https = specimen({
  title: 'web-exposure-traefik',
  cluster,
  shows: [
    'IngressRoute/storefront spec = { entryPoints: [websecure], routes: [{ kind: Rule, match: "Host(`shop.example.com`)", priority: 24, services: [{ name: storefront, port: 80, scheme: http }] }], tls: { secretName: shop-example-com-tls } }',
    'Certificate spec.dnsNames = [shop.example.com]',
    'IngressRoute/storefront-redirect spec.entryPoints = [web]',
    'IngressRoute/storefront-redirect spec.routes[0].match = Host(`shop.example.com`) && !PathPrefix(`/.well-known/acme-challenge/`)',
    'Middleware/storefront-redirect spec = { redirectScheme: { scheme: https, permanent: true } }',
    'NetworkPolicy/storefront spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: traefik } } }] }',
  ],
  define: exposed({}),
});

export const paths = specimen({
  title: 'web-exposure-traefik-paths',
  cluster,
  shows: [
    'IngressRoute/storefront spec.routes[0] has { match: "HostRegexp(`^[^.]+\\\\.example\\\\.com$`) && (Path(`/cart`) || PathPrefix(`/cart/`))", priority: -9995 }',
    'IngressRoute/storefront-shop-example-com-sitemap-exact spec.routes[0] has { match: "Host(`shop.example.com`) && Path(`/sitemap`)", priority: 2100 }',
    'IngressRoute/storefront-shop-example-com-users-0-9 spec.routes[0] has { match: "Host(`shop.example.com`) && PathRegexp(`^/users/[0-9]+$`) && !PathPrefix(`/.well-known/acme-challenge/`)", priority: 1080 }',
    'IngressRoute/storefront-default-backend spec.routes[0] has { match: PathPrefix(`/`), priority: -20000 }',
  ],
  define: (chart) => {
    const app = new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.insecureHttp('*.example.com', { path: '/cart' }) });
    app.expose(Exposure.insecureHttp('shop.example.com', { path: '/sitemap', pathType: PathType.EXACT }));
    app.expose(Exposure.insecureHttp('shop.example.com', { path: '/users/[0-9]+', pathType: PathType.REGULAR_EXPRESSION }));
    app.expose(Exposure.insecureDefaultBackend());
  },
});

export const defaultCertificate = specimen({
  title: 'web-exposure-traefik-default-certificate',
  cluster: { traefik: Traefik.inNamespace('edge', { httpEntryPoint: 'http', httpsEntryPoint: 'https', defaultCertificateHosts: ['*.example.com'] }) },
  shows: [
    'IngressRoute/storefront spec.tls = {}',
    'IngressRoute/storefront spec.entryPoints = [https]',
    'IngressRoute/storefront-redirect spec.entryPoints = [http]',
    'Middleware/storefront-redirect spec.redirectScheme.permanent = false',
    'Certificate is absent',
  ],
  define: exposed({ certificate: undefined, redirect: HttpRedirect.TEMPORARY }),
});

export const www = specimen({
  title: 'web-exposure-traefik-www',
  cluster,
  shows: [
    'IngressRoute/storefront-www spec.routes[0] has { match: Host(`www.shop.example.com`), middlewares: [{ name: storefront-www }] }',
    'IngressRoute/storefront-www spec.tls = { secretName: shop-example-com-tls }',
    'Middleware/storefront-www spec.redirectRegex = { regex: "^https?://[^/:]+(.*)$", replacement: "https://shop.example.com${1}", permanent: true }',
    'Certificate spec.dnsNames = [shop.example.com, www.shop.example.com]',
  ],
  define: exposed({ wwwRedirect: true }),
});

export const besideOthers = specimen({
  title: 'web-exposure-traefik-by-name',
  cluster: { ...cluster, gateway: Gateway.named('edge', 'gateway-system'), ingress: IngressController.traefik() },
  shows: ['HTTPRoute is absent', 'Ingress is absent', 'IngressRoute/storefront spec.entryPoints = [websecure]'],
  define: exposed({ target: ExposureTarget.TRAEFIK }),
});

export const throughTraefik = specimen({
  title: 'web-exposure-through-traefik',
  cluster,
  shows: [
    'IngressRoute/storefront spec.tls = { secretName: shop-tls }',
    'NetworkPolicy/storefront spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: partner-edge } }, podSelector: { matchLabels: { app: traefik } } }] }',
    'NetworkPolicy/storefront spec.ingress has { from: [{ ipBlock: { cidr: 203.0.113.0/28 } }] }',
  ],
  define: exposed({
    certificate: Certificate.fromSecret(Secret.fromSecretName('shop-tls')),
    target: ExposureTarget.throughTraefik(Traefik.inNamespace('partner-edge', {
      pods: { namespace: 'partner-edge', labels: { app: 'traefik' } }, sourceCidrs: ['203.0.113.0/28'],
    })),
  }),
});

export const services = specimen({
  title: 'web-exposure-traefik-services',
  cluster,
  shows: [
    'IngressRoute/storefront spec.routes[0].services = [{ name: storefront, port: admin, scheme: https, serversTransport: storefront, sticky: { cookie: { name: shop, secure: true, httpOnly: true, sameSite: lax, maxAge: 3600 } } }]',
    'ServersTransport/storefront spec = { serverName: shop.internal, rootCAs: [{ secret: shop-ca }], forwardingTimeouts: { responseHeaderTimeout: 30s } }',
  ],
  define: exposed({
    backendPort: BackendPort.named('admin'), backendTls: BackendTls.authorityFromSecret('shop.internal', Secret.fromSecretName('shop-ca')),
    stickySession: { cookieName: 'shop', maxAge: Duration.hours(1) }, timeouts: { response: Duration.seconds(30) },
  }, { ports: [{ name: 'admin', number: 9090 }] }),
});

export const grpc = specimen({
  title: 'web-exposure-traefik-grpc',
  cluster,
  shows: ['IngressRoute/storefront spec.routes[0].services = [{ name: storefront, port: 80, scheme: h2c }]'],
  define: exposed({ protocol: BackendProtocol.GRPC }),
});

export const mirror = specimen({
  title: 'web-exposure-traefik-mirror',
  cluster,
  shows: [
    'IngressRoute/storefront spec.routes[0].services = [{ kind: TraefikService, name: storefront }]',
    'TraefikService/storefront spec.mirroring = { name: storefront, port: 80, scheme: http, mirrors: [{ name: candidate, port: 80, scheme: http, percent: 10 }] }',
    'NetworkPolicy/candidate spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: traefik } } }] }',
  ],
  define: (chart) => {
    const candidate = new WebApp(chart, 'candidate', { ...storefront, image: 'registry.example.com/shop/storefront:1.9.0' });
    exposed({ mirror: { service: candidate.service, percent: 10 } })(chart);
  },
});
