import { Certificate, Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseTls, PostgreSql, PostgreSqlVersion, Storage } from '../../src';
import { Shop, type Rendered } from '../rendered';
import { Authority, serialOf, servedSerial } from './authority';
import { PostgreSqlSandbox } from './postgresql-server';

const PASSWORDS: Record<string, string> = { root: 'r00t', app: "a'pp", metrics: 'm', replication: 'r' };
const CERTIFICATE = '/run/secrets/tls';
const AUTHORITY = '/run/secrets/authority';

describe('F-D21 a real PostgreSQL with TLS', () => {
  const customResources = ['cert-manager.io/v1/Certificate', 'monitoring.coreos.com/v1/PodMonitor'];
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack(), customResources });
  new PostgreSql(shop.chart, 'orders', {
    version: PostgreSqlVersion.V17, storage: Storage.dynamic(Size.gibibytes(20)), metrics: true, readReplicas: 1,
    tls: DatabaseTls.required(Certificate.issuedBy('internal-ca')),
  });
  const objects = shop.objects();
  const one = (kind: string, name: string): Rendered =>
    objects.find(each => each.kind === kind && (each.metadata.name as string).startsWith(name));
  const pods: Rendered = one('StatefulSet', 'orders').spec.template.spec;
  const follower: Rendered = one('StatefulSet', 'orders-replica').spec.template.spec;
  const [pod] = pods.containers;
  const job: Rendered = one('Job', 'orders-setup').spec.template.spec.containers[0];
  const wanted: Rendered = one('Certificate', 'orders').spec;
  const named = (name: string): Rendered => pods.initContainers.find((each: Rendered) => each.name === name);
  /** The mode that the volume of a mount gives its files. */
  const modeAt = (path: string): number => {
    const mount = pod.volumeMounts.find((each: Rendered) => each.mountPath === path);
    return pods.volumes.find((each: Rendered) => each.name === mount.name).projected.defaultMode;
  };
  const authority = new Authority();
  const first = authority.issue(wanted);
  let primary: PostgreSqlSandbox;
  let replica: PostgreSqlSandbox;
  let reload: { readonly said: () => string };

  /** Asks as a client that was given nothing but a connection string. */
  const ask = (how: string, sql = 'SELECT 1', server = primary) =>
    server.run(['psql', `host=127.0.0.1 port=${server.port} user=app dbname=app ${how}`, '-wXAtqc', sql], { PGPASSWORD: PASSWORDS.app ?? '' });
  const verified = `sslmode=verify-full sslrootcert=${AUTHORITY}/ca.crt`;

  beforeAll(async () => {
    primary = await PostgreSqlSandbox.make();
    replica = await PostgreSqlSandbox.make();
    for (const sandbox of [primary, replica]) {
      for (const [role, password] of Object.entries(PASSWORDS)) sandbox.mount(`/run/secrets/${role}`, { password });
      sandbox.mount('/etc/postgresql', one('ConfigMap', 'orders-etc-postgresql').data);
      sandbox.mountSecret(CERTIFICATE, first, modeAt(CERTIFICATE));
      sandbox.mountSecret(AUTHORITY, { 'ca.crt': first['ca.crt'] }, 0o440);
    }
    primary.mount('/etc/database-setup', one('ConfigMap', 'orders-setup-etc-database-setup').data);
    primary.mount('/docker-entrypoint-initdb.d', one('ConfigMap', 'orders-docker-entrypoint-initdb-d').data);
    primary.mountSecret('/run/secrets/wrong', { 'ca.crt': new Authority().certificate }, 0o440);
    const command: string[] = named('reload-certificate').command.map((word: string) => word.replace('sleep 10', 'sleep 0.2'));
    reload = primary.beside(command);
    primary.initialise(pod);
    await primary.start(pod.args, () => primary.run(pod.readinessProbe.exec.command).code === 0);
  });

  afterAll(async () => {
    await replica.remove();
    await primary.remove();
    authority.remove();
  });

  test('the key is readable for the group of the pod, and for nobody else, and the server takes it', () => {
    expect(modeAt(CERTIFICATE)).toBe(0o440);
    expect(primary.ask('SHOW ssl; SHOW ssl_min_protocol_version').split('\n')).toEqual(['on', 'TLSv1.2']);
    expect(primary.ask('SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL; SELECT * FROM pg_hba_file_rules WHERE error IS NOT NULL')).toBe('');
  });

  test('probes say that it works', () => {
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      expect([probe, primary.run(pod[probe].exec.command).code]).toEqual([probe, 0]);
    }
  });

  test('the setup Job verifies the server', () => {
    expect(primary.run(job.command)).toEqual({ code: 0, output: 'users and databases are as described\n' });
    primary.mountSecret(AUTHORITY, { 'ca.crt': primary.read('/run/secrets/wrong/ca.crt') }, 0o440);
    try {
      expect(primary.run(job.command)).toEqual({ code: 1, output: expect.stringMatching(/certificate verify failed\n$/) as unknown });
    } finally {
      primary.mountSecret(AUTHORITY, { 'ca.crt': first['ca.crt'] }, 0o440);
    }
  });

  test('a client without TLS is refused, and one that trusts another authority refuses the server', () => {
    expect(ask('sslmode=disable').output).toContain('no encryption');
    expect(ask(verified).output).toBe('1\n');
    expect(ask('sslmode=verify-full sslrootcert=/run/secrets/wrong/ca.crt').output).toContain('certificate verify failed');
    expect(ask(`${verified} ssl_max_protocol_version=TLSv1.1 ssl_min_protocol_version=TLSv1`).code).not.toBe(0);
  });

  test('the certificate is for all names of the server', () => {
    for (const name of wanted.dnsNames as string[]) {
      expect([name, ask(`${verified} host=${name.replace('*', 'orders-0')} hostaddr=127.0.0.1`).output]).toEqual([name, '1\n']);
    }
    // a name that is in no file of hosts
    expect(primary.run(['psql', `host=shop.example.com hostaddr=127.0.0.1 port=${primary.port} user=app dbname=app ${verified}`, '-wXAtqc', 'SELECT 1']).output)
      .toContain('does not match host name');
  });

  test("the exporter's connection string is one that the server takes", () => {
    const environment: { name: string; value: string }[] = named('metrics').env;
    const uri = environment.find(({ name }) => name === 'DATA_SOURCE_URI')?.value ?? '';
    const asked = primary.run(['psql', `postgresql://keelson_metrics@${uri.replace('5432', String(primary.port))}`, '-wXAtqc', 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'], { PGPASSWORD: PASSWORDS.metrics ?? '' });
    expect(asked).toEqual({ code: 0, output: 't\n' });
    expect(uri).toContain('sslmode=verify-ca');
  });

  test('a replica copies and follows by TLS', async () => {
    const clone = follower.initContainers.find((each: Rendered) => each.name === 'clone-primary');
    const cloned = replica.run(clone.command.map((word: string) => word.replaceAll('5432', String(primary.port))), { PGPORT: String(primary.port) });
    expect(cloned).toEqual({ code: 0, output: '' });
    const [server] = follower.containers;
    await replica.start(server.args, () => replica.run(server.readinessProbe.exec.command).code === 0);
    expect(primary.ask('SELECT ssl FROM pg_stat_ssl JOIN pg_stat_replication USING (pid)')).toBe('t');
    expect(ask('sslmode=disable', 'SELECT 1', replica).output).toContain('no encryption');
    expect(ask(verified, 'SELECT pg_is_in_recovery()', replica).output).toBe('t\n');
  });

  test('a renewed certificate is shown without a restart, and the sidecar says so once', async () => {
    const started = primary.ask('SELECT pg_postmaster_start_time()');
    expect(servedSerial(primary.port, 'postgres')).toBe(serialOf(first['tls.crt']));
    const before = reload.said();
    expect(before.match(/^the server shows/gm)).toHaveLength(1);
    const second = authority.issue(wanted);
    primary.mountSecret(CERTIFICATE, second, modeAt(CERTIFICATE));
    await primary.until(() => servedSerial(primary.port, 'postgres') === serialOf(second['tls.crt']));
    expect(serialOf(second['tls.crt'])).not.toBe(serialOf(first['tls.crt']));
    await new Promise(resolve => setTimeout(resolve, 1000));
    expect(reload.said()).toBe(`${before}the server shows the certificate that is mounted now\n`);
    expect(primary.ask('SELECT pg_postmaster_start_time()')).toBe(started);
    expect(ask(verified).output).toBe('1\n');
  });
});

