import { Construct } from 'constructs';
import type { CloudIdentity } from './cloud-identity';
import { Faults } from './faults';
import { Manifest } from './manifest';
import { claimId } from './private/construct-id';
import { referenceFaults } from './private/references';
import { warnOfCloud } from './private/workload-identity';
import { ISecret } from './secret-reference';
import { IGrantable, Subject } from './subject';

/** A ServiceAccount: ours, one of cdk8s-plus, or made elsewhere. */
export interface IServiceAccount {
  /** Its `metadata.name`. */
  readonly name: string;

  /** Always `ServiceAccount`. */
  readonly kind: string;

  /**
   * The namespace it is in. Pods run as accounts of their own namespace only.
   *
   * @default - not known, and not checked.
   */
  readonly namespace?: string;

  /**
   * Who its pods are for the cloud.
   *
   * @default - nobody, as far as is known.
   */
  readonly cloudIdentity?: CloudIdentity;
}

/** Properties for `ServiceAccount`. */
export interface ServiceAccountProps {
  /**
   * Its `metadata.name`.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Secrets with registry credentials that its pods pull images with.
   *
   * @default - none beside those of the cluster profile, which every pod lists.
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * Who its pods are for the cloud. Pods of workloads that use the account are labelled, and let out, as the cloud asks for.
   *
   * @default - nobody.
   */
  readonly cloudIdentity?: CloudIdentity;

  /**
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Its annotations.
   *
   * @default - those of the scopes around it, and of the cloud identity.
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Who pods are for the API server. Its pods get no token of themselves: a workload that
 * is granted a role mounts one.
 *
 * Defines a ServiceAccount.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/
 */
export class ServiceAccount extends Construct implements IServiceAccount, IGrantable {
  /**
   * A ServiceAccount made elsewhere. Where it is missing, no pod comes.
   *
   * @param name its `metadata.name`.
   * @param namespace the namespace it is in; not checked where not given.
   */
  public static fromServiceAccountName(name: string, namespace?: string): IServiceAccount {
    return { name, kind: 'ServiceAccount', namespace };
  }

  /** Always `ServiceAccount`. */
  public readonly kind = 'ServiceAccount';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  /** Who its pods are for the cloud; nobody where not given. */
  public readonly cloudIdentity?: CloudIdentity;

  public constructor(scope: Construct, id: string, props: ServiceAccountProps = {}) {
    super(scope, claimId(scope, id));
    const { imagePullSecrets = [], cloudIdentity } = props;
    this.cloudIdentity = cloudIdentity;
    const annotations = { ...cloudIdentity?._annotations, ...props.annotations };
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name: props.name ?? id, labels: props.labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecrets.length > 0 ? imagePullSecrets.map(secret => ({ name: secret?.name })) : undefined,
    });
    Faults.report(this, 'cloudIdentity', cloudIdentity?.faults ?? []);
    if (cloudIdentity !== undefined) {
      warnOfCloud(this, cloudIdentity);
    }
    imagePullSecrets.forEach(secret => Faults.report(this, 'imagePullSecrets', referenceFaults(secret, 'Secret', this.namespace)));
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }

  /** Who it is for the API server, to grant roles to. Its pods get no token by that: grant to their workload for it. */
  public get grantee(): Subject {
    return Subject.serviceAccount(this);
  }
}
