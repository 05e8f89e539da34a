import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificate, Monitoring, Secret } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Size } from 'cdk8s';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  DatabaseTls, MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, MySql, MySqlVersion, PostgreSql, PostgreSqlVersion, Redis, RedisVersion,
  Storage, type Database, type DatabaseProps,
} from '../src';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const required = DatabaseTls.required(Certificate.issuedBy('internal-ca'));
const offered = DatabaseTls.offered(Certificate.issuedBy('internal-ca'));
const storage = Storage.dynamic(Size.gibibytes(20));

const ENGINES: { title: string; define: (shop: Shop, props: Partial<DatabaseProps>) => Database }[] = [
  { title: 'PostgreSQL', define: ({ chart }, props) => new PostgreSql(chart, 'orders', { version: PostgreSqlVersion.V17, storage, ...props }) },
  { title: 'MySQL', define: ({ chart }, props) => new MySql(chart, 'orders', { version: MySqlVersion.V8_4, storage, ...props }) },
  { title: 'MariaDB', define: ({ chart }, props) => new MariaDb(chart, 'orders', { version: MariaDbVersion.V11_8, storage, ...props }) },
  { title: 'Redis', define: ({ chart }, props) => new Redis(chart, 'orders', { version: RedisVersion.V8_10, storage, ...props }) },
  { title: 'Valkey', define: ({ chart }, props) => new Redis(chart, 'orders', { version: RedisVersion.VALKEY_9_1, storage, ...props }) },
  { title: 'MongoDB', define: ({ chart }, props) => new MongoDb(chart, 'orders', { version: MongoDbVersion.V8_0, storage, ...props }) },
];

function shopOf(title: string, props: Partial<DatabaseProps>): Shop {
  const customResources = ['cert-manager.io/v1/Certificate', 'monitoring.coreos.com/v1/PodMonitor'];
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack(), customResources });
  const database = ENGINES.find(engine => engine.title === title)?.define(shop, props);
  new Client(shop.chart, 'storefront').connections.to(database as Database);
  return shop;
}

const podOf = (shop: Shop): Rendered => shop.object('StatefulSet', 'orders').spec.template.spec;
const named = ({ initContainers }: Rendered, name: string): Rendered => initContainers.find((each: Rendered) => each.name === name);
const mountsOf = ({ volumeMounts }: Rendered): string[] => volumeMounts.map(({ mountPath }: Rendered) => mountPath);
const variablesOf = (shop: Shop): Record<string, string> => Object.fromEntries(
  shop.object('Deployment', 'storefront').spec.template.spec.containers[0].env.map(({ name, value }: Rendered) => [name, value]));
const fileOf = (shop: Shop, name: string): string => Object.values(shop.object('ConfigMap', name).data).join('\n');

describe.each(ENGINES)('F-D21 $title with TLS', ({ title }) => {
  test('is what an API server takes, with a sidecar for what is renewed, and nothing of it without', () => {
    const shop = shopOf(title, { tls: required, metrics: true });
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    const pod = podOf(shop);
    expect(named(pod, 'reload-certificate').restartPolicy).toBe('Always');
    expect(mountsOf(named(pod, 'reload-certificate'))).toContain('/run/secrets/tls');
    expect(mountsOf(named(pod, 'metrics'))).toContain('/run/secrets/authority');
    // whoever reads statistics or makes users has no business with the key
    expect(mountsOf(named(pod, 'metrics'))).not.toContain('/run/secrets/tls');
    expect(mountsOf(named(pod, 'check-version'))).toEqual(['/tmp', '/var/lib/data']);
    expect(JSON.stringify(shopOf(title, { metrics: true }).objects())).not.toMatch(/\/run\/secrets\/(?:tls|authority)|reload-certificate|mongodb-tls|rediss:/);
  });

  test('is rendered the same each time, and from a Secret without a Certificate', () => {
    const text = () => JSON.stringify(shopOf(title, { tls: required }).objects());
    expect(text()).toBe(text());
    const brought = shopOf(title, { tls: DatabaseTls.required(Certificate.fromSecret(Secret.fromSecretName('orders-certificate'))) });
    expect(brought.mistakes()).toEqual([]);
    expect(brought.objects().filter(({ kind }) => kind === 'Certificate')).toEqual([]);
  });

  test('its scripts are ones that a shell can read', () => {
    const pod = podOf(shopOf(title, { tls: required, metrics: true }));
    const scripts: string[] = [...pod.initContainers, ...pod.containers].flatMap(({ command = [] }: Rendered) => (/sh$/.test(command[0]) ? [command[2]] : []));
    expect(scripts.length).toBeGreaterThan(1);
    for (const script of scripts) execFileSync('bash', ['-n', '-c', script]);
  });
});

