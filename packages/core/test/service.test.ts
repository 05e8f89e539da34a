import { ApiObject, type App, Chart, Duration, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  Cni, ClusterProfile, type ClusterProfileProps, EnvValue, ExternalNameService, ExternalNameTarget, IpFamily, IpFamilyPolicy, Manifest,
  Peer, PodDefaults, Port, Protocol, SelectorlessService, Service, ServiceBackend, type ServiceOptions, type ServiceProps, ServiceType,
  SessionAffinity, TrafficDistribution, TrafficPolicy, Volume, Warnings,
} from '../src';
import { accepted, charted, IMAGE, mistakes, named, Server } from './server';
import { Ledger } from './specimens/workloads';

const DUAL: ClusterProfileProps = { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] };
const HTTP = { name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' };

function over(props: Partial<ServiceProps> = {}, profile: ClusterProfileProps = {}) {
  const chart = charted(profile);
  const web = new Server(chart, 'web');
  const service = new Service(chart, 'front', { backends: [web], ...props });
  return { chart, web, service };
}

/** The Service that is rendered, and the policy of the pods behind it. */
function rendered(props: Partial<ServiceProps> = {}, profile: ClusterProfileProps = {}) {
  const { chart } = over(props, profile);
  const objects = accepted(chart);
  const service = named(objects, 'Service', 'front');
  return { service, spec: service.spec, ingress: named(objects, 'NetworkPolicy', 'web').spec.ingress, warnings: Warnings.of(chart) };
}

/** What is wrong with the Service, without its path. */
function mistakesOf(props: Partial<ServiceProps>, profile: ClusterProfileProps = {}): string[] {
  return mistakes(over(props, profile).chart).map(line => line.replace('[shop/front] ', ''));
}

const portsOf = (ports: { name: string; number: number; protocol?: Protocol }[]) => ({ ports });

describe('S1 ClusterIP', () => {
  test('has all ports that its workload offers, under the names and numbers of the containers, and its labels', () => {
    const { service, ingress } = rendered();
    expect(service.spec).toEqual({ type: 'ClusterIP', selector: { 'app.kubernetes.io/instance': 'web' }, ports: [HTTP] });
    expect(service.metadata.labels['app.kubernetes.io/instance']).toBe('web');
    expect(service.metadata.annotations).toBeUndefined();
    expect(ingress).toEqual([{ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } } }], ports: [{ port: 8080, protocol: 'TCP' }] }]);
  });

  test('leaves out ports that the workload declares and does not offer', () => {
    const chart = charted();
    const web = new Server(chart, 'web', { offers: { ports: [Port.tcp(8080)] } }, portsOf([{ name: 'http', number: 8080 }, { name: 'peer', number: 7946 }]));
    new Service(chart, 'front', { backends: [web] });
    expect(named(accepted(chart), 'Service', 'front').spec.ports).toEqual([HTTP]);
  });

  test('has the ports given, by the name of the container port, of a sidecar too', () => {
    const chart = charted();
    const web = new Server(chart, 'web', {
      sidecars: [{ name: 'proxy', image: 'registry.example.com/proxy:1', ports: [{ number: 15090 }, { number: 53, protocol: Protocol.UDP }] }],
    });
    new Service(chart, 'front', {
      backends: [web], ports: [{ target: 'http', number: 80, name: 'web', appProtocol: 'kubernetes.io/ws' }, { target: 'tcp-15090' }, { target: 'udp-53' }],
    });
    expect(named(accepted(chart), 'Service', 'front').spec.ports).toEqual([
      { name: 'web', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'kubernetes.io/ws' },
      { name: 'tcp-15090', port: 15090, targetPort: 'tcp-15090', protocol: 'TCP' },
      { name: 'udp-53', port: 53, targetPort: 'udp-53', protocol: 'UDP' },
    ]);
  });

  test('several Services stand before one workload', () => {
    const { chart, web } = over();
    new Service(chart, 'other', { backends: [web, web], name: 'back', labels: { tier: 'back' }, annotations: { note: 'x' } });
    const back = named(accepted(chart), 'Service', 'back');
    expect([back.metadata.labels, back.metadata.annotations, back.spec.selector]).toEqual([{ tier: 'back' }, { note: 'x' }, { 'app.kubernetes.io/instance': 'web' }]);
  });

  test('one Service stands before several workloads: their pods get a label in common, and their selectors stay', () => {
    const chart = charted();
    const [blue, green] = ['blue', 'green'].map(id => new Server(chart, id)) as [Server, Server];
    new Service(chart, 'front', { backends: [blue, green] });
    const objects = accepted(chart);
    const { metadata, spec } = named(objects, 'Service', 'front');
    expect(spec.selector).toEqual({ 'service.keelson/front': 'true' });
    expect(metadata.labels).toEqual({ 'app.kubernetes.io/name': 'front', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'keelson' });
    for (const name of ['blue', 'green']) {
      const deployment = named(objects, 'Deployment', name);
      expect(deployment.spec.template.metadata.labels).toMatchObject({ 'service.keelson/front': 'true', 'app.kubernetes.io/instance': name });
      expect(deployment.spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': name } });
      expect(deployment.metadata.labels['service.keelson/front']).toBeUndefined();
    }
  });

  const SHARED = { 'service.keelson/front': 'true' };

  test.each([1, 2])('pods ahead of joining carry the label in common while the Service has one backend (%i workloads prepared)', prepared => {
    const chart = charted();
    const workloads = ['blue', 'green'].map((id, at) => new Server(chart, id, at < prepared ? { podLabels: SHARED } : {}));
    new Service(chart, 'front', { backends: workloads.slice(0, 1) });
    expect(named(accepted(chart), 'Service', 'front').spec.selector).toEqual({ 'app.kubernetes.io/instance': 'blue' });
  });

  test('backends may carry the label in common by themselves, and pods of another namespace or Service are none of its business', () => {
    const chart = charted();
    new Service(chart, 'front', { backends: ['blue', 'green'].map(id => new Server(chart, id, { podLabels: SHARED })) });
    new Server(chart, 'other', { podLabels: { 'service.keelson/back': 'true' } });
    const elsewhere = new Chart(chart.node.root as App, 'elsewhere', { namespace: 'elsewhere' });
    new Server(elsewhere, 'other', { podLabels: SHARED });
    expect(mistakes(chart.node.root)).toEqual([]);
  });

  test.each<[string, string, (chart: Chart) => void]>([
    ['a workload', 'Deployment [shop/red/Deployment]', chart => new Server(chart, 'red', { podLabels: SHARED })],
    ['a Pod of one\'s own', 'Pod [shop/red]', (chart) => {
      const metadata = { name: 'red', labels: SHARED };
      new ApiObject(chart, 'red', { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'a', image: IMAGE }] } });
    }],
    ['what PodDefaults label', 'Deployment [shop/red/Deployment]', (chart) => {
      new PodDefaults({ labels: SHARED }).applyTo(chart);
      new Server(chart, 'red');
    }],
  ])('refused: pods of %s that carry the label of a Service with two backends', (_, title, define) => {
    const chart = charted();
    new Service(chart, 'front', { backends: ['blue', 'green'].map(id => new Server(chart, id)) });
    define(chart);
    expect(mistakes(chart.node.root)).toEqual(["[shop/front/Resource] KEELSON1730 'spec.selector' must be a label that only the pods of its backends carry, got "
      + `service.keelson/front=true, which selects the pods of ${title} too: name that workload in 'backends', or take the label from its pods: `
      + 'ahead of joining they may carry it only while the Service has one backend']);
  });

  test('backends may listen on different numbers where the Service has one of its own', () => {
    const chart = charted();
    const backends = [8080, 9090].map(number => new Server(chart, `web-${number}`, {}, portsOf([{ name: 'http', number }])));
    new Service(chart, 'front', { backends, ports: [{ target: 'http', number: 80 }] });
    expect(named(accepted(chart), 'Service', 'front').spec.ports).toEqual([{ ...HTTP, port: 80 }]);
  });

  test('pods made elsewhere are selected by their labels', () => {
    const chart = charted();
    new Service(chart, 'front', { backends: [ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [{ number: 8080, name: 'http' }] })] });
    expect(named(accepted(chart), 'Service', 'front').spec).toEqual({ type: 'ClusterIP', selector: { app: 'legacy' }, ports: [HTTP] });
  });

  test('leads to the number of a port that pods made elsewhere gave no name', () => {
    const chart = charted();
    new Service(chart, 'front', { backends: [ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [{ number: 8080 }] })] });
    expect(named(accepted(chart), 'Service', 'front').spec.ports).toEqual([{ name: 'tcp-8080', port: 8080, targetPort: 8080, protocol: 'TCP' }]);
  });

  test('warns where the network plugin can not keep traffic to a node, and only there', () => {
    const warned = (cni: Cni, internalTrafficPolicy?: TrafficPolicy) => rendered({ internalTrafficPolicy }, { cni }).warnings;
    expect(warned(Cni.GKE_DATAPLANE_V2, TrafficPolicy.LOCAL)).toEqual(["[shop/front] KEELSON1736 GKE Dataplane V2 doesn't support 'internalTrafficPolicy': "
      + 'clients may reach pods of other nodes, or none: leave it out, or try TrafficDistribution.PREFER_SAME_ZONE']);
    const { GKE_DATAPLANE_V2: gke, CILIUM: cilium } = Cni;
    expect([warned(gke, TrafficPolicy.CLUSTER), warned(gke), warned(cilium, TrafficPolicy.LOCAL)]).toEqual([[], [], []]);
  });

  test('on GKE no CIDR lets nodes in, so traffic by way of any node is open to all', () => {
    const { ingress, warnings } = rendered({ type: ServiceType.nodePort() }, { cni: Cni.GKE_DATAPLANE_V2, nodeCidrs: ['10.0.0.0/16'] });
    expect(ingress).toEqual([{ ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(warnings).toEqual(["[shop/front] KEELSON1711 its pods' network policy lets everybody in on its ports, pods of the cluster too: "
      + "pods see the address of a node instead of the client's, and no CIDR matches nodes on GKE Dataplane V2: use TrafficPolicy.LOCAL"]);
  });

  test.each<[string, object, string]>([
    ['internalTrafficPolicy', { internalTrafficPolicy: 'local' }, "KEELSON1585 'internalTrafficPolicy' must be one of Cluster, Local, got 'local': write TrafficPolicy.LOCAL"],
    ['trafficDistribution', { trafficDistribution: 'PreferClose' },
      "KEELSON1585 'trafficDistribution' must be one of PreferSameZone, PreferSameNode, got 'PreferClose': "
      + 'choose a member of TrafficDistribution, such as TrafficDistribution.PREFER_SAME_ZONE'],
    ['ipFamilyPolicy', { ipFamilyPolicy: 'singleStack' },
      "KEELSON1585 'ipFamilyPolicy' must be one of SingleStack, PreferDualStack, RequireDualStack, got 'singleStack': write IpFamilyPolicy.SINGLE_STACK"],
    ['ipFamilies', { ipFamilies: ['IPv4', 'ipv6'] }, "KEELSON1585 'ipFamilies[1]' must be one of IPv4, IPv6, got 'ipv6': write IpFamily.IPV6"],
    ['sessionAffinity', { sessionAffinity: 'ClientIP' }, "KEELSON1587 'sessionAffinity' must be a value of SessionAffinity, got 'ClientIP': use SessionAffinity.clientIp()"],
    ['type', { type: 'LoadBalancer' }, "KEELSON1587 'type' must be a value of ServiceType, got 'LoadBalancer': use ServiceType.clusterIp()"],
    ['externalTrafficPolicy of a NodePort', { type: ServiceType.nodePort({ externalTrafficPolicy: 'Node' as TrafficPolicy }) },
      "KEELSON1585 'type.externalTrafficPolicy' must be one of Cluster, Local, got 'Node': choose a member of TrafficPolicy, such as TrafficPolicy.CLUSTER"],
    ['externalTrafficPolicy of a load balancer', { type: ServiceType.loadBalancer({ externalTrafficPolicy: 'CLUSTER' as TrafficPolicy }) },
      "KEELSON1585 'type.externalTrafficPolicy' must be one of Cluster, Local, got 'CLUSTER': write TrafficPolicy.CLUSTER"],
  ])('refused: %s that is none, from a program without types', (_, props, message) => {
    expect(mistakesOf(props, DUAL)).toEqual([message]);
  });

  test('gives the same objects twice', () => {
    const { chart } = over({ type: ServiceType.loadBalancer() });
    expect(JSON.stringify(Testing.synth(chart))).toBe(JSON.stringify(Testing.synth(chart)));
  });

  test.each<[string, Partial<ServiceProps>, string]>([
    ['nothing behind it', { backends: [] }, "KEELSON1690 'backends' must be at least one workload, got none: name it, or use a SelectorlessService for addresses"],
    ['a port that the containers do not declare', { ports: [{ target: 'htpp' }] },
      "KEELSON1692 'ports.htpp' must be the name of a port that every backend declares; 'shop/web' has http, got 'htpp': name one of its ports, or have it declare this one"],
    ['a port of pods made elsewhere whose name is too long', { backends: [ServiceBackend.fromPodLabels({ labels: { app: 'x' }, ports: [{ number: 80, name: 'x'.repeat(16) }] })] },
      `KEELSON1093 'ports.${'x'.repeat(16)}.target' must be at most 15 characters long, got '${'x'.repeat(16)}': try '${'x'.repeat(15)}'`],
    ['two ports of one number', { ports: [{ target: 'http' }, { target: 'http', name: 'again' }] },
      "KEELSON1694 'ports.again.number' must be a number of its own, got 8080/TCP again: give one of the two another 'number'"],
    ['two ports of one name', { ports: [{ target: 'http' }, { target: 'http', number: 80 }] },
      "KEELSON1695 'ports.http.name' must be a name of its own, got 'http' again: give one of the two another 'name'"],
    ['a number that is none', { ports: [{ target: 'http', number: 65536 }] },
      "KEELSON1090 'ports.http.number' must be an integer from 1 to 65535, got 65536: give the port that is listened on"],
    ['a port name that is no DNS label', { ports: [{ target: 'http', name: 'a_b' }] },
      "KEELSON1062 'ports.a_b.name' must be lower-case letters, digits and '-' for a port, got 'a_b': try 'a-b'"],
    ['an application protocol that is no name', { ports: [{ target: 'http', appProtocol: 'a b' }] },
      "KEELSON1431 'ports.http.appProtocol' must be a protocol of the IANA registry, or one with the domain of who gave it the name, got 'a b': "
      + "write it like 'http' or 'kubernetes.io/h2c'"],
    ['a port on the nodes', { ports: [{ target: 'http', nodePort: 30080 }] },
      "KEELSON1697 'ports.http.nodePort' must be left out where no node has a port for the Service, got 30080: make it ServiceType.nodePort() or loadBalancer()"],
    ['no ports', { ports: [] }, "KEELSON1699 'ports' must be at least one port, got none: have the backend declare one, or make the Service headless"],
    ['pods of no label', { backends: [ServiceBackend.fromPodLabels({ labels: {}, ports: [{ number: 8080 }] })] },
      "KEELSON1360 'backends.labels' must be at least one label, got none, which selects everything: give one, or use labels that only its pods carry"],
  ])('refused: %s', (_, props, message) => {
    expect(mistakesOf(props)).toEqual([message]);
  });

  test('refused: a workload of another namespace', () => {
    const { chart, web } = over();
    const other = new Chart(chart.node.root, 'edge', { namespace: 'edge' });
    new Service(other, 'front', { backends: [web] });
    expect(mistakes(chart)).toContain("[edge/front] KEELSON1691 'backends' must be a workload of namespace 'edge', got 'shop/web' of namespace 'shop': "
      + 'have the Service in the namespace of its pods; an ExternalNameService can give it a name here');
  });

  test.each([
    [{ number: 9090 }, {}, "KEELSON1693 'ports.http.number' must be given, where backends listen on different numbers, got 8080 and 9090: name the Service's own number"],
    [{ number: 8080, protocol: Protocol.UDP }, {}, "KEELSON1693 'ports.http' must be of one protocol in all backends, got TCP and UDP: have the port 'http' of all of them speak one"],
    [{ number: 9090 }, { type: ServiceType.headless() },
      "KEELSON1696 'ports.http.number' must be the container's number, the same in all backends, of a headless Service, got 8080 and 9090: "
      + 'leave it out: nothing stands between clients and pods that could change it'],
  ])('refused: backends that do not agree on a port, %j', (port, options: ServiceOptions, message) => {
    const chart = charted();
    const backends = [{ number: 8080 }, port].map((each, at) => new Server(chart, `web-${at}`, {}, portsOf([{ name: 'http', ...each }])));
    new Service(chart, 'front', { backends, ...options });
    expect(mistakes(chart)).toEqual([`[shop/front] ${message}`]);
  });

  test('refused: pods made elsewhere among several backends, which no label can be added to', () => {
    const { chart, web } = over();
    new Service(chart, 'both', { backends: [web, ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [{ number: 8080, name: 'http' }] })] });
    expect(mistakes(chart)).toEqual(["[shop/both] KEELSON1700 'backends' must be workloads of this app, where there are several: their pods get a label in common, "
      + "got pods 'app=legacy': select all pods by one label that they carry, with one ServiceBackend.fromPodLabels"]);
  });

  test('what a workload makes for itself is judged too, unless its own props are wrong', () => {
    const own = (ports: { name: string; number: number }[]) => {
      const chart = charted();
      const web = new Server(chart, 'web', {}, { ports });
      new Service(web, 'Service', { name: 'web', backends: [web], ports: [{ target: 'htpp' }] });
      return mistakes(chart);
    };
    expect(own([{ name: 'http', number: 8080 }])).toEqual(["[shop/web/Service] KEELSON1692 'ports.htpp' must be the name of a port that every backend declares; "
      + "'shop/web' has http, got 'htpp': name one of its ports, or have it declare this one"]);
    expect(own([{ name: 'http', number: 0 }])).toEqual(["[shop/web] KEELSON1090 'ports.http' must be an integer from 1 to 65535, got 0: give the port that is listened on"]);
  });

  test('a name that is none is said once, of the object', () => {
    expect(mistakesOf({ name: '1st' })).toEqual(["[shop/front/Resource] KEELSON1065 'metadata.name' must be a name that begins with a letter for a Service, got '1st': try 'st'"]);
  });
});

