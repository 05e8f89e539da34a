import { ClusterProfile, Cpu, Monitoring, Peer, PersistentVolumeClaim, Port, Secret, ServiceType, TrafficPolicy, WaitFor, Workload } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { App as PlainApp, Chart, Duration, Size, Testing } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DatabaseCredentials, DatabasePrivilege, PostgreSql, PostgreSqlVersion, Storage, type PostgreSqlEndpointProps, type PostgreSqlProps } from '../src';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const storage = Storage.dynamic(Size.gibibytes(20));
const version = PostgreSqlVersion.V17;

function shopOf(props: Partial<PostgreSqlProps> = {}, cluster?: ConstructorParameters<typeof Shop>[0]): Shop & { orders: PostgreSql } {
  const shop = new Shop(cluster);
  return Object.assign(shop, { orders: new PostgreSql(shop.chart, 'orders', { version, storage, ...props }) });
}

function configurationOf(props: Partial<PostgreSqlProps>): string[] {
  return (shopOf(props).object('ConfigMap', 'orders-etc-postgresql').data['postgresql.conf'] as string).split('\n');
}

const variablesOf = (pod: Rendered): Record<string, unknown> =>
  Object.fromEntries(pod.containers[0].env.map(({ name, value, valueFrom }: Rendered) => [name, value ?? `${valueFrom.secretKeyRef.name}.${valueFrom.secretKeyRef.key}`]));

describe('D1 D3 a PostgreSQL server', () => {
  test('is a StatefulSet with its Services, its volume and its Jobs, which an API server takes', () => {
    const shop = shopOf();
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    expect(shop.objects().map(({ kind, metadata }) => `${kind} ${(metadata.name as string).replace(/-[0-9a-f]{10}$/, '')}`).sort()).toEqual([
      'ConfigMap orders-docker-entrypoint-initdb-d', 'ConfigMap orders-etc-postgresql', 'ConfigMap orders-secrets', 'ConfigMap orders-setup-etc-database-setup',
      'Job orders-secrets', 'Job orders-setup', 'NetworkPolicy orders', 'NetworkPolicy orders-secrets', 'NetworkPolicy orders-setup', 'PodDisruptionBudget orders',
      'Role orders-secrets', 'RoleBinding orders-secrets', 'Service orders-headless', 'Service orders-rw', 'ServiceAccount orders', 'ServiceAccount orders-secrets',
      'ServiceAccount orders-setup', 'StatefulSet orders',
    ]);
  });

  test('V1 keeps its data where no image has a volume of its own, in a sub-directory', () => {
    const { spec } = shopOf().object('StatefulSet', 'orders');
    const [server] = spec.template.spec.containers;
    expect(server.volumeMounts).toContainEqual({ mountPath: '/var/lib/data', name: 'data' });
    expect(server.env).toContainEqual({ name: 'PGDATA', value: '/var/lib/data/pgdata' });
    expect(spec.volumeClaimTemplates[0].spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } });
    expect(spec.template.spec.securityContext.fsGroupChangePolicy).toBe('OnRootMismatch');
  });

  test('F-D10 no password is in its environment', () => {
    const [server] = shopOf().object('StatefulSet', 'orders').spec.template.spec.containers;
    expect(server.env.filter(({ valueFrom }: Rendered) => valueFrom !== undefined)).toEqual([]);
  });

  test('is the same, byte by byte, each time', () => {
    const all = { readReplicas: 2, metrics: true, users: [{ name: 'reports' }] };
    const text = () => JSON.stringify(shopOf(all, { version: '1.33', monitoring: Monitoring.kubePrometheusStack() }).objects());
    expect(text()).toBe(text());
  });

  test('works in a plain app of cdk8s', () => {
    const app = Testing.app() as PlainApp;
    ClusterProfile.kubernetes({ version: '1.33' }).applyTo(app);
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const { dnsName, host, servicePort } = new PostgreSql(chart, 'orders', { version, storage });
    expect([dnsName, host, servicePort]).toEqual(['orders-rw.shop.svc.cluster.local', 'orders-rw.shop.svc.cluster.local', 5432]);
    expect(app.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
  });
});

