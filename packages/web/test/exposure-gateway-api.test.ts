import { Certificate, ClusterProfile, Cni, Gateway, GatewayApi, GatewayImplementation, IssuerKind, Listener, Secret } from '@keelson/core';
import { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Exposure, ExposureTarget, HttpRedirect, PathType } from '../src';
import { Cluster, clusters, edge } from './exposed-app';

const parent = { name: 'edge', namespace: 'gateway-system' };
const certificate = Certificate.issuedBy('letsencrypt');

describe('X1 host and path routing at a gateway', () => {
  test('a route leads from the HTTPS listener to the Service', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com')]);
    expect(cluster.specs('HTTPRoute').shop).toEqual({
      parentRefs: [{ ...parent, sectionName: 'https' }],
      hostnames: ['shop.example.com'],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'shop', port: 80 }] }],
    });
  });

  test.each([[PathType.PREFIX, 'PathPrefix'], [PathType.EXACT, 'Exact']])('a path of type %s is matched as %s', (pathType, type) => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com', { path: '/.well-known/shop', pathType })]);
    expect(cluster.specs('HTTPRoute').shop.rules[0].matches).toEqual([{ path: { type, value: '/.well-known/shop' } }]);
  });

  test('several paths of one host lead to several apps', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com')]);
    cluster.expose([Exposure.https('shop.example.com', { path: '/api' })], 'api', 'backend');
    const routes = cluster.specs('HTTPRoute');
    expect(Object.keys(routes)).toEqual(['shop', 'shop-redirect', 'api', 'api-redirect']);
    expect(routes.api.rules[0].backendRefs).toEqual([{ name: 'api', port: 80 }]);
  });

  test('the gateway is let in to the container port, and nobody else', () => {
    const cluster = new Cluster({ gateway: Gateway.named('edge', 'gateway-system', {
      pods: { namespace: 'envoy-gateway-system', labels: { app: 'envoy' } }, sourceCidrs: ['10.1.0.0/16'],
    }) });
    cluster.expose([Exposure.https('shop.example.com'), Exposure.https('www.example.com')]);
    expect(cluster.specs('NetworkPolicy').shop.ingress).toEqual([{
      from: [
        { ipBlock: { cidr: '10.1.0.0/16' } },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'envoy-gateway-system' } }, podSelector: { matchLabels: { app: 'envoy' } } },
      ],
      ports: [{ port: 8080, protocol: 'TCP' }],
    }]);
  });

  test('N9: a gateway that Cilium runs is let in by its identity, and the NetworkPolicy stays closed', () => {
    const cluster = new Cluster({ cni: Cni.CILIUM, gateway: Gateway.named('edge', 'gateway-system', { implementation: GatewayImplementation.CILIUM }) });
    cluster.expose([Exposure.https('shop.example.com')]);
    expect(cluster.specs('CiliumNetworkPolicy').shop.ingress).toEqual([
      { fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] },
    ]);
    const own = { podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'shop' } } };
    expect(cluster.specs('NetworkPolicy').shop.ingress).toEqual([{ from: [own], ports: [{ port: 8080, protocol: 'TCP' }] }]);
  });

  test('another gateway than the profile\'s can be named, also one in the namespace of the app', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com', { target: ExposureTarget.throughGateway(Gateway.named('inner', 'shop')) })]);
    expect(cluster.specs('HTTPRoute').shop.parentRefs).toEqual([{ name: 'inner', sectionName: 'https' }]);
  });

  test('annotations are on the routes', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com', { annotations: { 'external-dns.alpha.kubernetes.io/ttl': '60' } })]);
    const annotations = cluster.objects().filter(({ kind }) => kind === 'HTTPRoute').map(({ metadata }) => metadata.annotations);
    expect(annotations).toEqual([{ 'external-dns.alpha.kubernetes.io/ttl': '60' }, { 'external-dns.alpha.kubernetes.io/ttl': '60' }]);
  });

  test('plain HTTP attaches to the HTTP listener only', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.insecureHttp('shop.example.com')]);
    expect(Object.values(cluster.specs('HTTPRoute')).map(({ parentRefs }) => parentRefs)).toEqual([[{ ...parent, sectionName: 'http' }]]);
  });

  test('of two listeners, the route attaches to the one that requests for its host come in at', () => {
    const listeners = [Listener.https({ name: 'any' }), Listener.https({ name: 'wild', hosts: ['*.example.com'] }), Listener.https({ name: 'own', hosts: ['shop.example.com'] })];
    const cluster = new Cluster({ gateway: Gateway.named('edge', 'gateway-system', { listeners }) });
    cluster.expose(['shop.example.com', 'a.b.example.com', 'example.org'].map(host => Exposure.https(host)));
    expect(Object.values(cluster.specs('HTTPRoute')).map(({ parentRefs }) => parentRefs[0].sectionName)).toEqual(['own', 'wild', 'any']);
  });
});

