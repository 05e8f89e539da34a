import { Fault, Faults, ResourceName, Schedule } from '@keelson/core';
import { isInt32From, INT32 } from './private/integer';
import { enumFaults, givenFaults, made } from './private/made';
import { ResourceUse } from './private/scaling-model';
import { metadataFaults, TriggerMetadata } from './private/trigger-metadata';
import { ScalingMetric } from './scaling-metric';
import {
  AwsSqsTriggerOptions, CronTriggerOptions, KafkaTriggerOptions, OffsetResetPolicy, PostgreSqlTriggerOptions, PrometheusTriggerOptions,
  RabbitMqTriggerOptions, RedisListTriggerOptions, ResourceTriggerOptions, TriggerMetricType, TriggerOptions,
} from './scaling-trigger-options';
import { ITriggerAuthentication } from './trigger-authentication';

/** What is known of a trigger beside what is rendered. */
interface Known {
  readonly options?: TriggerOptions;
  readonly metricType?: string;
  readonly use?: ResourceUse;
  readonly desiredReplicas?: number;
}

/**
 * What KEDA asks to find out how many pods are needed.
 *
 * @see https://keda.sh/docs/latest/scalers/
 */
export class ScalingTrigger {
  /**
   * CPU.
   *
   * @param percent of what is requested, from 1 on.
   * @param options of which container.
   */
  public static cpu(percent: number, options: ResourceTriggerOptions = {}): ScalingTrigger {
    return ScalingTrigger.resource('cpu', percent, options);
  }

  /**
   * Memory: only for programs that give it back.
   *
   * @param percent of what is requested, from 1 on.
   * @param options of which container.
   */
  public static memory(percent: number, options: ResourceTriggerOptions = {}): ScalingTrigger {
    return ScalingTrigger.resource('memory', percent, options);
  }

  /**
   * The clock: at least so many pods between two times.
   *
   * @param options from when to when, and how many.
   * @see https://keda.sh/docs/latest/scalers/cron/
   */
  public static cron(options: CronTriggerOptions): ScalingTrigger {
    const { start, end, desiredReplicas } = options;
    const metadata = new TriggerMetadata('cron').set('timezone', made(start)?.timeZone).set('start', made(start)?.expression).set('end', made(end)?.expression)
      .set('desiredReplicas', String(desiredReplicas));
    const count = isInt32From(1, desiredReplicas) ? [] : [{
      code: 'KEELSON2113', member: 'desiredReplicas', got: `${desiredReplicas}`, allowed: `an integer from 1 to ${INT32}`, fix: 'give a whole number',
    }];
    const faults = [...scheduleFaults('start', start), ...scheduleFaults('end', end), ...count];
    const isReadable = faults.length === 0;
    return new ScalingTrigger('cron', metadata.render(), [...faults, ...(isReadable ? periodFaults(start, end) : [])], {
      desiredReplicas: count.length === 0 ? desiredReplicas : undefined,
    });
  }

  /**
   * A query of Prometheus.
   *
   * @param options where, what, how much.
   * @see https://keda.sh/docs/latest/scalers/prometheus/
   */
  public static prometheus(options: PrometheusTriggerOptions): ScalingTrigger {
    return ScalingTrigger.made('prometheus', options, new TriggerMetadata('prometheus').url('serverAddress', options.serverAddress)
      .text('query', options.query).amount('threshold', options.threshold).activation('activationThreshold', options.activationThreshold));
  }

  /**
   * The length of a queue of RabbitMQ.
   *
   * @param options which queue, how long.
   * @see https://keda.sh/docs/latest/scalers/rabbitmq-queue/
   */
  public static rabbitMq(options: RabbitMqTriggerOptions): ScalingTrigger {
    return ScalingTrigger.made('rabbitmq', options, new TriggerMetadata('rabbitmq').text('queueName', options.queueName).set('mode', 'QueueLength')
      .amount('queueLength', options.queueLength, 'value').activation('activationQueueLength', options.activationQueueLength, 'activationValue')
      .optionalText('vhostName', options.vhostName), neededFaults(options, 'host'));
  }

