import { Monitoring, Secret, ServiceType, TrafficPolicy } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DatabaseCredentials, DatabasePrivilege, MySql, MySqlVersion, Storage, type MySqlProps } from '../src';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const storage = Storage.dynamic(Size.gibibytes(20));
const version = MySqlVersion.V8_4;

function shopOf(props: Partial<MySqlProps> = {}, cluster?: ConstructorParameters<typeof Shop>[0]): Shop & { orders: MySql } {
  const shop = new Shop(cluster);
  return Object.assign(shop, { orders: new MySql(shop.chart, 'orders', { version, storage, ...props }) });
}

function configurationOf(props: Partial<MySqlProps>): string[] {
  return (shopOf(props).object('ConfigMap', 'orders-etc-mysql-conf-d').data['keelson.cnf'] as string).split('\n');
}

describe('D2 a MySQL server', () => {
  test('is a StatefulSet with its Services, its volume and its Jobs, which an API server takes', () => {
    const shop = shopOf();
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    expect(shop.objects().map(({ kind, metadata }) => `${kind} ${(metadata.name as string).replace(/-[0-9a-f]{10}$/, '')}`).sort()).toEqual([
      'ConfigMap orders-docker-entrypoint-initdb-d', 'ConfigMap orders-etc-mysql-conf-d', 'ConfigMap orders-secrets', 'ConfigMap orders-setup-etc-database-setup',
      'Job orders-secrets', 'Job orders-setup', 'NetworkPolicy orders', 'NetworkPolicy orders-secrets', 'NetworkPolicy orders-setup', 'PodDisruptionBudget orders',
      'Role orders-secrets', 'RoleBinding orders-secrets', 'Service orders-headless', 'Service orders-rw', 'ServiceAccount orders', 'ServiceAccount orders-secrets',
      'ServiceAccount orders-setup', 'StatefulSet orders',
    ]);
    expect([shop.orders.engine, shop.orders.engineVersion, shop.orders.port, shop.orders.readHost]).toEqual(['mysql', '8.4', 3306, undefined]);
  });

  test('has the root password of a Secret, in no environment and no argument', () => {
    const secret = Secret.fromSecretName('mysql-root');
    const shop = shopOf({ rootCredentials: DatabaseCredentials.fromSecret(secret, { passwordKey: 'root-password' }) });
    const { spec } = shop.object('StatefulSet', 'orders').spec.template;
    expect(spec.volumes.find(({ name }: Rendered) => name === 'run-secrets-root').projected.sources)
      .toEqual([{ secret: { name: 'mysql-root', items: [{ key: 'root-password', path: 'password' }] } }]);
    expect(spec.containers[0].env).toEqual([
      // for the first start alone, see the script that ends it
      { name: 'MYSQL_ROOT_PASSWORD_FILE', value: '/proc/sys/kernel/random/uuid' }, { name: 'MYSQL_ROOT_HOST', value: 'localhost' }, { name: 'MYSQL_DATABASE', value: 'app' },
    ]);
    expect(shop.orders.backupCredentials).toEqual(expect.objectContaining({ username: 'root', passwordKey: 'root-password' }));
  });

  test('is reached on a chosen port of every node, where asked', () => {
    const externalAccess = ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.LOCAL, sourceRanges: ['192.0.2.0/24'] });
    const shop = shopOf({ externalAccess, externalNodePort: 30306 });
    expect(shop.mistakes()).toEqual([]);
    expect(shop.object('Service', 'orders-external').spec).toMatchObject({
      type: 'NodePort', externalTrafficPolicy: 'Local', selector: { 'app.kubernetes.io/instance': 'orders' },
      ports: [{ name: 'mysql', port: 3306, targetPort: 'mysql', nodePort: 30306, protocol: 'TCP' }],
    });
    expect(shop.object('NetworkPolicy', 'orders').spec.ingress).toContainEqual({ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 3306, protocol: 'TCP' }] });
    expect(shop.orders.externalService?.name).toBe('orders-external');
  });

  test('the same program gives the same bytes', () => {
    const text = () => JSON.stringify(shopOf({ metrics: true, users: [{ name: 'reports', privileges: { app: DatabasePrivilege.READ } }] }).objects());
    expect(text()).toBe(text());
  });
});

