import { Certificate, ConfigMap, Gateway, GatewayApi, Health, Listener, type ClusterProfileProps, type Service } from '@keelson/core';
import { Chart, Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  BackendPort, BackendProtocol, BackendTls, EdgeAuth, ExposedService, Exposure, ExposureTarget, HttpRedirect, type HttpsExposureOptions,
  PathRewrite, PathType, WebApp, type WebAppProps,
} from '../src';
import { Cluster, clusters, edge, open } from './exposed-app';

const host = 'shop.example.com';
const app: WebAppProps = { image: 'registry.example.com/shop/other:1.0.0', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }) };
const standard = { gateway: edge, gatewayApi: GatewayApi.standard('1.7') };
const experimental = { gateway: edge, gatewayApi: GatewayApi.experimental('1.6') };

/** The rules of the route of an app that is exposed as said. */
function rules(options: HttpsExposureOptions, profile: ClusterProfileProps = standard) {
  const cluster = new Cluster(profile);
  cluster.exposeBy(() => Exposure.https(host, options));
  expect(cluster.mistakes()).toEqual([]);
  return cluster.objects().find(({ kind, metadata }) => kind.endsWith('Route') && metadata.name === 'shop')?.spec.rules;
}

describe('X1 ports of the Service', () => {
  test('the first port speaks what the app is asked by, also where it is named; another one HTTP', () => {
    const routesOf = (backendPort?: BackendPort) => {
      const cluster = new Cluster(clusters.gateway);
      new WebApp(new Chart(cluster.app, 'shop', { namespace: 'shop' }), 'shop', {
        image: 'registry.example.com/shop/web:1.8.2', port: 8080, ports: [{ name: 'admin', number: 9090 }], health: Health.grpc(),
        exposure: Exposure.https('shop.example.com', { backendPort, redirect: HttpRedirect.NONE }),
      });
      return cluster.objects().map(({ kind }) => kind).filter(kind => kind.endsWith('Route'));
    };
    expect([undefined, BackendPort.numbered(80), BackendPort.named('admin')].map(routesOf)).toEqual([['GRPCRoute'], ['GRPCRoute'], ['HTTPRoute']]);
  });

  test.each([[BackendPort.named('admin')], [BackendPort.numbered(9090)]])('a port is led to by the number that it has', backendPort => {
    expect(rules({ backendPort })[0].backendRefs).toEqual([{ name: 'shop', port: 9090 }]);
  });
});

