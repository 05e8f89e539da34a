import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Faults } from './faults';
import { Manifest } from './manifest';
import { canonicalBase64 } from './private/config-data';
import { claimId } from './private/construct-id';
import { missingKindFaults } from './private/external-secret-faults';
import { sealedKeys, sealedSecretFaults } from './private/sealed-secret-faults';
import { keepKeys } from './private/references';
import { secretLabels } from './private/secret-labels';
import { registerMaker } from './private/secret-makers';
import { SealingScope } from './sealing-scope';
import { SecretFromOutside } from './secret-from-outside';

const API_VERSION = 'bitnami.com/v1alpha1';

/** Properties for `SealedSecret`. */
export interface SealedSecretProps {
  /** The values by key, as `kubeseal` has sealed them: `spec.encryptedData` of what it prints. */
  readonly encryptedData: { [key: string]: string };

  /**
   * Where they can be opened, as they were sealed for.
   *
   * @default SealingScope.STRICT
   * @see https://github.com/bitnami/sealed-secrets#scopes
   */
  readonly scope?: SealingScope;

  /**
   * Values by key that are composed of the others, as Go templates of the controller, with its functions:
   * `postgresql://app:{{ .password | urlquery }}@orders-rw:5432/orders`.
   *
   * @default - none.
   * @see https://github.com/bitnami/sealed-secrets#sealedsecrets-as-templates-for-secrets
   */
  readonly templates?: { [key: string]: string };

  /**
   * What the Secret is for, such as `kubernetes.io/basic-auth`.
   *
   * @default - `Opaque`: anything.
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
   */
  readonly type?: string;

  /**
   * Let nobody change the Secret, the controller neither: new values then need another SealedSecret.
   *
   * @default false
   */
  readonly immutable?: boolean;

  /**
   * Name of the SealedSecret, and of its Secret. With `SealingScope.STRICT` it is the one that the values were sealed for.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Labels of the SealedSecret, and of its Secret, beside the recommended ones.
   *
   * @default - none.
   */
  readonly labels?: { [key: string]: string };
}

/**
 * A Secret whose values are sealed for the controller of Sealed Secrets in the cluster, so that they can be in git.
 *
 * ```ts
 * declare const chart: Chart;
 * declare const sealed: { [key: string]: string };   // what kubeseal printed
 * const credentials = new SealedSecret(chart, 'orders-app', { encryptedData: sealed, type: 'kubernetes.io/basic-auth' });
 * const env = { PGPASSWORD: credentials.envValue('password') };
 * ```
 *
 * Defines a SealedSecret. The controller opens it and makes the Secret, which goes with it. It refuses to write over a Secret that is
 * there and that it hasn't made, unless that has the annotation `sealedsecrets.bitnami.com/managed: "true"`.
 *
 * Values that are sealed for one cluster can't be opened in another. After a cluster is lost, they can by a backup of its sealing keys
 * only.
 *
 * @see https://github.com/bitnami/sealed-secrets
 */
export class SealedSecret extends SecretFromOutside {
  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  public constructor(scope: Construct, id: string, props: SealedSecretProps) {
    super(scope, claimId(scope, id));
    const given: SealedSecretProps = props ?? { encryptedData: undefined };
    const faults = sealedSecretFaults(given);
    faults.forEach(({ prop, fault }) => Faults.report(this, prop, [fault]));
    const missing = missingKindFaults(ClusterProfile.of(this), API_VERSION, 'SealedSecret', 'the controller of Sealed Secrets');
    Faults.report(this, 'SealedSecret', missing);
    const name = given.name ?? id;
    const { type, immutable, templates, scope: sealing = SealingScope.STRICT } = given;
    const labels = secretLabels(this, name, given.labels);
    // As kubeseal says it: once for who opens it, once for the Secret.
    const annotations = sealing === SealingScope.STRICT ? undefined : { [`sealedsecrets.bitnami.com/${sealing}`]: 'true' };
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: API_VERSION,
      kind: 'SealedSecret',
      metadata: { name, labels: labels.own, annotations },
      spec: faults.length > 0 ? {} : {
        encryptedData: Object.fromEntries(Object.entries(given.encryptedData).map(([key, value]) => [key, canonicalBase64(value)])),
        template: { metadata: { labels: Lazy.any({ produce: labels.all }), annotations }, type, immutable, data: templates },
      },
    });
    keepKeys(this, () => (faults.length > 0 || this.manifest._isPatched ? undefined : sealedKeys(given)));
    registerMaker({ construct: this, prop: 'name', name, namespace: this.namespace });
  }

  /** Its `metadata.name`, and that of its Secret. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }
}
