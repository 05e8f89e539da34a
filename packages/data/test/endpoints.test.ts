import { ConfigMap, Peer, Secret } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import {
  CertificateAuthority, ConnectionValue, DatabaseCredentials, MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, MySql, MySqlVersion,
  PostgreSql, PostgreSqlVersion, Redis, RedisVersion, type DatabaseEndpoint, type MongoDbEndpointProps,
  type MySqlEndpointProps, type RedisEndpointProps,
} from '../src';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const credentials = DatabaseCredentials.fromSecret(Secret.fromSecretName('orders-app'), { uriKey: 'uri' });
const place = () => ({ host: 'orders.example.com', peer: Peer.cidr('10.20.0.0/16') });

/** What a client of it is told, in the environment and in files. */
function told(shop: Shop, database: DatabaseEndpoint): { env: Record<string, unknown>; files: unknown } {
  new Client(shop.chart, 'storefront').connections.to(database);
  expect(shop.mistakes()).toEqual([]);
  const { containers: [container], volumes = [] } = shop.object('Deployment', 'storefront').spec.template.spec as Rendered;
  const env = (container.env ?? []).map((each: Rendered) => [each.name, each.value ?? each.valueFrom]);
  return {
    env: Object.fromEntries(env as [string, unknown][]),
    files: volumes.flatMap((each: Rendered) => each.projected === undefined ? [] : each.projected.sources[0].secret as unknown),
  };
}

const FILES = [{ name: 'orders-app', items: [{ key: 'password', path: 'password' }, { key: 'uri', path: 'uri' }] }];

describe('D2 D3 D5 a MySQL or MariaDB that is made elsewhere', () => {
  test.each([
    ['mysql', '5.7', (shop: Shop) => MySql.fromEndpoint(shop.chart, 'orders', { ...place(), credentials, version: MySqlVersion.of('5.7', 'docker.io/library/mysql:5.7.44') })],
    ['mariadb', '11.8', (shop: Shop) => MariaDb.fromEndpoint(shop.chart, 'orders', { ...place(), credentials, version: MariaDbVersion.V11_8 })],
  ])('%s has clients and backups as one that is made here', (engine, series, define) => {
    const shop = new Shop();
    const database = define(shop);
    expect(told(shop, database)).toEqual({ env: {
      MYSQL_HOST: 'orders.example.com', MYSQL_PORT: '3306', MYSQL_DATABASE: 'app', MYSQL_USER: 'app',
      MYSQL_PASSWORD_FILE: '/run/secrets/orders/password', DATABASE_URL_FILE: '/run/secrets/orders/uri',
    }, files: FILES });
    expect([database.engine, database.engineVersion, database.port, database.address, database.backupCredentials]).toEqual([
      engine, series, 3306, 'mysql://orders.example.com:3306/app', { username: 'app', secret: expect.objectContaining({ name: 'orders-app' }), passwordKey: 'password' },
    ]);
  });

  const mistakesOf = (props: Partial<MySqlEndpointProps>) => {
    const shop = new Shop();
    MySql.fromEndpoint(shop.chart, 'orders', { ...place(), credentials, version: MySqlVersion.V8_4, ...props });
    return shop.mistakes();
  };
  test.each<[Partial<MySqlEndpointProps>, string]>([
    [{ version: undefined as unknown as MySqlVersion }, "KEELSON3001 'version' must be a value of MySqlVersion, got undefined: use MySqlVersion.V8_4"],
    [{ version: MySqlVersion.of('8.4.1', 'mysql:8.4.1') }, "KEELSON3050 'version.series' must be a series from 8.0 on, of two numbers, got '8.4.1': write it like '9.7'"],
    [{ credentials: undefined as unknown as DatabaseCredentials }, "KEELSON3001 'credentials' must be a value of DatabaseCredentials, got undefined: use DatabaseCredentials.fromSecret(…)"],
    [{ credentials: DatabaseCredentials.generated() }, "KEELSON3040 'credentials' must be those that the server knows, got generated ones: use DatabaseCredentials.fromSecret(…)"],
    [{ backupCredentials: DatabaseCredentials.generated() }, "KEELSON3040 'backupCredentials' must be those that the server knows, got generated ones: use DatabaseCredentials.fromSecret(…)"],
    [{ credentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('a')), clientVariables: { DB: ConnectionValue.URI_FILE } },
      "KEELSON3157 'clientVariables.DB' must be something that is known of it, got 'uriFile': name the key of the URI: fromSecret(…, { uriKey: 'uri' })"],
    [{ clientVariables: { DB: 'url' as ConnectionValue } }, "KEELSON3027 'clientVariables.DB' must be a ConnectionValue, got 'url': use one such as ConnectionValue.HOST"],
  ])('fails on what can\'t be (%#)', (props, message) => {
    expect(mistakesOf(props)).toEqual([`[shop/orders] ${message}`]);
  });
});

