import { describe, expect, test } from 'vitest';
import { Fault, Faults, Gateway, GatewayImplementation, IngressController, Listener, ListenerProtocol } from '../../src';

const lines = (prop: string, faults: Fault[]) => faults.map(fault => Faults.describe(prop, fault));

describe('a listener', () => {
  test('is http on 80 or https on 443 with the platform\'s certificate, for any host', () => {
    expect(Listener.http()).toMatchObject({ protocol: ListenerProtocol.HTTP, name: 'http', port: 80, hosts: [], ownCertificate: false, faults: [] });
    expect(Listener.https()).toMatchObject({ protocol: ListenerProtocol.HTTPS, name: 'https', port: 443, hosts: [], ownCertificate: true, faults: [] });
  });

  test.each([
    [[], 'shop.example.com', true],
    [['shop.example.com'], 'shop.example.com', true],
    [['shop.example.com'], 'SHOP.example.com', true],
    [['shop.example.com'], 'www.shop.example.com', false],
    [['*.example.com'], 'shop.example.com', true],
    [['*.example.com'], 'a.b.example.com', true],
    [['*.example.com'], 'example.com', false],
    [['*.example.com'], '.example.com', false],
    [['*.example.com'], 'badexample.com', false],
    [['*.example.com'], '*.example.com', true],
    [['*.example.com'], '*.b.example.com', true],
    [['a.example.com'], '*.example.com', false],
    [['example.org', '*.example.com'], 'shop.example.com', true],
  ])('for %j serves %s: %s', (hosts, host, served) => {
    expect(Listener.https({ hosts }).serves(host)).toBe(served);
  });

  test.each([
    ['Https', "'Https'"], ['', "''"], ['a_b', "'a_b'"], ['-a', "'-a'"], ['a'.repeat(254), `'${'a'.repeat(60)}…' (254 characters)`],
  ])('fails on the name %j', (name, got) => {
    expect(lines('listener', Listener.https({ name }).faults)).toEqual([
      `KEELSON1159 'listener.name' must be at most 253 lower-case letters, digits, '-' and '.', got ${got}: give the name of the listener in the Gateway`,
    ]);
  });

  test.each(['a', 'https-1', 'shop.example.com', 'a'.repeat(253)])('takes the name %j', name => {
    expect(Listener.http({ name }).faults).toEqual([]);
  });

  test.each([0, 65536, 80.5, NaN])('fails on port %d', port => {
    expect(lines('listener', Listener.http({ port }).faults)).toEqual([
      `KEELSON1160 'listener.port' must be an integer from 1 to 65535, got ${port}: give the port of the listener in the Gateway`,
    ]);
  });

  test.each([1, 65535])('takes port %d', port => {
    expect(Listener.http({ port }).faults).toEqual([]);
  });
});

