import { Construct } from 'constructs';
import { PodConnections } from './pod-connections';
import { Fault, Faults } from './faults';
import { EdgeFault } from './private/edge-faults';
import { wholeNamespaceFaults } from './private/mesh-callers';
import { namespaceIngressRules } from './private/network-policy';
import { namespaceFaults } from './private/peer-faults';
import { namespaceNamed } from './private/policy-rule';
import { sortedBy } from './private/order';
import { nonEmpty } from './private/non-empty';
import type { Mesh } from './profile/mesh';

/** Properties for `NamespaceConnections`. */
export interface NamespaceConnectionsProps {
  /**
   * The policy's `metadata.name`.
   *
   * @default - the id of the scope it is defined in.
   */
  readonly name?: string;

  /**
   * The policy's labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Whether its pods reach each other, on all ports.
   *
   * @default false
   */
  readonly allowWithin?: boolean;

  /**
   * Whether its pods are kept from DNS, too.
   *
   * @default false
   */
  readonly denyDns?: boolean;
}

/**
 * The connections of all pods of a namespace, whoever makes them: everything is closed, both ways, but for DNS and what is connected.
 * What policies of single workloads open besides stays open: policies only add up.
 *
 * ```ts
 * declare const chart: Chart;
 * const shop = new NamespaceConnections(chart, { name: 'isolation', allowWithin: true });
 * shop.to(Peer.internet(), { ports: [Port.tcp(443)] });
 * ```
 *
 * Defines a NetworkPolicy, in the namespace of its chart; where the cluster profile names a `Mesh`, an AuthorizationPolicy and a
 * PeerAuthentication of all pods of the namespace, too.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
 */
export class NamespaceConnections extends PodConnections {
  private readonly place: Construct;
  private readonly allowsWithin: boolean;
  private readonly others = new Set<string>();

  public constructor(scope: Construct, props: NamespaceConnectionsProps = {}) {
    super(scope, { podLabels: {}, name: props.name, labels: props.labels ?? {}, denyDns: props.denyDns });
    this.place = scope;
    this.allowsWithin = props.allowWithin ?? false;
  }

  /**
   * Let all pods of another namespace in, and these out to them, on all ports. They reach each other where the policies of the other
   * namespace say the same.
   *
   * @param name the other namespace, selected by its name, which no other namespace can carry.
   */
  public allowNamespace(name: string): void {
    const faults: Fault[] = namespaceFaults(name);
    Faults.report(this.place, 'allowNamespace', faults);
    if (faults.length === 0) {
      this.others.add(name);
    }
  }

  /** @internal */
  public override _ingress(): object[] | undefined {
    return nonEmpty([...this.everyPort('from'), ...namespaceIngressRules(this, this._viewpoint)]);
  }

  /** @internal */
  public override _egress(): object[] {
    return [...this.everyPort('to'), ...super._egress()];
  }

  /** @internal */
  public override _callerRules(mesh: Mesh): object[] {
    const { namespace } = this._viewpoint;
    const namespaces = [...this.allowsWithin ? [namespace ?? ''] : [], ...this.others].sort();
    return [...namespaces.length === 0 ? [] : [{ from: [{ source: { namespaces } }] }], ...super._callerRules(mesh)];
  }

  /** Istio has no exceptions for a whole namespace. @internal */
  public override _plainPorts(): number[] {
    return [];
  }

  /** @internal */
  public override _meshFaults(): EdgeFault[] {
    const { _mesh: mesh } = this;
    return mesh === undefined ? [] : [
      ...super._meshFaults(),
      ...wholeNamespaceFaults(this, this._viewpoint, mesh, this.allowsWithin, this.others).map(fault => ({ prop: 'connections.from', fault })),
    ];
  }

  private everyPort(direction: 'from' | 'to'): object[] {
    const peers = [
      ...this.allowsWithin ? [{ podSelector: {} }] : [],
      ...sortedBy(this.others, name => name).map(name => ({ namespaceSelector: namespaceNamed(name) })),
    ];
    return peers.length === 0 ? [] : [{ [direction]: peers }];
  }
}
