import { Fault } from './faults';
import { oneOfFaults } from './private/one-of';
import { TrafficPolicy } from './traffic-policy';

/** How a headless Service tells its pods' addresses. */
export interface HeadlessOptions {
  /**
   * Tell the addresses of pods that aren't ready, too: for members of one thing, which find each other before they can be ready. Not
   * for clients.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;
}

/** What comes in through the nodes. */
export interface NodePortOptions {
  /**
   * Which pods a node sends traffic from outside to. With `CLUSTER` pods see the address of a node instead of the client's, and network
   * policies can't tell clients apart; with `LOCAL` nodes without a pod drop the traffic.
   *
   * @default TrafficPolicy.CLUSTER - every node answers.
   */
  readonly externalTrafficPolicy?: TrafficPolicy;

  /**
   * Where clients come from, as CIDRs of the Service's IP families, at least one: the pods' network policy lets in these alone. With
   * `LOCAL` only, since else pods don't see the clients' addresses, and nothing else would keep anybody out.
   *
   * @default - from everywhere.
   */
  readonly sourceRanges?: string[];
}

/** What a load balancer is asked for. */
export interface LoadBalancerOptions {
  /**
   * Who makes it, `spec.loadBalancerClass`. It can't be changed while the Service is of this type.
   *
   * @default - that of the cluster profile's `loadBalancers`, if it has one.
   */
  readonly loadBalancerClass?: string;

  /**
   * Where clients come from, as CIDRs, at least one of each IP family of the Service. The load balancer, or the nodes, let in these alone;
   * so does the pods' network policy where pods see the clients' addresses: with `LOCAL`, and a load balancer that keeps them.
   *
   * @default - from everywhere.
   */
  readonly sourceRanges?: string[];

  /**
   * Which pods a node sends traffic from outside to. With `CLUSTER` every node answers, pods see the address of a node instead of the
   * client's, and network policies can't tell clients apart.
   *
   * @default - `LOCAL`: pods see the clients' addresses; `CLUSTER` with a `sharingKey`, since only so may Services of different pods share
   * an address, and in a `SelectorlessService`, whose addresses are on no node.
   */
  readonly externalTrafficPolicy?: TrafficPolicy;

  /**
   * Open a port on every node as well. Only load balancers that send to pods directly do without.
   *
   * @default true
   */
  readonly allocateLoadBalancerNodePorts?: boolean;

  /**
   * Whether only the network around the cluster reaches it. Clouds make another load balancer where this changes.
   *
   * @default false
   */
  readonly internal?: boolean;

  /**
   * Addresses it should have, one for each IP family. Another Service may ask for the same ones only on other ports, and with the same
   * `sharingKey` where there are such keys.
   *
   * @default - any.
   */
  readonly addresses?: string[];

  /**
   * The pool that its address is taken from.
   *
   * @default - any that is open to everybody.
   */
  readonly pool?: string;

  /**
   * Services with the same key share an address: on different ports, and either all with `CLUSTER` or all before the same pods.
   *
   * @default - an address of its own.
   */
  readonly sharingKey?: string;
}

/**
 * From where a Service is reached.
 *
 * | from → to | what `kubectl apply` does |
 * |---|---|
 * | `clusterIp`, `nodePort`, `loadBalancer` among each other | changes it; node ports are given back |
 * | any of these ↔ `headless` | fails, since the address can't change: give the Service another name, or delete it first |
 * | `loadBalancer` to another class | fails: change it to `clusterIp` first |
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 */
export class ServiceType {
  /** From inside of the cluster, by one address for all pods. */
  public static clusterIp(): ServiceType {
    return new ServiceType('ClusterIP', {}, {}, false);
  }

  /**
   * From inside of the cluster, by the addresses of the pods themselves: its name stands for all of them, and in a StatefulSet each
   * pod has a name of its own below it.
   *
   * @param options which pods it tells of.
   */
  public static headless(options: HeadlessOptions = {}): ServiceType {
    return new ServiceType('ClusterIP', {}, options, true);
  }

  /**
   * From outside, by a port on every node; and from inside as `clusterIp`.
   *
   * @param options who may come in.
   */
  public static nodePort(options: NodePortOptions = {}): ServiceType {
    return new ServiceType('NodePort', options, {}, false, TrafficPolicy.CLUSTER);
  }

  /**
   * From outside, by a load balancer; and from inside as `clusterIp`.
   *
   * @param options what it is asked for, and who may come in.
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): ServiceType {
    return new ServiceType('LoadBalancer', options, {}, false, options.sharingKey === undefined ? TrafficPolicy.LOCAL : TrafficPolicy.CLUSTER);
  }

  /** What is wrong with it by itself; the Service that receives it reports it. */
  public readonly faults: Fault[];

  /**
   * As asked, with what is usual.
   *
   * @internal
   */
  public readonly _outside: LoadBalancerOptions;

  private constructor(
    /** Its `spec.type`. */
    public readonly name: string,
    private readonly asked: LoadBalancerOptions,
    /** @internal */
    public readonly _headless: HeadlessOptions,
    /** Whether it has no address of its own. */
    public readonly isHeadless: boolean,
    usual?: TrafficPolicy,
  ) {
    this.faults = oneOfFaults('TrafficPolicy', TrafficPolicy, asked.externalTrafficPolicy, 'externalTrafficPolicy');
    this._outside = usual === undefined ? asked : { ...asked, externalTrafficPolicy: asked.externalTrafficPolicy ?? usual };
  }

  /**
   * The same where no node has an endpoint, so that every node has to answer.
   *
   * @internal
   */
  public _withoutNodes(): ServiceType {
    return this.name === 'ClusterIP' ? this : new ServiceType(this.name, this.asked, this._headless, this.isHeadless, TrafficPolicy.CLUSTER);
  }
}