describe('S2 headless', () => {
  test('has no address, and tells of pods that are not ready where asked', () => {
    expect(rendered({ type: ServiceType.headless() }).spec).toEqual({
      type: 'ClusterIP', clusterIP: 'None', selector: { 'app.kubernetes.io/instance': 'web' }, ports: [HTTP],
    });
    expect(rendered({ type: ServiceType.headless({ publishNotReadyAddresses: true }) }).spec.publishNotReadyAddresses).toBe(true);
  });

  test('does without ports', () => {
    const chart = charted();
    new Service(chart, 'front', { backends: [new Server(chart, 'web', {}, { ports: [] })], type: ServiceType.headless() });
    expect(named(accepted(chart), 'Service', 'front').spec.ports).toBeUndefined();
  });

  test('gives pods of a StatefulSet names', () => {
    const chart = charted();
    const ledger = new Ledger(chart, 'ledger', { image: 'registry.example.com/ledger:1' });
    ledger.node.tryRemoveChild('Service');
    new Manifest(chart, 'claims', { apiVersion: 'v1', kind: 'ConfigMap' });
    const service = new Service(chart, 'ledger-headless', { backends: [ledger], type: ServiceType.headless({ publishNotReadyAddresses: true }) });
    expect(service.podDnsName('ledger-0')).toBe('ledger-0.ledger-headless.shop.svc.cluster.local');
    expect(mistakes(chart).filter(line => line.includes('KEELSON17'))).toEqual([]);
  });

  test('refused: a StatefulSet that names a Service with an address', () => {
    const chart = charted();
    const ledger = new Ledger(chart, 'ledger', { image: 'registry.example.com/ledger:1', volumes: { '/data': Volume.fromClaimTemplate('data') } });
    ledger.node.tryRemoveChild('Service');
    new Service(chart, 'ledger-headless', { backends: [ledger] });
    expect(mistakes(chart)).toEqual(["[shop/ledger/StatefulSet] KEELSON1723 'spec.serviceName' must be the name of a headless Service, got ledger-headless, "
      + 'which has an address of its own: make it ServiceType.headless(): else the pods have no names']);
  });

  test.each<[string, ServiceOptions, string]>([
    ['a Service with an address', {}, "KEELSON1724 'podDnsName' must be asked of a headless Service, got a Service of type ClusterIP: make it ServiceType.headless()"],
    ['a Service that no StatefulSet names', { type: ServiceType.headless() },
      "KEELSON1724 'podDnsName' must be asked of a Service that a StatefulSet of the app names as its serviceName, got front: "
      + "give the StatefulSet this Service's name as its 'serviceName'"],
  ])('refused: names of pods below %s', (_, props, message) => {
    const { chart, service } = over(props);
    service.podDnsName('web-0');
    expect(mistakes(chart)).toEqual([`[shop/front] ${message}`]);
  });

  test.each<[string, ServiceOptions]>([
    ['sessionAffinity', { sessionAffinity: SessionAffinity.clientIp() }],
    ['internalTrafficPolicy', { internalTrafficPolicy: TrafficPolicy.LOCAL }],
    ['trafficDistribution', { trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE }],
    ['unsafeExternalIps', { unsafeExternalIps: ['203.0.113.7'] }],
  ])('refused: %s, which nothing could do', (prop, options) => {
    expect(mistakesOf({ type: ServiceType.headless(), ...options })).toEqual([
      `KEELSON1702 '${prop}' must be left out for a headless Service, which has nothing that could do it, got given: remove it, or make the Service ServiceType.clusterIp()`,
    ]);
  });

  test('refused: another number than the container has', () => {
    expect(mistakesOf({ type: ServiceType.headless(), ports: [{ target: 'http', number: 80 }] })).toEqual([
      "KEELSON1696 'ports.http.number' must be the container's number, the same in all backends, of a headless Service, got 80 and 8080: "
      + 'leave it out: nothing stands between clients and pods that could change it',
    ]);
  });
});