describe('D5 clients', () => {
  test('get host, database, user and password', () => {
    const shop = shopOf();
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    expect(shop.mistakes()).toEqual([]);
    const { env } = shop.object('Deployment', 'storefront').spec.template.spec.containers[0];
    expect(Object.fromEntries(env.map(({ name, value }: Rendered) => [name, value]))).toEqual({
      MYSQL_HOST: 'orders-rw.shop.svc.cluster.local', MYSQL_PORT: '3306', MYSQL_DATABASE: 'app', MYSQL_USER: 'app',
      MYSQL_PASSWORD_FILE: '/run/secrets/orders/password', DATABASE_URL_FILE: '/run/secrets/orders/uri',
    });
    expect(shop.object('ConfigMap', 'orders-secrets').data['generate.sh']).toContain(String.raw`mysql://app:'"$r1"'@orders-rw.shop.svc.cluster.local:3306/app`);
  });
});

describe('F-D14 what follows from the memory', () => {
  const poolOf = (memory: Size) => configurationOf({ resources: { memoryRequest: memory } }).filter(line => line.startsWith('innodb_buffer_pool'));

  test.each([
    [Size.mebibytes(128), '64M', '1'], [Size.gibibytes(1), '512M', '1'], [Size.mebibytes(1200), '512M', '1'], [Size.gibibytes(4), '2048M', '2'],
    [Size.gibibytes(5), '3072M', '3'], [Size.gibibytes(8), '6144M', '6'], [Size.gibibytes(16), '12288M', '8'], [Size.gibibytes(17), '12288M', '8'],
  ])('of %s the buffer pool has %s', (memory, pool, instances) => {
    expect(poolOf(memory)).toEqual([`innodb_buffer_pool_size = "${pool}"`, `innodb_buffer_pool_instances = "${instances}"`]);
  });

  test('it is never more than three quarters, and a multiple of what the server would round it up to', () => {
    fc.assert(fc.property(fc.integer({ min: 256, max: 524_288 }), (mebibytes) => {
      const [pool = 0, instances = 0] = poolOf(Size.mebibytes(mebibytes)).map(line => Number(/"(\d+)M?"/.exec(line)?.[1]));
      expect(pool).toBeLessThanOrEqual(mebibytes * 3 / 4);
      expect(pool % (128 * instances)).toBe(0);
    }), { numRuns: 30 });
  });

  test('D4 a setting by name wins, and what is special in a file of options stays in it', () => {
    expect(configurationOf({ settings: { 'innodb_buffer_pool_size': '600M', 'init-connect': String.raw`SET @x = "a#\b"`, 'loose_validate_password.policy': 'LOW', 'skip_name': '' } }))
      .toEqual(expect.arrayContaining(['innodb_buffer_pool_size = "600M"', String.raw`init_connect = "SET @x = \"a#\\b\""`, 'loose_validate_password.policy = "LOW"', 'skip_name']));
  });

  test('D4 pods are rolled where the configuration changes', () => {
    const checksum = (props: Partial<MySqlProps>) => shopOf(props).object('StatefulSet', 'orders').spec.template.metadata.annotations['checksum/config'];
    expect(checksum({ settings: { innodb_lock_wait_timeout: '20' } })).not.toBe(checksum({}));
  });
});

