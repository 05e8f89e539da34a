import { anyIn } from './address.js';
import type { Cluster } from './cluster.js';
import type { ClusterNetworkPolicy, TieredPeer, TieredRule } from './cluster-network-policy.js';
import type { End } from './end.js';
import type { Ends } from './ends.js';
import { selects } from './label-selector.js';
import { markdownOf } from './markdown.js';
import { mermaidOf } from './mermaid.js';
import { PROTOCOLS, type PolicyRule, type Protocol } from './network-policy.js';
import { isAmong } from './tiers.js';
import { isPeer, judge, type DestinationPort, type Verdict } from './verdict.js';

/** A connection and what is said of it. */
export interface MatrixCell {
  readonly source: string;
  readonly destination: string;
  /** `8080`, `53/UDP`, or `any other`: a port that neither a container nor a rule names. */
  readonly port: string;
  /** None where both are outside, which is nobody's business here. */
  readonly verdict?: Verdict;
}

/** One port of one destination, and every source's way to it. */
export interface MatrixColumn {
  readonly destination: string;
  readonly port: string;
  readonly cells: readonly MatrixCell[];
}

/** Who may talk to whom, as a whole. */
export class Matrix {
  /** The names of all sources, in the order of the rows. */
  public readonly sources: readonly string[];
  /** All destinations by port, in the order of the columns. */
  public readonly columns: readonly MatrixColumn[];
  /** Policies that are not judged. */
  public readonly unjudged: readonly string[];

  public constructor(ends: Ends, cluster: Cluster) {
    const all = [...ends.workloads, ...ends.outside];
    this.sources = all.map(([name]) => name);
    this.unjudged = cluster.unjudged;
    this.columns = all.flatMap(([destination, to]) => {
      const columnOf = (port: DestinationPort, title: string): MatrixColumn => ({
        destination,
        port: title,
        cells: all.map(([source, from]) => {
          const isJudged = !ends.outside.has(source) || !ends.outside.has(destination);
          return { source, destination, port: title, ...(isJudged ? { verdict: judge(cluster, from, to, port) } : {}) };
        }),
      });
      const ports = portsOf(to, cluster);
      const [tcp, ...others] = PROTOCOLS.map((protocol) => columnOf(unnamed(ports, protocol, cluster), titled('any other', protocol)));
      return [
        ...ports.map((port) => columnOf(port, titled(String(port.number), port.protocol))),
        ...(tcp === undefined ? [] : [tcp, ...others.filter((each) => !isAlike(each, tcp))]),
      ];
    });
  }

  /** Every connection, column by column. */
  public get cells(): MatrixCell[] {
    return this.columns.flatMap(({ cells }) => cells);
  }

  /**
   * A Markdown table, sources down and destinations across. `yes` is allowed, `no` refused by the policies of both ends, `no (out)` by
   * those of the source alone, `no (in)` by those of the destination alone.
   */
  public toMarkdown(): string {
    return markdownOf(this);
  }

  /** A Mermaid flowchart with an arrow for whatever is allowed, namespaces drawn around their workloads. */
  public toMermaid(): string {
    return mermaidOf(this);
  }
}

/** Ports that are tried for one that nobody names, in this order. */
const OTHERS = [9999, ...Array.from({ length: 65535 }, (_, index) => 65535 - index)];

/** The ports of a destination: what its containers declare, and what rules name that are about it. */
function portsOf(end: End, { policies, clusterPolicies }: Cluster): DestinationPort[] {
  const { pod } = end;
  const ingress = policies.filter((each) => pod !== undefined && each.namespace === pod.namespace && selects(each.podSelector, pod.labels))
    .flatMap((each) => each.ingress ?? []);
  const egress = policies.flatMap((policy) => (policy.egress ?? [])
    .filter(({ peers }) => peers.some((peer) => isPeer(peer, policy.namespace, { end, addresses: end.addresses }))));
  const everywhere = pod === undefined ? policies.flatMap((each) => each.egress ?? []).filter(({ peers }) => peers.length === 0) : [];
  return distinct([...end.ports, ...[...ingress, ...egress, ...everywhere, ...tieredRules(end, clusterPolicies)].flatMap(namedBy)]);
}

/** Rules of ClusterNetworkPolicies that are about an end: into it, or out to it. */
function tieredRules(end: End, policies: readonly ClusterNetworkPolicy[]): TieredRule[] {
  const { pod, addresses } = end;
  const isTarget = (peer: TieredPeer): boolean =>
    (peer.networks === undefined ? isAmong(pod, peer) : peer.networks.some((range) => anyIn(addresses, { range, except: [] })));
  return policies.flatMap(({ subject, ingress, egress }) => [
    ...(isAmong(pod, subject) ? ingress : []), ...egress.filter(({ peers }) => peers.some(isTarget)),
  ]);
}

function namedBy({ ports }: Pick<PolicyRule, 'ports'>): DestinationPort[] {
  return ports.flatMap(({ protocol, numbers }) =>
    (numbers === undefined ? [] : [numbers.first, numbers.last].map((number) => ({ number, protocol }))));
}

/** A port that the destination doesn't have and no rule's range holds, if there is one. */
function unnamed(ports: readonly DestinationPort[], protocol: Protocol, { policies, clusterPolicies }: Cluster): DestinationPort {
  const both = [...policies, ...clusterPolicies].map(({ ingress = [], egress = [] }) => [...ingress, ...egress]);
  const rules = both.flat().map((rule) => rule.ports);
  const ranges = rules.flat()
    .flatMap(({ numbers }) => numbers ?? []);
  const free = OTHERS.filter((number) => !ports.some((each) => each.number === number));
  const number = free.find((each) => !ranges.some(({ first, last }) => first <= each && each <= last)) ?? free[0] ?? 9999;
  return { number, protocol };
}

function isAlike(one: MatrixColumn, other: MatrixColumn): boolean {
  return one.cells.every(({ verdict }, index) => verdict?.allowed === other.cells[index]?.verdict?.allowed);
}

function titled(port: string, protocol: string): string {
  return protocol === 'TCP' ? port : `${port}/${protocol}`;
}

function distinct(ports: readonly DestinationPort[]): DestinationPort[] {
  const same = (a: DestinationPort, b: DestinationPort): boolean => a.number === b.number && a.protocol === b.protocol;
  return ports.filter((each, index) => ports.findIndex((other) => same(each, other)) === index);
}
