import { Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { MariaDb, MariaDbVersion, Storage, type MariaDbProps } from '../../src';
import { Client } from './client';
import { PLAIN_SIDECARS, specimen } from './specimen';

const orders: MariaDbProps = { version: MariaDbVersion.V11_8, storage: Storage.dynamic(Size.gibibytes(1)) };

export const plain = specimen({
  title: 'data-mariadb',
  shows: [
    'StatefulSet/orders spec.replicas = 1',
    'StatefulSet/orders spec.template.spec.containers[0].image = docker.io/library/mariadb:11.8.9-noble@sha256:2d2f4095530294735a857cfe22bb101e19b0849b416911c796ec4aa81b164a62',
    'StatefulSet/older spec.template.spec.containers[0].image = docker.io/library/mariadb:11.4.13-noble@sha256:80494b9810694179889f7281ec44ca928241df577159c0356a1070e2e94616a1',
    'StatefulSet/oldest spec.template.spec.containers[0].image = docker.io/library/mariadb:10.11.19-jammy@sha256:07c0aaff7396b74cb7975cba78257178d188e30f531a5db2b617c48beef13c41',
    'StatefulSet/mirrored spec.template.spec.containers[0].image = mirror.example.com/mariadb:12.3.3',
    'StatefulSet/orders spec.template.spec.terminationGracePeriodSeconds = 180',
  ],
  define: (chart) => {
    new MariaDb(chart, 'orders', orders);
    new MariaDb(chart, 'older', { ...orders, version: MariaDbVersion.V11_4, maxConnections: 40 });
    new MariaDb(chart, 'oldest', { ...orders, version: MariaDbVersion.V10_11 });
    new MariaDb(chart, 'mirrored', { ...orders, version: MariaDbVersion.of('12.3', 'mirror.example.com/mariadb:12.3.3') });
  },
});

export const replicas = specimen({
  title: 'data-mariadb-read-replicas',
  cluster: { monitoring: Monitoring.kubePrometheusStack() },
  warns: [PLAIN_SIDECARS],
  shows: [
    'StatefulSet/orders spec.replicas = 1',
    'StatefulSet/orders-replica spec.replicas = 2',
    'StatefulSet/orders-replica spec.template.spec.initContainers has { name: clone-primary }',
    'PodDisruptionBudget/orders-replica spec.maxUnavailable = 1',
    'PodMonitor/orders-replica spec.podMetricsEndpoints = [{ port: metrics, path: /metrics }]',
    'Service/orders-ro spec.selector = { app.kubernetes.io/instance: orders-replica }',
    'Deployment/reports spec.template.spec.containers[0].env has { name: MYSQL_HOST, value: orders-ro.data-mariadb-read-replicas.svc.cluster.local }',
  ],
  define: (chart) => {
    const database = new MariaDb(chart, 'orders', { ...orders, readReplicas: 2, metrics: true });
    new Client(chart, 'reports').connections.to(database.readReplicas ?? database);
  },
});
