import { Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseCredentials, DatabasePrivilege, MariaDb, MariaDbVersion, MySql, MySqlVersion, Storage, type DatabaseUser, type MariaDbProps, type MySqlProps } from '../../src';
import { Shop, type Rendered } from '../rendered';
import { MariaDbSandbox } from './mariadb-server';

/** What nobody would choose, and all that somebody's own Secret may hold. */
const AWKWARD = String.raw`it's "a" \ \n $PATH $(id) %41 #x ; 'x' {b} ü&`;

const passwords: Record<string, string> = {
  'root': AWKWARD, 'app': `${AWKWARD}2`, 'metrics': 'metricsPassword', 'replication': 'replicationPassword', 'user-reports': 'reportsPassword', 'user-importer': 'importerPassword',
  'user-migrations': 'migrationsPassword',
};

interface Parts {
  readonly spec: Rendered;
  readonly pod: Rendered;
  readonly replica: Rendered;
  readonly job: Rendered;
  readonly files: (name: string) => Record<string, string>;
}

const users: DatabaseUser[] = [
  { name: 'reports', privileges: { app: DatabasePrivilege.READ } }, { name: 'importer', privileges: { app: DatabasePrivilege.WRITE } },
  { name: 'migrations', privileges: { old_orders: DatabasePrivilege.OWN } },
];

function parts(shop: Shop): Parts {
  expect(shop.mistakes()).toEqual([]);
  const objects = shop.objects();
  const one = (kind: string, name: string) => objects.find(each => each.kind === kind && (each.metadata.name as string).startsWith(name));
  const { spec } = one('StatefulSet', 'orders').spec.template;
  return {
    spec, pod: spec.containers[0], replica: one('StatefulSet', 'orders-replica')?.spec.template.spec,
    job: one('Job', 'orders-setup').spec.template.spec.containers[0], files: name => one('ConfigMap', name).data,
  };
}

function rendered(props: Partial<MariaDbProps> = {}): Parts {
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
  new MariaDb(shop.chart, 'orders', {
    version: MariaDbVersion.V10_11, storage: Storage.dynamic(Size.gibibytes(20)), metrics: true, readReplicas: 1, databases: ['old_orders'], users, maxConnections: 20,
    initScripts: { '10-tables.sql': 'CREATE TABLE early (id int);', '20-more.sh': 'docker_process_sql <<< "INSERT INTO early VALUES (7)"' },
    settings: { 'general_log': '1', 'init-connect': String.raw`SET @x = 'a#"b"\\c'`, 'federated': '' },
    ...props,
  });
  return parts(shop);
}

function mount(sandbox: MariaDbSandbox, { files }: Parts, secrets = passwords): void {
  for (const [role, password] of Object.entries(secrets)) sandbox.mount(`/run/secrets/${role}`, { password });
  const configuration = files('orders-etc-mysql-conf-d')['keelson.cnf'] ?? '';
  // what only MySQL has, or MariaDB of Debian only without the plug-in of that name
  sandbox.mount('/etc/mysql/conf.d', { 'my.cnf': configuration.replace(/^(?:mysqlx|secure_file_priv|innodb_buffer_pool_instances).*$|^federated$/gm, '') });
  sandbox.mount('/etc/database-setup', files('orders-setup-etc-database-setup'));
  sandbox.mount('/docker-entrypoint-initdb.d', files('orders-docker-entrypoint-initdb-d'));
}

const isUp = (sandbox: MariaDbSandbox, pod: Rendered) => () =>
  [pod.startupProbe, pod.readinessProbe].every(probe => sandbox.run(probe.exec.command).code === 0);

const until = async (condition: () => boolean) => {
  for (let tries = 0; tries < 150 && !condition(); tries += 1) await new Promise(resolve => setTimeout(resolve, 100));
};

const DONE = { code: 0, output: 'users and databases are as described\n' };

