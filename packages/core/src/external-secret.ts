import { Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import {
  ExternalCreationPolicy, ExternalDeletionPolicy, ExternalRefreshPolicy, ExternalTemplatePolicy, ExternalValue,
} from './external-secret-options';
import { Faults } from './faults';
import { Manifest } from './manifest';
import { claimId } from './private/construct-id';
import { wholeSeconds } from './private/duration';
import { externalKeys, externalSecretFaults, missingKindFaults } from './private/external-secret-faults';
import { goDuration } from './private/go-duration';
import { isMade } from './private/made';
import { secretLabels } from './private/secret-labels';
import { keepKeys } from './private/references';
import { registerMaker } from './private/secret-makers';
import { SecretFromOutside } from './secret-from-outside';
import { SecretStore } from './secret-store';

const API_VERSION = 'external-secrets.io/v1';

/** Properties for `ExternalSecret`. */
export interface ExternalSecretProps {
  /** Where the values are. */
  readonly store: SecretStore;

  /**
   * The values by key of the Secret.
   *
   * @default - none; `dataFrom` has some then.
   */
  readonly data?: { [key: string]: ExternalValue };

  /**
   * Entries of the store whose fields become keys of the Secret, all of them; of two for one key the last. Which keys these are nobody
   * knows at synth.
   *
   * @default - none; `data` has some then.
   */
  readonly dataFrom?: ExternalValue[];

  /**
   * Values by key that are composed of the others, as Go templates of the operator, with its functions:
   * `postgresql://app:{{ .password | urlquery }}@orders-rw:5432/orders`. A value is named by a dot; one whose key has `-` or a dot by
   * `index . "tls.crt"`.
   *
   * @default - none.
   * @see https://external-secrets.io/latest/guides/templating/
   */
  readonly templates?: { [key: string]: string };

  /**
   * Whether the Secret has the values of the store beside those of `templates`.
   *
   * @default ExternalTemplatePolicy.MERGE
   */
  readonly templatePolicy?: ExternalTemplatePolicy;

  /**
   * How often it is read from the store, in whole seconds from 1 on.
   *
   * @default - every hour, with `ExternalRefreshPolicy.PERIODIC`.
   */
  readonly refreshInterval?: Duration;

  /**
   * When it is read from the store.
   *
   * @default ExternalRefreshPolicy.PERIODIC
   * @see https://external-secrets.io/latest/api/externalsecret/
   */
  readonly refreshPolicy?: ExternalRefreshPolicy;

  /**
   * Whose the Secret is.
   *
   * @default ExternalCreationPolicy.OWNER
   * @see https://external-secrets.io/latest/guides/ownership-deletion-policy/
   */
  readonly creationPolicy?: ExternalCreationPolicy;

  /**
   * What happens to the Secret when the store hasn't the values any more.
   *
   * @default ExternalDeletionPolicy.RETAIN
   */
  readonly deletionPolicy?: ExternalDeletionPolicy;

  /**
   * What the Secret is for, such as `kubernetes.io/basic-auth`.
   *
   * @default - `Opaque`: anything.
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
   */
  readonly type?: string;

  /**
   * Let nobody change the Secret, the operator neither: a new value in the store then needs another ExternalSecret.
   *
   * @default false
   */
  readonly immutable?: boolean;

  /**
   * Name of the ExternalSecret, and of its Secret.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Labels of the ExternalSecret, and of its Secret, beside the recommended ones.
   *
   * @default - none.
   */
  readonly labels?: { [key: string]: string };
}

/**
 * A Secret whose values the External Secrets Operator takes from a vault: a manifest only says where they are.
 *
 * ```ts
 * declare const chart: Chart;
 * const credentials = new ExternalSecret(chart, 'orders-app', {
 *   store: SecretStore.cluster('vault'),
 *   data: { password: { remoteKey: 'shop/orders', property: 'password' } },
 *   templates: { uri: 'postgresql://app:{{ .password | urlquery }}@orders-rw:5432/orders' },
 * });
 * const env = { DATABASE_URL: credentials.envValue('uri') };
 * ```
 *
 * Defines an ExternalSecret (`external-secrets.io/v1`: the operator's release 0.16 or newer). Pods wait for its Secret, as Kubernetes has
 * it; that its values change later rolls no pods, see `reloadOnChange` of workloads.
 *
 * With the defaults the Secret goes with the ExternalSecret, and stays when the store loses its values. A password that a database already
 * knows is changed there too, or nobody gets in.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalSecret extends SecretFromOutside {
  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  public constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, claimId(scope, id));
    const given: ExternalSecretProps = props ?? { store: undefined };
    const faults = externalSecretFaults(given);
    faults.forEach(({ prop, fault }) => Faults.report(this, prop, [fault]));
    const missing = missingKindFaults(ClusterProfile.of(this), API_VERSION, 'ExternalSecret', 'the External Secrets Operator');
    Faults.report(this, 'ExternalSecret', missing);
    const name = given.name ?? id;
    const labels = secretLabels(this, name, given.labels);
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: API_VERSION,
      kind: 'ExternalSecret',
      metadata: { name, labels: labels.own },
      spec: faults.length > 0 ? {} : specOf(given, labels.all),
    });
    keepKeys(this, () => (faults.length > 0 || this.manifest._isPatched ? undefined : externalKeys(given)));
    if (given.creationPolicy !== ExternalCreationPolicy.MERGE) {
      registerMaker({ construct: this, prop: 'name', name, namespace: this.namespace });
    }
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

function specOf(props: ExternalSecretProps, labels: () => object): object {
  const { store, data = {}, dataFrom = [], templates, immutable } = props;
  const refreshPolicy = props.refreshPolicy ?? ExternalRefreshPolicy.PERIODIC;
  const interval = goDuration(wholeSeconds(props.refreshInterval ?? Duration.hours(1)));
  const names = Object.keys(data).sort();
  return {
    secretStoreRef: isMade(store) ? { kind: store.kind, name: store.name } : undefined,
    refreshPolicy,
    refreshInterval: refreshPolicy === ExternalRefreshPolicy.PERIODIC ? interval : undefined,
    target: {
      creationPolicy: props.creationPolicy ?? ExternalCreationPolicy.OWNER,
      deletionPolicy: props.deletionPolicy ?? ExternalDeletionPolicy.RETAIN,
      immutable,
      // Without one the operator copies all labels and annotations, those by which tools prune too.
      template: {
        engineVersion: 'v2',
        mergePolicy: props.templatePolicy ?? ExternalTemplatePolicy.MERGE,
        type: props.type,
        metadata: { labels: Lazy.any({ produce: labels }) },
        data: templates,
      },
    },
    data: names.length === 0 ? undefined : names.map(secretKey => ({ secretKey, remoteRef: remoteRef(data[secretKey]) })),
    dataFrom: dataFrom.length === 0 ? undefined : dataFrom.map(value => ({ extract: remoteRef(value) })),
  };
}

function remoteRef(value: ExternalValue | undefined): object {
  const { remoteKey: key, property, version, decoding: decodingStrategy } = value ?? {};
  return { key, property, version, decodingStrategy };
}