test('D3 a PostgreSQL that is run elsewhere may be older than those that are run here', () => {
  const version = PostgreSqlVersion.of('13', 'docker.io/library/postgres:13.22');
  const shop = new Shop();
  expect(PostgreSql.fromEndpoint(shop.chart, 'orders', { ...place(), host: '2001:db8::7', credentials, version }).address).toBe('postgresql://[2001:db8::7]:5432/app');
  expect(shop.mistakes()).toEqual([]);
  expect(version.faults).toHaveLength(1);
});

describe('D3 D5 a Redis or Valkey that is made elsewhere', () => {
  const endpoint = (props: Partial<RedisEndpointProps> = {}) => {
    const shop = new Shop();
    return { shop, database: Redis.fromEndpoint(shop.chart, 'orders', { ...place(), version: RedisVersion.VALKEY_8_1, ...props }) };
  };

  test('may ask for no password: its URL is no secret', () => {
    const { shop, database } = endpoint({ database: 2 });
    expect(told(shop, database)).toEqual({ env: {
      REDIS_HOST: 'orders.example.com', REDIS_PORT: '6379', REDIS_URL: 'redis://orders.example.com:6379/2',
    }, files: [] });
    expect([database.engine, database.user, database.credentialsSecret, database.backupCredentials]).toEqual(['valkey', undefined, undefined, undefined]);
  });

  test('may know a password and no user', () => {
    const { shop, database } = endpoint({ credentials });
    expect(told(shop, database)).toEqual({ env: {
      REDIS_HOST: 'orders.example.com', REDIS_PORT: '6379', REDIS_PASSWORD_FILE: '/run/secrets/orders/password', REDIS_URL_FILE: '/run/secrets/orders/uri',
    }, files: FILES });
    expect([database.user, database.backupCredentials?.username, database.backupCredentials?.secret.name]).toEqual([undefined, 'default', 'orders-app']);
  });

  test('may have users, and be older than those that are run here', () => {
    const { shop, database } = endpoint({ credentials, user: 'app', version: RedisVersion.of('6.2', 'docker.io/library/redis:6.2.20') });
    expect(told(shop, database).env).toMatchObject({ REDIS_USERNAME: 'app' });
    expect([database.engine, database.engineVersion, database.backupCredentials?.username]).toEqual(['redis', '6.2', 'app']);
  });

  test('has a backup\'s own user', () => {
    const { shop, database } = endpoint({ backupUser: 'backup', backupCredentials: credentials });
    expect(shop.mistakes()).toEqual([]);
    expect([database.user, database.backupCredentials?.username]).toEqual([undefined, 'backup']);
  });

  test.each<[Partial<RedisEndpointProps>, string]>([
    [{ user: 'app' }, "KEELSON3160 'user' must be left out without credentials, got 'app': say the password of the user, or remove it"],
    [{ backupUser: 'backup' }, "KEELSON3160 'backupUser' must be left out without credentials, got 'backup': say the password of the user, or remove it"],
    [{ database: -1 }, "KEELSON3161 'database' must be an integer from 0 on, got -1: leave it out for 0"],
    [{ database: 1.5 }, "KEELSON3161 'database' must be an integer from 0 on, got 1.5: leave it out for 0"],
    [{ version: undefined as unknown as RedisVersion }, "KEELSON3001 'version' must be a value of RedisVersion, got undefined: use RedisVersion.V8_10"],
    [{ clientVariables: { REDIS_PASSWORD: ConnectionValue.PASSWORD } }, "KEELSON3157 'clientVariables.REDIS_PASSWORD' must be something that is known of it, got 'password': remove it"],
  ])('fails on what can\'t be (%#)', (props, message) => {
    expect(endpoint(props).shop.mistakes()).toEqual([`[shop/orders] ${message}`]);
  });
});

