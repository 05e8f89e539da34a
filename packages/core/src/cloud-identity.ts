import { ConnectOptions, IConnectable } from './connections';
import { Fault } from './faults';
import { IpFamily } from './ip-family';
import { Peer } from './peer';
import { azureFaults, gkeFaults, roleArnFaults } from './private/cloud-identity-faults';
import { Port } from './port';

/** How an IAM role is taken. */
export interface EksIdentityOptions {
  /**
   * Whether the AWS SDKs ask the STS of their own region, instead of the global one in us-east-1.
   *
   * @default - as the cluster decides: of their own region on every version of EKS that is still supported.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/configure-sts-endpoint.html
   */
  readonly regionalSts?: boolean;

  /**
   * Where STS answers, on port 443, such as the VPC endpoint of your network.
   *
   * @default Peer.internet()
   */
  readonly sts?: IConnectable;
}

/** The identity of an application or a managed identity of Microsoft Entra ID. */
export interface AzureIdentityProps {
  /** Its client id, a UUID: not the object id. */
  readonly clientId: string;

  /**
   * The tenant it is of, a UUID.
   *
   * @default - the cluster's own.
   */
  readonly tenantId?: string;

  /**
   * Where Microsoft Entra ID answers, on port 443, such as a proxy of your network.
   *
   * @default Peer.internet()
   */
  readonly authority?: IConnectable;
}

/** Where the SDK of a cloud gets its credentials. */
interface CredentialSource {
  readonly peer: IConnectable;
  readonly options: ConnectOptions;
}

/** What an identity puts on objects, and where its pods are let out to. */
interface Parts {
  readonly annotations?: { readonly [key: string]: string };
  readonly podLabels?: { readonly [key: string]: string };
  readonly faults?: Fault[];
  /** The clusters that give such credentials by themselves, and how one writes it. */
  readonly cloud: string;
  readonly factory: string;
  readonly sources: (families: readonly IpFamily[]) => CredentialSource[];
}

/**
 * Who pods are for the cloud that the cluster is of, without a key: the cloud trusts tokens of the ServiceAccount. What the
 * identity may do there, the cloud's own tools say.
 *
 * The workload is let out to where the cloud's SDK gets its credentials; what it uses them for, such as storage, has
 * addresses of its own: `connections.to(Peer.internet(), { ports: [Port.tcp(443)] })`.
 */
export class CloudIdentity {
  /**
   * An IAM role, by the cluster's OIDC provider (IRSA). The role has to trust
   * `system:serviceaccount:<namespace>:<account>`. Its credentials come from STS, on port 443.
   *
   * @param roleArn such as `arn:aws:iam::123456789012:role/shop`.
   * @param options which STS, and where it is.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
   */
  public static eks(roleArn: string, options: EksIdentityOptions = {}): CloudIdentity {
    const { regionalSts, sts = Peer.internet() } = options;
    return new CloudIdentity({
      annotations: {
        'eks.amazonaws.com/role-arn': roleArn,
        ...(regionalSts === undefined ? {} : { 'eks.amazonaws.com/sts-regional-endpoints': String(regionalSts) }),
      },
      faults: roleArnFaults(roleArn), cloud: 'EKS', factory: 'eks',
      sources: () => [{ peer: sts, options: { ports: [Port.tcp(443)] } }],
    });
  }

  /**
   * An IAM role by EKS Pod Identity. The association of role and account is made in EKS, and nothing stands on the account:
   * the pods are let out to the agent of their node, 169.254.170.23 and, where the cluster has IPv6, fd00:ec2::23.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
   */
  public static eksPodIdentity(): CloudIdentity {
    return new CloudIdentity({
      cloud: 'EKS', factory: 'eksPodIdentity',
      sources: families => [
        ...families.includes(IpFamily.IPV4) ? [at('169.254.170.23/32', 80)] : [], ...families.includes(IpFamily.IPV6) ? [at('fd00:ec2::23/128', 80)] : [],
      ],
    });
  }

  /**
   * An IAM service account of Google Cloud, by Workload Identity Federation for GKE. Its credentials come from the metadata
   * server of the node: at 169.254.169.254 with Dataplane V2, at 169.254.169.252 without.
   *
   * @param serviceAccount its e-mail address; without one, roles are granted to the Kubernetes account itself, and nothing stands on it.
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity
   */
  public static gke(serviceAccount?: string): CloudIdentity {
    return new CloudIdentity({
      annotations: serviceAccount === undefined ? {} : { 'iam.gke.io/gcp-service-account': serviceAccount },
      faults: gkeFaults(serviceAccount), cloud: 'GKE', factory: 'gke',
      sources: () => [at('169.254.169.252/32', 987, 988), at('169.254.169.254/32', 80, 8080)],
    });
  }

  /**
   * An application or managed identity of Microsoft Entra ID, by Workload ID. The federated credential has to name
   * `system:serviceaccount:<namespace>:<account>`. Its credentials come from Entra ID, on port 443.
   *
   * @param props which identity.
   * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
   */
  public static azure(props: AzureIdentityProps): CloudIdentity {
    const { clientId, tenantId, authority = Peer.internet() } = props;
    return new CloudIdentity({
      annotations: { 'azure.workload.identity/client-id': clientId, ...(tenantId === undefined ? {} : { 'azure.workload.identity/tenant-id': tenantId }) },
      // Without it the admission webhook leaves pods alone.
      podLabels: { 'azure.workload.identity/use': 'true' },
      faults: [...azureFaults('clientId', clientId), ...(tenantId === undefined ? [] : azureFaults('tenantId', tenantId))],
      cloud: 'AKS', factory: 'azure',
      sources: () => [{ peer: authority, options: { ports: [Port.tcp(443)] } }],
    });
  }

  /** What is wrong with it; the construct that gets it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly parts: Parts) {
    this.faults = parts.faults ?? [];
  }

  /** @internal */
  public get _annotations(): { readonly [key: string]: string } {
    return this.faults.length === 0 ? this.parts.annotations ?? {} : {};
  }

  /** @internal */
  public get _podLabels(): { readonly [key: string]: string } {
    return this.parts.podLabels ?? {};
  }

  /** The clusters that give such credentials by themselves: EKS, GKE or AKS. @internal */
  public get _cloud(): string {
    return this.parts.cloud;
  }

  /** For messages. @internal */
  public get _text(): string {
    return `CloudIdentity.${this.parts.factory}`;
  }

  /** @internal */
  public _sources(families: readonly IpFamily[]): CredentialSource[] {
    return this.parts.sources(families);
  }
}

function at(cidr: string, ...ports: number[]): CredentialSource {
  return { peer: Peer.cidr(cidr), options: { ports: ports.map(port => Port.tcp(port)) } };
}