describe('X1 default backend at a gateway', () => {
  test('a route without hosts, at the listeners for any host', () => {
    const listeners = [Listener.http(), Listener.https({ name: 'wild', hosts: ['*.example.com'] }), Listener.https({ name: 'any' })];
    const cluster = new Cluster({ gateway: Gateway.named('edge', 'gateway-system', { listeners }) });
    cluster.expose([Exposure.https('shop.example.com'), Exposure.defaultBackend()]);
    const routes = cluster.specs('HTTPRoute');
    expect(routes['shop-default-backend']).toEqual({
      parentRefs: [{ ...parent, sectionName: 'any' }],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'shop', port: 80 }] }],
    });
    expect(routes['shop-default-backend-redirect'].parentRefs).toEqual([{ ...parent, sectionName: 'http' }]);
  });

  test('by plain HTTP, and at a gateway of the app\'s own with a certificate from a Secret', () => {
    const cluster = new Cluster(clusters.gateway);
    const target = ExposureTarget.ownGateway('istio');
    cluster.expose([Exposure.insecureDefaultBackend(), Exposure.defaultBackend({ target, certificate: Certificate.fromSecret(Secret.fromSecretName('any')) })]);
    const routes = cluster.specs('HTTPRoute');
    expect(routes.shop.parentRefs).toEqual([{ ...parent, sectionName: 'http' }]);
    expect(routes['shop-default-backend'].parentRefs).toEqual([{ name: 'shop', sectionName: 'https' }]);
    expect(cluster.specs('Gateway').shop.listeners[1].hostname).toBeUndefined();
  });
});

describe('X2 several hosts on one address of a gateway', () => {
  test('each host has a route of its own, with a name that tells it', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com', { hosts: ['www.example.com', '*.shop.example.com'], path: '/a/b', redirect: HttpRedirect.NONE })]);
    const routes = cluster.specs('HTTPRoute');
    expect(Object.keys(routes)).toEqual(['shop', 'shop-www-example-com-a-b', 'shop-wildcard-shop-example-com-a-b']);
    expect(Object.values(routes).map(({ hostnames }) => hostnames)).toEqual([['shop.example.com'], ['www.example.com'], ['*.shop.example.com']]);
  });

  test('two exposures are two sets of objects, and the same one twice is one', () => {
    const cluster = new Cluster(clusters.gateway);
    const first = Exposure.https('shop.example.com');
    cluster.expose([first, first, Exposure.https('shop.example.com', { path: '/x', pathType: PathType.EXACT }), first]);
    expect(cluster.routes()).toEqual([
      'HTTPRoute shop', 'HTTPRoute shop-redirect', 'HTTPRoute shop-shop-example-com-x-exact', 'HTTPRoute shop-shop-example-com-x-exact-redirect',
    ]);
  });

  test('hosts whose names come out alike are numbered', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com', { hosts: ['a-b.example.com', 'a.b.example.com', 'a.b.example.com.example.com'], redirect: HttpRedirect.NONE })]);
    expect(Object.keys(cluster.specs('HTTPRoute'))).toEqual(['shop', 'shop-a-b-example-com', 'shop-a-b-example-com-2', 'shop-a-b-example-com-example-com']);
  });
});

describe('X3 TLS and redirect at a gateway: the listener has its certificate', () => {
  test('a certificate on the exposure renders nothing', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com', { certificate })]);
    expect(cluster.routes()).toEqual(['HTTPRoute shop', 'HTTPRoute shop-redirect']);
  });

  test.each([[undefined, 301], [HttpRedirect.PERMANENT, 301], [HttpRedirect.TEMPORARY, 302]])(
    'HTTP is sent to HTTPS by a route of its own on the HTTP listener (%#)', (redirect, statusCode) => {
      const cluster = new Cluster(clusters.gateway);
      cluster.expose([Exposure.https('shop.example.com', { redirect, path: '/a' })]);
      expect(cluster.specs('HTTPRoute')['shop-redirect']).toEqual({
        parentRefs: [{ ...parent, sectionName: 'http' }],
        hostnames: ['shop.example.com'],
        rules: [{
          matches: [{ path: { type: 'PathPrefix', value: '/a' } }],
          filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode } }],
        }],
      });
    });

  test('there is no redirect where none is wanted, and where no HTTP listener serves the host', () => {
    const without = new Cluster(clusters.gateway);
    without.expose([Exposure.https('shop.example.com', { redirect: HttpRedirect.NONE })]);
    expect(without.routes()).toEqual(['HTTPRoute shop']);
    const deaf = new Cluster({ gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http({ hosts: ['example.org'] }), Listener.https()] }) });
    deaf.expose([Exposure.https('shop.example.com')]);
    expect(deaf.routes()).toEqual(['HTTPRoute shop']);
  });

  test('a path may be on plain HTTP while the rest of the host is redirected', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.https('shop.example.com'), Exposure.insecureHttp('shop.example.com', { path: '/health' })]);
    expect(Object.keys(cluster.specs('HTTPRoute'))).toEqual(['shop', 'shop-redirect', 'shop-shop-example-com-health']);
  });
});