describe('S3 NodePort', () => {
  const nodePort = (number: number) => ({ type: ServiceType.nodePort(), ports: [{ target: 'http', nodePort: number }] });

  test.each([30000, 32767])('has the port chosen, here %i', number => {
    const { spec } = rendered(nodePort(number));
    expect([spec.type, spec.externalTrafficPolicy, spec.ports]).toEqual(['NodePort', 'Cluster', [{ ...HTTP, nodePort: number }]]);
  });

  test.each([29999, 32768, 30000.5])('refused: %d, which is out of range', number => {
    expect(mistakesOf(nodePort(number))).toEqual([
      `KEELSON1698 'ports.http.nodePort' must be an integer from 30000 to 32767, got ${number}: choose one of these, or give the profile's 'nodePortRange' as the cluster has it`,
    ]);
  });

  test('the profile knows another range', () => {
    expect(mistakesOf(nodePort(80), { nodePortRange: '80-443' })).toEqual([]);
    expect(mistakesOf(nodePort(30000), { nodePortRange: '80-443' })[0]).toContain("KEELSON1698 'ports.http.nodePort' must be an integer from 80 to 443, got 30000");
  });

  test.each(['', '80', '443-80', '0-80', '1-65536', 'a-b', '30000 - 32767'])('refused: the range %j', range => {
    const app = Testing.app();
    ClusterProfile.kubernetes({ nodePortRange: range }).applyTo(app);
    expect(mistakes(app)).toEqual([
      `[] KEELSON1725 'cluster.nodePortRange' must be two ports from 1 to 65535, the lower first, got '${range}': write it like '30000-32767', `
      + "as the API server's --service-node-port-range",
    ]);
  });

  test('refused: one port of the nodes for two Services, in whatever namespace', () => {
    const { chart } = over(nodePort(30080));
    const other = new Chart(chart.node.root, 'edge', { namespace: 'edge' });
    new Service(other, 'front', { backends: [new Server(other, 'web', {}, portsOf([{ name: 'http', number: 8080, protocol: Protocol.UDP }]))], ...nodePort(30080) });
    expect(mistakes(chart)).toEqual(["[edge/front/Resource] KEELSON1722 'spec.ports.nodePort' must be a port that nothing else has on the nodes, "
      + 'as Service [shop/front/Resource] has this one, got 30080: choose another one, or leave it out']);
  });

  test('refused: one port of the nodes for two Services that are written by hand', () => {
    const chart = charted();
    for (const name of ['a', 'b']) {
      new Manifest(chart, name, { apiVersion: 'v1', kind: 'Service', spec: { type: 'NodePort', selector: { app: 'x' }, ports: [{ port: 80, nodePort: 30080 }] } });
    }
    expect(mistakes(chart).map(line => line.slice(0, 22))).toEqual(['[shop/b] KEELSON1722 \'']);
  });

  test('other clusters of the app have other nodes', () => {
    const { chart } = over(nodePort(30080));
    const other = new Chart(chart.node.root, 'edge', { namespace: 'edge' });
    ClusterProfile.kubernetes({ nodeCidrs: ['10.0.0.0/16'] }).applyTo(other);
    new Service(other, 'front', { backends: [new Server(other, 'web')], ...nodePort(30080) });
    expect(mistakes(chart)).toEqual([]);
  });

  test('refused: one port of the nodes for two of its own ports, but for different protocols', () => {
    expect(mistakesOf({ type: ServiceType.nodePort(), ports: [{ target: 'http', nodePort: 30080 }, { target: 'http', number: 80, name: 'b', nodePort: 30080 }] })).toEqual([
      "KEELSON1722 'ports.b.nodePort' must be a port that nothing else has on the nodes, got 30080 again: choose another one, or leave it out",
    ]);
    const chart = charted();
    const dns = new Server(chart, 'dns', {}, portsOf([{ name: 'dns', number: 5353 }, { name: 'dns-udp', number: 5353, protocol: Protocol.UDP }]));
    new Service(chart, 'front', { backends: [dns], type: ServiceType.nodePort(), ports: ['dns', 'dns-udp'].map(target => ({ target, nodePort: 30053 })) });
    expect(accepted(chart)).toHaveLength(4);
  });

  test('lets nodes in, in whose place pods see clients, and the pods\' range, where some plugins have the nodes\' addresses', () => {
    const { ingress, warnings } = rendered({ type: ServiceType.nodePort() }, { nodeCidrs: ['10.0.0.0/16'], podCidrs: ['10.244.0.0/16'] });
    expect(ingress).toEqual([{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }, { ipBlock: { cidr: '10.244.0.0/16' } }], ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(warnings).toEqual([]);
  });

  test('lets everybody in where nodes are not known, and says so', () => {
    const { ingress, warnings } = rendered({ type: ServiceType.nodePort() });
    expect(ingress).toEqual([{ ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(warnings).toEqual(["[shop/front] KEELSON1711 its pods' network policy lets everybody in on its ports, pods of the cluster too: pods see the address of a node "
      + "instead of the client's, and the cluster profile doesn't name 'nodeCidrs': use TrafficPolicy.LOCAL, or name 'nodeCidrs'"]);
  });

  test('lets everybody in where no CIDR matches nodes, and says so', () => {
    const { ingress, warnings } = rendered({ type: ServiceType.nodePort() }, { cni: Cni.CILIUM, nodeCidrs: ['10.0.0.0/16'] });
    expect(ingress).toEqual([{ ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(warnings).toEqual(["[shop/front] KEELSON1711 its pods' network policy lets everybody in on its ports, pods of the cluster too: pods see the address of a node "
      + "instead of the client's, and no CIDR matches nodes on Cilium: use TrafficPolicy.LOCAL"]);
  });

  test('lets in the sources that are named, where pods see them', () => {
    const type = ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.LOCAL, sourceRanges: ['203.0.113.0/24'] });
    const { spec, ingress } = rendered({ type });
    expect([spec.externalTrafficPolicy, spec.loadBalancerSourceRanges]).toEqual(['Local', undefined]);
    expect(ingress).toEqual([{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 8080, protocol: 'TCP' }] }]);
  });

  test('refused: sources that pods do not see', () => {
    expect(mistakesOf({ type: ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.LOCAL, sourceRanges: [] }) })).toEqual([
      "KEELSON1734 'type.sourceRanges' must be at least one CIDR, got none: name where clients come from, or leave it out to let everybody in",
    ]);
    expect(mistakesOf({ type: ServiceType.nodePort({ sourceRanges: ['203.0.113.0/24'] }) })).toEqual([
      "KEELSON1707 'type.sourceRanges' must be left out with TrafficPolicy.CLUSTER, where pods see the address of a node, got 203.0.113.0/24: "
      + 'use TrafficPolicy.LOCAL, or restrict the port before the nodes',
    ]);
  });
});

describe('S6 externalIPs', () => {
  test('are there by a loud name, and warned of', () => {
    const { spec, warnings, ingress } = rendered({ unsafeExternalIps: ['203.0.113.7', '2001:DB8::1'] }, { nodeCidrs: ['10.0.0.0/16'] });
    expect(spec.externalIPs).toEqual(['203.0.113.7', '2001:db8::1']);
    expect(ingress).toEqual([{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(warnings).toEqual(['[shop/front] KEELSON1712 all traffic of the cluster to 203.0.113.7, 2001:DB8::1 goes to its pods, whoever it was meant for, '
      + 'and newer clusters may do nothing of it: use ServiceType.loadBalancer(…)']);
  });

  test.each([
    ['127.0.0.1', 'a loopback address'], ['0.0.0.0', 'the unspecified address'], ['169.254.1.1', 'a link-local address'], ['224.0.0.1', 'a link-local multicast address'],
  ])('refused: %s', (ip, what) => {
    expect(mistakesOf({ unsafeExternalIps: [ip] })).toEqual([
      `KEELSON1718 'unsafeExternalIps' must be an address that nodes can reach, got '${ip}', ${what}: give the address in the network`,
    ]);
  });

  test.each(['', 'host', '10.0.0.256', '10.0.0.0/8'])('refused: %j, which is no address', ip => {
    expect(mistakesOf({ unsafeExternalIps: [ip] })).toEqual([
      `KEELSON1087 'unsafeExternalIps' must be an IP address, got '${ip}': write it like '10.1.2.3' or '2001:db8::1'`,
    ]);
  });
});

describe('traffic inside of the cluster', () => {
  test.each([['1.36', 'PreferSameZone'], ['1.34', 'PreferSameZone'], ['1.33', 'PreferClose'], ['1.31', 'PreferClose']])('trafficDistribution by version: %s', (version, value) => {
    const { spec, service } = rendered({ trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE }, { version });
    expect([spec.trafficDistribution, service.metadata.annotations]).toEqual([value, undefined]);
  });

  test.each(['1.30', '1.27'])('before 1.31 the older form takes its place: %s', version => {
    const { spec, service } = rendered({ trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE, annotations: { note: 'x' } }, { version });
    expect([spec.trafficDistribution, service.metadata.annotations]).toEqual([undefined, { note: 'x', 'service.kubernetes.io/topology-mode': 'Auto' }]);
  });

  test('the same node is preferred from 1.34 on', () => {
    expect(rendered({ trafficDistribution: TrafficDistribution.PREFER_SAME_NODE }, { version: '1.34' }).spec.trafficDistribution).toBe('PreferSameNode');
    expect(mistakesOf({ trafficDistribution: TrafficDistribution.PREFER_SAME_NODE }, { version: '1.33' })).toEqual([
      "KEELSON1705 'trafficDistribution' must be PREFER_SAME_ZONE before Kubernetes 1.34, got PreferSameNode on Kubernetes 1.33: use it, or a newer cluster",
    ]);
  });

  test('internalTrafficPolicy, sessionAffinity with its time', () => {
    const sessionAffinity = SessionAffinity.clientIp(Duration.minutes(10));
    const { spec } = rendered({ internalTrafficPolicy: TrafficPolicy.LOCAL, sessionAffinity });
    expect([spec.internalTrafficPolicy, spec.sessionAffinity, spec.sessionAffinityConfig]).toEqual(['Local', 'ClientIP', { clientIP: { timeoutSeconds: 600 } }]);
    const usual = rendered({ sessionAffinity: SessionAffinity.clientIp() }).spec;
    expect(usual.sessionAffinityConfig).toEqual({ clientIP: { timeoutSeconds: 10800 } });
  });

  test.each([1, 86400])('affinity lasts from 1 to 86400 s: %i', seconds => {
    const { spec } = rendered({ sessionAffinity: SessionAffinity.clientIp(Duration.seconds(seconds)) });
    expect(spec.sessionAffinityConfig.clientIP.timeoutSeconds).toBe(seconds);
  });

  test.each([[Duration.seconds(0), '0 s'], [Duration.seconds(86401), '86401 s'], [Duration.millis(1500), '1.5 s']])('refused: affinity of %j', (timeout, got) => {
    expect(mistakesOf({ sessionAffinity: SessionAffinity.clientIp(timeout) })).toEqual([
      `KEELSON1701 'sessionAffinity.timeout' must be whole seconds from 1 to 86400, got ${got}: try Duration.hours(3)`,
    ]);
  });

  test.each<[string, ClusterProfileProps, ServiceOptions, [string | undefined, string[] | undefined]]>([
    ['one family', {}, {}, [undefined, undefined]],
    ['both families of the cluster', DUAL, {}, ['PreferDualStack', undefined]],
    ['one of the two', DUAL, { ipFamilies: [IpFamily.IPV6] }, ['SingleStack', ['IPv6']]],
    ['both, IPv6 first', DUAL, { ipFamilies: [IpFamily.IPV6, IpFamily.IPV4], ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK }, ['RequireDualStack', ['IPv6', 'IPv4']]],
    ['both where there are both', {}, { ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK }, ['PreferDualStack', undefined]],
    ['both, the first said', DUAL, { ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK, ipFamilies: [IpFamily.IPV6] }, ['PreferDualStack', ['IPv6', 'IPv4']]],
    ['both where there are both, the first said', {}, { ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK, ipFamilies: [IpFamily.IPV4] }, ['PreferDualStack', undefined]],
    ['one, said', {}, { ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK, ipFamilies: [IpFamily.IPV4] }, ['SingleStack', ['IPv4']]],
  ])('dual stack: %s', (_, profile, options, expected) => {
    const { spec } = rendered(options, profile);
    expect([spec.ipFamilyPolicy, spec.ipFamilies]).toEqual(expected);
  });

  test.each<[string, ClusterProfileProps, ServiceOptions, string]>([
    ['a family that the cluster has not', {}, { ipFamilies: [IpFamily.IPV6] },
      "KEELSON1703 'ipFamilies' must be of the cluster's IP families (IPv4), each once, got IPv6: leave it out, or give the cluster profile's 'ipFamilies' as the cluster has them"],
    ['a family twice', DUAL, { ipFamilies: [IpFamily.IPV4, IpFamily.IPV4] },
      "KEELSON1703 'ipFamilies' must be of the cluster's IP families (IPv4, IPv6), each once, got IPv4, IPv4: "
      + "leave it out, or give the cluster profile's 'ipFamilies' as the cluster has them"],
    ['none', DUAL, { ipFamilies: [] },
      "KEELSON1703 'ipFamilies' must be of the cluster's IP families (IPv4, IPv6), each once, got none: leave it out, or give the cluster profile's 'ipFamilies' as the cluster has them"],
    ['two addresses of a cluster with one family', {}, { ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK },
      "KEELSON1704 'ipFamilyPolicy' must be one that a cluster with IPv4 only has, got RequireDualStack: try PREFER_DUAL_STACK, which takes what there is"],
    ['two families and one address', DUAL, { ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK, ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] },
      "KEELSON1704 'ipFamilyPolicy' must be PREFER_DUAL_STACK or REQUIRE_DUAL_STACK for two families, got SingleStack with two families: name one family, or change the policy"],
  ])('refused: %s', (_, profile, options, message) => {
    expect(mistakesOf(options, profile)).toEqual([message]);
  });
});

describe('connections', () => {
  const policyOf = (chart: Chart, name: string) => named(accepted(chart), 'NetworkPolicy', name).spec;

  test('a connection to a Service is one to the pods behind it, on the ports it leads to', () => {
    const chart = charted();
    const web = new Server(chart, 'web', { offers: { env: { WEB: EnvValue.fromValue('front') } } }, portsOf([{ name: 'http', number: 8080 }, { name: 'admin', number: 9090 }]));
    const api = new Server(chart, 'api');
    const service = new Service(chart, 'front', { backends: [web, api], ports: [{ target: 'http', number: 80 }] });
    const client = new Server(chart, 'client');
    client.connections.to(service);
    const to = (name: string) => ({ to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': name } } }], ports: [{ port: 8080, protocol: 'TCP' }] });
    expect(policyOf(chart, 'client').egress).toEqual(expect.arrayContaining([to('web'), to('api')]));
    expect(policyOf(chart, 'web').ingress).toEqual([{ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'client' } } }], ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(named(accepted(chart), 'Deployment', 'client').spec.template.spec.containers[0].env).toEqual([{ name: 'WEB', value: 'front' }]);
  });

  test('a Service connects as its workloads do, from both ends', () => {
    const { chart, service } = over();
    const [client, store] = ['client', 'store'].map(id => new Server(chart, id)) as [Server, Server];
    service.connections.from(client);
    service.connections.from(Peer.cidr('10.0.0.0/8'), { ports: [Port.tcp(8080)] });
    service.connections.to(store);
    client.connections.from(service);
    expect(policyOf(chart, 'web').ingress).toHaveLength(2);
    expect(policyOf(chart, 'store').ingress[0].from).toEqual([{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } } }]);
    expect(policyOf(chart, 'client').ingress[0].from).toEqual([{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } } }]);
  });

  test('refused: a connection of pods made elsewhere, whose policy is not ours, to another such end', () => {
    const chart = charted();
    const ports = [{ number: 8080, name: 'http' }];
    const service = new Service(chart, 'front', { backends: [ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports })] });
    service.connections.from(Peer.internet());
    new SelectorlessService(chart, 'db', { addresses: ['203.0.113.7'], ports: [{ number: 5432 }] }).connections.to(Peer.internet());
    new ExternalNameService(chart, 'mail', { target: ExternalNameTarget.host('mail.example.com') }).connections.from(Peer.internet());
    const rest = 'must be between a workload and a peer, not two peers';
    const fix = 'connect a workload: the policies of others are not rendered here';
    expect(mistakes(chart)).toEqual([
      `[shop/db] KEELSON1366 'connections' ${rest}, got Service [shop/db] and the internet: ${fix}`,
      `[shop/front] KEELSON1366 'connections' ${rest}, got the internet and pods 'app=legacy': ${fix}`,
      `[shop/mail] KEELSON1366 'connections' ${rest}, got the internet and Service [shop/mail]: ${fix}`,
    ]);
  });

  test('what a Service offers, its workloads offer', () => {
    const { chart, service, web } = over();
    service.connections.offer({ env: { FRONT: EnvValue.fromValue(service.dnsName) } });
    const client = new Server(chart, 'client');
    client.connections.to(web);
    expect(named(accepted(chart), 'Deployment', 'client').spec.template.spec.containers[0].env).toEqual([{ name: 'FRONT', value: 'front.shop.svc.cluster.local' }]);
  });

  test('its names: the full one, and the short one within its namespace', () => {
    const { chart, service } = over({}, { clusterDomain: 'k8s.example.com' });
    const elsewhere = new Chart(chart.node.root, 'edge', { namespace: 'edge' });
    expect([service.dnsName, service.hostFrom(chart), service.hostFrom(elsewhere)])
      .toEqual(['front.shop.svc.k8s.example.com', 'front', 'front.shop.svc.k8s.example.com']);
    expect([service.name, service.namespace, service.kind]).toEqual(['front', 'shop', 'Service']);
    const made = Service.fromServiceName('orders', 'data');
    expect([Service.hostOf(made, chart), Service.hostOf(Service.fromServiceName('orders'), chart)]).toEqual(['orders.data.svc.k8s.example.com', 'orders']);
    const nowhere = new Chart(Testing.app(), 'x');
    expect(new Service(nowhere, 'front', { backends: [new Server(nowhere, 'web')] }).dnsName).toBe('front');
  });

  test('warns of its address in a variable of who is not connected', () => {
    const { chart } = over();
    new Server(chart, 'client', { env: { URL: EnvValue.fromValue('http://front.shop.svc:8080') } });
    mistakes(chart);
    expect(Warnings.of(chart)).toEqual(["[shop/client] KEELSON1370 'env.URL' has the address of 'shop/web', whose network policy doesn't let these pods in: connect them by connections.to(…)"]);
  });

  test('warns where the network plugin judges by the Service\'s port', () => {
    const { warnings } = rendered({ ports: [{ target: 'http', number: 80 }] }, { cni: Cni.AWS_VPC });
    expect(warnings).toEqual(["[shop/front] KEELSON1727 port 80 is closed by network policies on AWS VPC CNI, which judges by the Service's port: "
      + "leave its 'number' out, so that it is the container's"]);
    expect(rendered({}, { cni: Cni.AWS_VPC }).warnings).toEqual([]);
  });
});
