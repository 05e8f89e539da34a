import { readFileSync } from 'node:fs';
import {
  Certificate, type ClusterProfileProps, Cpu, LabelExpression, Monitoring, NodeAffinity, PersistentVolumeClaim, PodAffinity,
  PodAntiAffinity, PriorityClass, Secret, ServiceAccount, ServiceType, StorageClass, Toleration, Topology, TopologySpread, WaitFor,
  Warnings,
} from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Duration, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  type CloudNativePgOptions, DatabaseAlerts,
  DatabaseCredentials, DatabasePrivilege, DatabaseTls, PostgreSql, PostgreSqlEngine, type PostgreSqlProps,
  PostgreSqlVersion, StatefulSetStrategy, Storage,
} from '../src';
import { REFUSED } from '../src/private/cloudnative-pg/cluster-faults';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const storage = Storage.dynamic(Size.gibibytes(20));
const version = PostgreSqlVersion.V18;

function shopOf(
  props: Partial<PostgreSqlProps> = {}, options?: CloudNativePgOptions, cluster?: ClusterProfileProps,
): Shop & { orders: PostgreSql } {
  const shop = new Shop(cluster);
  const engine = PostgreSqlEngine.cloudNativePg(options);
  return Object.assign(shop, { orders: new PostgreSql(shop.chart, 'orders', { version, storage, engine, ...props }) });
}

const specOf = (props: Partial<PostgreSqlProps> = {}, options?: CloudNativePgOptions, cluster?: ClusterProfileProps): Rendered =>
  shopOf(props, options, cluster).object('Cluster', 'orders').spec as Rendered;

const mistakesOf = (props: Partial<PostgreSqlProps>, options?: CloudNativePgOptions, cluster?: ClusterProfileProps): string[] =>
  shopOf(props, options, cluster).mistakes();

const scriptOf = (props: Partial<PostgreSqlProps>, file: string): string =>
  shopOf(props).object('ConfigMap', 'orders-setup-etc-database-setup').data[file] as string;

describe('D3 F-D1 F-D2 a PostgreSQL that CloudNativePG runs', () => {
  test('is a Cluster, and what the operator makes nothing of', () => {
    const shop = shopOf({ databases: ['archive'], metrics: true, initScripts: { '10-tables.sql': 'SELECT 1;' } }, {}, { version: '1.36', monitoring: Monitoring.kubePrometheusStack() });
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    expect(shop.objects().map(({ kind, metadata }) => `${kind} ${(metadata.name as string).replace(/-[0-9a-f]{10}$/, '')}`).sort()).toEqual([
      'Cluster orders', 'ConfigMap orders-init', 'ConfigMap orders-secrets', 'ConfigMap orders-setup-etc-database-setup', 'Database orders-archive-db',
      'Job orders-secrets', 'Job orders-setup', 'NetworkPolicy orders', 'NetworkPolicy orders-secrets', 'NetworkPolicy orders-setup', 'PodMonitor orders',
      'Role orders-secrets', 'RoleBinding orders-secrets', 'ServiceAccount orders-secrets', 'ServiceAccount orders-setup',
    ]);
  });

  test('has as many instances as servers, each where another is not, and a budget where there is more than one', () => {
    expect(specOf({ readReplicas: 2 })).toMatchObject({
      instances: 3, enablePDB: true,
      affinity: {
        enablePodAntiAffinity: false,
        additionalPodAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{
          weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { 'cnpg.io/cluster': 'orders' } } },
        }] },
      },
    });
    expect(specOf()).toMatchObject({ instances: 1, enablePDB: false });
  });

  test('F-D34 runs the image of its version by its digest, or the one that is said', () => {
    const versions = [PostgreSqlVersion.V18, PostgreSqlVersion.V17, PostgreSqlVersion.V16];
    const images = versions.map(each => specOf({ version: each }).imageName as string);
    expect(images.map(image => image.replace(/@sha256:[0-9a-f]{64}$/, '@'))).toEqual([
      'ghcr.io/cloudnative-pg/postgresql:18.6-202608310817-standard-trixie@', 'ghcr.io/cloudnative-pg/postgresql:17.11-202608310816-standard-trixie@',
      'ghcr.io/cloudnative-pg/postgresql:16.15-202608310817-standard-trixie@',
    ]);
    expect(specOf({ version: PostgreSqlVersion.of('19', 'postgres:19.0'), image: 'mirror.example.com/pg:19.0' }).imageName).toBe('mirror.example.com/pg:19.0');
    expect(shopOf().orders.toolImage).toBe(images[0]);
  });

  test('is the same, byte by byte, each time', () => {
    const text = () => JSON.stringify(shopOf({ readReplicas: 2, metrics: true, users: [{ name: 'reports' }] }).objects());
    expect(text()).toBe(text());
  });

  test('is no workload of ours, and shows what the operator is told', () => {
    const { orders } = shopOf({ readReplicas: 1 });
    expect([orders.server, orders.readReplicas?.server, orders.customResource?.kind, orders.isMadeElsewhere]).toEqual([undefined, undefined, 'Cluster', true]);
    expect([orders.host, orders.readHost, orders.readReplicas?.dnsName, orders.port]).toEqual([
      'orders-rw.shop.svc.cluster.local', 'orders-ro.shop.svc.cluster.local', 'orders-ro.shop.svc.cluster.local', 5432,
    ]);
  });

  test('a backup reads it as one of ours', () => {
    const { engine, engineVersion, readHost, backupCredentials } = shopOf({ readReplicas: 1 }).orders;
    expect([engine, engineVersion, readHost, backupCredentials?.username, backupCredentials?.secret.name, backupCredentials?.passwordKey])
      .toEqual(['postgresql', '18', 'orders-ro.shop.svc.cluster.local', 'postgres', 'orders-root', 'password']);
  });

  test('PostgreSqlEngine.officialImage() is what there is without it', () => {
    const shop = new Shop();
    new PostgreSql(shop.chart, 'orders', { version, storage, engine: PostgreSqlEngine.officialImage() });
    const without = new Shop();
    new PostgreSql(without.chart, 'orders', { version, storage });
    expect(shop.objects()).toEqual(without.objects());
  });
});