describe('X3 TLS at a gateway: the app adds a listener (ListenerSet, Gateway API 1.5)', () => {
  test('with a certificate that cert-manager issues', () => {
    const cluster = new Cluster(clusters.listenerSets);
    cluster.expose([Exposure.https('shop.example.com', { hosts: ['www.example.com'], certificate })]);
    const issued = (host: string, secretName: string) => ({
      secretName,
      dnsNames: [host],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
      privateKey: { rotationPolicy: 'Always' },
    });
    expect(cluster.specs('Certificate')).toEqual({
      'shop-example-com-tls': issued('shop.example.com', 'shop-example-com-tls'), 'www-example-com-tls': issued('www.example.com', 'www-example-com-tls'),
    });
    const sets = cluster.specs('ListenerSet');
    expect(Object.keys(sets)).toEqual(['shop-example-com', 'www-example-com']);
    expect(sets['shop-example-com']).toEqual({
      parentRef: parent,
      listeners: [{
        name: 'https', hostname: 'shop.example.com', port: 443, protocol: 'HTTPS',
        tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'shop-example-com-tls' }] },
        allowedRoutes: { namespaces: { from: 'Same' } },
      }],
    });
    const routes = cluster.specs('HTTPRoute');
    expect(routes['shop-www-example-com'].parentRefs).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'www-example-com', sectionName: 'https' },
    ]);
    expect(routes['shop-www-example-com-redirect'].parentRefs).toEqual([{ ...parent, sectionName: 'http' }]);
  });

  test('with a certificate from a Secret', () => {
    const cluster = new Cluster(clusters.listenerSets);
    cluster.expose([Exposure.https('shop.example.com', { certificate: Certificate.fromSecret(Secret.fromSecretName('own-tls')) })]);
    expect(cluster.routes()).toEqual(['ListenerSet shop-example-com', 'HTTPRoute shop', 'HTTPRoute shop-redirect']);
    expect(cluster.specs('ListenerSet')['shop-example-com'].listeners[0].tls.certificateRefs).toEqual([{ kind: 'Secret', name: 'own-tls' }]);
  });

  test('only for the hosts that no listener of the gateway has a certificate for', () => {
    const gateway = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'], port: 8443 })], admitsListenerSets: true });
    const cluster = new Cluster({ gateway, gatewayApi: GatewayApi.standard('1.5') });
    cluster.expose([Exposure.https('shop.example.com', { hosts: ['example.org'], certificate, redirect: HttpRedirect.NONE })]);
    expect(cluster.routes()).toEqual(['HTTPRoute shop', 'Certificate example-org-tls', 'ListenerSet example-org', 'HTTPRoute shop-example-org']);
    expect(cluster.specs('Certificate')['example-org-tls']).toMatchObject({ dnsNames: ['example.org'] });
    expect(cluster.specs('ListenerSet')['example-org'].listeners[0].port).toBe(8443);
  });

  test('once for a host, however many paths and apps of the namespace it has', () => {
    const cluster = new Cluster(clusters.listenerSets);
    cluster.expose([Exposure.https('shop.example.com', { certificate }), Exposure.https('shop.example.com', { certificate, path: '/x' })]);
    cluster.expose([Exposure.https('shop.example.com', { certificate: Certificate.issuedBy('letsencrypt'), path: '/api' })], 'api');
    expect(Object.keys(cluster.specs('ListenerSet'))).toEqual(['shop-example-com']);
    expect(Object.keys(cluster.specs('Certificate'))).toEqual(['shop-example-com-tls']);
    expect(cluster.specs('HTTPRoute').api.parentRefs[0].name).toBe('shop-example-com');
  });
});

