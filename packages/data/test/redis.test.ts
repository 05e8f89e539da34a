import { Monitoring, PersistentVolumeClaim, Secret } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Duration, Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConnectionValue, DatabaseCredentials, Redis, RedisEviction, RedisPersistence, RedisVersion, Storage, type RedisProps } from '../src';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const storage = Storage.dynamic(Size.gibibytes(5));
const version = RedisVersion.V8_10;
const monitored = { version: '1.33', monitoring: Monitoring.kubePrometheusStack() };

/** What a client is told, as `name=value`; what is a Secret's as `name=secret.key`. */
function toldBy(shop: Shop): string[] {
  const [container] = shop.object('Deployment', 'storefront').spec.template.spec.containers;
  return container.env.map(({ name, value, valueFrom }: Rendered) => `${name}=${value ?? `${valueFrom.secretKeyRef.name}.${valueFrom.secretKeyRef.key}`}`).sort();
}

function shopOf(props: Partial<RedisProps> = {}, cluster?: ConstructorParameters<typeof Shop>[0]): Shop & { sessions: Redis } {
  const shop = new Shop(cluster);
  return Object.assign(shop, { sessions: new Redis(shop.chart, 'sessions', { version, storage, ...props }) });
}

const podOf = (props: Partial<RedisProps> = {}): Rendered => shopOf(props, monitored).object('StatefulSet', 'sessions').spec.template.spec;
const containerOf = ({ initContainers, containers }: Rendered, name: string): Rendered =>
  [...initContainers, ...containers].find((each: Rendered) => each.name === name);
const configurationOf = (props: Partial<RedisProps> = {}, id = 'redis'): Record<string, string> => Object.fromEntries(
  (shopOf(props).object('ConfigMap', `sessions-etc-${id}`).data[`${id}.conf`] as string).trimEnd().split('\n').map((line) => {
    const [name = '', ...words] = line.split(' ');
    return [name, words.join(' ')];
  }),
);
const usersOf = (props: Partial<RedisProps> = {}): string[] => {
  const lines: string[] = containerOf(podOf(props), 'prepare').command[2].split('\n');
  return lines.filter(line => line.startsWith('user '));
};

