import { DatabaseCredentials } from './database-credentials';
import { ServerEndpointProps } from './server-endpoint-props';

/** What has to be known of a server with databases that is made elsewhere. */
export interface DatabaseEndpointProps extends ServerEndpointProps {
  /**
   * The password of `user`: `DatabaseCredentials.fromSecret(…)`, with a Secret of the namespace of its clients.
   */
  readonly credentials: DatabaseCredentials;

  /**
   * The database that clients use.
   *
   * @default 'app'
   */
  readonly database?: string;

  /**
   * The user that clients are.
   *
   * @default 'app'
   */
  readonly user?: string;
}
