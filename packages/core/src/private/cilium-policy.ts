import { ClusterProfile } from '../cluster-profile';
import type { Connections } from '../connections';
import type { HttpRule } from '../http-rule';
import type { Port } from '../port';
import { dnsPeer } from './cluster-peers';
import type { Edge } from './edge';
import { nonEmpty } from './non-empty';
import { sortedBy } from './order';
import { LabelSelector, PolicyPeer, UnlabelledPeer, Viewpoint } from './policy-rule';
import { portSet } from './port-set';
import { plain } from './render';

/** An end as a CiliumNetworkPolicy names it: one of these members; none is everybody. */
interface CiliumPeer {
  readonly Endpoints?: readonly LabelSelector[];
  readonly CIDRSet?: readonly object[];
  readonly Entities?: readonly string[];
  readonly FQDNs?: readonly object[];
}

/** What one end of a connection is let through to or from. */
interface Opening {
  readonly peer: CiliumPeer;
  readonly ports: readonly Port[];
  /** What of the traffic, by protocol; none is all. */
  readonly requests?: { readonly http?: readonly object[]; readonly dns?: readonly object[] };
}

/** More, and the API server refuses it. */
const MOST_PORTS = 40;

/** What is said beside the NetworkPolicy of the same pods. The same for the same connections, in whatever order they were declared. */
export function ciliumPolicy(
  connections: Connections, viewpoint: Viewpoint, podLabels: Readonly<Record<string, string>>, denyDns: boolean,
): object {
  const ingress = rendered('from', connections._clientEdges.flatMap(edge => clientOpenings(edge, viewpoint)));
  const egress = rendered('to', [
    ...!denyDns && asksByName(connections, viewpoint) ? watchedDns(viewpoint) : [],
    ...connections._serverEdges.flatMap(edge => serverOpenings(edge, viewpoint)),
  ]);
  return {
    endpointSelector: Object.keys(podLabels).length === 0 ? {} : { matchLabels: podLabels },
    // Where all of it was taken out of the app again: Cilium takes no policy without rules, and lets nobody in by an empty one.
    ingress: ingress.length === 0 && egress.length === 0 ? [{}] : nonEmpty(ingress),
    egress: nonEmpty(egress),
  };
}

/** Whether pods connect to something by its DNS name. */
export function asksByName(connections: Connections, viewpoint: Viewpoint): boolean {
  return ClusterProfile.of(viewpoint.scope).cni.enforcesCiliumNetworkPolicies
    && connections._serverEdges.some(({ server }) => (server._resolve(viewpoint).unlabelled ?? []).some(({ fqdn }) => fqdn !== undefined));
}

/**
 * DNS through Cilium's proxy, which learns from the answers what addresses a name has; without `rules` it would see none of them.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#obtaining-dns-data-for-use-by-tofqdns
 */
function watchedDns(viewpoint: Viewpoint): Opening[] {
  const requests = { dns: [{ matchPattern: '*' }] };
  return dnsPeer(viewpoint).rules.flatMap(({ peers, ports }) => ciliumPeers(peers).map(peer => ({ peer, ports, requests })));
}

function clientOpenings(edge: Edge, viewpoint: Viewpoint): Opening[] {
  const { rules, unlabelled = [] } = edge.client._resolve(viewpoint);
  const { unlimitedPorts } = edge;
  const callers = unlabelled.filter(({ entity }) => entity !== undefined).map(unlabelledPeer);
  const peers = edge.limits.length === 0 ? [] : [...rules.flatMap(rule => ciliumPeers(rule.peers)), ...callers];
  return [
    ...callers.map(peer => ({ peer, ports: unlimitedPorts })),
    ...edge.limits.flatMap((limit) => {
      const requests = { http: limit.rules.map(httpOf) };
      return peers.map(peer => ({ peer, ports: edge.portsOf(limit), requests }));
    }),
  ];
}

function serverOpenings(edge: Edge, viewpoint: Viewpoint): Opening[] {
  const { unlabelled = [] } = edge.server._resolve(viewpoint);
  return unlabelled.map(each => ({ peer: unlabelledPeer(each), ports: [...edge.ports, ...edge.allOffered ? each.ports : []] }));
}