describe('X6 rewrites at a gateway', () => {
  test('a stripped prefix leaves the root', () => {
    expect(rules({ path: '/shop', rewrite: PathRewrite.stripPrefix() })).toEqual([{
      matches: [{ path: { type: 'PathPrefix', value: '/shop' } }],
      filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }],
      backendRefs: [{ name: 'shop', port: 80 }],
    }]);
  });

  test('a replaced prefix', () => {
    expect(rules({ path: '/shop', rewrite: PathRewrite.replacePrefix('/v2') })[0].filters)
      .toEqual([{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' } } }]);
  });

  test('an app root is a rule of its own, behind what decides about requests', () => {
    const [root, rest] = rules({ rewrite: PathRewrite.appRoot('/app'), cors: { allowOrigins: ['*'] }, requestHeaders: { remove: ['X-Debug'] } });
    expect(root).toEqual({
      matches: [{ path: { type: 'Exact', value: '/' } }],
      filters: [
        expect.objectContaining({ type: 'CORS' }),
        { type: 'RequestRedirect', requestRedirect: { path: { type: 'ReplaceFullPath', replaceFullPath: '/app' }, statusCode: 302 } },
      ],
    });
    expect(rest.filters.map(({ type }: { type: string }) => type)).toEqual(['CORS', 'RequestHeaderModifier']);
  });
});

describe('X7 filters and fields of a rule', () => {
  test('filters are in the order that requests meet them, whatever the order of options', () => {
    const cluster = new Cluster(standard);
    cluster.exposeBy(chart => Exposure.https(host, {
      mirror: { service: new WebApp(chart, 'copy', app).service }, responseHeaders: { set: { 'X-Frame-Options': 'DENY' } },
      requestHeaders: { set: { 'X-A': '1' }, add: { 'X-B': '2' }, remove: ['X-C'] }, path: '/shop', rewrite: PathRewrite.stripPrefix(),
      cors: { allowOrigins: ['https://www.example.com'] },
    }));
    const { filters } = cluster.specs('HTTPRoute').shop.rules[0];
    expect(filters.map(({ type }: { type: string }) => type)).toEqual(['CORS', 'URLRewrite', 'RequestHeaderModifier', 'RequestMirror', 'ResponseHeaderModifier']);
    expect(filters[2].requestHeaderModifier).toEqual({ set: [{ name: 'X-A', value: '1' }], add: [{ name: 'X-B', value: '2' }], remove: ['X-C'] });
    expect(filters[3].requestMirror).toEqual({ backendRef: { name: 'copy', port: 80 } });
    expect(cluster.specs('NetworkPolicy').copy.ingress).toEqual([expect.objectContaining({ ports: [{ port: 8080, protocol: 'TCP' }] })]);
  });

  test('CORS says what browsers take for granted', () => {
    expect(rules({ cors: { allowOrigins: ['*'] } })[0].filters).toEqual([{ type: 'CORS', cors: { allowOrigins: ['*'], allowMethods: ['GET', 'HEAD', 'POST'], maxAge: 5 } }]);
  });

  test('credentials are said only where they are allowed', () => {
    const { cors } = rules({ cors: { allowOrigins: ['https://a.example.com'], allowCredentials: true, maxAge: Duration.hours(1) } })[0].filters[0];
    expect(cors).toMatchObject({ allowCredentials: true, maxAge: 3600 });
  });

  test.each([
    [Duration.seconds(30), '30s'], [Duration.millis(1), '1ms'], [Duration.millis(1500), '1s500ms'], [Duration.days(1), '86400s'],
  ])('a timeout of %s', (request, text) => {
    expect(rules({ timeouts: { request } })[0].timeouts).toEqual({ request: text });
  });

  test('retries', () => {
    expect(rules({ retries: 3 })[0].retry).toEqual({ attempts: 3 });
    expect(rules({ retries: 3 }, experimental)[0].retry).toEqual({ attempts: 3 });
  });

  test('a sticky session has another form from Gateway API 1.7 on', () => {
    const options = { stickySession: { cookieName: 'pod', maxAge: Duration.days(4000) } };
    expect(rules(options, experimental)[0].sessionPersistence)
      .toEqual({ type: 'Cookie', sessionName: 'pod', absoluteTimeout: '96000h0s', cookieConfig: { lifetimeType: 'Permanent' } });
    expect(rules({ stickySession: {} }, experimental)[0].sessionPersistence)
      .toEqual({ type: 'Cookie', sessionName: 'shop-session', cookieConfig: { lifetimeType: 'Session' } });
  });

  test('a sticky session of Gateway API 1.7 is called as the app, and ends with the browser', () => {
    expect(rules({ stickySession: {} }, { ...standard, gatewayApi: GatewayApi.experimental('1.7') })[0].sessionPersistence)
      .toEqual({ type: 'Cookie', cookie: { name: 'shop-session', lifetimeType: 'Session' } });
  });

  test('X5 a Service that decides is asked by the experimental filter, before anything is changed', () => {
    const cluster = new Cluster(experimental);
    cluster.exposeBy(chart => Exposure.https(host, {
      auth: EdgeAuth.byService(new WebApp(chart, 'doorman', app).service, { path: '/verify' }), requestHeaders: { remove: ['X-Debug'] },
    }));
    const route = cluster.objects().find(({ kind, metadata }) => kind === 'HTTPRoute' && metadata.name === 'shop');
    expect(route.spec.rules[0].filters).toEqual([
      {
        type: 'ExternalAuth',
        externalAuth: {
          protocol: 'HTTP', backendRef: { name: 'doorman', port: 80 },
          http: { path: '/verify', allowedHeaders: ['Accept', 'Cookie', 'User-Agent', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto'] },
        },
      },
      { type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['X-Debug'] } },
    ]);
  });
});

describe('X3 redirect of www', () => {
  const parents = (cluster: Cluster) => Object.fromEntries(Object.entries(cluster.specs('HTTPRoute')).map(([name, { hostnames, parentRefs: [{ sectionName }], rules: [{ filters }] }]) =>
    [name, [hostnames[0], sectionName, filters?.[0].requestRedirect]]));

  test('both ways, at HTTPS and in one step from plain HTTP', () => {
    const cluster = new Cluster({ gateway: Gateway.named('edge', 'gateway-system') });
    cluster.expose([Exposure.https(host, { wwwRedirect: true }), Exposure.https('www.example.org', { wwwRedirect: true, redirect: HttpRedirect.NONE })]);
    expect(parents(cluster)).toEqual({
      'shop': [host, 'https', undefined],
      'shop-redirect': [host, 'http', { scheme: 'https', statusCode: 301 }],
      'shop-www': [`www.${host}`, 'https', { hostname: host, statusCode: 301 }],
      'shop-www-redirect': [`www.${host}`, 'http', { scheme: 'https', hostname: host, statusCode: 301 }],
      'shop-www-example-org': ['www.example.org', 'https', undefined],
      'shop-www-example-org-www': ['example.org', 'https', { hostname: 'www.example.org', statusCode: 301 }],
    });
  });

  test('of plain HTTP stays there', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.insecureHttp(host, { wwwRedirect: true, path: '/shop' })]);
    expect(parents(cluster)['shop-www']).toEqual([`www.${host}`, 'http', { hostname: host, statusCode: 301 }]);
    expect(cluster.specs('HTTPRoute')['shop-www'].rules[0].matches).toEqual([{ path: { type: 'PathPrefix', value: '/shop' } }]);
  });

  test('one certificate names both, though each name has a listener of its own', () => {
    const cluster = new Cluster({ gateway: open, gatewayApi: GatewayApi.standard('1.5') });
    const certificate = Certificate.issuedBy('letsencrypt');
    // the second exposure of the host asks for more than the first
    cluster.expose([Exposure.https(host, { certificate, path: '/a' }), Exposure.https(host, { certificate, path: '/b', wwwRedirect: true })]);
    expect(cluster.specs('Certificate')['shop-example-com-tls'].dnsNames).toEqual([host, `www.${host}`]);
    expect(Object.entries(cluster.specs('ListenerSet')).map(([name, { listeners: [{ hostname, tls }] }]) => [name, hostname, tls.certificateRefs[0].name])).toEqual([
      ['shop-example-com', host, 'shop-example-com-tls'], ['www-shop-example-com', `www.${host}`, 'shop-example-com-tls'],
    ]);
    expect(cluster.specs('HTTPRoute')['shop-shop-example-com-b-www'].parentRefs)
      .toEqual([{ group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'www-shop-example-com', sectionName: 'https' }]);
  });

  test('a path of the other name needs no certificate beside the one that names both', () => {
    const cluster = new Cluster({ gateway: open, gatewayApi: GatewayApi.standard('1.5') });
    const certificate = Certificate.issuedBy('letsencrypt');
    cluster.expose([Exposure.https(host, { certificate, path: '/a', wwwRedirect: true }), Exposure.https(`www.${host}`, { certificate, path: '/b' })]);
    expect(Object.entries(cluster.specs('Certificate')).map(([name, { dnsNames }]) => [name, dnsNames])).toEqual([['shop-example-com-tls', [host, `www.${host}`]]]);
    expect(cluster.specs('HTTPRoute')['shop-www-shop-example-com-b'].parentRefs)
      .toEqual([{ group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'www-shop-example-com', sectionName: 'https' }]);
  });

  test('at a gateway of its own, the other name has a listener with the same certificate', () => {
    const cluster = new Cluster();
    cluster.expose([Exposure.https(host, { wwwRedirect: true, certificate: Certificate.issuedBy('letsencrypt'), target: ExposureTarget.ownGateway('nginx') })]);
    expect(cluster.specs('Gateway').shop.listeners.slice(1).map(({ hostname, tls }: { hostname: string; tls: { certificateRefs: { name: string }[] } }) => [hostname, tls.certificateRefs[0]?.name]))
      .toEqual([[host, 'shop-example-com-tls'], [`www.${host}`, 'shop-example-com-tls']]);
  });
});

