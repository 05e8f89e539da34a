import { Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Redis, RedisPersistence, RedisVersion, Storage, type RedisProps } from '../../src';
import { Shop, type Rendered } from '../rendered';
import { RedisSandbox } from './redis-server';

/** What nobody would choose, and all that somebody's own Secret may hold. */
const AWKWARD = String.raw`it's "a" \ $PATH $(id) %41 #x >y ~z {b} ü`;
const passwords = { root: `${AWKWARD}root`, app: AWKWARD, metrics: String.raw`"met\rics"` };

/** As Debian has it; the image doesn't matter here. */
const version = RedisVersion.of('7.0', 'registry.example.com/redis:7.0');
const storage = Storage.dynamic(Size.gibibytes(1));

interface Parts { readonly server: Rendered; readonly check: Rendered; readonly prepare: Rendered; readonly configuration: string }

function rendered(props: Partial<RedisProps> = {}): Parts {
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
  new Redis(shop.chart, 'sessions', { version, storage, metrics: true, ...props });
  expect(shop.mistakes()).toEqual([]);
  const { containers, initContainers } = shop.object('StatefulSet', 'sessions').spec.template.spec;
  const named = (name: string): Rendered => initContainers.find((each: Rendered) => each.name === name);
  return {
    server: containers[0], check: named('check-version'), prepare: named('prepare'),
    configuration: shop.object('ConfigMap', 'sessions-etc-redis').data['redis.conf'],
  };
}

let redis: RedisSandbox;
beforeEach(async () => {
  redis = await RedisSandbox.make();
  for (const [role, password] of Object.entries(passwords)) redis.write(`/run/secrets/${role}/password`, password);
});
afterEach(async () => { await redis.remove(); });

const probe = ({ server }: Parts, of: string) => redis.run(server[of].exec.command).code === 0;

/** What a pod does from its start until it is ready. */
async function start(parts: Parts): Promise<void> {
  for (const { command } of [parts.check, parts.prepare]) {
    const { code, output } = redis.run(command);
    if (code !== 0) throw new Error(output);
  }
  redis.write('/etc/redis/redis.conf', parts.configuration);
  redis.launch(parts.server.args);
  await redis.until(() => probe(parts, 'readinessProbe'));
}

const as = (user: string, password: string, ...commands: string[][]) => redis.ask(['AUTH', user, password], ...commands);

