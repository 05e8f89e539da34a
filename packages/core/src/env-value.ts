import { IConfigMap } from './config-map';
import { EnvFieldPath } from './env-field-path';
import { Fault } from './faults';
import { keyFaults } from './private/config-data';
import { envNameFaults } from './private/env-name';
import { quoted } from './private/quoted';
import { NamedObject, referenceFaults, remember } from './private/references';
import { ResourceFieldPath } from './resource-field-path';
import { SecretValue } from './secret-reference';

/** The value of an environment variable: ours, or an `EnvValue` of cdk8s-plus. */
export interface IEnvValue {
  /**
   * The value itself; `$(NAME)` in it is replaced by another variable, `$$` by `$`.
   *
   * @default - `valueFrom` says where it comes from.
   */
  readonly value?: string;

  /**
   * Where the value comes from, as Kubernetes has it.
   *
   * @default - `value` is the value.
   * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
   */
  readonly valueFrom?: unknown;

  /**
   * What is wrong with it; the construct that receives it reports it.
   *
   * @default - not known: the construct that receives it checks it, see `EnvValue.faultsOf`.
   */
  readonly faults?: Fault[];
}

/** Options for a value that a ConfigMap or Secret has. */
export interface EnvValueOptions {
  /**
   * Start without the variable where the object or its key is missing, instead of waiting for it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** Options for `EnvValue.fromResource`. */
export interface EnvValueFromResourceOptions {
  /**
   * Name of the container in the same pod.
   *
   * @default - the one that has the variable.
   */
  readonly container?: string;

  /**
   * The unit, such as `1m` (CPU) or `1Mi` (bytes); what is left over counts as one.
   *
   * @default - `1`: whole CPUs, bytes.
   */
  readonly divisor?: string;
}

/**
 * The value of an environment variable.
 *
 * ```ts
 * const env = {
 *   LEVEL: EnvValue.fromValue('info'),
 *   PASSWORD: EnvValue.fromSecretValue({ secret: Secret.fromSecretName('db'), key: 'password' }),
 *   POD: EnvValue.fromFieldRef(EnvFieldPath.POD_NAME),
 * };
 * ```
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export class EnvValue implements IEnvValue {
  /**
   * A value that everybody who reads the manifest reads.
   *
   * @param value the value; `$(NAME)` in it is replaced by another variable, `$$` by `$`.
   */
  public static fromValue(value: string): EnvValue {
    return new EnvValue(literalFaults(value), value);
  }

  /**
   * The value under a key of a Secret. The environment shows up in crash reports and is passed on to child processes: a
   * file (`Volume.fromSecret`) is safer.
   *
   * @param secretValue the Secret and the key.
   * @param options whether it may be missing.
   */
  public static fromSecretValue(secretValue: SecretValue, options: EnvValueOptions = {}): EnvValue {
    return EnvValue.ofKey(secretValue?.secret, 'Secret', 'secretKeyRef', secretValue?.key, options);
  }

  /**
   * The value under a key of a ConfigMap.
   *
   * @param configMap the ConfigMap.
   * @param key the key.
   * @param options whether it may be missing.
   */
  public static fromConfigMap(configMap: IConfigMap, key: string, options: EnvValueOptions = {}): EnvValue {
    return EnvValue.ofKey(configMap, 'ConfigMap', 'configMapKeyRef', key, options);
  }

  /**
   * A field of the pod.
   *
   * @param field the field.
   */
  public static fromFieldRef(field: EnvFieldPath): EnvValue {
    return new EnvValue(field.faults, undefined, { fieldRef: { fieldPath: field.path } });
  }

  /**
   * A resource of a container, such as its memory limit.
   *
   * @param resource the resource.
   * @param options whose, and in which unit.
   */
  public static fromResource(resource: ResourceFieldPath, options: EnvValueFromResourceOptions = {}): EnvValue {
    const { container, divisor } = options;
    return new EnvValue(resource._divisorFaults(divisor), undefined, {
      resourceFieldRef: { resource: resource.path, containerName: container, divisor },
    });
  }

  /**
   * What is wrong with the name of a variable.
   *
   * @param name such as `LOG_LEVEL`.
   */
  public static faultsOfName(name: string): Fault[] {
    return envNameFaults(name);
  }

  /**
   * What is wrong with a value, whoever made it.
   *
   * @param value the value.
   */
  public static faultsOf(value: IEnvValue): Fault[] {
    if (typeof value !== 'object' || value === null) {
      return literalFaults(value, 'an EnvValue', typeof value === 'string' ? 'write EnvValue.fromValue(…)' : undefined);
    }
    if (value.faults !== undefined) {
      return value.faults;
    }
    if (value.valueFrom === undefined) {
      return literalFaults(value.value);
    }
    return value.value === undefined ? [] : [{
      code: 'KEELSON1315', got: 'value and valueFrom', allowed: 'a value or where it comes from', fix: 'drop one of the two',
    }];
  }

  private static ofKey(object: NamedObject, kind: string, source: string, key: string, { optional }: EnvValueOptions): EnvValue {
    const made = new EnvValue(
      [...referenceFaults(object, kind), ...keyFaults(key).map(fault => ({ ...fault, member: 'key' }))],
      undefined,
      { [source]: { name: object?.name, key, optional } },
    );
    remember(made, [{ object, keys: [key], optional }]);
    return made;
  }

  private constructor(
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults?: Fault[],
    /** The value itself, where it is in the manifest. */
    public readonly value?: string,
    /** Where the value comes from, else. */
    public readonly valueFrom?: unknown,
  ) {}
}

/** Programs without types, and cdk8s-plus where a variable of synth's own environment isn't set, pass other things. */
function literalFaults(value: unknown, allowed = 'a text', fix?: string): Fault[] {
  if (value === undefined || value === null) {
    return [{
      code: 'KEELSON1310', got: 'none', allowed: 'a value',
      fix: 'set it, or leave the variable out; where it is read from the environment of synth, set it there',
    }];
  }
  if (typeof value === 'string') {
    return fix === undefined ? [] : [{ code: 'KEELSON1311', got: 'a text', allowed, fix }];
  }
  const shown = quoted(value);
  const written = typeof value === 'object' || typeof value === 'symbol' || typeof value === 'function' ? undefined : shown;
  return [{
    code: 'KEELSON1311', got: written === undefined ? shown : `the ${typeof value} ${shown}`, allowed, fix: `write EnvValue.fromValue(${written === undefined ? '…' : `'${written}'`})`,
  }];
}
