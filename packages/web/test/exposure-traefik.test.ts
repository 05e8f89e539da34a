import { Certificate, Gateway, IngressController, Secret, Traefik } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import { Exposure, ExposureTarget, HttpRedirect, PathType } from '../src';
import { Cluster } from './exposed-app';

const traefik = Traefik.inNamespace('traefik');
const certificate = Certificate.fromSecret(Secret.fromSecretName('shop-cert'));

describe('X1 host and path routing by Traefik', () => {
  test('an IngressRoute at the entry point for plain HTTP leads to the Service', () => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.insecureHttp('shop.example.com')]);
    expect(cluster.specs('IngressRoute')).toEqual({
      shop: {
        entryPoints: ['web'],
        routes: [{ kind: 'Rule', match: 'Host(`shop.example.com`)', priority: 24, services: [{ name: 'shop', port: 80, scheme: 'http' }] }],
      },
    });
    expect(cluster.specs('Middleware')).toEqual({});
  });

  test('entry points are called as the profile says', () => {
    const cluster = new Cluster({ traefik: Traefik.inNamespace('traefik', { httpEntryPoint: 'http', httpsEntryPoint: 'https' }) });
    cluster.expose([Exposure.https('shop.example.com', { certificate })]);
    const routes = cluster.specs('IngressRoute');
    expect(routes.shop.entryPoints).toEqual(['https']);
    expect(routes['shop-redirect'].entryPoints).toEqual(['http']);
  });

  test('Traefik is let in to the container port, and nobody else', () => {
    const cluster = new Cluster({ traefik: Traefik.inNamespace('edge', { sourceCidrs: ['10.1.0.0/16'] }) });
    cluster.expose([Exposure.insecureHttp('shop.example.com'), Exposure.insecureHttp('www.example.com')]);
    expect(cluster.specs('NetworkPolicy').shop.ingress).toEqual([{
      from: [{ ipBlock: { cidr: '10.1.0.0/16' } }, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } }],
      ports: [{ port: 8080, protocol: 'TCP' }],
    }]);
  });

  test('it comes after the gateway of the profile and before its ingress controller, and can be asked for', () => {
    const exposed = (props: ConstructorParameters<typeof Cluster>[0], target?: ExposureTarget) => {
      const cluster = new Cluster(props);
      cluster.expose([Exposure.insecureHttp('shop.example.com', { target })]);
      return cluster;
    };
    const ingress = IngressController.traefik();
    const gateway = Gateway.named('edge', 'gateway-system');
    expect(Object.keys(exposed({ traefik, ingress }).specs('IngressRoute'))).toEqual(['shop']);
    expect(Object.keys(exposed({ gateway, traefik, ingress }).specs('HTTPRoute'))).toEqual(['shop']);
    expect(Object.keys(exposed({ gateway, traefik, ingress }, ExposureTarget.TRAEFIK).specs('IngressRoute'))).toEqual(['shop']);
    expect(Object.keys(exposed({ gateway }, ExposureTarget.throughTraefik(traefik)).specs('IngressRoute'))).toEqual(['shop']);
    expect(exposed({ gateway }, ExposureTarget.TRAEFIK).mistakes()).toEqual([
      "[shop/shop] KEELSON2352 'exposure.target' must be a target that the cluster has, got IngressRoutes of Traefik, but the cluster profile names no Traefik: "
      + "set 'traefik' of ClusterProfile, or name one by ExposureTarget.throughTraefik(…)",
    ]);
  });

  test('a Traefik of a target is checked', () => {
    const cluster = new Cluster();
    cluster.expose([Exposure.insecureHttp('shop.example.com', { target: ExposureTarget.throughTraefik(Traefik.inNamespace('Edge')) })]);
    expect(cluster.mistakes()).toContainEqual(expect.stringMatching(/^\[shop\/shop\] KEELSON\d+ 'exposure.target.namespace' /));
  });

  test('a cluster without its kinds is told which are missing', () => {
    const cluster = new Cluster({ traefik, customResources: ['traefik.io/v1alpha1/IngressRoute'] });
    cluster.expose([Exposure.https('shop.example.com', { certificate })]);
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2093 'exposure' must be of a kind that the cluster has, got Middleware, which isn't among the cluster profile's customResources: "
      + "install the CRDs of Traefik and add 'traefik.io/v1alpha1/Middleware' to customResources",
    ]);
  });

  test('annotations are on the IngressRoutes; those of ingress-nginx are refused', () => {
    const annotations = { 'external-dns.alpha.kubernetes.io/target': 'edge.example.com' };
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.insecureHttp('shop.example.com', { annotations })]);
    expect(cluster.objects().find(({ kind }) => kind === 'IngressRoute').metadata.annotations).toEqual(annotations);
    const wrong = new Cluster({ traefik });
    wrong.expose([Exposure.insecureHttp('shop.example.com', { annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' } })]);
    expect(wrong.mistakes()).toEqual([
      "[shop/shop] KEELSON2351 'exposure.annotations' must be annotations that the target knows, got 'nginx.ingress.kubernetes.io/proxy-body-size', "
      + 'which nobody reads of an IngressRoute: remove it, or choose ExposureTarget.INGRESS',
    ]);
  });

  test('two apps with one host and path are refused', () => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.insecureHttp('shop.example.com')]);
    cluster.expose([Exposure.insecureHttp('shop.example.com')], 'cart');
    expect(cluster.mistakes()).toEqual([
      "[shop/cart] KEELSON2013 'exposure' must be the only one for its host, path and path type, got 'shop.example.com' with Prefix '/', which 'shop/shop' has too "
      + "at Traefik in namespace 'traefik', entry point 'web': choose another host or path for one of the two",
    ]);
  });
});

