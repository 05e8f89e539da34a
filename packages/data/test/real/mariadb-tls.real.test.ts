import { Certificate, Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseTls, MariaDb, MariaDbVersion, MySql, MySqlVersion, Storage } from '../../src';
import { Shop, type Rendered } from '../rendered';
import { Authority, serialOf, servedSerial } from './authority';
import { MariaDbSandbox } from './mariadb-server';

const PASSWORDS: Record<string, string> = { root: String.raw`r"00't\n`, app: "a'pp", metrics: 'm', replication: 'r' };
const CERTIFICATE = '/run/secrets/tls';
const AUTHORITY = '/run/secrets/authority';
/** To the right password, too: MariaDB has no word of its own for it. */
const NO_PLAIN = /Access denied|insecure transport/;
const DONE = { code: 0, output: 'users and databases are as described\n' };
const customResources = ['cert-manager.io/v1/Certificate', 'monitoring.coreos.com/v1/PodMonitor'];
const common = { storage: Storage.dynamic(Size.gibibytes(20)), metrics: true, tls: DatabaseTls.required(Certificate.issuedBy('internal-ca')) };

describe.each([
  { title: 'MariaDB', hasReplica: true, define: (shop: Shop) => new MariaDb(shop.chart, 'orders', { ...common, version: MariaDbVersion.V10_11, readReplicas: 1 }) },
  // its scripts, by MariaDB's programs
  { title: 'MySQL, as far as MariaDB understands it,', hasReplica: false, define: (shop: Shop) => new MySql(shop.chart, 'orders', { ...common, version: MySqlVersion.V8_4 }) },
])('F-D21 a real $title with TLS', ({ hasReplica, define }) => {
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack(), customResources });
  define(shop);
  const objects = shop.objects();
  const one = (kind: string, name: string): Rendered =>
    objects.find(each => each.kind === kind && (each.metadata.name as string).startsWith(name));
  const pods: Rendered = one('StatefulSet', 'orders').spec.template.spec;
  const [pod] = pods.containers;
  const job: Rendered = one('Job', 'orders-setup').spec.template.spec.containers[0];
  const wanted: Rendered = one('Certificate', 'orders').spec;
  const named = (name: string): Rendered => pods.initContainers.find((each: Rendered) => each.name === name);
  const authority = new Authority();
  const first = authority.issue(wanted);
  const wrong = new Authority().certificate;
  let primary: MariaDbSandbox;
  let replica: MariaDbSandbox;
  let reload: { readonly said: () => string };

  const ask = (server: MariaDbSandbox, how: readonly string[], sql = 'SELECT 1') => server.run(
    ['mariadb', '--no-defaults', '-h', '127.0.0.1', '-P', '3306', '-u', 'app', '-N', '-B', ...how, '-e', sql], { MYSQL_PWD: PASSWORDS.app ?? '' },
  ).output.trim();
  const verified = ['--ssl-verify-server-cert', `--ssl-ca=${AUTHORITY}/ca.crt`];

  beforeAll(async () => {
    primary = await MariaDbSandbox.make();
    replica = await MariaDbSandbox.make();
    replica.primaryPort = primary.port;
    for (const sandbox of [primary, replica]) {
      for (const [role, password] of Object.entries(PASSWORDS)) sandbox.mount(`/run/secrets/${role}`, { password });
      const configuration: string = one('ConfigMap', 'orders-etc-mysql-conf-d').data['keelson.cnf'];
      sandbox.mount('/etc/mysql/conf.d', { 'my.cnf': configuration.replace(/^(?:mysqlx|secure_file_priv|innodb_buffer_pool_instances).*$/gm, '') });
      sandbox.mountSecret(CERTIFICATE, first, 0o440);
      sandbox.mountSecret(AUTHORITY, { 'ca.crt': first['ca.crt'] }, 0o440);
    }
    primary.mountSecret('/run/secrets/wrong', { 'ca.crt': wrong }, 0o440);
    primary.mount('/etc/database-setup', one('ConfigMap', 'orders-setup-etc-database-setup').data);
    primary.mount('/docker-entrypoint-initdb.d', one('ConfigMap', 'orders-docker-entrypoint-initdb-d').data);
    const words: string[] = named('reload-certificate').command;
    reload = primary.beside(words.map(word => word
      .replace('sleep 10', 'sleep 0.2').replace('--ssl-mode=REQUIRED', '--ssl').replace('ALTER INSTANCE RELOAD TLS', 'FLUSH LOCAL SSL')
      .replace(/^( *)mysql --/m, '$1mariadb --')));
    const probes: Rendered[] = [pod.startupProbe, pod.readinessProbe];
    await primary.start(pod, () => probes.every(probe => primary.run(clients(probe.exec.command)).code === 0));
  });

  afterAll(async () => {
    await replica.remove();
    await primary.remove();
    authority.remove();
  });

  /** What MySQL's clients call otherwise. */
  const clients = (command: readonly string[]) => command.map(word => word.replaceAll('--ssl-mode=VERIFY_IDENTITY', '--ssl-verify-server-cert'));

  test('probes say that it works', () => {
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      expect([probe, primary.run(clients(pod[probe].exec.command)).code]).toEqual([probe, 0]);
    }
  });

  test('the setup Job verifies the server', () => {
    const setup: string = one('ConfigMap', 'orders-setup-etc-database-setup').data['setup.sh'];
    primary.write('/etc/database-setup/setup.sh', clients([setup])[0] ?? '');
    expect(primary.run(job.command)).toEqual(DONE);
    expect(primary.run(job.command)).toEqual(DONE);
    primary.mountSecret(AUTHORITY, { 'ca.crt': wrong }, 0o440);
    try {
      expect(primary.run(job.command)).toMatchObject({ code: 1, output: expect.stringMatching(/TLS\/SSL error: (?:unable to get local issuer certificate|self.signed|certificate verif)/) });
    } finally {
      primary.mountSecret(AUTHORITY, { 'ca.crt': first['ca.crt'] }, 0o440);
    }
  });

  test('a client without TLS is refused, and one that trusts another authority refuses the server', () => {
    expect(ask(primary, ['--skip-ssl'])).toMatch(NO_PLAIN);
    expect(ask(primary, verified)).toBe('1');
    expect(ask(primary, ['--ssl-verify-server-cert', '--ssl-ca=/run/secrets/wrong/ca.crt'])).toMatch(/TLS\/SSL error: (?:unable to get local issuer certificate|self.signed|certificate verif)/);
    expect(ask(primary, [...verified, '--tls-version=TLSv1.1'])).toMatch(/TLS\/SSL error|SSL/);
    expect(ask(primary, verified, 'SELECT @@tls_version')).toBe('TLSv1.2,TLSv1.3');
  });

  test('the exporter gets the authority, by the address that the certificate has', () => {
    const written = primary.run(named('metrics-options').command);
    expect(written.code).toBe(0);
    expect(primary.read('/etc/mysqld-exporter/my.cnf')).toBe(`[client]\nhost=127.0.0.1\nport=${primary.port}\nuser=keelson_metrics\npassword=m\nssl-ca=${primary.here(AUTHORITY)}/ca.crt\n`);
    const asked = primary.run(['mariadb', '--defaults-file=/etc/mysqld-exporter/my.cnf', '--ssl-verify-server-cert', '-N', '-B', '-e', 'SELECT 1']);
    expect(asked).toEqual({ code: 0, output: '1\n' });
  });

  if (hasReplica) test('a replica copies and follows by TLS', async () => {
    const follower: Rendered = one('StatefulSet', 'orders-replica').spec.template.spec;
    const clone = follower.initContainers.find((each: Rendered) => each.name === 'clone-primary');
    expect(replica.run(clone.command, { HOSTNAME: 'orders-replica-0' })).toMatchObject({ code: 0, output: expect.stringContaining('the primary is copied') });
    const [server] = follower.containers;
    await replica.start(server, () => replica.run(server.readinessProbe.exec.command).code === 0, { HOSTNAME: 'orders-replica-0' });
    const status = replica.run(['mariadb', '--no-defaults', '-S', '/run/mysqld/mysqld.sock', '-u', 'keelson_health', '-e', 'SHOW REPLICA STATUS\\G']).output;
    expect(status).toMatch(/Slave_IO_Running: Yes/);
    expect(status).toMatch(/Master_SSL_Allowed: Yes/);
    expect(status).toMatch(/Master_SSL_Verify_Server_Cert: Yes/);
    expect(ask(replica, ['--skip-ssl'])).toMatch(NO_PLAIN);
    expect(ask(replica, verified)).toBe('1');
  });

  test('a renewed certificate is shown without a restart, and the sidecar says so once', async () => {
    await primary.until(() => reload.said().includes('the server shows'));
    const started = ask(primary, verified, 'SELECT VARIABLE_VALUE < 3600 FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = \'UPTIME\'');
    expect(started).toBe('1');
    expect(servedSerial(primary.port, 'mysql')).toBe(serialOf(first['tls.crt']));
    const before = reload.said();
    expect(before.match(/^the server shows/gm)).toHaveLength(1);
    const second = authority.issue(wanted);
    primary.mountSecret(CERTIFICATE, second, 0o440);
    await primary.until(() => servedSerial(primary.port, 'mysql') === serialOf(second['tls.crt']));
    await new Promise(resolve => setTimeout(resolve, 1000));
    expect(reload.said()).toBe(`${before}the server shows the certificate that is mounted now\n`);
    expect(ask(primary, verified)).toBe('1');
    expect(Object.values(PASSWORDS).filter(password => password.length > 3 && before.includes(password))).toEqual([]);
  });
});
