import { PodProps, Resources, ServiceType } from '@keelson/core';
import { Duration } from 'cdk8s';
import { ConnectionValue } from './connection-value';
import { DatabaseAlerts } from './database-alerts';
import { DatabaseCredentials } from './database-credentials';
import { DatabaseTls } from './database-tls';
import { StatefulSetStrategy } from './stateful-set-strategy';
import { Storage } from './storage';

/** What every server that keeps data can be told. */
export interface ServerProps extends PodProps {
  /** Where it keeps its data. */
  readonly storage: Storage;

  /**
   * Name of the server and what belongs to it. Give it where the construct may move: under another name, it is another server, an empty
   * one.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Labels of all its objects.
   *
   * @default - the recommended ones.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the StatefulSet.
   *
   * @default - none.
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Another image than the official one, of the same version and with the same entry point.
   *
   * @default - the official image of the version, by its digest.
   */
  readonly image?: string;

  /**
   * What the server gets. Its caches are sized by the memory limit.
   *
   * @default - 250m of CPU, and 1 GiB of memory, which is its limit too; 512 MiB for Redis and Valkey.
   */
  readonly resources?: Resources;

  /**
   * The user that clients are, who owns the databases where there are some. With another name, give `credentials` another revision: the
   * URI in a generated Secret stays as it was made.
   *
   * @default 'app'
   */
  readonly user?: string;

  /**
   * The password of `user`.
   *
   * @default DatabaseCredentials.generated()
   */
  readonly credentials?: DatabaseCredentials;

  /**
   * The password of who may do everything. No client gets it.
   *
   * @default DatabaseCredentials.generated()
   */
  readonly rootCredentials?: DatabaseCredentials;

  /**
   * Settings of the server, by their names; they win over what follows from `resources`. Those that belong to what is rendered, such as
   * where the data is, can't be set, and neither can a cache that leaves no memory. The others only the server checks: it doesn't start
   * with one that it doesn't know.
   *
   * @default - none beside those the engine's class describes.
   */
  readonly settings?: { [name: string]: string };

  /**
   * How long the server may take to start, for instance to read its log after it was killed. It isn't asked whether it lives until then.
   * In steps of 10 seconds.
   *
   * @default Duration.minutes(60)
   */
  readonly startupTimeout?: Duration;

  /**
   * How its pod gets what has changed: nobody is answered while it is replaced.
   *
   * @default StatefulSetStrategy.rollingUpdate()
   */
  readonly updateStrategy?: StatefulSetStrategy;

  /**
   * Let in clients from outside of the cluster, by a Service of its own, `<name>-external`. They sign in as anybody else.
   *
   * @default - clients of the cluster that are connected, and nobody else.
   */
  readonly externalAccess?: ServiceType;

  /**
   * The port on every node, with `externalAccess` by nodes or by a load balancer; each may be had once in a cluster.
   *
   * @default - the cluster chooses a free one, and keeps it as long as the Service is there.
   */
  readonly externalNodePort?: number;

  /**
   * Annotations of the Service of `externalAccess`: what load balancers, or those who write names into DNS, are asked for. `annotations`
   * are the StatefulSet's.
   *
   * @default - none beside those that `externalAccess` comes to.
   */
  readonly externalAnnotations?: { [key: string]: string };

  /**
   * Speak TLS with clients, replicas, Jobs and the exporter, and have them verify the server: `DatabaseTls.required(…)`.
   *
   * A generated Secret keeps the URI that it was made with, which knows nothing of TLS where that comes later: give `credentials` another
   * revision then, `DatabaseCredentials.generated('2')`.
   *
   * @default - no TLS.
   */
  readonly tls?: DatabaseTls;

  /**
   * Have an exporter beside the server, with a user that may read statistics only, and have the cluster's monitoring scrape it.
   *
   * @default false
   */
  readonly metrics?: boolean;

  /**
   * What somebody is told of it, by a PrometheusRule; with `metrics`.
   *
   * @default DatabaseAlerts.of() with `metrics`, where the cluster has PrometheusRules and its monitoring doesn't find pods by annotations.
   */
  readonly alerts?: DatabaseAlerts;

  /**
   * The environment variables that connected clients get, by name, and what each of them tells: other names than the usual ones.
   *
   * @default - those the engine's class describes.
   */
  readonly clientVariables?: { [variable: string]: ConnectionValue };

  /**
   * Give clients the password, and the URI with it, in environment variables (`PGPASSWORD`, `DATABASE_URL`) and not as files whose paths
   * are in `PGPASSWORD_FILE` and `DATABASE_URL_FILE`: for clients that read no files. The environment shows up in crash reports and is
   * passed on to child processes; policy checkers say so.
   *
   * @default false
   */
  readonly passwordsInEnvironment?: boolean;
}
