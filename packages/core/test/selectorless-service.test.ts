import { describe, expect, test } from 'vitest';
import {
  Cni, type ClusterProfileProps, IpFamily, IpFamilyPolicy, Protocol, SelectorlessService, type SelectorlessServiceProps, ServiceType,
  TrafficPolicy, Warnings,
} from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

const DUAL: ClusterProfileProps = { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] };

function over(props: Partial<SelectorlessServiceProps> = {}, profile: ClusterProfileProps = {}) {
  const chart = charted(profile);
  return { chart, service: new SelectorlessService(chart, 'db', { addresses: ['203.0.113.7'], ports: [{ number: 5432 }], ...props }) };
}

const mistakesOf = (props: Partial<SelectorlessServiceProps>, profile?: ClusterProfileProps) =>
  mistakes(over(props, profile).chart).map(line => line.replace('[shop/db] ', ''));

describe('S7 a Service without a selector', () => {
  test('has its addresses in an EndpointSlice whose ports have the same names', () => {
    const { chart, service } = over({
      labels: { tier: 'data' }, annotations: { note: 'x' }, addresses: ['203.0.113.7', '203.0.113.8'],
      ports: [{ number: 5432, targetNumber: 15432, name: 'sql', appProtocol: 'example.com/sql' }, { number: 53, protocol: Protocol.UDP }],
    });
    const objects = accepted(chart);
    const { spec, metadata } = named(objects, 'Service', 'db');
    expect([metadata.labels, metadata.annotations]).toEqual([{ tier: 'data' }, { note: 'x' }]);
    expect(spec).toEqual({
      type: 'ClusterIP',
      ports: [
        { name: 'sql', port: 5432, targetPort: 15432, protocol: 'TCP', appProtocol: 'example.com/sql' },
        { name: 'udp-53', port: 53, targetPort: 53, protocol: 'UDP' },
      ],
    });
    expect(named(objects, 'EndpointSlice', 'db-ipv4')).toEqual({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'db-ipv4', namespace: 'shop',
        labels: { tier: 'data', 'kubernetes.io/service-name': 'db', 'endpointslice.kubernetes.io/managed-by': 'keelson' },
      },
      addressType: 'IPv4',
      ports: [{ name: 'sql', port: 15432, protocol: 'TCP', appProtocol: 'example.com/sql' }, { name: 'udp-53', port: 53, protocol: 'UDP' }],
      endpoints: [{ addresses: ['203.0.113.7'], conditions: { ready: true } }, { addresses: ['203.0.113.8'], conditions: { ready: true } }],
    });
    expect([service.dnsName, service.hostFrom(chart), service.name, service.namespace, service.kind])
      .toEqual(['db.shop.svc.cluster.local', 'db', 'db', 'shop', 'Service']);
  });

  test('addresses of both families are two slices', () => {
    const { chart, service } = over({ addresses: ['203.0.113.7', '2001:DB8::7'] }, DUAL);
    const objects = accepted(chart);
    expect(named(objects, 'Service', 'db').spec.ipFamilyPolicy).toBe('PreferDualStack');
    expect(['ipv4', 'ipv6'].map(family => {
      const { addressType, endpoints } = named(objects, 'EndpointSlice', `db-${family}`) as unknown as { addressType: string; endpoints: { addresses: string[] }[] };
      return [addressType, endpoints.map(({ addresses }) => addresses)];
    })).toEqual([['IPv4', [['203.0.113.7']]], ['IPv6', [['2001:db8::7']]]]);
    expect(service.endpointSlices).toHaveLength(2);
  });

  test('may be headless, and reached from outside', () => {
    expect(named(accepted(over({ type: ServiceType.headless() }).chart), 'Service', 'db').spec.clusterIP).toBe('None');
    const { spec } = named(accepted(over({ type: ServiceType.nodePort(), ports: [{ number: 5432, nodePort: 30432 }] }).chart), 'Service', 'db');
    expect([spec.type, spec.ports[0].nodePort]).toEqual(['NodePort', 30432]);
  });

  test('sends traffic from outside by way of any node, since no node has an address of it', () => {
    const asked = ServiceType.loadBalancer({ externalTrafficPolicy: TrafficPolicy.CLUSTER });
    for (const type of [ServiceType.loadBalancer(), asked, ServiceType.nodePort()]) {
      const { chart } = over({ type, internalTrafficPolicy: TrafficPolicy.CLUSTER });
      expect(named(accepted(chart), 'Service', 'db').spec.externalTrafficPolicy).toBe('Cluster');
    }
  });

  test('a headless one has one number on both sides', () => {
    const ports = [{ number: 5432, targetNumber: 5432 }];
    expect(named(accepted(over({ type: ServiceType.headless(), ports }).chart), 'Service', 'db').spec.ports[0].targetPort).toBe(5432);
  });

  test('a connection lets out to the addresses, on the numbers that are listened on there', () => {
    const { chart, service } = over({ ports: [{ number: 5432, targetNumber: 15432 }] });
    const web = new Server(chart, 'web');
    web.connections.to(service);
    expect(named(accepted(chart), 'NetworkPolicy', 'web').spec.egress)
      .toContainEqual({ to: [{ ipBlock: { cidr: '203.0.113.7/32' } }], ports: [{ port: 15432, protocol: 'TCP' }] });
  });

  test('where the network plugin judges by the Service\'s address, to Services too', () => {
    const connected = (profile: ClusterProfileProps) => {
      const { chart, service } = over({}, profile);
      const web = new Server(chart, 'web');
      web.connections.to(service);
      return { egress: named(accepted(chart), 'NetworkPolicy', 'web').spec.egress, warnings: Warnings.of(chart) };
    };
    const known = connected({ cni: Cni.AWS_VPC, serviceCidrs: ['172.20.0.0/16'] });
    expect(known.egress).toContainEqual({ to: [{ ipBlock: { cidr: '172.20.0.0/16' } }], ports: [{ port: 5432, protocol: 'TCP' }] });
    expect(known.warnings).toEqual([]);
    expect(connected({ cni: Cni.AWS_VPC }).warnings).toEqual(['[shop/web] KEELSON1372 the rule to Service [shop/db] lets out to the addresses behind it, '
      + "and AWS VPC CNI judges by the Service's own address: name 'serviceCidrs' in the cluster profile"]);
  });

  test.each(['10.0.0.0', '223.255.255.255', '126.255.255.255', '128.0.0.0', '169.253.255.255', '169.255.0.0', '224.0.1.0', '0.0.0.1'])('takes %s', address => {
    expect(mistakesOf({ addresses: [address] })).toEqual([]);
  });

  test.each([
    ['127.0.0.1', 'a loopback address'], ['127.255.255.255', 'a loopback address'], ['::1', 'a loopback address'],
    ['0.0.0.0', 'the unspecified address'], ['::', 'the unspecified address'],
    ['169.254.0.0', 'a link-local address'], ['169.254.255.255', 'a link-local address'], ['fe80::1', 'a link-local address'],
    ['224.0.0.1', 'a link-local multicast address'], ['ff02::1', 'a link-local multicast address'],
  ])('refused: %s', (address, what) => {
    expect(mistakesOf({ addresses: [address] }, DUAL)).toEqual([
      `KEELSON1718 'addresses' must be an address that nodes can reach, got '${address}', ${what}: give the address in the network`,
    ]);
  });

  test.each<[string, Partial<SelectorlessServiceProps>, ClusterProfileProps, string]>([
    ['no address', { addresses: [] }, {}, "KEELSON1717 'addresses' must be at least one address, got none: name it, or use a Service in front of workloads"],
    ['what is no address', { addresses: ['db.example.com'] }, {},
      "KEELSON1087 'addresses' must be an IP address, got 'db.example.com': write it like '10.1.2.3' or '2001:db8::1'"],
    ['an IPv4 address written as IPv6', { addresses: ['::ffff:10.0.0.1'] }, DUAL,
      "KEELSON1085 'addresses' must be a CIDR without an IPv4 address written as IPv6, got '::ffff:10.0.0.1/128': try '10.0.0.1/32'"],
    ['an address twice', { addresses: ['203.0.113.7', '203.0.113.7'] }, {}, "KEELSON1719 'addresses' must be each address once, got '203.0.113.7' again: remove one of the two"],
    ['a family that the cluster has not', { addresses: ['2001:db8::7'] }, {},
      "KEELSON1720 'addresses' must be an address of a family that the Service has (IPv4), got '2001:db8::7', which is IPv6: "
      + "give one of that family, or say in the cluster profile's 'ipFamilies' and the Service's that there are others"],
    ['a family that the Service has not', { addresses: ['203.0.113.7'], ipFamilies: [IpFamily.IPV6], ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK }, DUAL,
      "KEELSON1720 'addresses' must be an address of a family that the Service has (IPv6), got '203.0.113.7', which is IPv4: "
      + "give one of that family, or say in the cluster profile's 'ipFamilies' and the Service's that there are others"],
    ['the address of a Service', { addresses: ['10.96.0.10'] }, { serviceCidrs: ['10.96.0.0/16'] },
      "KEELSON1721 'addresses' must be an address of a machine or a pod, got '10.96.0.10', which is one of Services (10.96.0.0/16): use an ExternalNameService for another Service"],
    ['more than a slice takes', { addresses: Array.from({ length: 1001 }, (_, at) => `10.1.${Math.floor(at / 250)}.${at % 250}`) }, {},
      "KEELSON1729 'addresses' must be at most 1000 addresses of a family, got 1001 of IPv4: put a load balancer before them"],
    ['no ports', { ports: [] }, {}, "KEELSON1699 'ports' must be at least one port, got none: have the backend declare one, or make the Service headless"],
    ['traffic from outside to the pods of a node, by a load balancer', { type: ServiceType.loadBalancer({ externalTrafficPolicy: TrafficPolicy.LOCAL }) }, {},
      "KEELSON1728 'type.externalTrafficPolicy' must be TrafficPolicy.CLUSTER, since no node has one of the addresses, got Local: leave it out: each node would drop the traffic"],
    ['traffic from outside to the pods of a node', { type: ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.LOCAL }) }, {},
      "KEELSON1728 'type.externalTrafficPolicy' must be TrafficPolicy.CLUSTER, since no node has one of the addresses, got Local: leave it out: each node would drop the traffic"],
    ['traffic from inside to the pods of a node', { internalTrafficPolicy: TrafficPolicy.LOCAL }, {},
      "KEELSON1728 'internalTrafficPolicy' must be TrafficPolicy.CLUSTER, since no node has one of the addresses, got Local: leave it out: each node would drop the traffic"],
    ['another number there, of a headless one', { type: ServiceType.headless(), ports: [{ number: 5432, targetNumber: 15432 }] }, {},
      "KEELSON1696 'ports.tcp-5432.targetNumber' must be the port's own number, of a headless Service, got 5432 and 15432: "
      + 'leave it out: nothing stands between clients and addresses that could change it'],
    ['a protocol that is none, from a program without types', { ports: [{ number: 53, protocol: 'udp' as Protocol }] }, {},
      "KEELSON1585 'ports.udp-53.protocol' must be one of TCP, UDP, SCTP, got 'udp': write Protocol.UDP"],
    ['a type that is none, from a program without types', { type: 'NodePort' as unknown as ServiceType }, {},
      "KEELSON1587 'type' must be a value of ServiceType, got 'NodePort': use ServiceType.clusterIp()"],
    ['a number that is none', { ports: [{ number: 0, targetNumber: 1, name: 'a' }] }, {},
      "KEELSON1090 'ports.a.number' must be an integer from 1 to 65535, got 0: give the port that is listened on"],
    ['a number there that is none', { ports: [{ number: 1, targetNumber: 65536, name: 'a' }] }, {},
      "KEELSON1090 'ports.a.targetNumber' must be an integer from 1 to 65535, got 65536: give the port that is listened on"],
  ])('refused: %s', (_, props, profile, message) => {
    expect(mistakesOf(props, profile)).toEqual([message]);
  });

  test('takes as many addresses as a slice does', () => {
    expect(mistakesOf({ addresses: Array.from({ length: 1000 }, (_, at) => `10.1.${Math.floor(at / 250)}.${at % 250}`) })).toEqual([]);
  });
});

