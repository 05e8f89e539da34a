import { Duration, JsonPatch, Lazy, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ApiResource } from './api-resource';
import { ClusterProfile } from './cluster-profile';
import { Cpu } from './cpu';
import { Fault, Faults } from './faults';
import { GeneratedSecret, GeneratedSecretOptions } from './generated-secret';
import { Labels } from './labels';
import { Manifest } from './manifest';
import { PolicyRule } from './policy-rule';
import { sizeFaults } from './private/config-data';
import { claimId } from './private/construct-id';
import { contentFaults } from './private/generated-content';
import { GeneratedContent, generateScript } from './private/generate-script';
import { keepKeys } from './private/references';
import { secretLabels } from './private/secret-labels';
import { withoutSidecar } from './private/mesh-members';
import { registerMaker } from './private/secret-makers';
import { ReleaseOrder } from './release-order';
import { ResourceName } from './resource-name';
import { Role } from './role';
import { SecretText } from './secret-text';
import { Task } from './task';
import { Verb } from './verb';
import { Volume } from './volume';

const DIRECTORY = '/etc/secret-generator';
const FILE = 'generate.sh';

/** Properties for `SecretGenerator`. */
export interface SecretGeneratorProps {
  /**
   * Name of the Job and what belongs to it; the Job's ends in a hash.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Labels of the Job and what belongs to it; those of a Secret are an option of it.
   *
   * @default - the recommended ones: name, instance, component, part-of, managed-by, and `app`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * The image; see `HelperImages.generate` for what it needs.
   *
   * @default - that of the cluster profile's `helperImages`.
   */
  readonly image?: string;

  /**
   * How many failures are borne before the Job fails; 0 for a single try. Each pod tries for half a minute and more by itself.
   *
   * @default 6
   */
  readonly backoffLimit?: number;

  /**
   * How long the Job may run, all tries together; at least 1 second.
   *
   * @default - until it has succeeded, or failed too often.
   */
  readonly activeDeadline?: Duration;

  /**
   * How long the Job is kept when it has ended, in whole seconds. Applied again after that it runs again, and changes nothing.
   *
   * @default - until it is deleted or pruned.
   */
  readonly ttlAfterFinished?: Duration;

  /**
   * How the Job comes before what it runs before: see `Task.runBefore`. Pods that use the Secrets need none of it, since they start when
   * these are there.
   *
   * @default ReleaseOrder.kubectlApply()
   */
  readonly releaseOrder?: ReleaseOrder;
}

