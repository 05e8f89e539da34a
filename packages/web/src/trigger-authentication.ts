import { ClusterProfile, Fault, Faults, Manifest, SecretValue } from '@keelson/core';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { freeId } from './private/free-id';
import { enumFaults } from './private/made';
import { missingKind } from './private/missing-kind';

const API_VERSION = 'keda.sh/v1alpha1';
const KIND = 'TriggerAuthentication';

/** How KEDA proves who it is to what it asks: one of ours, or one made elsewhere. */
export interface ITriggerAuthentication {
  /** Its `metadata.name`. */
  readonly name: string;

  /** `TriggerAuthentication`, or `ClusterTriggerAuthentication`. */
  readonly kind: string;

  /**
   * The namespace it is in; that of a `TriggerAuthentication` has to be the workload's.
   *
   * @default - not known, and not checked.
   */
  readonly namespace?: string;
}

/** Whose identity KEDA takes for a trigger. */
export enum TriggerPodIdentity {
  /** A role of AWS. */
  AWS = 'aws',
  /** A managed identity of Azure. */
  AZURE_WORKLOAD = 'azure-workload',
  /** A service account of Google Cloud. */
  GCP = 'gcp',
}

/** Properties for `TriggerAuthentication`: at least one of them. */
export interface TriggerAuthenticationProps {
  /**
   * Values of Secrets of the same namespace, by the parameters of the trigger that they are for, such as `host` or `connection`.
   *
   * @default - none.
   */
  readonly secrets?: { [parameter: string]: SecretValue };

  /**
   * The identity of KEDA's own pods.
   *
   * @default - none.
   */
  readonly podIdentity?: TriggerPodIdentity;
}

/**
 * How KEDA proves who it is to what it asks: by values of Secrets, which stay references here, or by an identity in a cloud.
 *
 * ```ts
 * new TriggerAuthentication(chart, 'mail-queue', { secrets: { host: { secret: Secret.fromSecretName('mail-queue'), key: 'url' } } });
 * ```
 *
 * @see https://keda.sh/docs/latest/concepts/authentication/
 */
export class TriggerAuthentication extends Construct implements ITriggerAuthentication {
  /**
   * One made elsewhere.
   *
   * @param name its `metadata.name`.
   * @param namespace the namespace it is in; the workload's, unless given.
   */
  public static fromTriggerAuthenticationName(name: string, namespace?: string): ITriggerAuthentication {
    return { name, kind: KIND, namespace };
  }

  /**
   * One made elsewhere, for the whole cluster.
   *
   * @param name its `metadata.name`.
   */
  public static fromClusterTriggerAuthenticationName(name: string): ITriggerAuthentication {
    return { name, kind: 'ClusterTriggerAuthentication' };
  }

  /** Always `TriggerAuthentication`. */
  public readonly kind = KIND;

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  public constructor(scope: Construct, id: string, props: TriggerAuthenticationProps) {
    super(scope, freeId(scope, id, KIND));
    const { secrets = {}, podIdentity } = props;
    const entries = Object.entries(secrets);
    Faults.report(this, 'cluster', missingKind(ClusterProfile.of(this), API_VERSION, KIND));
    Faults.report(this, 'secrets', entries.length > 0 || podIdentity !== undefined ? [] : [{
      code: 'KEELSON2115', got: 'none', allowed: "given where there is no 'podIdentity'", fix: 'name the values that the trigger needs, or leave its authentication out',
    }]);
    Faults.report(this, 'podIdentity', enumFaults(podIdentity, 'TriggerPodIdentity', TriggerPodIdentity));
    for (const [parameter, value] of entries) {
      Faults.report(this, `secrets.${parameter}`, this.faultsOf(parameter, value));
    }
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: API_VERSION,
      kind: KIND,
      metadata: { name: id },
      spec: {
        podIdentity: podIdentity === undefined ? undefined : { provider: podIdentity },
        secretTargetRef: entries.length === 0 ? undefined
          : entries.map(([parameter, { secret, key }]) => ({ parameter, name: secret.name, key })),
      },
    });
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }

  private faultsOf(parameter: string, { secret, key }: SecretValue): Fault[] {
    const { namespace } = Chart.of(this);
    return [
      ...(parameter !== '' && key !== '' ? [] : [{ code: 'KEELSON2101', got: "''", allowed: 'a name', fix: 'name the parameter of the trigger, and the key in the Secret' }]),
      ...(secret.kind === 'Secret' ? [] : [{
        code: 'KEELSON2118', got: `a ${secret.kind}`, allowed: 'of a Secret', fix: 'give what Secret.fromSecretName(…) returns',
      }]),
      ...(secret.namespace === undefined || namespace === undefined || secret.namespace === namespace ? [] : [{
        code: 'KEELSON2104', got: `Secret ${Faults.quoted(secret.name)} in namespace ${Faults.quoted(secret.namespace)}`, allowed: `of a Secret in namespace '${namespace}'`,
        fix: 'copy the Secret there, or use a ClusterTriggerAuthentication that the platform makes',
      }]),
    ];
  }
}