describe('D2 D4 F-D12 F-D19 a real MariaDB', () => {
  let primary: MariaDbSandbox;
  let replica: MariaDbSandbox;
  const of = rendered();
  const { spec, pod, replica: follower, job } = of;
  const setup = () => primary.run(job.command);
  const root = (sql: string) => primary.ask(sql, 'root', AWKWARD);

  beforeAll(async () => {
    primary = await MariaDbSandbox.make();
    replica = await MariaDbSandbox.make();
    mount(primary, of);
    replica.primaryPort = primary.port;
    await primary.start(pod, isUp(primary, pod));
  });

  afterAll(async () => {
    await replica.remove();
    await primary.remove();
  });

  test('it takes the configuration as it is written', () => {
    expect(root('SELECT @@innodb_buffer_pool_size, @@max_connections, @@character_set_server, @@skip_name_resolve, @@log_bin, @@server_id, @@binlog_format, @@binlog_expire_logs_seconds'))
      .toBe('536870912\t20\tutf8mb4\t1\t1\t1\tROW\t259200');
    expect(root('SELECT @@datadir, @@tmpdir, @@socket').split('\t')).toEqual(['/var/lib/data/mysql/', '/var/lib/data/tmp', '/run/mysqld/mysqld.sock'].map(path => primary.here(path)));
    expect(root('SELECT @@init_connect')).toBe(String.raw`SET @x = 'a#"b"\\c'`.replaceAll('\\', '\\\\'));
  });

  test('F-D13 init scripts have run in the database, and the last of them has left its mark', () => {
    expect(root('SELECT id FROM app.early')).toBe('7');
    expect(existsSync(primary.here('/var/lib/data/initialised'))).toBe(true);
  });

  test('the first start leaves a user for probes, who may do nothing, and root, by a password', () => {
    expect(root('SELECT CONCAT(User, \'@\', Host) FROM mysql.user WHERE User <> \'mariadb.sys\' ORDER BY 1').split('\n')).toEqual(['keelson_health@localhost', 'root@%', 'root@localhost']);
    expect(primary.ask('SHOW DATABASES')).toBe('information_schema');
    expect(primary.ask('SELECT 1', 'keelson_health', '')).toContain('Access denied');
    expect(primary.ask('SELECT 1', 'root')).toContain('Access denied');
    expect(primary.ask('SELECT 1', 'root', 'wrong')).toContain('Access denied');
  });

  test('F-D12 users and databases are made, and a second run changes nothing', () => {
    const state = () => root('SELECT * FROM mysql.global_priv ORDER BY Host, User; SELECT * FROM mysql.db ORDER BY Host, Db, User; SHOW DATABASES').replace(/"password_last_changed":\d+/g, '');
    expect(setup()).toEqual(DONE);
    const before = state();
    expect(before).toContain(String.raw`old\\_orders`);
    expect(setup()).toEqual(DONE);
    expect(state()).toBe(before);
  });

  test('each user may do what was said, and nothing else', () => {
    const as = (user: string) => (sql: string, database = 'app') => primary.ask(sql, user, passwords[user === 'app' ? 'app' : `user-${user}`] ?? '', database);
    expect(as('app')("CREATE TABLE carts (id int PRIMARY KEY AUTO_INCREMENT, what text); INSERT INTO carts (what) VALUES ('tea'); SELECT what FROM carts")).toBe('tea');
    expect(as('app')('CREATE TABLE t (id int)', 'old_orders')).toBe('');
    expect(as('app')('CREATE DATABASE oldxorders')).toContain('Access denied');
    expect(as('reports')('SELECT what FROM carts')).toBe('tea');
    expect(as('reports')("INSERT INTO carts (what) VALUES ('x')")).toContain('INSERT command denied');
    expect(as('reports')('SELECT 1', 'old_orders')).toContain('Access denied');
    expect(as('importer')("INSERT INTO carts (what) VALUES ('milk'); SELECT count(*) FROM carts")).toBe('2');
    expect(as('importer')('DROP TABLE carts')).toContain('DROP command denied');
    expect(as('migrations')('CREATE TABLE later (id int); SELECT 1', 'old_orders')).toBe('1');
    expect(as('migrations')('SELECT 1', 'app')).toContain('Access denied');
  });

  test("F-D22 the exporter's user reads statistics, by the pod's own address, and no data", () => {
    const options = spec.initContainers.find(({ name }: Rendered) => name === 'metrics-options');
    expect(primary.run(options.command)).toEqual({ code: 0, output: '' });
    const ask = (sql: string) => primary.run(['mariadb', '--defaults-file=/etc/mysqld-exporter/my.cnf', '-N', '-B', '-e', sql]);
    expect(ask('SHOW GLOBAL STATUS; SHOW GLOBAL VARIABLES; SHOW SLAVE STATUS; SHOW MASTER STATUS; SHOW FULL PROCESSLIST; SELECT * FROM information_schema.innodb_cmp; SELECT * FROM information_schema.innodb_cmpmem').code).toBe(0);
    expect(ask('SELECT count(*) >= 0 FROM performance_schema.events_statements_summary_by_digest').output).toBe('1\n');
    expect(ask('SELECT * FROM app.carts').output).toContain('SELECT command denied');
    expect(root("SELECT JSON_VALUE(Priv, '$.max_user_connections') FROM mysql.global_priv WHERE User = 'keelson_metrics'")).toBe('5');
  });

  test('users have no more than what is said, also where it was more before', () => {
    const less = rendered({ users: [{ name: 'reports' }, { name: 'importer', privileges: { app: DatabasePrivilege.READ } }, { name: 'migrations', privileges: { app: DatabasePrivilege.READ } }] });
    primary.mount('/etc/database-setup', less.files('orders-setup-etc-database-setup'));
    expect(primary.run(less.job.command)).toEqual(DONE);
    expect(primary.ask('SELECT 1', 'reports', passwords['user-reports'] ?? '', 'app')).toContain('Access denied');
    expect(primary.ask('SELECT 1', 'migrations', passwords['user-migrations'] ?? '', 'old_orders')).toContain('Access denied');
    expect(primary.ask('DELETE FROM carts', 'importer', passwords['user-importer'] ?? '', 'app')).toContain('DELETE command denied');
    primary.mount('/etc/database-setup', of.files('orders-setup-etc-database-setup'));
    expect(setup()).toEqual(DONE);
    expect(primary.ask('SELECT 1', 'migrations', passwords['user-migrations'] ?? '', 'old_orders')).toBe('1');
  });

  test('no password is in a log, the binary one included', () => {
    const directory = primary.here('/var/lib/data/mysql');
    const logs = readdirSync(directory).filter(file => /^binlog|\.log$/.test(file)).map(file => readFileSync(join(directory, file), 'latin1'));
    expect(logs.length).toBeGreaterThan(1);
    expect(logs.join('')).toContain('CREATE TABLE carts');
    const forms = (password: string) => [password, Buffer.from(password, 'utf8').toString('latin1')];
    const isIn = (log: string) => (password: string) => forms(password).some(form => log.includes(form));
    expect([...logs, primary.log].flatMap(log => Object.values(passwords).filter(isIn(log)))).toEqual([]);
    expect(readdirSync(primary.here('/tmp/')).filter(file => file.endsWith('.cnf'))).toEqual([]);
  });

  test('a password with a line break is refused, and the message says whose', () => {
    for (const password of ['app\n', 'a\npp', 'app\r', '']) {
      primary.mount('/run/secrets/app', { password });
      expect(setup()).toEqual({ code: 1, output: 'the password of app is empty or has a line break, maybe the one that editors leave at the end: write it without\n' });
    }
    primary.mount('/run/secrets/app', { password: passwords.app ?? '' });
    expect(setup()).toEqual(DONE);
  });

  test('F-D19 a server that has clients enough is neither killed nor cut off', async () => {
    const client = 'mariadb --no-defaults -S /run/mysqld/mysqld.sock -u keelson_health -e "DO SLEEP(6)" > /dev/null 2>&1 &';
    for (let clients = 0; clients < 25; clients += 1) primary.run(['bash', '-c', client]);
    await until(() => primary.ask('SELECT 1').includes('Too many connections'));
    expect(primary.ask('SELECT 1')).toContain('Too many connections');
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) expect([probe, primary.run(pod[probe].exec.command).code]).toEqual([probe, 0]);
    await until(() => primary.ask('SELECT 1') === '1');
  });

  test('F-D2 a replica copies the primary, follows it, and says so', async () => {
    root("CREATE VIEW app.names AS SELECT what FROM app.carts; CREATE PROCEDURE app.milk() INSERT INTO app.carts (what) VALUES ('milk'); CREATE EVENT app.never ON SCHEDULE EVERY 1 DAY DO DELETE FROM app.carts");
    mount(replica, of);
    const [check, clone, options] = follower.initContainers;
    expect(replica.run(check.command, { MARIADB_VERSION: '1:10.11.19+maria~ubu2204' }).code).toBe(0);
    const cloned = replica.run(clone.command, { HOSTNAME: 'orders-replica-3' });
    expect([cloned.code, cloned.output.includes('the primary is copied')]).toEqual([0, true]);
    expect(replica.run(options.command).code).toBe(0);
    // once more is as good as once
    expect(replica.run(clone.command, { HOSTNAME: 'orders-replica-3' })).toEqual({ code: 0, output: '' });
    expect(replica.run(check.command, { MARIADB_VERSION: '1:10.11.19+maria~ubu2204' }).code).toBe(0);
    const [server] = follower.containers;
    await replica.start(server, isUp(replica, server), { HOSTNAME: 'orders-replica-3' });
    const there = (sql: string) => replica.ask(sql, 'root', AWKWARD);
    expect(there('SELECT @@server_id, @@read_only, @@event_scheduler, @@log_bin')).toBe('103\t1\tOFF\t0');
    const count = root('SELECT count(*) FROM app.names');
    root('CALL app.milk()');
    await until(() => there('SELECT count(*) FROM app.names') !== count);
    expect(Number(there('SELECT count(*) FROM app.names'))).toBe(Number(count) + 1);
    expect(there('SELECT @@gtid_slave_pos')).toBe(root('SELECT @@gtid_binlog_pos'));
    expect(replica.ask("INSERT INTO carts (what) VALUES ('x')", 'app', passwords.app ?? '', 'app')).toContain('read-only');
    expect(replica.run(['mariadb', '--defaults-file=/etc/mysqld-exporter/my.cnf', '-e', 'SHOW SLAVE STATUS\\G']).output).toContain('Seconds_Behind_Master: 0');
  });

  test('F-D2 a replica goes on where it stopped, and waits for a primary that is away', async () => {
    const [server] = follower.containers;
    const there = (sql: string) => replica.ask(sql, 'root', AWKWARD);
    await replica.stop();
    root("INSERT INTO app.carts (what) VALUES ('meanwhile')");
    expect(replica.run(follower.initContainers[1].command, { HOSTNAME: 'orders-replica-3' })).toEqual({ code: 0, output: '' });
    await replica.start(server, isUp(replica, server), { HOSTNAME: 'orders-replica-3' });
    await until(() => there("SELECT count(*) FROM app.carts WHERE what = 'meanwhile'") === '1');
    expect(there("SELECT count(*) FROM app.carts WHERE what = 'meanwhile'")).toBe('1');
    await primary.stop();
    await until(() => replica.run(server.readinessProbe.exec.command).code !== 0);
    expect(replica.run(server.readinessProbe.exec.command)).toEqual({ code: 1, output: 'not so: Slave_IO_Running: Yes\n' });
    expect(replica.run(server.livenessProbe.exec.command).code).toBe(0);
    await primary.start(pod, isUp(primary, pod));
    await until(() => replica.run(server.readinessProbe.exec.command).code === 0);
    expect(replica.run(server.readinessProbe.exec.command).code).toBe(0);
  });

  test('F-D9 a changed password of root is taken over from the previous one', () => {
    const rotated = rendered({ rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated() });
    primary.mount('/etc/database-setup', rotated.files('orders-setup-etc-database-setup'));
    primary.mount('/run/secrets/previous-root', { password: AWKWARD });
    primary.mount('/run/secrets/root', { password: `${AWKWARD} new` });
    expect(primary.run(rotated.job.command)).toEqual({ code: 0, output: `the password of root is the new one\n${DONE.output}` });
    expect(primary.run(rotated.job.command)).toEqual(DONE);
    expect(primary.ask('SELECT 1', 'root', `${AWKWARD} new`)).toBe('1');
    expect(root('SELECT 1')).toContain('Access denied');
    expect(primary.run(pod.readinessProbe.exec.command).code).toBe(0);
    // a first start has no previous one: what is mounted is empty then
    primary.empty('/run/secrets/previous-root');
    expect(primary.run(rotated.job.command)).toEqual(DONE);
  });

  test('a password of root that the data does not know is said to be so', () => {
    const refused = /^(?:ERROR 1045 \(28000\)[^\n]*: Access denied for user 'root'@[^\n]*\n)+/;
    const told = (command: string[]) => {
      const { code, output } = primary.run(command);
      expect(output).toMatch(refused);
      return [code, output.replace(refused, '')];
    };
    const rotated = rendered({ rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated() });
    primary.mount('/run/secrets/root', { password: 'unknown' });
    primary.empty('/run/secrets/previous-root');
    expect(told(rotated.job.command)).toEqual([1, "root can't sign in by rootCredentials, "
      + 'and there is no password of previousRootCredentials: the Secret orders-root is missing, or its key password\n']);
    primary.mount('/run/secrets/previous-root', { password: 'unknown too' });
    expect(told(rotated.job.command)).toEqual([1, 'root can sign in neither by rootCredentials nor by previousRootCredentials: name the password that the data knows in the latter\n']);
    primary.mount('/etc/database-setup', rendered().files('orders-setup-etc-database-setup'));
    expect(told(rendered().job.command)).toEqual([1, "root can't sign in by rootCredentials: name the password that the data knows in previousRootCredentials\n"]);
  });
});

