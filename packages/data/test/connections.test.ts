import { EnvValue, Mesh, MeshDataPlane, Peer, Secret } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  ConnectionValue, DatabaseCredentials, DatabasePrivilege, PostgreSql, PostgreSqlVersion, Redis, RedisVersion, Storage,
  type PostgreSqlEndpointProps, type PostgreSqlProps,
} from '../src';
import { Shop } from './rendered';

const storage = Storage.dynamic(Size.gibibytes(20));
const version = PostgreSqlVersion.V17;
const brought = Secret.fromSecretName('brought');
const withoutUri = DatabaseCredentials.fromSecret(brought);
const withUri = DatabaseCredentials.fromSecret(brought, { uriKey: 'uri' });

function mistakesOf(props: Partial<PostgreSqlProps>): string[] {
  const shop = new Shop();
  new PostgreSql(shop.chart, 'orders', { version, storage, ...props });
  return shop.mistakes();
}

function mistakesElsewhere(props: Partial<PostgreSqlEndpointProps>): string[] {
  const shop = new Shop();
  PostgreSql.fromEndpoint(shop.chart, 'orders', { version, host: 'orders.example.com', peer: Peer.cidr('10.20.0.0/16'), credentials: withUri, ...props });
  return shop.mistakes();
}

describe('D5 variables that clients ask for', () => {
  const { URI, URI_FILE, HOST } = ConnectionValue;
  const noUri = (prop: string, got: string) => `[shop/orders] KEELSON3157 'clientVariables.${prop}' must be something that is known of it, got '${got}': `
    + "name the key of the URI: fromSecret(…, { uriKey: 'uri' })";

  test('have names that an environment takes, whether somebody is connected or not', () => {
    const line = "[shop/orders] KEELSON1312 'clientVariables.1\\nA' must be a name of letters, digits, '-', '_' and '.' that begins with no digit and not with '..', got '1\\nA': try 'A'";
    expect(mistakesOf({ clientVariables: { '1\nA': HOST } })).toEqual([line]);
    expect(mistakesElsewhere({ clientVariables: { '1\nA': HOST } })).toEqual([line]);
    expect(mistakesOf({ clientVariables: { _1: HOST, 'a.b-c': HOST } })).toEqual([]);
    expect(EnvValue.faultsOfName('DB_HOST')).toEqual([]);
  });

  test('tell something that a client may be told', () => {
    expect(mistakesOf({ clientVariables: { DB_HOST: 'hosts' as ConnectionValue } }))
      .toEqual(["[shop/orders] KEELSON3027 'clientVariables.DB_HOST' must be a ConnectionValue, got 'hosts': use one such as ConnectionValue.HOST"]);
    const all = Object.fromEntries(Object.values(ConnectionValue).map((each, at) => [`V_${at}`, each]));
    expect(mistakesOf({ clientVariables: all })).toEqual([]);
    expect(mistakesElsewhere({ clientVariables: all })).toEqual([]);
  });

  test('tell a URI where the credentials have one', () => {
    const clientVariables = { DB_URI: URI, DB_URI_FILE: URI_FILE };
    const lines = [noUri('DB_URI', 'uri'), noUri('DB_URI_FILE', 'uriFile')];
    expect(mistakesOf({ clientVariables, credentials: withoutUri })).toEqual(lines);
    expect(mistakesElsewhere({ clientVariables, credentials: withoutUri })).toEqual(lines);
    expect(mistakesOf({ clientVariables, credentials: withUri })).toEqual([]);
    const shop = new Shop();
    new Redis(shop.chart, 'orders', { version: RedisVersion.V8_10, storage, clientVariables, credentials: withoutUri });
    expect(shop.mistakes()).toEqual(lines);
  });
});

describe('a server that is made elsewhere', () => {
  test.each(['10.20.0.7', '2001:db8::7', 'orders.example.com', 'localhost'])('is at %s', host => {
    expect(mistakesElsewhere({ host, readHost: host })).toEqual([]);
  });

  test('has an address that is one', () => {
    expect(mistakesElsewhere({ host: '10.0.0.256' })).toEqual([
      "[shop/orders] KEELSON1087 'host' must be an IP address, got '10.0.0.256': write it like '10.1.2.3' or '2001:db8::1'",
    ]);
    expect(mistakesElsewhere({ host: ':' })).toHaveLength(1);
  });

  test('names its databases and users as it likes, on one line', () => {
    expect(mistakesElsewhere({ database: 'Shop Orders', user: 'app@tenant', backupUser: '$' })).toEqual([]);
    const line = (prop: string, got: string) => `[shop/orders] KEELSON3029 '${prop}' must be a name on one line, got ${got}: write it as the server knows it`;
    expect(mistakesElsewhere({ database: '', user: 'a\nb', backupUser: 7 as unknown as string }))
      .toEqual([line('backupUser', '7'), line('database', "''"), line('user', "'a\\nb'")]);
  });
});

describe('F-D7 names of Secrets', () => {
  test('are good and differ whatever the users are called', () => {
    const names = ['a', 'a_', 'a__', 'a_b', '_', '__', '_a', 'a_1', 'x'.repeat(32)];
    const shop = new Shop();
    new PostgreSql(shop.chart, 'orders', { version, storage, users: names.map(name => ({ name })) });
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    const script = shop.objects().filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'orders-secrets').map(each => JSON.stringify(each.data)).join('');
    const made = new Set([...script.matchAll(/orders-user[-.a-z0-9]*/g)].map(([name]) => name));
    expect([...made].sort()).toEqual(
      ['orders-user--a', 'orders-user-a', 'orders-user-a-1', 'orders-user-a-b', 'orders-user-a.1', 'orders-user-a.2', `orders-user-${'x'.repeat(32)}`, 'orders-user.2', 'orders-user.3'].sort(),
    );
  });

  test.each([
    ['..x', 1], ['__proto__', 1], ['.x', 0], ['proto__', 0],
  ])('and of the key of a URI: %s', (uriKey, mistakes) => {
    expect(mistakesOf({ credentials: DatabaseCredentials.fromSecret(brought, { uriKey }) })).toHaveLength(mistakes);
  });
});

describe('N10 parts of a database in a mesh', () => {
  test('are told by their accounts, not by the namespace that others have as well', () => {
    const shop = new Shop({ version: '1.33', mesh: Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT }) });
    new PostgreSql(shop.chart, 'orders', { version, storage, readReplicas: 1, users: [{ name: 'reports', privileges: { app: DatabasePrivilege.READ } }] });
    const { rules } = shop.object('AuthorizationPolicy', 'orders').spec;
    const account = (name: string) => `cluster.local/ns/shop/sa/${name}`;
    expect(rules).toEqual([{ from: [{ source: { principals: [account('orders-replica'), account('orders-setup')] } }], to: [{ operation: { ports: ['5432'] } }] }]);
  });
});
