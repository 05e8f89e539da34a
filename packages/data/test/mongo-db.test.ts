import { Monitoring } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Duration, Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DatabasePrivilege, MongoDb, MongoDbVersion, Storage, type MongoDbProps } from '../src';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const storage = Storage.dynamic(Size.gibibytes(20));
const version = MongoDbVersion.V8_0;
const monitored = { version: '1.33', monitoring: Monitoring.kubePrometheusStack() };

function shopOf(props: Partial<MongoDbProps> = {}, cluster?: ConstructorParameters<typeof Shop>[0]): Shop & { catalog: MongoDb } {
  const shop = new Shop(cluster);
  return Object.assign(shop, { catalog: new MongoDb(shop.chart, 'catalog', { version, storage, ...props }) });
}

const podOf = (props: Partial<MongoDbProps> = {}): Rendered => shopOf(props, monitored).object('StatefulSet', 'catalog').spec.template.spec;
const configurationOf = (props: Partial<MongoDbProps> = {}): string => shopOf(props).object('ConfigMap', 'catalog-etc-mongo').data['mongod.conf'];

describe('D1 D3 a MongoDB server', () => {
  test('is a StatefulSet with its Services, its volume and its Jobs, which an API server takes', () => {
    const shop = shopOf();
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    expect(shop.objects().map(({ kind, metadata }) => `${kind} ${(metadata.name as string).replace(/-[0-9a-f]{10}$/, '')}`).sort()).toEqual([
      'ConfigMap catalog-docker-entrypoint-initdb-d', 'ConfigMap catalog-etc-mongo', 'ConfigMap catalog-secrets', 'ConfigMap catalog-setup-etc-database-setup',
      'Job catalog-secrets', 'Job catalog-setup', 'NetworkPolicy catalog', 'NetworkPolicy catalog-secrets', 'NetworkPolicy catalog-setup',
      'PodDisruptionBudget catalog', 'Role catalog-secrets', 'RoleBinding catalog-secrets', 'Service catalog-headless', 'Service catalog-rw',
      'ServiceAccount catalog', 'ServiceAccount catalog-secrets', 'ServiceAccount catalog-setup', 'StatefulSet catalog',
    ]);
    const { engine, engineVersion, port, databaseName, backupCredentials } = shop.catalog;
    expect([engine, engineVersion, port, databaseName, backupCredentials?.username]).toEqual(['mongodb', '8.0', 27017, 'app', 'root']);
  });

  test('F-D10 no password is in its environment, nor in arguments of its Job', () => {
    const [server] = podOf().containers;
    expect(server.env).toEqual([
      { name: 'HOME', value: '/tmp' }, { name: 'MONGO_INITDB_DATABASE', value: 'app' }, { name: 'MONGO_INITDB_ROOT_USERNAME', value: 'root' },
      { name: 'MONGO_INITDB_ROOT_PASSWORD_FILE', value: '/run/secrets/root/password' },
    ]);
    const job = shopOf().objects().find(({ kind, metadata }) => kind === 'Job' && (metadata.name as string).startsWith('catalog-setup'));
    expect(job?.spec.template.spec.containers[0].command).toEqual(['env', 'HOME=/tmp', 'mongosh', '--nodb', '--quiet', '--norc', '--file', '/etc/database-setup/setup.js']);
  });

  test('is the same, byte by byte, each time', () => {
    const text = () => JSON.stringify(shopOf({ metrics: true, users: [{ name: 'reports', privileges: { app: DatabasePrivilege.READ } }] }, monitored).objects());
    expect(text()).toBe(text());
  });
});

