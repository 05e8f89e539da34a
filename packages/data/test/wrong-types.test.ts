import { Peer, Secret } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import { DatabaseCredentials, PostgreSql, PostgreSqlVersion } from '../src';
import { engines, mistakesWith } from './engines';
import { Shop } from './rendered';

const message = (prop: string, allowed: string, got: string, fix: string) => `[shop/orders] KEELSON3194 '${prop}' must be ${allowed}, got ${got}: ${fix}`;
const list = "write it like ['a', 'b']";
const map = "write it like { key: 'value' }";
const flag = 'write it without quotes';
const users = "write it like [{ name: 'reports', privileges: { app: DatabasePrivilege.READ } }]";

describe('a prop of another type than its own is said to be, and is nothing else\'s fault', () => {
  test.each<[object, string]>([
    [{ settings: { work_mem: 64 } }, message('settings.work_mem', 'a map of texts', '64', "put it in quotes: '64'")],
    [{ settings: { autovacuum: false } }, message('settings.autovacuum', 'a map of texts', 'false', "put it in quotes: 'false'")],
    [{ settings: 'work_mem=1' }, message('settings', 'a map of texts', "'work_mem=1'", map)],
    [{ settings: ['a'] }, message('settings', 'a map of texts', 'a list', map)],
    [{ settings: null }, message('settings', 'a map of texts', 'null', map)],
    [{ metrics: 'yes' }, message('metrics', 'true or false', "'yes'", flag)],
    [{ passwordsInEnvironment: 1 }, message('passwordsInEnvironment', 'true or false', '1', flag)],
    [{ resources: 'small' }, message('resources', 'amounts of CPU and memory', "'small'", 'write it like { … }')],
    [{ resources: { memoryRequest: '4Gi' } }, message('resources.memoryRequest', 'a Size', "'4Gi'", 'use Size.gibibytes(1)')],
    [{ resources: { memoryLimit: 4 } }, message('resources.memoryLimit', 'a Size', '4', 'use Size.gibibytes(1)')],
    [{ clientVariables: 'HOST' }, message('clientVariables', 'a map of variables', "'HOST'", 'write it like { … }')],
    [{ user: 5 }, message('user', 'a text', '5', "write it like 'orders'")],
    [{ name: ['orders'] }, message('name', 'a text', 'a list', "write it like 'orders'")],
    [{ externalAccess: 'NodePort' }, "[shop/orders] KEELSON3001 'externalAccess' must be a value of ServiceType, got 'NodePort': use ServiceType.nodePort(…)"],
  ])('%j, of all engines', (props, line) => {
    expect(engines.map(engine => mistakesWith(engine, props))).toEqual(engines.map(() => [line]));
  });

  test.each<[object, string]>([
    [{ databases: 'x' }, message('databases', 'a list of texts', "'x'", list)],
    [{ databases: ['a', 5] }, message('databases.1', 'a list of texts', '5', list)],
    [{ database: {} }, message('database', 'a text', 'an object of another kind', "write it like 'orders'")],
    [{ users: { name: 'reports' } }, message('users', 'a list of users', 'an object of another kind', users)],
    [{ users: ['reports'] }, message('users.0', 'a list of users', "'reports'", users)],
    [{ users: [{ name: 'a' }, {}] }, message('users.1.name', 'a text', 'undefined', "write it like 'orders'")],
    [{ users: [{ name: 'a', privileges: 'read' }] }, message('users.0.privileges', 'a map of rights by database', "'read'", 'write it like { … }')],
    [{ initScripts: 'CREATE TABLE a (b int)' }, message('initScripts', 'a map of texts', "'CREATE TABLE a (b int)'", map)],
    [{ initScripts: { '10.sql': 1 } }, message('initScripts.10.sql', 'a map of texts', '1', "put it in quotes: '1'")],
  ])('%j, of engines with databases', (props, line) => {
    const all = engines.filter(engine => engine !== 'Redis');
    expect(all.map(engine => mistakesWith(engine, props))).toEqual(all.map(() => [line]));
  });

  test('of Redis alone', () => {
    expect(mistakesWith('Redis', { cache: 'yes', unsafeCommands: 'keys' })).toEqual([
      message('cache', 'true or false', "'yes'", flag), message('unsafeCommands', 'a list of texts', "'keys'", list),
    ]);
  });

  test('of a server that is made elsewhere', () => {
    const shop = new Shop();
    const credentials = DatabaseCredentials.fromSecret(Secret.fromSecretName('brought'));
    const wrong = { clientVariables: 'HOST', passwordsInEnvironment: 'yes' } as object;
    PostgreSql.fromEndpoint(shop.chart, 'orders', { version: PostgreSqlVersion.V17, host: 'orders.example.com', peer: Peer.cidr('10.20.0.0/16'), credentials, ...wrong });
    expect(shop.mistakes()).toEqual([
      message('clientVariables', 'a map of variables', "'HOST'", 'write it like { … }'), message('passwordsInEnvironment', 'true or false', "'yes'", flag),
    ]);
  });
});

describe.each(engines)('whatever is given to %s', engine => {
  const props = [
    'alerts', 'annotations', 'clientVariables', 'credentials', 'database', 'databases', 'engine', 'externalAccess', 'externalAnnotations', 'externalNodePort', 'image', 'initScripts',
    'labels', 'maxConnections', 'metrics', 'name', 'passwordsInEnvironment', 'previousRootCredentials', 'readReplicas', 'replicaUpdateStrategy', 'resources', 'rootCredentials',
    'settings', 'startupTimeout', 'storage', 'tls', 'updateStrategy', 'user', 'users', 'version', 'cache', 'eviction', 'persistence', 'unsafeCommands',
  ];
  test.each(props)('%s ends in no crash', prop => {
    for (const value of ['x', 5, true, null, {}, [], [5], ['x'], [{}], { a: 5 }, [null], () => 1]) {
      expect(() => mistakesWith(engine, { [prop]: value }).length).not.toThrow();
    }
  });
});