describe('D3 D4 a real Redis', () => {
  test('takes the configuration as it is written, and its memory', async () => {
    await start(rendered({ settings: { 'lazyfree-lazy-expire': 'yes', 'client-output-buffer-limit': 'pubsub 16mb 4mb 30' } }));
    const [, ...got] = await as('admin', passwords.root, ...['maxmemory', 'maxmemory-policy', 'appendonly', 'appendfsync', 'save', 'protected-mode', 'lazyfree-lazy-expire'].map(name => ['CONFIG', 'GET', name]));
    expect(got).toEqual([
      `maxmemory ${307 * 1024 * 1024}`, 'maxmemory-policy noeviction', 'appendonly yes', 'appendfsync everysec', 'save ', 'protected-mode yes', 'lazyfree-lazy-expire yes',
    ]);
  });

  test('F-D10 knows no password but by its hash, and no process has one in its arguments', async () => {
    await start(rendered());
    const users = redis.read('/run/redis-users/users.acl');
    expect(Object.values(passwords).filter(password => `${users}${redis.log}`.includes(password))).toEqual([]);
    const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8') + readFileSync(`/proc/${id}/environ`, 'utf8');
      } catch {
        return '';
      }
    });
    expect(processes.filter(text => text.includes(AWKWARD))).toEqual([]);
  });

  test('clients sign in with a user, and without one', async () => {
    await start(rendered({ user: 'shop' }));
    expect(await as('shop', AWKWARD, ['SET', 'a', '1'])).toEqual(['+OK', '+OK']);
    expect(await redis.ask(['AUTH', AWKWARD], ['GET', 'a'])).toEqual(['+OK', '1']);
    expect(await redis.ask(['GET', 'a'])).toEqual(['-NOAUTH Authentication required.']);
    expect(await as('shop', 'wrong', ['GET', 'a'])).toEqual(['-WRONGPASS invalid username-password pair or user is disabled.', '-NOAUTH Authentication required.']);
    expect(await as('shop', '')).toEqual(['-WRONGPASS invalid username-password pair or user is disabled.']);
    expect(await as('default', '')).toEqual(['-WRONGPASS invalid username-password pair or user is disabled.']);
  });

  test('a line break at the end of a password counts, and counts not', async () => {
    redis.write('/run/secrets/app/password', 'secret\n');
    await start(rendered({ user: 'default' }));
    expect(await as('default', 'secret')).toEqual(['+OK']);
    expect(await as('default', 'secret\n')).toEqual(['+OK']);
    expect(await as('default', 'secre')).toEqual(['-WRONGPASS invalid username-password pair or user is disabled.']);
  });

  test('an empty password is refused', () => {
    redis.write('/run/secrets/app/password', '');
    const { code, output } = redis.run(rendered().prepare.command);
    expect({ code, output }).toEqual({ code: 1, output: `${redis.here('/run/secrets/app/password')} is empty: a user without a password would be anybody\n` });
    expect(redis.has('/run/redis-users/users.acl')).toBe(false);
  });

  test('clients may do what applications do, and nothing that is dangerous', async () => {
    await start(rendered());
    const [, ...allowed] = await as('app', AWKWARD,
      ['SET', 'a', '1'], ['EVAL', 'return redis.call("GET", KEYS[1])', '1', 'a'], ['PUBLISH', 'news', 'x'], ['SELECT', '3'], ['XADD', 's', '1-1', 'k', 'v'],
      ['CLIENT', 'SETNAME', 'web'], ['SCAN', '0'], ['EXPIRE', 'a', '10'], ['SUBSCRIBE', 'news'],
    );
    expect(allowed.filter(answer => answer.startsWith('-'))).toEqual([]);
    expect((await as('app', AWKWARD, ['INFO', 'server']))[1]).toContain('redis_version');
    const dangerous = [
      ['CONFIG', 'GET', '*'], ['FLUSHALL'], ['FLUSHDB'], ['KEYS', '*'], ['SHUTDOWN'], ['ACL', 'LIST'], ['MONITOR'], ['SAVE'], ['REPLICAOF', 'NO', 'ONE'],
      ['CLIENT', 'LIST'], ['MODULE', 'LIST'], ['SLOWLOG', 'GET'], ['MIGRATE', 'h', '1', 'k', '0', '1'], ['EVAL', 'return redis.call("FLUSHALL")', '0'],
    ];
    for (const command of dangerous) {
      expect([command, (await as('app', AWKWARD, command))[1]]).toEqual([command, expect.stringMatching(/NOPERM|can't run this command|ACL failure/i)]);
    }
    expect((await as('admin', passwords.root, ['FLUSHALL'], ['ACL', 'WHOAMI']))).toEqual(['+OK', '+OK', 'admin']);
  });

  test('a cache drops the oldest, may be emptied, and writes nothing', async () => {
    await start(rendered({ cache: true, storage: Storage.unsafeEphemeral(Size.gibibytes(1)), unsafeCommands: ['keys', 'client|list'] }));
    const got = await as('app', AWKWARD, ['SET', 'a', '1'], ['KEYS', '*'], ['FLUSHDB'], ['CLIENT', 'KILL', 'ID', '1']);
    expect(got.slice(0, 4)).toEqual(['+OK', '+OK', 'a', '+OK']);
    expect(got[4]).toContain('NOPERM');
    expect((await as('admin', passwords.root, ['CONFIG', 'GET', 'maxmemory*']))[1]).toMatch(new RegExp(`maxmemory-policy allkeys-lru.*maxmemory ${409 * 1024 * 1024}|maxmemory ${409 * 1024 * 1024}.*maxmemory-policy allkeys-lru`));
    await redis.stop();
    expect(readdirSync(redis.here('/var/lib/data/redis'))).toEqual([]);
  });

  test('D6 the exporter\'s user reads statistics, and its password is where the exporter looks', async () => {
    await start(rendered());
    expect(JSON.parse(redis.read('/run/redis-metrics/passwords.json'))).toEqual({ 'redis://keelson_metrics@127.0.0.1:6379': passwords.metrics });
    const [, ...allowed] = await as('keelson_metrics', passwords.metrics,
      ['PING'], ['INFO', 'ALL'], ['CONFIG', 'GET', '*'], ['CLIENT', 'SETNAME', 'redis_exporter'], ['SLOWLOG', 'LEN'], ['SLOWLOG', 'GET', '1'], ['LATENCY', 'LATEST'], ['LATENCY', 'HISTOGRAM'],
    );
    expect(allowed.filter(answer => answer.startsWith('-'))).toEqual([]);
    await as('app', AWKWARD, ['SET', 'a', '1']);
    for (const command of [['GET', 'a'], ['SET', 'a', '2'], ['DEL', 'a'], ['SCAN', '0'], ['CONFIG', 'SET', 'maxmemory', '1'], ['ACL', 'LIST'], ['CLIENT', 'LIST'], ['EVAL', 'return 1', '0'], ['SUBSCRIBE', 'x']]) {
      expect([command, (await as('keelson_metrics', passwords.metrics, command))[1]]).toEqual([command, expect.stringContaining('NOPERM')]);
    }
  });

  test('the user of probes has no password, and may do nothing else', async () => {
    await start(rendered());
    expect(await as('keelson_probe', 'any', ['PING'])).toEqual(['+OK', '+PONG']);
    for (const command of [['GET', 'a'], ['INFO'], ['CLIENT', 'LIST'], ['CONFIG', 'GET', 'dir'], ['SUBSCRIBE', 'x'], ['ACL', 'WHOAMI']]) {
      expect([command, (await as('keelson_probe', 'any', command))[1]]).toEqual([command, expect.stringContaining('NOPERM')]);
    }
  });
});

describe('F-D19 probes of a real Redis', () => {
  const answers = (parts: Parts) => ['startupProbe', 'livenessProbe', 'readinessProbe'].map(name => probe(parts, name));

  test('say that it works, and when it doesn\'t', async () => {
    const parts = rendered();
    expect(answers(parts)).toEqual([false, false, false]);
    await start(parts);
    expect(answers(parts)).toEqual([true, true, true]);
    await redis.stop();
    expect(answers(parts)).toEqual([false, false, false]);
  });

  test('a server that loads is alive, and not ready', async () => {
    const parts = rendered();
    await start(parts);
    await as('admin', passwords.root, ...Array.from({ length: 20_000 }, (_, at) => ['SET', `key-${at}`, 'x'.repeat(100)]));
    await redis.stop();
    // as slow as a file of hundreds of gigabytes
    redis.write('/etc/redis/redis.conf', `${parts.configuration}key-load-delay 200\nloading-process-events-interval-bytes 1024\n`);
    redis.launch(parts.server.args);
    await redis.until(() => probe(parts, 'startupProbe'));
    expect(answers(parts)).toEqual([true, true, false]);
    expect(await redis.ask(['AUTH', 'keelson_probe', 'none'], ['PING'])).toEqual(['+OK', '-LOADING Redis is loading the dataset in memory']);
    await redis.until(() => probe(parts, 'readinessProbe'));
  });

  test('a server that runs a long script is alive', async () => {
    const parts = rendered({ settings: { 'busy-reply-threshold': '50' } });
    await start(parts);
    const script = as('app', AWKWARD, ['EVAL', 'while true do end', '0']).catch(() => []);
    await redis.until(() => !probe(parts, 'readinessProbe'));
    expect(answers(parts)).toEqual([true, true, false]);
    await as('admin', passwords.root, ['SCRIPT', 'KILL']);
    await script;
    await redis.until(() => probe(parts, 'readinessProbe'));
  });

  test('a server that stands still is not', async () => {
    const parts = rendered();
    await start(parts);
    redis.signal('SIGSTOP');
    const [shell = '', ...words]: string[] = parts.server.livenessProbe.exec.command;
    // the kubelet waits for its timeout
    expect(redis.run(['timeout', '2', shell, ...words]).code).not.toBe(0);
    redis.signal('SIGCONT');
    expect(answers(parts)).toEqual([true, true, true]);
  });
});

describe('F-D20 F-D28 what a real Redis keeps', () => {
  const write = () => as('app', AWKWARD, ['SET', 'a', '1'], ['RPUSH', 'list', 'x', 'y']);
  const content = async () => (await as('app', AWKWARD, ['GET', 'a'], ['LRANGE', 'list', '0', '-1'])).slice(1);

  test.each([[RedisPersistence.APPEND_ONLY], [RedisPersistence.SNAPSHOTS]])('by %s outlives an orderly end', async (persistence) => {
    const parts = rendered({ persistence });
    await start(parts);
    await write();
    expect(await redis.stop()).toBe(0);
    await start(parts);
    expect(await content()).toEqual(['1', 'x y']);
  });

  test('by an append-only file outlives a crash', async () => {
    const parts = rendered();
    await start(parts);
    await write();
    await new Promise(resolve => setTimeout(resolve, 1500));
    await redis.stop('SIGKILL');
    await start(parts);
    expect(await content()).toEqual(['1', 'x y']);
  });

  test('a restart gives users other passwords', async () => {
    await start(rendered());
    await write();
    await redis.stop();
    redis.write('/run/secrets/app/password', 'another one');
    redis.write('/run/secrets/root/password', 'another root');
    await start(rendered());
    expect((await as('app', AWKWARD))[0]).toContain('WRONGPASS');
    expect(await as('app', 'another one', ['GET', 'a'])).toEqual(['+OK', '1']);
    expect(await as('admin', 'another root')).toEqual(['+OK']);
  });

  test('a snapshot becomes the beginning of an append-only file', async () => {
    await start(rendered({ persistence: RedisPersistence.SNAPSHOTS }));
    await write();
    await redis.stop();
    expect(readdirSync(redis.here('/var/lib/data/redis'))).toEqual(['dump.rdb']);
    await start(rendered());
    expect(await content()).toEqual(['1', 'x y']);
    await as('app', AWKWARD, ['SET', 'a', '2']);
    await redis.stop();
    expect(readdirSync(redis.here('/var/lib/data/redis'))).toEqual(['appendonlydir']);
    await start(rendered());
    expect((await content())[0]).toBe('2');
  });

  test('nothing starts where it would lose what there is', async () => {
    await start(rendered());
    await write();
    await redis.stop();
    expect(redis.run(rendered({ persistence: RedisPersistence.SNAPSHOTS }).prepare.command)).toEqual({ code: 1, output:
      'the data is in an append-only file, which a server with snapshots does not read: set `persistence` to APPEND_ONLY again, or rename appendonlydir after SAVE\n' });
    const none = rendered({ persistence: RedisPersistence.NONE, storage: Storage.unsafeEphemeral(Size.gibibytes(1)) }).prepare.command;
    expect(redis.run(none)).toEqual({ code: 1, output:
      'there is data, which a server without persistence would lose: set `persistence` to what it was, or empty the volume\n' });
  });

  test('a newer server\'s data, and another product\'s, is refused with a clear line', async () => {
    const parts = rendered();
    await start(parts);
    await redis.stop();
    expect(redis.read('/var/lib/data/initialised')).toBe('redis 7.0\n');
    const checked = (found: string | undefined) => {
      writeFileSync(redis.here('/var/lib/data/initialised'), found === undefined ? '' : `${found}\n`);
      return redis.run(parts.check.command);
    };
    for (const found of [undefined, 'redis 6.2', 'redis 7.0']) expect([found, checked(found)]).toEqual([found, { code: 0, output: '' }]);
    for (const found of ['redis 7.2', 'redis 7.10', 'redis 10.0', 'valkey 8.1', 'valkey 7.2', 'kvrocks 1']) {
      expect(checked(found)).toEqual({ code: 1, output:
        `the data is of ${found}, which redis 7.0 can't read: go back to an image of ${found} or newer, or let clients fill a server of its own\n` });
    }
  });

  test('Valkey takes what Redis 7.2 wrote, and nothing newer', () => {
    const valkey = rendered().check.command.map((word: string) => word.replace(/redis-server --version \| sed .*redis \\1\/p'/, 'echo valkey 9.1'));
    const checked = (found: string) => {
      writeFileSync(redis.here('/var/lib/data/initialised'), `${found}\n`);
      return redis.run(valkey).code;
    };
    expect(['redis 7.0', 'redis 7.2', 'valkey 8.1', 'valkey 9.1', 'redis 7.4', 'redis 8.10', 'valkey 9.2', 'valkey 10.0'].map(found => [found, checked(found)])).toEqual([
      ['redis 7.0', 0], ['redis 7.2', 0], ['valkey 8.1', 0], ['valkey 9.1', 0], ['redis 7.4', 1], ['redis 8.10', 1], ['valkey 9.2', 1], ['valkey 10.0', 1],
    ]);
  });

  test('data from elsewhere has to be declared', async () => {
    const parts = rendered();
    await start(parts);
    await write();
    await redis.stop();
    redis.run(['rm', '/var/lib/data/initialised']);
    const { code, output } = redis.run(parts.check.command);
    expect([code, output]).toEqual([1, expect.stringContaining('if the data comes from elsewhere, make the file')]);
    redis.run(['touch', '/var/lib/data/initialised']);
    await start(parts);
    expect(await content()).toEqual(['1', 'x y']);
  });
});