describe('D4 F-D14 the configuration', () => {
  const cacheOf = (mebibytes: number) => Number(/cacheSizeGB: (\S+)/.exec(configurationOf({ resources: { memoryRequest: Size.mebibytes(mebibytes) } }))?.[1]);

  test('is as the server reads it', () => {
    expect(configurationOf()).toBe(`storage:
  dbPath: "/var/lib/data/db"
  wiredTiger:
    engineConfig:
      cacheSizeGB: 0.25
net:
  port: 27017
  bindIpAll: true
security:
  authorization: "enabled"
`);
  });

  test('gives half of what is above 1 GiB to the cache, and 0.25 GiB at least', () => {
    expect([257, 1024, 1536, 1600, 2048, 4096, 65_536].map(cacheOf)).toEqual([0.25, 0.25, 0.25, 0.28, 0.5, 1.5, 31.5]);
    fc.assert(fc.property(fc.integer({ min: 512, max: 1024 * 1024 }), (mebibytes) => {
      expect(cacheOf(mebibytes)).toBeLessThanOrEqual(Math.max(0.25, (mebibytes / 1024 - 1) / 2));
      expect(cacheOf(mebibytes)).toBeGreaterThan((mebibytes / 1024 - 1) / 2 - 0.011);
    }), { numRuns: 20 });
  });

  test('takes settings into its sections, which win', () => {
    const settings = {
      'operationProfiling.mode': 'slowOp', 'operationProfiling.slowOpThresholdMs': '200', 'storage.wiredTiger.engineConfig.cacheSizeGB': '0.4', 'net.maxIncomingConnections': '500',
      'setParameter.diagnosticDataCollectionEnabled': 'false', 'storage.directoryPerDB': 'true',
    };
    expect(configurationOf({ settings })).toBe(`storage:
  dbPath: "/var/lib/data/db"
  wiredTiger:
    engineConfig:
      cacheSizeGB: 0.4
  directoryPerDB: true
net:
  port: 27017
  bindIpAll: true
  maxIncomingConnections: 500
security:
  authorization: "enabled"
operationProfiling:
  mode: "slowOp"
  slowOpThresholdMs: 200
setParameter:
  diagnosticDataCollectionEnabled: false
`);
  });

  test('F-D13 scripts run before the one that notes that all have run', () => {
    const scripts = shopOf({ initScripts: { '10-indexes.js': 'db.carts.createIndex({ user: 1 })', 'you.sh': 'true' } }).object('ConfigMap', 'catalog-docker-entrypoint-initdb-d').data;
    expect(Object.keys(scripts).sort()).toEqual(['10-indexes.js', 'you.sh', 'zz-initialised.sh']);
  });
});

describe('D5 clients', () => {
  test('get where it is and how to sign in', () => {
    const shop = shopOf({ user: 'shop', database: 'shop' });
    new Client(shop.chart, 'storefront').connections.to(shop.catalog);
    expect(shop.mistakes()).toEqual([]);
    const [container] = shop.object('Deployment', 'storefront').spec.template.spec.containers;
    expect(container.env.map(({ name, value }: Rendered) => `${name}=${value}`)).toEqual([
      'MONGODB_ADDRESS=mongodb://catalog-rw.shop.svc.cluster.local:27017/shop?authSource=admin', 'MONGODB_DATABASE=shop', 'MONGODB_HOST=catalog-rw.shop.svc.cluster.local', 'MONGODB_PASSWORD_FILE=/run/secrets/catalog/password', 'MONGODB_PORT=27017',
      'MONGODB_URI_FILE=/run/secrets/catalog/uri', 'MONGODB_USERNAME=shop',
    ]);
    expect(shop.object('ConfigMap', 'catalog-secrets').data['generate.sh'])
      .toContain(String.raw`mongodb://shop:'"$r1"'@catalog-rw.shop.svc.cluster.local:27017/shop?authSource=admin`);
  });
});

describe('F-D19 F-D20 life', () => {
  test('an hour to start; then it lives as long as it listens, and is ready when it answers', () => {
    const { startupProbe, livenessProbe, readinessProbe } = podOf().containers[0];
    expect(startupProbe).toEqual({ tcpSocket: { port: 'mongodb' }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 360 });
    expect(livenessProbe).toEqual({ tcpSocket: { port: 'mongodb' }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 });
    expect(readinessProbe).toMatchObject({ exec: { command: ['bash', '-c', expect.stringContaining('/dev/tcp/127.0.0.1/27017')] }, periodSeconds: 15, timeoutSeconds: 15 });
    expect(podOf({ startupTimeout: Duration.seconds(61) }).containers[0].startupProbe.failureThreshold).toBe(7);
    expect(podOf().terminationGracePeriodSeconds).toBe(180);
  });
});