describe('F-D4 F-D14 F-D20 its volume, settings and time', () => {
  test('the operator makes claims of the size and the class', () => {
    expect(specOf({ storage: Storage.dynamic(Size.gibibytes(5), StorageClass.fromStorageClassName('fast')) }).storage).toEqual({ size: '5Gi', storageClass: 'fast' });
  });

  test('D4 parameters follow from memory and volume; settings by name win', () => {
    const resources = { memoryRequest: Size.gibibytes(2), memoryLimit: Size.gibibytes(4) };
    expect(specOf({ resources, maxConnections: 50, settings: { work_mem: '64MB', 'auto_explain.log_min_duration': '1s' } }).postgresql.parameters).toMatchObject({
      shared_buffers: '1024MB', effective_cache_size: '3072MB', max_connections: '50', work_mem: '64MB', max_wal_size: '1024MB', wal_keep_size: '512MB',
      max_slot_wal_keep_size: '5120MB', 'auto_explain.log_min_duration': '1s',
    });
  });

  test('shared buffers are at most what the pod is sure to get, which is as much as the operator takes', () => {
    const resources = { memoryRequest: Size.mebibytes(512), memoryLimit: Size.gibibytes(4) };
    expect(specOf({ resources }).postgresql.parameters.shared_buffers).toBe('512MB');
  });

  test('a small volume has more room for its log than the usual least of 80 MB', () => {
    expect(specOf({ storage: Storage.dynamic(Size.mebibytes(512)) }).postgresql.parameters).toMatchObject({ max_wal_size: '128MB', wal_keep_size: '64MB' });
  });

  test('times are the operator\'s, or what is said', () => {
    expect(specOf()).not.toHaveProperty('stopDelay');
    expect(specOf({ terminationGracePeriod: Duration.minutes(10), startupTimeout: Duration.minutes(5) }))
      .toMatchObject({ startDelay: 300, stopDelay: 600, smartShutdownTimeout: 60 });
    expect(specOf({ terminationGracePeriod: Duration.hours(2) })).toMatchObject({ stopDelay: 7200, smartShutdownTimeout: 180 });
  });

  test('F-D35 shared memory is a quarter of it all', () => {
    expect(specOf({ resources: { memoryRequest: Size.gibibytes(4) } }).ephemeralVolumesSizeLimit).toEqual({ shm: '1024Mi' });
  });

  test('F-D13 scripts of SQL run once, in the order of their names', () => {
    expect(specOf({ initScripts: { '20-b.sql': 'SELECT 2;', '10-a.sql': 'SELECT 1;' } }).bootstrap.initdb.postInitSQLRefs).toEqual({
      configMapRefs: [{ name: 'orders-init', key: '10-a.sql' }, { name: 'orders-init', key: '20-b.sql' }],
    });
  });

  test('labels and annotations reach what the operator makes, but for those that it sets', () => {
    const spec = specOf({ labels: { team: 'shop', 'app.kubernetes.io/part-of': 'till' }, podLabels: { tier: 'data' }, podAnnotations: { note: 'x' } });
    expect(spec.inheritedMetadata).toEqual({ labels: { team: 'shop', 'app.kubernetes.io/part-of': 'till', tier: 'data' }, annotations: { note: 'x' } });
    expect(specOf()).not.toHaveProperty('inheritedMetadata.labels');
  });
});

