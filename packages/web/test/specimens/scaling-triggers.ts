import { Schedule, Secret } from '@keelson/core';
import { Duration } from 'cdk8s';
import {
  OffsetResetPolicy, Scaling, ScalingFallbackBehavior, ScalingTrigger, TriggerAuthentication, TriggerMetricType, TriggerPodIdentity, WebApp,
  Worker,
} from '../../src';
import { mailer, specimen, storefront } from './specimen';

export const toNone = specimen({
  title: 'web-triggers-to-none',
  warns: [],
  shows: [
    'ScaledObject/mailer spec.scaleTargetRef = { apiVersion: apps/v1, kind: Deployment, name: mailer }',
    'ScaledObject/mailer spec.minReplicaCount = 0',
    'ScaledObject/mailer spec.maxReplicaCount = 20',
    'ScaledObject/mailer spec.triggers = [{ type: rabbitmq, metadata: { queueName: mail, mode: QueueLength, value: "20", activationValue: "5", vhostName: shop },'
    + ' authenticationRef: { name: mail-queue, kind: TriggerAuthentication } }]',
    'ScaledObject/mailer spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown has { stabilizationWindowSeconds: 300 }',
    'TriggerAuthentication/mail-queue spec = { secretTargetRef: [{ parameter: host, name: mail-queue, key: url }] }',
    'Deployment/mailer spec.replicas is absent',
    'Deployment/mailer metadata.annotations has { polaris.fairwinds.com/deploymentMissingReplicas-exempt: "true" }',
    'PodDisruptionBudget/mailer spec.maxUnavailable = 1',
    'HorizontalPodAutoscaler is absent',
  ],
  define: (chart) => {
    const authentication = new TriggerAuthentication(chart, 'mail-queue', {
      secrets: { host: { secret: Secret.fromSecretName('mail-queue'), key: 'url' } },
    });
    const queue = ScalingTrigger.rabbitMq({ queueName: 'mail', queueLength: 20, activationQueueLength: 5, vhostName: 'shop', authentication });
    new Worker(chart, 'mailer', { ...mailer, scaling: Scaling.onTriggers([queue], { max: 20 }) });
  },
});

export const byTheClock = specimen({
  title: 'web-triggers-by-the-clock',
  shows: [
    'ScaledObject spec.minReplicaCount = 2',
    'ScaledObject spec.triggers = [{ type: cpu, metricType: Utilization, metadata: { value: "70" } },'
    + ' { type: memory, metricType: Utilization, metadata: { value: "80", containerName: storefront } },'
    + ' { type: cron, metadata: { timezone: Europe/Berlin, start: 0 8 * * 1-5, end: 0 18 * * 1-5, desiredReplicas: "6" } }]',
  ],
  define: (chart) => {
    const timeZone = 'Europe/Berlin';
    const office = ScalingTrigger.cron({
      start: Schedule.cron('0 8 * * 1-5', { timeZone }), end: Schedule.cron('0 18 * * 1-5', { timeZone }), desiredReplicas: 6,
    });
    const triggers = [ScalingTrigger.cpu(70), ScalingTrigger.memory(80, { container: 'storefront' }), office];
    new WebApp(chart, 'storefront', { ...storefront, scaling: Scaling.onTriggers(triggers, { min: 2, max: 12 }) });
  },
});

export const keptUp = specimen({
  title: 'web-triggers-kept-up',
  shows: ['ScaledObject/storefront spec.minReplicaCount = 2', 'ScaledObject/storefront spec.maxReplicaCount = 8', 'ScaledObject/preview spec.minReplicaCount = 0'],
  define: (chart) => {
    const timeZone = 'Europe/Berlin';
    const office = ScalingTrigger.cron({ start: Schedule.cron('0 8 * * 1-5', { timeZone }), end: Schedule.cron('0 18 * * 1-5', { timeZone }), desiredReplicas: 4 });
    new WebApp(chart, 'storefront', { ...storefront, scaling: Scaling.onTriggers([office], { max: 8 }) });
    new WebApp(chart, 'preview', { ...storefront, scaling: Scaling.onTriggers([office], { min: 0, max: 8 }) });
  },
});

