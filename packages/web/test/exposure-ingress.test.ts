import { Certificate, IngressController, IssuerKind, Secret } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import { Exposure, ExposureTarget, HttpRedirect, PathType } from '../src';
import { Cluster, clusters } from './exposed-app';

const certificate = Certificate.fromSecret(Secret.fromSecretName('shop-cert'));

describe('X1 host and path routing by Ingress', () => {
  test('an Ingress of the class of the profile leads to the Service', () => {
    const cluster = new Cluster(clusters.traefik);
    cluster.expose([Exposure.insecureHttp('shop.example.com')]);
    expect(cluster.specs('Ingress').shop).toEqual({
      ingressClassName: 'traefik',
      rules: [{
        host: 'shop.example.com',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } }] },
      }],
    });
  });

  test.each([PathType.PREFIX, PathType.EXACT])('a path of type %s', pathType => {
    const cluster = new Cluster(clusters.nginx);
    cluster.expose([Exposure.https('shop.example.com', { certificate, path: '/a/b-c_1', pathType })]);
    expect(cluster.specs('Ingress').shop.rules[0].http.paths[0]).toMatchObject({ path: '/a/b-c_1', pathType });
  });

  test('the ingress controller is let in to the container port, and nobody else', () => {
    const cluster = new Cluster({ ingress: IngressController.named('haproxy', { namespace: 'edge', sourceCidrs: ['10.1.0.0/16'] }) });
    cluster.expose([Exposure.insecureHttp('shop.example.com'), Exposure.insecureHttp('www.example.com')]);
    expect(cluster.specs('NetworkPolicy').shop.ingress).toEqual([{
      from: [{ ipBlock: { cidr: '10.1.0.0/16' } }, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } }],
      ports: [{ port: 8080, protocol: 'TCP' }],
    }]);
  });

  test('it is the target where the profile names no gateway, and can be asked for where it does', () => {
    const both = { ...clusters.gateway, ...clusters.traefik };
    const cluster = new Cluster(both);
    cluster.expose([
      Exposure.insecureHttp('shop.example.com'), Exposure.insecureHttp('www.example.com', { target: ExposureTarget.INGRESS }),
      Exposure.insecureHttp('x.example.com', { target: ExposureTarget.throughIngress(IngressController.named('inner', { namespace: 'inner' })) }),
    ]);
    expect(cluster.routes()).toEqual(['HTTPRoute shop', 'Ingress shop-www-example-com', 'Ingress shop-x-example-com']);
    expect(cluster.specs('Ingress')['shop-x-example-com'].ingressClassName).toBe('inner');
  });

  test('annotations are on the Ingress', () => {
    const cluster = new Cluster(clusters.nginx);
    const annotations = { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m', 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' };
    cluster.expose([Exposure.insecureHttp('shop.example.com', { annotations })]);
    expect(cluster.objects().find(({ kind }) => kind === 'Ingress').metadata.annotations).toEqual(annotations);
    expect(cluster.mistakes()).toEqual([]);
  });
});

describe('X1 default backend by Ingress', () => {
  test('a rule without a host', () => {
    const cluster = new Cluster(clusters.traefik);
    cluster.expose([Exposure.insecureDefaultBackend()]);
    expect(cluster.specs('Ingress').shop.rules).toEqual([
      { http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } }] } },
    ]);
  });
});

describe('X2 several hosts on one address by Ingress', () => {
  test('each host has an Ingress of its own', () => {
    const cluster = new Cluster(clusters.traefik);
    cluster.expose([Exposure.https('shop.example.com', { hosts: ['*.example.org'], certificate })]);
    const ingresses = cluster.specs('Ingress');
    expect(Object.keys(ingresses)).toEqual(['shop', 'shop-wildcard-example-org']);
    expect(ingresses['shop-wildcard-example-org'].tls).toEqual([{ hosts: ['*.example.org'], secretName: 'shop-cert' }]);
  });
});

