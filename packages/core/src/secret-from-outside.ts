import { Construct } from 'constructs';
import { ApiResource } from './api-resource';
import { EnvValue, EnvValueOptions } from './env-value';
import { readerOf } from './private/reader-role';
import type { Role } from './role';
import { ISecret } from './secret-reference';
import type { IGrantable } from './subject';

/** A Secret that comes to be in the cluster, so that no manifest has its values: base of those that say how. */
export abstract class SecretFromOutside extends Construct implements ISecret {
  /** Always `Secret`. */
  public readonly kind = 'Secret';

  /** Its `metadata.name`. */
  public abstract readonly name: string;

  /** The namespace it is in; none where its chart names none. */
  public abstract readonly namespace?: string;

  private reader?: Role;

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

  /**
   * Let somebody read it by the API, and no other Secret. Pods that mount it need no such right. Defines a Role of its name and
   * `-reader`, and its binding.
   *
   * @param grantee who gets the right; a workload gets a token for it, too.
   */
  public grantRead(grantee: IGrantable): void {
    this.reader ??= readerOf(this, this.name, ApiResource.SECRETS);
    this.reader.grantTo(grantee);
  }
}