  /**
   * How far a consumer group of Kafka is behind.
   *
   * @param options which group, how far.
   * @see https://keda.sh/docs/latest/scalers/apache-kafka/
   */
  public static kafka(options: KafkaTriggerOptions): ScalingTrigger {
    return ScalingTrigger.made('kafka', options, new TriggerMetadata('kafka').addresses('bootstrapServers', options.bootstrapServers)
      .text('consumerGroup', options.consumerGroup).optionalText('topic', options.topic)
      .integer('lagThreshold', options.lagThreshold, 1).integer('activationLagThreshold', options.activationLagThreshold, 0)
      .set('offsetResetPolicy', options.offsetResetPolicy), Faults.within('offsetResetPolicy', enumFaults(options.offsetResetPolicy, 'OffsetResetPolicy', OffsetResetPolicy)));
  }

  /**
   * The length of a queue of Amazon SQS.
   *
   * @param options which queue, how long.
   * @see https://keda.sh/docs/latest/scalers/aws-sqs/
   */
  public static awsSqs(options: AwsSqsTriggerOptions): ScalingTrigger {
    return ScalingTrigger.made('aws-sqs-queue', options, new TriggerMetadata('aws-sqs-queue').text('queueUrl', options.queueUrl, 'queueURL')
      .text('awsRegion', options.awsRegion).integer('queueLength', options.queueLength, 1)
      .integer('activationQueueLength', options.activationQueueLength, 0));
  }

  /**
   * The length of a list in Redis.
   *
   * @param options which list, how long.
   * @see https://keda.sh/docs/latest/scalers/redis-lists/
   */
  public static redisList(options: RedisListTriggerOptions): ScalingTrigger {
    return ScalingTrigger.made('redis', options, new TriggerMetadata('redis').addresses('address', [options.address]).text('listName', options.listName)
      .integer('listLength', options.listLength, 1).integer('activationListLength', options.activationListLength, 0)
      .integer('databaseIndex', options.databaseIndex, 0)
      .set('enableTLS', options.enableTls === undefined ? undefined : String(options.enableTls)));
  }

  /**
   * A query of PostgreSQL.
   *
   * @param options where, what, how much.
   * @see https://keda.sh/docs/latest/scalers/postgresql/
   */
  public static postgreSql(options: PostgreSqlTriggerOptions): ScalingTrigger {
    const { server } = options;
    const metadata = new TriggerMetadata('postgresql').text('query', options.query).amount('targetQueryValue', options.targetQueryValue)
      .activation('activationTargetQueryValue', options.activationTargetQueryValue);
    if (server !== undefined) {
      metadata.text('server.host', server.host, 'host').set('port', String(server.port)).text('server.userName', server.userName, 'userName')
        .text('server.dbName', server.dbName, 'dbName').text('server.sslMode', server.sslMode, 'sslmode');
    }
    return ScalingTrigger.made('postgresql', options, metadata, server === undefined ? neededFaults(options, 'connection') : portFaults(server.port));
  }

  /**
   * Any other of KEDA's triggers.
   *
   * @param type its type, such as `mysql`.
   * @param metadata what it is told; what proves who asks, such as `password`, belongs to `authentication`.
   * @param options how it is asked.
   */
  public static of(type: string, metadata: { [name: string]: string }, options: TriggerOptions = {}): ScalingTrigger {
    const faults = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(type) ? [] : [{
      code: 'KEELSON2114', member: 'type', got: Faults.quoted(type), allowed: "a type of KEDA's: lower-case letters, digits and '-'", fix: "try 'mysql'",
    }];
    return new ScalingTrigger(type, { ...metadata }, [...faults, ...metadataFaults(type, metadata), ...optionFaults(options)], { options });
  }

  private static made(type: string, options: TriggerOptions, metadata: TriggerMetadata, faults: Fault[] = []): ScalingTrigger {
    return new ScalingTrigger(type, metadata.render(), [...metadata.faults, ...faults, ...optionFaults(options)], { options });
  }