describe('D5 F-D21 clients', () => {
  test.each([
    ['MySQL', { MYSQL_SSL_MODE: 'VERIFY_IDENTITY', MYSQL_SSL_CA: '/run/secrets/orders/ca.crt' }, 'mysql://app:{password}@orders-rw.shop.svc.cluster.local:3306/app?ssl-mode=VERIFY_IDENTITY&ssl-ca=/run/secrets/orders/ca.crt'],
    ['MariaDB', { MYSQL_SSL_MODE: 'VERIFY_IDENTITY', MYSQL_SSL_CA: '/run/secrets/orders/ca.crt' }, 'mysql://app:{password}@orders-rw.shop.svc.cluster.local:3306/app?ssl-mode=VERIFY_IDENTITY&ssl-ca=/run/secrets/orders/ca.crt'],
    ['Redis', { REDIS_TLS: 'true', REDIS_TLS_CA_FILE: '/run/secrets/orders/ca.crt' }, 'rediss://app:{password}@orders-rw.shop.svc.cluster.local:6379/0'],
    ['MongoDB', { MONGODB_TLS: 'true', MONGODB_TLS_CA_FILE: '/run/secrets/orders/ca.crt' }, 'mongodb://app:{password}@orders-rw.shop.svc.cluster.local:27017/app?authSource=admin&tls=true&tlsCAFile=/run/secrets/orders/ca.crt'],
  ])('of %s are told how to verify it', (title, variables, uri) => {
    const shop = shopOf(title, { tls: required });
    expect(variablesOf(shop)).toMatchObject(variables);
    expect(fileOf(shop, 'orders-secrets').replaceAll(`'"$r1"'`, '{password}')).toContain(uri);
    expect(Object.keys(variablesOf(shopOf(title, {}))).filter(name => name in variables)).toEqual([]);
  });
});

describe('F-D21 MySQL and MariaDB', () => {
  test.each(['MySQL', 'MariaDB'])('%s refuses clients without TLS, or takes them', (title) => {
    const configuration = (tls: DatabaseTls) => fileOf(shopOf(title, { tls }), 'orders-etc-mysql-conf-d').split('\n').filter(line => /ssl|tls|transport/.test(line));
    expect(configuration(required)).toEqual([
      'ssl_cert = "/run/secrets/tls/tls.crt"', 'ssl_key = "/run/secrets/tls/tls.key"', 'tls_version = "TLSv1.2,TLSv1.3"', 'require_secure_transport = "ON"',
    ]);
    expect(configuration(offered).at(-1)).toBe('require_secure_transport = "OFF"');
  });

  test('each is told in its own words', () => {
    const of = (title: string) => [named(podOf(shopOf(title, { tls: required })), 'reload-certificate').command[2], fileOf(shopOf(title, { tls: required }), 'orders-setup-etc-database-setup')];
    const [mySql, mySqlSetup] = of('MySQL');
    expect(mySql).toContain("mysql --defaults-file=/tmp/root.cnf -h 127.0.0.1 -P 3306 --connect-timeout=3 --ssl-mode=REQUIRED -e 'ALTER INSTANCE RELOAD TLS'");
    expect(mySqlSetup).toContain('-P 3306 --ssl-mode=VERIFY_IDENTITY --ssl-ca=/run/secrets/authority/ca.crt --connect-timeout=10');
    const [mariaDb, mariaDbSetup] = of('MariaDB');
    expect(mariaDb).toContain("mariadb --defaults-file=/tmp/root.cnf -h 127.0.0.1 -P 3306 --connect-timeout=3 --ssl --skip-ssl-verify-server-cert -e 'FLUSH LOCAL SSL'");
    expect(mariaDbSetup).toContain('-P 3306 --ssl-verify-server-cert --ssl-ca=/run/secrets/authority/ca.crt --connect-timeout=10');
  });

  test.each(['require_secure_transport', 'ssl-key', 'loose_ssl_ca'])("%s can't be set by its name", (name) => {
    expect(shopOf('MariaDB', { settings: { [name]: 'x' } }).mistakes()).toEqual([
      `[shop/orders] KEELSON3055 'settings.${name}' must be a setting that nothing else of the database depends on, got 'x': use 'tls'`,
    ]);
  });
});

