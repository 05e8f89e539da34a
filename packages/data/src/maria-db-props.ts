import { DatabaseProps } from './database-props';
import { MariaDbVersion } from './maria-db-version';
import { StatefulSetStrategy } from './stateful-set-strategy';

/** Properties for `MariaDb`. */
export interface MariaDbProps extends DatabaseProps {
  /** The series. */
  readonly version: MariaDbVersion;

  /**
   * How many further servers follow what is written, and answer what only reads. They take nothing over: when the primary is gone, nothing
   * is written until it is back. A cluster that chooses another primary by itself needs an operator, such as mariadb-operator.
   *
   * Each has a volume of its own of the same `storage`. Its first start dumps the primary into it, which takes as long as a restore; tables
   * of engines without transactions must not be written to meanwhile. The primary keeps three days of changes, or what
   * `binlog_expire_logs_seconds` says: a replica that was away for longer has to be made anew, by deleting its claim and its pod.
   * Adding the first replica starts the primary anew.
   *
   * @default 0
   */
  readonly readReplicas?: number;

  /**
   * How the replicas get what has changed: one at a time, the last first.
   *
   * @default StatefulSetStrategy.rollingUpdate()
   */
  readonly replicaUpdateStrategy?: StatefulSetStrategy;

  /**
   * How many clients may be connected at once, from 10 to 10000. Replicas have the same.
   *
   * @default 100
   */
  readonly maxConnections?: number;
}