describe('D1 D3 a Redis server', () => {
  test('is a StatefulSet with its Services and its volume, which an API server takes', () => {
    const shop = shopOf();
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    expect(shop.objects().map(({ kind, metadata }) => `${kind} ${(metadata.name as string).replace(/-[0-9a-f]{10}$/, '')}`).sort()).toEqual([
      'ConfigMap sessions-etc-redis', 'ConfigMap sessions-secrets', 'Job sessions-secrets', 'NetworkPolicy sessions', 'NetworkPolicy sessions-secrets',
      'PodDisruptionBudget sessions', 'Role sessions-secrets', 'RoleBinding sessions-secrets', 'Service sessions-headless', 'Service sessions-rw', 'ServiceAccount sessions',
      'ServiceAccount sessions-secrets', 'StatefulSet sessions',
    ]);
    expect([shop.sessions.engine, shop.sessions.engineVersion, shop.sessions.port, shop.sessions.databaseName, shop.sessions.setup]).toEqual(['redis', '8.10', 6379, '0', undefined]);
    expect(shop.sessions.backupCredentials).toMatchObject({ username: 'admin', secret: { name: 'sessions-root' }, passwordKey: 'password' });
  });

  test('is Valkey by another version', () => {
    const shop = shopOf({ version: RedisVersion.VALKEY_9_1 });
    expect(shop.mistakes()).toEqual([]);
    const { containers, initContainers } = shop.object('StatefulSet', 'sessions').spec.template.spec;
    expect(containers[0].image).toMatch(/^docker\.io\/valkey\/valkey:9\.1\.2@sha256:[0-9a-f]{64}$/);
    expect(containers[0]).toMatchObject({ args: ['valkey-server', '/etc/valkey/valkey.conf'], ports: [{ name: 'valkey', containerPort: 6379, protocol: 'TCP' }] });
    expect(containers[0].readinessProbe.exec.command[2]).toMatch(/^valkey-cli .* ping \| grep -qx PONG && /);
    expect(initContainers[0].command[2]).toContain('valkey-server --version');
    expect([shop.sessions.engine, shop.sessions.engineVersion]).toEqual(['valkey', '9.1']);
  });

  test('V1 keeps its data in a sub-directory of the volume, where the image\'s entry point may write', () => {
    const server = containerOf(podOf(), 'sessions');
    expect(server.volumeMounts).toContainEqual({ mountPath: '/var/lib/data', name: 'data' });
    expect(server.workingDir).toBe('/var/lib/data');
    expect(configurationOf().dir).toBe('/var/lib/data/redis');
  });

  test('F-D10 has no password, neither as a variable nor as a file', () => {
    const server = containerOf(podOf({ metrics: true }), 'sessions');
    expect(server.env).toBeUndefined();
    expect(server.volumeMounts.map(({ mountPath }: Rendered) => mountPath).sort()).toEqual(['/etc/redis', '/run/redis-users', '/tmp', '/var/lib/data']);
    const users = shopOf().object('StatefulSet', 'sessions').spec.template.spec.volumes.find(({ name }: Rendered) => name === 'run-redis-users');
    expect(users.emptyDir).toEqual({ medium: 'Memory', sizeLimit: '1Mi' });
  });

  test('F-D9 has another password after another revision, by a restart', () => {
    const names = (props: Partial<RedisProps>) => JSON.stringify(podOf(props).volumes.filter(({ name }: Rendered) => name.startsWith('run-secrets')));
    expect(names({ credentials: DatabaseCredentials.generated('2') })).toContain('"name":"sessions-app-2"');
    expect(names({ rootCredentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('brought'), { passwordKey: 'pw' }) })).toContain('{"key":"pw","path":"password"}');
  });

  test('has nothing of databases, whatever JavaScript says', () => {
    const more = { database: 'shop', databases: ['a'], users: [{ name: 'b' }], initScripts: { 'a.sql': '' }, previousRootCredentials: DatabaseCredentials.generated('0') } as object;
    expect(JSON.stringify(shopOf(more).objects())).toBe(JSON.stringify(shopOf().objects()));
  });

  test('is the same, byte by byte, each time', () => {
    const text = () => JSON.stringify(shopOf({ metrics: true, cache: true, unsafeCommands: ['keys'] }, monitored).objects());
    expect(text()).toBe(text());
  });
});

