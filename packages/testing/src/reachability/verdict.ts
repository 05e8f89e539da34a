import { anyIn, type AddressRange } from './address.js';
import type { ClusterNetworkPolicy } from './cluster-network-policy.js';
import type { End, PodIdentity } from './end.js';
import { selects } from './label-selector.js';
import type { Direction, NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule, Protocol } from './network-policy.js';
import { Tiers, type Decision } from './tiers.js';

/** A port of a destination. */
export interface DestinationPort {
  readonly number: number;
  readonly protocol: Protocol;
}

/** What the policies of one end say of a connection. */
export interface SideVerdict {
  readonly allowed: boolean;
  /** The policies that restrict this end in this direction: where there are none, everything is allowed. */
  readonly policies: readonly string[];
  /** The rules of these policies that let the connection through, such as `NetworkPolicy shop/web ingress[0]`. */
  readonly rules: readonly string[];
  /** The rule of a ClusterNetworkPolicy that refuses the connection, such as `ClusterNetworkPolicy shop egress[1]`. */
  readonly denial?: string;
}

/** Whether a connection is allowed, and why. */
export interface Verdict {
  readonly allowed: boolean;
  /** What the source's policies say. */
  readonly egress: SideVerdict;
  /** What the destination's policies say. */
  readonly ingress: SideVerdict;
  /** A sentence for each end, and the policies that aren't judged. */
  readonly why: string;
}

/** What decides on connections. */
export interface Policies {
  readonly policies: readonly NetworkPolicy[];
  readonly clusterPolicies: readonly ClusterNetworkPolicy[];
  readonly unjudged: readonly string[];
}

/** A port, and what the destination's containers call it. */
interface NamedPort extends DestinationPort {
  readonly names: readonly string[];
}

/** The other end, with the addresses of it that count. */
interface Peer {
  readonly end: End;
  readonly addresses: readonly AddressRange[];
}

/** Judges a connection by the policies of both ends. */
export function judge(all: Policies, source: End, destination: End, port: DestinationPort): Verdict {
  if (source === destination && source.pod?.isSingle === true) {
    const free = { allowed: true, policies: [], rules: [] };
    return { allowed: true, egress: free, ingress: free, why: `${source.title} is one pod, which no policy keeps from itself` };
  }
  const declared = destination.ports.filter((each) => each.number === port.number && each.protocol === port.protocol);
  // Names are looked up in the pod, which a rule doesn't see where it sees an address only.
  const named = { ...port, names: destination.pod === undefined ? [] : declared.flatMap(({ name }) => name ?? []) };
  const perFamily = familiesOf(source, destination).map((isMeant) => {
    const at = (end: End): Peer => ({ end, addresses: end.addresses.filter(isMeant) });
    return {
      egress: sideOf(all, 'egress', source.pod, at(destination), named),
      ingress: sideOf(all, 'ingress', destination.pod, at(source), named),
    };
  });
  // Both ends talk IPv4 or both IPv6: one that gets through is enough, and if none does, the one that gets further says why.
  const best = perFamily.reduce((one, other) => (score(other) > score(one) ? other : one));
  const allowed = best.egress.allowed && best.ingress.allowed;
  const unjudged = all.unjudged.length === 0 ? [] : [`not judged: ${all.unjudged.join(', ')}`];
  return { ...best, allowed, why: [sentence(source, best.egress, 'egress'), sentence(destination, best.ingress, 'ingress'), ...unjudged].join('; ') };
}

/** Which addresses belong together: those of a family that both ends have, or all where they have none in common. */
function familiesOf(source: End, destination: End): ((range: AddressRange) => boolean)[] {
  const has = ({ addresses }: End, family: number): boolean => addresses.some((each) => each.family === family);
  const common = [4, 6].filter((family) => has(source, family) && has(destination, family));
  return common.length === 0 ? [() => true] : common.map((family) => (range) => range.family === family);
}

function score({ egress, ingress }: Pick<Verdict, 'egress' | 'ingress'>): number {
  return Number(egress.allowed) + Number(ingress.allowed);
}