describe('D2 the scripts for MySQL, as far as MariaDB understands them', () => {
  let server: MariaDbSandbox;
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
  const props: Partial<MySqlProps> = { metrics: true, databases: ['old_orders'], users, initScripts: { '10-tables.sql': 'CREATE TABLE early (id int);' } };
  new MySql(shop.chart, 'orders', { version: MySqlVersion.V8_4, storage: Storage.dynamic(Size.gibibytes(20)), ...props });
  const of = parts(shop);

  beforeAll(async () => {
    server = await MariaDbSandbox.make();
    mount(server, of);
    await server.start(of.pod, isUp(server, of.pod));
  });

  afterAll(async () => {
    await server.remove();
  });

  test('root, users, rights and probes', () => {
    expect(server.ask('SELECT @@log_bin', 'root', AWKWARD)).toBe('0');
    expect(server.run(of.job.command)).toEqual(DONE);
    expect(server.run(of.job.command)).toEqual(DONE);
    expect(server.ask('SELECT 1', 'root', AWKWARD)).toBe('1');
    expect(server.ask('CREATE TABLE carts (id int); SELECT count(*) FROM early', 'app', passwords.app ?? '', 'app')).toBe('0');
    expect(server.ask('INSERT INTO carts VALUES (1)', 'reports', passwords['user-reports'] ?? '', 'app')).toContain('INSERT command denied');
    expect(server.ask('SHOW GLOBAL STATUS; SELECT 1', 'keelson_metrics', passwords.metrics ?? '')).toMatch(/1$/);
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) expect([probe, server.run(of.pod[probe].exec.command).code]).toEqual([probe, 0]);
  });
});