function unlabelledPeer({ entity, fqdn }: UnlabelledPeer): CiliumPeer {
  return { Entities: entity === undefined ? undefined : [entity], FQDNs: fqdn === undefined ? undefined : [fqdn] };
}

/** Pods and addresses, which can't stand in one rule; nobody named is everybody. */
function ciliumPeers(peers: readonly PolicyPeer[]): CiliumPeer[] {
  const pods = peers.filter(({ ipBlock }) => ipBlock === undefined).map(selectorOf);
  const blocks = peers.flatMap(({ ipBlock }) => ipBlock ?? []);
  return peers.length === 0 ? [{}] : [
    ...pods.length === 0 ? [] : [{ Endpoints: sortedBy(pods, textOf) }],
    ...blocks.length === 0 ? [] : [{ CIDRSet: sortedBy(blocks, textOf) }],
  ];
}

/**
 * Pods in the labels that Cilium gives them, those of their namespace among them; without one of these, those of the policy's own.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/kubernetes/#namespaces
 */
function selectorOf({ podSelector, namespaceSelector }: PolicyPeer): LabelSelector {
  const place = Object.entries(namespaceSelector?.matchLabels ?? {})
    .map(([key, value]) => [key === 'kubernetes.io/metadata.name' ? 'k8s:io.kubernetes.pod.namespace' : `k8s:io.cilium.k8s.namespace.labels.${key}`, value] as const);
  const matchLabels = { ...podSelector?.matchLabels, ...Object.fromEntries(place) };
  return Object.keys(matchLabels).length === 0 ? {} : { matchLabels };
}

/** Cilium compares by regular expressions, from beginning to end, and the path together with the query. */
function httpOf({ _path: path, _isPrefix: isPrefix, _methods: methods }: HttpRule): object {
  const literal = path?.replace(/[$()+.]/g, '\\$&');
  return {
    method: methods.length === 0 ? undefined : methods.join('|'),
    path: literal === undefined ? undefined : isPrefix ? `${literal === '/' ? '' : literal}([/?].*)?` : `${literal}([?].*)?`,
  };
}

/** A rule for each peer, with all of its ports. */
function rendered(direction: 'from' | 'to', openings: Opening[]): object[] {
  const byPeer = new Map<string, Opening[]>();
  for (const opening of openings.filter(({ ports }) => ports.length > 0)) {
    const key = textOf(opening.peer);
    byPeer.set(key, [...byPeer.get(key) ?? [], opening]);
  }
  return sortedBy(byPeer, ([key]) => key).map(([, same]) => ({
    ...Object.fromEntries(Object.entries(same[0]?.peer ?? {}).map(([member, value]) => [`${direction}${member}`, value] as const)),
    toPorts: portRules(same),
  }));
}

/** What isn't looked into, and then by ports what is. */
function portRules(openings: Opening[]): object[] {
  const open = portSet(openings.flatMap(({ ports, requests }) => requests === undefined ? ports : []));
  const watched = new Map<string, Opening>();
  for (const { peer, ports, requests } of openings.filter(each => each.requests !== undefined)) {
    const set = portSet(ports);
    const key = set.map(({ text }) => text).join();
    const { http, dns } = watched.get(key)?.requests ?? {};
    watched.set(key, { peer, ports: set, requests: { http: joined(http, requests?.http), dns: joined(dns, requests?.dns) } });
  }
  return [
    ...inParts(open).map(ports => ({ ports })),
    ...sortedBy(watched, ([key]) => key)
      .flatMap(([, { ports, requests: rules }]) => inParts([...ports]).map(part => ({ ports: part, rules }))),
  ];
}

function joined(some: readonly object[] | undefined, others: readonly object[] | undefined): object[] | undefined {
  const all = [...some ?? [], ...others ?? []];
  const distinct = new Map(all.map(each => [textOf(each), each]));
  return all.length === 0 ? undefined : sortedBy(distinct, ([text]) => text).map(([, each]) => each);
}

function inParts(ports: readonly Port[]): object[][] {
  const all = ports.map(({ number, endPort, protocol }) => ({ port: String(number), endPort, protocol }));
  return Array.from({ length: Math.ceil(all.length / MOST_PORTS) }, (_, at) => all.slice(at * MOST_PORTS, (at + 1) * MOST_PORTS));
}

function textOf(value: object): string {
  return JSON.stringify(plain(value));
}
