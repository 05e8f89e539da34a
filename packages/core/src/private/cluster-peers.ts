import { ClusterProfile } from '../cluster-profile';
import { Fault } from '../faults';
import { Port } from '../port';
import { ClusterPods } from '../profile/cluster-pods';
import { Gateway } from '../profile/gateway';
import { IngressController } from '../profile/ingress-controller';
import { Traefik } from '../profile/traefik';
import { publicBlocks } from './public-blocks';
import { PolicyPeer, ResolvedPeer, Viewpoint, podsSelected } from './policy-rule';
import { ClientWarning } from './client-warning';

/** By profile, and by the namespace where that makes a difference. */
const dns = new WeakMap<ClusterProfile, Map<string | undefined, ResolvedPeer>>();

/** The resolvers of the cluster's profile, each on its own port. UDP first; TCP for answers that are too long for it. */
export function dnsPeer(viewpoint: Viewpoint): ResolvedPeer {
  const profile = ClusterProfile.of(viewpoint.scope);
  const known = dns.get(profile) ?? new Map<string | undefined, ResolvedPeer>();
  dns.set(profile, known);
  // seen from all namespaces but the resolvers' own it is the same
  const inside = profile.dnsResolvers.some(({ pods }) => pods?.namespace === viewpoint.namespace) ? viewpoint.namespace : undefined;
  const peer = known.get(inside) ?? resolvers(profile, viewpoint);
  known.set(inside, peer);
  return peer;
}

function resolvers({ dnsResolvers }: ClusterProfile, viewpoint: Viewpoint): ResolvedPeer {
  const byPort = new Map<number, PolicyPeer[]>();
  for (const { port, pods, cidr } of dnsResolvers) {
    const peers = byPort.get(port) ?? [];
    byPort.set(port, peers);
    peers.push(...pods === undefined ? [] : [clusterPods(pods, viewpoint)], ...cidr === undefined ? [] : [{ ipBlock: { cidr } }]);
  }
  const rules = [...byPort].map(([port, peers]) => ({ peers, ports: [Port.udp(port), Port.tcp(port)], shared: true }));
  return { rules: rules.filter(({ peers }) => peers.length > 0), faults: [] };
}

/** The API server by its addresses: it runs in the nodes' network, where no label reaches it. */
export function apiServerPeer({ scope }: Viewpoint): ResolvedPeer {
  const { cidrs, ports } = ClusterProfile.of(scope).apiServer;
  const peers = cidrs.map(cidr => ({ ipBlock: { cidr } }));
  return { rules: peers.length > 0 ? [{ peers, ports: ports.map(port => Port.tcp(port)) }] : [], faults: [] };
}

/** Some network plugins judge by identity, and no address reaches the API server then. */
export function apiServerWarning({ cni }: ClusterProfile): ClientWarning | undefined {
  return cni._matchesApiServer ? undefined : {
    code: 'KEELSON1368',
    text: `its pods don't reach the API server on ${cni.name}, where no CIDR matches nodes, and so don't do their work: `
      + "have a policy of its own let them out, such as a CiliumNetworkPolicy from their labels to the entity 'kube-apiserver'",
  };
}

export function gatewayPeer(given: Gateway | undefined, viewpoint: Viewpoint): ResolvedPeer {
  const gateway = given ?? ClusterProfile.of(viewpoint.scope).gateway;
  return gateway !== undefined ? proxy(gateway, viewpoint) : unknown({
    code: 'KEELSON1357', got: 'the gateway of a profile that names none', allowed: 'a gateway that is known',
    fix: "set the cluster profile's 'gateway', or give one to Peer.gateway()",
  });
}

export function ingressControllerPeer(given: IngressController | undefined, viewpoint: Viewpoint): ResolvedPeer {
  const controller = given ?? ClusterProfile.of(viewpoint.scope).ingress;
  return controller !== undefined ? proxy(controller, viewpoint) : unknown({
    code: 'KEELSON1358', got: 'the ingress controller of a profile that names none', allowed: 'an ingress controller that is known',
    fix: "set the cluster profile's 'ingress', or give one to Peer.ingressController()",
  });
}

export function traefikPeer(given: Traefik | undefined, viewpoint: Viewpoint): ResolvedPeer {
  const traefik = given ?? ClusterProfile.of(viewpoint.scope).traefik;
  return traefik !== undefined ? proxy(traefik, viewpoint) : unknown({
    code: 'KEELSON1743', got: 'the Traefik of a profile that names none', allowed: 'a Traefik that is known',
    fix: "set the cluster profile's 'traefik', or give one to Peer.traefik()",
  });
}

export function monitoringPeer(viewpoint: Viewpoint): ResolvedPeer {
  const { monitoring } = ClusterProfile.of(viewpoint.scope);
  return monitoring !== undefined ? { rules: [{ peers: [clusterPods(monitoring.pods, viewpoint)], ports: [] }], faults: [] } : unknown({
    code: 'KEELSON1359', got: 'the monitoring of a profile that names none', allowed: 'monitoring that is known',
    fix: "set the cluster profile's 'monitoring'",
  });
}

export function internetPeer({ scope }: Viewpoint): ResolvedPeer {
  const { ipFamilies, podCidrs, serviceCidrs, nodeCidrs } = ClusterProfile.of(scope);
  const peers = publicBlocks(ipFamilies, [...podCidrs, ...serviceCidrs, ...nodeCidrs]).map(ipBlock => ({ ipBlock }));
  return { rules: [{ peers, ports: [] }], faults: [] };
}

/** Its pods, and the addresses it calls from where it is in no pod network. */
function proxy({ pods, sourceCidrs, faults }: Gateway | IngressController | Traefik, viewpoint: Viewpoint): ResolvedPeer {
  const peers = [clusterPods(pods, viewpoint), ...sourceCidrs.map(cidr => ({ ipBlock: { cidr } }))];
  return { rules: [{ peers, ports: [] }], faults };
}

function clusterPods({ labels, namespace }: ClusterPods, viewpoint: Viewpoint): PolicyPeer {
  return podsSelected(labels, namespace, viewpoint);
}

function unknown(fault: Fault): ResolvedPeer {
  return { rules: [], faults: [fault] };
}