describe('X3 TLS at a gateway of the app\'s own', () => {
  const target = ExposureTarget.ownGateway('istio');

  test('has listeners for HTTP and for each host', () => {
    const cluster = new Cluster();
    cluster.expose([Exposure.https('shop.example.com', { target, certificate: Certificate.issuedBy('ca', { kind: IssuerKind.ISSUER }) })]);
    const allowedRoutes = { namespaces: { from: 'Same' } };
    expect(cluster.specs('Gateway')).toEqual({ shop: {
      gatewayClassName: 'istio',
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes },
        {
          name: 'https-shop.example.com', hostname: 'shop.example.com', port: 443, protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'shop-example-com-tls' }] }, allowedRoutes,
        },
      ],
    } });
    expect(cluster.specs('Certificate')['shop-example-com-tls'].issuerRef).toEqual({ group: 'cert-manager.io', kind: 'Issuer', name: 'ca' });
    expect(Object.values(cluster.specs('HTTPRoute')).map(({ parentRefs }) => parentRefs)).toEqual([
      [{ name: 'shop', sectionName: 'https-shop.example.com' }], [{ name: 'shop', sectionName: 'http' }],
    ]);
  });

  test('is one for all exposures of the app', () => {
    const cluster = new Cluster();
    cluster.expose([
      Exposure.https('shop.example.com', { target, certificate, hosts: ['*.shop.example.com'] }),
      Exposure.https('example.org', { target: ExposureTarget.ownGateway('istio'), certificate }),
      Exposure.insecureHttp('plain.example.org', { target }),
      Exposure.insecureHttp('other.example.org', { target: ExposureTarget.ownGateway('inner') }),
    ]);
    const { shop, 'shop-inner': inner } = cluster.specs('Gateway');
    expect(shop.listeners.map(({ name }: { name: string }) => name)).toEqual(['http', 'https-shop.example.com', 'wildcard-shop.example.com', 'https-example.org']);
    expect(inner.listeners.map(({ name }: { name: string }) => name)).toEqual(['http']);
  });

  test('lets in the pods that its controller labels with its name', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.insecureHttp('shop.example.com', { target })]);
    expect(cluster.specs('NetworkPolicy').shop.ingress[0].from).toEqual([{ podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'shop' } } }]);
  });

  test('lets in who calls for the profile\'s gateway too, where it is of the same class', () => {
    const cluster = new Cluster({ gateway: Gateway.named('edge', 'gateway-system', { className: 'istio' }) });
    cluster.expose([Exposure.insecureHttp('shop.example.com', { target })]);
    expect(cluster.specs('NetworkPolicy').shop.ingress.flatMap(({ from }: { from: unknown }) => from)).toContainEqual({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateway-system' } },
    });
  });

  test('lets in the pods and addresses that are named, and has the ports that are named', () => {
    const cluster = new Cluster();
    cluster.expose([Exposure.https('shop.example.com', { certificate, target: ExposureTarget.ownGateway('envoy', {
      pods: { namespace: 'envoy-gateway-system', labels: { 'gateway.envoyproxy.io/owning-gateway-name': 'shop' } }, sourceCidrs: ['10.1.0.0/16'],
      httpPort: 8080, httpsPort: 8443,
    }) })]);
    expect(cluster.specs('NetworkPolicy').shop.ingress.flatMap(({ from }: { from: unknown }) => from)).toEqual([
      { ipBlock: { cidr: '10.1.0.0/16' } },
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'envoy-gateway-system' } },
        podSelector: { matchLabels: { 'gateway.envoyproxy.io/owning-gateway-name': 'shop' } },
      },
    ]);
    expect(cluster.specs('Gateway').shop.listeners.map(({ port }: { port: number }) => port)).toEqual([8080, 8443]);
  });
});

describe('several clusters in one app', () => {
  test('may have the same hosts at gateways of the same name', () => {
    const cluster = new Cluster();
    for (const name of ['eu', 'us']) {
      const chart = new Chart(cluster.app, name, { namespace: name });
      ClusterProfile.kubernetes({ gateway: edge }).applyTo(chart);
      cluster.expose([Exposure.https('shop.example.com')], 'shop', name);
    }
    expect(Object.keys(cluster.specs('HTTPRoute'))).toEqual(['shop', 'shop-redirect']);
  });
});

test('rendered twice, everything is the same', () => {
  const cluster = new Cluster(clusters.listenerSets);
  const exposures = [Exposure.https('shop.example.com', { certificate }), Exposure.https('example.org', { certificate, target: ExposureTarget.ownGateway('istio') })];
  cluster.expose(exposures);
  const first = JSON.stringify(cluster.objects());
  expect(JSON.stringify(cluster.objects())).toBe(first);
  const again = new Cluster(clusters.listenerSets);
  again.expose(exposures);
  expect(JSON.stringify(again.objects())).toBe(first);
});

describe('X3 a port of HTTPS other than 443', () => {
  test('is where the redirect leads to', () => {
    const gateway = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ port: 8443 })] });
    const cluster = new Cluster({ gateway });
    cluster.expose([Exposure.https('shop.example.com')]);
    expect(cluster.specs('HTTPRoute')['shop-redirect'].rules[0].filters[0].requestRedirect).toEqual({ scheme: 'https', port: 8443, statusCode: 301 });
  });
});
