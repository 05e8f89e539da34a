import { Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseCredentials, DatabasePrivilege, PostgreSql, PostgreSqlVersion, Storage, type PostgreSqlProps } from '../../src';
import { Shop, type Rendered } from '../rendered';
import { PostgreSqlSandbox } from './postgresql-server';

/** What nobody would choose, and all that somebody's own Secret may hold. */
const AWKWARD = String.raw`it's "a" \ $PATH $(id) %41 :'x' {b}`;

interface Parts {
  readonly pod: Rendered;
  readonly replica: Rendered;
  readonly job: Rendered;
  readonly files: (name: string) => Record<string, string>;
}

function rendered(props: Partial<PostgreSqlProps> = {}): Parts {
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
  new PostgreSql(shop.chart, 'orders', {
    version: PostgreSqlVersion.V17, storage: Storage.dynamic(Size.gibibytes(20)), metrics: true, readReplicas: 1, databases: ['archive'],
    users: [
      { name: 'reports', privileges: { app: DatabasePrivilege.READ } }, { name: 'importer', privileges: { app: DatabasePrivilege.WRITE } },
      { name: 'migrations', privileges: { app: DatabasePrivilege.OWN, archive: DatabasePrivilege.OWN } },
    ],
    initScripts: { '10-tables.sql': 'CREATE TABLE early (id int);' },
    ...props,
  });
  expect(shop.mistakes()).toEqual([]);
  const objects = shop.objects();
  const one = (kind: string, name: string) => objects.find(each => each.kind === kind && (each.metadata.name as string).startsWith(name));
  return {
    pod: one('StatefulSet', 'orders').spec.template.spec.containers[0], replica: one('StatefulSet', 'orders-replica').spec.template.spec,
    job: one('Job', 'orders-setup').spec.template.spec.containers[0], files: name => one('ConfigMap', name).data,
  };
}

const passwords: Record<string, string> = {
  'root': AWKWARD, 'app': `${AWKWARD}2`, 'metrics': 'metrics-password', 'replication': String.raw`a:b\c 'd'`, 'user-reports': 'r', 'user-importer': 'i', 'user-migrations': 'm',
};

