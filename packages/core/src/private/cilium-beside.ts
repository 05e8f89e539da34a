import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import type { Connections } from '../connections';
import { Manifest } from '../manifest';
import { ciliumPolicy } from './cilium-policy';
import { Viewpoint } from './policy-rule';

interface BesideProps {
  readonly name: string;
  readonly labels: { [key: string]: string };
  readonly podLabels: Readonly<Record<string, string>>;
  readonly denyDns: boolean;
}

/** The CiliumNetworkPolicy beside a NetworkPolicy, as soon as something is connected that only it can say. */
export class CiliumBeside {
  private known?: Manifest;

  public constructor(private readonly scope: Construct, private readonly connections: Connections, private readonly props: BesideProps) {}

  public get policy(): Manifest | undefined {
    return this.known;
  }

  /** What is connected with the other end. */
  public meet(other: Connections, viewpoint: Viewpoint): void {
    if (this.isEnforced && other._resolve(viewpoint).unlabelled !== undefined) {
      this.define(viewpoint);
    }
  }

  /** Requests are to be looked into. */
  public limit(viewpoint: Viewpoint): void {
    if (this.isEnforced) {
      this.define(viewpoint);
    }
  }

  private get isEnforced(): boolean {
    return ClusterProfile.of(this.scope).cni.enforcesCiliumNetworkPolicies;
  }

  private define(viewpoint: Viewpoint): void {
    const { name, labels, podLabels, denyDns } = this.props;
    this.known ??= new Manifest(this.scope, 'CiliumNetworkPolicy', {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name, labels },
      spec: Lazy.any({ produce: () => ciliumPolicy(this.connections, viewpoint, podLabels, denyDns) }),
    });
  }
}