describe('C4 F-D7 F-D12 users and passwords', () => {
  test('generated Secrets are such as the operator reads, and looks at again', () => {
    const script = shopOf({ users: [{ name: 'reports' }] }).object('ConfigMap', 'orders-secrets').data['generate.sh'] as string;
    expect(script.match(/kubernetes\.io\/basic-auth/g)).toHaveLength(3);
    expect(script.match(/cnpg\.io\/reload/g)).toHaveLength(3);
    expect(script).toContain('sslmode=verify-full');
  });

  test('an existing Secret, an ExternalSecret or a SealedSecret is named', () => {
    const of = (name: string) => DatabaseCredentials.fromSecret(Secret.fromSecretName(name));
    const shop = shopOf({ credentials: of('a'), rootCredentials: of('b'), users: [{ name: 'reports', credentials: of('c') }] });
    expect(shop.orders.secretGenerator).toBeUndefined();
    expect(shop.object('Cluster', 'orders').spec).toMatchObject({
      enableSuperuserAccess: true, superuserSecret: { name: 'b' }, bootstrap: { initdb: { database: 'app', owner: 'app', secret: { name: 'a' } } },
      managed: { roles: [{ name: 'reports', ensure: 'present', login: true, passwordSecret: { name: 'c' } }] },
    });
  });

  test('F-D9 another revision is another Secret, which the operator takes by itself', () => {
    expect(specOf({ rootCredentials: DatabaseCredentials.generated('2') }).superuserSecret).toEqual({ name: 'orders-root-2' });
  });

  test('who may do everything is a member of the owner, since the operator takes other memberships away', () => {
    const users = [{ name: 'migrations', privileges: { app: DatabasePrivilege.OWN } }, { name: 'reports', privileges: { app: DatabasePrivilege.READ } }];
    expect(specOf({ users }).managed.roles.map(({ inRoles }: Rendered) => inRoles)).toEqual([['app'], undefined]);
    expect(scriptOf({ users }, 'setup.sql')).not.toContain('GRANT "app" TO');
  });

  test('databases beside the first one are the operator\'s, and stay', () => {
    expect(shopOf({ databases: ['old_orders'], user: 'shop' }).object('Database', 'orders-old-orders-db').spec).toEqual({
      cluster: { name: 'orders' }, name: 'old_orders', owner: 'shop', ensure: 'present', databaseReclaimPolicy: 'retain',
    });
  });

  test('a Job gives rights, knows one password, and verifies the server', () => {
    const users = [{ name: 'reports', privileges: { app: DatabasePrivilege.READ } }];
    expect(scriptOf({ users }, 'setup.sql').split('\n')).toEqual(expect.arrayContaining([
      'REVOKE CONNECT, TEMPORARY ON DATABASE "app" FROM PUBLIC;', 'GRANT CONNECT ON DATABASE "app" TO pg_monitor;', 'GRANT CONNECT, TEMPORARY ON DATABASE "app" TO "reports";',
    ]));
    expect(scriptOf({ users }, 'setup.sql')).toMatch(/GRANT SELECT ON ALL TABLES IN SCHEMA %I TO "reports"/);
    expect(scriptOf({ users }, 'setup.sql')).not.toMatch(/password|CREATE/i);
    const script = scriptOf({ users, databases: ['archive'] }, 'setup.sh');
    expect(script).toContain('PGSSLMODE=verify-full PGSSLROOTCERT=/run/secrets/authority/ca.crt');
    expect(script).toContain("rolname IN ('postgres', 'app', 'reports')) + (SELECT count(*) FROM pg_database WHERE datname IN ('app', 'archive'))");
    expect(script).toContain('until [ "$(made)" = 5 ]');
    const job = shopOf({ users }).objects().find(({ kind, metadata }) => kind === 'Job' && (metadata.name as string).startsWith('orders-setup')) as Rendered;
    expect(job.spec).toMatchObject({ backoffLimit: 20, ttlSecondsAfterFinished: 3600 });
    const sources = (volume: Rendered): Rendered[] => volume.projected?.sources ?? [volume];
    const items = job.spec.template.spec.volumes.flatMap(sources).flatMap(({ secret }: Rendered) => secret ?? [])
      .map(({ name, secretName, items: keys }: Rendered) => `${name ?? secretName}: ${keys.map(({ key }: Rendered) => key).join()}`);
    expect(items.sort()).toEqual(['orders-app: username', 'orders-ca: ca.crt', 'orders-root: username,password', 'orders-user-reports: username']);
  });
});

