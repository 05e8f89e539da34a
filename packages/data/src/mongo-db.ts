import { Construct } from 'constructs';
import { Database } from './database';
import { DatabaseEndpoint } from './database-endpoint';
import { MongoDbEndpointProps } from './mongo-db-endpoint-props';
import { MongoDbProps } from './mongo-db-props';
import { endpointKind } from './private/mongodb/mongodb-endpoint';
import { mongoDbModel } from './private/mongodb/mongodb-model';
import { soundProps } from './private/sound-props';

/**
 * A MongoDB server that keeps its data. There is one, in no replica set: nothing takes over while it restarts, and there are neither
 * transactions over several documents nor change streams. For these an operator is needed, such as MongoDB's own (MongoDB Controllers for
 * Kubernetes) or Percona's.
 *
 * ```ts
 * declare const storefront: Workload;
 * const catalog = new MongoDb(chart, 'catalog', {
 *   version: MongoDbVersion.V8_0,
 *   storage: Storage.dynamic(Size.gibibytes(20)),
 * });
 * storefront.connections.to(catalog);
 * ```
 *
 * Connected clients get `MONGODB_HOST`, `MONGODB_PORT`, `MONGODB_DATABASE`, `MONGODB_USERNAME` and `MONGODB_ADDRESS`, a URI without user
 * and password, and in `MONGODB_PASSWORD_FILE` and `MONGODB_URI_FILE` where files with the password and the URI are; with `tls`,
 * `MONGODB_TLS` is `true`, and `MONGODB_TLS_CA_FILE` the path of the authority's certificate. Users are in the database `admin`
 * (`authSource=admin`); `user` has `readWrite` and `dbAdmin` in its databases, which are there as soon as something is written to them.
 *
 * From the memory limit follows WiredTiger's cache (`cacheSizeGB`): half of what is above 1 GiB, and 0.25 GiB at least. `settings` are
 * those of the configuration file, with dots: `'operationProfiling.slowOpThresholdMs': '200'`.
 *
 * @see https://www.mongodb.com/docs/manual/reference/configuration-options/
 */
export class MongoDb extends Database {
  /**
   * A server that is made elsewhere, such as Atlas, with `srv`, or Amazon DocumentDB, with `replicaSet` and `retryWrites: false`.
   * Clients find all of it in `MONGODB_ADDRESS`, to which their driver takes user and password beside it; `MONGODB_URI_FILE` has what
   * the Secret says.
   *
   * @param scope where it is spoken of.
   * @param id its id there.
   * @param props where it is, and how clients sign in.
   */
  public static fromEndpoint(scope: Construct, id: string, props: MongoDbEndpointProps): DatabaseEndpoint {
    return DatabaseEndpoint._define(scope, id, props, endpointKind(props));
  }

  public constructor(scope: Construct, id: string, props: MongoDbProps) {
    const sound = soundProps(props);
    super(scope, id, sound.props, mongoDbModel(scope, id, sound.props)._with(sound.faults));
  }
}