describe('D6 F-D22 metrics', () => {
  test('come from a sidecar with a user of its own', () => {
    const exporter = podOf({ metrics: true }).initContainers.find(({ name }: Rendered) => name === 'metrics');
    expect(exporter.env).toEqual([
      { name: 'MONGODB_URI', value: 'mongodb://127.0.0.1:27017/admin?authSource=admin' }, { name: 'MONGODB_USER', value: 'keelson_metrics' },
      { name: 'MONGODB_PASSWORD', valueFrom: { secretKeyRef: { name: 'catalog-metrics', key: 'password' } } },
    ]);
    expect(exporter.ports).toEqual([{ containerPort: 9216, name: 'metrics', protocol: 'TCP' }]);
  });
});

describe('fails on', () => {
  const mistakesOf = (props: Partial<MongoDbProps>) => shopOf(props).mistakes();
  const setting = (name: string, got: string) => `KEELSON3091 'settings.${name}' must be a setting's name with its sections and dots, and a text, number or truth as its value, `
    + `got ${got}: write it like 'operationProfiling.slowOpThresholdMs': '200'`;
  test.each<[Partial<MongoDbProps>, string]>([
    [{ version: 8 as unknown as MongoDbVersion }, "KEELSON3001 'version' must be a value of MongoDbVersion, got 8: use MongoDbVersion.V8_0"],
    [{ version: MongoDbVersion.of('8', 'mongo:8') }, "KEELSON3090 'version.version' must be major and minor number, from 6.0 on, got '8': write it like '9.0'"],
    [{ version: MongoDbVersion.of('5.0', 'mongo:5') }, "KEELSON3090 'version.version' must be major and minor number, from 6.0 on, got '5.0': write it like '9.0'"],
    [{ settings: { slowms: '1' } }, setting('slowms', "'1'")],
    [{ settings: { 'net.maxIncomingConnections': 5 as unknown as string } }, "KEELSON3194 'settings.net.maxIncomingConnections' must be a map of texts, got 5: put it in quotes: '5'"],
    [{ settings: { 'storage.wiredTiger': 'x' } }, setting('storage.wiredTiger', "'x'")],
    [{ settings: { 'storage.wiredTiger.engineConfig.cacheSizeGB.max': '1' } }, setting('storage.wiredTiger.engineConfig.cacheSizeGB.max', "'1'")],
    [{ settings: { 'net.port': '1' } }, "KEELSON3092 'settings.net.port' must be a setting that nothing else of the database depends on, got '1': remove it: Services, probes and network policies lead where the server listens now"],
    [{ settings: { 'replication.replSetName': 'rs0' } },
      "KEELSON3092 'settings.replication.replSetName' must be a setting that nothing else of the database depends on, got 'rs0': remove it: scripts and probes of what is rendered rely on what it is now"],
    [{ initScripts: { '10.sql': '' } },
      "KEELSON3093 'initScripts' must be a name that ends in '.js' or '.sh', and doesn't begin with 'z', '_', '-' or '.', got '10.sql': write it like '10-indexes.js'"],
    [{ initScripts: { 'zz.js': '' } },
      "KEELSON3093 'initScripts' must be a name that ends in '.js' or '.sh', and doesn't begin with 'z', '_', '-' or '.', got 'zz.js': write it like '10-indexes.js'"],
    [{ database: 'admin' }, "KEELSON3021 'database' must be a name that MongoDB and its own Jobs leave free, got 'admin': choose another name"],
    [{ user: 'root' }, "KEELSON3021 'user' must be a name that MongoDB and its own Jobs leave free, got 'root': choose another name"],
  ])('%#', (props, message) => {
    expect(mistakesOf(props)).toEqual([`[shop/catalog] ${message}`]);
  });

  test('two settings, of which one is a section of the other', () => {
    expect(mistakesOf({ settings: { 'auditLog.filter': 'x', 'auditLog.filter.more': 'y' } })).toEqual([
      `[shop/catalog] ${setting('auditLog.filter', "'x'")}`, `[shop/catalog] ${setting('auditLog.filter.more', "'y'")}`,
    ]);
  });

  test('nothing that is right', () => {
    for (const each of [MongoDbVersion.V7_0, MongoDbVersion.V8_2, MongoDbVersion.of('6.0', 'registry.example.com/mongo:6.0.20'), MongoDbVersion.of('10.0', 'registry.example.com/mongo:10.0.1')]) {
      expect(mistakesOf({ version: each })).toEqual([]);
    }
  });
});
