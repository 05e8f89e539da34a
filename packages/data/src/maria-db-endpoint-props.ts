import { DatabaseEndpointProps } from './database-endpoint-props';
import { MariaDbVersion } from './maria-db-version';

/** Properties for `MariaDb.fromEndpoint`. */
export interface MariaDbEndpointProps extends DatabaseEndpointProps {
  /** The series: tools of a backup are of the same. One that isn't run here any more may be of any age. */
  readonly version: MariaDbVersion;
}
