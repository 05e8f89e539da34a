import { Cpu, LabelExpression, Monitoring, NodeAffinity, ServiceType, Topology, TopologySpread, WaitFor } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { DatabasePrivilege, PostgreSql, PostgreSqlEngine, PostgreSqlVersion, Storage } from '../../src';
import { Client } from './client';
import { orders, specimen } from './specimen';

const CLUSTER = 'Cluster/orders spec';

export const plain = specimen({
  title: 'data-cloudnative-pg',
  shows: [
    `${CLUSTER}.instances = 1`,
    `${CLUSTER}.enablePDB = false`,
    `${CLUSTER}.superuserSecret = { name: orders-root }`,
    `${CLUSTER}.bootstrap.initdb has { database: app, owner: app, secret: { name: orders-app } }`,
    `${CLUSTER}.postgresql.pg_hba = [hostnossl all all all reject]`,
    'NetworkPolicy/orders spec.podSelector = { matchLabels: { cnpg.io/cluster: orders } }',
    'Job/orders-setup-* spec.backoffLimit = 20',
  ],
  define: (chart) => {
    new PostgreSql(chart, 'orders', { ...orders, engine: PostgreSqlEngine.cloudNativePg() });
    new PostgreSql(chart, 'ours', { ...orders, engine: PostgreSqlEngine.officialImage() });
  },
});

export const clients = specimen({
  title: 'data-cloudnative-pg-clients',
  shows: [
    `${CLUSTER}.instances = 3`,
    'Deployment/storefront spec.template.spec.containers[0].env has { name: PGSSLROOTCERT, value: /run/secrets/orders/ca.crt }',
    'Deployment/reports spec.template.spec.containers[0].env has { name: PGHOST, value: orders-ro.data-cloudnative-pg-clients.svc.cluster.local }',
    'Service/orders-external spec.selector = { cnpg.io/cluster: orders, cnpg.io/instanceRole: primary }',
  ],
  warns: ['KEELSON1711'],
  define: (chart) => {
    const database = new PostgreSql(chart, 'orders', {
      ...orders, readReplicas: 2, externalAccess: ServiceType.nodePort(),
      engine: PostgreSqlEngine.cloudNativePg({ operatorNamespace: 'operators', operatorLabels: { 'app.kubernetes.io/name': 'cloudnative-pg' }, unsafePlaintextClients: true }),
    });
    const storefront = new Client(chart, 'storefront');
    storefront.connections.to(database);
    storefront.waitFor(WaitFor.service(database));
    new Client(chart, 'reports').connections.to(database.readReplicas ?? database);
  },
});

export const settings = specimen({
  title: 'data-cloudnative-pg-settings',
  cluster: { monitoring: Monitoring.kubePrometheusStack() },
  shows: [
    `${CLUSTER}.startDelay = 300`,
    `${CLUSTER}.stopDelay = 600`,
    `${CLUSTER}.inheritedMetadata = { labels: { team: checkout } }`,
    `${CLUSTER}.managed.roles has { name: migrations, inRoles: [app] }`,
    'Database/orders-archive-db spec.owner = app',
    'PodMonitor/orders spec.podMetricsEndpoints = [{ port: metrics, path: /metrics }]',
    'ConfigMap/orders-init data has { 10-tables.sql: "CREATE TABLE carts (id int);" }',
  ],
  define: (chart) => {
    new PostgreSql(chart, 'orders', {
      version: PostgreSqlVersion.V18, storage: Storage.dynamic(Size.gibibytes(1)), engine: PostgreSqlEngine.cloudNativePg(),
      readReplicas: 1, metrics: true,
      labels: { team: 'checkout' }, resources: { cpuRequest: Cpu.millis(100), memoryRequest: Size.mebibytes(512) }, maxConnections: 40,
      settings: { log_min_duration_statement: '500' }, initScripts: { '10-tables.sql': 'CREATE TABLE carts (id int);' },
      startupTimeout: Duration.minutes(5), terminationGracePeriod: Duration.minutes(10), databases: ['archive'],
      users: [
        { name: 'reports', privileges: { app: DatabasePrivilege.READ } },
        { name: 'migrations', privileges: { app: DatabasePrivilege.OWN, archive: DatabasePrivilege.OWN } },
      ],
      nodeAffinity: [NodeAffinity.preferred(1, LabelExpression.in('disk', ['ssd']))], topologySpread: [TopologySpread.over(Topology.ZONE)],
    });
  },
});