describe('F-D21 Redis and Valkey', () => {
  test.each(['Redis', 'Valkey'])('%s has no port without TLS', (title) => {
    const id = title.toLowerCase();
    const shop = shopOf(title, { tls: required });
    expect(fileOf(shop, `orders-etc-${id}`).split('\n').slice(0, 6)).toEqual([
      'port 0', 'tls-port 6379', 'tls-cert-file /run/secrets/tls/tls.crt', 'tls-key-file /run/secrets/tls/tls.key', 'tls-auth-clients no',
      'tls-protocols "TLSv1.2 TLSv1.3"',
    ]);
    const [server] = podOf(shop).containers;
    expect(server.livenessProbe.exec.command[2]).toContain(`${id}-cli -h 127.0.0.1 --tls --insecure --user`);
    expect(server.readinessProbe.exec.command[2]).toContain(`${id}-cli -h 127.0.0.1 --tls --cacert /run/secrets/authority/ca.crt --user`);
  });

  test("can't offer TLS, and its settings have a prop", () => {
    expect(shopOf('Redis', { tls: offered }).mistakes()).toEqual([
      "[shop/orders] KEELSON3134 'tls' must be required, since Redis has one port for either, got TLS that is offered: use DatabaseTls.required(…)",
    ]);
    expect(shopOf('Valkey', { settings: { 'tls-port': '6380' } }).mistakes()).toEqual([
      "[shop/orders] KEELSON3084 'settings.tls-port' must be a setting of Valkey that nothing else depends on, got '6380': use 'tls'",
    ]);
  });
});

