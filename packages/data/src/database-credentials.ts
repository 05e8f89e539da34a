import { Fault, Faults, ISecret, ResourceName } from '@keelson/core';
import { keyFaults } from './private/keys';
import { shown } from './private/made';

/** Options for `DatabaseCredentials.fromSecret`. */
export interface SecretCredentialsOptions {
  /**
   * The key of the password.
   *
   * @default 'password'
   */
  readonly passwordKey?: string;

  /**
   * The key of a URI with the password in it, percent-encoded, for clients that ask for one.
   *
   * @default - there is none: clients get no URI.
   */
  readonly uriKey?: string;
}

/**
 * Where a user's password comes from. It is never in what is rendered.
 *
 * ```ts
 * DatabaseCredentials.generated();
 * DatabaseCredentials.fromSecret(Secret.fromSecretName('orders-app'), { uriKey: 'uri' });
 * ```
 */
export class DatabaseCredentials {
  /**
   * A password that a Job makes in the cluster, once: it writes a Secret that isn't there yet, and changes none. Whoever deletes the Secret
   * gets another password, which a database that has data doesn't know: see `previousRootCredentials`.
   *
   * @param revision another one is another Secret, with another password: `orders-app-2`. Left out, it is `orders-app`.
   */
  public static generated(revision?: string): DatabaseCredentials {
    return new DatabaseCredentials(revision === undefined ? [] : Faults.within('revision', ResourceName.labelFaultsOf('revision', revision)), undefined, 'password', 'uri', revision);
  }

  /**
   * A Secret of the database's namespace: one that is there, an `ExternalSecret`, a `SealedSecret`.
   *
   * @param secret the Secret.
   * @param options its keys.
   */
  public static fromSecret(secret: ISecret, options: SecretCredentialsOptions = {}): DatabaseCredentials {
    const { passwordKey = 'password', uriKey } = options;
    return new DatabaseCredentials(
      [...Faults.within('secret', secretFaults(secret)), ...keyFaults('passwordKey', passwordKey), ...uriKey === undefined ? [] : keyFaults('uriKey', uriKey)],
      secret, passwordKey, uriKey,
    );
  }

  private constructor(
    /** What is wrong with it; the database that receives it reports them. */
    public readonly faults: Fault[],
    /**
     * The Secret.
     *
     * @default - one that is generated.
     */
    public readonly secret: ISecret | undefined,
    /** The key of the password. */
    public readonly passwordKey: string,
    /**
     * The key of the URI.
     *
     * @default - there is none.
     */
    public readonly uriKey: string | undefined,
    /**
     * What tells a generated Secret from earlier ones.
     *
     * @default - it is the first.
     */
    public readonly revision?: string,
  ) {}
}

function secretFaults(secret: ISecret): Fault[] {
  const { kind, name } = secret ?? {};
  return kind === 'Secret' ? ResourceName.faultsOf('Secret', name) : [{
    code: 'KEELSON3006', got: typeof kind === 'string' ? `the ${kind} '${name}'` : shown(secret), allowed: 'a Secret', fix: 'put the password into a Secret',
  }];
}