describe('F-D14 what follows from the memory', () => {
  test('a quarter is for shared buffers, of the limit where there is one', () => {
    const resources = { memoryRequest: Size.gibibytes(2), memoryLimit: Size.gibibytes(4) };
    expect(configurationOf({ resources })).toEqual(expect.arrayContaining([
      "shared_buffers = '1024MB'", "effective_cache_size = '3072MB'", "work_mem = '10MB'", "maintenance_work_mem = '256MB'",
    ]));
  });

  test('maintenance has 16 MB to 2 GB', () => {
    const maintenance = (memory: Size) => configurationOf({ resources: { memoryRequest: memory } }).find(line => line.startsWith('maintenance'));
    expect([Size.mebibytes(255), Size.mebibytes(272), Size.gibibytes(32), Size.gibibytes(64)].map(maintenance)).toEqual([
      "maintenance_work_mem = '16MB'", "maintenance_work_mem = '17MB'", "maintenance_work_mem = '2048MB'", "maintenance_work_mem = '2048MB'",
    ]);
  });

  test('all of it together never is more than there is', () => {
    fc.assert(fc.property(fc.integer({ min: 128, max: 65_536 }), fc.integer({ min: 10, max: 1000 }), (mebibytes, maxConnections) => {
      const lines = configurationOf({ resources: { memoryRequest: Size.mebibytes(mebibytes) }, maxConnections });
      const of = (name: string) => Number(/'(\d+)MB'/.exec(lines.find(line => line.startsWith(`${name} =`)) ?? '')?.[1]);
      expect(of('shared_buffers')).toBeLessThanOrEqual(mebibytes / 4);
      expect(of('work_mem') * maxConnections).toBeLessThanOrEqual(Math.max(mebibytes / 4, maxConnections));
    }), { numRuns: 20 });
  });

  test('D4 a setting by name wins, and quotes in it stay in it', () => {
    expect(configurationOf({ settings: { 'work_mem': '64MB', 'log_line_prefix': "it's %m", 'auto_explain.log_min_duration': '1s' } })).toEqual(expect.arrayContaining([
      "work_mem = '64MB'", "log_line_prefix = 'it''s %m'", "auto_explain.log_min_duration = '1s'",
    ]));
  });

  test('D4 pods are rolled where the configuration changes', () => {
    const checksum = (props: Partial<PostgreSqlProps>) => shopOf(props).object('StatefulSet', 'orders').spec.template.metadata.annotations['checksum/config'];
    expect(checksum({ settings: { work_mem: '64MB' } })).not.toBe(checksum({}));
  });
});

