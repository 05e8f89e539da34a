import { ClusterProfile } from '../cluster-profile';
import { Fault } from '../faults';
import { Port } from '../port';
import { ClusterPods } from '../profile/cluster-pods';
import { Gateway } from '../profile/gateway';
import { IngressController } from '../profile/ingress-controller';
import { Traefik } from '../profile/traefik';
import { publicBlocks } from './public-blocks';
import { quoted } from './quoted';
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

/** The API server by its addresses, where it has no identity: it runs in the nodes' network, where no label reaches it. */
export function apiServerPeer({ scope }: Viewpoint): ResolvedPeer {
  const { apiServer: { cidrs, ports }, cni } = ClusterProfile.of(scope);
  if (cni.enforcesCiliumNetworkPolicies) {
    return { rules: [], faults: [], unlabelled: [{ entity: 'kube-apiserver', ports: ports.map(port => Port.tcp(port)) }] };
  }
  const peers = cidrs.map(cidr => ({ ipBlock: { cidr } }));
  return { rules: peers.length > 0 ? [{ peers, ports: ports.map(port => Port.tcp(port)) }] : [], faults: [] };
}

/** Some network plugins judge by identity, and no address reaches the API server then. */
export function apiServerWarning({ cni }: ClusterProfile): ClientWarning | undefined {
  return cni._matchesApiServer || cni.enforcesCiliumNetworkPolicies ? undefined : {
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

/** Addresses by the names that DNS has them under, and only where something watches what DNS answers. */
export function fqdnPeer(name: string, { scope }: Viewpoint): ResolvedPeer {
  const { cni, clusterDomain } = ClusterProfile.of(scope);
  if (!cni.enforcesCiliumNetworkPolicies) {
    return unknown({
      code: 'KEELSON1387', got: `${quoted(name)} on ${cni.name}`, allowed: 'of a DNS name on a network plugin whose policies can name one: Cilium',
      fix: 'connect to its addresses by Peer.cidr(…), or to Peer.internet(); or say Cni.CILIUM in the cluster profile, if that is what the cluster has',
    });
  }
  if (name.endsWith(`.${clusterDomain}`) || name.endsWith('.svc')) {
    return unknown({
      code: 'KEELSON1388', got: quoted(name), allowed: 'a name outside of the cluster: the addresses of pods and Services are never matched by name',
      fix: 'connect to the workload or the Service, or to Peer.workload(…)',
    });
  }
  return { rules: [], faults: [], unlabelled: [{ fqdn: name.includes('*') ? { matchPattern: name } : { matchName: name }, ports: [] }] };
}

export function internetPeer({ scope }: Viewpoint): ResolvedPeer {
  const { ipFamilies, podCidrs, serviceCidrs, nodeCidrs } = ClusterProfile.of(scope);
  const peers = publicBlocks(ipFamilies, [...podCidrs, ...serviceCidrs, ...nodeCidrs]).map(ipBlock => ({ ipBlock }));
  return { rules: [{ peers, ports: [] }], faults: [] };
}

/** Its pods, and the addresses it calls from where it is in no pod network. */
function proxy(caller: Gateway | IngressController | Traefik, viewpoint: Viewpoint): ResolvedPeer {
  const { pods, sourceCidrs, faults } = caller;
  const blocks = sourceCidrs.map(cidr => ({ ipBlock: { cidr } }));
  const { cni } = ClusterProfile.of(viewpoint.scope);
  if (!(caller instanceof Traefik) && caller._isCilium) {
    if (cni.enforcesCiliumNetworkPolicies) {
      // Cilium's own proxy, whatever the pod it runs in: it calls by an identity of its own.
      const peers = [...caller._namesPods ? [clusterPods(pods, viewpoint)] : [], ...blocks];
      return { rules: peers.length > 0 ? [{ peers, ports: [] }] : [], faults, unlabelled: [{ entity: 'ingress', ports: [] }] };
    }
    if (caller instanceof IngressController) {
      return unknown({
        code: 'KEELSON1390', got: `Cilium's own ingress controller on ${cni.name}`, allowed: 'an ingress controller whose pods or addresses a policy can name',
        fix: "set the cluster profile's 'cni' to Cni.CILIUM, which it needs anyway",
      });
    }
  }
  return { rules: [{ peers: [clusterPods(pods, viewpoint), ...blocks], ports: [] }], faults };
}

function clusterPods({ labels, namespace }: ClusterPods, viewpoint: Viewpoint): PolicyPeer {
  return podsSelected(labels, namespace, viewpoint);
}

function unknown(fault: Fault): ResolvedPeer {
  return { rules: [], faults: [fault] };
}
