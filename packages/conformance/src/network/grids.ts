import type { JsonObject } from '@keelson/testing';
import { impostors, solversBeside, strangersBeside, workloadPods } from './app-pods.js';
import type { Party, Pod, Port } from './party.js';
import { withPeersOfRules } from './rule-peers.js';
import { EVERYWHERE, proxiesOf } from './surroundings.js';

/** A connection in the form that cyclonus reads. */
export interface Traffic {
  readonly Source: TrafficPeer;
  readonly Destination: TrafficPeer;
  readonly Protocol: string;
  readonly ResolvedPort: number;
  readonly ResolvedPortName: string;
}

interface TrafficPeer {
  readonly Internal?: { readonly PodLabels: Pod['labels']; readonly NamespaceLabels: Pod['labels']; readonly Namespace: string };
  readonly IP: string;
}

/** A table of connections. */
export interface Grid {
  readonly title: string;
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
}

interface GridRow {
  readonly name: string;
  /** Per column the connections of which any one makes the answer yes. */
  readonly cells: readonly (readonly Traffic[])[];
}

/** A port of a party. */
interface Endpoint {
  readonly party: Party;
  readonly port: Port;
  readonly name: string;
}

/** Who may reach the app's pods, and whom they may reach: none where it has no pods. */
export function gridsOf(objects: readonly JsonObject[]): Grid[] {
  const workloads = workloadPods(objects);
  if (workloads.length === 0) return [];
  const own = [...workloads, ...strangersBeside(objects, workloads), ...solversBeside(objects)];
  const known = [...own, impostors(workloads), ...proxiesOf(objects), ...EVERYWHERE];
  // A proxy may be at home in the app's namespace.
  const once = known.filter(({ name }, index) => known.findIndex((each) => each.name === name) === index);
  const parties = withPeersOfRules(policiesIn(objects), once);
  const [app, others] = [parties.slice(0, own.length), parties.slice(own.length)];
  return [
    {
      title: 'Who reaches these pods',
      corner: 'from',
      columns: endpoints(app).map(({ name }) => name),
      rows: parties.map((source) => ({ name: source.name, cells: endpoints(app).map((to) => connections(source, to)) })),
    },
    {
      title: 'What these pods reach beyond each other',
      corner: 'to',
      columns: app.map(({ name }) => name),
      rows: endpoints(others).map((to) => ({ name: to.name, cells: app.map((source) => connections(source, to)) })),
    },
  ];
}

/** The policies that the tables show. */
export function policiesIn(objects: readonly JsonObject[]): JsonObject[] {
  return objects.filter(({ apiVersion, kind }) => kind === 'NetworkPolicy' && String(apiVersion).startsWith('networking.k8s.io/'));
}

/** Every port, and one that nobody speaks of. */
function endpoints(parties: readonly Party[]): Endpoint[] {
  return parties.flatMap((party) => {
    let undeclared = 9999;
    while (party.ports.some(({ number }) => number === undeclared)) undeclared -= 1;
    const nameOf = ({ number, protocol }: Port): string => `${party.name} ${number}${protocol === 'TCP' ? '' : `/${protocol}`}`;
    const named = party.ports.map((port) => ({ party, port, name: nameOf(port) }));
    return [...named, { party, port: { number: undeclared, protocol: 'TCP' }, name: `${party.name} any other` }];
  });
}

function connections(source: Party, { party, port }: Endpoint): Traffic[] {
  return ends(source).flatMap((from) => ends(party).map((to): Traffic => ({
    Source: from, Destination: to, Protocol: port.protocol, ResolvedPort: port.number, ResolvedPortName: port.name ?? '',
  })));
}

function ends({ ip, pods }: Party): TrafficPeer[] {
  if (pods.length === 0) return [{ IP: ip }];
  return pods.map(({ labels, namespace, namespaceLabels }) => ({
    Internal: { PodLabels: labels, NamespaceLabels: namespaceLabels, Namespace: namespace }, IP: ip,
  }));
}
