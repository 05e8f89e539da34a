import type { Connections } from '../connections';
import { asksByName } from './cilium-policy';
import { dnsPeer } from './cluster-peers';
import { Edge } from './edge';
import { controlPlaneRules, probeRules, tunnelled } from './mesh-members';
import { sortedBy } from './order';
import { PolicyPeer, PolicyRule, Viewpoint } from './policy-rule';
import { portSet } from './port-set';
import { plain } from './render';
import { isSettled, settle } from './settled';

/** The texts of what many workloads have. */
const texts = new WeakMap<object, string>();

/** Who may connect to a workload's pods. The same for the same connections, in whatever order they were declared. */
export function ingressRules(connections: Connections, viewpoint: Viewpoint, podLabels: Readonly<Record<string, string>>): object[] {
  const rules = clientsOf(connections, viewpoint);
  return [...rules.length > 0 ? rules : [fromItself(connections, podLabels)], ...probeRules(connections, viewpoint)].map(rule => rendered('from', rule));
}

/** The same of all pods of a namespace, of which none has to be let in. */
export function namespaceIngressRules(connections: Connections, viewpoint: Viewpoint): object[] {
  return [...clientsOf(connections, viewpoint), ...probeRules(connections, viewpoint)].map(rule => rendered('from', rule));
}

function clientsOf(connections: Connections, viewpoint: Viewpoint): PolicyRule[] {
  return merged(tunnelled(connections._clientEdges.flatMap(edge => clientRules(edge, viewpoint)), connections, viewpoint));
}

/** To whom a workload's pods may connect: in the same order for the same connections, too. */
export function egressRules(connections: Connections, viewpoint: Viewpoint, denyDns: boolean): object[] {
  const rules = merged([
    // Cilium's DNS proxy has to see the answers, so that its own policy alone opens DNS then
    ...denyDns || asksByName(connections, viewpoint) ? [] : dnsPeer(viewpoint).rules,
    ...controlPlaneRules(connections, viewpoint),
    ...tunnelled(connections._serverEdges.flatMap(edge => serverRules(edge, viewpoint)), connections, viewpoint),
  ]);
  return rules.map(rule => rendered('to', rule));
}

/**
 * Who connects to the viewpoint, on the viewpoint's ports: those of a client are nobody's business. What is limited to some requests is
 * left to the policies that can say so: policies add up, and this one would let through all.
 */
function clientRules(edge: Edge, viewpoint: Viewpoint): PolicyRule[] {
  const ports = edge.unlimitedPorts;
  return ports.length === 0 ? [] : edge.client._resolve(viewpoint).rules.map(({ peers }) => ({ peers, ports }));
}

/** To whom the viewpoint connects: on the ports of the edge, else on those that the peer is known by, such as DNS. */
function serverRules(edge: Edge, viewpoint: Viewpoint): PolicyRule[] {
  return edge.server._resolve(viewpoint).rules
    .map(({ peers, ports }) => ({ peers, ports: portSet([...edge.ports, ...edge.allOffered ? ports : []]) }))
    .filter(({ ports }) => ports.length > 0);
}

/**
 * What a policy has that lets nobody in. It opens nothing to others, and is there because a policy without any ingress
 * rule fails Polaris' `missingNetworkPolicy`; pods without a port have nothing to connect to, so no port is named.
 */
function fromItself({ _offer }: Connections, podLabels: Readonly<Record<string, string>>): PolicyRule {
  return { peers: [{ podSelector: { matchLabels: podLabels } }], ports: _offer.ports };
}

/** One rule for the same peers, with all of their ports. */
function merged(rules: PolicyRule[]): PolicyRule[] {
  const byPeers = new Map<string, PolicyRule[]>();
  for (const rule of rules.map(inOrder)) {
    const key = textOf(rule.peers);
    byPeers.set(key, [...byPeers.get(key) ?? [], rule]);
  }
  return sortedBy(byPeers, ([key]) => key).map(([, same]) => joined(same));
}

function joined([first, ...others]: PolicyRule[]): PolicyRule {
  const ports = [first, ...others].flatMap(rule => rule?.ports ?? []);
  return first !== undefined && others.length === 0 && first.shared === true ? first : { peers: first?.peers ?? [], ports: portSet(ports) };
}

/** Rules that many workloads have, with their peers in order. */
const ordered = new WeakMap<PolicyRule, PolicyRule>();

function inOrder(rule: PolicyRule): PolicyRule {
  const known = ordered.get(rule);
  if (known !== undefined) {
    return known;
  }
  const { peers, shared } = rule;
  const result = { ...rule, peers: sortedBy(peers, textOf) };
  if (shared === true) {
    result.peers = settle(plain(result.peers) as PolicyPeer[]);
    result.ports = portSet(rule.ports);
    ordered.set(rule, result);
  }
  return result;
}

function rendered(direction: string, { peers, ports }: PolicyRule): object {
  return {
    [direction]: peers.length > 0 ? peers : undefined,
    ports: ports.length > 0 ? ports.map(({ protocol, number, endPort }) => ({ protocol, port: number, endPort })) : undefined,
  };
}

/** The same text for the same selector, whatever the order in which its labels were written. */
function textOf(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) {
    return known;
  }
  const text = JSON.stringify(plain(value, { sort: true, fresh: false }));
  if (isSettled(value)) {
    texts.set(value, text);
  }
  return text;
}
