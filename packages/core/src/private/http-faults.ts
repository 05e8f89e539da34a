import type { Connections } from '../connections';
import { Fault } from '../faults';
import { Protocol } from '../protocol';
import type { Edge } from './edge';
import { listFaults, madeFaults } from './made';
import { PolicyPeer, ResolvedPeer, Viewpoint } from './policy-rule';
import { overlapping } from './port-set';
import { within } from './within';

/** What is wrong with the limits of a connection to some requests. */
export function httpFaults(edge: Edge): Fault[] {
  const { limits, server } = edge;
  if (limits.length === 0) {
    return [];
  }
  const rules = limits.flatMap(({ rules: given }): Fault[] => {
    const wrong = listFaults(given, 'HTTP rules', 'write it like [HttpRule.prefix(…)]', 'http');
    if (wrong.length > 0) {
      return wrong;
    }
    return given.length > 0 ? given.flatMap((rule, at) => within(`http[${at}]`, madeFaults(rule, 'HttpRule', 'prefix(…)'))) : [{
      code: 'KEELSON1395', member: 'http', got: 'an empty list', allowed: 'at least one rule', fix: 'name the requests, or leave it out for all',
    }];
  });
  const others = edge.limitedPorts.filter(({ protocol, faults }) => protocol !== Protocol.TCP && faults.length === 0);
  return [...rules, ...others.length === 0 ? [] : [{
    code: 'KEELSON1396', member: 'http', got: `rules for ${others.map(({ text }) => text).join(', ')}`, allowed: 'given for TCP ports',
    fix: "name the port that HTTP is spoken on in 'ports'",
  }], ...nobodyFaults(server)];
}

/** Rules that nobody holds anybody to would be none. */
function nobodyFaults(server: Connections): Fault[] {
  const profile = server._cluster;
  if (profile === undefined) {
    return [{
      code: 'KEELSON1397', member: 'http', got: `rules for ${server._text}`, allowed: 'for connections that a workload of this app accepts',
      fix: 'leave it out: who accepts a connection says what may be asked of it',
    }];
  }
  const isMeshed = server._mesh !== undefined;
  return profile.cni.enforcesCiliumNetworkPolicies && !isMeshed ? [] : [{
    code: 'KEELSON1385', member: 'http', got: isMeshed ? 'HTTP rules in a mesh, whose connections are encrypted' : `HTTP rules on ${profile.cni.name}`, allowed: 'left out where nothing looks into requests',
    fix: 'check requests in the app; or have the cluster run Cilium, and say Cni.CILIUM in its profile',
  }];
}

/** Another connection on the same ports that lets the same client through with all of its requests: policies only add up. */
export function bypassFaults(connections: Connections, viewpoint: Viewpoint): Fault[] {
  const edges = connections._clientEdges;
  return edges.filter(({ limits }) => limits.length > 0).flatMap((edge) => {
    const client = edge.client._resolve(viewpoint);
    const around = edges.filter(other => other !== edge && overlapping(other.unlimitedPorts, edge.limitedPorts)
      && letsIn(other.client._resolve(viewpoint), client, viewpoint));
    return around.map(other => ({
      code: 'KEELSON1389', member: 'http', got: `rules for ${edge.client._text}, which ${other.client._text} lets in on the same port without`,
      allowed: 'rules for a client that no other connection lets in', fix: 'give that connection rules too, or other ports',
    }));
  });
}

function letsIn(outer: ResolvedPeer, { rules, unlabelled = [] }: ResolvedPeer, viewpoint: Viewpoint): boolean {
  const peers = rules.flatMap(rule => rule.peers);
  return outer.rules.some(rule => rule.peers.length === 0 || rule.peers.some(each => peers.some(inner => covers(each, inner, viewpoint))))
    || (outer.unlabelled ?? []).some(({ entity }) => entity !== undefined && unlabelled.some(inner => inner.entity === entity));
}

function has(all: Readonly<Record<string, string>>, some: Readonly<Record<string, string>>): boolean {
  return Object.entries(some).every(([key, value]) => all[key] === value);
}

/** Whether all pods that one peer selects are selected by another. */
function covers(outer: PolicyPeer, inner: PolicyPeer, { namespace }: Viewpoint): boolean {
  if (outer.ipBlock !== undefined || inner.ipBlock !== undefined) {
    return outer.ipBlock !== undefined && JSON.stringify(outer.ipBlock) === JSON.stringify(inner.ipBlock);
  }
  const own: Readonly<Record<string, string>> = namespace === undefined ? {} : { 'kubernetes.io/metadata.name': namespace };
  const placeOf = ({ namespaceSelector }: PolicyPeer) => namespaceSelector === undefined ? own : namespaceSelector.matchLabels ?? {};
  return has(placeOf(inner), placeOf(outer)) && has(inner.podSelector?.matchLabels ?? {}, outer.podSelector?.matchLabels ?? {});
}