describe('D5 clients', () => {
  test('get host, database, user and password, and the way there is open on both ends', () => {
    const shop = shopOf();
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    expect(shop.mistakes()).toEqual([]);
    expect(variablesOf(shop.object('Deployment', 'storefront').spec.template.spec)).toEqual({
      PGHOST: 'orders-rw.shop.svc.cluster.local', PGPORT: '5432', PGDATABASE: 'app', PGUSER: 'app',
      PGPASSWORD_FILE: '/run/secrets/orders/password', DATABASE_URL_FILE: '/run/secrets/orders/uri',
    });
    expect(shop.object('Deployment', 'storefront').spec.template.spec.volumes).toContainEqual(expect.objectContaining({ projected: expect.objectContaining({
      sources: [{ secret: { name: 'orders-app', items: [{ key: 'password', path: 'password' }, { key: 'uri', path: 'uri' }] } }],
    }) }));
    const from = { podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'storefront' } } };
    expect(shop.object('NetworkPolicy', 'orders').spec.ingress).toContainEqual({ from: [from], ports: [{ port: 5432, protocol: 'TCP' }] });
    expect(shop.object('NetworkPolicy', 'storefront').spec.egress).toContainEqual({
      to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'orders' } } }], ports: [{ port: 5432, protocol: 'TCP' }],
    });
  });

  test('C2 get passwords in the environment where asked for', () => {
    const shop = shopOf({ passwordsInEnvironment: true });
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    const { spec } = shop.object('Deployment', 'storefront').spec.template;
    expect(variablesOf(spec)).toEqual({
      PGHOST: 'orders-rw.shop.svc.cluster.local', PGPORT: '5432', PGDATABASE: 'app', PGUSER: 'app', PGPASSWORD: 'orders-app.password', DATABASE_URL: 'orders-app.uri',
    });
    expect(JSON.stringify(spec.volumes)).not.toContain('orders-app');
  });

  test('without the line nothing of it is there', () => {
    const shop = shopOf();
    new Client(shop.chart, 'storefront');
    expect(shop.object('Deployment', 'storefront').spec.template.spec.containers[0].env).toBeUndefined();
    expect(shop.object('NetworkPolicy', 'orders').spec.ingress).toEqual([
      { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'orders-setup' } } }], ports: [{ port: 5432, protocol: 'TCP' }] },
    ]);
  });

  test('twice is once', () => {
    const text = (times: number) => {
      const shop = shopOf();
      const client = new Client(shop.chart, 'storefront');
      for (let time = 0; time < times; time += 1) client.connections.to(shop.orders);
      return JSON.stringify(shop.objects());
    };
    expect(text(2)).toBe(text(1));
  });

  test('of another namespace can\'t have its Secret, and are told', () => {
    const shop = shopOf();
    new Client(new Chart(shop.app, 'back', { namespace: 'back' }), 'reports').connections.to(shop.orders);
    expect(shop.mistakes()).toEqual([
      "[back/reports] KEELSON1301 'volumes./run/secrets/orders' must be a Secret of namespace 'back', got 'orders-app' of namespace 'shop': "
      + 'pods reach their own namespace only: have the Secret there too',
    ]);
  });

  test('F-D7 the URI is left out where a Secret has none', () => {
    const shop = shopOf({ credentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('brought')) });
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    expect(variablesOf(shop.object('Deployment', 'storefront').spec.template.spec)).toEqual({
      PGHOST: 'orders-rw.shop.svc.cluster.local', PGPORT: '5432', PGDATABASE: 'app', PGUSER: 'app', PGPASSWORD_FILE: '/run/secrets/orders/password',
    });
  });
});

describe('C2 C4 F-D8 passwords', () => {
  test('are made in the cluster, one Secret for each user, and no manifest has one', () => {
    const script = shopOf({ users: [{ name: 'reports' }], metrics: true, readReplicas: 1 }, { version: '1.33', monitoring: Monitoring.kubePrometheusStack() })
      .object('ConfigMap', 'orders-secrets').data['generate.sh'] as string;
    expect([...script.matchAll(/^create (\S+)/gm)].map(([, name]) => name)).toEqual(['orders-app', 'orders-metrics', 'orders-replication', 'orders-root', 'orders-user-reports']);
  });

  test('no Job makes any where all are brought', () => {
    const brought = (name: string) => DatabaseCredentials.fromSecret(Secret.fromSecretName(name), { passwordKey: 'pw' });
    const shop = shopOf({ credentials: brought('a'), rootCredentials: brought('b') });
    expect(shop.orders.secretGenerator).toBeUndefined();
    expect(shop.objects().filter(({ kind }) => kind === 'Role')).toEqual([]);
    expect(shop.object('StatefulSet', 'orders').spec.template.spec.volumes.find(({ name }: Rendered) => name === 'run-secrets-root').projected.sources)
      .toEqual([{ secret: { name: 'b', items: [{ key: 'pw', path: 'password' }] } }]);
    expect([shop.orders.credentialsSecret.name, shop.orders.backupCredentials]).toEqual(['a', expect.objectContaining({ username: 'postgres', passwordKey: 'pw' })]);
  });

  test('a client never has the password of the superuser', () => {
    const shop = shopOf();
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    expect(JSON.stringify(shop.object('Deployment', 'storefront'))).not.toContain('orders-root');
  });
});

