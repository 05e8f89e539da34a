import { mistakesOf } from '@keelson/testing/mistakes';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  ApiServer, Cidr, ClusterProfile, type ClusterProfileProps, Cni, type ConnectOptions, type Connections, DnsResolver, Gateway,
  type IConnectable, IngressController, IpFamily, Monitoring, Peer, PodConnections, Port, Traefik,
} from '../src';
import { blockWithout } from '../src/private/public-blocks';

class Pods extends Construct implements IConnectable {
  public readonly connections: Connections;

  public constructor(scope: Construct, ports: Port[]) {
    super(scope, 'web');
    const podLabels = { 'app.kubernetes.io/instance': 'web' };
    new ApiObject(this, 'Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels: podLabels } });
    this.connections = new PodConnections(this, { podLabels, endpoint: { ports } });
  }
}
interface Policy { kind: string; spec: { ingress: object[]; egress: object[] } }

/** The rules of a workload in namespace `shop` that listens on TCP 8080, without the one for DNS. */
function rules(connect: (web: Connections) => void, profile: ClusterProfileProps = {}, ports = [Port.tcp(8080)]): Policy['spec'] {
  const app = new App();
  ClusterProfile.kubernetes({ dnsResolvers: [DnsResolver.nodeLocal()], ...profile }).applyTo(app);
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  connect(new Pods(chart, ports).connections);
  const policy = (Testing.synth(chart) as Policy[]).find(({ kind }) => kind === 'NetworkPolicy');
  const { ingress = [], egress = [] } = policy?.spec ?? {};
  return { ingress, egress: egress.filter(rule => !JSON.stringify(rule).includes('"169.254.20.10/32"')) };
}
const ingress = (peer: Peer, profile?: ClusterProfileProps) => rules(web => web.from(peer), profile).ingress;
const egress = (peer: Peer, options?: ConnectOptions, profile?: ClusterProfileProps) => rules(web => web.to(peer, options), profile).egress;
const faults = (connect: (web: Connections) => void, profile?: ClusterProfileProps, ports?: Port[]): string[] =>
  mistakesOf(() => rules(connect, profile, ports)).map(line => line.replace('[chart/web] ', '')).sort();

const named = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const labelled = (matchLabels: Record<string, string>) => ({ podSelector: { matchLabels } });
const block = (cidr: string) => ({ ipBlock: { cidr } });
const ports = [{ protocol: 'TCP', port: 8080 }];
const https = { ports: [Port.tcp(443)] };

describe('Peer N1: by pod label', () => {
  test.each([
    ['in the own namespace', Peer.pods({ labels: { role: 'client' } }), labelled({ role: 'client' })],
    ['in the own namespace, by name', Peer.pods({ labels: { role: 'client' }, namespace: 'shop' }), labelled({ role: 'client' })],
    ['in another, both together', Peer.pods({ labels: { role: 'client' }, namespace: 'edge' }), { ...named('edge'), ...labelled({ role: 'client' }) }],
    ['in namespaces by label', Peer.pods({ labels: { role: 'client' }, namespaceLabels: { team: 'shop' } }),
      { namespaceSelector: { matchLabels: { team: 'shop' } }, ...labelled({ role: 'client' }) }],
    ['in a namespace by name and label', Peer.pods({ labels: { role: 'client' }, namespace: 'edge', namespaceLabels: { team: 'shop' } }),
      { namespaceSelector: { matchLabels: { 'team': 'shop', 'kubernetes.io/metadata.name': 'edge' } }, ...labelled({ role: 'client' }) }],
  ])('pods %s', (_name, peer, from) => {
    expect(ingress(peer)).toEqual([{ from: [from], ports }]);
  });

  test('a workload of another repository, on the ports it is known by', () => {
    const orders = Peer.workload({ name: 'orders', namespace: 'data', ports: [Port.tcp(5432)] });
    const selected = { ...named('data'), ...labelled({ 'app.kubernetes.io/instance': 'orders' }) };
    expect(egress(orders)).toEqual([{ to: [selected], ports: [{ protocol: 'TCP', port: 5432 }] }]);
    expect(ingress(orders)).toEqual([{ from: [selected], ports }]);
  });
});

describe('Peer N2: by namespace', () => {
  test('by its labels', () => {
    expect(ingress(Peer.namespaceLabels({ team: 'shop' }))).toEqual([{ from: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }], ports }]);
  });