test('S6 Service and EndpointSlices carry the recommended labels, or those given', () => {
  const labelsOf = (labels?: { [key: string]: string }) => {
    const chart = charted();
    new SelectorlessService(chart, 'db', { addresses: ['192.0.2.10'], ports: [{ number: 5432 }], labels });
    return accepted(chart).map(({ kind, metadata }) => [kind, metadata.labels]);
  };
  const own = { 'kubernetes.io/service-name': 'db', 'endpointslice.kubernetes.io/managed-by': 'keelson' };
  const usual = { 'app.kubernetes.io/name': 'db', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'keelson' };
  expect(labelsOf()).toEqual([['Service', usual], ['EndpointSlice', { ...usual, ...own }]]);
  expect(labelsOf({ team: 'a' })).toEqual([['Service', { team: 'a' }], ['EndpointSlice', { team: 'a', ...own }]]);
});

test('S6 a headless one with one family says so: an API server gives it both else, on any cluster', () => {
  const specOf = (props: Partial<SelectorlessServiceProps>) => {
    const chart = charted();
    new SelectorlessService(chart, 'db', { addresses: ['192.0.2.10'], ports: [{ number: 5432 }], ...props });
    const { spec } = named(accepted(chart), 'Service', 'db');
    return [spec.ipFamilyPolicy, spec.ipFamilies];
  };
  const type = ServiceType.headless();
  expect(specOf({ type, ipFamilies: [IpFamily.IPV4] })).toEqual(['SingleStack', ['IPv4']]);
  expect(specOf({ type })).toEqual([undefined, undefined]);
  expect(specOf({ ipFamilies: [IpFamily.IPV4] })).toEqual([undefined, ['IPv4']]);
});
