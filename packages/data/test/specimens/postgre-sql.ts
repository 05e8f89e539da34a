import { Cpu, Monitoring, Peer, PersistentVolumeClaim, Secret, ServiceType, StorageClass, WaitFor } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { ConnectionValue, DatabaseAlerts, DatabaseCredentials, DatabasePrivilege, PostgreSql, PostgreSqlVersion, Storage } from '../../src';
import { Client } from './client';
import { orders, PLAIN_SIDECARS, specimen } from './specimen';

const SERVER = 'StatefulSet/orders spec.template.spec';

export const plain = specimen({
  title: 'data-postgresql',
  shows: [
    'StatefulSet spec.replicas = 1',
    'StatefulSet spec.serviceName = orders-headless',
    'StatefulSet spec.persistentVolumeClaimRetentionPolicy = { whenDeleted: Retain, whenScaled: Retain }',
    `${SERVER}.securityContext has { fsGroup: 10001, fsGroupChangePolicy: OnRootMismatch }`,
    `${SERVER}.terminationGracePeriodSeconds = 180`,
    `${SERVER}.initContainers has { name: check-version }`,
    'StatefulSet spec.volumeClaimTemplates[0].spec.resources = { requests: { storage: 1Gi } }',
    'PodDisruptionBudget spec.maxUnavailable = 1',
    'Service/orders-headless spec.publishNotReadyAddresses = true',
    'Role rules = [{ apiGroups: [""], resources: [secrets], verbs: [create] }]',
    'Job/orders-setup-* spec.backoffLimit = 20',
  ],
  define: (chart) => {
    new PostgreSql(chart, 'orders', orders);
  },
});

export const clients = specimen({
  title: 'data-postgresql-clients',
  shows: [
    'StatefulSet/orders metadata.name = orders',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: PGUSER, value: shop }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: DATABASE_URL_FILE, value: /run/secrets/orders/uri }',
    'Deployment/reports spec.template.spec.containers[0].env has { name: READ_PGHOST, value: orders-ro.data-postgresql-clients.svc.cluster.local }',
    'NetworkPolicy/orders-replica spec.policyTypes = [Ingress, Egress]',
    'StatefulSet/orders-replica spec.replicas = 2',
    'PodDisruptionBudget/orders-replica spec.maxUnavailable = 1',
    'Service/orders-ro spec.selector = { app.kubernetes.io/instance: orders-replica }',
  ],
  define: (chart) => {
    const database = new PostgreSql(chart, 'orders', { ...orders, database: 'shop', user: 'shop', readReplicas: 2 });
    const storefront = new Client(chart, 'storefront');
    storefront.connections.to(database);
    storefront.waitFor(WaitFor.service(database));
    new Client(chart, 'reports').connections.to(database.readReplicas ?? database, { envPrefix: 'READ_' });
  },
});

export const variables = specimen({
  title: 'data-postgresql-client-variables',
  shows: [
    'Deployment/storefront spec.template.spec.containers[0].env has { name: DB_HOST, value: orders-rw.data-postgresql-client-variables.svc.cluster.local }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: DB_PORT, value: "5432" }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: DB_NAME, value: app }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: brought, key: secret } } }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: DB_URI, valueFrom: { secretKeyRef: { name: brought, key: uri } } }',
  ],
  define: (chart) => {
    const secret = Secret.unsafePlaintext(chart, 'brought', { stringData: { secret: 'for a test', uri: 'postgresql://app:for%20a%20test@orders-rw/app' } });
    const database = new PostgreSql(chart, 'orders', {
      ...orders, credentials: DatabaseCredentials.fromSecret(secret, { passwordKey: 'secret', uriKey: 'uri' }),
      passwordsInEnvironment: true,
      clientVariables: {
        DB_HOST: ConnectionValue.HOST, DB_PORT: ConnectionValue.PORT, DB_NAME: ConnectionValue.DATABASE, DB_USER: ConnectionValue.USERNAME,
        DB_PASSWORD: ConnectionValue.PASSWORD, DB_URI: ConnectionValue.URI,
        DB_PASSWORD_FILE: ConnectionValue.PASSWORD_FILE, DB_URI_FILE: ConnectionValue.URI_FILE,
      },
    });
    new Client(chart, 'storefront').connections.to(database);
  },
});

