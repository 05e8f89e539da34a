import { Cpu, Monitoring, Secret } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { DatabaseCredentials, Redis, RedisEviction, RedisPersistence, RedisVersion, Storage, type RedisProps } from '../../src';
import { Client } from './client';
import { PLAIN_SIDECARS, specimen } from './specimen';

/** What every Redis has to say. */
const sessions: RedisProps = { version: RedisVersion.V8_10, storage: Storage.dynamic(Size.gibibytes(1)) };
const SERVER = 'StatefulSet/sessions spec.template.spec';

export const plain = specimen({
  title: 'data-redis',
  shows: [
    'StatefulSet spec.replicas = 1',
    `${SERVER}.containers[0].args = [redis-server, /etc/redis/redis.conf]`,
    `${SERVER}.containers[0].workingDir = /var/lib/data`,
    `${SERVER}.containers[0].startupProbe.failureThreshold = 360`,
    `${SERVER}.initContainers has { name: check-version }`,
    `${SERVER}.initContainers has { name: prepare }`,
    `${SERVER}.terminationGracePeriodSeconds = 180`,
    'ConfigMap/sessions-etc-redis metadata.name = sessions-etc-redis',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: REDIS_USERNAME, value: app }',
  ],
  define: (chart) => {
    new Client(chart, 'storefront').connections.to(new Redis(chart, 'sessions', sessions));
  },
});

export const cache = specimen({
  title: 'data-redis-cache',
  shows: [
    'StatefulSet/cache spec.volumeClaimTemplates is absent',
    'StatefulSet/cache spec.template.spec.volumes has { name: var-lib-data, emptyDir: { sizeLimit: 256Mi } }',
    'StatefulSet/cache spec.template.spec.containers[0].args = [valkey-server, /etc/valkey/valkey.conf]',
    'StatefulSet/other spec.replicas = 1',
  ],
  define: (chart) => {
    const storage = Storage.unsafeEphemeral(Size.mebibytes(256));
    new Redis(chart, 'cache', { version: RedisVersion.VALKEY_9_1, storage, cache: true, unsafeCommands: ['keys', 'client|list'] });
    new Redis(chart, 'other', { version: RedisVersion.VALKEY_8_1, storage, cache: true, eviction: RedisEviction.VOLATILE_TTL, persistence: RedisPersistence.NONE });
  },
});

export const evictions = specimen({
  title: 'data-redis-evictions',
  shows: ['StatefulSet/full-0 spec.replicas = 1', 'StatefulSet/full-6 spec.replicas = 1'],
  define: (chart) => {
    const all = [
      RedisEviction.NO_EVICTION, RedisEviction.ALLKEYS_LRU, RedisEviction.ALLKEYS_LFU, RedisEviction.ALLKEYS_RANDOM,
      RedisEviction.VOLATILE_LRU, RedisEviction.VOLATILE_LFU, RedisEviction.VOLATILE_RANDOM,
    ];
    all.forEach((eviction, at) => new Redis(chart, `full-${at}`, { ...sessions, storage: Storage.unsafeEphemeral(Size.mebibytes(64)), eviction }));
  },
});

export const settings = specimen({
  title: 'data-redis-settings',
  shows: [
    'StatefulSet/sessions spec.template.spec.containers[0].image = mirror.example.com/redis:8.12.0',
    'StatefulSet/sessions spec.template.spec.containers[0].resources.limits has { memory: 256Mi }',
    'StatefulSet/sessions spec.template.spec.containers[0].startupProbe.failureThreshold = 30',
    'StatefulSet/queue spec.template.spec.containers[0].image = mirror.example.com/valkey:9.2.0',
    'StatefulSet/old spec.replicas = 1',
  ],
  define: (chart) => {
    new Redis(chart, 'sessions', {
      ...sessions, version: RedisVersion.of('8.12', 'mirror.example.com/redis:8.12.0'), persistence: RedisPersistence.SNAPSHOTS, user: 'default',
      resources: { cpuRequest: Cpu.millis(100), memoryRequest: Size.mebibytes(256) }, settings: { 'lazyfree-lazy-expire': 'yes' }, startupTimeout: Duration.minutes(5),
    });
    const secret = Secret.unsafePlaintext(chart, 'brought', { stringData: { secret: 'for a test' } });
    new Redis(chart, 'queue', {
      ...sessions, version: RedisVersion.valkeyOf('9.2', 'mirror.example.com/valkey:9.2.0'), persistence: RedisPersistence.APPEND_ONLY,
      credentials: DatabaseCredentials.fromSecret(secret, { passwordKey: 'secret' }), rootCredentials: DatabaseCredentials.generated('2'),
    });
    new Redis(chart, 'old', { ...sessions, version: RedisVersion.V7_4 });
  },
});

export const metrics = specimen({
  title: 'data-redis-metrics',
  cluster: { monitoring: Monitoring.kubePrometheusStack() },
  warns: [PLAIN_SIDECARS],
  shows: [
    'PodMonitor/sessions spec.podMetricsEndpoints = [{ port: metrics, path: /metrics }]',
    'StatefulSet metadata.name = sessions',
    'NetworkPolicy/sessions spec.ingress has { ports: [{ protocol: TCP, port: 9121 }] }',
  ],
  define: (chart) => {
    new Redis(chart, 'sessions', { ...sessions, metrics: true });
  },
});
