import { Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  ClusterProfile, type ClusterProfileProps, IpFamily, LoadBalancerController, type LoadBalancerOptions, Protocol, Service, ServiceType,
  TrafficPolicy, Warnings,
} from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

const { METALLB, CILIUM, AWS, AWS_CLASSIC, EKS_AUTO_MODE, GKE, AZURE } = LoadBalancerController;
const SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
const TARGET = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';

function over(options?: LoadBalancerOptions, profile: ClusterProfileProps = {}, annotations?: { [key: string]: string }) {
  const chart = charted(profile);
  new Service(chart, 'front', { backends: [new Server(chart, 'web')], type: ServiceType.loadBalancer(options), annotations });
  return chart;
}

function rendered(options?: LoadBalancerOptions, profile?: ClusterProfileProps, annotations?: { [key: string]: string }) {
  const chart = over(options, profile, annotations);
  const objects = accepted(chart);
  const { spec, metadata } = named(objects, 'Service', 'front');
  return { spec, annotations: metadata.annotations, ingress: named(objects, 'NetworkPolicy', 'web').spec.ingress, warnings: Warnings.of(chart) };
}

const mistakesOf = (options: LoadBalancerOptions, profile?: ClusterProfileProps) =>
  mistakes(over(options, profile)).map(line => line.replace('[shop/front] ', ''));

