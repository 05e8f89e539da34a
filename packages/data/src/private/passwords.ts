import { ISecret, Secret } from '@keelson/core';
import { DatabaseCredentials } from '../database-credentials';

/** A password that is there, or that is to be made. */
export interface Password {
  readonly user: string;
  readonly secret: ISecret;
  readonly key: string;
  readonly uriKey: string | undefined;
  /** The Secret that a Job has to make. */
  readonly generated: string | undefined;
}

/**
 * The password of a user, by name.
 *
 * @param base the name of the generated Secret, without its revision.
 */
export function passwordOf(
  user: string, credentials: DatabaseCredentials | undefined, base: string, namespace: string | undefined,
): Password {
  const { secret, passwordKey, uriKey, revision } = credentials ?? DatabaseCredentials.generated();
  const name = revision === undefined ? base : `${base}-${revision}`;
  return secret === undefined
    ? { user, secret: Secret.fromSecretName(name, namespace), key: passwordKey, uriKey, generated: name }
    : { user, secret, key: passwordKey, uriKey, generated: undefined };
}
