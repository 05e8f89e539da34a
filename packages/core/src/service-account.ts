import { Construct } from 'constructs';
import { Faults } from './faults';
import { Manifest } from './manifest';
import { claimId } from './private/construct-id';
import { referenceFaults } from './private/references';
import { ISecret } from './secret-reference';

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
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Who pods are for the API server. Its pods get no token of themselves: a workload that calls the API mounts one.
 *
 * Defines a ServiceAccount.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/
 */
export class ServiceAccount extends Construct implements IServiceAccount {
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

  public constructor(scope: Construct, id: string, props: ServiceAccountProps = {}) {
    super(scope, claimId(scope, id));
    const { imagePullSecrets = [] } = props;
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name: props.name ?? id, labels: props.labels },
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecrets.length > 0 ? imagePullSecrets.map(secret => ({ name: secret?.name })) : undefined,
    });
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
}