export const times = specimen({
  title: 'web-triggers-times',
  warns: ['KEELSON2143'],
  shows: [
    'ScaledObject spec.minReplicaCount = 3',
    'ScaledObject spec.idleReplicaCount = 0',
    'ScaledObject spec.pollingInterval = 15',
    'ScaledObject spec.cooldownPeriod = 600',
    'ScaledObject spec.initialCooldownPeriod = 120',
    'ScaledObject spec.fallback = { failureThreshold: 3, replicas: 6, behavior: currentReplicasIfHigher }',
    'ScaledObject spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown has { stabilizationWindowSeconds: 60 }',
    'ScaledObject spec.triggers = [{ type: prometheus, name: backlog, metricType: Value,'
    + ' metadata: { serverAddress: "http://prometheus.monitoring:9090", query: "sum(mails_waiting)", threshold: "100.5", activationThreshold: "1" } }]',
  ],
  define: (chart) => {
    const backlog = ScalingTrigger.prometheus({
      serverAddress: 'http://prometheus.monitoring:9090', query: 'sum(mails_waiting)', threshold: 100.5, activationThreshold: 1,
      name: 'backlog', metricType: TriggerMetricType.VALUE,
    });
    new Worker(chart, 'mailer', {
      ...mailer,
      scaling: Scaling.onTriggers([backlog], {
        min: 3, max: 9, idleReplicas: 0,
        pollingInterval: Duration.seconds(15), cooldownPeriod: Duration.minutes(10), initialCooldownPeriod: Duration.minutes(2),
        fallback: { failureThreshold: 3, replicas: 6, behavior: ScalingFallbackBehavior.CURRENT_REPLICAS_IF_HIGHER },
        scaleDownStabilization: Duration.minutes(1),
      }),
    });
  },
});

export const fallbacks = specimen({
  title: 'web-triggers-fallback',
  warns: [],
  shows: [
    'ScaledObject/static spec.fallback = { failureThreshold: 1, replicas: 2 }',
    'ScaledObject/usual spec.fallback = { failureThreshold: 1, replicas: 2 }',
    'ScaledObject/current spec.fallback.behavior = currentReplicas',
    'ScaledObject/lower spec.fallback.behavior = currentReplicasIfLower',
  ],
  define: (chart) => {
    const list = ScalingTrigger.redisList({ address: 'redis.example.com:6379', listName: 'mails', metricType: TriggerMetricType.AVERAGE_VALUE });
    const worker = (id: string, behavior?: ScalingFallbackBehavior) => new Worker(chart, id, {
      ...mailer, scaling: Scaling.onTriggers([list], { max: 4, fallback: { failureThreshold: 1, replicas: 2, behavior } }),
    });
    worker('usual');
    worker('static', ScalingFallbackBehavior.STATIC);
    worker('current', ScalingFallbackBehavior.CURRENT_REPLICAS);
    worker('lower', ScalingFallbackBehavior.CURRENT_REPLICAS_IF_LOWER);
  },
});

