import { Monitoring, PersistentVolumeClaim } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { MariaDb, MariaDbVersion, Storage, type MariaDbProps } from '../src';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const storage = Storage.dynamic(Size.gibibytes(20));
const version = MariaDbVersion.V11_8;

function shopOf(props: Partial<MariaDbProps> = {}, cluster?: ConstructorParameters<typeof Shop>[0]): Shop & { orders: MariaDb } {
  const shop = new Shop(cluster);
  return Object.assign(shop, { orders: new MariaDb(shop.chart, 'orders', { version, storage, ...props }) });
}

const configurationOf = (props: Partial<MariaDbProps>, name = 'orders') =>
  (shopOf(props).object('ConfigMap', `${name}-etc-mysql-conf-d`).data['keelson.cnf'] as string).split('\n');

describe('D2 a MariaDB server', () => {
  test('is a StatefulSet with its Services, its volume and its Jobs, which an API server takes', () => {
    const shop = shopOf();
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    expect([shop.orders.engine, shop.orders.engineVersion, shop.orders.port, shop.orders.readReplicas, shop.orders.readHost]).toEqual(['mariadb', '11.8', 3306, undefined, undefined]);
    const [server] = shop.object('StatefulSet', 'orders').spec.template.spec.containers;
    expect(server.env.map(({ name }: Rendered) => name)).toEqual(['MARIADB_ROOT_PASSWORD_FILE', 'MARIADB_ROOT_HOST', 'MARIADB_DATABASE']);
    expect(server.ports).toEqual([{ containerPort: 3306, name: 'mariadb', protocol: 'TCP' }]);
  });

  test('writes a binary log for those who follow, and for nobody else', () => {
    const logged = (line: string) => /^(?:log_bin|sync_binlog|binlog_|gtid_)/.test(line);
    expect(configurationOf({}).filter(logged)).toEqual([]);
    expect(configurationOf({ readReplicas: 1, settings: { binlog_expire_logs_seconds: '3600' } }).filter(logged)).toEqual([
      'log_bin = "binlog"', 'binlog_format = "ROW"', 'sync_binlog = "1"', 'gtid_strict_mode = "ON"', 'binlog_expire_logs_seconds = "3600"',
    ]);
  });

  test('F-D14 the buffer pool has half of the memory, and more from 4 GiB on', () => {
    const pool = (memory: Size) => configurationOf({ resources: { memoryRequest: memory } }).find(line => line.startsWith('innodb_buffer_pool_size'));
    expect([1, 4, 8].map(size => pool(Size.gibibytes(size)))).toEqual(['512', '2048', '6144'].map(size => `innodb_buffer_pool_size = "${size}M"`));
  });

  test('F-D19 an hour to start; and probes of a user that no change of passwords reaches', () => {
    const [server] = shopOf().object('StatefulSet', 'orders').spec.template.spec.containers;
    expect(server.startupProbe).toMatchObject({ periodSeconds: 10, failureThreshold: 360 });
    expect(server.startupProbe.exec.command).toEqual(['mariadb-admin', '--no-defaults', '--skip-ssl', '-h', '127.0.0.1', '-P', '3306', '-u', 'keelson_health', '--connect-timeout=3', 'ping']);
    expect(server.livenessProbe.exec.command).toEqual(['mariadb-admin', '--no-defaults', '-S', '/run/mysqld/mysqld.sock', '-u', 'keelson_health', '--connect-timeout=3', 'ping']);
  });
});

