import type { ClusterProfile } from './cluster-profile';
import { Endpoint } from './endpoint';
import { Fault } from './faults';
import { HttpRule } from './http-rule';
import { Port } from './port';
import { Behind } from './private/behind';
import { ClientWarning } from './private/client-warning';
import { Edge } from './private/edge';
import { otherType } from './private/made';
import { Offer } from './private/offer';
import type { MeshIdentity } from './private/mesh-callers';
import { portSet } from './private/port-set';
import { ResolvedPeer, Viewpoint } from './private/policy-rule';
import type { Mesh } from './profile/mesh';

/**
 * Who opens or accepts network connections: a workload, or a `Peer`.
 *
 * The goal of this module is that users write statements like these, and that they are all there is to write:
 *
 * ```ts
 * storefront.connections.to(orders);
 * metrics.connections.from(Peer.monitoring(), { ports: [Port.tcp(9090)] });
 * storefront.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
 * ```
 */
export interface IConnectable {
  /** Who it may talk to. */
  readonly connections: Connections;
}

/** How two peers are connected. */
export interface ConnectOptions {
  /**
   * The ports of the end that accepts the connection: container ports, never a Service's.
   *
   * @default - all ports that it offers.
   */
  readonly ports?: Port[];

  /**
   * Put in front of the names of the environment variables that the accepting end offers, such as `ARCHIVE_`. Needed
   * where one workload connects to two peers that offer the same names.
   *
   * @default - the names as they are offered.
   */
  readonly envPrefix?: string;

  /**
   * Open the ports, and no more: the end that connects is given no environment variables and files of what the other offers. For those
   * who have credentials of their own, or need none.
   *
   * @default false
   */
  readonly portsOnly?: boolean;

  /**
   * The HTTP requests that are let through, where one of these is enough. Said by the end that accepts them: a workload of this app, on
   * TCP ports, in plain HTTP. On these ports the connection stays restricted, however often it is declared.
   *
   * Only where something looks into requests: the network plugin Cilium (`Cni.CILIUM`).
   *
   * @default - all that is sent on the ports.
   * @see https://docs.cilium.io/en/stable/security/policy/layer7/
   */
  readonly http?: HttpRule[];
}