describe('D3 D5 a MongoDB that is made elsewhere', () => {
  const endpoint = (props: Partial<MongoDbEndpointProps> = {}) => {
    const shop = new Shop();
    return { shop, database: MongoDb.fromEndpoint(shop.chart, 'orders', { ...place(), credentials, version: MongoDbVersion.V8_0, ...props }) };
  };
  const addressOf = (props: Partial<MongoDbEndpointProps>) => {
    const { shop, database } = endpoint(props);
    expect(shop.mistakes()).toEqual([]);
    return database.address;
  };

  test('tells its clients what their driver needs', () => {
    const { shop, database } = endpoint({ database: 'shop' });
    expect(told(shop, database)).toEqual({ env: {
      MONGODB_HOST: 'orders.example.com', MONGODB_PORT: '27017', MONGODB_DATABASE: 'shop', MONGODB_USERNAME: 'app',
      MONGODB_ADDRESS: 'mongodb://orders.example.com:27017/shop?authSource=admin',
      MONGODB_PASSWORD_FILE: '/run/secrets/orders/password', MONGODB_URI_FILE: '/run/secrets/orders/uri',
    }, files: FILES });
  });

  test('may be Atlas, whose servers DNS tells', () => {
    const { shop, database } = endpoint({ host: 'shop.abc12.mongodb.net', srv: true });
    const { env } = told(shop, database);
    expect(env.MONGODB_ADDRESS).toBe('mongodb+srv://shop.abc12.mongodb.net/app?authSource=admin');
    expect(env).not.toHaveProperty('MONGODB_PORT');
    expect(shop.object('NetworkPolicy', 'storefront').spec.egress).toContainEqual({ to: [{ ipBlock: { cidr: '10.20.0.0/16' } }], ports: [{ port: 27017, protocol: 'TCP' }] });
  });

  test('tells of TLS in its address', () => {
    const tls = CertificateAuthority.fromConfigMap(ConfigMap.fromConfigMapName('authority'));
    expect(addressOf({ replicaSet: 'rs0', tls })).toBe(
      'mongodb://orders.example.com:27017/app?authSource=admin&replicaSet=rs0&tls=true&tlsCAFile=%2Frun%2Fsecrets%2Forders%2Fca.crt');
    const shop = new Shop();
    expect(Redis.fromEndpoint(shop.chart, 'orders', { ...place(), version: RedisVersion.V7_4, tls }).address).toBe('rediss://orders.example.com:6379/0');
  });

  test('may be DocumentDB, or a replica set of several', () => {
    expect(addressOf({ replicaSet: 'rs0', retryWrites: false, version: MongoDbVersion.of('5.0', 'docker.io/library/mongo:5.0.31') }))
      .toBe('mongodb://orders.example.com:27017/app?authSource=admin&replicaSet=rs0&retryWrites=false');
    expect(addressOf({ replicaSet: 'rs0', port: 27018, authSource: '$external', otherHosts: ['b.example.com', '10.20.0.7'] }))
      .toBe('mongodb://orders.example.com:27018,b.example.com:27018,10.20.0.7:27018/app?authSource=%24external&replicaSet=rs0');
    expect(addressOf({ host: 'shop.abc12.mongodb.net', srv: true, otherHosts: [], retryWrites: true }))
      .toBe('mongodb+srv://shop.abc12.mongodb.net/app?authSource=admin&retryWrites=true');
  });

  const srvName = 'must be a name of three parts or more with srv, of which DNS has records';
  test.each<[Partial<MongoDbEndpointProps>, string]>([
    [{ host: 'mongodb.net', srv: true }, `KEELSON3162 'host' ${srvName}, got 'mongodb.net': write it like 'shop.abc12.mongodb.net', or remove srv`],
    [{ host: '10.20.0.7', srv: true }, `KEELSON3162 'host' ${srvName}, got '10.20.0.7': write it like 'shop.abc12.mongodb.net', or remove srv`],
    [{ otherHosts: 'b.example.com' as unknown as string[] }, "KEELSON3163 'otherHosts' must be a list of hosts, got 'b.example.com': write it like ['db-1.example.com']"],
    [{ srv: true, otherHosts: ['b.example.com'] }, "KEELSON3164 'otherHosts' must be left out with srv, since DNS tells all, got 'b.example.com': remove it"],
    [{ otherHosts: [''] }, "KEELSON1110 'otherHosts.0' must be a host name, got '': write it like 'shop.example.com'"],
    [{ replicaSet: '' }, "KEELSON3165 'replicaSet' must be a name, got '': write it like 'rs0'"],
    [{ authSource: 'a b' }, "KEELSON3165 'authSource' must be a name, got 'a b': write it like 'admin'"],
    [{ version: undefined as unknown as MongoDbVersion }, "KEELSON3001 'version' must be a value of MongoDbVersion, got undefined: use MongoDbVersion.V8_0"],
    [{ srv: true, host: 'a.b.example.com', clientVariables: { PORT: ConnectionValue.PORT } }, "KEELSON3157 'clientVariables.PORT' must be something that is known of it, got 'port': remove it"],
  ])('fails on what can\'t be (%#)', (props, message) => {
    expect(endpoint(props).shop.mistakes()).toEqual([`[shop/orders] ${message}`]);
  });
});
