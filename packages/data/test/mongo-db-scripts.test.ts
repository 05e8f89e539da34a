import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Script, createContext } from 'node:vm';
import { Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseCredentials, DatabasePrivilege, MongoDb, MongoDbVersion, Storage, type MongoDbProps } from '../src';
import { Shop, type Rendered } from './rendered';

const run = promisify(execFile);
/** What nobody would choose, and all that somebody's own Secret may hold. */
const AWKWARD = String.raw`it's "a" \ $PATH $(id) %41 @:/?#[] ü`;

interface Parts { readonly pod: Rendered; readonly setup: string; readonly last: string }

function rendered(props: Partial<MongoDbProps> = {}): Parts {
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
  new MongoDb(shop.chart, 'catalog', { version: MongoDbVersion.V8_0, storage: Storage.dynamic(Size.gibibytes(1)), ...props });
  const script = shop.object('ConfigMap', 'catalog-setup-etc-database-setup');
  return {
    pod: shop.object('StatefulSet', 'catalog').spec.template.spec, setup: script.data['setup.js'],
    last: shop.object('ConfigMap', 'catalog-docker-entrypoint-initdb-d').data['zz-initialised.sh'],
  };
}

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'mongodb-')); });
afterEach(() => { rmSync(directory, { recursive: true, force: true }); });

/** A path or script of the container as it is here. */
const here = (text: string) => text.replaceAll('/var/lib/data', `${directory}/data`);