describe('D5 F-D11 F-D21 clients', () => {
  const env = (shop: Shop, name: string) => Object.fromEntries(shop.object('Deployment', name).spec.template.spec.containers[0].env.map((each: Rendered) => [each.name, each.value]));

  test('get what they get from a server of ours, and the authority of the operator', () => {
    const shop = shopOf();
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    expect(shop.mistakes()).toEqual([]);
    expect(env(shop, 'storefront')).toEqual({
      PGHOST: 'orders-rw.shop.svc.cluster.local', PGPORT: '5432', PGDATABASE: 'app', PGUSER: 'app', PGPASSWORD_FILE: '/run/secrets/orders/password',
      DATABASE_URL_FILE: '/run/secrets/orders/uri', PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/run/secrets/orders/ca.crt',
    });
    expect(JSON.stringify(shop.object('Deployment', 'storefront').spec.template.spec.volumes)).toContain('{"items":[{"key":"ca.crt","path":"ca.crt"}],"name":"orders-ca"}');
    expect(specOf({ readReplicas: 1 }).certificates).toEqual({ serverAltDNSNames: ['orders-rw.shop.svc.cluster.local', 'orders-ro.shop.svc.cluster.local'] });
  });

  test('who only reads reaches the replicas', () => {
    const shop = shopOf({ readReplicas: 1 });
    new Client(shop.chart, 'reports').connections.to(shop.orders.readReplicas ?? shop.orders, { envPrefix: 'RO_' });
    expect(shop.mistakes()).toEqual([]);
    expect(env(shop, 'reports')).toMatchObject({ RO_PGHOST: 'orders-ro.shop.svc.cluster.local', RO_PGPASSWORD_FILE: '/run/secrets/orders-ro/password' });
  });

  test('may wait for it, though the operator makes the Service', () => {
    const shop = shopOf({ readReplicas: 1 });
    const storefront = new Client(shop.chart, 'storefront');
    storefront.waitFor(WaitFor.service(shop.orders));
    storefront.waitFor(WaitFor.service(shop.orders.readReplicas ?? shop.orders));
    expect(shop.mistakes().filter(line => !line.includes('KEELSON1362'))).toEqual([]);
  });

  test('without TLS are refused, unless they are let in by name', () => {
    expect(specOf().postgresql.pg_hba).toEqual(['hostnossl all all all reject']);
    expect(specOf({}, { unsafePlaintextClients: true }).postgresql).not.toHaveProperty('pg_hba');
  });
});

describe('F-D23 F-D30 D6 who gets in', () => {
  const ingressOf = (shop: Shop): Rendered[] => shop.object('NetworkPolicy', 'orders').spec.ingress as Rendered[];
  const pods = (labels: object, namespace?: string) => ({
    ...namespace === undefined ? {} : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }, podSelector: { matchLabels: labels },
  });
  const ports = (...numbers: number[]) => numbers.map(port => ({ port, protocol: 'TCP' }));

  test('the operator, the servers and clients; servers reach each other and the API server', () => {
    const shop = shopOf();
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    const { podSelector, egress } = shop.object('NetworkPolicy', 'orders').spec;
    expect(podSelector).toEqual({ matchLabels: { 'cnpg.io/cluster': 'orders' } });
    expect(ingressOf(shop)).toEqual(expect.arrayContaining([
      { from: [pods({ 'app.kubernetes.io/name': 'cloudnative-pg' }, 'cnpg-system')], ports: ports(5432, 8000) },
      { from: [pods({ 'cnpg.io/cluster': 'orders' })], ports: ports(5432, 8000) },
      { from: [pods({ 'app.kubernetes.io/instance': 'storefront' })], ports: ports(5432) },
    ]));
    expect(ingressOf(shop)).toHaveLength(4);
    expect(egress).toEqual(expect.arrayContaining([
      { to: [pods({ 'cnpg.io/cluster': 'orders' })], ports: ports(5432, 8000) }, { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: ports(443, 6443) },
    ]));
    expect(shop.object('NetworkPolicy', 'storefront').spec.egress).toContainEqual({ to: [pods({ 'cnpg.io/cluster': 'orders' })], ports: ports(5432) });
  });

  test('the operator where it is said to be', () => {
    expect(ingressOf(shopOf({}, { operatorNamespace: 'operators', operatorLabels: { name: 'pg' } }))).toContainEqual({ from: [pods({ name: 'pg' }, 'operators')], ports: ports(5432, 8000) });
  });

  test('the monitoring with metrics, by a PodMonitor of ours', () => {
    const cluster = { version: '1.33', monitoring: Monitoring.kubePrometheusStack() };
    const shop = shopOf({ metrics: true }, {}, cluster);
    expect(ingressOf(shop)).toContainEqual(expect.objectContaining({ ports: ports(9187) }));
    expect(shop.object('PodMonitor', 'orders').spec).toEqual({
      jobLabel: 'cnpg.io/cluster', selector: { matchLabels: { 'cnpg.io/cluster': 'orders', 'cnpg.io/podRole': 'instance' } }, podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }],
    });
    expect(ingressOf(shopOf({}, {}, cluster))).not.toContainEqual(expect.objectContaining({ ports: ports(9187) }));
  });

  test('nobody, with a warning, where there is no monitoring', () => {
    const shop = shopOf({ metrics: true });
    expect(Warnings.of(shop.chart)).toContain('[shop] KEELSON3124 its databases have metrics, and the cluster profile names no monitoring, so that nobody scrapes them '
      + "and nobody is let in: set the profile's 'monitoring', such as Monitoring.kubePrometheusStack()");
    expect(shop.objects().some(({ kind }) => kind === 'PodMonitor')).toBe(false);
  });

  test('the monitoring by annotations where it finds pods so', () => {
    const monitoring = Monitoring.of({ pods: { namespace: 'monitoring', labels: { app: 'prometheus' } }, scrapeAnnotations: true });
    const shop = shopOf({ metrics: true }, {}, { version: '1.33', monitoring });
    expect(shop.objects().some(({ kind }) => kind === 'PodMonitor')).toBe(false);
    expect(shop.object('Cluster', 'orders').spec.inheritedMetadata.annotations).toEqual({
      'prometheus.io/path': '/metrics', 'prometheus.io/port': '9187', 'prometheus.io/scrape': 'true',
    });
  });

  test('D2 clients from outside reach the server that takes changes', () => {
    const { spec } = shopOf({ externalAccess: ServiceType.nodePort(), externalNodePort: 30_432 }).object('Service', 'orders-external');
    expect(spec).toMatchObject({ type: 'NodePort', selector: { 'cnpg.io/cluster': 'orders', 'cnpg.io/instanceRole': 'primary' }, ports: [{ port: 5432, targetPort: 'postgresql', nodePort: 30_432 }] });
  });
});

