import { ClusterProfile, NamespaceConnections } from '@keelson/core';
import { IConstruct } from 'constructs';
import { NetworkPeer, Opening, Openings } from './networks';

/** A rule as it is rendered. */
interface RenderedRule {
  readonly from?: readonly NetworkPeer[];
  readonly to?: readonly NetworkPeer[];
  readonly ports?: Opening['ports'];
}

/** Pods and addresses that call from outside of the tenant. */
interface Caller {
  readonly pods: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  readonly sourceCidrs?: readonly string[];
}

/** What the tenant's own policy opens, whom the cluster profile knows to call apps, and the API server. */
export function openingsOf(scope: IConstruct, isolation: NamespaceConnections): Openings {
  const { gateway, ingress, traefik, monitoring, apiServer } = ClusterProfile.of(scope);
  const { spec } = isolation.policy.toJson() as { spec: { ingress?: readonly RenderedRule[]; egress?: readonly RenderedRule[] } };
  const callers: Caller[] = [gateway, ingress, traefik, monitoring].flatMap(each => each ?? []);
  // Where its addresses aren't known, they are any: opened for all of the tenant, or not at all.
  const servers = apiServer.cidrs.filter(cidr => !cidr.endsWith('/0'));
  return {
    ingress: [
      ...(spec.ingress ?? []).map(({ from = [], ports }) => ({ peers: from, ports })),
      ...callers.map(caller => ({ peers: peersOf(caller) })),
    ],
    egress: [
      ...(spec.egress ?? []).map(({ to = [], ports }) => ({ peers: to, ports })),
      ...servers.length === 0 ? [] : [{
        peers: servers.map(cidr => ({ ipBlock: { cidr } })), ports: apiServer.ports.map(port => ({ port })),
      }],
    ],
  };
}

function peersOf({ pods: { namespace, labels }, sourceCidrs = [] }: Caller): NetworkPeer[] {
  const pods = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } }, podSelector: { matchLabels: labels } };
  return [pods, ...sourceCidrs.map(cidr => ({ ipBlock: { cidr } }))];
}