/**
 * The network connections of a workload or a `Peer`, in both directions.
 *
 * A connection may be declared from either end, in any order, any number of times, across namespaces: it is the same
 * connection, both ends get their rule, and further ports are added to those declared before.
 *
 * Workloads use `PodConnections`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export abstract class Connections {
  /** By the other end; none where there is no other end, as for most there is none in one of the two directions. */
  private servers: Map<Connections, Edge> | undefined;
  private clients: Map<Connections, Edge> | undefined;

  /** @internal */
  public readonly _offer: Offer;

  /** @internal */
  public constructor(endpoint?: Endpoint) {
    this._offer = new Offer(endpoint);
  }

  /**
   * Open connections to `peer`, and take what it offers.
   *
   * @param peer who accepts them.
   * @param options which ports, if not all that it offers.
   */
  public to(peer: IConnectable, options: ConnectOptions = {}): void {
    for (const { end, options: own, offer } of this.behindOf(peer, 'to', options)) {
      Edge.between(this, end).add(own, offer);
    }
  }

  /** Open connections to `peer`, and take nothing of what it offers. @internal */
  public _open(peer: IConnectable, options: ConnectOptions): void {
    for (const { end, options: own } of this.behindOf(peer, 'to', options)) {
      Edge.between(this, end).add(own, Offer.NOTHING);
    }
  }

  /**
   * Accept connections from `peer`, and give it what is offered here.
   *
   * @param peer who opens them.
   * @param options which ports, if not all that are offered here.
   */
  public from(peer: IConnectable, options: ConnectOptions = {}): void {
    this._accept(peer, options);
  }

  /** Accept connections from `peer`, and give it what `offer` has. @internal */
  public _accept(peer: IConnectable, options: ConnectOptions, offer?: Offer): void {
    for (const { end } of this.behindOf(peer, 'from', options)) {
      Edge.between(end, this).add(options, offer);
    }
  }

  /**
   * Offer more to all who connect, whether they are connected already or not.
   *
   * @param endpoint what is added: to ports, environment variables and files offered before.
   */
  public offer(endpoint: Endpoint): void {
    this._offer.add(endpoint);
  }

  /** The container ports that a connection to here opens where it names none, by number. More may be offered until synth. */
  public get offeredPorts(): Port[] {
    return portSet(this._behind({}).flatMap(({ end, options: { ports } }) => ports ?? end._offer.ports));
  }

  /** Whether network policies of this app decide who may connect to here; not so of pods made elsewhere, or of addresses. */
  public get arePoliced(): boolean {
    return this._hasPolicy;
  }

  /** Who accepts connections made to here, and on which ports; a Service's own ends are what is behind it. @internal */
  public _behind(options: ConnectOptions): Behind[] {
    return [{ end: this, options }];
  }

  /**
   * What the peers that this end connects to offer it, once each, in an order that depends on nothing but their names.
   * Complete only when the program has run: read it while rendering.
   *
   * @internal
   */
  public _endpoints(): Endpoint[] {
    return Offer.received(this._serverEdges);
  }

  /** The connection from here to `server`. @internal */
  public _edgeTo(server: Connections): Edge | undefined {
    return this.servers?.get(server);
  }

  /** Keep a connection of which this is one end, or both. @internal */
  public _join(edge: Edge): void {
    if (edge.client === this) {
      this.servers = (this.servers ?? new Map()).set(edge.server, edge);
    }
    if (edge.server === this) {
      this.clients = (this.clients ?? new Map()).set(edge.client, edge);
    }
  }

  /** Whether any of these peers gives more than open ports. @internal */
  public get _areGiven(): boolean {
    return this._serverEdges.some(({ brings }) => brings);
  }

  /** The connections from here to those who are still in the app. @internal */
  public get _serverEdges(): Edge[] {
    return [...this.servers?.values() ?? []].filter(({ server }) => !server._isRemoved);
  }

  /** The connections to here, from those who are still in the app. @internal */
  public get _clientEdges(): Edge[] {
    return [...this.clients?.values() ?? []].filter(({ client }) => !client._isRemoved);
  }

  /** Whether its construct was taken out of the app. @internal */
  public get _isRemoved(): boolean {
    return false;
  }

  /** That it was given no peer, which programs without types may do. @internal */
  public _refuse(method: string, fault: Fault): void {
    throw new Error(`${fault.code} '${method}' must be ${fault.allowed}, got ${fault.got}: ${fault.fix}`);
  }

  private behindOf(peer: IConnectable, method: string, options: ConnectOptions): Behind[] {
    const behind = (peer as Partial<IConnectable> | undefined)?.connections;
    if (typeof behind?._behind !== 'function') {
      this._refuse(`connections.${method}`, otherType(peer, 'a workload, a Service or a Peer', 'name one of them, such as Peer.cidr(…)'));
      return [];
    }
    return behind._behind(options);
  }

  /** Have requests be looked into. @internal */
  public _limit(): void {
    // most have nobody to do it, which is said at synth
  }

  /** The cluster it is in, where it is a workload of this app. @internal */
  public get _cluster(): ClusterProfile | undefined {
    return undefined;
  }

  /** What to warn a client of, and its code. @internal */
  public _warningFor(_profile: ClusterProfile): ClientWarning | undefined {
    return undefined;
  }

  /** The ports that its containers declare, where that is known. @internal */
  public get _listening(): Port[] | undefined {
    return undefined;
  }

  /** The labels of its pods, where it is a workload of this app. @internal */
  public get _podLabels(): Readonly<Record<string, string>> | undefined {
    return undefined;
  }

  /** The service mesh that its pods are in, where they are of this app. @internal */
  public get _mesh(): Mesh | undefined {
    return undefined;
  }

  /** Who its pods are in a mesh, where they are of this app. @internal */
  public get _meshIdentity(): MeshIdentity | undefined {
    return undefined;
  }

  /** How messages name it. @internal */
  public abstract get _text(): string;

  /** Whether its pods are selected by a policy of this app. @internal */
  public abstract get _hasPolicy(): boolean;

  /** What is wrong with it as a value, whoever it is connected to. @internal */
  public abstract get _faults(): Fault[];

  /** How the policy of the other end selects it. @internal */
  public abstract _resolve(viewpoint: Viewpoint): ResolvedPeer;
}