describe('fails on', () => {
  const cnpg = 'PostgreSqlEngine.cloudNativePg()';

  test.each<[Partial<PostgreSqlProps>, string]>([
    [{ engine: 'cnpg' as unknown as PostgreSqlEngine }, "KEELSON3001 'engine' must be a value of PostgreSqlEngine, got 'cnpg': use PostgreSqlEngine.cloudNativePg()"],
    [{ name: '1a' }, "KEELSON3115 'name' must be a lower-case letter, then up to 49 of these, digits and '-', as CloudNativePG wants the name of a Cluster, got '1a': write it like 'orders'"],
    [{ version: PostgreSqlVersion.of('19', 'postgres:19.0') }, "KEELSON3111 'version' must be one whose image of CloudNativePG is known, or is given, got 19, of which no image of CloudNativePG's is known: "
      + "say it: image: 'ghcr.io/cloudnative-pg/postgresql:19.0-standard-trixie@sha256:…'"],
    [{ image: 'mirror.example.com:5000/pg:17.2' }, "KEELSON3112 'image' must be an image whose tag begins with the major version, 18: CloudNativePG reads it there, got 'mirror.example.com:5000/pg:17.2': "
      + 'name one of ghcr.io/cloudnative-pg/postgresql, or one made from it'],
    [{ storage: Storage.unsafeEphemeral(Size.gibibytes(1)) }, `KEELSON3114 'storage' must be Storage.dynamic(…) with ${cnpg}, which makes the claims, got another one: use Storage.dynamic(Size.gibibytes(20))`],
    [{ storage: Storage.local('node-1', '/mnt/orders', Size.gibibytes(1)) }, `KEELSON3114 'storage' must be Storage.dynamic(…) with ${cnpg}, which makes the claims, got another one: use Storage.dynamic(Size.gibibytes(20))`],
    [{ storage: Storage.claim(PersistentVolumeClaim.fromClaimName('a')) }, `KEELSON3114 'storage' must be Storage.dynamic(…) with ${cnpg}, which makes the claims, got another one: use Storage.dynamic(Size.gibibytes(20))`],
    [{ credentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('a'), { passwordKey: 'pw' }) },
      `KEELSON3117 'credentials.passwordKey' must be 'password' with ${cnpg}, got 'pw': have the Secret's keys be 'username' and 'password'`],
    [{ rootCredentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('a'), { passwordKey: 'pw' }) },
      `KEELSON3117 'rootCredentials.passwordKey' must be 'password' with ${cnpg}, got 'pw': have the Secret's keys be 'username' and 'password'`],
    [{ users: [{ name: 'reports', credentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('a'), { passwordKey: 'pw' }) }] },
      `KEELSON3117 'users.0.credentials.passwordKey' must be 'password' with ${cnpg}, got 'pw': have the Secret's keys be 'username' and 'password'`],
    [{ initScripts: { 'a.sh': 'true' } }, `KEELSON3116 'initScripts' must be a file of SQL with ${cnpg}, which runs no programs, got 'a.sh': write it as '.sql'`],
    [{ terminationGracePeriod: Duration.seconds(19) }, `KEELSON3122 'terminationGracePeriod' must be at least 20 seconds with ${cnpg}, got 19 s: leave it out for half an hour`],
    [{ user: 'streaming_replica' }, "KEELSON3021 'user' must be a name that PostgreSQL and its own Jobs leave free, got 'streaming_replica': choose another name"],
    [{ user: 'cnpg_app' }, "KEELSON3120 'user' must be a name that CloudNativePG leaves free: it doesn't begin with 'cnpg_', got 'cnpg_app': choose another name"],
    [{ users: [{ name: 'cnpg_app' }] }, "KEELSON3120 'users.0.name' must be a name that CloudNativePG leaves free: it doesn't begin with 'cnpg_', got 'cnpg_app': choose another name"],
    [{ settings: { archive_mode: 'off' } }, "KEELSON3113 'settings.archive_mode' must be a setting that CloudNativePG leaves to others, got 'off': remove it"],
    [{ settings: { 'cnpg.config_sha256': 'x' } }, "KEELSON3113 'settings.cnpg.config_sha256' must be a setting that CloudNativePG leaves to others, got 'x': remove it"],
    [{ settings: { port: '1' } }, "KEELSON3035 'settings.port' must be a setting that nothing else of the database depends on, got '1': remove it: Services, probes and network policies lead where the server listens now"],
    [{ settings: { shared_buffers: 'much' } }, "KEELSON3118 'settings.shared_buffers' must be a number with kB, MB, GB or TB, which CloudNativePG reads, got 'much': write it like '256MB'"],
    [{ settings: { shared_buffers: '1025MB' } }, "KEELSON3119 'settings.shared_buffers' must be at most 'resources.memoryRequest', got '1025MB': raise that, or lower this"],
    [{ settings: { min_wal_size: '1GB' } }, "KEELSON3119 'settings.min_wal_size' must be less than 'max_wal_size', '1024MB', got '1GB': lower it, or raise that"],
    [{ settings: { hot_standby_feedback: 'maybe' } }, "KEELSON3118 'settings.hot_standby_feedback' must be 'on' or 'off', got 'maybe': write it so"],
    [{ settings: { wal_log_hints: 'off' }, readReplicas: 1 }, "KEELSON3118 'settings.wal_log_hints' must be 'on' with 'readReplicas', got 'off': remove it"],
    [{ settings: { wal_level: 'minimal' } }, "KEELSON3118 'settings.wal_level' must be 'logical' or 'replica', got 'minimal': leave it out for 'logical'"],
    [{ readReplicas: 21 }, "KEELSON3030 'readReplicas' must be an integer from 0 to 20, got 21: leave it out for none"],
  ])('%#', (props, message) => {
    expect(mistakesOf(props)).toEqual([`[shop/orders] ${message}`]);
  });

  test('a name that the operator has no room for; its Jobs have less', () => {
    expect(mistakesOf({ name: 'a'.repeat(51) })).toContain(`[shop/orders] KEELSON3115 'name' must be a lower-case letter, then up to 49 of these, digits and '-', as CloudNativePG wants the name of a Cluster, got '${'a'.repeat(51)}': write it like 'orders'`);
    expect(mistakesOf({ name: 'a'.repeat(50) }).join()).not.toContain('KEELSON3115');
  });

  test('what its pods are told, as of one of ours', () => {
    const props = { labels: { 'a b': 'c' }, resources: { cpuRequest: Cpu.units(2), cpuLimit: Cpu.units(1) } };
    expect(mistakesOf(props).map(line => line.split(' must')[0])).toEqual([
      "[shop/orders] KEELSON1052 'labels'", "[shop/orders] KEELSON1250 'resources.cpuRequest'",
    ]);
  });

  test('an operator that is nowhere', () => {
    expect(mistakesOf({}, { operatorNamespace: 'A', operatorLabels: {} })).toEqual([
      expect.stringContaining("[shop/orders] KEELSON1062 'engine.operatorNamespace' must be"),
      "[shop/orders] KEELSON3123 'engine.operatorLabels' must be one label at least, or all pods of the namespace were let in, got none: leave it out",
    ]);
  });

  test('a cluster that has no such operator, or no PodMonitors', () => {
    const customResources = ['postgresql.cnpg.io/v1/Cluster'];
    expect(mistakesOf({}, {}, { version: '1.33', customResources })).toEqual([
      "[shop/orders] KEELSON3121 'engine' must be one that the cluster has, got CloudNativePG, but the cluster profile's customResources don't have it: install the operator and add "
      + "'postgresql.cnpg.io/v1/Cluster' and 'postgresql.cnpg.io/v1/Database' to customResources, or leave it out",
    ]);
    expect(mistakesOf({ metrics: true }, {}, { version: '1.33', monitoring: Monitoring.kubePrometheusStack(), customResources: [...customResources, 'postgresql.cnpg.io/v1/Database'] })).toEqual([
      "[shop/orders] KEELSON3125 'metrics' must be such as the monitoring finds, got some, with a cluster profile that has no PodMonitors: add 'monitoring.coreos.com/v1/PodMonitor' "
      + "to the profile's 'customResources', or say 'scrapeAnnotations' in its 'monitoring'",
    ]);
  });

  test('not on what is just within', () => {
    expect(mistakesOf({
      name: 'a'.repeat(44), image: 'mirror.example.com:5000/pg:18-x@sha256:c2a773217853c6e0ffe7da9c37ea456466efb20cf844f27511a73fa6a81e3152', terminationGracePeriod: Duration.seconds(20),
      settings: { shared_buffers: '1GB', min_wal_size: '1023MB', hot_standby_feedback: 'ON', wal_level: 'replica' }, databases: ['z_'],
    })).toEqual([]);
  });
});