describe('X3 TLS by Ingress', () => {
  test('with a certificate from a Secret', () => {
    const cluster = new Cluster(clusters.nginx);
    cluster.expose([Exposure.https('shop.example.com', { certificate })]);
    expect(cluster.routes()).toEqual(['Ingress shop']);
    expect(cluster.specs('Ingress').shop.tls).toEqual([{ hosts: ['shop.example.com'], secretName: 'shop-cert' }]);
  });

  test('with a certificate that cert-manager issues, one for all hosts', () => {
    const cluster = new Cluster({ ...clusters.nginx, customResources: ['cert-manager.io/v1/Certificate'] });
    cluster.expose([Exposure.https('shop.example.com', { hosts: ['example.org'], certificate: Certificate.issuedBy('ca', { kind: IssuerKind.ISSUER }) })]);
    expect(cluster.routes()).toEqual(['Certificate shop-example-com-tls', 'Ingress shop', 'Certificate example-org-tls', 'Ingress shop-example-org']);
    expect(cluster.specs('Certificate')['shop-example-com-tls']).toEqual({
      secretName: 'shop-example-com-tls', dnsNames: ['shop.example.com'], issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'ca' },
      privateKey: { rotationPolicy: 'Always' },
    });
    expect(Object.values(cluster.specs('Ingress')).map(({ tls }) => tls)).toEqual([
      [{ hosts: ['shop.example.com'], secretName: 'shop-example-com-tls' }], [{ hosts: ['example.org'], secretName: 'example-org-tls' }],
    ]);
  });

  test('exposures of the same hosts share what is issued', () => {
    const cluster = new Cluster(clusters.nginx);
    const exposures = ['/', '/api'].map(path => Exposure.https('shop.example.com', { path, certificate: Certificate.issuedBy('letsencrypt') }));
    cluster.expose(exposures);
    expect(cluster.routes()).toEqual(['Certificate shop-example-com-tls', 'Ingress shop', 'Ingress shop-shop-example-com-api']);
  });

  test('ingress-nginx redirects HTTP by itself, and is told to where that is asked for', () => {
    const asked = new Cluster(clusters.nginx);
    asked.expose([Exposure.https('shop.example.com', { certificate, redirect: HttpRedirect.PERMANENT })]);
    const silent = new Cluster(clusters.nginx);
    silent.expose([Exposure.https('shop.example.com', { certificate })]);
    expect(asked.specs('Ingress')).toEqual(silent.specs('Ingress'));
    const annotations = (cluster: Cluster) => cluster.objects().find(({ kind }) => kind === 'Ingress').metadata.annotations;
    expect([annotations(asked), annotations(silent)]).toEqual([{ 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' }, undefined]);
  });
});

describe('X3 one host of two namespaces', () => {
  test('has a certificate in each, where the Secret of an Ingress has to be', () => {
    const cluster = new Cluster(clusters.traefik);
    const certificate = Certificate.issuedBy('letsencrypt');
    cluster.expose([Exposure.https('shop.example.com', { certificate })]);
    cluster.expose([Exposure.https('shop.example.com', { certificate, path: '/api' })], 'api', 'back');
    const made = cluster.objects().filter(({ kind }) => kind === 'Certificate').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(made).toEqual(['shop/shop-example-com-tls', 'back/shop-example-com-tls']);
    expect(cluster.mistakes()).toEqual([]);
  });
});

describe('ingress-nginx is retired', () => {
  test('which an app is told once, whatever the number of exposures', () => {
    const cluster = new Cluster(clusters.nginx);
    ['shop', 'web'].forEach(name => cluster.expose([Exposure.insecureHttp(`${name}.example.com`), Exposure.insecureHttp(`${name}.example.org`)], name));
    expect(cluster.warnings()).toEqual([
      '[shop/shop] KEELSON2031 ingress-nginx is retired and gets no security fixes since March 2026: move to a gateway or a Traefik, '
      + "by 'gateway' or 'traefik' of ClusterProfile, which the same exposures are rendered for",
    ]);
  });

  test('and apps of other ingress controllers are not', () => {
    const cluster = new Cluster(clusters.traefik);
    cluster.expose([Exposure.insecureHttp('shop.example.com')]);
    expect(cluster.warnings()).toEqual([]);
  });
});

describe('X3 HTTPS at an Ingress that can\'t say a redirect', () => {
  test('is warned of once', () => {
    const cluster = new Cluster(clusters.traefik);
    cluster.expose([Exposure.https('shop.example.com', { certificate }), Exposure.https('www.example.com', { certificate })]);
    expect(cluster.warnings()).toEqual(["[shop/shop] KEELSON2037 Ingress of class 'traefik' may answer by plain HTTP too, since an Ingress can't say a redirect: "
      + 'set it in the configuration of the ingress controller, or choose ExposureTarget.GATEWAY_API']);
  });
});