describe('F-D21 MongoDB', () => {
  const configuration = (tls: DatabaseTls) => fileOf(shopOf('MongoDB', { tls }), 'orders-etc-mongo');

  test('has its certificate in one file, and asks clients for none', () => {
    expect(configuration(required)).toContain(`  tls:
    mode: "requireTLS"
    certificateKeyFile: "/run/mongodb-tls/server.pem"
    CAFile: "/run/secrets/authority/ca.crt"
    allowConnectionsWithoutCertificates: true
    disabledProtocols: "TLS1_0,TLS1_1"
`);
    expect(configuration(offered)).toContain('mode: "preferTLS"');
  });

  test('is asked by a program that knows TLS, unless it answers without', () => {
    const readiness = (tls: DatabaseTls) => podOf(shopOf('MongoDB', { tls })).containers[0].readinessProbe;
    expect(readiness(required).exec.command[2]).toBe('timeout 14 mongosh --quiet --norc --tls --tlsCAFile /run/secrets/authority/ca.crt --tlsAllowInvalidHostnames --eval \'quit(db.adminCommand("ping").ok === 1 ? 0 : 1)\' && { [ ! -e /var/lib/data/initialised.next ] || mv /var/lib/data/initialised.next /var/lib/data/initialised; }');
    expect(readiness(required).periodSeconds).toBe(30);
    expect(readiness(offered).exec.command[2]).toContain('/dev/tcp/127.0.0.1/27017');
    expect(readiness(offered).periodSeconds).toBe(15);
  });

  test('its Job and its exporter verify it', () => {
    const shop = shopOf('MongoDB', { tls: required, metrics: true });
    expect(fileOf(shop, 'orders-setup-etc-database-setup')).toContain('&serverSelectionTimeoutMS=5000&tls=true&tlsCAFile=/run/secrets/authority/ca.crt');
    expect(named(podOf(shop), 'metrics').env).toContainEqual({
      name: 'MONGODB_URI', value: 'mongodb://127.0.0.1:27017/admin?authSource=admin&tls=true&tlsCAFile=/run/secrets/authority/ca.crt',
    });
  });

  test.each(['net.tls.mode', 'net.ssl.mode'])("%s can't be set by its name", (name) => {
    expect(shopOf('MongoDB', { settings: { [name]: 'disabled' } }).mistakes()).toEqual([
      `[shop/orders] KEELSON3092 'settings.${name}' must be a setting that nothing else of the database depends on, got 'disabled': use 'tls'`,
    ]);
  });

  describe('its scripts, with a stand-in for mongosh', () => {
    let directory: string;
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'mongodb-tls-'));
      for (const path of ['tls', 'pem', 'root', 'data', 'bin']) mkdirSync(join(directory, path));
      writeFileSync(join(directory, 'tls/tls.crt'), 'certificate\n');
      writeFileSync(join(directory, 'tls/tls.key'), 'key\n');
      writeFileSync(join(directory, 'root/password'), String.raw`it's "a" \ $PATH @:/?#` + '\n');
      // runs the script as mongosh does: with `connect`, and a server that writes down what it is asked
      writeFileSync(join(directory, 'bin/mongosh'), `#!${process.execPath}
const { writeFileSync } = require('fs');
const connect = uri => ({ adminCommand: command => { writeFileSync('${directory}/asked', JSON.stringify({ uri, command })); return { ok: process.env.OK === '0' ? 0 : 1 }; } });
new Function('require', 'connect', 'quit', process.argv.at(-1))(require, connect, process.exit);
`, { mode: 0o755 });
    });
    afterEach(() => { rmSync(directory, { recursive: true }); });

    const here = (text: string) => text
      .replaceAll('/run/secrets/tls', `${directory}/tls`).replaceAll('/run/mongodb-tls', `${directory}/pem`)
      .replaceAll('/run/secrets/root', `${directory}/root`).replaceAll('/var/lib/data', `${directory}/data`);
    const run = (script: string, ok = '1') => execFileSync('bash', ['-c', here(script)], { encoding: 'utf8', env: { PATH: `${directory}/bin:${process.env.PATH ?? ''}`, OK: ok, MONGO_MAJOR: '8.0' } });

    test('join certificate and key before each start, and at each renewal', () => {
      const pod = podOf(shopOf('MongoDB', { tls: required }));
      run(named(pod, 'prepare').command[2]);
      expect(readFileSync(join(directory, 'pem/server.pem'), 'utf8')).toBe('key\ncertificate\n');
      writeFileSync(join(directory, 'tls/tls.crt'), 'renewed\n');
      const [, reload = ''] = /^(reload\(\) \{\n[\s\S]*?\n\}\n)/m.exec(named(pod, 'reload-certificate').command[2] as string) ?? [];
      run(`${reload}reload`);
      expect(readFileSync(join(directory, 'pem/server.pem'), 'utf8')).toBe('key\nrenewed\n');
      const asked = JSON.parse(readFileSync(join(directory, 'asked'), 'utf8')) as { uri: string; command: object };
      expect(asked.command).toEqual({ rotateCertificates: 1 });
      const uri = new URL(asked.uri);
      expect([uri.username, decodeURIComponent(uri.password), uri.host]).toEqual(['root', String.raw`it's "a" \ $PATH @:/?#`, '127.0.0.1:27017']);
      expect(Object.fromEntries(uri.searchParams)).toMatchObject({ tls: 'true', tlsAllowInvalidCertificates: 'true', authSource: 'admin' });
      expect(() => run(`${reload}reload`, '0')).toThrow();
    });
  });
});
