import { Chart, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { ConnectOptions, Connections, IConnectable } from './connections';
import { Endpoint } from './endpoint';
import { Fault, Faults } from './faults';
import { Manifest } from './manifest';
import type { PodTemplate } from './pod-template';
import { Port } from './port';
import type { Mesh } from './profile/mesh';
import { Protocol } from './protocol';
import type { IServiceAccount } from './service-account';
import { CiliumBeside } from './private/cilium-beside';
import type { Edge } from './private/edge';
import { EdgeFault, edgeFaults, placeFaults } from './private/edge-faults';
import { MeshIdentity, callerFaults, sidecarDnsFaults } from './private/mesh-callers';
import { meshAt } from './private/mesh-members';
import { callerRules, meshPolicies, plainPortsOf } from './private/mesh-policies';
import { egressRules, ingressRules } from './private/network-policy';
import { nonEmpty } from './private/non-empty';
import { ResolvedPeer, Viewpoint, podsSelected } from './private/policy-rule';
import { Warnings } from './warnings';

/** Properties for `PodConnections`. */
export interface PodConnectionsProps {
  /** The labels that select the workload's pods, and no others; one label, since some policy checkers take no more. */
  readonly podLabels: { [key: string]: string };

  /**
   * Name of the policy.
   *
   * @default - the id of the workload's construct.
   */
  readonly name?: string;

  /**
   * Labels of the policy.
   *
   * @default - `podLabels`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * What the workload offers to those who connect to it.
   *
   * @default - nothing, until it is offered.
   */
  readonly endpoint?: Endpoint;

  /**
   * Close DNS too. Then the pods reach addresses only, and no name, not even of a Service.
   *
   * @default false
   */
  readonly denyDns?: boolean;

  /**
   * The account the pods run as: who they are in a service mesh.
   *
   * @default - not known: in a mesh, whoever they may call lets in all of their namespace.
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Whether the pods join the mesh of the cluster profile. Those that don't call without mTLS, and what they may call takes plain text.
   *
   * @default true
   */
  readonly joinsMesh?: boolean;
}

/**
 * The network connections of a workload's pods.
 *
 * Defines a NetworkPolicy of the workload's name, in which everything is denied, in both directions, that isn't declared
 * here or at the other end. DNS is open, unless it is closed by name; so are connections among the pods themselves, on
 * the ports that they offer, where nobody else may connect.
 *
 * Where the cluster profile names a `Mesh`, it defines an AuthorizationPolicy too, which lets in the same by the identities of their
 * ServiceAccounts, and a PeerAuthentication that wants mTLS, but for ports that somebody calls who is not in the mesh.
 *
 * On Cilium it defines a CiliumNetworkPolicy of the same name, once something is connected that a NetworkPolicy can't say. The two add up:
 * what is open in one of them is open.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class PodConnections extends Connections {
  /** The NetworkPolicy. */
  public readonly policy: Manifest;

  /**
   * Who may call in the mesh.
   *
   * @default - none where the cluster profile names no mesh, or the pods don't join it.
   */
  public readonly authorizationPolicy?: Manifest;

  /**
   * That callers need a certificate of the mesh.
   *
   * @default - none where the cluster profile names no mesh, or the pods don't join it.
   */
  public readonly peerAuthentication?: Manifest;

  private readonly scope: Construct;
  private readonly beside: CiliumBeside;
  private pods?: PodTemplate;
  private readonly podLabels: Readonly<Record<string, string>>;
  private readonly deniesDns: boolean;
  private readonly account: string | undefined;
  private readonly joinsMesh: boolean;

  /**
   * @param scope the workload, by whose id the policy is named.
   * @param props which pods it is about.
   */
  public constructor(scope: Construct, props: PodConnectionsProps) {
    super(props.endpoint);
    this.scope = scope;
    this.podLabels = { ...props.podLabels };
    this.deniesDns = props.denyDns ?? false;
    this.account = props.serviceAccount?.name;
    this.joinsMesh = props.joinsMesh ?? true;
    const [name, labels] = [props.name ?? scope.node.id, props.labels ?? this.podLabels];
    this.beside = new CiliumBeside(scope, this, { name, labels, podLabels: this.podLabels, denyDns: this.deniesDns });
    this.policy = new Manifest(scope, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, labels },
      spec: {
        podSelector: Object.keys(this.podLabels).length === 0 ? {} : { matchLabels: this.podLabels },
        // Written out: Kubernetes leaves egress open where it is only derived from an empty list of rules.
        policyTypes: ['Ingress', 'Egress'],
        // Late: peers, their ports and the cluster's profile may still come until synth.
        ingress: Lazy.any({ produce: () => this._ingress() }),
        // None is left out: the API server drops an empty list, and takes every apply of one for a change.
        egress: Lazy.any({ produce: () => nonEmpty(this._egress()) }),
      },
    });
    const { cni } = ClusterProfile.of(scope);
    if (!cni.enforcesNetworkPolicies) {
      // Said of the chart, so once and not of each workload.
      Warnings.report(Chart.of(scope), 'KEELSON1367',
        `its network policies protect nothing, since ${cni.name} does not enforce them: install a network plugin that does, such as Calico or Cilium`);
    }
    const { _mesh: mesh } = this;
    if (mesh !== undefined) {
      const policies = meshPolicies(scope, {
        name, labels, podLabels: this.podLabels, rules: () => this._callerRules(mesh), plainPorts: () => this._plainPorts(mesh),
      });
      this.authorizationPolicy = policies.authorizationPolicy;
      this.peerAuthentication = policies.peerAuthentication;
      Faults.report(scope, 'denyDns', sidecarDnsFaults(mesh, this.deniesDns));
    }
    Faults._placeOf(scope).node.addValidation({
      validate: () => [...edgeFaults(this, this._viewpoint, this.deniesDns), ...this._meshFaults()]
        .map(({ prop, fault }) => Faults.describe(prop, fault)),
    });
  }

  /**
   * Open connections to `peer`, and take what it offers.
   *
   * @param peer who accepts them.
   * @param options which ports, if not all that it offers.
   */
  public override to(peer: IConnectable, options: ConnectOptions = {}): void {
    super.to(peer, options);
    this.warnOf(peer);
  }

  /** @internal */
  public override _open(peer: IConnectable, options: ConnectOptions): void {
    super._open(peer, options);
    this.warnOf(peer);
  }

  private warnOf(peer: IConnectable): void {
    const warning = (peer as Partial<IConnectable> | undefined)?.connections?._warningFor(ClusterProfile.of(this.scope));
    if (warning !== undefined) {
      Warnings.report(this.scope, warning.code, warning.text);
    }
  }

  /** The CiliumNetworkPolicy beside it; none as long as a NetworkPolicy can say everything. */
  public get ciliumPolicy(): Manifest | undefined {
    return this.beside.policy;
  }

  /** @internal */
  public override _join(edge: Edge): void {
    super._join(edge);
    this.beside.meet(edge.client === this ? edge.server : edge.client, this._viewpoint);
  }

  /** @internal */
  public override _limit(): void {
    this.beside.limit(this._viewpoint);
  }

  /** Who is let in. @internal */
  public _ingress(): object[] | undefined {
    return ingressRules(this, this._viewpoint, this.podLabels);
  }

  /** Who is let out, and to where. @internal */
  public _egress(): object[] {
    return egressRules(this, this._viewpoint, this.deniesDns);
  }

  /** Who may call in the mesh, and where. @internal */
  public _callerRules(mesh: Mesh): object[] {
    return callerRules(this, this._viewpoint, mesh);
  }

  /** Where somebody calls who is not in the mesh. @internal */
  public _plainPorts(mesh: Mesh): number[] {
    return plainPortsOf(this, this._viewpoint, mesh);
  }

  /** What of its connections a mesh can't be told. @internal */
  public _meshFaults(): EdgeFault[] {
    return this._mesh === undefined ? [] : callerFaults(this, this._viewpoint).map(fault => ({ prop: 'connections.from', fault }));
  }

  /** @internal */
  public override get _mesh(): Mesh | undefined {
    return this.joinsMesh ? meshAt(this.scope, this.policy.namespace) : undefined;
  }

  /** @internal */
  public override get _meshIdentity(): MeshIdentity | undefined {
    return { namespace: this.policy.namespace, account: this.account };
  }

  /** @internal */
  public override _refuse(method: string, fault: Fault): void {
    Faults.report(this.scope, method, [fault]);
  }

  /** @internal */
  public override get _listening(): Port[] | undefined {
    return this.pods?._declaredPorts.map(({ number, protocol }) => Port.range(protocol ?? Protocol.TCP, number, number));
  }

  /** @internal */
  public override get _isRemoved(): boolean {
    let at: IConstruct = this.scope;
    for (let above = at.node.scope; above !== undefined; above = at.node.scope) {
      if (above.node.tryFindChild(at.node.id) !== at) {
        return true;
      }
      at = above;
    }
    return false;
  }

  /** @internal */
  public override get _podLabels(): Readonly<Record<string, string>> {
    return this.podLabels;
  }

  /** @internal */
  public override get _cluster(): ClusterProfile {
    return ClusterProfile.of(this.scope);
  }

  /** @internal */
  public _judgePortsBy(pods: PodTemplate): void {
    this.pods = pods;
  }

  /** @internal */
  public get _text(): string {
    return `'${Faults._placeOf(this.scope).node.path}'`;
  }

  /** @internal */
  public get _hasPolicy(): boolean {
    return true;
  }

  /** @internal */
  public get _faults(): Fault[] {
    return [];
  }

  /** @internal */
  public _resolve(viewpoint: Viewpoint): ResolvedPeer {
    const { namespace } = this.policy;
    const faults = placeFaults(viewpoint, this._viewpoint);
    return faults.length > 0 ? { rules: [], faults }
      : { rules: [{ peers: [podsSelected(this.podLabels, namespace, viewpoint)], ports: [] }], faults: [] };
  }

  /** Where its policy is. @internal */
  public get _viewpoint(): Viewpoint {
    return { scope: this.scope, namespace: this.policy.namespace, text: this._text };
  }
}