/** One end: the tier Admin, then the NetworkPolicies, which decide where one selects the pod, then the tier Baseline. */
function sideOf(
  { policies, clusterPolicies }: Policies, direction: Direction, subject: PodIdentity | undefined, peer: Peer, port: NamedPort,
): SideVerdict {
  if (subject === undefined) return { allowed: true, policies: [], rules: [] };
  const tiers = new Tiers(clusterPolicies, direction, subject);
  const verdicts = tiers.piecesOf(peer.addresses).map((addresses): SideVerdict => {
    const piece = { addresses, ...(peer.end.pod === undefined ? {} : { pod: peer.end.pod }) };
    const decide = (tier: 'Admin' | 'Baseline'): SideVerdict | undefined => decided(tiers.decide(tier, piece, (rule) => admitsPort(rule, port)));
    const admin = decide('Admin');
    if (admin !== undefined) return admin;
    const own = byNetworkPolicies(policies, direction, subject, { end: peer.end, addresses }, port);
    return own.policies.length > 0 ? own : decide('Baseline') ?? own;
  });
  // Of some addresses any one counts.
  return verdicts.find(({ allowed }) => allowed) ?? verdicts[0] ?? { allowed: true, policies: [], rules: [] };
}

function decided(decision: Decision | undefined): SideVerdict | undefined {
  if (decision === undefined || decision.action === 'Pass') return undefined;
  const { action, policy, rule } = decision;
  return action === 'Accept' ? { allowed: true, policies: [policy], rules: [rule] } : { allowed: false, policies: [policy], rules: [], denial: rule };
}

function byNetworkPolicies(
  policies: readonly NetworkPolicy[], direction: Direction, subject: PodIdentity, peer: Peer, port: NamedPort,
): SideVerdict {
  const selecting = policies.filter((each) =>
    each[direction] !== undefined && each.namespace === subject.namespace && selects(each.podSelector, subject.labels));
  const rules = selecting.flatMap((policy) => (policy[direction] ?? [])
    .filter((rule) => admitsPeer(rule, policy.namespace, peer) && admitsPort(rule, port))
    .map(({ title }) => `${policy.title} ${title}`));
  return { allowed: selecting.length === 0 || rules.length > 0, policies: selecting.map(({ title }) => title), rules };
}

function admitsPeer({ peers }: PolicyRule, policyNamespace: string, peer: Peer): boolean {
  return peers.length === 0 || peers.some((each) => isPeer(each, policyNamespace, peer));
}

/** Whether a rule's peer means the other end of a connection. */
export function isPeer(peer: PolicyPeer, policyNamespace: string, { end: { pod }, addresses }: Peer): boolean {
  if (peer.ipBlock !== undefined) return anyIn(addresses, peer.ipBlock);
  if (pod === undefined) return false;
  const { namespaceSelector } = peer;
  const isThere = namespaceSelector === undefined ? pod.namespace === policyNamespace : selects(namespaceSelector, pod.namespaceLabels);
  return isThere && selects(peer.podSelector, pod.labels);
}

function admitsPort({ ports }: Pick<PolicyRule, 'ports'>, port: NamedPort): boolean {
  return ports.length === 0 || ports.some((each) => isPort(each, port));
}

function isPort({ protocol, name, numbers }: PolicyPort, port: NamedPort): boolean {
  if (protocol !== port.protocol) return false;
  if (name !== undefined) return port.names.includes(name);
  return numbers === undefined || (numbers.first <= port.number && port.number <= numbers.last);
}

function sentence({ title, pod }: End, { allowed, policies, rules, denial }: SideVerdict, direction: Direction): string {
  if (pod === undefined) return `no policy selects ${title}`;
  if (policies.length === 0) return `no policy restricts ${direction} of ${title}`;
  const way = direction === 'egress' ? 'out of' : 'into';
  if (denial !== undefined) return `${denial} denies it the way ${way} ${title}`;
  return allowed ? `${rules.join(', ')} lets it ${way} ${title}` : `no rule of ${policies.join(', ')} lets it ${way} ${title}`;
}