describe('D3 D4 F-D12 F-D19 a real PostgreSQL', () => {
  let primary: PostgreSqlSandbox;
  let replica: PostgreSqlSandbox;
  const { pod, replica: follower, job, files } = rendered();
  const setup = () => primary.run(job.command);

  beforeAll(async () => {
    primary = await PostgreSqlSandbox.make();
    replica = await PostgreSqlSandbox.make();
    for (const sandbox of [primary, replica]) {
      for (const [role, password] of Object.entries(passwords)) sandbox.mount(`/run/secrets/${role}`, { password });
    }
    primary.mount('/etc/postgresql', files('orders-etc-postgresql'));
    primary.mount('/etc/database-setup', files('orders-setup-etc-database-setup'));
    primary.mount('/docker-entrypoint-initdb.d', files('orders-docker-entrypoint-initdb-d'));
    primary.initialise(pod);
    await primary.start(pod.args, () => primary.run(pod.readinessProbe.exec.command).code === 0);
  });

  afterAll(async () => {
    await replica.remove();
    await primary.remove();
  });

  test('it takes the configuration as it is written', () => {
    expect(primary.ask('SHOW shared_buffers; SHOW effective_cache_size; SHOW work_mem; SHOW maintenance_work_mem; SHOW max_slot_wal_keep_size; SHOW data_checksums').split('\n'))
      .toEqual(['256MB', '768MB', '2MB', '64MB', '5GB', 'on']);
    expect(primary.ask('SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL; SELECT * FROM pg_hba_file_rules WHERE error IS NOT NULL')).toBe('');
  });

  test('probes say that it works', () => {
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      expect([probe, primary.run(pod[probe].exec.command).code]).toEqual([probe, 0]);
    }
  });

  test('users and databases are made, and a second run changes nothing', () => {
    const state = () => primary.ask('SELECT rolname, rolsuper, rolreplication, rolconnlimit FROM pg_roles WHERE rolname !~ \'^pg_\' ORDER BY 1; SELECT datname, datdba::regrole, datacl FROM pg_database ORDER BY 1');
    expect(setup()).toEqual({ code: 0, output: 'users and databases are as described\n' });
    const before = state();
    expect(setup()).toEqual({ code: 0, output: 'users and databases are as described\n' });
    expect(state()).toBe(before);
    expect(before.split('\n').filter(line => line.startsWith('keelson'))).toEqual(['keelson_metrics|f|f|5', 'keelson_replication|f|t|-1']);
  });

  test('each user may do what was said, and nothing else', () => {
    const as = (user: string, password: string) => (sql: string, database = 'app') => primary.ask(sql, user, password, database);
    const app = as('app', passwords.app ?? '');
    expect(app('CREATE TABLE carts (id serial PRIMARY KEY, what text); INSERT INTO carts (what) VALUES (\'tea\'); SELECT what FROM carts')).toBe('tea');
    const reports = as('reports', 'r');
    expect(reports('SELECT what FROM carts')).toBe('tea');
    expect(reports("INSERT INTO carts (what) VALUES ('x')")).toContain('permission denied');
    expect(reports('SELECT 1', 'archive')).toContain('permission denied for database');
    const importer = as('importer', 'i');
    expect(importer("INSERT INTO carts (what) VALUES ('milk'); SELECT count(*) FROM carts")).toBe('2');
    expect(importer('DROP TABLE carts')).toContain('must be owner');
    const migrations = as('migrations', 'm');
    expect(migrations('CREATE TABLE later (id int); SELECT 1', 'archive')).toBe('1');
    expect(migrations('CREATE SCHEMA stock; CREATE TABLE stock.goods (id serial, what text); ALTER TABLE carts ADD note text; SELECT 1')).toBe('1');
    expect(reports('SELECT count(*) FROM stock.goods')).toBe('0');
    expect(importer("INSERT INTO stock.goods (what) VALUES ('soap'); SELECT what FROM stock.goods")).toBe('soap');
    expect(app('DROP TABLE stock.goods; SELECT 1')).toBe('1');
    expect(as('keelson_metrics', passwords.metrics ?? '')('SELECT count(*) > 0 FROM pg_stat_activity', 'postgres')).toBe('t');
    expect(app('SELECT 1', 'postgres')).toBe('1');
    expect(as('app', 'wrong')('SELECT 1')).toContain('password authentication failed');
    expect(primary.ask('SELECT 1', 'postgres', 'wrong')).toContain('password authentication failed');
  });

  test('rights that are said no more are taken away, and others are given', () => {
    const as = (user: string, password: string) => (sql: string, database = 'app') => primary.ask(sql, user, password, database);
    const changed = rendered({ users: [
      { name: 'reports' }, { name: 'importer', privileges: { app: DatabasePrivilege.READ } }, { name: 'migrations', privileges: { archive: DatabasePrivilege.WRITE } },
    ] });
    primary.mount('/etc/database-setup', changed.files('orders-setup-etc-database-setup'));
    expect(setup()).toEqual({ code: 0, output: 'users and databases are as described\n' });
    expect(as('reports', 'r')('SELECT what FROM carts')).toContain('permission denied for database');
    expect(as('importer', 'i')('SELECT count(*) FROM carts')).toBe('2');
    expect(as('importer', 'i')("INSERT INTO carts (what) VALUES ('x')")).toContain('permission denied');
    expect(as('migrations', 'm')('SELECT 1')).toContain('permission denied for database');
    expect(as('migrations', 'm')('INSERT INTO later VALUES (1); SELECT count(*) FROM later', 'archive')).toBe('1');
    expect(as('migrations', 'm')('DROP TABLE later', 'archive')).toContain('must be owner');
    as('app', passwords.app ?? '')('CREATE TABLE made (id int)');
    expect(as('importer', 'i')('SELECT count(*) FROM made')).toBe('0');
    primary.mount('/etc/database-setup', files('orders-setup-etc-database-setup'));
    expect(setup()).toEqual({ code: 0, output: 'users and databases are as described\n' });
    expect(as('reports', 'r')('SELECT what FROM carts ORDER BY 1 LIMIT 1')).toBe('milk');
    expect(as('migrations', 'm')('DROP TABLE later, made; SELECT 1', 'archive')).toContain('does not exist');
    expect(as('migrations', 'm')('DROP TABLE made; SELECT 1')).toBe('1');
  });

  test('no password is in the log', () => {
    expect(Object.values(passwords).filter(password => password.length > 3 && primary.log.includes(password))).toEqual([]);
  });

  test('a changed password of the superuser is taken over from the previous one', () => {
    const rotated = rendered({ rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated() });
    primary.mount('/etc/database-setup', rotated.files('orders-setup-etc-database-setup'));
    primary.mount('/run/secrets/previous-root', { password: AWKWARD });
    primary.mount('/run/secrets/root', { password: `${AWKWARD} new` });
    expect(primary.run(rotated.job.command)).toEqual({ code: 0, output: 'the password of postgres is the new one\nusers and databases are as described\n' });
    expect(primary.run(rotated.job.command)).toEqual({ code: 0, output: 'users and databases are as described\n' });
    expect(primary.ask('SELECT 1', 'postgres', `${AWKWARD} new`)).toBe('1');
    expect(primary.ask('SELECT 1', 'postgres', AWKWARD)).toContain('password authentication failed');
    // a first start has no previous one: what is mounted is empty then
    primary.empty('/run/secrets/previous-root');
    expect(primary.run(rotated.job.command)).toEqual({ code: 0, output: 'users and databases are as described\n' });
  });

  test('a password of the superuser that the data does not know is said to be so', () => {
    const refused = /^(?:psql: error: [^\n]*FATAL: +password authentication failed for user "postgres"\n)+/;
    const told = (command: string[]) => {
      const { code, output } = primary.run(command);
      expect(output).toMatch(refused);
      return [code, output.replace(refused, '')];
    };
    primary.mount('/run/secrets/root', { password: 'unknown' });
    primary.empty('/run/secrets/previous-root');
    const rotated = rendered({ rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated() });
    expect(told(rotated.job.command)).toEqual([1, "postgres can't sign in by rootCredentials, "
      + 'and there is no password of previousRootCredentials: the Secret orders-root is missing, or its key password\n']);
    primary.mount('/run/secrets/previous-root', { password: 'unknown too' });
    expect(told(rotated.job.command)).toEqual([1, 'postgres can sign in neither by rootCredentials nor by previousRootCredentials: name the password that the data knows in the latter\n']);
    primary.mount('/etc/database-setup', rendered().files('orders-setup-etc-database-setup'));
    expect(told(rendered().job.command)).toEqual([1, "postgres can't sign in by rootCredentials: name the password that the data knows in previousRootCredentials\n"]);
  });

  test('F-D2 a replica copies the primary, follows it, and says so', async () => {
    replica.mount('/etc/postgresql', files('orders-etc-postgresql'));
    const [check, clone] = follower.initContainers;
    expect(replica.run(check.command, { PG_MAJOR: '17' }).code).toBe(0);
    const fromPrimary = clone.command.map((word: string) => word.replaceAll('5432', String(primary.port)));
    const cloned = replica.run(fromPrimary, { PGPORT: String(primary.port) });
    expect([cloned.code, cloned.output]).toEqual([0, '']);
    expect(primary.ask('SELECT slot_type, active FROM pg_replication_slots')).toBe('physical|f');
    // once more is as good as once
    expect(replica.run(fromPrimary, { PGPORT: String(primary.port) }).code).toBe(0);
    const [server] = follower.containers;
    await replica.start(server.args, () => replica.run(server.readinessProbe.exec.command).code === 0);
    primary.ask("INSERT INTO carts (what) VALUES ('bread')", 'app', passwords.app, 'app');
    for (let tries = 0; tries < 50 && replica.ask('SELECT count(*) FROM carts', 'postgres', undefined, 'app') !== '3'; tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    expect(replica.ask('SELECT count(*) FROM carts', 'postgres', undefined, 'app')).toBe('3');
    expect(replica.ask("INSERT INTO carts (what) VALUES ('x')", 'app', passwords.app, 'app')).toContain('read-only transaction');
    await primary.stop();
    for (let tries = 0; tries < 50 && replica.run(server.readinessProbe.exec.command).code === 0; tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    expect(replica.run(server.readinessProbe.exec.command).code).not.toBe(0);
    expect(replica.run(server.livenessProbe.exec.command).code).toBe(0);
  });
});

describe('F-D28 data of another version', () => {
  test('is refused, and so is what a first start left half-way', async () => {
    const sandbox = await PostgreSqlSandbox.make();
    const shop = new Shop();
    new PostgreSql(shop.chart, 'orders', { version: PostgreSqlVersion.V18, storage: Storage.dynamic(Size.gibibytes(20)) });
    const [check] = shop.object('StatefulSet', 'orders').spec.template.spec.initContainers;
    const run = () => sandbox.run(check.command, { PG_MAJOR: '18' });
    expect(run()).toEqual({ code: 0, output: '' });
    sandbox.mount('/var/lib/data/pgdata', { PG_VERSION: '17\n' });
    expect(run()).toEqual({ code: 1, output: 'the data is of PostgreSQL 17, the image is 18: dump the data with 17 and restore it into a database of its own, or go back to an image of 17\n' });
    sandbox.mount('/var/lib/data/pgdata', { PG_VERSION: '18\n' });
    expect(run().output).toContain('the first start did not end well');
    // a container that is started anew in its pod finds no check before it, and looks for itself
    const [server] = shop.object('StatefulSet', 'orders').spec.template.spec.containers;
    const start = () => sandbox.run([...server.command, ...server.args]);
    expect(start()).toMatchObject({ code: 1, output: expect.stringContaining('the first start did not end well') });
    writeFileSync(join(sandbox.here('/var/lib/data'), 'initialised'), '');
    expect(run()).toEqual({ code: 0, output: '' });
    expect(start().output).toContain('docker-entrypoint.sh: not found');
    rmSync(sandbox.directory, { recursive: true });
  });
});