/** For every prop, where a Cluster has it, or how it is refused. */
const RENDERED: { readonly [prop: string]: [Partial<PostgreSqlProps>, (spec: Rendered, shop: Shop) => unknown] } = {
  version: [{ version: PostgreSqlVersion.V16 }, spec => spec.imageName],
  engine: [{ engine: PostgreSqlEngine.cloudNativePg({ unsafePlaintextClients: true }) }, spec => spec.postgresql.pg_hba],
  storage: [{ storage: Storage.dynamic(Size.gibibytes(7)) }, spec => spec.storage.size],
  name: [{ name: 'other' }, (_, shop) => shop.objects().map(({ kind, metadata }) => `${kind} ${metadata.name}`)],
  labels: [{ labels: { a: 'b' } }, spec => spec.inheritedMetadata],
  annotations: [{ annotations: { a: 'b' } }, (_, shop) => shop.objects().find(({ kind }) => kind === 'Cluster')?.metadata.annotations],
  image: [{ image: 'mirror.example.com/pg:18.1' }, spec => spec.imageName],
  resources: [{ resources: { memoryRequest: Size.gibibytes(3) } }, spec => spec.resources],
  user: [{ user: 'shop' }, spec => spec.bootstrap.initdb.owner],
  credentials: [{ credentials: DatabaseCredentials.generated('2') }, spec => spec.bootstrap.initdb.secret],
  rootCredentials: [{ rootCredentials: DatabaseCredentials.generated('2') }, spec => spec.superuserSecret],
  settings: [{ settings: { work_mem: '1MB' } }, spec => spec.postgresql.parameters],
  startupTimeout: [{ startupTimeout: Duration.minutes(1) }, spec => spec.startDelay],
  externalAccess: [{ externalAccess: ServiceType.nodePort() }, (_, shop) => shop.objects().length],
  externalAnnotations: [{ externalAccess: ServiceType.nodePort(), externalAnnotations: { a: 'b' } }, (_, shop) => shop.objects().find(({ kind }) => kind === 'Service')?.metadata],
  externalNodePort: [{ externalAccess: ServiceType.nodePort(), externalNodePort: 30_001 }, (_, shop) => shop.objects().find(({ kind }) => kind === 'Service')?.spec.ports],
  metrics: [{ metrics: true }, (_, shop) => shop.objects().some(({ kind }) => kind === 'PodMonitor')],
  clientVariables: [{ clientVariables: {} }, (_, shop) => JSON.stringify(shop.objects())],
  passwordsInEnvironment: [{ passwordsInEnvironment: true }, (_, shop) => JSON.stringify(shop.objects())],
  database: [{ database: 'shop' }, spec => spec.bootstrap.initdb.database],
  databases: [{ databases: ['archive'] }, (_, shop) => shop.objects().length],
  users: [{ users: [{ name: 'reports' }] }, spec => spec.managed],
  initScripts: [{ initScripts: { 'a.sql': '' } }, spec => spec.bootstrap.initdb.postInitSQLRefs],
  readReplicas: [{ readReplicas: 1 }, spec => spec.instances],
  maxConnections: [{ maxConnections: 10 }, spec => spec.postgresql.parameters.max_connections],
  terminationGracePeriod: [{ terminationGracePeriod: Duration.minutes(1) }, spec => spec.stopDelay],
  runAsUser: [{ runAsUser: 20_001 }, spec => spec.postgresUID],
  runAsGroup: [{ runAsGroup: 20_001 }, spec => spec.postgresGID],
  unsafeLowUserIds: [{ runAsUser: 999, unsafeLowUserIds: true }, spec => spec.postgresUID],
  nodeSelector: [{ nodeSelector: { disk: 'ssd' } }, spec => spec.affinity.nodeSelector],
  nodeAffinity: [{ nodeAffinity: [NodeAffinity.required(LabelExpression.in('disk', ['ssd']))] }, spec => spec.affinity.nodeAffinity],
  podAffinity: [{ podAffinity: [PodAffinity.preferred(1, { labels: { a: 'b' }, topology: Topology.ZONE })] }, spec => spec.affinity.additionalPodAffinity],
  podAntiAffinity: [{ podAntiAffinity: [PodAntiAffinity.preferred(1, { labels: { a: 'b' }, topology: Topology.ZONE })] }, spec => spec.affinity.additionalPodAntiAffinity],
  topologySpread: [{ readReplicas: 1, topologySpread: [TopologySpread.over(Topology.HOSTNAME)] }, spec => spec.topologySpreadConstraints],
  tolerations: [{ tolerations: [Toleration.exists('db')] }, spec => spec.affinity.tolerations],
  priorityClass: [{ priorityClass: PriorityClass.fromPriorityClassName('high') }, spec => spec.priorityClassName],
  podLabels: [{ podLabels: { a: 'b' } }, spec => spec.inheritedMetadata],
  podAnnotations: [{ podAnnotations: { a: 'b' } }, spec => spec.inheritedMetadata],
};

