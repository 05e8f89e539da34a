import { Certificate, ConfigMap, Gateway, GatewayApi, GatewayImplementation, IngressController, Listener, Secret, Traefik } from '@keelson/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackendProtocol, EdgeAuth, Exposure, ExposureTarget, HttpRedirect, PathType, type HttpsExposureOptions } from '../src';
import { Cluster, clusters, edge, open } from './exposed-app';

const certificate = Certificate.issuedBy('letsencrypt');
const shop = 'shop.example.com';
const ABLE = 'ExposureTarget.GATEWAY_API, a gateway of GatewayImplementation.ENVOY_GATEWAY, a gateway of GatewayImplementation.TRAEFIK, ExposureTarget.TRAEFIK';

/** The mistakes of one app in a cluster. */
const mistakes = (exposure: Exposure, profile = clusters.gateway) => {
  const cluster = new Cluster(profile);
  cluster.expose([exposure]);
  return cluster.mistakes();
};

describe('fails on what is wrong with an exposure, whatever the cluster', () => {
  test.each([
    [Exposure.https('Bad Host!'), "KEELSON1112 'exposure.host' must be a host name of lower-case letters, digits, '-' and '.', got 'Bad Host!': write it like 'shop.example.com'"],
    [Exposure.https(''), "KEELSON1110 'exposure.host' must be a host name, got '': write it like 'shop.example.com'"],
    [Exposure.https(shop, { hosts: ['a.example.com', 'b*.example.com'] }),
      "KEELSON1119 'exposure.hosts[1]' must be a host name with '*' only as the whole first part, got 'b*.example.com': write it like '*.example.com'"],
    [Exposure.https(shop, { hosts: [shop] }), "KEELSON2001 'exposure.hosts[0]' must be another host than those before it, got 'shop.example.com' once more: remove it"],
    [Exposure.defaultBackend({ hosts: [shop] }),
      "KEELSON2009 'exposure.hosts' must be left out of a default backend, which is for any host, got 'shop.example.com': remove them, or use Exposure.https(…)"],
    [Exposure.defaultBackend({ certificate }), "KEELSON2025 'exposure.certificate' must be from a Secret for a default backend: none is issued for any host, "
      + "got one issued by 'letsencrypt': use Certificate.fromSecret(…)"],
    [Exposure.https(shop, { path: '' }), "KEELSON2002 'exposure.path' must be a path that begins with '/', got '': write '/'"],
    [Exposure.https(shop, { path: 'api' }), "KEELSON2002 'exposure.path' must be a path that begins with '/', got 'api': try '/api'"],
    [Exposure.https(shop, { path: '/a//b' }),
      "KEELSON2003 'exposure.path' must be a path without '//', '%2F', '.' and '..' between its '/', got '/a//b': write the path as the app is to get it"],
    [Exposure.https(shop, { path: '/a/(.*)' }), "KEELSON2004 'exposure.path' must be a literal path, not a regular expression, got '/a/(.*)': "
      + "use letters, digits, '-', '_', '.', '~' and '/', and %XX for anything else"],
    [Exposure.https(shop, { path: '/caf%c3%a9%2Dbar' }), "KEELSON2386 'exposure.path' must be spelled in one way: as it is what needs no '%XX', and '%XX' in capitals, "
      + "got '/caf%c3%a9%2Dbar': write '/caf%C3%A9-bar'"],
    [Exposure.https(shop, { path: '/a/%2e%2E/b' }),
      "KEELSON2003 'exposure.path' must be a path without '//', '%2F', '.' and '..' between its '/', got '/a/%2e%2E/b': write the path as the app is to get it"],
    [Exposure.https(shop, { path: `/${'a'.repeat(1024)}` }),
      `KEELSON2005 'exposure.path' must be at most 1024 characters long, got '/${'a'.repeat(59)}…' (1025 characters): shorten it`],
    [Exposure.https(shop, { annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'x' } }),
      "KEELSON2006 'exposure.annotations' must be annotations without configuration snippets, got 'nginx.ingress.kubernetes.io/server-snippet': "
      + 'remove it: who may write a snippet can read every Secret that the ingress controller can'],
    [Exposure.https(shop, { annotations: { 'kubernetes.io/ingress.class': 'nginx' } }),
      "KEELSON2007 'exposure.annotations' must be annotations beside 'ingressClassName', got 'kubernetes.io/ingress.class': "
      + "remove it: the class is that of 'ingress' of ClusterProfile, or of ExposureTarget.throughIngress(…)"],
    [Exposure.https(shop, { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } }),
      "KEELSON2008 'exposure.annotations' must be annotations without an issuer, got 'cert-manager.io/cluster-issuer': "
      + "give the exposure 'certificate: Certificate.issuedBy(…)' instead"],
    [Exposure.https(shop, { certificate: Certificate.issuedBy('Let us') }),
      "KEELSON1062 'exposure.certificate.issuer' must be lower-case letters, digits, '-' and '.' for a ClusterIssuer, got 'Let us': try 'let-us'"],
    [Exposure.https(shop, { certificate: Certificate.fromSecret(ConfigMap.fromConfigMapName('x')) }),
      "KEELSON1220 'exposure.certificate.secret' must be a Secret, got ConfigMap 'x': put certificate and key into a Secret of type kubernetes.io/tls"],
    [Exposure.https(shop, { target: ExposureTarget.throughIngress(IngressController.named('Bad_Class', { namespace: 'x' })) }),
      "KEELSON1062 'exposure.target.className' must be lower-case letters, digits, '-' and '.' for an IngressClass, got 'Bad_Class': try 'bad-class'"],
    [Exposure.https(shop, { target: ExposureTarget.ownGateway('istio', { httpPort: 0 }), certificate }),
      "KEELSON1090 'exposure.target.httpPort' must be an integer from 1 to 65535, got 0: give the port that is listened on"],
    [Exposure.https(shop, { target: ExposureTarget.ownGateway('envoy', { implementation: GatewayImplementation.of('envoy') }), certificate }),
      "KEELSON1751 'exposure.target.implementation' must be 'Envoy Gateway' in that spelling, or the name of another implementation, got 'envoy': "
      + "try 'Envoy Gateway', in programs GatewayImplementation.ENVOY_GATEWAY"],
  ])('%#', (exposure, message) => {
    expect(mistakes(exposure).map(line => line.replace('[shop/shop] ', ''))).toEqual([message]);
  });

  test.each(['/', '/a', '/.well-known/acme', '/v1.2/items:all', '/a%20b', `/${'a'.repeat(1023)}`, '/a/'])('takes path %s', path => {
    expect(Exposure.https(shop, { path }).faults).toEqual([]);
  });

  test.each(['/..', '/a/../b', '/./a', '/a/.', '/%2f', '/a b', '/a?b', '/a#b', '/[a]', '/a|b', '/a$', '/%zz', '/a\nb', '/é'])('fails on path %j', path => {
    expect(Exposure.https(shop, { path }).faults).toHaveLength(1);
  });

  test('a path has one spelling, of all that mean the same', () => {
    const spelled = fc.array(fc.constantFrom('a', '/b', '-', '~', '%41', '%2d', '%7E', '%c3%a9', '%C3%A9', '%2C', '%2c', ','), { maxLength: 6 }).map(parts => `/x${parts.join('')}`);
    const meaning = (path: string) => path.replaceAll(/%2c/gi, '\n').split('\n').map(decodeURIComponent).join('%2C');
    fc.assert(fc.property(spelled, spelled, (one, other) => {
      fc.pre([one, other].every(path => Exposure.https(shop, { path }).faults.length === 0));
      expect(one === other).toBe(meaning(one) === meaning(other));
    }), { numRuns: 500 });
    expect(Exposure.https(shop, { path: '/%C3%A9%2C,' }).faults).toEqual([]);
  });

  test('reports all of them, and renders nothing then', () => {
    const cluster = new Cluster();
    cluster.expose([Exposure.https('Bad Host!', { path: 'x', certificate: Certificate.issuedBy('') })]);
    expect(cluster.mistakes().map(line => line.replace(/^.*(KEELSON\d+).*$/, '$1'))).toEqual(expect.arrayContaining(['KEELSON1112', 'KEELSON2002', 'KEELSON2010']));
    expect(cluster.routes()).toEqual([]);
  });
});