  test('by its name, which nobody can fake', () => {
    expect(ingress(Peer.namespace('edge'))).toEqual([{ from: [named('edge')], ports }]);
    expect(egress(Peer.namespace('edge'), { ports: [Port.udp(514)] })).toEqual([{ to: [named('edge')], ports: [{ protocol: 'UDP', port: 514 }] }]);
  });
});

describe('Peer N3: nothing from other namespaces', () => {
  test('all pods of the own namespace, and no others', () => {
    expect(ingress(Peer.ownNamespace())).toEqual([{ from: [{ podSelector: {} }], ports }]);
  });
});

describe('Peer N4: open to the outside', () => {
  test('everybody: a rule that names nobody', () => {
    expect(ingress(Peer.anywhere())).toEqual([{ ports }]);
    expect(egress(Peer.anywhere(), https)).toEqual([{ ports: [{ protocol: 'TCP', port: 443 }] }]);
  });

  test.each<[string, Peer, ClusterProfileProps]>([
    ['the gateway of the profile', Peer.gateway(), { gateway: Gateway.named('edge', 'gateway-system', { sourceCidrs: ['10.3.0.0/24'] }) }],
    ['a gateway that is named', Peer.gateway(Gateway.named('edge', 'gateway-system', { sourceCidrs: ['10.3.0.0/24'] })), {}],
    ['the ingress controller of the profile', Peer.ingressController(),
      { ingress: IngressController.named('edge', { namespace: 'gateway-system', sourceCidrs: ['10.3.0.0/24'] }) }],
    ['the Traefik of the profile', Peer.traefik(), { traefik: Traefik.inNamespace('gateway-system', { sourceCidrs: ['10.3.0.0/24'] }) }],
    ['a Traefik that is named', Peer.traefik(Traefik.inNamespace('gateway-system', { sourceCidrs: ['10.3.0.0/24'] })), {}],
  ])('%s, by its pods and its source CIDRs', (_name, peer, profile) => {
    expect(ingress(peer, profile)).toEqual([{ from: [block('10.3.0.0/24'), named('gateway-system')], ports }]);
  });

  test('an ingress controller that is named, by its pods', () => {
    const traefik = { ...named('traefik'), ...labelled({ 'app.kubernetes.io/name': 'traefik' }) };
    expect(ingress(Peer.ingressController(IngressController.traefik()))).toEqual([{ from: [traefik], ports }]);
  });

  test('monitoring, on the metrics port', () => {
    const profile = { monitoring: Monitoring.kubePrometheusStack() };
    const { ingress: open } = rules(web => web.from(Peer.monitoring(), { ports: [Port.tcp(9090)] }), profile);
    expect(open).toEqual([{
      from: [{ ...named('monitoring'), ...labelled({ 'app.kubernetes.io/name': 'prometheus' }) }], ports: [{ protocol: 'TCP', port: 9090 }],
    }]);
  });

  test.each<[string, Peer, string]>([
    ['a gateway', Peer.gateway(), "KEELSON1357 'connections.from' must be a gateway that is known, got the gateway of a profile that names none: "
      + "set the cluster profile's 'gateway', or give one to Peer.gateway()"],
    ['an ingress controller', Peer.ingressController(), "KEELSON1358 'connections.from' must be an ingress controller that is known, "
      + "got the ingress controller of a profile that names none: set the cluster profile's 'ingress', or give one to Peer.ingressController()"],
    ['a Traefik', Peer.traefik(), "KEELSON1743 'connections.from' must be a Traefik that is known, got the Traefik of a profile that names none: "
      + "set the cluster profile's 'traefik', or give one to Peer.traefik()"],
    ['monitoring', Peer.monitoring(), "KEELSON1359 'connections.from' must be monitoring that is known, got the monitoring of a profile that names none: "
      + "set the cluster profile's 'monitoring'"],
  ])('fails for %s that the profile does not name', (_name, peer, message) => {
    expect(faults(web => web.from(peer))).toEqual([message]);
  });
});

