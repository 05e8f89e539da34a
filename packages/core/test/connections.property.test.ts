import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterProfile, type Connections, type IConnectable, Monitoring, Peer, PodConnections, Port, Protocol } from '../src';

class Pods extends Construct implements IConnectable {
  public readonly connections: Connections;

  public constructor(scope: Construct, id: string, ports: Port[]) {
    super(scope, id);
    const podLabels = { 'app.kubernetes.io/instance': id };
    new ApiObject(this, 'Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: id, labels: podLabels } });
    this.connections = new PodConnections(this, { podLabels, endpoint: { ports } });
  }
}

const WORKLOADS = 5;

/** Peers as values: each use makes its own. */
const PEERS: (() => Peer)[] = [
  () => Peer.namespace('edge'),
  () => Peer.namespaceLabels({ a: '1', b: '2' }),
  () => Peer.namespaceLabels({ b: '2', a: '1' }),
  () => Peer.cidr('10.0.0.0/8', { except: ['10.1.0.0/16', '10.2.0.0/16'] }),
  () => Peer.internet(),
  () => Peer.anywhere(),
  () => Peer.apiServer(),
  () => Peer.dns(),
  () => Peer.monitoring(),
  () => Peer.workload({ name: 'far', namespace: 'data', ports: [Port.tcp(1)] }),
];

interface EdgeDrawn { client: number; server: number; ports?: number[]; fromServer: boolean }
interface PeerDrawn { workload: number; peer: number; ports: number[]; out: boolean }

function portOf(drawn: number): Port {
  const kinds = [Port.udp(drawn + 1), Port.tcp(drawn + 1), Port.range(Protocol.TCP, drawn, drawn + 3)];
  return kinds[drawn % 3] as Port;
}

const index = fc.nat(WORKLOADS - 1);
const portList = fc.array(fc.nat(9), { minLength: 1, maxLength: 3 });
const somePorts = fc.option(portList, { nil: undefined });
const edges = fc.array(fc.record({ client: index, server: index, ports: somePorts, fromServer: fc.boolean() }), { maxLength: 12 });
const anyPeer = fc.nat(PEERS.length - 1);
const peers = fc.array(fc.record({ workload: index, peer: anyPeer, ports: portList, out: fc.boolean() }), { maxLength: 8 });

/** Workloads in three charts of two namespaces; each offers two ports. */
function graph(declare: (workloads: Pods[]) => void): string {
  const app = new App();
  ClusterProfile.kind({ monitoring: Monitoring.kubePrometheusStack() }).applyTo(app);
  const charts = ['shop', 'data', 'shop'].map((namespace, at) => new Chart(app, `chart-${at}`, { namespace }));
  const workloads = Array.from({ length: WORKLOADS }, (_, at) => new Pods(charts[at % 3] as Chart, `w${at}`, [Port.tcp(8000 + at), Port.udp(53)]));
  declare(workloads);
  const once = JSON.stringify(charts.map(chart => Testing.synth(chart) as object[]));
  expect(JSON.stringify(charts.map(chart => Testing.synth(chart) as object[]))).toBe(once);
  return once;
}

function connect(workloads: Pods[], { client, server, ports, fromServer }: EdgeDrawn): void {
  const [from, to] = [workloads[client] as Pods, workloads[server] as Pods];
  const options = ports && { ports: ports.map(portOf) };
  if (fromServer) {
    to.connections.from(from, options);
  } else {
    from.connections.to(to, options);
  }
}

function connectPeer(workloads: Pods[], { workload, peer, ports, out }: PeerDrawn, atPeer: boolean): void {
  const [own, other] = [workloads[workload] as Pods, (PEERS[peer] as () => Peer)()];
  const options = { ports: ports.map(portOf) };
  const [from, to] = out ? [own, other] : [other, own];
  if (out === atPeer) {
    to.connections.from(from, options);
  } else {
    from.connections.to(to, options);
  }
}

describe('Connections: any graph', () => {
  test('renders the same policies in whatever order, from whichever end and however often it is declared', () => {
    fc.assert(fc.property(edges, peers, fc.infiniteStream(fc.nat()), fc.boolean(), (drawn, drawnPeers, order, repeat) => {
      const plain = graph((workloads) => {
        drawn.forEach(edge => connect(workloads, edge));
        drawnPeers.forEach(peer => connectPeer(workloads, peer, false));
      });
      const other = graph((workloads) => {
        const calls = [
          ...drawn.map(edge => () => connect(workloads, { ...edge, fromServer: !edge.fromServer })),
          ...drawnPeers.map(peer => () => connectPeer(workloads, peer, true)),
        ];
        const all = [...calls, ...repeat ? calls : []].map(call => ({ call, at: order.next().value ?? 0 }));
        all.sort((a, b) => a.at - b.at).forEach(({ call }) => call());
      });
      expect(other).toBe(plain);
    }), { numRuns: 50 });
  });

  test('has both ends of each connection: what one lets out, the other lets in', () => {
    fc.assert(fc.property(edges, (drawn) => {
      const charts = JSON.parse(graph(workloads => drawn.forEach(edge => connect(workloads, edge)))) as Manifest[][];
      const rendered = charts.flat().filter(({ kind }) => kind === 'NetworkPolicy');
      const policies = new Map(rendered.map(({ metadata, spec }) => [metadata.name, { ...metadata, ...spec }]));
      const sides = (direction: 'ingress' | 'egress') => [...policies.values()].flatMap(policy => policy[direction].flatMap((rule) => {
        const peer = (rule.from ?? rule.to)?.[0];
        const far = peer?.podSelector?.matchLabels['app.kubernetes.io/instance'];
        const namespace = peer?.namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] ?? policy.namespace;
        if (far === undefined || (direction === 'ingress' && far === policy.name && !drawn.some(e => e.client === e.server && `w${e.client}` === far))) {
          return [];
        }
        expect(policies.get(far)?.namespace).toBe(namespace);
        return [`${direction === 'egress' ? policy.name : far} > ${direction === 'egress' ? far : policy.name}: ${JSON.stringify(rule.ports)}`];
      })).sort();
      expect(sides('egress')).toEqual(sides('ingress'));
      expect(sides('egress')).toHaveLength(new Set(drawn.map(({ client, server }) => `${client}>${server}`)).size);
    }), { numRuns: 50 });
  });
});

interface Selector { matchLabels: Record<string, string> }
interface Rule { from?: { podSelector?: Selector; namespaceSelector?: Selector }[]; to?: Rule['from']; ports?: object[] }
interface Manifest { kind: string; metadata: { name: string; namespace: string }; spec: { ingress: Rule[]; egress: Rule[] } }
