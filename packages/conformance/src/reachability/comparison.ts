import { objectAt, reachability, type JsonObject } from '@keelson/testing';
import { judgeTraffic, type Question, type Verdict } from '../network/evaluator.js';
import type { Traffic } from '../network/grids.js';
import { nameOf, NODE_ADDRESS, POD_ADDRESS, portNameOf, templateOf, type Connection, type PolicySet } from './policy-sets.js';

/** A connection of which two evaluators say different things. */
export interface Difference {
  readonly set: PolicySet;
  readonly connection: Connection;
  readonly ours: Verdict;
  readonly theirs: Verdict;
}

/** What cyclonus says of all connections of all sets. */
export async function byCyclonus(sets: readonly PolicySet[]): Promise<Verdict[][]> {
  const verdicts = await judgeTraffic(sets.map(questionOf));
  return sets.map(({ workloads, connections }, index) => connections.map(({ source, destination }, at) => {
    const isItself = source === destination && workloads.some((each) => each.kind === 'Pod' && nameOf(each) === source);
    return isItself ? { out: true, in: true } : verdicts[index]?.[at] ?? missing();
  }));
}

/** What the evaluator of @keelson/testing says. */
export function byOurs({ namespaces, workloads, policies, connections }: PolicySet): Verdict[] {
  const network = reachability([...namespaces, ...workloads, ...policies], { podNetworks: [POD_ADDRESS], nodeNetworks: [NODE_ADDRESS] });
  return connections.map(({ source, destination, number, protocol }) => {
    const { egress, ingress } = network.from(source).to(destination, `${number}/${protocol}`);
    return { out: egress.allowed, in: ingress.allowed };
  });
}

/** Where the two differ. */
export function differencesIn(set: PolicySet, ours: readonly Verdict[], theirs: readonly Verdict[]): Difference[] {
  return set.connections.flatMap((connection, index) => {
    const [own, other] = [ours[index] ?? missing(), theirs[index] ?? missing()];
    return own.out === other.out && own.in === other.in ? [] : [{ set, connection, ours: own, theirs: other }];
  });
}

function questionOf({ namespaces, workloads, policies, connections }: PolicySet): Question {
  const pods = new Map(workloads.map((each) => [nameOf(each), each]));
  return {
    policies,
    traffic: connections.map((connection): Traffic => {
      const to = pods.get(connection.destination);
      const destination = peerOf(connection.destination, to, namespaces);
      return {
        Source: peerOf(connection.source, pods.get(connection.source), namespaces),
        Destination: destination,
        Protocol: connection.protocol,
        ResolvedPort: connection.number,
        // An address has no names for its ports, a node's neither.
        ResolvedPortName: (to === undefined || destination.Internal === undefined ? undefined : portNameOf(to, connection)) ?? '',
      };
    }),
  };
}

function peerOf(end: string, workload: JsonObject | undefined, namespaces: readonly JsonObject[]): Traffic['Source'] {
  if (workload === undefined) return { IP: end };
  if (objectAt(templateOf(workload), 'spec').hostNetwork === true) return { IP: NODE_ADDRESS };
  const namespace = String(objectAt(workload, 'metadata').namespace);
  const rendered = namespaces.find((each) => objectAt(each, 'metadata').name === namespace);
  const { podIPs } = objectAt(workload, 'status');
  const [running] = Array.isArray(podIPs) ? podIPs : [];
  return {
    IP: String(objectAt(running).ip ?? POD_ADDRESS),
    Internal: {
      Namespace: namespace,
      NamespaceLabels: { ...objectAt(rendered, 'metadata', 'labels') as Record<string, string>, 'kubernetes.io/metadata.name': namespace },
      PodLabels: objectAt(templateOf(workload), 'metadata', 'labels') as Record<string, string>,
    },
  };
}

function missing(): never {
  throw new Error('a connection has no verdict');
}