describe('X7 gRPC at a gateway', () => {
  const grpc = (options: HttpsExposureOptions) => rules({ ...options, protocol: BackendProtocol.GRPC });

  test('all services, one of them, one method', () => {
    expect(grpc({})).toEqual([{ backendRefs: [{ name: 'shop', port: 80 }] }]);
    expect(grpc({ path: '/shop.v1.Orders' })[0].matches).toEqual([{ method: { type: 'Exact', service: 'shop.v1.Orders' } }]);
    expect(grpc({ path: '/shop.v1.Orders/Get', pathType: PathType.EXACT })[0].matches).toEqual([{ method: { type: 'Exact', service: 'shop.v1.Orders', method: 'Get' } }]);
  });

  test('headers and mirrors go along, and plain HTTP is redirected as ever', () => {
    const cluster = new Cluster(standard);
    cluster.exposeBy(chart => Exposure.https(host, {
      protocol: BackendProtocol.GRPC, requestHeaders: { set: { 'X-A': '1' } }, mirror: { service: new WebApp(chart, 'copy', app).service, percent: 5 },
    }));
    const [{ filters }] = cluster.specs('GRPCRoute').shop.rules;
    expect(filters.map(({ type }: { type: string }) => type)).toEqual(['RequestHeaderModifier', 'RequestMirror']);
    expect(Object.keys(cluster.specs('HTTPRoute'))).toEqual(['shop-redirect']);
  });
});

