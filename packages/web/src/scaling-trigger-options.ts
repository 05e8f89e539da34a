import { Schedule } from '@keelson/core';
import { ITriggerAuthentication } from './trigger-authentication';

/** How the value of a trigger is compared with its target. */
export enum TriggerMetricType {
  /** Divided by the number of pods. */
  AVERAGE_VALUE = 'AverageValue',
  /** As it is. */
  VALUE = 'Value',
}

/** What triggers can be told that ask something outside of the pods. */
export interface TriggerOptions {
  /**
   * How KEDA proves who it is.
   *
   * @default - it doesn't.
   */
  readonly authentication?: ITriggerAuthentication;

  /**
   * How its value is compared with the target.
   *
   * @default TriggerMetricType.AVERAGE_VALUE
   */
  readonly metricType?: TriggerMetricType;

  /**
   * What it is called in KEDA's metrics; no two triggers of a workload are called alike.
   *
   * @default - by its number.
   */
  readonly name?: string;
}

/** Options for `ScalingTrigger.cpu` and `ScalingTrigger.memory`. */
export interface ResourceTriggerOptions {
  /**
   * The one container that is measured; the main one is called as the workload.
   *
   * @default - all containers together.
   */
  readonly container?: string;
}

/** Options for `ScalingTrigger.cron`. */
export interface CronTriggerOptions {
  /** When the pods are there, by five fields: `Schedule.cron('0 8 * * 1-5', { timeZone: 'Europe/Berlin' })`. */
  readonly start: Schedule;

  /** When they may go again, in the same time zone. */
  readonly end: Schedule;

  /** How many pods there are at least in between, from 1 to the scaling's `max`. */
  readonly desiredReplicas: number;
}

/** Options for `ScalingTrigger.prometheus`. */
export interface PrometheusTriggerOptions extends TriggerOptions {
  /** Where Prometheus answers, such as `http://prometheus.monitoring.svc.cluster.local:9090`. */
  readonly serverAddress: string;

  /** A query whose answer is one number. */
  readonly query: string;

  /** The number for each pod, from 0.001 on. */
  readonly threshold: number;

  /**
   * The number above which there is a pod at all, from 0 on.
   *
   * @default 0
   */
  readonly activationThreshold?: number;
}

/** Options for `ScalingTrigger.rabbitMq`. */
export interface RabbitMqTriggerOptions extends TriggerOptions {
  /** The queue. Where RabbitMQ is, the parameter `host` of `authentication` says, with user and password: `amqp://…`. */
  readonly queueName: string;

  /** Messages for each pod, from 0.001 on. */
  readonly queueLength: number;

  /**
   * Messages above which there is a pod at all, from 0 on.
   *
   * @default 0
   */
  readonly activationQueueLength?: number;

  /**
   * The virtual host.
   *
   * @default - the one in `host`.
   */
  readonly vhostName?: string;
}

/** Where a consumer group begins that has no offset yet. */
export enum OffsetResetPolicy {
  /** At the next message. */
  LATEST = 'latest',
  /** At the oldest message. */
  EARLIEST = 'earliest',
}

/** Options for `ScalingTrigger.kafka`. */
export interface KafkaTriggerOptions extends TriggerOptions {
  /** Host and port of brokers, such as `kafka.streams.svc.cluster.local:9092`; at least one. */
  readonly bootstrapServers: string[];

  /** The group that the pods consume as. */
  readonly consumerGroup: string;

  /**
   * The topic. There are never more pods than it has partitions.
   *
   * @default - all topics of the group.
   */
  readonly topic?: string;

  /**
   * Messages behind for each pod, a whole number from 1 on.
   *
   * @default 10
   */
  readonly lagThreshold?: number;

  /**
   * Messages behind above which there is a pod at all, a whole number from 0 on.
   *
   * @default 0
   */
  readonly activationLagThreshold?: number;

  /**
   * Where the group begins without an offset, as its consumers do.
   *
   * @default OffsetResetPolicy.LATEST
   */
  readonly offsetResetPolicy?: OffsetResetPolicy;
}

/** Options for `ScalingTrigger.awsSqs`. */
export interface AwsSqsTriggerOptions extends TriggerOptions {
  /** The queue's URL. */
  readonly queueUrl: string;

  /** The queue's region, such as `eu-central-1`. */
  readonly awsRegion: string;

  /**
   * Messages for each pod, a whole number from 1 on.
   *
   * @default 5
   */
  readonly queueLength?: number;

  /**
   * Messages above which there is a pod at all, a whole number from 0 on.
   *
   * @default 0
   */
  readonly activationQueueLength?: number;
}

/** Options for `ScalingTrigger.redisList`. */
export interface RedisListTriggerOptions extends TriggerOptions {
  /** Host and port, such as `redis.shop.svc.cluster.local:6379`. */
  readonly address: string;

  /** The list. */
  readonly listName: string;

  /**
   * Entries for each pod, a whole number from 1 on.
   *
   * @default 5
   */
  readonly listLength?: number;

  /**
   * Entries above which there is a pod at all, a whole number from 0 on.
   *
   * @default 0
   */
  readonly activationListLength?: number;

  /**
   * The number of the database, from 0 on.
   *
   * @default 0
   */
  readonly databaseIndex?: number;

  /**
   * Whether Redis answers by TLS.
   *
   * @default false
   */
  readonly enableTls?: boolean;
}

/** Where a PostgreSQL server is, and as whom it is asked. */
export interface PostgreSqlServer {
  /** Its name, such as `orders.data.svc.cluster.local`. */
  readonly host: string;

  /** Its port, from 1 to 65535. */
  readonly port: number;

  /** The user; the parameter `password` of the trigger's `authentication` proves it. */
  readonly userName: string;

  /** The database. */
  readonly dbName: string;

  /** Such as `disable`, `require` or `verify-full`. */
  readonly sslMode: string;
}

/** Options for `ScalingTrigger.postgreSql`. */
export interface PostgreSqlTriggerOptions extends TriggerOptions {
  /** A query whose answer is one number, such as `SELECT count(*) FROM jobs WHERE state = 'waiting'`. */
  readonly query: string;

  /** The number for each pod, from 0.001 on. */
  readonly targetQueryValue: number;

  /**
   * The number above which there is a pod at all, from 0 on.
   *
   * @default 0
   */
  readonly activationTargetQueryValue?: number;

  /**
   * Where the server is.
   *
   * @default - the parameter `connection` of `authentication` says all of it, password and all.
   */
  readonly server?: PostgreSqlServer;
}