  private static resource(resource: 'cpu' | 'memory', percent: number, { container }: ResourceTriggerOptions): ScalingTrigger {
    const { faults, _use } = container === undefined ? ScalingMetric[resource](percent)
      : resource === 'cpu' ? ScalingMetric.containerCpu(container, percent) : ScalingMetric.containerMemory(container, percent);
    const metadata = new TriggerMetadata(resource).set('value', String(percent)).set('containerName', container);
    return new ScalingTrigger(resource, metadata.render(), faults, { metricType: 'Utilization', use: _use });
  }

  private constructor(
    /** Its type for KEDA, such as `rabbitmq`. */
    public readonly type: string,
    private readonly metadata: { [name: string]: string },
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
    private readonly known: Known,
  ) {}

  /** As KEDA takes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    const { options = {}, metricType } = this.known;
    const { authentication } = options;
    return {
      type: this.type,
      name: options.name,
      metricType: options.metricType ?? metricType,
      metadata: this.metadata,
      authenticationRef: authentication === undefined ? undefined : { name: authentication.name, kind: authentication.kind },
    };
  }

  /** The resource of the pods that it measures. @internal */
  public get _use(): ResourceUse | undefined {
    return this.known.use;
  }

  /** @internal */
  public get _authentication(): ITriggerAuthentication | undefined {
    return this.known.options?.authentication;
  }

  /** @internal */
  public get _metricType(): TriggerMetricType | undefined {
    return this.known.options?.metricType;
  }

  /** @internal */
  public get _name(): string | undefined {
    return this.known.options?.name;
  }

  /** @internal */
  public get _desiredReplicas(): number | undefined {
    return this.known.desiredReplicas;
  }
}

function optionFaults({ name, metricType, authentication }: TriggerOptions): Fault[] {
  return [
    ...Faults.within('metricType', enumFaults(metricType, 'TriggerMetricType', TriggerMetricType)),
    ...(name === undefined || name.trim() !== '' ? [] : [{
      code: 'KEELSON2101', member: 'name', got: Faults.quoted(name), allowed: 'a text that is not empty', fix: 'leave it out',
    }]),
    ...(authentication === undefined ? [] : Faults.within('authentication', ResourceName.faultsOf(authentication.kind, authentication.name))),
  ];
}

function neededFaults({ authentication }: TriggerOptions, parameter: string): Fault[] {
  return authentication !== undefined ? [] : [{
    code: 'KEELSON2105', member: 'authentication', got: 'none', allowed: 'given: KEDA has to know where to ask, and as whom',
    fix: `try new TriggerAuthentication(chart, 'queue', { secrets: { ${parameter}: { secret, key } } })`,
  }];
}

function portFaults(port: number): Fault[] {
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : [{
    code: 'KEELSON2113', member: 'server.port', got: `${port}`, allowed: 'an integer from 1 to 65535', fix: 'give the port that is listened on',
  }];
}

function scheduleFaults(member: string, schedule: Schedule): Fault[] {
  const faults = Faults.within(member, givenFaults(schedule, 'Schedule', "cron('0 8 * * 1-5')"));
  return faults.length > 0 || !schedule.expression.startsWith('@') ? faults : [{
    code: 'KEELSON2102', member, got: Faults.quoted(schedule.expression), allowed: 'five fields, which KEDA takes alone', fix: "write it like Schedule.cron('0 8 * * *')",
  }];
}

function periodFaults(start: Schedule, end: Schedule): Fault[] {
  if (start.timeZone !== end.timeZone) {
    return [{
      code: 'KEELSON2102', member: 'end', got: `time zone ${Faults.quoted(end.timeZone)}`, allowed: `in the time zone of the start, '${start.timeZone}'`, fix: 'give both the same',
    }];
  }
  return start.expression !== end.expression ? [] : [{
    code: 'KEELSON2102', member: 'end', got: Faults.quoted(end.expression), allowed: 'another time than the start', fix: 'let some time be in between',
  }];
}