describe('D4 F-D14 the configuration', () => {
  const resources = (mebibytes: number) => ({ resources: { memoryRequest: Size.mebibytes(mebibytes) } });

  test('has room for a fork, where one writes the data out', () => {
    const snapshots = { ...resources(1024), persistence: RedisPersistence.SNAPSHOTS };
    expect([{}, resources(1024), snapshots].map(props => configurationOf(props).maxmemory)).toEqual(['307mb', '614mb', '614mb']);
    expect(configurationOf({ ...resources(1024), cache: true, storage: Storage.unsafeEphemeral(Size.gibibytes(1)) }).maxmemory).toBe('819mb');
    expect(configurationOf({ resources: { memoryRequest: Size.mebibytes(512), memoryLimit: Size.gibibytes(2) } }).maxmemory).toBe('1228mb');
  });

  test('drops nothing, and writes each change, unless told otherwise', () => {
    expect(configurationOf()).toMatchObject({ 'maxmemory-policy': 'noeviction', 'appendonly': 'yes', 'appendfsync': 'everysec', 'save': '""', 'protected-mode': 'yes' });
    expect(configurationOf({ eviction: RedisEviction.VOLATILE_TTL, persistence: RedisPersistence.SNAPSHOTS })).toMatchObject({
      'maxmemory-policy': 'volatile-ttl', 'appendonly': 'no', 'save': '3600 1 300 100 60 10000',
    });
  });

  test('of a cache', () => {
    const ephemeral = Storage.unsafeEphemeral(Size.gibibytes(1));
    expect(configurationOf({ cache: true })).toMatchObject({ 'maxmemory-policy': 'allkeys-lru', 'appendonly': 'yes' });
    expect(configurationOf({ cache: true, storage: ephemeral })).toMatchObject({ 'maxmemory-policy': 'allkeys-lru', 'appendonly': 'no', 'save': '""' });
    const kept = { eviction: RedisEviction.ALLKEYS_LFU, persistence: RedisPersistence.SNAPSHOTS };
    expect(configurationOf({ cache: true, storage: ephemeral, ...kept })).toMatchObject({ 'maxmemory-policy': 'allkeys-lfu', 'appendonly': 'no', 'save': '3600 1 300 100 60 10000' });
    expect(configurationOf({ storage: ephemeral })).toMatchObject({ 'maxmemory-policy': 'noeviction', 'appendonly': 'yes' });
  });

  test('takes settings, which win', () => {
    const settings = { 'maxmemory': '100mb', 'appendfsync': 'always', 'client-output-buffer-limit': 'normal 0 0 0', 'notify-keyspace-events': '' };
    expect(configurationOf({ settings })).toMatchObject({
      'maxmemory': '100mb', 'appendfsync': 'always', 'client-output-buffer-limit': 'normal 0 0 0', 'notify-keyspace-events': '""',
    });
  });

  test('never gives all of the memory to data', () => {
    fc.assert(fc.property(fc.integer({ min: 8, max: 1024 * 1024 }), fc.boolean(), (mebibytes, cache) => {
      const { maxmemory = '' } = configurationOf({ ...resources(mebibytes), ...cache ? { cache, storage: Storage.unsafeEphemeral(Size.gibibytes(1)) } : {} });
      const share = Number(maxmemory.replace('mb', '')) / mebibytes;
      expect(share).toBeGreaterThan(cache ? 0.6 : 0.4);
      expect(share).toBeLessThanOrEqual(cache ? 0.8 : 0.6);
    }), { numRuns: 20 });
  });
});

describe('F-D12 users', () => {
  const client = '~* &* +@all -@admin -@dangerous +info';

  test('are the clients\' one, also without a name, who may do everything, and the probes\'', () => {
    expect(usersOf()).toEqual([
      `user default reset on $app ${client}`, `user app reset on $app ${client}`, 'user admin reset on $root ~* &* +@all', 'user keelson_probe reset on nopass +ping',
    ]);
    expect(usersOf({ user: 'default' }).slice(0, 2)).toEqual([`user default reset on $app ${client}`, 'user admin reset on $root ~* &* +@all']);
  });

  test('may empty a cache, and use more commands where asked', () => {
    expect(usersOf({ cache: true, unsafeCommands: ['keys', 'client|list', 'ft._list'] })[1]).toBe(`user app reset on $app ${client} +flushdb +keys +client|list +ft._list`);
  });
});