export const queues = specimen({
  title: 'web-triggers-queues',
  warns: [],
  shows: [
    'ScaledObject spec.triggers has { type: kafka, metadata: { bootstrapServers: "kafka-0.example.com:9092,kafka-1.example.com:9092", consumerGroup: mailer,'
    + ' topic: mails, lagThreshold: "50", activationLagThreshold: "10", offsetResetPolicy: earliest } }',
    'ScaledObject spec.triggers has { type: kafka, metadata: { bootstrapServers: "kafka-0.example.com:9092", consumerGroup: all, offsetResetPolicy: latest } }',
    'ScaledObject spec.triggers has { type: aws-sqs-queue, metadata: { queueURL: "https://sqs.eu-central-1.amazonaws.com/123456789012/mails", awsRegion: eu-central-1,'
    + ' queueLength: "10", activationQueueLength: "1" }, authenticationRef: { name: aws, kind: TriggerAuthentication } }',
    'ScaledObject spec.triggers has { type: redis, metadata: { address: "redis.example.com:6379", listName: mails, listLength: "8", activationListLength: "2",'
    + ' databaseIndex: "3", enableTLS: "true" }, authenticationRef: { name: redis, kind: ClusterTriggerAuthentication } }',
    'TriggerAuthentication spec = { podIdentity: { provider: aws } }',
  ],
  define: (chart) => {
    const bootstrapServers = ['kafka-0.example.com:9092', 'kafka-1.example.com:9092'];
    const triggers = [
      ScalingTrigger.kafka({
        bootstrapServers, consumerGroup: 'mailer', topic: 'mails', lagThreshold: 50, activationLagThreshold: 10,
        offsetResetPolicy: OffsetResetPolicy.EARLIEST,
      }),
      ScalingTrigger.kafka({ bootstrapServers: bootstrapServers.slice(0, 1), consumerGroup: 'all', offsetResetPolicy: OffsetResetPolicy.LATEST }),
      ScalingTrigger.awsSqs({
        queueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/mails', awsRegion: 'eu-central-1', queueLength: 10, activationQueueLength: 1,
        authentication: new TriggerAuthentication(chart, 'aws', { podIdentity: TriggerPodIdentity.AWS }),
      }),
      ScalingTrigger.redisList({
        address: 'redis.example.com:6379', listName: 'mails', listLength: 8, activationListLength: 2, databaseIndex: 3, enableTls: true,
        authentication: TriggerAuthentication.fromClusterTriggerAuthenticationName('redis'),
      }),
    ];
    new Worker(chart, 'mailer', { ...mailer, scaling: Scaling.onTriggers(triggers, { max: 4 }) });
  },
});

export const databases = specimen({
  title: 'web-triggers-databases',
  warns: [],
  shows: [
    'ScaledObject spec.triggers has { type: postgresql, metadata: { query: "SELECT count(*) FROM jobs", targetQueryValue: "5", activationTargetQueryValue: "0" },'
    + ' authenticationRef: { name: orders, kind: TriggerAuthentication } }',
    'ScaledObject spec.triggers has { type: postgresql, metadata: { query: "SELECT 1", targetQueryValue: "0.5", host: orders.example.com, port: "5432", userName: keda,'
    + ' dbName: orders, sslmode: verify-full } }',
    'ScaledObject spec.triggers has { type: mysql, metadata: { query: SELECT 2, queryValue: "4" }, authenticationRef: { name: orders, kind: TriggerAuthentication } }',
    'TriggerAuthentication/azure spec = { podIdentity: { provider: azure-workload } }',
    'TriggerAuthentication/google spec = { podIdentity: { provider: gcp } }',
  ],
  define: (chart) => {
    const authentication = TriggerAuthentication.fromTriggerAuthenticationName('orders');
    new TriggerAuthentication(chart, 'azure', { podIdentity: TriggerPodIdentity.AZURE_WORKLOAD });
    new TriggerAuthentication(chart, 'google', { podIdentity: TriggerPodIdentity.GCP });
    const triggers = [
      ScalingTrigger.postgreSql({ query: 'SELECT count(*) FROM jobs', targetQueryValue: 5, activationTargetQueryValue: 0, authentication }),
      ScalingTrigger.postgreSql({
        query: 'SELECT 1', targetQueryValue: 0.5,
        server: { host: 'orders.example.com', port: 5432, userName: 'keda', dbName: 'orders', sslMode: 'verify-full' },
      }),
      ScalingTrigger.of('mysql', { query: 'SELECT 2', queryValue: '4' }, { authentication }),
    ];
    new Worker(chart, 'mailer', { ...mailer, scaling: Scaling.onTriggers(triggers, { max: 4 }) });
  },
});
