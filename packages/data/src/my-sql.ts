import { Construct } from 'constructs';
import { Database } from './database';
import { DatabaseEndpoint } from './database-endpoint';
import { MySqlEndpointProps } from './my-sql-endpoint-props';
import { MySqlProps } from './my-sql-props';
import { MySqlVersion } from './my-sql-version';
import { databaseKind, versionFaultsOf } from './private/endpoint-kind';
import { made } from './private/made';
import { MYSQL } from './private/mysql/mysql-dialect';
import { mySqlModel } from './private/mysql/mysql-model';
import { soundProps } from './private/sound-props';

/**
 * A MySQL server that keeps its data: one, that nothing follows. Servers that follow it, or take over from it, need an operator, such as
 * Oracle's MySQL Operator or Percona's.
 *
 * ```ts
 * declare const storefront: Workload;
 * const orders = new MySql(chart, 'orders', {
 *   version: MySqlVersion.V8_4,
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
 * 128 MiB for each of its parts, of which there is one for each GiB, up to 8. What memory has no room for is sorted on the volume. No
 * binary log is written, unless `settings` has `log_bin`, and then `binlog_expire_logs_seconds` too: the log is on the volume. The X
 * protocol is off, and so are files that statements read and write on the server.
 *
 * `initScripts` run in `database`, and before users are made. Passwords may have any characters but line breaks.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/
 */
export class MySql extends Database {
  /**
   * A server that is made elsewhere.
   *
   * @param scope where it is spoken of.
   * @param id its id there.
   * @param props where it is, and how clients sign in.
   */
  public static fromEndpoint(scope: Construct, id: string, props: MySqlEndpointProps): DatabaseEndpoint {
    const { series, image } = made(props.version) ?? MySqlVersion.V8_4;
    const faults = versionFaultsOf(props.version, series, 'MySqlVersion', 'V8_4');
    return DatabaseEndpoint._define(scope, id, props, databaseKind(MYSQL.engine, props, { number: series, image }, faults));
  }

  public constructor(scope: Construct, id: string, props: MySqlProps) {
    const sound = soundProps(props);
    super(scope, id, sound.props, mySqlModel(scope, id, sound.props)._with(sound.faults));
  }
}
