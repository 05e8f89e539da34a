import { Cidr } from './cidr';
import { Connections, IConnectable } from './connections';
import type { ClusterProfile } from './cluster-profile';
import { Fault } from './faults';
import { Labels } from './labels';
import { PeerCidrOptions, PeerPodsProps, PeerWorkloadProps } from './peer-props';
import { ClientWarning } from './private/client-warning';
import { apiServerPeer, apiServerWarning, dnsPeer, fqdnPeer, gatewayPeer, ingressControllerPeer, internetPeer, monitoringPeer, traefikPeer } from './private/cluster-peers';
import { sortedBy } from './private/order';
import { PeerConnections } from './private/peer-connections';
import { blockFaults, fqdnFaults, namespaceFaults, selectorFaults } from './private/peer-faults';
import { PolicyPeer, ResolvedPeer, Viewpoint, namespaceNamed, podsSelected } from './private/policy-rule';
import { blockWithout } from './private/public-blocks';
import { quoted } from './private/quoted';
import { within } from './private/within';
import { Gateway } from './profile/gateway';
import { IngressController } from './profile/ingress-controller';
import { Traefik } from './profile/traefik';

/**
 * An end of a connection that is no workload of this app: what another repository made, a namespace, an address, what
 * the platform runs.
 *
 * ```ts
 * web.connections.from(Peer.namespaceLabels({ team: 'shop' }));
 * web.connections.to(Peer.workload({ name: 'orders', namespace: 'data', ports: [Port.tcp(5432)] }));
 * web.connections.to(Peer.cidr('10.0.0.0/8', { except: ['10.96.0.0/12'] }), { ports: [Port.tcp(443)] });
 * ```
 *
 * What the platform runs is looked up in the `ClusterProfile` of the workload at synth.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export class Peer implements IConnectable {
  /**
   * A workload that is described in another repository, by the rules of this library: its pods carry
   * `app.kubernetes.io/instance`. For others use `pods`.
   *
   * @param props its name, namespace and ports.
   */
  public static workload(props: PeerWorkloadProps): Peer {
    const { name, namespace, ports } = props;
    const labels = { 'app.kubernetes.io/instance': name };
    const faults = [
      ...name === '' ? [unnamed] : within('name', Labels.faultsOf('app.kubernetes.io/instance', name)),
      ...namespaceFaults(namespace),
    ];
    const peer = new Peer(`workload ${quoted(name)} in namespace ${quoted(namespace)}`, faults, viewpoint => one(podsSelected(labels, namespace, viewpoint)));
    peer.connections.offer({ ports: ports ?? [] });
    return peer;
  }

  /**
   * Pods by their labels, whoever made them.
   *
   * @param props their labels, and where they are.
   */
  public static pods(props: PeerPodsProps): Peer {
    const { labels, namespace, namespaceLabels } = props;
    const faults = [
      ...selectorFaults('labels', labels, 'Peer.namespace()'),
      ...namespaceFaults(namespace),
      ...namespaceLabels === undefined ? [] : selectorFaults('namespaceLabels', namespaceLabels, 'no namespaceLabels'),
    ];
    const places = [...namespace === undefined ? [] : [`namespace ${quoted(namespace)}`], ...namespaceLabels === undefined ? [] : [`namespaces ${listed(namespaceLabels)}`]];
    const text = ['pods', listed(labels), ...places.length === 0 ? [] : ['in', places.join(' and ')]].join(' ');
    return new Peer(text, faults, viewpoint => one(namespaceLabels === undefined ? podsSelected(labels, namespace, viewpoint) : {
      namespaceSelector: { matchLabels: { ...namespaceLabels, ...namespace === undefined ? {} : namespaceNamed(namespace).matchLabels } },
      podSelector: { matchLabels: labels },
    }));
  }

  /**
   * All pods of a namespace, selected by its name, which no other namespace can carry.
   *
   * @param name the namespace.
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name
   */
  public static namespace(name: string): Peer {
    return new Peer(`namespace ${quoted(name)}`, namespaceFaults(name), () => one({ namespaceSelector: namespaceNamed(name) }));
  }

  /** All pods of the workload's own namespace, and none of another. */
  public static ownNamespace(): Peer {
    return new Peer('the own namespace', [], () => one({ podSelector: {} }));
  }

  /**
   * All pods of all namespaces that carry labels. Whoever may edit a namespace may put them on it.
   *
   * @param labels the namespaces' labels, at least one.
   */
  public static namespaceLabels(labels: { [key: string]: string }): Peer {
    const own = { ...labels };
    return new Peer(`namespaces ${listed(own)}`, selectorFaults('namespaceLabels', own, 'Peer.anywhere()'), () => one({ namespaceSelector: { matchLabels: own } }));
  }

  /**
   * A block of IP addresses outside of the pod network; of pods, not every network plugin looks at the address.
   *
   * As a client it is what the pod sees, which behind a load balancer is mostly a node's address.
   *
   * @param cidr the block, such as `10.0.0.0/8` or `2001:db8::/32`.
   * @param options what of it is left out.
   */
  public static cidr(cidr: string, options: PeerCidrOptions = {}): Peer {
    const block = Cidr.of(cidr);
    const except = [...options.except ?? []];
    const text = except.length === 0 ? block.text : `${block.text} except ${[...except].sort().join(', ')}`;
    return new Peer(text, blockFaults(block, except), () => one({ ipBlock: blockWithout(block, except) }));
  }

  /**
   * What is outside of the cluster, by its DNS name: the addresses that DNS has answered a pod with. Only to connect to, and only where
   * the network plugin's policies can name it, which is Cilium (`Cni.CILIUM`); there DNS is opened through Cilium's DNS proxy.
   *
   * ```ts
   * web.connections.to(Peer.fqdn('api.example.com'), { ports: [Port.tcp(443)] });
   * web.connections.to(Peer.fqdn('*.example.com'), { ports: [Port.tcp(443)] });
   * ```
   *
   * @param name a name, or a pattern: `*` stands for any signs but a dot, so that `*.example.com` is neither `example.com` nor
   * `a.b.example.com`.
   * @see https://docs.cilium.io/en/stable/security/policy/layer3/#dns-based
   */
  public static fqdn(name: string): Peer {
    return new Peer(`DNS name ${quoted(name)}`, fqdnFaults(name), viewpoint => fqdnPeer(name, viewpoint));
  }

  /**
   * The internet: every address that is public. Without private, link-local (a cloud's metadata), loopback and other
   * special blocks, and without the cluster's own as the profile names them; of the profile's IP families.
   *
   * @see https://www.rfc-editor.org/rfc/rfc6890
   */
  public static internet(): Peer {
    return new Peer('the internet', [], internetPeer);
  }

  /** Everybody, inside and outside of the cluster. */
  public static anywhere(): Peer {
    return new Peer('everybody', [], () => ({ rules: [{ peers: [], ports: [] }], faults: [] }));
  }

  /**
   * What a Gateway sends its requests from: its pods, and its source CIDRs; of one that Cilium runs, Cilium's proxy.
   *
   * @param gateway the Gateway; that of the cluster's profile, unless given.
   */
  public static gateway(gateway?: Gateway): Peer {
    return new Peer(gateway === undefined ? 'the gateway' : `gateway ${quoted(`${gateway.namespace}/${gateway.name}`)}`, [], viewpoint => gatewayPeer(gateway, viewpoint));
  }

  /**
   * What an ingress controller sends its requests from: its pods, and its source CIDRs; of Cilium's own, Cilium's proxy.
   *
   * @param controller the controller; that of the cluster's profile, unless given.
   */
  public static ingressController(controller?: IngressController): Peer {
    return new Peer(controller === undefined ? 'the ingress controller' : `ingress controller ${quoted(controller.className)}`, [],
      viewpoint => ingressControllerPeer(controller, viewpoint));
  }

  /**
   * What a Traefik sends its requests from: its pods, and its source CIDRs.
   *
   * @param traefik the Traefik; that of the cluster's profile, unless given.
   */
  public static traefik(traefik?: Traefik): Peer {
    return new Peer(traefik === undefined ? 'Traefik' : `Traefik in namespace ${quoted(traefik.namespace)}`, [], viewpoint => traefikPeer(traefik, viewpoint));
  }

  /** What scrapes metrics, by the cluster's profile. */
  public static monitoring(): Peer {
    return new Peer('the monitoring', [], monitoringPeer);
  }

  /** The DNS servers of the cluster's profile, on their ports. Workloads reach them without this, unless they gave it up. */
  public static dns(): Peer {
    return new Peer('DNS', [], dnsPeer);
  }

  /** The API server by the cluster's profile, on its ports: by its addresses, and on Cilium by its identity. */
  public static apiServer(): Peer {
    return new Peer('the API server', [], apiServerPeer, apiServerWarning);
  }

  public readonly connections: Connections;

  /** What is wrong with it; the workload that is connected to it reports it. */
  public readonly faults: Fault[];

  private constructor(
    text: string, faults: Fault[], resolve: (viewpoint: Viewpoint) => ResolvedPeer,
    warn: (profile: ClusterProfile) => ClientWarning | undefined = () => undefined,
  ) {
    this.faults = faults;
    this.connections = new PeerConnections(text, faults, resolve, warn);
  }
}

const unnamed: Fault = { code: 'KEELSON1365', member: 'name', got: "''", allowed: 'the name of a workload', fix: "give what its pods carry as 'app.kubernetes.io/instance'" };

function one(peer: PolicyPeer): ResolvedPeer {
  return { rules: [{ peers: [peer], ports: [] }], faults: [] };
}

function listed(labels: { [key: string]: string }): string {
  return sortedBy(Object.entries(labels), ([key]) => key).map(([key, value]) => quoted(`${key}=${value}`)).join(', ');
}
