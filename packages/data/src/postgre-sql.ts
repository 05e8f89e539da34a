import { Construct } from 'constructs';
import { Database } from './database';
import { DatabaseEndpoint } from './database-endpoint';
import { PostgreSqlEndpointProps } from './postgre-sql-endpoint-props';
import { PostgreSqlProps } from './postgre-sql-props';
import { PostgreSqlVersion } from './postgre-sql-version';
import { databaseKind, versionFaultsOf } from './private/endpoint-kind';
import { made } from './private/made';
import { POSTGRESQL } from './private/postgresql/postgresql-engine';
import { postgreSqlModel, replicaModel, replicasOf } from './private/postgresql/postgresql-model';
import { soundProps } from './private/sound-props';
import { ReadReplicas } from './read-replicas';

/**
 * A PostgreSQL server that keeps its data, and servers that follow it where asked.
 *
 * ```ts
 * declare const storefront: Workload;
 * const orders = new PostgreSql(chart, 'orders', {
 *   version: PostgreSqlVersion.V17,
 *   storage: Storage.dynamic(Size.gibibytes(20)),
 * });
 * storefront.connections.to(orders);
 * ```
 *
 * Connected clients get `PGHOST`, `PGPORT`, `PGDATABASE` and `PGUSER`, and in `PGPASSWORD_FILE` and `DATABASE_URL_FILE` where files with
 * the password and the URI are; with `tls`, `PGSSLMODE` is `verify-full` and `PGSSLROOTCERT` the path of the authority's certificate.
 *
 * From the memory limit follow `shared_buffers` (a quarter), `effective_cache_size` (three quarters), `work_mem` (a quarter, divided by
 * `maxConnections`) and `maintenance_work_mem` (a sixteenth, 16 MB to 2 GB). Passwords are kept as SCRAM-SHA-256.
 *
 * @see https://www.postgresql.org/docs/current/
 */
export class PostgreSql extends Database {
  /**
   * A server that is made elsewhere.
   *
   * @param scope where it is spoken of.
   * @param id its id there.
   * @param props where it is, and how clients sign in.
   */
  public static fromEndpoint(scope: Construct, id: string, props: PostgreSqlEndpointProps): DatabaseEndpoint {
    const { major, image } = made(props.version) ?? PostgreSqlVersion.V17;
    const faults = versionFaultsOf(props.version, major, 'PostgreSqlVersion', 'V17');
    return DatabaseEndpoint._define(scope, id, props, databaseKind(POSTGRESQL, props, { number: major, image }, faults));
  }

  /**
   * The servers that follow.
   *
   * @default - none without `readReplicas`.
   */
  public readonly readReplicas?: ReadReplicas;

  public constructor(scope: Construct, id: string, props: PostgreSqlProps) {
    const sound = soundProps(props);
    const model = postgreSqlModel(scope, id, sound.props)._with(sound.faults);
    super(scope, id, sound.props, model);
    const replicas = replicasOf(sound.props);
    if (replicas > 0) {
      const own = { ...sound.props, updateStrategy: sound.props.replicaUpdateStrategy };
      this.readReplicas = ReadReplicas._define(this, own, replicaModel(model, sound.props, this.host), replicas);
    }
  }
}
