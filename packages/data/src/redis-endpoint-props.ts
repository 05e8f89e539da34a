import { DatabaseCredentials } from './database-credentials';
import { RedisVersion } from './redis-version';
import { ServerEndpointProps } from './server-endpoint-props';

/** Properties for `Redis.fromEndpoint`. */
export interface RedisEndpointProps extends ServerEndpointProps {
  /** The product and its version: tools of a backup are of the same. One that isn't run here any more may be of any age. */
  readonly version: RedisVersion;

  /**
   * The password: `DatabaseCredentials.fromSecret(…)`, with a Secret of the namespace of its clients.
   *
   * @default - it asks for none: whoever reaches it signs in.
   */
  readonly credentials?: DatabaseCredentials;

  /**
   * The user that clients are, with `credentials`.
   *
   * @default - clients know the password, and no user: they are `default`.
   */
  readonly user?: string;

  /**
   * The number of the database that clients use, from 0 on; a cluster has 0 alone.
   *
   * @default 0
   */
  readonly database?: number;
}