describe('fails on what the cluster has not got', () => {
  test.each([
    [Exposure.https(shop), {}, "KEELSON2010 'exposure.target' must be a target that the cluster has, got none, and the cluster profile names neither a gateway, nor a Traefik, nor an ingress controller: "
      + "set 'gateway', 'traefik' or 'ingress' of ClusterProfile"],
    [Exposure.https(shop, { target: ExposureTarget.GATEWAY_API }), clusters.nginx, "KEELSON2011 'exposure.target' must be a target that the cluster has, "
      + "got Gateway API, but the cluster profile names no gateway: set 'gateway' of ClusterProfile, or name one by ExposureTarget.throughGateway(…)"],
    [Exposure.https(shop, { target: ExposureTarget.INGRESS }), clusters.gateway, "KEELSON2012 'exposure.target' must be a target that the cluster has, "
      + "got Ingress, but the cluster profile names no ingress controller: set 'ingress' of ClusterProfile, or name one by ExposureTarget.throughIngress(…)"],
    [Exposure.https('shop.example.net', { certificate }), clusters.gateway,
      "KEELSON2014 'exposure' must be of hosts whose TLS somebody ends, got 'shop.example.net', which no HTTPS listener of gateway 'gateway-system/edge' serves with a certificate "
      + "of its own: add an HTTPS listener for it to the gateway and to 'listeners' of Gateway.named(…), let the gateway admit ListenerSets (admitsListenerSets), "
      + "or ask for a gateway of the app's own by ExposureTarget.ownGateway(…)"],
    [Exposure.https(shop, { certificate, target: ExposureTarget.throughGateway(open) }), { gatewayApi: GatewayApi.standard('1.4') },
      "KEELSON2015 'exposure' must be of hosts whose TLS somebody ends, got 'shop.example.com', for which gateway 'gateway-system/edge' admits ListenerSets, but Gateway API 1.4 has "
      + "none: update the Gateway API to 1.5 and set 'gatewayApi' of ClusterProfile, add an HTTPS listener for it to the gateway and to 'listeners' of Gateway.named(…), "
      + "or ask for a gateway of the app's own by ExposureTarget.ownGateway(…)"],
    [Exposure.insecureHttp(shop), { gateway: Gateway.named('edge', 'gw', { listeners: [Listener.https()] }) },
      "KEELSON2016 'exposure' must be of hosts that the gateway serves, got 'shop.example.com', which no HTTP listener of gateway 'gw/edge' serves: "
      + "add an HTTP listener for it to 'listeners' of the gateway, or expose it by Exposure.https(…)"],
    [Exposure.https(shop, { redirect: HttpRedirect.PERMANENT }), { gateway: Gateway.named('edge', 'gw', { listeners: [Listener.https()] }) },
      "KEELSON2017 'exposure.redirect' must be left out where nobody listens, got a permanent redirect of 'shop.example.com', which no HTTP listener of gateway 'gw/edge' serves: "
      + "add an HTTP listener for it to 'listeners' of the gateway, or leave 'redirect' out"],
    [Exposure.https(shop), clusters.listenerSets, "KEELSON2018 'exposure.certificate' must be given where the gateway has none, "
      + "got none for 'shop.example.com', which no listener of gateway 'gateway-system/edge' has one for: try Certificate.issuedBy(…)"],
    [Exposure.https(shop, { target: ExposureTarget.ownGateway('istio') }), {}, "KEELSON2018 'exposure.certificate' must be given where the gateway has none, "
      + "got none for 'shop.example.com', which no listener of gateway 'shop/shop' has one for: try Certificate.issuedBy(…)"],
    [Exposure.https(shop), clusters.traefik, "KEELSON2030 'exposure.certificate' must be given where an Ingress ends TLS, got none, at Ingress of class 'traefik': "
      + 'try Certificate.issuedBy(…)'],
    [Exposure.https(shop, { certificate }), { ...clusters.traefik, customResources: [] },
      "KEELSON2019 'exposure.certificate' must be one that the cluster can have, got one issued by ClusterIssuer 'letsencrypt', but the cluster profile's customResources don't have "
      + "cert-manager: install cert-manager and add 'cert-manager.io/v1/Certificate' to customResources, or use Certificate.fromSecret(…)"],
    [Exposure.https(shop, { certificate: Certificate.fromSecret(Secret.fromSecretName('tls', 'other')) }), clusters.traefik,
      "KEELSON2020 'exposure.certificate' must be a Secret in the namespace of the app, 'shop', got Secret 'tls' in namespace 'other': "
      + 'copy it there, or have it issued by Certificate.issuedBy(…)'],
    [Exposure.https(shop, { annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' } }), clusters.gateway,
      "KEELSON2023 'exposure.annotations' must be annotations that the target knows, got 'nginx.ingress.kubernetes.io/proxy-body-size', which nobody reads at a gateway: "
      + 'remove it, or choose ExposureTarget.INGRESS'],
    [Exposure.https(shop, { certificate, redirect: HttpRedirect.TEMPORARY }), clusters.nginx, "KEELSON2310 'exposure.redirect' must be what the target can say, "
      + "got a temporary redirect to HTTPS at Ingress of class 'nginx' (Ingress with the annotations of ingress-nginx): ingress-nginx redirects for good, by 308: "
      + `leave 'redirect' out, or choose a target that can: ${ABLE}`],
    [Exposure.https(shop, { certificate, redirect: HttpRedirect.NONE }), clusters.traefik, "KEELSON2310 'exposure.redirect' must be what the target can say, "
      + "got no answer by plain HTTP at Ingress of class 'traefik' (Ingress): an Ingress is served by plain HTTP too, or redirected, as its controller is configured: "
      + `leave 'redirect' out, or choose a target that can: ${ABLE}`],
    [Exposure.https(shop, { cors: { allowOrigins: ['https://www.example.com'] } }), { gateway: edge, gatewayApi: GatewayApi.standard('1.4') },
      "KEELSON2310 'exposure.cors' must be what the target can say, got CORS at gateway 'gateway-system/edge' (Gateway API): "
      + "Gateway API 1.5 has it, and 'gatewayApi' of ClusterProfile is 1.4, and only the experimental channel of Gateway API has it, from 1.3 on ('gatewayApi' of ClusterProfile): "
      + "update the Gateway API to 1.5 and set 'gatewayApi' of ClusterProfile to GatewayApi.standard('1.5'), or leave 'cors' out, or choose a target that can: "
      + 'a gateway of GatewayImplementation.ENVOY_GATEWAY, a gateway of GatewayImplementation.TRAEFIK, ExposureTarget.TRAEFIK, ExposureTarget.INGRESS with IngressController.ingressNginx()'],
    [Exposure.https(shop, { protocol: BackendProtocol.GRPC }), { gateway: edge, gatewayApi: GatewayApi.experimental('1.0') },
      "KEELSON2310 'exposure.protocol' must be what the target can say, got gRPC at gateway 'gateway-system/edge' (Gateway API): "
      + "Gateway API 1.1 has it, and 'gatewayApi' of ClusterProfile is 1.0: update the Gateway API to 1.1 and set 'gatewayApi' of ClusterProfile to GatewayApi.experimental('1.1'), "
      + "or leave 'protocol' out, or choose a target that can: a gateway of GatewayImplementation.ENVOY_GATEWAY, a gateway of GatewayImplementation.TRAEFIK, ExposureTarget.TRAEFIK, "
      + 'ExposureTarget.INGRESS with IngressController.ingressNginx()'],
    [Exposure.https(shop, { certificate, path: '/v1.2' }), clusters.nginx, "KEELSON2034 'exposure.path' must be of letters, digits, '-', '_' and '/', which is all that "
      + "ingress-nginx takes, got '/v1.2', at Ingress of class 'nginx': choose another path, say it by PathType.REGULAR_EXPRESSION as '/v1\\\\.2(/.*)?', "
      + 'or choose another target: ExposureTarget.GATEWAY_API, ExposureTarget.TRAEFIK'],
    [Exposure.https(shop, { certificate, path: '/v1.2/cart.json', pathType: PathType.EXACT }), clusters.nginx, "KEELSON2034 'exposure.path' must be of letters, digits, "
      + "'-', '_' and '/', which is all that ingress-nginx takes, got '/v1.2/cart.json', at Ingress of class 'nginx': choose another path, "
      + "say it by PathType.REGULAR_EXPRESSION as '/v1\\\\.2/cart\\\\.json', or choose another target: ExposureTarget.GATEWAY_API, ExposureTarget.TRAEFIK"],
    [Exposure.https(shop, { certificate, path: '/a@b' }), clusters.nginx, "KEELSON2034 'exposure.path' must be of letters, digits, '-', '_' and '/', which is all that "
      + "ingress-nginx takes, got '/a@b', at Ingress of class 'nginx': choose another path, or choose another target: ExposureTarget.GATEWAY_API, ExposureTarget.TRAEFIK"],
    [Exposure.defaultBackend({ certificate: Certificate.fromSecret(Secret.fromSecretName('tls')) }), clusters.traefik,
      "KEELSON2310 'exposure.host' must be what the target can say, got a default backend by HTTPS at Ingress of class 'traefik' (Ingress): "
      + `an Ingress shows a certificate by host: name the hosts, or choose a target that can: ${ABLE}`],
    [Exposure.defaultBackend(), clusters.gateway, "KEELSON2014 'exposure' must be of hosts whose TLS somebody ends, got any host, which no HTTPS listener of gateway "
      + "'gateway-system/edge' serves with a certificate of its own: add an HTTPS listener for it to the gateway and to 'listeners' of Gateway.named(…), "
      + "let the gateway admit ListenerSets (admitsListenerSets), or ask for a gateway of the app's own by ExposureTarget.ownGateway(…)"],
  ])('%#', (exposure, profile, message) => {
    expect(mistakes(exposure, profile)).toEqual([`[shop/shop] ${message}`]);
  });
});

describe('fails on more than a gateway of the app\'s own can serve', () => {
  const target = ExposureTarget.ownGateway('istio');
  const served = (hosts: string[]) => {
    const cluster = new Cluster();
    cluster.expose(hosts.map(host => Exposure.https(host, { target, certificate: Certificate.fromSecret(Secret.fromSecretName('tls')) })));
    return cluster.mistakes();
  };
  const hosts = (count: number) => Array.from({ length: count }, (_, at) => `h${at}.example.com`);
  const labels = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}`;

  test('takes 63 hosts by HTTPS, each with several paths', () => {
    const cluster = new Cluster();
    cluster.expose(['/', '/api'].map(path => Exposure.https('shop.example.org', { hosts: hosts(62), path, target, certificate })));
    expect(cluster.specs('Gateway').shop.listeners).toHaveLength(64);
  });

  test('fails on 64', () => {
    expect(served(hosts(64))).toEqual([
      "[shop/shop] KEELSON2027 'exposure' must be of at most 63 hosts by HTTPS at one gateway of the app's own, got 64 at gateway 'shop': "
      + "name several of them by one wildcard, such as '*.example.com', or expose some at the platform's gateway",
    ]);
  });

  test.each([`${labels}.${'d'.repeat(55)}`, `*.${labels}.${'d'.repeat(52)}`])('takes a host whose listener has a name of 253 characters (%#)', host => {
    expect(served([host])).toEqual([]);
  });

  test.each([`${labels}.${'d'.repeat(56)}`, `*.${labels}.${'d'.repeat(53)}`])('fails on a host whose listener had a name of 254 characters (%#)', host => {
    expect(served([host])).toEqual([
      `[shop/shop] KEELSON2028 'exposure' must be of hosts of at most 247 characters (wildcards 246) at gateway 'shop/shop', whose listeners are named by them, `
      + `got '${host.slice(0, 60)}…' (${host.length} characters): shorten it, or expose it at the platform's gateway`,
    ]);
  });
});

