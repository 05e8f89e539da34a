import { Certificate, Gateway, IngressController, Secret } from '@keelson/core';
import { Exposure, ExposureTarget, PathType, WebApp } from '../../src';
import { specimen, storefront, UNDRAINED } from './specimen';

const certificate = Certificate.issuedBy('letsencrypt');

export const ingressNginx = specimen({
  title: 'web-exposure-ingress-nginx',
  cluster: { ingress: IngressController.ingressNginx() },
  shows: [
    'Ingress spec.ingressClassName = nginx',
    'Ingress spec.rules[0].host = shop.example.com',
    'Ingress spec.rules[0].http.paths = [{ path: /, pathType: Prefix, backend: { service: { name: storefront, port: { number: 80 } } } }]',
    'Ingress spec.tls[0].hosts = [shop.example.com]',
    'Certificate spec.dnsNames = [shop.example.com]',
  ],
  warns: [UNDRAINED, 'KEELSON2031'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', { certificate }) });
  },
});

export const traefik = specimen({
  title: 'web-exposure-ingress-traefik',
  cluster: { ingress: IngressController.traefik() },
  shows: [
    'Ingress spec.ingressClassName = traefik',
    'Ingress spec.tls = [{ hosts: [shop.example.com], secretName: shop-tls }]',
    'NetworkPolicy/storefront spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: traefik } } }] }',
  ],
  warns: [UNDRAINED, 'KEELSON2037'],
  define: (chart) => {
    const exposure = Exposure.https('shop.example.com', { certificate: Certificate.fromSecret(Secret.fromSecretName('shop-tls')) });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});

export const besideAGateway = specimen({
  title: 'web-exposure-ingress-by-name',
  cluster: { gateway: Gateway.named('edge', 'gateway-system'), ingress: IngressController.traefik() },
  shows: [
    'HTTPRoute is absent',
    'Ingress spec.rules[0].http.paths[0] has { path: /sitemap.xml, pathType: Exact }',
    'Ingress spec.tls is absent',
  ],
  define: (chart) => {
    const exposure = Exposure.insecureHttp('shop.example.com', {
      path: '/sitemap.xml', pathType: PathType.EXACT, target: ExposureTarget.INGRESS,
    });
    new WebApp(chart, 'storefront', { ...storefront, exposure });
  },
});

export const throughIngress = specimen({
  title: 'web-exposure-through-ingress',
  cluster: { ingress: IngressController.traefik() },
  shows: [
    'Ingress spec.ingressClassName = partners',
    'NetworkPolicy/storefront spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: partner-ingress } }, podSelector: { matchLabels: { app: haproxy } } }] }',
    'NetworkPolicy/storefront spec.ingress has { from: [{ ipBlock: { cidr: 203.0.113.0/28 } }] }',
  ],
  warns: [UNDRAINED, 'KEELSON2037'],
  define: (chart) => {
    const target = ExposureTarget.throughIngress(IngressController.named('partners', {
      namespace: 'partner-ingress', pods: { namespace: 'partner-ingress', labels: { app: 'haproxy' } }, sourceCidrs: ['203.0.113.0/28'],
    }));
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', { certificate, target }) });
  },
});