describe('F-D28 data of another version', () => {
  const check = (className: 'MySql' | 'MariaDb') => {
    const shop = new Shop();
    const storage = Storage.dynamic(Size.gibibytes(1));
    if (className === 'MySql') new MySql(shop.chart, 'orders', { version: MySqlVersion.V8_4, storage });
    else new MariaDb(shop.chart, 'orders', { version: MariaDbVersion.V11_8, storage });
    return parts(shop).spec.initContainers[0].command as string[];
  };
  const environment = { MARIADB_VERSION: '1:11.8.9+maria~ubu2404', MYSQL_MAJOR: '8.4' };
  const history = (...versions: string[]) => JSON.stringify({ file_format: '1', upgrade_history: versions.map(version => ({ date: '2026-01-01 00:00:00', version, maturity: 'LTS' })) });
  const refusal = (title: string, found: string, wanted: string) => ({
    code: 1, output: `the data is of ${title} ${found}, the image is ${wanted}: dump the data with ${found} and restore it into a database of its own, or go back to an image of ${found}\n`,
  });
  const ok = { code: 0, output: '' };

  test.each([
    ['MariaDb', 'mariadb_upgrade_info', '11.8.5-MariaDB', ok], ['MariaDb', 'mariadb_upgrade_info', '11.4.13-MariaDB', refusal('MariaDB', '11.4', '11.8')],
    ['MariaDb', 'mysql_upgrade_info', '10.11.19-MariaDB', refusal('MariaDB', '10.11', '11.8')], ['MariaDb', 'mysql_upgrade_history', history('8.4.11'), refusal('MariaDB', '(MySQL)', '11.8')],
    ['MySql', 'mysql_upgrade_history', history('8.4.0', '8.4.11'), ok], ['MySql', 'mysql_upgrade_history', history('8.4.11', '9.7.2'), refusal('MySQL', '9.7', '8.4')],
    ['MySql', 'mysql_upgrade_info', '8.0.36', refusal('MySQL', '8.0', '8.4')], ['MySql', 'mariadb_upgrade_info', '11.8.9-MariaDB', refusal('MySQL', '(MariaDB 11.8)', '8.4')],
    ['MySql', 'nothing', '', ok], ['MariaDb', 'nothing', '', ok],
  ] as const)('%s finds %s with %s', async (className, file, text, expected) => {
    const sandbox = await MariaDbSandbox.make();
    try {
      expect(sandbox.run(check(className), environment)).toEqual(ok);
      const data = sandbox.here('/var/lib/data');
      mkdirSync(join(data, 'mysql/mysql'), { recursive: true });
      writeFileSync(join(data, 'mysql', file), text);
      const halfWay = `the first start did not end well, see its log: empty the volume to start anew; if the data comes from elsewhere, make the file ${data}/initialised\n`;
      expect(sandbox.run(check(className), environment)).toEqual(expected === ok ? { code: 1, output: halfWay } : expected);
      writeFileSync(join(data, 'initialised'), '');
      expect(sandbox.run(check(className), environment)).toEqual(expected);
    } finally {
      await sandbox.remove();
    }
  });

  test('a first start whose script fails leaves no mark', async () => {
    const sandbox = await MariaDbSandbox.make();
    try {
      const of = rendered({ version: MariaDbVersion.V10_11, initScripts: { '10-broken.sql': 'CREATE TABLE' } });
      mount(sandbox, of);
      await expect(sandbox.start(of.pod, () => false)).rejects.toThrow('the server ended');
      const found = sandbox.run(of.spec.initContainers[0].command, { MARIADB_VERSION: '1:10.11.19+maria~ubu2204' });
      expect(found.output).toContain('the first start did not end well');
    } finally {
      await sandbox.remove();
    }
  });
});