describe('D5 clients', () => {
  test('get where it is and how to sign in, and are let in', () => {
    const shop = shopOf({ user: 'shop' });
    new Client(shop.chart, 'storefront').connections.to(shop.sessions);
    expect(shop.mistakes()).toEqual([]);
    expect(toldBy(shop)).toEqual([
      'REDIS_HOST=sessions-rw.shop.svc.cluster.local', 'REDIS_PASSWORD_FILE=/run/secrets/sessions/password', 'REDIS_PORT=6379',
      'REDIS_URL_FILE=/run/secrets/sessions/uri', 'REDIS_USERNAME=shop',
    ]);
    expect(shop.object('ConfigMap', 'sessions-secrets').data['generate.sh']).toContain(String.raw`redis://shop:'"$r1"'@sessions-rw.shop.svc.cluster.local:6379/0`);
    expect(shop.object('NetworkPolicy', 'sessions').spec.ingress).toEqual([
      { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'storefront' } } }], ports: [{ port: 6379, protocol: 'TCP' }] },
    ]);
  });

  test('get the password in their environment where asked, and all of it by other names', () => {
    const shop = shopOf({ passwordsInEnvironment: true });
    new Client(shop.chart, 'storefront').connections.to(shop.sessions);
    expect(toldBy(shop).slice(1)).toEqual(['REDIS_PASSWORD=sessions-app.password', 'REDIS_PORT=6379', 'REDIS_URL=sessions-app.uri', 'REDIS_USERNAME=app']);
    const other = shopOf({ clientVariables: { CACHE_URL: ConnectionValue.URI } });
    new Client(other.chart, 'storefront').connections.to(other.sessions);
    expect(toldBy(other)).toEqual(['CACHE_URL=sessions-app.uri']);
  });
});

describe('F-D19 F-D20 life', () => {
  test('loading is neither failing nor ready', () => {
    const { startupProbe, livenessProbe, readinessProbe } = containerOf(podOf(), 'sessions');
    expect(startupProbe).toMatchObject({ periodSeconds: 10, failureThreshold: 360, exec: livenessProbe.exec });
    expect(readinessProbe.exec.command).toEqual(['sh', '-c', 'redis-cli -h 127.0.0.1 --user keelson_probe --pass none --no-auth-warning ping | grep -qx PONG && { [ ! -e /var/lib/data/initialised.next ] || mv /var/lib/data/initialised.next /var/lib/data/initialised; }']);
    expect(containerOf(podOf({ startupTimeout: Duration.seconds(61) }), 'sessions').startupProbe.failureThreshold).toBe(7);
  });

  test('three minutes to end, in which it writes its data', () => {
    expect(podOf().terminationGracePeriodSeconds).toBe(180);
  });
});

describe('D6 F-D22 metrics', () => {
  test('come from a sidecar whose user reads statistics, and no key', () => {
    const pod = podOf({ metrics: true });
    expect(usersOf({ metrics: true }).at(-1)).toBe(
      'user keelson_metrics reset on $metrics +ping +info +config|get +client|setname +slowlog|len +slowlog|get +latency|latest +latency|histogram',
    );
    const exporter = containerOf(pod, 'metrics');
    expect(exporter).toMatchObject({
      args: ['--redis.addr=redis://127.0.0.1:6379', '--redis.user=keelson_metrics', '--redis.password-file=/run/redis-metrics/passwords.json'],
      ports: [{ containerPort: 9121, name: 'metrics' }],
    });
    expect(exporter.volumeMounts).toContainEqual({ mountPath: '/run/redis-metrics', name: 'run-redis-metrics', readOnly: true });
    expect(pod.initContainers.map(({ name }: Rendered) => name)).toEqual(['check-version', 'prepare', 'metrics']);
  });
});