describe('fails where two exposures are in each other\'s way', () => {
  const both = (first: Exposure, second: Exposure, profile = clusters.gateway, namespace = 'shop') => {
    const cluster = new Cluster(profile);
    cluster.expose([first]);
    cluster.expose([second], 'other', namespace);
    return cluster.mistakes();
  };

  test('with the same host and path at one gateway, naming both constructs', () => {
    const message = (scheme: string) => `[back/other] KEELSON2013 'exposure' must be the only one for its host, path and path type, got 'shop.example.com' with Prefix '/', `
      + `which 'shop/shop' has too at gateway 'gateway-system/edge', ${scheme}: choose another host or path for one of the two`;
    expect(both(Exposure.https(shop), Exposure.https(shop), clusters.gateway, 'back')).toEqual([message('HTTPS')]);
    expect(both(Exposure.https(shop), Exposure.insecureHttp(shop), clusters.gateway, 'back')).toEqual([message('HTTP')]);
  });

  test('with the same host and path by one ingress controller, whether encrypted or not', () => {
    expect(both(Exposure.https(shop, { certificate, path: '/a' }), Exposure.insecureHttp(shop, { path: '/a/' }), clusters.traefik)).toEqual([
      "[shop/other] KEELSON2013 'exposure' must be the only one for its host, path and path type, got 'shop.example.com' with Prefix '/a/', "
      + "which 'shop/shop' has too at Ingress of class 'traefik': choose another host or path for one of the two",
    ]);
  });

  test('with one host of two namespaces, where the app adds the listener', () => {
    expect(both(Exposure.https(shop, { certificate }), Exposure.https(shop, { certificate, path: '/x' }), clusters.listenerSets, 'back')).toEqual([
      "[back/other] KEELSON2021 'exposure' must be of hosts whose listener is in the namespace of the app, got 'shop.example.com', whose listener 'shop/shop' adds "
      + "from another namespace: add an HTTPS listener for it to the gateway and to 'listeners' of Gateway.named(…), or bring both apps into one namespace",
    ]);
  });

  test('with two certificates of one host, where the app adds the listener', () => {
    expect(both(Exposure.https(shop, { certificate }), Exposure.https(shop, { path: '/x', certificate: Certificate.fromSecret(Secret.fromSecretName('a')) }), clusters.listenerSets)).toEqual([
      "[shop/other] KEELSON2022 'exposure.certificate' must be the same for all exposures of a host, got Secret 'a' for 'shop.example.com', "
      + "for which 'shop/shop' has ClusterIssuer 'letsencrypt': give both the same",
    ]);
  });

  describe.each([
    ['Traefik', { traefik: Traefik.inNamespace('traefik') }], ['ingress-nginx', clusters.nginx], ['an Ingress', clusters.traefik],
  ])('with two certificates of one host at %s', (_, profile) => {
    const [a, b] = ['a', 'b'].map(name => Certificate.fromSecret(Secret.fromSecretName(name)));
    const exposed = (first: Certificate | undefined, second: Certificate | undefined, namespace?: string) =>
      both(Exposure.https(shop, { certificate: first }), Exposure.https(shop, { path: '/x', certificate: second }), profile, namespace);
    const message = (place: string, second: string, first: string) => [
      `[${place}/other] KEELSON2022 'exposure.certificate' must be the same for all exposures of a host, got ${second} for 'shop.example.com', `
      + `for which 'shop/shop' has ${first}: give both the same`,
    ];

    test('of two Secrets', () => {
      expect(exposed(a, b)).toEqual(message('shop', "Secret 'b'", "Secret 'a'"));
    });

    test('of a Secret and an issuer, in either order, also of two namespaces', () => {
      expect(exposed(a, certificate)).toEqual(message('shop', "ClusterIssuer 'letsencrypt'", "Secret 'a'"));
      expect(exposed(certificate, a, 'back')).toEqual(message('back', "Secret 'a'", "ClusterIssuer 'letsencrypt'"));
    });

    test('of two issuers', () => {
      expect(exposed(certificate, Certificate.issuedBy('other'))).toEqual(message('shop', "ClusterIssuer 'other'", "ClusterIssuer 'letsencrypt'"));
    });

    test('but not with one of each name', () => {
      expect(exposed(a, a)).toEqual([]);
      expect(exposed(certificate, certificate, 'back')).toEqual([]);
    });
  });

  test('with two certificates of a host and of the name that is sent to it', () => {
    const [a, b] = ['a', 'b'].map(name => Certificate.fromSecret(Secret.fromSecretName(name)));
    const profile = { traefik: Traefik.inNamespace('traefik') };
    expect(both(Exposure.https(shop, { certificate: a, wwwRedirect: true }), Exposure.https(`www.${shop}`, { certificate: b, path: '/x' }), profile)).toEqual([
      "[shop/other] KEELSON2022 'exposure.certificate' must be the same for all exposures of a host, got Secret 'b' for 'www.shop.example.com', "
      + "for which 'shop/shop' has Secret 'a': give both the same",
    ]);
  });

  test('but not with a certificate for each of two controllers', () => {
    const [a, b] = ['a', 'b'].map(name => Certificate.fromSecret(Secret.fromSecretName(name)));
    const profile = { ...clusters.nginx, traefik: Traefik.inNamespace('traefik') };
    const second = Exposure.https(shop, { certificate: b, target: ExposureTarget.INGRESS });
    expect(both(Exposure.https(shop, { certificate: a }), second, profile)).toEqual([]);
  });

  test('with two descriptions of the app\'s own gateway', () => {
    const cluster = new Cluster();
    cluster.expose([80, 8080].map(httpPort => Exposure.insecureHttp(`h${httpPort}.example.com`, { target: ExposureTarget.ownGateway('istio', { httpPort }) })));
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2024 'exposure.target' must be the same for all exposures of the app, got an own gateway of class 'istio' with other options than before: "
      + 'make one ExposureTarget.ownGateway(…) and give it to all of them',
    ]);
  });
});

