import fc from 'fast-check';
import { call, number } from './program.js';
import { chosen, count, durations, integers, label, port, refusing, sizes, subdomain, words, type Domain } from './values.js';

/** What autoscalers count: thousandths of something. */
const amount: Domain = {
  inside: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 5000 }) },
    { weight: 1, arbitrary: fc.constantFrom(0.001, 0.5, 1.25, 9_000_000_000_000) },
  ).map(number),
  outside: [0, -1, 0.0001, 9_000_000_000_001, NaN, Infinity].map(number),
};
const activation: Domain = { inside: fc.constantFrom(0, 0.5, 3).map(number), outside: [-1, 0.0001, NaN].map(number) };
const metricName = words(['http_requests_per_second', 'queue-length', 'a.b'], ['', '.', '..', 'a/b', 'a%b', 'a b']);
const said = words(['mails', 'a b', 'https://a.example.com/b'], ['', ' ']);
const container = chosen('container', '', refusing(label, []));

/** The domains of what scales, by key: see `Domains`. */
export const SCALING: readonly (readonly [Domain, ...string[]])[] = [
  [port, 'WorkerProps.healthPort'],
  [durations(0, 2147483646, { most: 30 }), 'DeploymentProps.minReady'],
  [{ ...durations(1, undefined), inside: fc.integer({ min: 700, max: 3600 }).map((each) => call('cdk8s.Duration', 'seconds', number(each))) }, 'DeploymentProps.progressDeadline'],
  [count(0), 'DeploymentProps.replicas', 'DeploymentProps.revisionHistoryLimit'],

  [{ ...integers(10, 2147483647), outside: [0, -1, 10.5, NaN, 2147483648].map(number) }, 'ScalingRange.max', 'TriggerScaling.max'],
  [{ ...count(), inside: fc.oneof(fc.integer({ min: 2, max: 10 }), fc.constant(1)).map(number) }, 'ScalingRange.min'],
  [{ ...count(0), inside: fc.integer({ min: 0, max: 10 }).map(number) }, 'TriggerScaling.min'],
  [durations(0, 3600, { most: 3600, edges: [0, 3600] }), 'ScalingBehavior.scaleDownStabilization', 'ScalingBehavior.scaleUpStabilization'],
  [count(), 'UtilizationScaling.percent', 'ResourceScaling.cpuPercent', 'ResourceScaling.memoryPercent', 'ScalingPolicy.pods.count', 'ScalingPolicy.percent.percent',
    'ScalingMetric.cpu.percent', 'ScalingMetric.memory.percent', 'ScalingMetric.containerCpu.percent', 'ScalingMetric.containerMemory.percent', 'ScalingTrigger.cpu.percent',
    'ScalingTrigger.memory.percent'],
  [durations(1, 1800), 'ScalingPolicy.pods.period', 'ScalingPolicy.percent.period'],
  [{ inside: fc.constantFrom(0, 0.1, 2.5, 10, 100).map(number), outside: [-1, 0.05, NaN].map(number) }, 'ScalingRules.tolerancePercent'],

  [container, 'ScalingMetric.containerCpu.container', 'ScalingMetric.containerMemory.container', 'ResourceTriggerOptions.container'],
  [sizes(1, 1024), 'ScalingMetric.averageMemory.size'],
  [amount, 'ScalingMetric.pods.averageValue', 'MetricTarget.value.amount', 'MetricTarget.averageValue.amount', 'PrometheusTriggerOptions.threshold',
    'RabbitMqTriggerOptions.queueLength', 'PostgreSqlTriggerOptions.targetQueryValue'],
  [activation, 'PrometheusTriggerOptions.activationThreshold', 'RabbitMqTriggerOptions.activationQueueLength', 'PostgreSqlTriggerOptions.activationTargetQueryValue'],
  [metricName, 'ScalingMetric.pods.name', 'ScalingMetric.object.name', 'ScalingMetric.external.name'],
  [words(['networking.k8s.io/v1', 'v1', 'apps/v1beta2'], ['', 'apps', 'a/b/c', 'V1']), 'DescribedObject.apiVersion'],
  [words(['Ingress', 'Service'], ['', 'a/b']), 'DescribedObject.kind'],
  [words(['shop', 'a.b'], ['', '..', 'a%b']), 'DescribedObject.name'],

  [{ inside: fc.constant(number(0)), outside: [-1, 1, 0.5, NaN].map(number) }, 'TriggerScaling.idleReplicas'],
  [durations(1), 'TriggerScaling.pollingInterval'],
  [durations(0), 'TriggerScaling.cooldownPeriod', 'TriggerScaling.initialCooldownPeriod'],
  [count(0), 'ScalingFallback.failureThreshold'],
  [{ ...count(0), inside: fc.integer({ min: 0, max: 10 }).map(number) }, 'ScalingFallback.replicas'],
  [{ ...count(), inside: fc.integer({ min: 1, max: 10 }).map(number) }, 'CronTriggerOptions.desiredReplicas'],
  [words(['backlog', 'queue'], ['', ' ']), 'TriggerOptions.name'],
  [words(['http://prometheus:9090', 'https://metrics.example.com/shop'], ['', 'prometheus', 'ftp://a', 'http://a:b@c']), 'PrometheusTriggerOptions.serverAddress'],
  [said, 'PrometheusTriggerOptions.query', 'RabbitMqTriggerOptions.queueName', 'RabbitMqTriggerOptions.vhostName',
    'KafkaTriggerOptions.consumerGroup', 'KafkaTriggerOptions.topic', 'AwsSqsTriggerOptions.awsRegion', 'AwsSqsTriggerOptions.queueUrl',
    'RedisListTriggerOptions.listName', 'PostgreSqlTriggerOptions.query', 'PostgreSqlServer.dbName', 'PostgreSqlServer.host',
    'PostgreSqlServer.sslMode', 'PostgreSqlServer.userName'],
  [words(['kafka:9092', 'kafka-1.example.com:9092'], ['kafka', 'kafka:0', 'a b:1']), 'KafkaTriggerOptions.bootstrapServers[]', 'RedisListTriggerOptions.address'],
  [port, 'PostgreSqlServer.port'],
  [count(), 'KafkaTriggerOptions.lagThreshold', 'AwsSqsTriggerOptions.queueLength', 'RedisListTriggerOptions.listLength'],
  [count(0), 'KafkaTriggerOptions.activationLagThreshold', 'AwsSqsTriggerOptions.activationQueueLength', 'RedisListTriggerOptions.activationListLength',
    'RedisListTriggerOptions.databaseIndex'],
  [words(['mysql', 'azure-servicebus'], ['', 'MySQL', 'a b', '-a', 'a--b']), 'ScalingTrigger.of.type'],
  [words(['queryValue', 'host'], ['password', 'connectionString']), 'ScalingTrigger.of.metadata[key]'],
  [words(['5', '', 'a b'], ['amqp://a:b@c']), 'ScalingTrigger.of.metadata[]'],
  [words(['host', 'connection'], ['']), 'TriggerAuthenticationProps.secrets[key]'],
  [chosen('construct', 'namespace', words(['random-0'], ['other', 'A'])), 'TriggerAuthentication.fromTriggerAuthenticationName.namespace'],
  [subdomain, 'TriggerAuthentication.fromTriggerAuthenticationName.name', 'TriggerAuthentication.fromClusterTriggerAuthenticationName.name'],

  [words(['*']), 'VerticalScalingOptions.containers[key]'],
  [count(), 'VerticalScalingOptions.minReplicas'],
  [sizes(1, 64), 'VerticalPolicy.minMemory'],
  [sizes(64, 4096), 'VerticalPolicy.maxMemory'],
];