describe('X1 default backend by Traefik', () => {
  test('by HTTPS with a certificate of its own', () => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.defaultBackend({ certificate })]);
    expect(cluster.specs('IngressRoute').shop).toMatchObject({ routes: [{ match: 'PathPrefix(`/`)', priority: -20_000 }], tls: { secretName: 'shop-cert' } });
  });

  test('by HTTPS with whichever default certificate there is', () => {
    const cluster = new Cluster({ traefik: Traefik.inNamespace('traefik', { defaultCertificateHosts: ['*.example.com'] }) });
    cluster.expose([Exposure.defaultBackend()]);
    expect(cluster.specs('IngressRoute').shop.tls).toEqual({});
  });
});

describe('X2 several hosts on one address by Traefik', () => {
  test('each host has an IngressRoute of its own', () => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.https('shop.example.com', { hosts: ['*.example.org'], certificate })]);
    expect(Object.keys(cluster.specs('IngressRoute'))).toEqual(['shop', 'shop-redirect', 'shop-wildcard-example-org', 'shop-wildcard-example-org-redirect']);
  });
});

describe('X3 TLS by Traefik', () => {
  test('with a certificate that cert-manager issues', () => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.https('shop.example.com', { certificate: Certificate.issuedBy('letsencrypt'), path: '/cart', pathType: PathType.EXACT })]);
    expect(cluster.specs('IngressRoute').shop.tls).toEqual({ secretName: 'shop-example-com-tls' });
    expect(cluster.specs('Certificate')['shop-example-com-tls'].dnsNames).toEqual(['shop.example.com']);
  });

  test('with the default certificate where it is for the host, one label of a wildcard', () => {
    const cluster = new Cluster({ traefik: Traefik.inNamespace('traefik', { defaultCertificateHosts: ['*.example.com'] }) });
    cluster.expose([Exposure.https('shop.example.com')]);
    expect(cluster.specs('IngressRoute').shop.tls).toEqual({});
    const deeper = new Cluster({ traefik: Traefik.inNamespace('traefik', { defaultCertificateHosts: ['*.example.com'] }) });
    deeper.expose([Exposure.https('a.shop.example.com')]);
    expect(deeper.mistakes()).toEqual([
      "[shop/shop] KEELSON2350 'exposure.certificate' must be given where Traefik has none, got none for 'a.shop.example.com', which the default certificate of "
      + "Traefik in namespace 'traefik' isn't known to be for: try Certificate.issuedBy(…), or name the host in 'defaultCertificateHosts' of Traefik.inNamespace(…)",
    ]);
  });

  test.each([
    { redirect: undefined, permanent: true },
    { redirect: HttpRedirect.PERMANENT, permanent: true },
    { redirect: HttpRedirect.TEMPORARY, permanent: false },
  ])('plain HTTP is redirected, challenges of ACME excepted: $redirect.description', ({ redirect, permanent }) => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.https('shop.example.com', { certificate, redirect })]);
    expect(cluster.specs('Middleware')).toEqual({ 'shop-redirect': { redirectScheme: { scheme: 'https', permanent } } });
    expect(cluster.specs('IngressRoute')['shop-redirect']).toEqual({
      entryPoints: ['web'],
      routes: [{
        kind: 'Rule', match: 'Host(`shop.example.com`) && !PathPrefix(`/.well-known/acme-challenge/`)', priority: 24,
        middlewares: [{ name: 'shop-redirect' }], services: [{ kind: 'TraefikService', name: 'noop@internal' }],
      }],
    });
  });

  test('or not answered', () => {
    const cluster = new Cluster({ traefik });
    cluster.expose([Exposure.https('shop.example.com', { certificate, redirect: HttpRedirect.NONE })]);
    expect(Object.keys(cluster.specs('IngressRoute'))).toEqual(['shop']);
  });
});