describe('F-D12 F-D9 the script that makes MongoDB\'s users', () => {
  interface Admin { users: Map<string, { pwd: string; roles?: unknown }>; log: string[] }

  /** A stand-in for the shell and the server behind it. */
  function play(script: string, passwords: Record<string, string>, server: Admin, unreachable = 0): string[] {
    let failures = unreachable;
    const globals = {
      require: () => ({ existsSync: (path: string) => passwords[path.split('/').at(-2) ?? ''] !== undefined, readFileSync: (path: string) => {
        const text = passwords[path.split('/').at(-2) ?? ''];
        if (text === undefined || !path.startsWith('/run/secrets/') || !path.endsWith('/password')) throw new Error(`no ${path}`);
        return text;
      } }),
      encodeURIComponent, Error,
      sleep: (time: number) => { server.log.push(`slept ${time}`); },
      print: (line: string) => { server.log.push(line); },
      connect: (uri: string) => {
        const { username, password, host } = new URL(uri);
        if (failures > 0) {
          failures -= 1;
          throw Object.assign(new Error(uri), { name: 'MongoServerSelectionError' });
        }
        const isKnown = server.users.get(username)?.pwd === decodeURIComponent(password);
        if (!isKnown) throw Object.assign(new Error('Authentication failed.'), { code: 18 });
        server.log.push(`signed in at ${host}`);
        return {
          runCommand: () => ({ ok: 1 }),
          getUser: (name: string) => (server.users.has(name) ? { user: name } : null),
          createUser: ({ user, pwd, roles }: { user: string; pwd: string; roles: unknown }) => { server.users.set(user, { pwd, roles }); },
          updateUser: (name: string, changes: object) => { server.users.set(name, { pwd: '', ...server.users.get(name), ...changes }); },
        };
      },
    };
    new Script(script).runInContext(createContext(globals));
    return server.log;
  }

  const passwords = { 'root': `${AWKWARD}\n`, 'app': `${AWKWARD}2`, 'user-reports': 'r', 'user-owner': 'o', 'metrics': 'm' };
  const props: Partial<MongoDbProps> = {
    databases: ['archive'], metrics: true,
    users: [{ name: 'reports', privileges: { app: DatabasePrivilege.READ, archive: DatabasePrivilege.WRITE } }, { name: 'owner', privileges: { archive: DatabasePrivilege.OWN } }],
  };
  const server = (pwd = AWKWARD): Admin => ({ users: new Map([['root', { pwd }]]), log: [] });

  test('gives each the password and the rights that are said, as often as it runs', () => {
    const made = server();
    const log = ['signed in at catalog-rw.shop.svc.cluster.local:27017', 'users and databases are as described'];
    expect(play(rendered(props).setup, passwords, made)).toEqual(log);
    const users = Object.fromEntries(made.users);
    expect(users).toEqual({
      root: { pwd: AWKWARD },
      app: { pwd: `${AWKWARD}2`, roles: ['app', 'archive'].flatMap(db => [{ role: 'readWrite', db }, { role: 'dbAdmin', db }]) },
      reports: { pwd: 'r', roles: [{ role: 'read', db: 'app' }, { role: 'readWrite', db: 'archive' }] },
      owner: { pwd: 'o', roles: [{ role: 'readWrite', db: 'archive' }, { role: 'dbAdmin', db: 'archive' }] },
      keelson_metrics: { pwd: 'm', roles: [{ role: 'clusterMonitor', db: 'admin' }, { role: 'read', db: 'local' }] },
    });
    made.log = [];
    expect(play(rendered(props).setup, { ...passwords, app: 'another' }, made)).toEqual(log);
    expect(Object.fromEntries(made.users)).toEqual({ ...users, app: { ...users.app, pwd: 'another' } });
  });

  test('waits for the server, and says no password meanwhile', () => {
    const log = play(rendered().setup, passwords, server(), 2);
    expect(log).toEqual([
      'waiting for the server: MongoServerSelectionError', 'slept 5000', 'waiting for the server: MongoServerSelectionError', 'slept 5000',
      'signed in at catalog-rw.shop.svc.cluster.local:27017', 'users and databases are as described',
    ]);
  });

  test('changes the password of root where the data knows the previous one', () => {
    const { setup } = rendered({ rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated() });
    const made = server('old');
    const at = 'signed in at catalog-rw.shop.svc.cluster.local:27017';
    expect(play(setup, { ...passwords, 'previous-root': 'old' }, made)).toEqual([at, 'the password of root is the new one', at, 'users and databases are as described']);
    expect(made.users.get('root')?.pwd).toBe(AWKWARD);
    made.log = [];
    expect(play(setup, { ...passwords, 'previous-root': 'old' }, made)).toEqual([at, 'users and databases are as described']);
    expect(() => play(setup, { ...passwords, 'previous-root': 'older' }, server('oldest'))).toThrow(
      'root can sign in neither by rootCredentials nor by previousRootCredentials: name the password that the data knows in the latter');
    expect(() => play(setup, passwords, server('old'))).toThrow(
      "root can't sign in by rootCredentials, and there is no password of previousRootCredentials: the Secret catalog-root is missing, or its key password");
    expect(() => play(rendered().setup, passwords, server('old'))).toThrow("root can't sign in by rootCredentials: name the password that the data knows in previousRootCredentials");
    expect(play(setup, passwords, server())).toEqual([at, 'users and databases are as described']);
  });

  test('no password is in its text', () => {
    expect(rendered(props).setup).not.toMatch(/pwd: ['"]/);
  });
});

describe('F-D19 the question whether MongoDB is ready', () => {
  const command: string[] = rendered().pod.containers[0].readinessProbe.exec.command;
  const message = (body: Buffer, opCode = 2013) => {
    const rest = Buffer.concat([Buffer.from([0, 0, 0, 0, 0]), body]);
    const header = Buffer.alloc(16);
    [16 + rest.length, 1, 0, opCode].forEach((value, at) => header.writeInt32LE(value, 4 * at));
    return Buffer.concat([header, rest]);
  };
  const document = (...fields: Buffer[]) => {
    const body = Buffer.concat([...fields, Buffer.from([0])]);
    const size = Buffer.alloc(4);
    size.writeInt32LE(4 + body.length);
    return Buffer.concat([size, body]);
  };
  const number = (name: string, value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    return Buffer.concat([Buffer.from(`\x01${name}\0`), bytes]);
  };
  const int32 = (name: string, value: number) => Buffer.from([...Buffer.from(`\x10${name}\0`), value, 0, 0, 0]);
  const text = (name: string, value: string) => Buffer.from([...Buffer.from(`\x02${name}\0`), value.length + 1, 0, 0, 0, ...Buffer.from(`${value}\0`)]);

  const servers: Server[] = [];
  afterEach(() => { servers.splice(0).forEach(each => each.close()); });

  /** What the probe comes to with a server that answers so, and what it asked. */
  async function asked(answer: Buffer | undefined, mongosh = 1): Promise<{ code: number; question: Buffer; fellBack: boolean }> {
    let question = Buffer.alloc(0);
    const made = createServer(socket => socket.on('error', () => undefined).on('data', (part) => {
      question = Buffer.concat([question, part]);
      if (answer !== undefined) socket.write(answer); else socket.end();
    }));
    servers.push(made);
    await new Promise<void>(resolve => made.listen(0, '127.0.0.1', resolve));
    writeFileSync(join(directory, 'mongosh'), `#!/bin/sh\ntouch '${directory}/asked'\nexit ${mongosh}\n`);
    chmodSync(join(directory, 'mongosh'), 0o755);
    const [program = '', ...words] = command.map(word => word.replace('/27017', `/${(made.address() as AddressInfo).port}`));
    const code = await run(program, words, { env: { PATH: `${directory}:${process.env.PATH ?? ''}` } }).then(() => 0, (error: { code: number }) => error.code);
    return { code, question, fellBack: existsSync(join(directory, 'asked')) };
  }

  test('is a ping, as the protocol has it', async () => {
    const { code, question, fellBack } = await asked(message(document(number('ok', 1))));
    expect({ code, fellBack }).toEqual({ code: 0, fellBack: false });
    expect(question.toString('hex')).toBe(message(document(int32('ping', 1), text('$db', 'admin'))).toString('hex'));
  });

  test('takes an answer with more in it', async () => {
    expect(await asked(message(document(number('ok', 1), text('operationTime', 'x'))))).toMatchObject({ code: 0, fellBack: false });
  });

  test('is put by mongosh to a server that answers otherwise', async () => {
    const no = message(document(number('ok', 0), text('errmsg', 'no')));
    expect(await asked(no, 1)).toMatchObject({ code: 1, fellBack: true });
    expect(await asked(no, 0)).toMatchObject({ code: 0, fellBack: true });
    expect(await asked(undefined, 1)).toMatchObject({ code: 1, fellBack: true });
  });

  test('is answered by nobody where nothing listens', async () => {
    const [program = '', ...words] = command.map(word => word.replace('/27017', '/1'));
    await expect(run(program, words, { env: { PATH: `${directory}:${process.env.PATH ?? ''}` } })).rejects.toMatchObject({ code: 1 });
    expect(existsSync(join(directory, 'asked'))).toBe(false);
  });
});

describe('F-D28 what MongoDB finds on its volume', () => {
  const { pod, last } = rendered();
  const commandOf = (name: string): string[] => pod.initContainers.find((each: Rendered) => each.name === name).command;
  const shell = (command: readonly string[], major: string): string => {
    const [program = '', ...words] = command.map(here);
    try {
      return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: `${directory}:${process.env.PATH ?? ''}`, MONGO_MAJOR: major } });
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  };
  const marker = () => join(directory, 'data/initialised');
  const began = () => writeFileSync(join(directory, 'data/db/WiredTiger'), '');

  beforeEach(() => { mkdirSync(join(directory, 'data')); });

  test('is made ready for a first start, and noted when that has ended', () => {
    expect(shell(commandOf('check-version'), '8.0')).toBe('');
    expect(shell(commandOf('prepare'), '8.0')).toBe('');
    expect(existsSync(join(directory, 'data/db'))).toBe(true);
    expect(existsSync(marker())).toBe(false);
    began();
    expect(shell(['bash', '-c', last], '8.0')).toBe('');
    expect(readFileSync(marker(), 'utf8')).toBe('8.0\n');
    expect(shell(commandOf('check-version'), '8.0')).toBe('');
  });

  test('is refused where the first start did not end well, also in the same pod', () => {
    shell(commandOf('prepare'), '8.0');
    began();
    expect(shell(commandOf('check-version'), '8.0')).toContain('the first start did not end well');
    const start: string[] = pod.containers[0].command;
    writeFileSync(join(directory, 'docker-entrypoint.sh'), '#!/bin/sh\necho "started $*"\n');
    chmodSync(join(directory, 'docker-entrypoint.sh'), 0o755);
    expect(shell(start, '8.0')).toContain('the first start did not end well');
    writeFileSync(marker(), '8.0\n');
    expect(shell(start, '8.0')).toBe('started mongod --config /etc/mongo/mongod.conf\n');
  });

  test('goes to the first release of the next major version at most, and never back', () => {
    shell(commandOf('prepare'), '7.0');
    began();
    const checked = (found: string, image: string) => {
      writeFileSync(marker(), found === '' ? '' : `${found}\n`);
      return shell(commandOf('check-version'), image);
    };
    for (const [found, image] of [['7.0', '7.0'], ['7.0', '8.0'], ['8.0', '8.2'], ['8.2', '9.0'], ['9.0', '10.0'], ['', '8.0']] as const) {
      expect([found, image, checked(found, image)]).toEqual([found, image, '']);
    }
    expect(checked('8.0', '7.0')).toBe('the data is of MongoDB 8.0, and 7.0 must not write to it: go back to an image of 8.0 or newer, or restore a dump into a database of its own\n');
    expect(checked('8.2', '8.0')).toContain('and 8.0 must not write to it');
    expect(checked('10.0', '9.0')).toContain('and 9.0 must not write to it');
    expect(checked('6.0', '8.0')).toBe('the data is of MongoDB 6.0, which 8.0 can\'t take over: run an image of each major version in between first\n');
    expect(checked('7.0', '8.2')).toBe('the data is of MongoDB 7.0, which 8.2 can\'t take over: run an image of 8.0 first, and have its featureCompatibilityVersion follow\n');
    expect(checked('8.2', '10.0')).toContain('run an image of each major version in between first');
  });

  test('is noted as the newer server\'s from its first answer on, and not before: the older one may come back', () => {
    const next = `${marker()}.next`;
    writeFileSync(marker(), '7.0\n');
    shell(commandOf('prepare'), '8.0');
    expect([readFileSync(marker(), 'utf8'), readFileSync(next, 'utf8')]).toEqual(['7.0\n', '8.0\n']);
    shell(commandOf('prepare'), '7.0');
    expect([readFileSync(marker(), 'utf8'), existsSync(next)]).toEqual(['7.0\n', false]);
  });
});
