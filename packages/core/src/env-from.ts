import { IConfigMap } from './config-map';
import { Fault } from './faults';
import { envNameFaults } from './private/env-name';
import { contentOf, NamedObject, referenceFaults, remember } from './private/references';
import { ISecret } from './secret-reference';

/** Options for `EnvFrom`. */
export interface EnvFromOptions {
  /**
   * Text before each key, such as `DB_`.
   *
   * @default - none: the keys are the names.
   */
  readonly prefix?: string;

  /**
   * Start without the variables where the object is missing, instead of waiting for it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * All entries of a ConfigMap or Secret as environment variables. One set by `env` wins over them, and a later one over an
 * earlier one.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#configure-all-key-value-pairs-in-a-configmap-as-container-environment-variables
 */
export class EnvFrom {
  /**
   * All entries of a ConfigMap.
   *
   * @param configMap the ConfigMap.
   * @param options how to call them.
   */
  public static configMap(configMap: IConfigMap, options: EnvFromOptions = {}): EnvFrom {
    return new EnvFrom('configMapRef', configMap, 'ConfigMap', options);
  }

  /**
   * All entries of a Secret. What is added to the Secret later is in the environment of every container that has this:
   * name single keys (`EnvValue.fromSecretValue`) where you can.
   *
   * @param secret the Secret.
   * @param options how to call them.
   */
  public static secret(secret: ISecret, options: EnvFromOptions = {}): EnvFrom {
    return new EnvFrom('secretRef', secret, 'Secret', options);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    private readonly source: string,
    private readonly object: NamedObject,
    kind: string,
    private readonly options: EnvFromOptions,
  ) {
    const { prefix, optional } = options;
    this.faults = [
      ...referenceFaults(object, kind),
      ...(prefix === undefined ? [] : envNameFaults(prefix).map(fault => ({ ...fault, member: 'prefix' }))),
    ];
    remember(this, [{ object, optional }]);
  }

  /** Whether it is known to bring a variable: its object is of this app. @internal */
  public _brings(name: string): boolean {
    const { prefix = '' } = this.options;
    return name.startsWith(prefix) && this.object !== undefined && contentOf(this.object)?.has(name.slice(prefix.length)) === true;
  }

  /** @internal */
  public _render(): object {
    const { prefix, optional } = this.options;
    return { prefix, [this.source]: { name: this.object?.name, optional } };
  }
}