export const elsewhere = specimen({
  title: 'data-postgresql-elsewhere',
  shows: [
    'Deployment/storefront spec.template.spec.containers[0].env has { name: PGHOST, value: orders.example.com }',
    'NetworkPolicy/storefront spec.egress has { to: [{ ipBlock: { cidr: 10.20.0.0/16 } }], ports: [{ protocol: TCP, port: 6432 }] }',
  ],
  define: (chart) => {
    const secret = Secret.unsafePlaintext(chart, 'brought', { stringData: { password: 'for a test' } });
    const credentials = DatabaseCredentials.fromSecret(secret);
    const database = PostgreSql.fromEndpoint(chart, 'orders', {
      version: PostgreSqlVersion.V17, host: 'orders.example.com', readHost: 'orders-ro.example.com', port: 6432, peer: Peer.cidr('10.20.0.0/16'),
      credentials, database: 'shop', user: 'shop', passwordsInEnvironment: true, backupUser: 'backup', backupCredentials: credentials, clientVariables: { PGHOST: ConnectionValue.HOST },
    });
    new Client(chart, 'storefront').connections.to(database);
  },
});

export const users = specimen({
  title: 'data-postgresql-users',
  shows: [
    'StatefulSet/orders metadata.name = orders',
    'Job/orders-setup-* spec.template.spec.containers[0].volumeMounts has { mountPath: /run/secrets/user-reports }',
    'Job/orders-setup-* spec.template.spec.containers[0].volumeMounts has { mountPath: /run/secrets/previous-root }',
    'Deployment/reports spec.template.spec.containers[0].env has { name: PGUSER, value: reports }',
    'Deployment/archivist spec.template.spec.containers[0].env has { name: PGUSER, value: importer }',
  ],
  define: (chart) => {
    const database = new PostgreSql(chart, 'orders', {
      ...orders, databases: ['archive'], readReplicas: 1,
      users: [
        { name: 'reports', privileges: { app: DatabasePrivilege.READ } }, { name: 'importer', privileges: { app: DatabasePrivilege.WRITE } },
        { name: 'migrations', credentials: DatabaseCredentials.generated(), privileges: { app: DatabasePrivilege.OWN, archive: DatabasePrivilege.OWN } },
      ],
      rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated(),
    });
    new Client(chart, 'archivist').connections.to(database.asUser('importer'));
    new Client(chart, 'reports').connections.to((database.readReplicas ?? database).asUser('reports'));
  },
});

export const settings = specimen({
  title: 'data-postgresql-settings',
  shows: [
    'StatefulSet/checkout-db metadata.labels has { team: checkout }',
    'StatefulSet/checkout-db metadata.annotations = { example.com/owner: checkout }',
    'StatefulSet/checkout-db spec.template.spec.containers[0].image = mirror.example.com/postgres:18.6',
    'StatefulSet/checkout-db spec.template.spec.containers[0].startupProbe.failureThreshold = 30',
    'StatefulSet/checkout-db spec.template.spec.containers[0].resources.limits has { memory: 512Mi }',
    'StatefulSet/checkout-db spec.template.spec.priorityClassName is absent',
    'ConfigMap/checkout-db-docker-entrypoint-initdb-d metadata.name = checkout-db-docker-entrypoint-initdb-d',
  ],
  define: (chart) => {
    new PostgreSql(chart, 'orders', {
      name: 'checkout-db', labels: { team: 'checkout' }, annotations: { 'example.com/owner': 'checkout' },
      version: PostgreSqlVersion.of('18', 'mirror.example.com/postgres:18.6'), storage: Storage.unsafeEphemeral(Size.mebibytes(512)),
      resources: { cpuRequest: Cpu.millis(100), memoryRequest: Size.mebibytes(512) }, maxConnections: 40, settings: { log_min_duration_statement: '500' },
      initScripts: { '10-tables.sql': 'CREATE TABLE carts (id int);' }, startupTimeout: Duration.minutes(5),
    });
    new PostgreSql(chart, 'other', { ...orders, version: PostgreSqlVersion.V16, image: 'mirror.example.com/postgres:16.15' });
    new PostgreSql(chart, 'newest', { ...orders, version: PostgreSqlVersion.V18, databases: [] });
  },
});

