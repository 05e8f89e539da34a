import { Cpu, Monitoring, ServiceType, TrafficPolicy, WaitFor } from '@keelson/core';
import { Size } from 'cdk8s';
import { DatabasePrivilege, MySql, MySqlVersion, Storage, type MySqlProps } from '../../src';
import { Client } from './client';
import { PLAIN_SIDECARS, specimen } from './specimen';

const orders: MySqlProps = { version: MySqlVersion.V8_4, storage: Storage.dynamic(Size.gibibytes(1)) };

export const plain = specimen({
  title: 'data-mysql',
  shows: [
    'StatefulSet spec.replicas = 1',
    'StatefulSet/orders spec.template.spec.containers[0].image = docker.io/library/mysql:8.4.11@sha256:85b9bf2e29cf836ecb8c2a15a935d4ba0c606631dff1dd79531a11983c638f2a',
    'StatefulSet/orders spec.template.spec.containers[0].env has { name: MYSQL_ROOT_HOST, value: localhost }',
    'StatefulSet/orders spec.template.spec.initContainers has { name: check-version }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: MYSQL_USER, value: shop }',
    'Job/orders-setup-* spec.backoffLimit = 20',
  ],
  define: (chart) => {
    const users = [{ name: 'reports', privileges: { shop: DatabasePrivilege.READ } }];
    const database = new MySql(chart, 'orders', { ...orders, database: 'shop', user: 'shop', users });
    const storefront = new Client(chart, 'storefront');
    storefront.connections.to(database);
    storefront.waitFor(WaitFor.service(database));
  },
});

export const settings = specimen({
  title: 'data-mysql-settings',
  shows: [
    'StatefulSet/orders spec.template.spec.containers[0].image = mirror.example.com/mysql:26.7.0',
    'StatefulSet/newest spec.template.spec.containers[0].image = docker.io/library/mysql:9.7.2@sha256:29abb0a179982e4a8928138bfc7f918af9eda64e7eeb1b1d084c1720a20159e6',
    'StatefulSet/newest spec.template.spec.containers[0].resources.limits has { memory: 512Mi }',
  ],
  define: (chart) => {
    const version = MySqlVersion.of('26.7', 'mirror.example.com/mysql:26.7.0');
    new MySql(chart, 'orders', { ...orders, version, settings: { innodb_lock_wait_timeout: '20' } });
    new MySql(chart, 'newest', {
      ...orders, version: MySqlVersion.V9_7, maxConnections: 40,
      resources: { cpuRequest: Cpu.millis(100), memoryRequest: Size.mebibytes(512) },
      initScripts: { '10-tables.sql': 'CREATE TABLE carts (id int);' },
    });
  },
});

export const outside = specimen({
  title: 'data-mysql-node-port',
  warns: ['KEELSON3198'],
  shows: [
    'Service/orders-external spec.ports = [{ name: mysql, port: 3306, targetPort: mysql, nodePort: 30316, protocol: TCP }]',
    'StatefulSet metadata.name = orders',
    'Service/orders-external metadata.annotations has { example.com/owner: shop }',
    'NetworkPolicy/orders spec.ingress has { from: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: 3306, protocol: TCP }] }',
  ],
  define: (chart) => {
    const externalAccess = ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.LOCAL, sourceRanges: ['192.0.2.0/24'] });
    new MySql(chart, 'orders', { ...orders, externalAccess, externalNodePort: 30316, externalAnnotations: { 'example.com/owner': 'shop' } });
  },
});

export const metrics = specimen({
  title: 'data-mysql-metrics',
  cluster: { monitoring: Monitoring.kubePrometheusStack() },
  warns: [PLAIN_SIDECARS],
  shows: [
    'PodMonitor/orders spec.podMetricsEndpoints = [{ port: metrics, path: /metrics }]',
    'StatefulSet/orders spec.template.spec.initContainers has { name: metrics-options }',
  ],
  define: (chart) => {
    new MySql(chart, 'orders', { ...orders, metrics: true });
  },
});
