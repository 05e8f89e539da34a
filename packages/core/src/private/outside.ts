import { ClusterProfile } from '../cluster-profile';
import { IConnectable } from '../connections';
import { IpFamily } from '../ip-family';
import type { ServiceType } from '../service-type';
import { TrafficPolicy } from '../traffic-policy';
import { sourceBlocks } from './load-balancer';
import { PeerConnections } from './peer-connections';
import { ResolvedPeer, Viewpoint } from './policy-rule';

/** Who comes in through a Service from outside of the cluster, as its pods see them. */
export function outside(text: string, type: ServiceType): IConnectable {
  return { connections: new PeerConnections(text, [], viewpoint => clientsSeen(type, viewpoint), () => undefined) };
}

/** Why everybody has to be let in, where that is so. */
export function opennessOf(type: ServiceType, { cni, nodeCidrs }: ClusterProfile): string | undefined {
  if (seesClients(type)) {
    return undefined;
  }
  const seen = 'pods see the address of a node instead of the client\'s';
  return !cni.matchesNodeAddresses ? `${seen}, and no CIDR matches nodes on ${cni.name}`
    : nodeCidrs.length > 0 ? undefined : `${seen}, and the cluster profile doesn't name 'nodeCidrs'`;
}

/**
 * With `Local` the clients themselves. With `Cluster` nodes replace a client's address by one of their own: in the nodes' network, or
 * in the pods', where the network plugin has a tunnel or a gateway on each node.
 *
 * @see https://github.com/antrea-io/antrea/releases/tag/v0.12.2 for a gateway's address
 * @see https://github.com/cilium/cilium/issues/25650 for a node's address in the pods' range
 */
function clientsSeen(type: ServiceType, { scope }: Viewpoint): ResolvedPeer {
  const profile = ClusterProfile.of(scope);
  const blocks = (cidrs: readonly string[]) => ({ rules: [{ peers: cidrs.map(cidr => ({ ipBlock: { cidr } })), ports: [] }], faults: [] });
  if (seesClients(type)) {
    const sources = sourceBlocks(type._outside.sourceRanges);
    return blocks(sources.length > 0 ? sources : profile.ipFamilies.map(family => (family === IpFamily.IPV6 ? '::/0' : '0.0.0.0/0')));
  }
  return blocks(opennessOf(type, profile) === undefined ? [...profile.nodeCidrs, ...profile.podCidrs] : []);
}

function seesClients({ _outside }: ServiceType): boolean {
  return _outside.externalTrafficPolicy === TrafficPolicy.LOCAL;
}