describe('Peer N5: one CIDR, with exceptions', () => {
  test('as it is, and without parts of it: in order, once each, none inside another', () => {
    expect(ingress(Peer.cidr('10.0.0.0/8'))).toEqual([{ from: [block('10.0.0.0/8')], ports }]);
    expect(egress(Peer.cidr('10.0.0.0/8', { except: ['10.96.0.0/12', '10.1.0.0/16', '10.1.2.0/24', '10.1.0.0/16'] }), https)).toEqual([
      { to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.96.0.0/12'] } }], ports: [{ protocol: 'TCP', port: 443 }] },
    ]);
    expect(ingress(Peer.cidr('2001:DB8::/32', { except: ['2001:db8:1::/48'] })))
      .toEqual([{ from: [{ ipBlock: { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] } }], ports }]);
  });

  test.each([
    ['999.0.0.0/99', [], "KEELSON1080 'connections.from' must be a CIDR, got '999.0.0.0/99': write it like '10.0.0.0/8' or '2001:db8::/32'"],
    ['10.0.0.0/8', ['10.1.0.1'],
      "KEELSON1081 'connections.from.except' must be a CIDR with a prefix length, got '10.1.0.1': try '10.1.0.1/32' for the one address"],
    ['10.0.0.0/8', ['2001:db8::/32'],
      "KEELSON1355 'connections.from.except' must be a CIDR of IPv4, as '10.0.0.0/8' is, got '2001:db8::/32': leave it out: it is not in the block anyway"],
    ['10.0.0.0/8', ['10.0.0.0/8'], "KEELSON1356 'connections.from.except' must be a part of '10.0.0.0/8', not all of it, "
      + "got '10.0.0.0/8': give a smaller block, or leave out the peer, which nothing is left of"],
    ['10.0.0.0/8', ['11.0.0.0/16'],
      "KEELSON1364 'connections.from.except' must be a CIDR inside of '10.0.0.0/8', got '11.0.0.0/16': leave it out, or give a larger block"],
    ['10.0.0.0/8', ['0.0.0.0/0'],
      "KEELSON1364 'connections.from.except' must be a CIDR inside of '10.0.0.0/8', got '0.0.0.0/0': leave it out, or give a larger block"],
  ])('fails for %s except %s', (cidr, except, message) => {
    expect(faults(web => web.from(Peer.cidr(cidr, { except })))).toEqual([message]);
  });
});

describe('Peer N6: out to the internet, DNS and the API server only', () => {
  const IPV4 = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24',
    '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'];
  const IPV6 = ['64:ff9b:1::/48', '::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8'];
  const to = (...blocks: object[]) => [{ to: blocks.map(ipBlock => ({ ipBlock })), ports: [{ protocol: 'TCP', port: 443 }] }];

  test('the internet is what is public', () => {
    expect(egress(Peer.internet(), https)).toEqual(to({ cidr: '0.0.0.0/0', except: IPV4 }));
  });

  test('the internet is of the cluster\'s IP families, without its own public addresses', () => {
    const profile = {
      ipFamilies: [IpFamily.IPV4, IpFamily.IPV6], podCidrs: ['10.244.0.0/16', '2001:db8:1::/48'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['203.0.113.0/24'],
    };
    expect(egress(Peer.internet(), https, profile)).toEqual(to(
      { cidr: '0.0.0.0/0', except: [...IPV4.slice(0, -2), '203.0.113.0/24', ...IPV4.slice(-2)] },
      { cidr: '::/0', except: ['2001:db8:1::/48', ...IPV6] },
    ));
    expect(egress(Peer.internet(), https, { ipFamilies: [IpFamily.IPV6] })).toEqual(to({ cidr: '::/0', except: IPV6 }));
  });

  test('each exception is one that Kubernetes takes: strictly inside', () => {
    const { except = [] } = blockWithout(Cidr.ANY_IPV4, [...IPV4, '0.0.0.0/0', '10.1.0.0/16', '2001:db8::/32']);
    expect(except).toEqual(IPV4);
    expect(except.map(text => Cidr.of(text)).flatMap(({ text, faults: wrong }) => [...wrong, ...text === '0.0.0.0/0' ? [text] : []])).toEqual([]);
  });

  test('DNS where it was given up before', () => {
    expect(rules(web => web.to(Peer.dns()), { dnsResolvers: [DnsResolver.atAddress('10.0.0.2')] }).egress)
      .toEqual([{ to: [block('10.0.0.2/32')], ports: [{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }] }]);
  });

  test.each<[string, ClusterProfileProps, string[], number[]]>([
    ['its own address', { apiServer: ApiServer.at(['10.0.0.10/32']) }, ['10.0.0.10/32'], [6443]],
    ['the nodes', { nodeCidrs: ['10.0.0.0/24'] }, ['10.0.0.0/24'], [443, 6443]],
    ['nodes and Services, where the plugin looks at a Service\'s address', { cni: Cni.AWS_VPC, nodeCidrs: ['10.0.0.0/24'], serviceCidrs: ['10.96.0.0/12'] },
      ['10.0.0.0/24', '10.96.0.0/12'], [443, 6443]],
    ['any address, where nothing is known', {}, ['0.0.0.0/0'], [443, 6443]],
  ])('the API server, by %s', (_name, profile, cidrs, numbers) => {
    expect(egress(Peer.apiServer(), undefined, profile)).toEqual([{ to: cidrs.map(block), ports: numbers.map(port => ({ protocol: 'TCP', port })) }]);
  });

  test('the API server as a client, on the workload\'s own port: a webhook', () => {
    expect(ingress(Peer.apiServer(), { nodeCidrs: ['10.0.0.0/24'] })).toEqual([{ from: [block('10.0.0.0/24')], ports }]);
  });
});