test('paths that are taken are what both the Gateway API and the Ingress take', () => {
  // the patterns of the two APIs, as their own validation has them
  const gatewayApi = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$/;
  const refused = ['//', '/./', '/../', '%2f', '%2F', '#'];
  const fits = (path: string) => gatewayApi.test(path) && path.startsWith('/') && path.length <= 1024 && !/\/\.{1,2}$/.test(path)
    && !refused.some(part => path.includes(part));
  fc.assert(fc.property(fc.oneof(fc.webPath(), fc.string().map(text => `/${text}`)), path => {
    expect(fits(path) || Exposure.https(shop, { path }).faults.length > 0).toBe(true);
  }));
});

describe('fails on an exposure by plain HTTP that is given what only HTTPS has', () => {
  const given = (options: HttpsExposureOptions, profile = clusters.traefik) => {
    const cluster = new Cluster(profile);
    cluster.expose([Exposure.insecureHttp(shop, options)]);
    return cluster.mistakes();
  };
  const message = (member: string, got: string, fix: string) =>
    `[shop/shop] KEELSON2346 'exposure.${member}' must be left out of an exposure that nothing encrypts, got ${got}, by plain HTTP: ${fix}`;

  test('by a variable, which TypeScript takes', () => {
    expect(given({ certificate, redirect: HttpRedirect.NONE, auth: EdgeAuth.basic(Secret.fromSecretName('users')) })).toEqual([
      message('auth', 'authentication', 'use Exposure.https(…): everybody on the way could read what clients sign in with'),
      message('certificate', 'a certificate', 'use Exposure.https(…), or leave it out'),
      message('redirect', 'a redirect to HTTPS', 'use Exposure.https(…), or leave it out'),
    ]);
    expect(given({ certificate: undefined, redirect: undefined, auth: undefined })).toEqual([]);
  });

  test('also as the default backend', () => {
    const options: HttpsExposureOptions = { certificate: Certificate.fromSecret(Secret.fromSecretName('a')) };
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.insecureDefaultBackend(options)]);
    expect(cluster.mistakes()).toEqual([message('certificate', 'a certificate', 'use Exposure.defaultBackend(…), or leave it out')]);
  });
});