describe('F-D2 F-D3 servers that follow', () => {
  test('have volumes, Services and a policy of their own, and reach the primary', () => {
    const shop = shopOf({ readReplicas: 2 });
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    const { spec } = shop.object('StatefulSet', 'orders-replica');
    expect([spec.replicas, spec.serviceName, spec.template.spec.initContainers.map(({ name }: Rendered) => name)]).toEqual([2, 'orders-replica-headless', ['check-version', 'clone-primary']]);
    expect(shop.object('Service', 'orders-ro').spec.selector).toEqual({ 'app.kubernetes.io/instance': 'orders-replica' });
    expect(shop.object('NetworkPolicy', 'orders').spec.ingress.flatMap(({ from }: Rendered) => from.map(({ podSelector }: Rendered) => podSelector.matchLabels['app.kubernetes.io/instance'])))
      .toEqual(['orders-replica', 'orders-setup']);
    expect([shop.orders.readHost, shop.orders.readReplicas?.dnsName]).toEqual(['orders-ro.shop.svc.cluster.local', 'orders-ro.shop.svc.cluster.local']);
  });

  test('have no password but their own', () => {
    const { spec } = shopOf({ readReplicas: 1 }).object('StatefulSet', 'orders-replica');
    expect([...JSON.stringify(spec).matchAll(/"name":"(orders-(?:root|app|replication|metrics))"/g)].map(([, name]) => name)).toEqual(['orders-replication']);
  });

  test('there are none, and no Service of them, where none are asked for', () => {
    const shop = shopOf();
    expect([shop.orders.readReplicas, shop.orders.readHost]).toEqual([undefined, undefined]);
    expect(shop.objects().map(({ metadata }) => metadata.name).filter((name: string) => /replica|-ro$/.test(name))).toEqual([]);
  });
});

describe('D6 F-D22 metrics', () => {
  test('come from a sidecar with a user of its own, and monitoring is let in', () => {
    const shop = shopOf({ metrics: true }, { version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
    expect(shop.mistakes()).toEqual([]);
    const { initContainers } = shop.object('StatefulSet', 'orders').spec.template.spec;
    const exporter = initContainers.find(({ name }: Rendered) => name === 'metrics');
    expect(exporter.env.map(({ name, value }: Rendered) => `${name}=${value}`)).toEqual([
      'DATA_SOURCE_URI=127.0.0.1:5432/postgres?sslmode=disable', 'DATA_SOURCE_USER=keelson_metrics', 'DATA_SOURCE_PASS_FILE=/run/secrets/metrics/password',
    ]);
    expect(shop.object('PodMonitor', 'orders').spec.podMetricsEndpoints).toEqual([{ port: 'metrics', path: '/metrics' }]);
  });
});

describe('F-D19 F-D20 life', () => {
  test('an hour to start, and not a question whether it lives until then', () => {
    const [server] = shopOf().object('StatefulSet', 'orders').spec.template.spec.containers;
    expect(server.startupProbe).toMatchObject({ periodSeconds: 10, failureThreshold: 360 });
    const [short] = shopOf({ startupTimeout: Duration.seconds(61) }).object('StatefulSet', 'orders').spec.template.spec.containers;
    expect(short.startupProbe.failureThreshold).toBe(7);
  });

  test('three minutes to end, unless told otherwise', () => {
    const grace = (props: Partial<PostgreSqlProps>) => shopOf(props).object('StatefulSet', 'orders').spec.template.spec.terminationGracePeriodSeconds;
    expect([grace({}), grace({ terminationGracePeriod: Duration.minutes(10) })]).toEqual([180, 600]);
  });

  test('F-D35 shared memory has room for queries of several processes', () => {
    expect(shopOf().object('StatefulSet', 'orders').spec.template.spec.volumes).toContainEqual({ name: 'dev-shm', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } });
  });
});

describe('F-D23 F-D30 who gets in', () => {
  test('clients outside of the cluster, where asked, by a Service of their own', () => {
    const shop = shopOf({ externalAccess: ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.LOCAL, sourceRanges: ['192.0.2.0/24'] }) });
    expect(shop.mistakes()).toEqual([]);
    expect(shop.object('Service', 'orders-external').spec).toMatchObject({ type: 'NodePort', selector: { 'app.kubernetes.io/instance': 'orders' } });
    expect(shop.object('NetworkPolicy', 'orders').spec.ingress).toContainEqual({ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 5432, protocol: 'TCP' }] });
  });

  test('anybody who is let in by hand', () => {
    const shop = shopOf();
    shop.orders.connections.from(Peer.cidr('198.51.100.0/24'), { ports: [Port.tcp(5432)] });
    expect(shop.object('NetworkPolicy', 'orders').spec.ingress).toContainEqual({ from: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: [{ port: 5432, protocol: 'TCP' }] });
    expect(shop.orders.server instanceof Workload).toBe(true);
  });
});

