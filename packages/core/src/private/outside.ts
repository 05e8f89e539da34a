import { ClusterProfile } from '../cluster-profile';
import { IConnectable } from '../connections';
import { IpFamily } from '../ip-family';
import type { ServiceType } from '../service-type';
import { TrafficPolicy } from '../traffic-policy';
import { hidingBalancerOf, sourceBlocks } from './load-balancer';
import { PeerConnections } from './peer-connections';
import { ResolvedPeer, Viewpoint } from './policy-rule';

/** Annotations that a Service is given beside what it asks for. */
type Annotations = { readonly [key: string]: string } | undefined;

/** Who comes in through a Service from outside of the cluster, as its pods see them. */
export function outside(text: string, type: ServiceType, annotations: Annotations): IConnectable {
  return { connections: new PeerConnections(text, [], viewpoint => clientsSeen(type, annotations, viewpoint), () => undefined) };
}

/** Why everybody has to be let in, and what keeps them out, where that is so. */
export function opennessOf(type: ServiceType, annotations: Annotations, profile: ClusterProfile): string | undefined {
  const { cni, nodeCidrs } = profile;
  if (isLocal(type)) {
    const hiding = hidingOf(type, annotations, profile);
    return hiding === undefined ? undefined
      : `pods see the address of the load balancer instead of the client's, by ${hiding}: use one that keeps it, `
        + 'or have the load balancer alone keep clients out';
  }
  const seen = 'pods see the address of a node instead of the client\'s';
  return !cni.matchesNodeAddresses ? `${seen}, and no CIDR matches nodes on ${cni.name}: use TrafficPolicy.LOCAL`
    : nodeCidrs.length > 0 ? undefined : `${seen}, and the cluster profile doesn't name 'nodeCidrs': use TrafficPolicy.LOCAL, or name 'nodeCidrs'`;
}

/**
 * With `Local` the clients themselves, or the load balancer, wherever it is. With `Cluster` nodes replace a client's address by one of
 * their own: in the nodes' network, or in the pods', where the network plugin has a tunnel or a gateway on each node.
 *
 * @see https://github.com/antrea-io/antrea/releases/tag/v0.12.2 for a gateway's address
 * @see https://github.com/cilium/cilium/issues/25650 for a node's address in the pods' range
 */
function clientsSeen(type: ServiceType, annotations: Annotations, { scope }: Viewpoint): ResolvedPeer {
  const profile = ClusterProfile.of(scope);
  const blocks = (cidrs: readonly string[]) => ({ rules: [{ peers: cidrs.map(cidr => ({ ipBlock: { cidr } })), ports: [] }], faults: [] });
  if (isLocal(type) && hidingOf(type, annotations, profile) === undefined) {
    const sources = sourceBlocks(type._outside.sourceRanges);
    return blocks(sources.length > 0 ? sources : profile.ipFamilies.map(family => (family === IpFamily.IPV6 ? '::/0' : '0.0.0.0/0')));
  }
  return blocks(opennessOf(type, annotations, profile) === undefined ? [...profile.nodeCidrs, ...profile.podCidrs] : []);
}

function isLocal({ _outside }: ServiceType): boolean {
  return _outside.externalTrafficPolicy === TrafficPolicy.LOCAL;
}

function hidingOf({ name, _outside }: ServiceType, annotations: Annotations, profile: ClusterProfile): string | undefined {
  return name === 'LoadBalancer' ? hidingBalancerOf(_outside, profile, annotations ?? {}) : undefined;
}