describe('X7 TLS to the app', () => {
  const target = { group: '', kind: 'Service', name: 'shop', sectionName: 'http' };

  test('one policy for all exposures of a port, and another for another port', () => {
    const cluster = new Cluster(standard);
    const web = cluster.exposeBy(() => Exposure.https(host, { backendTls: BackendTls.publicAuthority(host) }));
    web.expose(Exposure.https('www.example.com', { backendTls: BackendTls.publicAuthority(host) }));
    web.expose(Exposure.https('admin.example.com', { backendPort: BackendPort.named('admin'), backendTls: BackendTls.publicAuthority('admin.example.com') }));
    expect(cluster.specs('BackendTLSPolicy')).toEqual({
      'shop': { targetRefs: [target], validation: { hostname: host, wellKnownCACertificates: 'System' } },
      'shop-admin': { targetRefs: [{ ...target, sectionName: 'admin' }], validation: { hostname: 'admin.example.com', wellKnownCACertificates: 'System' } },
    });
  });

  test('by an authority of the namespace', () => {
    const cluster = new Cluster(standard);
    cluster.exposeBy(chart => Exposure.https(host, { backendTls: BackendTls.authorityFromConfigMap(host, new ConfigMap(chart, 'ca', { data: { 'ca.crt': 'PEM' } })) }));
    expect(cluster.specs('BackendTLSPolicy').shop.validation).toEqual({ hostname: host, caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] });
  });

  test('two exposures of a port that disagree are refused', () => {
    const cluster = new Cluster(standard);
    const web = cluster.exposeBy(() => Exposure.https(host, { backendTls: BackendTls.publicAuthority(host) }));
    web.expose(Exposure.https('www.example.com', { backendTls: BackendTls.publicAuthority('other.example.com') }));
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2333 'exposure.backendTls' must be the same for all exposures of a port, got 'other.example.com' by a public authority for port 80 of Service 'shop', "
      + "for which 'shop/shop' has 'shop.example.com' by a public authority: give all of them the same",
    ]);
  });

  test('an authority of another namespace is refused', () => {
    const cluster = new Cluster(standard);
    const elsewhere = new ConfigMap(new Chart(cluster.app, 'trust', { namespace: 'trust' }), 'ca', { data: { 'ca.crt': 'PEM' } });
    cluster.exposeBy(() => Exposure.https(host, { backendTls: BackendTls.authorityFromConfigMap(host, elsewhere) }));
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2342 'exposure.backendTls' must be one of the namespace of Service 'shop', 'shop', got ConfigMap 'ca' of namespace 'trust': copy it there",
    ]);
  });
});