describe('a gateway', () => {
  test('has both listeners, its namespace\'s pods and no ListenerSets unless told', () => {
    const gateway = Gateway.named('edge', 'gateway-system');
    expect(gateway).toMatchObject({
      name: 'edge', namespace: 'gateway-system', admitsListenerSets: false, pods: { namespace: 'gateway-system', labels: {} }, sourceCidrs: [], faults: [],
    });
    expect(gateway.listeners.map(({ name, port }) => `${name}:${port}`)).toEqual(['http:80', 'https:443']);
    expect(gateway.className).toBeUndefined();
    expect(gateway.implementation).toBeUndefined();
  });

  test('keeps what it is told', () => {
    const pods = { namespace: 'envoy', labels: { app: 'envoy' } };
    expect(Gateway.named('edge', 'gateway-system', {
      listeners: [Listener.https({ name: 'shops', hosts: ['*.example.com'], ownCertificate: false })], admitsListenerSets: true, className: 'envoy', pods,
      sourceCidrs: ['10.0.0.0/8'], implementation: GatewayImplementation.ENVOY_GATEWAY,
    })).toMatchObject({
      admitsListenerSets: true, className: 'envoy', pods, sourceCidrs: ['10.0.0.0/8'], implementation: { name: 'Envoy Gateway' }, faults: [],
    });
  });

  test('fails on everything that is wrong, each under its own member', () => {
    expect(lines('gateway', Gateway.named('Edge', 'a.b', {
      listeners: [Listener.http({ port: 0 }), Listener.https({ name: 'http' })],
      className: 'My Class',
      pods: { namespace: 'envoy', labels: { app: 'not a value' } },
      sourceCidrs: ['10.0.0.0/8', '10.0.0.1/8'],
    }).faults)).toMatchInlineSnapshot(`
      [
        "KEELSON1062 'gateway.name' must be lower-case letters, digits, '-' and '.' for a Gateway, got 'Edge': try 'edge'",
        "KEELSON1063 'gateway.namespace' must be without dots for a Namespace, got 'a.b': try 'a-b'",
        "KEELSON1161 'gateway.listeners' must be listeners of different names, got 'http' twice: give each the name it has in the Gateway",
        "KEELSON1160 'gateway.listeners[0].port' must be an integer from 1 to 65535, got 0: give the port of the listener in the Gateway",
        "KEELSON1062 'gateway.className' must be lower-case letters, digits, '-' and '.' for a GatewayClass, got 'My Class': try 'my-class'",
        "KEELSON1054 'gateway.pods.labels.app' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'not a value': try 'not-a-value'",
        "KEELSON1083 'gateway.sourceCidrs[1]' must be a CIDR with no bits set beyond the prefix length, got '10.0.0.1/8': try '10.0.0.0/8', or '10.0.0.1/32' for the one address",
      ]
    `);
  });

  const known = [['ENVOY_GATEWAY', 'Envoy Gateway'], ['TRAEFIK', 'Traefik'], ['CILIUM', 'Cilium'], ['ISTIO', 'Istio'], ['NGINX_GATEWAY_FABRIC', 'NGINX Gateway Fabric']] as const;
  test.each([
    ...['envoy', 'Envoy', 'envoy-gateway', 'ENVOY_GATEWAY', 'EnvoyGateway', 'envoy gateway ', 'Envoy Proxy'].map(name => [name, ...known[0]] as const),
    ...['traefik', 'TRAEFIK', 'Traefik Proxy', 'traefik-gateway'].map(name => [name, ...known[1]] as const),
    ['cilium', ...known[2]] as const, ['istio-gateway', ...known[3]] as const, ['nginx-gateway-fabric', ...known[4]] as const, ['NGINX Fabric', ...known[4]] as const,
  ])('fails on an implementation in another spelling than its own: %s', (name, constant, meant) => {
    expect(lines('gateway', Gateway.named('edge', 'gateway-system', { implementation: GatewayImplementation.of(name) }).faults)).toEqual([
      `KEELSON1751 'gateway.implementation' must be '${meant}' in that spelling, or the name of another implementation, got '${name}': `
      + `try '${meant}', in programs GatewayImplementation.${constant}`,
    ]);
  });

  test('knows an implementation by its name, and takes the name of any other', () => {
    expect(known.map(([, name]) => GatewayImplementation.of(name))).toEqual(known.map(([constant]) => GatewayImplementation[constant]));
    expect(GatewayImplementation.of('Envoy Gateway')).toBe(GatewayImplementation.ENVOY_GATEWAY);
    expect(['Kong', 'kgateway', 'Contour', 'nginx', 'Gateway', 'proxy', '', 5 as unknown as string].flatMap(name => GatewayImplementation.of(name).faults)).toEqual([]);
  });

  test('fails on a text where an implementation is due, which programs without types may give', () => {
    expect(lines('gateway', Gateway.named('edge', 'gateway-system', { implementation: 'Envoy Gateway' as unknown as GatewayImplementation }).faults)).toEqual([
      "KEELSON1752 'gateway.implementation' must be a GatewayImplementation, got 'Envoy Gateway': try GatewayImplementation.ENVOY_GATEWAY, or one by GatewayImplementation.of(…)",
    ]);
  });

  test('fails without a namespace, which programs without types may leave out', () => {
    expect(lines('gateway', Gateway.named('edge', undefined as unknown as string).faults)).toEqual([
      "KEELSON1060 'gateway.namespace' must be a name for the Namespace, got undefined: name it like 'storefront'",
    ]);
  });

  test('fails on no listener', () => {
    expect(lines('gateway', Gateway.named('edge', 'gateway-system', { listeners: [] }).faults)).toEqual([
      "KEELSON1163 'gateway.listeners' must be at least one listener, got none: give those of the Gateway, or leave 'listeners' out",
    ]);
  });
});

describe('an ingress controller', () => {
  test('of ingress-nginx has the class and labels of its own manifests', () => {
    expect(IngressController.ingressNginx()).toMatchObject({
      className: 'nginx', namespace: 'ingress-nginx', sourceCidrs: [], faults: [],
      pods: { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' } },
    });
  });

  test('of Traefik has the class and labels of its own chart', () => {
    expect(IngressController.traefik()).toMatchObject({
      className: 'traefik', namespace: 'traefik', sourceCidrs: [], faults: [],
      pods: { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
    });
  });

  test('of another kind is all pods of its namespace unless told', () => {
    expect(IngressController.named('haproxy', { namespace: 'edge' })).toMatchObject({ pods: { namespace: 'edge', labels: {} }, faults: [] });
  });

  test('fails on everything that is wrong, each under its own member', () => {
    expect(lines('ingress', IngressController.named('My Class', { namespace: 'Edge', sourceCidrs: ['here'] }).faults)).toMatchInlineSnapshot(`
      [
        "KEELSON1062 'ingress.className' must be lower-case letters, digits, '-' and '.' for an IngressClass, got 'My Class': try 'my-class'",
        "KEELSON1062 'ingress.namespace' must be lower-case letters, digits and '-' for a Namespace, got 'Edge': try 'edge'",
        "KEELSON1080 'ingress.sourceCidrs[0]' must be a CIDR, got 'here': write it like '10.0.0.0/8' or '2001:db8::/32'",
      ]
    `);
  });
});

describe('the pods of a gateway', () => {
  test('of Envoy Gateway are in its own namespace, others in the namespace of the gateway', () => {
    const podsOf = (implementation?: GatewayImplementation) => Gateway.named('edge', 'gateway-system', { implementation }).pods;
    expect(podsOf(GatewayImplementation.ENVOY_GATEWAY)).toEqual({
      namespace: 'envoy-gateway-system',
      labels: { 'gateway.envoyproxy.io/owning-gateway-name': 'edge', 'gateway.envoyproxy.io/owning-gateway-namespace': 'gateway-system' },
    });
    expect(podsOf(GatewayImplementation.ISTIO)).toEqual({ namespace: 'gateway-system', labels: {} });
    expect(podsOf()).toEqual({ namespace: 'gateway-system', labels: {} });
  });
});
