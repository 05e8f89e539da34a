import { Construct } from 'constructs';
import { Database } from './database';
import { DatabaseEndpoint } from './database-endpoint';
import { MariaDbEndpointProps } from './maria-db-endpoint-props';
import { MariaDbProps } from './maria-db-props';
import { MariaDbVersion } from './maria-db-version';
import { databaseKind, versionFaultsOf } from './private/endpoint-kind';
import { made } from './private/made';
import { MARIADB } from './private/mariadb/mariadb-dialect';
import { mariaDbModel, replicaModel, replicasOf } from './private/mariadb/mariadb-model';
import { soundProps } from './private/sound-props';
import { ReadReplicas } from './read-replicas';

/**
 * A MariaDB server that keeps its data, and servers that follow it where asked.
 *
 * ```ts
 * declare const storefront: Workload;
 * const orders = new MariaDb(chart, 'orders', {
 *   version: MariaDbVersion.V11_8,
 *   storage: Storage.dynamic(Size.gibibytes(20)),
 * });
 * storefront.connections.to(orders);
 * ```
 *
 * Connected clients get `MYSQL_HOST`, `MYSQL_PORT`, `MYSQL_DATABASE` and `MYSQL_USER`, and in `MYSQL_PASSWORD_FILE` and
 * `DATABASE_URL_FILE` where files with the password and the URI are; with `tls`,
 * `MYSQL_SSL_MODE` is `VERIFY_IDENTITY` and `MYSQL_SSL_CA` the path of the authority's certificate.
 *
 * From the memory limit follows `innodb_buffer_pool_size`: half of it, and from 4 GiB on all but 2 GiB, at most three quarters; in steps of
 * 128 MiB for each GiB, up to 1 GiB. What memory has no room for is sorted on the volume. A binary log is written only where there are
 * `readReplicas`, or `settings` has `log_bin`.
 *
 * `initScripts` run in `database`, and before users are made. Passwords may have any characters but line breaks.
 *
 * @see https://mariadb.com/docs/server
 */
export class MariaDb extends Database {
  /**
   * A server that is made elsewhere.
   *
   * @param scope where it is spoken of.
   * @param id its id there.
   * @param props where it is, and how clients sign in.
   */
  public static fromEndpoint(scope: Construct, id: string, props: MariaDbEndpointProps): DatabaseEndpoint {
    const { series, image } = made(props.version) ?? MariaDbVersion.V11_8;
    const faults = versionFaultsOf(props.version, series, 'MariaDbVersion', 'V11_8');
    return DatabaseEndpoint._define(scope, id, props, databaseKind(MARIADB.engine, props, { number: series, image }, faults));
  }

  /**
   * The servers that follow.
   *
   * @default - none without `readReplicas`.
   */
  public readonly readReplicas?: ReadReplicas;

  public constructor(scope: Construct, id: string, props: MariaDbProps) {
    const sound = soundProps(props);
    const model = mariaDbModel(scope, id, sound.props)._with(sound.faults);
    super(scope, id, sound.props, model);
    const replicas = replicasOf(sound.props);
    if (replicas > 0) {
      const own = { ...sound.props, updateStrategy: sound.props.replicaUpdateStrategy };
      this.readReplicas = ReadReplicas._define(this, own, replicaModel(model, sound.props, this.host), replicas);
    }
  }
}
