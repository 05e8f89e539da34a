import { DatabaseEndpointProps } from './database-endpoint-props';
import { PostgreSqlVersion } from './postgre-sql-version';

/** Properties for `PostgreSql.fromEndpoint`. */
export interface PostgreSqlEndpointProps extends DatabaseEndpointProps {
  /** The major version: tools of a backup are of the same. One that isn't run here any more may be of any age. */
  readonly version: PostgreSqlVersion;
}