describe('a server that is made elsewhere', () => {
  const credentials = DatabaseCredentials.fromSecret(Secret.fromSecretName('orders-app'), { uriKey: 'uri' });
  const endpoint = (props: Partial<PostgreSqlEndpointProps> = {}) => {
    const shop = new Shop();
    const database = PostgreSql.fromEndpoint(shop.chart, 'orders', { version, host: 'orders.example.com', peer: Peer.cidr('10.20.0.0/16'), credentials, ...props });
    return { shop, database };
  };

  test('D5 has clients as one that is made here', () => {
    const { shop, database } = endpoint({ port: 6432, database: 'shop', user: 'shop' });
    const client = new Client(shop.chart, 'storefront');
    client.connections.to(database);
    client.waitFor(WaitFor.host(database.host, database.port, database));
    expect(shop.mistakes()).toEqual([]);
    expect(variablesOf(shop.object('Deployment', 'storefront').spec.template.spec)).toEqual({
      PGHOST: 'orders.example.com', PGPORT: '6432', PGDATABASE: 'shop', PGUSER: 'shop', PGPASSWORD_FILE: '/run/secrets/orders/password', DATABASE_URL_FILE: '/run/secrets/orders/uri',
    });
    expect(shop.object('NetworkPolicy', 'storefront').spec.egress).toContainEqual({ to: [{ ipBlock: { cidr: '10.20.0.0/16' } }], ports: [{ port: 6432, protocol: 'TCP' }] });
  });

  test('is a source of backups', () => {
    const own = endpoint({ readHost: '10.20.0.7', backupUser: 'backup', backupCredentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('b'), { passwordKey: 'pw' }) }).database;
    expect([own.engine, own.engineVersion, own.toolImage.split('@')[0], own.host, own.readHost, own.port, own.backupCredentials?.username, own.backupCredentials?.secret.name, own.backupCredentials?.passwordKey])
      .toEqual(['postgresql', '17', 'docker.io/library/postgres:17.11-trixie', 'orders.example.com', '10.20.0.7', 5432, 'backup', 'b', 'pw']);
    const { backupCredentials } = endpoint().database;
    expect([backupCredentials?.username, backupCredentials?.secret.name]).toEqual(['app', 'orders-app']);
  });

  test.each<[Partial<PostgreSqlEndpointProps>, string]>([
    [{ credentials: DatabaseCredentials.generated() }, "[shop/orders] KEELSON3040 'credentials' must be those that the server knows, got generated ones: use DatabaseCredentials.fromSecret(…)"],
    [{ version: undefined as unknown as PostgreSqlVersion }, "[shop/orders] KEELSON3001 'version' must be a value of PostgreSqlVersion, got undefined: use PostgreSqlVersion.V17"],
    [{ host: 'orders_db' }, "'host' must be"],
    [{ port: 0 }, "'port' must be"],
  ])('fails on what can\'t be (%#)', (props, message) => {
    expect(endpoint(props).shop.mistakes()).toEqual([expect.stringContaining(message)]);
  });

  test('fails on one Peer for two', () => {
    const peer = Peer.cidr('10.20.0.0/16');
    const { shop } = endpoint({ peer });
    PostgreSql.fromEndpoint(shop.chart, 'others', { version, host: 'others.example.com', peer, credentials });
    expect(shop.mistakes()).toEqual(["[shop/others] KEELSON3041 'peer' must be a Peer of its own, got one that stands for another server already: make another one"]);
  });
});