describe('X1 Services of other namespaces', () => {
  test('agree by one grant, which names everybody who leads there', () => {
    const cluster = new Cluster(standard);
    const { service } = new WebApp(new Chart(cluster.app, 'billing', { namespace: 'billing' }), 'ledger', app);
    for (const name of ['b', 'a']) {
      const chart = new Chart(cluster.app, name, { namespace: name });
      new ExposedService(chart, 'ledger', { service, exposure: Exposure.https(`${name}.example.com`) });
    }
    new ExposedService(new Chart(cluster.app, 'c', { namespace: 'c' }), 'ledger', { service, exposure: Exposure.https('c.example.com', { protocol: BackendProtocol.GRPC }) });
    expect(cluster.mistakes()).toEqual([]);
    expect(cluster.specs('ReferenceGrant')).toEqual({
      ledger: {
        from: [['a', 'HTTPRoute'], ['b', 'HTTPRoute'], ['c', 'GRPCRoute']].map(([namespace, kind]) => ({ group: 'gateway.networking.k8s.io', kind, namespace })),
        to: [{ group: '', kind: 'Service', name: 'ledger' }],
      },
    });
    expect(cluster.objects().filter(({ kind }) => kind === 'ReferenceGrant').map(({ metadata }) => metadata.namespace)).toEqual(['billing']);
    expect(cluster.specs('GRPCRoute').ledger.rules[0].backendRefs).toEqual([{ name: 'ledger', namespace: 'billing', port: 80 }]);
    expect(cluster.specs('NetworkPolicy').ledger.ingress).toHaveLength(1);
  });

  test('may get copies', () => {
    const cluster = new Cluster(standard);
    const { service } = new WebApp(new Chart(cluster.app, 'lab', { namespace: 'lab' }), 'copy', app);
    cluster.exposeBy(() => Exposure.https(host, { mirror: { service } }));
    expect(cluster.specs('HTTPRoute').shop.rules[0].filters).toEqual([{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'copy', namespace: 'lab', port: 80 } } }]);
    expect(Object.keys(cluster.specs('ReferenceGrant'))).toEqual(['copy']);
  });

  test('are refused by an Ingress, whoever is asked', () => {
    const cluster = new Cluster({ ...clusters.nginx });
    const { service } = new WebApp(new Chart(cluster.app, 'lab', { namespace: 'lab' }), 'doorman', app);
    cluster.exposeBy(() => Exposure.https(host, { certificate: Certificate.issuedBy('letsencrypt'), auth: EdgeAuth.byService(service) }));
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2335 'exposure.auth' must be a Service of namespace 'shop', got Service 'doorman' of namespace 'lab', at Ingress of class 'nginx', "
      + 'which leads to Services of its own namespace only: define the exposure in a chart of its namespace, or choose a target that can: ExposureTarget.GATEWAY_API',
    ]);
  });

  test('that the app does not define are refused', () => {
    const cluster = new Cluster(standard);
    const { service } = new WebApp(new Chart(cluster.app, 'lab', { namespace: 'lab' }), 'copy', app);
    const { kind, name, namespace, connections, servicePort } = service;
    cluster.exposeBy(() => Exposure.https(host, { mirror: { service: { kind, name, namespace, connections, servicePort } as Service } }));
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2344 'exposure.mirror' must be a Service of namespace 'shop', or one that is defined here, got Service 'copy' of namespace 'lab', "
      + "which this app doesn't define: define the exposure in a chart of its namespace",
    ]);
  });
});

test('the same program gives the same objects', () => {
  const once = () => {
    const cluster = new Cluster({ gateway: Gateway.named('edge', 'gw', { listeners: [Listener.http(), Listener.https()] }), gatewayApi: GatewayApi.standard('1.7') });
    cluster.exposeBy(chart => Exposure.https(host, {
      wwwRedirect: true, mirror: { service: new WebApp(chart, 'copy', app).service }, backendTls: BackendTls.publicAuthority(host), cors: { allowOrigins: ['*'] },
    }));
    return JSON.stringify(cluster.objects());
  };
  expect(once()).toBe(once());
});