/**
 * Passwords that are made in the cluster, once: a Job makes Secrets that aren't there yet, and never changes one that is.
 *
 * ```ts
 * declare const chart: Chart;
 * const generator = new SecretGenerator(chart, 'orders-secrets');
 * const credentials = generator.secret('orders-app', {
 *   username: SecretText.literal('app'),
 *   password: SecretText.random(32),
 *   uri: SecretText.template('postgresql://app:{password}@orders-rw:5432/orders'),
 * });
 * const env = { DATABASE_URL: credentials.envValue('uri') };
 * ```
 *
 * Synth never has a value, so that rendering changes none and nothing of it is in git. The Job asks the API server to create each Secret;
 * where one of the name is there, also one made by hand, it stays as it is. Another Secret, key or text makes another Job, which makes what
 * is missing as a whole: to a Secret that is there no key is added. Pods that use a Secret wait for it, as Kubernetes has it.
 *
 * Defines a Job (see `Task`), a ConfigMap with its script, a ServiceAccount, a Role and its binding, and a NetworkPolicy that lets the pod
 * out to the API server only. The Role allows to create Secrets, and no more: not to read, change or delete any. Names can't restrict
 * that, since a request to create has none for the API server, so that whoever may run pods as this account makes Secrets of any name
 * and type in the namespace. Checkers report that as what it is, and nothing does without: Trivy's KSV-0113 (a Role with a right to
 * Secrets), and Kubescape's C-0053 (a ServiceAccount with any binding). List them as exceptions for these objects.
 *
 * What happens to the Secrets later:
 * - Nothing prunes them: they are in no manifest, and have no label that Argo CD, Flux or `kubectl apply --prune` follow. Deleted from the
 *   app, they stay until somebody deletes them.
 * - A Secret that is deleted is made anew when the Job runs again: with another Job, or after this one is deleted or gone by
 *   `ttlAfterFinished`, at the next apply. **The new password is not the one that a database already knows**: its data directory keeps the
 *   old one, and nobody gets in. Change the password in the database instead.
 * - A namespace that was wiped gets new Secrets. Restore a backup of a database together with its Secrets, and the Secrets before the
 *   Job: it leaves alone what is there. With the data alone restored, the new passwords don't fit it.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class SecretGenerator extends Task {
  /** The Role that lets it create Secrets. */
  public readonly role: Role;

  /** The ConfigMap with the script that the Job runs. */
  public readonly script: Manifest;

  private readonly contents: GeneratedContent[] = [];

  public constructor(scope: Construct, id: string, props: SecretGeneratorProps = {}) {
    super(scope, id, {
      ...props,
      image: props.image ?? ClusterProfile.of(scope).generateImage,
      command: ['sh', `${DIRECTORY}/${FILE}`],
      resources: {
        cpuRequest: Cpu.millis(10), cpuLimit: Cpu.millis(200),
        memoryRequest: Size.mebibytes(32), ephemeralStorageRequest: Size.mebibytes(16),
      },
      writablePaths: {},
      denyDns: true,
      // It calls the API server alone, by an address: a sidecar would want names, and nobody asks who it is.
      podLabels: withoutSidecar(scope),
    });
    const labels = Object.fromEntries(Object.entries(this.labels).filter(([key]) => key !== Labels.VERSION));
    this.script = new Manifest(this, 'Script', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.name, labels },
      data: Lazy.any({ produce: () => ({ [FILE]: this.rendered() }) }),
    });
    this.pods.addVolume(DIRECTORY, Volume.fromConfigMap(this.script));
    this.role = new Role(this, 'Role', { name: this.name, labels, rules: [PolicyRule.allow([Verb.CREATE], [ApiResource.SECRETS])] });
    this.role.grantTo(this);
    // The last line that it printed is then what `kubectl describe pod` shows.
    this.job.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/terminationMessagePolicy', 'FallbackToLogsOnError'));
    this.node.addValidation({ validate: () => this.lateFaults().map(fault => Faults.describe('secret', fault)) });
  }

  /**
   * Have it make a Secret, in the namespace of its chart. It may be called until synth.
   *
   * @param name the Secret's `metadata.name`.
   * @param texts what is in it by key, one of them random at least.
   * @param options type, labels and whether it can be changed.
   */
  public secret(name: string, texts: { [key: string]: SecretText }, options: GeneratedSecretOptions = {}): GeneratedSecret {
    const faults = [...ResourceName.faultsOf('Secret', name), ...contentFaults(texts, options)];
    Faults.report(this, typeof name === 'string' && name !== '' ? `secret(${name})` : 'secret', faults);
    const id = claimId(this, name);
    const keys = faults.length > 0 ? [] : Object.keys(texts).sort();
    const secret = GeneratedSecret._define(this, id, name, this.namespace, keys);
    keepKeys(secret, () => (faults.length > 0 ? undefined : keys));
    // Of a second one of the name its id is reported.
    if (id === name) {
      registerMaker({ construct: secret, prop: 'name', name, namespace: this.namespace });
    }
    if (faults.length === 0 && id === name) {
      const { type, immutable, labels, annotations } = options;
      const { all } = secretLabels(this, name, labels);
      const metadata = () => ({ name, labels: all(), annotations });
      this.contents.push({ name, type, immutable, texts: new Map(Object.entries(texts)), metadata });
    }
    return secret;
  }

  private rendered(): string {
    return generateScript(this.contents);
  }

  private lateFaults(): Fault[] {
    const hasSecrets = this.node.children.some(child => child instanceof GeneratedSecret);
    return hasSecrets ? sizeFaults('ConfigMap', new Map([[FILE, this.rendered()]]), new Map()) : [{
      code: 'KEELSON1857', got: 'none', allowed: 'called once or more: a SecretGenerator without Secrets has nothing to do',
      fix: "add one, such as secret('orders-app', { password: SecretText.random(32) }), or leave it out",
    }];
  }
}