describe('fails on', () => {
  const mistakesOf = (props: Partial<PostgreSqlProps>) => shopOf(props).mistakes();
  const words = "a lower-case letter or '_', then up to 31 of these and digits";
  const free = 'a name that PostgreSQL and its own Jobs leave free';
  test.each<[Partial<PostgreSqlProps>, string]>([
    [{ storage: undefined as unknown as Storage }, "KEELSON3001 'storage' must be a value of Storage, got undefined: use Storage.dynamic(Size.gibibytes(20))"],
    [{ version: '17' as unknown as PostgreSqlVersion }, "KEELSON3001 'version' must be a value of PostgreSqlVersion, got '17': use PostgreSqlVersion.V17"],
    [{ storage: Storage.dynamic(Size.gibibytes(0)) }, "KEELSON3003 'storage.size' must be a Size of more than nothing, got 0: try Size.gibibytes(20)"],
    [{ storage: Storage.dynamic('20Gi' as unknown as Size) }, "KEELSON3003 'storage.size' must be a Size of more than nothing, got '20Gi': try Size.gibibytes(20)"],
    [{ storage: Storage.claim({ kind: 'Secret', name: 'a' }) }, "KEELSON3004 'storage' must be a PersistentVolumeClaim, got an object of another kind: try PersistentVolumeClaim.fromClaimName('orders-data')"],
    [{ storage: Storage.claim({ kind: 'PersistentVolumeClaim', name: 'a', accessMode: 'ReadOnlyMany' as never }) },
      "KEELSON3005 'storage.accessMode' must be one that can be written to, got ReadOnlyMany: use ReadWriteOncePod or ReadWriteOnce"],
    [{ credentials: DatabaseCredentials.fromSecret({ kind: 'ConfigMap', name: 'a' }) }, "KEELSON3006 'credentials.secret' must be a Secret, got the ConfigMap 'a': put the password into a Secret"],
    [{ rootCredentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('a'), { passwordKey: 'pass word' }) },
      "KEELSON3007 'rootCredentials.passwordKey' must be letters, digits, '-', '_' and '.', got 'pass word': name the key in the Secret's data"],
    [{ version: PostgreSqlVersion.of('17.2', 'postgres:17.2') }, "KEELSON3010 'version.major' must be a major version from 15 on, without a minor, got '17.2': write it like '19'"],
    [{ user: 'App' }, `KEELSON3020 'user' must be ${words}, got 'App': write it like 'orders'`],
    [{ database: 'a'.repeat(33) }, `KEELSON3020 'database' must be ${words}, got '${'a'.repeat(33)}': write it like 'orders'`],
    [{ databases: ['ok', 'no-dash'] }, `KEELSON3020 'databases.1' must be ${words}, got 'no-dash': write it like 'orders'`],
    [{ user: 'postgres' }, `KEELSON3021 'user' must be ${free}, got 'postgres': choose another name`],
    [{ database: 'template1' }, `KEELSON3021 'database' must be ${free}, got 'template1': choose another name`],
    [{ users: [{ name: 'keelson_metrics' }] }, `KEELSON3021 'users.0.name' must be ${free}, got 'keelson_metrics': choose another name`],
    [{ databases: ['app'] }, "KEELSON3022 'databases.0' must be named once, got 'app' twice: remove one of them"],
    [{ users: [{ name: 'app' }] }, "KEELSON3022 'users.0.name' must be named once, got 'app' twice: remove one of them"],
    [{ users: [{ name: 'reports', privileges: { carts: DatabasePrivilege.READ } }] },
      "KEELSON3023 'users.0.privileges.carts' must be one of the server's databases ('app'), got 'carts': add it to 'databases', or name one of these"],
    [{ users: [{ name: 'reports', privileges: { app: 'all' as DatabasePrivilege } }] },
      "KEELSON3024 'users.0.privileges.app' must be 'read', 'write' or 'own', got 'all': use DatabasePrivilege.READ, WRITE or OWN"],
    [{ startupTimeout: Duration.seconds(9) }, "KEELSON3025 'startupTimeout' must be at least 10 seconds, got 9 s: leave it out for an hour"],
    [{ readReplicas: 21 }, "KEELSON3030 'readReplicas' must be an integer from 0 to 20, got 21: leave it out for none"],
    [{ readReplicas: -1 }, "KEELSON3030 'readReplicas' must be an integer from 0 to 20, got -1: leave it out for none"],
    [{ maxConnections: 9 }, "KEELSON3032 'maxConnections' must be an integer from 10 to 10000, got 9: leave it out for 100"],
    [{ maxConnections: 10_001 }, "KEELSON3032 'maxConnections' must be an integer from 10 to 10000, got 10001: leave it out for 100"],
    [{ settings: { 'work mem': '1MB' } }, "KEELSON3033 'settings.work mem' must be a setting's name of lower-case letters, digits and '_', and a value on one line, got '1MB': write it like work_mem: '8MB'"],
    [{ settings: { work_mem: 'a\nb' } }, "KEELSON3033 'settings.work_mem' must be a setting's name of lower-case letters, digits and '_', and a value on one line, got 'a\\nb': write it like work_mem: '8MB'"],
    [{ initScripts: { 'zz.sql': '' } }, "KEELSON3034 'initScripts' must be a name that ends in '.sql' or '.sh', and doesn't begin with 'z', '_', '-' or '.', got 'zz.sql': write it like '10-tables.sql'"],
    [{ settings: { hba_file: '/tmp/x' } }, "KEELSON3035 'settings.hba_file' must be a setting that nothing else of the database depends on, got '/tmp/x': remove it"],
    [{ databases: ['archive', 'old'], users: [{ name: 'm', privileges: { app: DatabasePrivilege.READ, old: DatabasePrivilege.OWN } }] }, "KEELSON3036 'users.0.privileges' must be OWN in all databases of a PostgreSQL server, which have one owner, or in none, got OWN, but not in 'app', 'archive': give DatabasePrivilege.OWN in these too, give WRITE instead, or make another server"],
    [{ settings: { max_connections: '5' } }, "KEELSON3035 'settings.max_connections' must be a setting that nothing else of the database depends on, got '5': use 'maxConnections'"],
  ])('%#', (props, message) => {
    expect(mistakesOf(props)).toEqual([expect.stringContaining(message)]);
  });

  test('of what its pods are told too, once for all of them, at the path that users wrote', () => {
    const shop = shopOf({ readReplicas: 1, labels: { 'a b': 'c' }, resources: { cpuRequest: Cpu.units(2), cpuLimit: Cpu.units(1) } });
    shop.orders.connections.to(Peer.workload({ name: '', namespace: 'shop', ports: [Port.tcp(80)] }));
    expect(shop.mistakes().map(line => line.split(' must')[0])).toEqual([
      "[shop/orders] KEELSON1052 'labels'", "[shop/orders] KEELSON1250 'resources.cpuRequest'", "[shop/orders] KEELSON1365 'connections.to.name'",
    ]);
  });

  test('replicas of one claim', () => {
    const shop = new Shop();
    const claim = new PersistentVolumeClaim(shop.chart, 'data', { size: Size.gibibytes(1) });
    new PostgreSql(shop.chart, 'orders', { version, storage: Storage.claim(claim), readReplicas: 1 });
    expect(shop.mistakes()).toContainEqual(expect.stringContaining(
      "KEELSON3031 'readReplicas' must be left out with Storage.claim(…), which is a volume for one server, got 1 with one claim: use Storage.dynamic(…)"));
  });

  test('not on what is just within', () => {
    expect(mistakesOf({ readReplicas: 20, maxConnections: 10, startupTimeout: Duration.seconds(10), user: 'a'.repeat(32), settings: { work_mem: '' }, initScripts: { 'y.sh': '' } })).toEqual([]);
    expect(mistakesOf({ readReplicas: 0, maxConnections: 10_000 })).toEqual([]);
  });
});