describe('S4 LoadBalancer', () => {
  test('pods see the clients, whom their policy lets in', () => {
    const { spec, annotations, ingress, warnings } = rendered();
    expect(spec).toEqual({
      type: 'LoadBalancer', externalTrafficPolicy: 'Local', selector: { 'app.kubernetes.io/instance': 'web' },
      ports: [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' }],
    });
    expect(ingress).toEqual([{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect([annotations, warnings]).toEqual([undefined, []]);
  });

  test('clients of both families', () => {
    const { ingress } = rendered({}, { ipFamilies: [IpFamily.IPV6, IpFamily.IPV4] });
    expect(ingress[0].from).toEqual([{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }]);
  });

  test('source ranges hold at the load balancer and at the pods', () => {
    const { spec, ingress } = rendered({ sourceRanges: ['203.0.113.0/24', '2001:DB8::/32'] }, { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] });
    expect(spec.loadBalancerSourceRanges).toEqual(['203.0.113.0/24', '2001:db8::/32']);
    expect(ingress[0].from).toEqual([{ ipBlock: { cidr: '2001:db8::/32' } }, { ipBlock: { cidr: '203.0.113.0/24' } }]);
  });

  test('class, no ports on the nodes, traffic by way of any node', () => {
    const { spec, ingress } = rendered({
      loadBalancerClass: 'example.com/internal', allocateLoadBalancerNodePorts: false, externalTrafficPolicy: TrafficPolicy.CLUSTER,
    }, { nodeCidrs: ['10.0.0.0/16'] });
    expect([spec.loadBalancerClass, spec.allocateLoadBalancerNodePorts, spec.externalTrafficPolicy]).toEqual(['example.com/internal', false, 'Cluster']);
    expect(ingress[0].from).toEqual([{ ipBlock: { cidr: '10.0.0.0/16' } }]);
  });

  test('the deprecated loadBalancerIP is never there', () => {
    const { spec } = rendered({ addresses: ['203.0.113.7'] }, { loadBalancers: METALLB });
    expect(spec.loadBalancerIP).toBeUndefined();
  });

  test.each<[string, LoadBalancerController, LoadBalancerOptions, string | undefined, { [key: string]: string } | undefined]>([
    ['MetalLB: addresses and pool', METALLB, { addresses: ['203.0.113.7'], pool: 'public' }, undefined,
      { 'metallb.io/loadBalancerIPs': '203.0.113.7', 'metallb.io/address-pool': 'public' }],
    ['MetalLB: shared', METALLB, { sharingKey: 'edge' }, undefined, { 'metallb.io/allow-shared-ip': 'edge' }],
    ['MetalLB: nothing asked', METALLB, {}, undefined, undefined],
    ['Cilium', CILIUM, { addresses: ['203.0.113.7'], sharingKey: 'edge' }, undefined, { 'lbipam.cilium.io/ips': '203.0.113.7', 'lbipam.cilium.io/sharing-key': 'edge' }],
    ['AWS, for everybody', AWS, {}, 'service.k8s.aws/nlb', { [SCHEME]: 'internet-facing', [TARGET]: 'instance' }],
    ['AWS, internal', AWS, { internal: true }, 'service.k8s.aws/nlb', { [SCHEME]: 'internal', [TARGET]: 'instance' }],
    ['AWS, to pods', AWS, { allocateLoadBalancerNodePorts: false }, 'service.k8s.aws/nlb', { [SCHEME]: 'internet-facing', [TARGET]: 'ip' }],
    ['AWS without a controller, for everybody', AWS_CLASSIC, {}, undefined, undefined],
    ['AWS without a controller, internal', AWS_CLASSIC, { internal: true }, undefined, { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' }],
    ['EKS Auto Mode', EKS_AUTO_MODE, { internal: true }, 'eks.amazonaws.com/nlb', { [SCHEME]: 'internal', [TARGET]: 'instance' }],
    ['GKE, internal', GKE, { internal: true }, undefined, { 'networking.gke.io/load-balancer-type': 'Internal' }],
    ['GKE, for everybody', GKE, { internal: false }, undefined, undefined],
    ['Azure', AZURE, { internal: true, addresses: ['10.0.0.7'] }, undefined,
      { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true', 'service.beta.kubernetes.io/azure-load-balancer-ipv4': '10.0.0.7' }],
    ['one of its own', LoadBalancerController.of({ name: 'own', className: 'example.com/own', internalAnnotations: {} }), { internal: true }, 'example.com/own', undefined],
  ])('%s', (_, loadBalancers, options, className, expected) => {
    const { spec, annotations } = rendered(options, { loadBalancers, nodeCidrs: ['10.0.0.0/16'] });
    expect([spec.loadBalancerClass, annotations]).toEqual([className, expected]);
  });

  test('one address of each family, in the annotation of its family where there are two', () => {
    const ipFamilies = [IpFamily.IPV4, IpFamily.IPV6];
    const addresses = ['203.0.113.7', '2001:DB8::7'];
    expect(rendered({ addresses }, { loadBalancers: METALLB, ipFamilies }).annotations).toEqual({ 'metallb.io/loadBalancerIPs': '203.0.113.7,2001:db8::7' });
    expect(rendered({ addresses }, { loadBalancers: AZURE, ipFamilies }).annotations).toEqual({
      'service.beta.kubernetes.io/azure-load-balancer-ipv4': '203.0.113.7', 'service.beta.kubernetes.io/azure-load-balancer-ipv6': '2001:db8::7',
    });
  });

  test('annotations given beside have the last word', () => {
    expect(rendered({}, { loadBalancers: AWS }, { [SCHEME]: 'internal', note: 'x' }).annotations).toEqual({ [SCHEME]: 'internal', [TARGET]: 'instance', note: 'x' });
  });

  test('source ranges are of one family where the Service has one', () => {
    const chart = charted({ ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] });
    const backends = [new Server(chart, 'web')];
    new Service(chart, 'front', { backends, ipFamilies: [IpFamily.IPV4], type: ServiceType.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }) });
    const local = ServiceType.nodePort({ sourceRanges: ['203.0.113.0/24'], externalTrafficPolicy: TrafficPolicy.LOCAL });
    new Service(chart, 'nodes', { backends, type: local });
    expect(named(accepted(chart), 'Service', 'front').spec.ipFamilyPolicy).toBe('SingleStack');
  });

  const SOURCES = { sourceRanges: ['203.0.113.0/24'] };
  const hidden = (name: string) => ["[shop/front] KEELSON1711 its pods' network policy lets everybody in on its ports, pods of the cluster too: "
    + `pods see the address of the load balancer instead of the client's, by ${name}: use one that keeps it, or have the load balancer alone keep clients out`];

  test.each<[string, LoadBalancerController, LoadBalancerOptions, { [key: string]: string }, string]>([
    ['a Classic Load Balancer', AWS_CLASSIC, SOURCES, {}, 'AWS Classic Load Balancer'],
    ['one of its own', LoadBalancerController.of({ name: 'own', keepsClientAddresses: false }), SOURCES, {}, 'own'],
    ['one that sends to pods', AWS, { ...SOURCES, allocateLoadBalancerNodePorts: false }, {}, 'AWS Load Balancer Controller'],
    ['one that an annotation has send to pods', EKS_AUTO_MODE, SOURCES, { [TARGET]: 'ip' }, 'EKS Auto Mode'],
  ])('where %s hides clients, it alone keeps them out', (_, loadBalancers, options, annotations, name) => {
    const { spec, ingress, warnings } = rendered(options, { loadBalancers, nodeCidrs: ['10.0.0.0/16'] }, annotations);
    expect(spec.loadBalancerSourceRanges).toEqual(['203.0.113.0/24']);
    expect(ingress).toEqual([{ ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(warnings).toEqual(hidden(name));
  });

  test.each<[string, LoadBalancerController, LoadBalancerOptions, { [key: string]: string }]>([
    ['one that sends to nodes', AWS, SOURCES, {}],
    ['one that an annotation has send to nodes', AWS, { ...SOURCES, allocateLoadBalancerNodePorts: false }, { [TARGET]: 'instance' }],
    ['one of another class', AWS, { ...SOURCES, allocateLoadBalancerNodePorts: false, loadBalancerClass: 'example.com/own' }, {}],
    ['one of its own', LoadBalancerController.of({ name: 'own', keepsClientAddresses: true }), SOURCES, {}],
  ])('where %s keeps the clients\' addresses, the pods\' policy has the source ranges too', (_, loadBalancers, options, annotations) => {
    const { ingress, warnings } = rendered(options, { loadBalancers }, annotations);
    expect([ingress[0].from, warnings]).toEqual([[{ ipBlock: { cidr: '203.0.113.0/24' } }], []]);
  });

  test('by way of any node pods see nodes, whatever the load balancer does', () => {
    const options = { ...SOURCES, externalTrafficPolicy: TrafficPolicy.CLUSTER };
    const { ingress, warnings } = rendered(options, { loadBalancers: AWS_CLASSIC, nodeCidrs: ['10.0.0.0/16'] });
    expect([ingress[0].from, warnings]).toEqual([[{ ipBlock: { cidr: '10.0.0.0/16' } }], []]);
  });

  /** What Azure is told of the ports of a server. */
  function probes(loadBalancers: LoadBalancerController, externalTrafficPolicy?: TrafficPolicy) {
    const chart = charted({ loadBalancers, nodeCidrs: ['10.0.0.0/16'] });
    const web = new Server(chart, 'web', {}, {
      ports: [
        { number: 8080, name: 'http', appProtocol: 'http' }, { number: 8443, name: 'https', appProtocol: 'HTTPS' },
        { number: 9000, name: 'grpc', appProtocol: 'grpc' }, { number: 9001, name: 'raw' },
        { number: 8444, name: 'quic', appProtocol: 'https', protocol: Protocol.UDP },
      ],
    });
    const ports = [{ target: 'http', number: 80 }, ...['https', 'grpc', 'raw', 'quic'].map(target => ({ target }))];
    new Service(chart, 'front', { backends: [web], ports, type: ServiceType.loadBalancer({ externalTrafficPolicy }) });
    return named(accepted(chart), 'Service', 'front').metadata.annotations;
  }

  test('Azure looks whether ports of HTTP are open, where it would ask them for a path', () => {
    expect(probes(AZURE, TrafficPolicy.CLUSTER)).toEqual({
      'service.beta.kubernetes.io/port_80_health-probe_protocol': 'tcp', 'service.beta.kubernetes.io/port_8443_health-probe_protocol': 'tcp',
    });
    expect([probes(AZURE), probes(GKE, TrafficPolicy.CLUSTER)]).toEqual([undefined, undefined]);
  });

  test('Services that share an address send traffic by way of any node, unless told otherwise', () => {
    const profile = { loadBalancers: METALLB, nodeCidrs: ['10.0.0.0/16'] };
    expect(rendered({ sharingKey: 'edge' }, profile).spec.externalTrafficPolicy).toBe('Cluster');
    expect(rendered({ sharingKey: 'edge', externalTrafficPolicy: TrafficPolicy.LOCAL }, profile).spec.externalTrafficPolicy).toBe('Local');
  });

  test.each<[string, LoadBalancerOptions, ClusterProfileProps, string]>([
    ['a class that is no name', { loadBalancerClass: 'a b' }, {},
      "KEELSON1706 'type.loadBalancerClass' must be the name of a class of load balancers, got 'a b': write it like 'example.com/internal'"],
    ['what an unknown controller is asked for', { internal: true }, {},
      "KEELSON1708 'type.internal' must be left out: load balancers of 'unspecified' can be asked for nothing, got true: "
      + "give the cluster profile's 'loadBalancers', or use 'annotations'"],
    ['what a controller can not be asked for', { internal: true }, { loadBalancers: METALLB },
      "KEELSON1708 'type.internal' must be left out: load balancers of 'MetalLB' can be asked for addresses, pool, sharingKey only, got true: "
      + "give the cluster profile's 'loadBalancers', or use 'annotations'"],
    ['a pool of GKE', { pool: 'public' }, { loadBalancers: GKE },
      "KEELSON1708 'type.pool' must be left out: load balancers of 'GKE' can be asked for internal only, got 'public': "
      + "give the cluster profile's 'loadBalancers', or use 'annotations'"],
    ['what the controller of another class is asked for', { internal: true, loadBalancerClass: 'example.com/own' }, { loadBalancers: AWS },
      "KEELSON1708 'type.internal' must be left out: load balancers of 'example.com/own' can be asked for nothing, got true: "
      + "give the cluster profile's 'loadBalancers', or use 'annotations'"],
    ['an address that is none', { addresses: ['edge'] }, { loadBalancers: METALLB },
      "KEELSON1087 'type.addresses' must be an IP address, got 'edge': write it like '10.1.2.3' or '2001:db8::1'"],
    ['two addresses of one family', { addresses: ['203.0.113.7', '203.0.113.8'] }, { loadBalancers: METALLB },
      "KEELSON1710 'type.addresses' must be one address of each IP family, got '203.0.113.8', a second one of IPv4: keep one of the two"],
    ['an address of a family that the cluster has not', { addresses: ['2001:db8::7'] }, { loadBalancers: METALLB },
      "KEELSON1720 'type.addresses' must be an address of a family that the Service has (IPv4), got '2001:db8::7', which is IPv6: "
      + "give one of that family, or say in the cluster profile's 'ipFamilies' and the Service's that there are others"],
    ['a pool without a name', { pool: '' }, { loadBalancers: METALLB }, "KEELSON1060 'type.pool' must be a name for the IPAddressPool, got '': name it like 'storefront'"],
    ['an empty key', { sharingKey: '' }, { loadBalancers: METALLB }, "KEELSON1732 'type.sharingKey' must be a text, got '': leave it out for an address of its own"],
    ['no source ranges, which would be all', { sourceRanges: [] }, {},
      "KEELSON1734 'type.sourceRanges' must be at least one CIDR, got none: name where clients come from, or leave it out to let everybody in"],
    ['a source range of a family that the Service has not', { sourceRanges: ['203.0.113.0/24', '2001:DB8::/32'] }, {},
      "KEELSON1720 'type.sourceRanges' must be an address of a family that the Service has (IPv4), got '2001:db8::/32', which is IPv6: "
      + "give one of that family, or say in the cluster profile's 'ipFamilies' and the Service's that there are others"],
    ['source ranges of one of two families', { sourceRanges: ['203.0.113.0/24'] }, { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] },
      "KEELSON1735 'type.sourceRanges' must be CIDRs of each family that the Service has (IPv4, IPv6), got none of IPv6, which lets in everybody by IPv6: "
      + "add one of IPv6, or give the Service one family by 'ipFamilies'"],
    ['a source range with bits beyond its length', { sourceRanges: ['203.0.113.7/24'] }, {},
      "KEELSON1083 'type.sourceRanges' must be a CIDR with no bits set beyond the prefix length, got '203.0.113.7/24': "
      + "try '203.0.113.0/24', or '203.0.113.7/32' for the one address"],
  ])('refused: %s', (_, options, profile, message) => {
    expect(mistakesOf(options, profile)).toEqual([message]);
  });
});

describe('S4 several load balancers', () => {
  const PROFILE = { loadBalancers: METALLB, nodeCidrs: ['10.0.0.0/16'] };
  const KEY = { sharingKey: 'edge' };
  const LOCAL_KEY = { ...KEY, externalTrafficPolicy: TrafficPolicy.LOCAL };

  /** Two Services, each before a server of its own, on the port that its number says. */
  function pair(
    one: LoadBalancerOptions, two: LoadBalancerOptions, numbers: [number, number], profile: ClusterProfileProps = PROFILE, shared = false,
  ): string[] {
    const chart = charted(profile);
    const web = new Server(chart, 'web');
    const other = shared ? web : new Server(chart, 'other');
    new Service(chart, 'one', { backends: [web], ports: [{ target: 'http', number: numbers[0] }], type: ServiceType.loadBalancer(one) });
    new Service(chart, 'two', { backends: [other], ports: [{ target: 'http', number: numbers[1] }], type: ServiceType.loadBalancer(two) });
    return mistakes(chart.node.root);
  }

  const ADDRESS = { addresses: ['203.0.113.7'] };
  const AZURE_PROFILE = { ...PROFILE, loadBalancers: AZURE };

  test.each<[string, string[]]>([
    ['one key on different ports', pair(KEY, KEY, [80, 443])],
    ['one key and one address on different ports', pair({ ...KEY, ...ADDRESS }, { ...KEY, ...ADDRESS }, [80, 443])],
    ['one key, local, before the same pods', pair(LOCAL_KEY, LOCAL_KEY, [80, 443], PROFILE, true)],
    ['two keys on one port', pair(KEY, { sharingKey: 'back' }, [80, 80])],
    ['one key with two addresses on one port', pair({ ...KEY, ...ADDRESS }, { ...KEY, addresses: ['203.0.113.8'] }, [80, 80])],
    ['one key with two pools on one port', pair({ ...KEY, pool: 'a' }, { ...KEY, pool: 'b' }, [80, 80])],
    ['no key on one port', pair({}, {}, [80, 80])],
    ['one address of Azure, which has no keys, on different ports', pair(ADDRESS, ADDRESS, [80, 443], AZURE_PROFILE)],
  ])('takes %s', (_, found) => {
    expect(found).toEqual([]);
  });

  test('takes one key on one port in two clusters, and a port of another protocol', () => {
    const app = Testing.app();
    for (const id of ['here', 'there']) {
      const chart = new Chart(app, id, { namespace: id });
      ClusterProfile.kubernetes(PROFILE).applyTo(chart);
      const web = new Server(chart, 'web', {}, { ports: [{ number: 53, name: 'tcp' }, { number: 53, name: 'udp', protocol: Protocol.UDP }] });
      for (const target of ['tcp', 'udp']) {
        new Service(chart, target, { backends: [web], ports: [{ target }], type: ServiceType.loadBalancer(KEY) });
      }
    }
    expect(mistakes(app)).toEqual([]);
  });

  const TWO = '[shop/two/Resource]';
  const SERVICE_ONE = 'Service [shop/one/Resource]';

  test.each<[string, string[], string]>([
    ['one key on one port', pair(KEY, KEY, [80, 80]),
      `KEELSON1731 'spec.ports.port' must be a port that nothing else has on the shared address, as ${SERVICE_ONE} has this one, got 80/TCP: choose another one, or an address of its own`],
    ['one key on one port where one of the two asks for an address', pair({ ...KEY, ...ADDRESS }, KEY, [80, 80]),
      `KEELSON1731 'spec.ports.port' must be a port that nothing else has on the shared address, as ${SERVICE_ONE} has this one, got 80/TCP: choose another one, or an address of its own`],
    ['one address of Azure on one port', pair(ADDRESS, ADDRESS, [80, 80], AZURE_PROFILE),
      `KEELSON1731 'spec.ports.port' must be a port that nothing else has on the shared address, as ${SERVICE_ONE} has this one, got 80/TCP: choose another one, or an address of its own`],
    ['one key before different pods, local', pair(LOCAL_KEY, LOCAL_KEY, [80, 443]),
      `KEELSON1733 'type.sharingKey' must be a key of Services with TrafficPolicy.CLUSTER, or before the same pods, as ${SERVICE_ONE} has it too, got 'edge': `
      + 'leave externalTrafficPolicy out of both, or give this one an address of its own'],
    ['one key, local and not', pair(KEY, LOCAL_KEY, [80, 443], PROFILE, true),
      `KEELSON1733 'type.sharingKey' must be a key of Services with TrafficPolicy.CLUSTER, or before the same pods, as ${SERVICE_ONE} has it too, got 'edge': `
      + 'leave externalTrafficPolicy out of both, or give this one an address of its own'],
    ['one address without a key', pair(ADDRESS, ADDRESS, [80, 443]),
      `KEELSON1733 'type.addresses' must be an address that no other Service asks for, as ${SERVICE_ONE} does for this one, got '203.0.113.7': `
      + "give both the same 'sharingKey', or ask for another one"],
    ['one address with two keys', pair({ ...ADDRESS, ...KEY }, { ...ADDRESS, sharingKey: 'back' }, [80, 443]),
      `KEELSON1733 'type.addresses' must be an address that no other Service asks for, as ${SERVICE_ONE} does for this one, got '203.0.113.7': `
      + "give both the same 'sharingKey', or ask for another one"],
  ])('refused: %s', (_, found, message) => {
    expect(found).toEqual([`${TWO} ${message}`]);
  });
});

describe('what makes load balancers', () => {
  test.each([
    [{ name: ' ' }, "KEELSON1726 'cluster.loadBalancers.name' must be the name of what makes load balancers, got ' ': name it like 'MetalLB'"],
    [{ name: 'own', className: '' },
      "KEELSON1706 'cluster.loadBalancers.className' must be the name of a class of load balancers, got '': write it like 'example.com/internal'"],
    [{ name: 'own', poolAnnotation: 'a b' },
      "KEELSON1052 'cluster.loadBalancers.poolAnnotation' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    [{ name: 'own', internalAnnotations: { 'a/b/c': 'x' } },
      "KEELSON1050 'cluster.loadBalancers.internalAnnotations' must be an annotation key with at most one '/', got 'a/b/c': try 'a/b-c'"],
  ])('refused: %j', (props, message) => {
    const app = Testing.app();
    ClusterProfile.kubernetes({ loadBalancers: LoadBalancerController.of(props) }).applyTo(app);
    expect(mistakes(app)).toEqual([`[] ${message}`]);
  });

  test('the constants are right', () => {
    for (const controller of [METALLB, CILIUM, AWS, AWS_CLASSIC, EKS_AUTO_MODE, GKE, AZURE, LoadBalancerController.UNSPECIFIED]) {
      expect([controller.name, controller.faults]).toEqual([controller.name, []]);
    }
  });
});