const REFUSALS: { readonly [prop: string]: Partial<PostgreSqlProps> } = {
  alerts: { alerts: DatabaseAlerts.of(), metrics: true },
  initContainers: { initContainers: [{ name: 'a', image: 'a:1' }] }, sidecars: { sidecars: [{ name: 'a', image: 'a:1' }] }, containers: { containers: [{ name: 'a', image: 'a:1' }] },
  serviceAccount: { serviceAccount: ServiceAccount.fromServiceAccountName('a') }, fsGroup: { fsGroup: 20_001 }, unsafeHostNetwork: { unsafeHostNetwork: true },
  updateStrategy: { updateStrategy: StatefulSetStrategy.onDelete() },
  replicaUpdateStrategy: { replicaUpdateStrategy: StatefulSetStrategy.onDelete(), readReplicas: 1 },
  dnsOptions: { dnsOptions: { ndots: '1' } }, previousRootCredentials: { previousRootCredentials: DatabaseCredentials.generated() },
  tls: { tls: DatabaseTls.required(Certificate.issuedBy('internal-ca')) },
};

describe('every prop', () => {
  interface Type { readonly properties?: { readonly name: string }[]; readonly interfaces?: string[] }
  interface Assembly { readonly types: { readonly [fqn: string]: Type | undefined } }
  const assembly = (file: string) => JSON.parse(readFileSync(require.resolve(file), 'utf8')) as Assembly;
  const types = { ...assembly('@keelson/core/.jsii').types, ...(JSON.parse(readFileSync('.jsii', 'utf8')) as Assembly).types };
  const membersOf = (fqn: string): string[] =>
    [...types[fqn]?.properties?.map(({ name }) => name) ?? [], ...(types[fqn]?.interfaces ?? []).flatMap(membersOf)];
  const props = membersOf('@keelson/data.PostgreSqlProps').sort();

  test('is rendered or refused, one of the two', () => {
    expect([...Object.keys(RENDERED), ...REFUSED.keys()].sort()).toEqual(props);
    expect(Object.keys(REFUSALS).sort()).toEqual([...REFUSED.keys()].sort());
  });

  test.each(Object.entries(RENDERED))('%s makes a difference', (_, [given, look]) => {
    const of = (each: Partial<PostgreSqlProps>) => {
      const shop = shopOf(each, {}, { version: '1.36', monitoring: Monitoring.kubePrometheusStack() });
      new Client(shop.chart, 'storefront').connections.to(shop.orders);
      expect(shop.mistakes()).toEqual([]);
      return look(shop.objects().find(({ kind }) => kind === 'Cluster')?.spec as Rendered, shop);
    };
    expect(of(given)).not.toEqual(of({}));
  });

  test.each(Object.entries(REFUSALS))('%s is refused by name', (prop, given) => {
    expect(mistakesOf(given)).toEqual([`[shop/orders] KEELSON3110 '${prop}' must be left out with PostgreSqlEngine.cloudNativePg(), got it: ${REFUSED.get(prop as keyof PostgreSqlProps)}`]);
  });
});
