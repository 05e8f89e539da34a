import { DatabaseEndpointProps } from './database-endpoint-props';
import { MySqlVersion } from './my-sql-version';

/** Properties for `MySql.fromEndpoint`. */
export interface MySqlEndpointProps extends DatabaseEndpointProps {
  /** The series: tools of a backup are of the same. One that isn't run here any more may be of any age. */
  readonly version: MySqlVersion;
}