describe('D6 F-D22 metrics', () => {
  test('come from a sidecar, whose options are written to memory by a container before it', () => {
    const shop = shopOf({ metrics: true }, { version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
    expect(shop.mistakes()).toEqual([]);
    const { initContainers, volumes } = shop.object('StatefulSet', 'orders').spec.template.spec;
    expect(initContainers.map(({ name }: Rendered) => name)).toEqual(['check-version', 'metrics-options', 'metrics']);
    expect(volumes).toContainEqual({ name: 'etc-mysqld-exporter', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } });
    expect(initContainers[2]).toMatchObject({ args: ['--config.my-cnf=/etc/mysqld-exporter/my.cnf'], restartPolicy: 'Always' });
    expect(initContainers[2].volumeMounts).toContainEqual({ name: 'etc-mysqld-exporter', mountPath: '/etc/mysqld-exporter', readOnly: true });
    expect(shop.object('PodMonitor', 'orders').spec.podMetricsEndpoints).toEqual([{ port: 'metrics', path: '/metrics' }]);
    expect(shop.object('ConfigMap', 'orders-setup-etc-database-setup').data['setup.sh']).toContain(
      "GRANT PROCESS, REPLICATION CLIENT ON *.* TO 'keelson_metrics'@'127.0.0.1';\nGRANT SELECT ON performance_schema.* TO 'keelson_metrics'@'127.0.0.1';");
  });
});

describe('fails on', () => {
  const free = 'a name that MySQL and its own Jobs leave free';
  const settings = "a setting's name of lower-case letters, digits, '_', '-' and '.', and a value on one line";
  const fix = "write it like innodb_lock_wait_timeout: '20'";
  const ours = 'a setting that nothing else of the database depends on';
  const scripts = "a name that ends in '.sql' or '.sh', and doesn't begin with 'z', '_', '-' or '.'";
  test.each<[Partial<MySqlProps>, string]>([
    [{ version: '8.4' as unknown as MySqlVersion }, "KEELSON3001 'version' must be a value of MySqlVersion, got '8.4': use MySqlVersion.V8_4"],
    [{ user: 'root' }, `KEELSON3021 'user' must be ${free}, got 'root': choose another name`],
    [{ database: 'mysql' }, `KEELSON3021 'database' must be ${free}, got 'mysql': choose another name`],
    [{ externalNodePort: 30306 }, "KEELSON3026 'externalNodePort' must be left out without 'externalAccess', got 30306: add externalAccess: ServiceType.nodePort(), or remove it"],
    [{ version: MySqlVersion.of('8', 'mysql:8') }, "KEELSON3050 'version.series' must be a series from 8.0 on, of two numbers, got '8': write it like '9.7'"],
    [{ version: MySqlVersion.of('5.7', 'mysql:5.7') }, "KEELSON3050 'version.series' must be a series from 8.0 on, of two numbers, got '5.7': write it like '9.7'"],
    [{ version: MySqlVersion.of('8.4.11', 'mysql:8.4.11') }, "KEELSON3050 'version.series' must be a series from 8.0 on, of two numbers, got '8.4.11': write it like '9.7'"],
    [{ maxConnections: 9 }, "KEELSON3053 'maxConnections' must be an integer from 10 to 10000, got 9: leave it out for 100"],
    [{ maxConnections: 10_001 }, "KEELSON3053 'maxConnections' must be an integer from 10 to 10000, got 10001: leave it out for 100"],
    [{ settings: { 'sql mode': '' } }, `KEELSON3054 'settings.sql mode' must be ${settings}, got '': ${fix}`],
    [{ settings: { sql_mode: 'a\nb' } }, `KEELSON3054 'settings.sql_mode' must be ${settings}, got 'a\\nb': ${fix}`],
    [{ settings: { sql_mode: 7 as unknown as string } }, "KEELSON3194 'settings.sql_mode' must be a map of texts, got 7: put it in quotes: '7'"],
    [{ settings: { 'loose-skip-networking': '1' } }, `KEELSON3055 'settings.loose-skip-networking' must be ${ours}, got '1': remove it`],
    [{ settings: { secure_file_priv: '' } }, `KEELSON3055 'settings.secure_file_priv' must be ${ours}, got '': remove it`],
    [{ settings: { 'max-connections': '5' } }, `KEELSON3055 'settings.max-connections' must be ${ours}, got '5': use 'maxConnections'`],
    [{ initScripts: { 'zz.sql': '' } }, `KEELSON3056 'initScripts' must be ${scripts}, got 'zz.sql': write it like '10-tables.sql'`],
    [{ initScripts: { '10-tables.txt': '' } }, `KEELSON3056 'initScripts' must be ${scripts}, got '10-tables.txt': write it like '10-tables.sql'`],
  ])('%#', (props, message) => {
    expect(shopOf(props).mistakes()).toEqual([expect.stringContaining(message)]);
  });

  test('a port that no node opens', () => {
    const mistakes = shopOf({ externalAccess: ServiceType.nodePort(), externalNodePort: 3306 }).mistakes();
    expect(mistakes).toEqual([expect.stringContaining('must be an integer from 30000 to 32767, got 3306')]);
  });

  test('not on what is just within', () => {
    const within = { version: MySqlVersion.of('26.7', 'mysql:26.7'), maxConnections: 10, settings: { server_id: '7', log_bin: 'binlog' }, initScripts: { 'y.sh': '' } };
    expect(shopOf(within).mistakes()).toEqual([]);
    expect(shopOf({ maxConnections: 10_000, version: MySqlVersion.V9_7 }).mistakes()).toEqual([]);
  });
});