describe('F-D2 F-D3 servers that follow', () => {
  test('have volumes, Services and a policy of their own, and reach the primary', () => {
    const shop = shopOf({ readReplicas: 2 });
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    const { spec } = shop.object('StatefulSet', 'orders-replica');
    expect([spec.replicas, spec.serviceName, spec.template.spec.initContainers.map(({ name }: Rendered) => name)]).toEqual([2, 'orders-replica-headless', ['check-version', 'clone-primary']]);
    expect(spec.volumeClaimTemplates[0].spec.resources).toEqual({ requests: { storage: '20Gi' } });
    expect(shop.object('Service', 'orders-ro').spec.selector).toEqual({ 'app.kubernetes.io/instance': 'orders-replica' });
    expect([shop.orders.readHost, shop.orders.readReplicas?.dnsName]).toEqual(['orders-ro.shop.svc.cluster.local', 'orders-ro.shop.svc.cluster.local']);
  });

  test('are told apart by the number of their pod, and take no change', () => {
    const [server] = shopOf({ readReplicas: 2 }).object('StatefulSet', 'orders-replica').spec.template.spec.containers;
    expect(server.command[2]).toContain('mariadbd --server-id=$((100 + ${HOSTNAME##*-})) --skip-log-bin --skip-slave-start --relay-log=relay --event-scheduler=OFF');
    expect(server.command[2]).toContain(' --read-only=ON ');
  });

  test('have the memory for the copy that they have later, and no password but their own', () => {
    const { spec } = shopOf({ readReplicas: 1, resources: { memoryRequest: Size.gibibytes(2) } }).object('StatefulSet', 'orders-replica').spec.template;
    expect(spec.initContainers[1].resources.limits.memory).toBe('2Gi');
    expect([...JSON.stringify(spec).matchAll(/"name":"(orders-(?:root|app|replication|metrics))"/g)].map(([, name]) => name)).toEqual(['orders-replication']);
  });

  test('D6 tell themselves how far behind they are', () => {
    const shop = shopOf({ readReplicas: 1, metrics: true }, { version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
    expect(shop.mistakes()).toEqual([]);
    expect(shop.object('StatefulSet', 'orders-replica').spec.template.spec.initContainers.map(({ name }: Rendered) => name))
      .toEqual(['check-version', 'clone-primary', 'metrics-options', 'metrics']);
    expect(shop.object('PodMonitor', 'orders-replica').spec.podMetricsEndpoints).toEqual([{ port: 'metrics', path: '/metrics' }]);
  });

  test('D5 tell their clients who they are', () => {
    const shop = shopOf({ readReplicas: 1 });
    new Client(shop.chart, 'reports').connections.to(shop.orders.readReplicas ?? shop.orders);
    expect(shop.mistakes()).toEqual([]);
    const { env } = shop.object('Deployment', 'reports').spec.template.spec.containers[0];
    expect(env).toContainEqual({ name: 'MYSQL_HOST', value: 'orders-ro.shop.svc.cluster.local' });
  });

  test('the same program gives the same bytes', () => {
    const text = () => JSON.stringify(shopOf({ readReplicas: 2 }).objects());
    expect(text()).toBe(text());
  });
});

describe('fails on', () => {
  const ours = 'a setting that nothing else of the database depends on';
  test.each<[Partial<MariaDbProps>, string]>([
    [{ version: undefined as unknown as MariaDbVersion }, "KEELSON3001 'version' must be a value of MariaDbVersion, got undefined: use MariaDbVersion.V11_8"],
    [{ version: MariaDbVersion.of('11', 'mariadb:11') }, "KEELSON3050 'version.series' must be a series from 8.0 on, of two numbers, got '11': write it like '12.3'"],
    [{ readReplicas: 21 }, "KEELSON3051 'readReplicas' must be an integer from 0 to 20, got 21: leave it out for none"],
    [{ readReplicas: -1 }, "KEELSON3051 'readReplicas' must be an integer from 0 to 20, got -1: leave it out for none"],
    [{ readReplicas: 1.5 }, "KEELSON3051 'readReplicas' must be an integer from 0 to 20, got 1.5: leave it out for none"],
    [{ settings: { read_only: '1' } }, `KEELSON3055 'settings.read_only' must be ${ours}, got '1': remove it`],
    [{ settings: { 'server-id': '1' } }, `KEELSON3055 'settings.server-id' must be ${ours}, got '1': remove it`],
  ])('%#', (props, message) => {
    expect(shopOf(props).mistakes()).toEqual([expect.stringContaining(message)]);
  });

  test('replicas of one claim', () => {
    const shop = new Shop();
    const claim = new PersistentVolumeClaim(shop.chart, 'data', { size: Size.gibibytes(1) });
    new MariaDb(shop.chart, 'orders', { version, storage: Storage.claim(claim), readReplicas: 1 });
    expect(shop.mistakes()).toContainEqual(expect.stringContaining(
      "KEELSON3052 'readReplicas' must be left out with Storage.claim(…), which is a volume for one server, got 1 with one claim: use Storage.dynamic(…)"));
  });

  test('not on what is just within', () => {
    expect(shopOf({ readReplicas: 20, version: MariaDbVersion.of('12.3', 'mariadb:12.3') }).mistakes()).toEqual([]);
    expect(shopOf({ readReplicas: 0, version: MariaDbVersion.V10_11 }).mistakes()).toEqual([]);
    expect(shopOf({ version: MariaDbVersion.V11_4 }).mistakes()).toEqual([]);
  });
});