export const storage = specimen({
  title: 'data-postgresql-storage',
  shows: [
    'StatefulSet/orders spec.volumeClaimTemplates[0].spec.storageClassName = data-postgresql-storage-fast',
    'StatefulSet/ledger spec.volumeClaimTemplates is absent',
    'StatefulSet/ledger spec.template.spec.volumes has { persistentVolumeClaim: { claimName: ledger-data } }',
  ],
  define: (chart) => {
    new PostgreSql(chart, 'orders', { ...orders, storage: Storage.dynamic(Size.gibibytes(1), StorageClass.fromStorageClassName('data-postgresql-storage-fast')) });
    const claim = new PersistentVolumeClaim(chart, 'ledger-data', { size: Size.gibibytes(1) });
    new PostgreSql(chart, 'ledger', { ...orders, storage: Storage.claim(claim) });
  },
});

export const outside = specimen({
  title: 'data-postgresql-external-access',
  warns: ['KEELSON1711', 'KEELSON3198'],
  shows: ['Service/orders-external spec has { type: NodePort }', 'StatefulSet metadata.name = orders'],
  define: (chart) => {
    new PostgreSql(chart, 'orders', { ...orders, externalAccess: ServiceType.nodePort() });
  },
});

export const metrics = specimen({
  title: 'data-postgresql-metrics',
  cluster: { monitoring: Monitoring.kubePrometheusStack() },
  warns: [PLAIN_SIDECARS],
  shows: [
    'PodMonitor/orders spec.podMetricsEndpoints = [{ port: metrics, path: /metrics }]',
    'StatefulSet metadata.name = orders',
    'NetworkPolicy/orders spec.ingress has { ports: [{ protocol: TCP, port: 9187 }] }',
    'PrometheusRule/orders metadata.labels has { release: kube-prometheus-stack }',
    'PrometheusRule/orders spec.groups[0].rules has { alert: DatabaseDown, for: 300s }',
  ],
  define: (chart) => {
    new PostgreSql(chart, 'orders', { ...orders, metrics: true });
  },
});

export const alerts = specimen({
  title: 'data-postgresql-alerts',
  cluster: { monitoring: Monitoring.kubePrometheusStack() },
  warns: [PLAIN_SIDECARS],
  shows: [
    'StatefulSet/orders metadata.name = orders',
    'PodMonitor/orders-replica spec.podMetricsEndpoints = [{ port: metrics, path: /metrics }]',
    'PrometheusRule/orders spec.groups[0].rules has { alert: DatabaseReplicationLag, for: 60s }',
    'PrometheusRule/orders spec.groups[0].rules[0].labels = { severity: critical, database: orders, namespace: data-postgresql-alerts, team: shop }',
    'PrometheusRule/orders spec.groups[0].rules[0].annotations has { runbook_url: https://runbooks.example.com/databases/DatabaseDown }',
    'PodMonitor/reports metadata.name = reports',
    'PrometheusRule/reports is absent',
  ],
  define: (chart) => {
    new PostgreSql(chart, 'orders', {
      ...orders, readReplicas: 1, metrics: true,
      alerts: DatabaseAlerts.of({
        for: Duration.minutes(1), replicationLag: Duration.minutes(2), volumePercent: 70, connectionsPercent: 60, labels: { team: 'shop' },
        runbooks: 'https://runbooks.example.com/databases/',
      }),
    });
    new PostgreSql(chart, 'reports', { ...orders, metrics: true, alerts: DatabaseAlerts.none() });
  },
});
