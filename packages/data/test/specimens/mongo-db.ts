import { Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { DatabaseCredentials, DatabasePrivilege, MongoDb, MongoDbVersion, Storage, type MongoDbProps } from '../../src';
import { Client } from './client';
import { PLAIN_SIDECARS, specimen } from './specimen';

/** What every MongoDB has to say. */
const catalog: MongoDbProps = { version: MongoDbVersion.V8_0, storage: Storage.dynamic(Size.gibibytes(1)) };
const SERVER = 'StatefulSet/catalog spec.template.spec';

export const plain = specimen({
  title: 'data-mongodb',
  shows: [
    'StatefulSet spec.replicas = 1',
    `${SERVER}.containers[0].livenessProbe.tcpSocket = { port: mongodb }`,
    `${SERVER}.containers[0].env has { name: MONGO_INITDB_ROOT_PASSWORD_FILE, value: /run/secrets/root/password }`,
    `${SERVER}.initContainers has { name: check-version }`,
    `${SERVER}.initContainers has { name: prepare }`,
    `${SERVER}.terminationGracePeriodSeconds = 180`,
    'Job/catalog-setup-* spec.backoffLimit = 20',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: MONGODB_DATABASE, value: app }',
  ],
  define: (chart) => {
    new Client(chart, 'storefront').connections.to(new MongoDb(chart, 'catalog', catalog));
  },
});

export const options = specimen({
  title: 'data-mongodb-options',
  shows: [
    'StatefulSet/catalog metadata.name = catalog',
    'ConfigMap/catalog-docker-entrypoint-initdb-d metadata.name = catalog-docker-entrypoint-initdb-d',
    'Job/catalog-setup-* spec.template.spec.containers[0].volumeMounts has { mountPath: /run/secrets/user-reports }',
    'Job/catalog-setup-* spec.template.spec.containers[0].volumeMounts has { mountPath: /run/secrets/previous-root }',
    'StatefulSet/old spec.replicas = 1',
    'StatefulSet/newer spec.replicas = 1',
  ],
  define: (chart) => {
    new MongoDb(chart, 'catalog', {
      ...catalog, version: MongoDbVersion.of('9.0', 'mirror.example.com/mongo:9.0.1'), databases: ['archive'],
      users: [{ name: 'reports', privileges: { app: DatabasePrivilege.READ, archive: DatabasePrivilege.OWN } }],
      rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated(),
      settings: { 'operationProfiling.slowOpThresholdMs': '200' }, initScripts: { '10-indexes.js': 'db.carts.createIndex({ user: 1 });' },
    });
    new MongoDb(chart, 'old', { ...catalog, version: MongoDbVersion.V7_0 });
    new MongoDb(chart, 'newer', { ...catalog, version: MongoDbVersion.V8_2 });
  },
});

export const metrics = specimen({
  title: 'data-mongodb-metrics',
  cluster: { monitoring: Monitoring.kubePrometheusStack() },
  warns: [PLAIN_SIDECARS],
  shows: [
    'PodMonitor/catalog spec.podMetricsEndpoints = [{ port: metrics, path: /metrics }]',
    'StatefulSet metadata.name = catalog',
    'NetworkPolicy/catalog spec.ingress has { ports: [{ protocol: TCP, port: 9216 }] }',
  ],
  define: (chart) => {
    new MongoDb(chart, 'catalog', { ...catalog, metrics: true });
  },
});
