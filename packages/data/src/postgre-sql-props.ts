import { DatabaseProps } from './database-props';
import { PostgreSqlEngine } from './postgre-sql-engine';
import { PostgreSqlVersion } from './postgre-sql-version';
import { StatefulSetStrategy } from './stateful-set-strategy';

/** Properties for `PostgreSql`. */
export interface PostgreSqlProps extends DatabaseProps {
  /** The major version. */
  readonly version: PostgreSqlVersion;

  /**
   * How many further servers follow what is written, and answer what only reads. They take nothing over: when the primary is gone, nothing
   * is written until it is back. Another primary is chosen only where an operator does: with `PostgreSqlEngine.cloudNativePg()` one of
   * them takes over.
   *
   * Each has a volume of its own of the same `storage`, and a replication slot, for which the primary keeps at most a quarter of its
   * volume: a replica that was away for longer has to be made anew, by deleting its claim and its pod.
   *
   * @default 0
   */
  readonly readReplicas?: number;

  /**
   * Who runs the servers.
   *
   * @default PostgreSqlEngine.officialImage()
   */
  readonly engine?: PostgreSqlEngine;

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