describe('F-D21 a real PostgreSQL with TLS for those who want it', () => {
  test('takes clients without', async () => {
    const shop = new Shop({ version: '1.33' });
    new PostgreSql(shop.chart, 'orders', {
      version: PostgreSqlVersion.V17, storage: Storage.dynamic(Size.gibibytes(20)),
      tls: DatabaseTls.offered(Certificate.fromSecret({ kind: 'Secret', name: 'orders-tls' })),
    });
    const objects = shop.objects();
    const one = (kind: string, name: string): Rendered =>
      objects.find(each => each.kind === kind && (each.metadata.name as string).startsWith(name));
    const [pod] = one('StatefulSet', 'orders').spec.template.spec.containers;
    const sandbox = await PostgreSqlSandbox.make();
    const authority = new Authority();
    try {
      sandbox.mount('/run/secrets/root', { password: 'r' });
      sandbox.mount('/etc/postgresql', one('ConfigMap', 'orders-etc-postgresql').data);
      sandbox.mount('/docker-entrypoint-initdb.d', one('ConfigMap', 'orders-docker-entrypoint-initdb-d').data);
      const issued = authority.issue({ ipAddresses: ['127.0.0.1'] });
      sandbox.mountSecret(CERTIFICATE, issued, 0o440);
      sandbox.mountSecret(AUTHORITY, issued, 0o440);
      sandbox.initialise(pod);
      await sandbox.start(pod.args, () => sandbox.run(pod.readinessProbe.exec.command).code === 0);
      const encrypted = (how: string) => sandbox.run(
        ['psql', `host=127.0.0.1 port=${sandbox.port} user=postgres dbname=postgres ${how}`, '-wXAtqc', 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'], { PGPASSWORD: 'r' },
      ).output;
      expect(encrypted('sslmode=disable')).toBe('f\n');
      expect(encrypted(`sslmode=verify-full sslrootcert=${AUTHORITY}/ca.crt`)).toBe('t\n');
    } finally {
      await sandbox.remove();
      authority.remove();
    }
  });
});
