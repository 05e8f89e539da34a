import { DatabaseProps } from './database-props';
import { MySqlVersion } from './my-sql-version';

/** Properties for `MySql`. */
export interface MySqlProps extends DatabaseProps {
  /** The series. */
  readonly version: MySqlVersion;

  /**
   * How many clients may be connected at once, from 10 to 10000.
   *
   * @default 100
   */
  readonly maxConnections?: number;
}
