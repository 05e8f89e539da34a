import { Construct } from 'constructs';
import { SecretFromOutside } from './secret-from-outside';

/** Options for `SecretGenerator.secret`. */
export interface GeneratedSecretOptions {
  /**
   * What the Secret is for, such as `kubernetes.io/basic-auth`.
   *
   * @default - `Opaque`: anything.
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
   */
  readonly type?: string;

  /**
   * Let nobody change it afterwards. A password is then changed by another Secret of another name.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-immutable
   */
  readonly immutable?: boolean;

  /**
   * Labels of the Secret, beside those of the scopes around it and the recommended ones.
   *
   * @default - none.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the Secret, for controllers that look for them.
   *
   * @default - none.
   */
  readonly annotations?: { [key: string]: string };
}

/** A Secret that a `SecretGenerator` makes in the cluster: see `SecretGenerator.secret`. */
export class GeneratedSecret extends SecretFromOutside {
  /** @internal */
  public static _define(scope: Construct, id: string, name: string, namespace: string | undefined, keys: string[]): GeneratedSecret {
    return new GeneratedSecret(scope, id, name, namespace, keys);
  }

  private constructor(
    scope: Construct,
    id: string,
    public readonly name: string,
    public readonly namespace: string | undefined,
    /** The keys in its data, sorted. */
    public readonly keys: string[],
  ) {
    super(scope, id);
  }
}