describe('Peer: rules', () => {
  test('of one peer are one, of several peers are ordered by them', () => {
    const [a, b] = [(web: Connections) => web.from(Peer.namespace('a'), https), (web: Connections) => web.from(Peer.namespace('b'))];
    const again = (web: Connections) => web.from(Peer.namespace('a'));
    const expected = [{ from: [named('a')], ports: [{ protocol: 'TCP', port: 443 }, ...ports] }, { from: [named('b')], ports }];
    for (const order of [[a, b, again], [again, b, a], [b, again, a, b]]) {
      expect(rules(web => order.forEach(connect => connect(web))).ingress).toEqual(expected);
    }
  });
});

describe('Peer: validation', () => {
  test.each<[string, (web: Connections) => void, string]>([
    ['a peer whose ports are not known', web => web.to(Peer.internet()),
      "KEELSON1351 'connections.to.ports' must be the ports to open to the internet, got none: name them, such as 'ports: [Port.tcp(443)]'"],
    ['a workload whose ports are not known', web => web.to(Peer.workload({ name: 'orders', namespace: 'data' })),
      "KEELSON1351 'connections.to.ports' must be the ports to open to workload 'orders' in namespace 'data', got none: "
      + "name them, such as 'ports: [Port.tcp(443)]'"],
    ['a client without a port to connect to', web => web.from(Peer.namespace('edge')),
      "KEELSON1352 'connections.from.ports' must be the ports that namespace 'edge' may connect to, got none: "
      + "give the workload a port, or name it, such as 'ports: [Port.tcp(8080)]'"],
    ['pods without labels', web => web.to(Peer.pods({ labels: {} }), https),
      "KEELSON1360 'connections.to.labels' must be at least one label, got none, which selects everything: give one, or use Peer.namespace()"],
    ['namespaces without labels', web => web.to(Peer.namespaceLabels({}), https),
      "KEELSON1360 'connections.to.namespaceLabels' must be at least one label, got none, which selects everything: give one, or use Peer.anywhere()"],
    ['a workload without a name', web => web.to(Peer.workload({ name: '', namespace: 'data' }), https),
      "KEELSON1365 'connections.to.name' must be the name of a workload, got '': give what its pods carry as 'app.kubernetes.io/instance'"],
  ])('fails for %s', (_name, connect, message) => {
    expect(faults(connect, {}, [])).toEqual([message]);
  });

  test('fails with the faults of names, labels, ports and gateways that it was given', () => {
    const said = faults((web) => {
      web.to(Peer.namespace('Bad_Name'), https);
      web.to(Peer.pods({ labels: { role: 'has space' } }), https);
      web.to(Peer.workload({ name: 'orders', namespace: 'data', ports: [Port.tcp(0)] }));
      web.from(Peer.gateway(Gateway.named('Bad_Name', 'edge')));
    });
    expect(said).toEqual([
      "KEELSON1054 'connections.to.labels.role' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, "
      + "got 'has space': try 'has-space'",
      "KEELSON1062 'connections.from.name' must be lower-case letters, digits, '-' and '.' for a Gateway, got 'Bad_Name': try 'bad-name'",
      "KEELSON1062 'connections.to.namespace' must be lower-case letters, digits and '-' for a Namespace, got 'Bad_Name': try 'bad-name'",
      "KEELSON1090 'connections.to.ports' must be an integer from 1 to 65535, got 0: give the port that is listened on",
    ]);
  });
});
