import { DatabaseEndpointProps } from './database-endpoint-props';
import { MongoDbVersion } from './mongo-db-version';

/** Properties for `MongoDb.fromEndpoint`. */
export interface MongoDbEndpointProps extends DatabaseEndpointProps {
  /** Major and minor number: tools of a backup are of the same. One that isn't run here any more may be of any age. */
  readonly version: MongoDbVersion;

  /**
   * Whether `host` is a name of which DNS tells the servers and their options (`mongodb+srv`), as Atlas has it. Clients get no port then,
   * and nothing answers at the name itself, so that it can't be waited for. `port` is that of the servers, for network policies.
   *
   * @default false
   */
  readonly srv?: boolean;

  /**
   * The name of its replica set, such as `rs0`: without, clients talk to `host` alone, whoever takes changes. With `srv`, DNS tells it.
   *
   * @default - it is in none, or DNS tells it.
   */
  readonly replicaSet?: string;

  /**
   * More members of its replica set on the same port, so that clients find one while `host` is away. With `srv`, DNS tells them.
   *
   * @default - `host` alone.
   */
  readonly otherHosts?: string[];

  /**
   * The database that users are in.
   *
   * @default 'admin'
   */
  readonly authSource?: string;

  /**
   * Whether clients write again what got lost on the way. Amazon DocumentDB can't: say `false`.
   *
   * @default - as drivers do, which is true.
   */
  readonly retryWrites?: boolean;
}
