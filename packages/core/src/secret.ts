import { Construct } from 'constructs';
import { ApiResource } from './api-resource';
import { EnvValue, EnvValueOptions } from './env-value';
import { Fault, Faults } from './faults';
import { Manifest } from './manifest';
import { dataFaults, keyFaults, sizeFaults, textFaults } from './private/config-data';
import { withArticle } from './private/article';
import { claimId } from './private/construct-id';
import { keepContent } from './private/content';
import { readerOf } from './private/reader-role';
import { secretTypeFaults } from './private/secret-types';
import type { Role } from './role';
import { ISecret } from './secret-reference';
import type { IGrantable } from './subject';

/** Properties for `Secret.unsafePlaintext`. */
export interface UnsafePlaintextSecretProps {
  /** Texts by key: letters, digits, `-`, `_` and `.`. They end up in the manifest as they are. */
  readonly stringData: { [key: string]: string };

  /**
   * What the Secret is for, such as `kubernetes.io/basic-auth`. It can't be changed later.
   *
   * @default - `Opaque`: anything.
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
   */
  readonly type?: string;

  /**
   * Its `metadata.name`.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };
}

/**
 * A Secret by reference: what is in it stays in the cluster.
 *
 * ```ts
 * const db = Secret.fromSecretName('orders-db');
 * const env = { PGPASSWORD: db.envValue('password') };
 * ```
 *
 * What is in a Secret made elsewhere isn't known at synth, so that its changes roll no pods; a reloader that runs in the
 * cluster can.
 *
 * Pods that mount it, or have it in their environment, need no right to it. A program that reads it by the API does: to this one, and
 * not to all of the namespace.
 *
 * ```ts
 * declare const chart: Chart;
 * declare const operator: Workload;
 * const reader = new Role(chart, 'db-reader', { rules: [PolicyRule.read([ApiResource.SECRETS], { resourceNames: ['orders-db'] })] });
 * reader.grantTo(operator);
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class Secret implements ISecret {
  /**
   * A Secret made elsewhere.
   *
   * @param name its `metadata.name`.
   * @param namespace the namespace it is in; not checked where not given.
   */
  public static fromSecretName(name: string, namespace?: string): Secret {
    return new Secret(name, namespace);
  }

  /**
   * Defines a Secret with values that everybody who reads the manifests reads, and that stay in git's history for ever:
   * for values that are none, such as those of a test. The only way to write a Secret out.
   *
   * @param scope where it is defined.
   * @param id its id, and its name unless another is given.
   * @param props what is in it.
   */
  public static unsafePlaintext(scope: Construct, id: string, props: UnsafePlaintextSecretProps): UnsafePlaintextSecret {
    return UnsafePlaintextSecret._define(scope, id, props);
  }

  /** Always `Secret`. */
  public readonly kind = 'Secret';

  private constructor(
    /** Its `metadata.name`. */
    public readonly name: string,
    /** The namespace it is in, if known. */
    public readonly namespace?: string,
  ) {}

  /**
   * The value under a key, for an environment variable. Files (`Volume.fromSecret`) are safer: the environment shows up
   * in crash reports and is passed on to child processes.
   *
   * @param key the key.
   * @param options whether it may be missing.
   */
  public envValue(key: string, options: EnvValueOptions = {}): EnvValue {
    return EnvValue.fromSecretValue({ secret: this, key }, options);
  }
}

/** A Secret whose values are in the manifest: see `Secret.unsafePlaintext`. */
export class UnsafePlaintextSecret extends Construct implements ISecret {
  /** @internal */
  public static _define(scope: Construct, id: string, props: UnsafePlaintextSecretProps): UnsafePlaintextSecret {
    return new UnsafePlaintextSecret(scope, id, props);
  }

  /** Always `Secret`. */
  public readonly kind = 'Secret';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  private reader?: Role;

  private constructor(scope: Construct, id: string, props: UnsafePlaintextSecretProps) {
    super(scope, claimId(scope, id));
    const { type } = props ?? {};
    const none = dataFaults(props?.stringData);
    const stringData = none.length === 0 ? props.stringData : {};
    Faults.report(this, 'stringData', [...none, ...entryFaults(stringData), ...secretTypeFaults(type, stringData)]);
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name: props?.name ?? id, labels: props?.labels },
      type,
      // Not as stringData: what is written there stays in the cluster after it has gone from here.
      data: Object.fromEntries(Object.entries(stringData).map(([key, text]) => [key, base64(text)])),
    });
    keepContent(this.manifest);
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }

  /**
   * The value under a key, for an environment variable.
   *
   * @param key the key.
   * @param options whether it may be missing.
   */
  public envValue(key: string, options: EnvValueOptions = {}): EnvValue {
    return EnvValue.fromSecretValue({ secret: this, key }, options);
  }

  /**
   * Let somebody read it by the API, and no other Secret: for programs that follow its changes themselves. Pods that mount it need no
   * such right. Defines a Role of its name and `-reader`, and its binding.
   *
   * @param grantee who gets the right; a workload gets a token for it, too.
   */
  public grantRead(grantee: IGrantable): void {
    this.reader ??= readerOf(this, this.name, ApiResource.SECRETS);
    this.reader.grantTo(grantee);
  }
}

/** Values of a Secret are never shown. */
function entryFaults(stringData: { [key: string]: string }): Fault[] {
  const entries = Object.entries(stringData);
  return [
    ...entries.flatMap(([key, value]) => [
      ...keyFaults(key),
      ...textFaults(key, value).map(fault => ({ ...fault, got: value === undefined ? 'none' : withArticle(typeof value), fix: 'write it in quotes' })),
    ]),
    ...sizeFaults('Secret', new Map(entries.map(([key, value]) => [key, typeof value === 'string' ? value : ''])), new Map()),
  ];
}

/** What is no text was reported as such. */
function base64(text: unknown): string {
  return typeof text === 'string' ? Buffer.from(text, 'utf8').toString('base64') : '';
}
