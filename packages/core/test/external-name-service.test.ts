import { Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigMap, ExternalNameService, type ExternalNameServiceProps, ExternalNameTarget, HostName, Port, Service } from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

function alias(target: ExternalNameTarget, props: Partial<ExternalNameServiceProps> = {}) {
  const chart = charted();
  return { chart, service: new ExternalNameService(chart, 'db', { target, ...props }) };
}

const mistakesOf = (target: ExternalNameTarget, props?: Partial<ExternalNameServiceProps>) => mistakes(alias(target, props).chart);

describe('S5 ExternalName', () => {
  test.each(['db.example.com', 'db.example.com.', '1.example.com', `${'x'.repeat(63)}.example.com`])('a host outside: %s', host => {
    const { chart, service } = alias(ExternalNameTarget.host(host), { labels: { tier: 'data' }, annotations: { note: 'x' } });
    const { spec, metadata } = named(accepted(chart), 'Service', 'db');
    expect([spec, metadata.labels, metadata.annotations]).toEqual([{ type: 'ExternalName', externalName: host }, { tier: 'data' }, { note: 'x' }]);
    expect([service.dnsName, service.hostFrom(chart), service.name, service.namespace, service.kind])
      .toEqual(['db.shop.svc.cluster.local', 'db', 'db', 'shop', 'Service']);
  });

  test('a Service of another namespace, ours or made elsewhere', () => {
    const { chart } = alias(ExternalNameTarget.service(Service.fromServiceName('orders', 'data')));
    expect(named(accepted(chart), 'Service', 'db').spec.externalName).toBe('orders.data.svc.cluster.local');
    const data = new Chart(chart.node.root, 'data', { namespace: 'data' });
    const orders = new Service(data, 'orders', { backends: [new Server(data, 'server')] });
    expect(new ExternalNameService(chart, 'orders', { target: ExternalNameTarget.service(orders) }).externalName).toBe('orders.data.svc.cluster.local');
  });

  test.each([
    ['10.0.0.7', "KEELSON1117 'target' must be a host name, not an IP address, got '10.0.0.7': write it like 'shop.example.com'"],
    ['2001:db8::7', "KEELSON1117 'target' must be a host name, not an IP address, got '2001:db8::7': write it like 'shop.example.com'"],
    ['db', "KEELSON1714 'target' must be a full host name, with a domain, got 'db': write it like 'db.example.com'"],
    ['db.', "KEELSON1714 'target' must be a full host name, with a domain, got 'db.': write it like 'db.example.com'"],
    ['', "KEELSON1110 'target' must be a host name, got '': write it like 'shop.example.com'"],
    ['db.example.com..', "KEELSON1115 'target' must be a host name without '.' at its end, got 'db.example.com..': try 'db.example.com'"],
    ['https://db.example.com', "KEELSON1116 'target' must be a host name without scheme, port and path, got 'https://db.example.com': try 'db.example.com'"],
    ['*.example.com', "KEELSON1118 'target' must be a host name without '*', got '*.example.com': name each host, or use a wildcard where it is allowed"],
    ['DB.example.com', "KEELSON1112 'target' must be a host name of lower-case letters, digits, '-' and '.', got 'DB.example.com': try 'db.example.com'"],
  ])('refused: %j', (host, message) => {
    expect(mistakesOf(ExternalNameTarget.host(host))).toEqual([`[shop/db] ${message}`]);
  });

  test('takes what is a host name with a domain, with or without a dot at its end', () => {
    fc.assert(fc.property(fc.domain(), fc.boolean(), (host, dot) => {
      const lower = host.toLowerCase();
      expect(ExternalNameTarget.host(dot ? `${lower}.` : lower).faults).toEqual(HostName.faultsOf(lower));
    }));
  });

  test.each([['db.example.com', "'db.example.com'"], [undefined, 'undefined']])('refused: %j as a target, from a program without types', (target, got) => {
    expect(mistakesOf(target as unknown as ExternalNameTarget)).toEqual([
      `[shop/db] KEELSON1587 'target' must be a value of ExternalNameTarget, got ${got}: use ExternalNameTarget.host(…)`,
    ]);
  });

  test('refused: addresses and ports that are none', () => {
    expect(mistakesOf(ExternalNameTarget.host('db.example.com'), { cidrs: ['db'], ports: [Port.tcp(0)] })).toEqual([
      "[shop/db] KEELSON1080 'cidrs' must be a CIDR, got 'db': write it like '10.0.0.0/8' or '2001:db8::/32'",
      "[shop/db] KEELSON1090 'ports' must be an integer from 1 to 65535, got 0: give the port that is listened on",
    ]);
  });

  test.each([
    [Service.fromServiceName('a_b', 'data'), "KEELSON1062 'target.name' must be lower-case letters, digits and '-' for a Service, got 'a_b': try 'a-b'"],
    [Service.fromServiceName('orders', ''), "KEELSON1060 'target.namespace' must be a name for the Namespace, got '': name it like 'storefront'"],
    [ConfigMap.fromConfigMapName('orders'), "KEELSON1300 'target' must be a Service, got the ConfigMap 'orders': pass a Service"],
  ])('refused: %j', (service, message) => {
    expect(mistakesOf(ExternalNameTarget.service(service)).filter(line => !line.includes('KEELSON1715'))).toEqual([`[shop/db] ${message}`]);
  });

  test('refused: itself, and a Service of no namespace that is known', () => {
    expect(mistakesOf(ExternalNameTarget.service(Service.fromServiceName('db')))).toEqual([
      "[shop/db] KEELSON1715 'target' must be another Service, got 'db' of namespace 'shop', which is this one: name another one, or give this one another name",
    ]);
    const nowhere = new Chart(Testing.app(), 'x');
    new ExternalNameService(nowhere, 'db', { target: ExternalNameTarget.service(Service.fromServiceName('orders')) });
    expect(mistakes(nowhere)).toEqual(["[x/db] KEELSON1715 'target' must be a Service whose namespace is known, got 'orders' of no namespace that is known: "
      + "name it: Service.fromServiceName('orders', 'data')"]);
  });

  test('a connection to another name of a Service is one to its pods', () => {
    const chart = charted();
    const data = new Chart(chart.node.root, 'data', { namespace: 'data' });
    const orders = new Service(data, 'orders', { backends: [new Server(data, 'server')] });
    const web = new Server(chart, 'web');
    web.connections.to(new ExternalNameService(chart, 'db', { target: ExternalNameTarget.service(orders) }));
    expect(named(accepted(chart), 'NetworkPolicy', 'web').spec.egress).toContainEqual({
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } }, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'server' } } }],
      ports: [{ port: 8080, protocol: 'TCP' }],
    });
  });

  test('a connection to a host is one to the addresses behind it', () => {
    const { chart, service } = alias(ExternalNameTarget.host('db.example.com'), { cidrs: ['203.0.113.0/28'], ports: [Port.tcp(5432)] });
    const web = new Server(chart, 'web');
    web.connections.to(service);
    expect(named(accepted(chart), 'NetworkPolicy', 'web').spec.egress)
      .toContainEqual({ to: [{ ipBlock: { cidr: '203.0.113.0/28' } }], ports: [{ port: 5432, protocol: 'TCP' }] });
  });

  test.each<[string, ExternalNameTarget, Partial<ExternalNameServiceProps>, string]>([
    ['a host whose addresses are not known', ExternalNameTarget.host('db.example.com'), { ports: [Port.tcp(5432)] },
      "KEELSON1716 'connections.to' must be addresses, since a network policy can name no host, got the host 'db.example.com': "
      + "give the Service the 'cidrs' behind the host, or connect to Peer.internet()"],
    ['a Service made elsewhere', ExternalNameTarget.service(Service.fromServiceName('orders', 'data')), { ports: [Port.tcp(5432)] },
      "KEELSON1716 'connections.to' must be pods, since a network policy can name no Service, got a Service made elsewhere, 'orders.data.svc.cluster.local': "
      + 'connect to its pods: Peer.workload(…) or Peer.pods(…)'],
    ['ports that are not known', ExternalNameTarget.host('db.example.com'), { cidrs: ['203.0.113.0/28'] },
      "KEELSON1351 'connections.to.ports' must be the ports to open to Service [shop/db], got none: name them, such as 'ports: [Port.tcp(443)]'"],
  ])('refused: a connection to %s', (_, target, props, message) => {
    const { chart, service } = alias(target, props);
    new Server(chart, 'web').connections.to(service);
    expect(mistakes(chart)).toEqual([`[shop/web] ${message}`]);
  });
});