describe('fails on', () => {
  const mistakesOf = (props: Partial<RedisProps>) => shopOf(props).mistakes();
  const setting = "a setting's name of lower-case letters, digits and '-', and a value on one line";
  const ours = 'a setting of Redis that nothing else depends on';
  const command = "a command in lower-case letters, and behind '|' one of its subcommands";
  test.each<[Partial<RedisProps>, string]>([
    [{ version: '8.10' as unknown as RedisVersion }, "KEELSON3001 'version' must be a value of RedisVersion, got '8.10': use RedisVersion.V8_10"],
    [{ version: RedisVersion.of('8', 'redis:8') }, "KEELSON3080 'version.version' must be major and minor number, from 7.0 on, got '8': write it like '8.12'"],
    [{ version: RedisVersion.of('6.2', 'redis:6.2') }, "KEELSON3080 'version.version' must be major and minor number, from 7.0 on, got '6.2': write it like '8.12'"],
    [{ version: RedisVersion.valkeyOf('9.1.2', 'valkey:9') }, "KEELSON3080 'version.version' must be major and minor number, from 7.0 on, got '9.1.2': write it like '9.2'"],
    [{ eviction: 'lru' as RedisEviction },
      "KEELSON3081 'eviction' must be 'noeviction', 'allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl', got 'lru': use one such as RedisEviction.ALLKEYS_LRU"],
    [{ persistence: 'aof' as RedisPersistence }, "KEELSON3081 'persistence' must be 'append-only', 'snapshots', 'none', got 'aof': use one such as RedisPersistence.APPEND_ONLY"],
    [{ persistence: RedisPersistence.NONE },
      "KEELSON3082 'persistence' must be RedisPersistence.APPEND_ONLY or SNAPSHOTS there, got 'none' with a volume that stays: use Storage.unsafeEphemeral(…) where nothing is to stay"],
    [{ settings: { 'Save': '1 1' } }, `KEELSON3083 'settings.Save' must be ${setting}, got '1 1': write it like 'lazyfree-lazy-expire': 'yes'`],
    [{ settings: { hz: '10\nuser x' } }, `KEELSON3083 'settings.hz' must be ${setting}, got '10\\nuser x': write it like 'lazyfree-lazy-expire': 'yes'`],
    [{ settings: { hz: 10 as unknown as string } }, "KEELSON3194 'settings.hz' must be a map of texts, got 10: put it in quotes: '10'"],
    [{ settings: { dir: '/tmp' } }, `KEELSON3084 'settings.dir' must be ${ours}, got '/tmp': remove it: what is mounted, and what probes ask, is where the server looks now`],
    [{ settings: { save: '' } }, `KEELSON3084 'settings.save' must be ${ours}, got '': use 'persistence'`],
    [{ settings: { 'maxmemory-policy': 'allkeys-lru' } }, `KEELSON3084 'settings.maxmemory-policy' must be ${ours}, got 'allkeys-lru': use 'eviction'`],
    [{ unsafeCommands: ['keys', '@all -info'] }, `KEELSON3085 'unsafeCommands.1' must be ${command}, got '@all -info': write it like 'keys' or 'client|list'`],
    [{ unsafeCommands: ['KEYS'] }, `KEELSON3085 'unsafeCommands.0' must be ${command}, got 'KEYS': write it like 'keys' or 'client|list'`],
    [{ user: 'admin' }, "KEELSON3021 'user' must be a name that Redis and its own Jobs leave free, got 'admin': choose another name"],
    [{ user: 'keelson_probe' }, "KEELSON3021 'user' must be a name that Redis and its own Jobs leave free, got 'keelson_probe': choose another name"],
    [{ startupTimeout: 60 as unknown as Duration }, "KEELSON3025 'startupTimeout' must be at least 10 seconds, got 60: leave it out for an hour"],
  ])('%#', (props, message) => {
    expect(mistakesOf(props)).toEqual([`[shop/sessions] ${message}`]);
  });

  test('nothing that is right', () => {
    const all = [
      { version: RedisVersion.of('7.0', 'registry.example.com/redis:7.0') }, { version: RedisVersion.valkeyOf('10.0', 'registry.example.com/valkey:10.0') }, { version: RedisVersion.V7_4 },
      { version: RedisVersion.VALKEY_8_1 }, { storage: Storage.claim(PersistentVolumeClaim.fromClaimName('data')) }, { user: 'default' },
      ...Object.values(RedisEviction).map(eviction => ({ eviction })),
      { persistence: RedisPersistence.NONE, storage: Storage.unsafeEphemeral(Size.gibibytes(1)) }, { startupTimeout: Duration.seconds(10) },
    ];
    for (const props of all) expect(mistakesOf(props)).toEqual([]);
  });
});
