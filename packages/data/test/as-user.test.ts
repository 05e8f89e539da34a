import { WaitFor } from '@keelson/core';
import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DatabasePrivilege, type DatabaseUser, MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, PostgreSql, PostgreSqlVersion, Redis, RedisVersion, Storage } from '../src';
import { Shop } from './rendered';
import { Client } from './specimens/client';

const storage = Storage.dynamic(Size.gibibytes(20));
const users: DatabaseUser[] = [
  { name: 'reports', privileges: { app: DatabasePrivilege.READ, archive: DatabasePrivilege.READ } },
  { name: 'old_books', privileges: { archive: DatabasePrivilege.WRITE } }, { name: 'nobody' },
];

function world() {
  const shop = new Shop();
  const orders = new PostgreSql(shop.chart, 'orders', { version: PostgreSqlVersion.V17, storage, databases: ['archive'], users, readReplicas: 1 });
  const client = new Client(shop.chart, 'client');
  const told = () => {
    const { containers: [container], volumes } = shop.object('Deployment', 'client').spec.template.spec;
    const env = Object.fromEntries((container.env ?? []).map((each: { name: string; value: string }) => [each.name, each.value]));
    return { env, mounts: (container.volumeMounts ?? []).map((mount: { mountPath: string }) => mount.mountPath).filter((path: string) => path.startsWith('/run')), secrets: JSON.stringify(volumes) };
  };
  const policy = () => shop.object('NetworkPolicy', 'client').spec.egress as unknown;
  return { shop, orders, client, told, policy };
}

describe('C4 D5 a client of a declared user', () => {
  test('waits for the servers by their own name, and is nobody else for that', () => {
    const { shop, orders, client, told } = world();
    client.connections.to(orders.readReplicas!.asUser('reports'));
    client.waitFor(WaitFor.service(orders.readReplicas!));
    client.waitFor(WaitFor.service(orders));
    expect(shop.mistakes()).toEqual([]);
    const { env, mounts, secrets } = told();
    expect([env.PGUSER, env.PGHOST, mounts]).toEqual(['reports', 'orders-ro.shop.svc.cluster.local', ['/run/secrets/orders-ro-reports']]);
    expect(secrets).not.toContain('orders-app');
  });

  test('gets that name, its files and its database, by the way that all clients have', () => {
    const [own, other] = [world(), world()];
    own.client.connections.to(own.orders);
    other.client.connections.to(other.orders.asUser('old_books'));
    const { env, mounts, secrets } = other.told();
    expect(env).toEqual({
      PGHOST: 'orders-rw.shop.svc.cluster.local', PGPORT: '5432', PGDATABASE: 'archive', PGUSER: 'old_books',
      PGPASSWORD_FILE: '/run/secrets/orders-old-books/password', DATABASE_URL_FILE: '/run/secrets/orders-old-books/uri',
    });
    expect(mounts).toEqual(['/run/secrets/orders-old-books']);
    expect(secrets).toContain('"name":"orders-user-old-books"');
    expect(other.policy()).toEqual(own.policy());
  });

  test('signs in at the database of all where it has rights there', () => {
    const { client, orders, told } = world();
    client.connections.to(orders.asUser('reports'));
    expect(told().env).toMatchObject({ PGUSER: 'reports', PGDATABASE: 'app' });
  });

  test('has rights somewhere: without any, no database lets it in', () => {
    const { client, orders, shop } = world();
    client.connections.to(orders.asUser('nobody'));
    orders.asUser('nobody');
    expect(shop.mistakes()).toEqual([
      "[shop/orders] KEELSON3192 'asUser' must be a user with rights in a database, got 'nobody', who has none and gets into none: "
      + "give it some in 'users', such as privileges: { app: DatabasePrivilege.READ }",
    ]);
  });

  test('has a Secret with the URI, which the Job makes', () => {
    const { shop } = world();
    const job = JSON.stringify(shop.objects().filter(({ kind }) => kind === 'ConfigMap' || kind === 'Job'));
    expect(job).toContain('postgresql://old_books:');
    expect(job).toContain('@orders-rw.shop.svc.cluster.local:5432/archive');
  });

  test('of read replicas is sent there', () => {
    const { client, orders, told } = world();
    client.connections.to((orders.readReplicas ?? orders).asUser('reports'));
    expect(told().env).toEqual({
      PGHOST: 'orders-ro.shop.svc.cluster.local', PGPORT: '5432', PGDATABASE: 'app', PGUSER: 'reports', PGPASSWORD_FILE: '/run/secrets/orders-ro-reports/password',
    });
  });

  test('beside the application itself takes a prefix', () => {
    const { client, orders, told, shop } = world();
    client.connections.to(orders);
    client.connections.to(orders.asUser('reports'), { envPrefix: 'REPORTS_' });
    expect(shop.mistakes()).toEqual([]);
    expect(told().env).toMatchObject({ PGUSER: 'app', REPORTS_PGUSER: 'reports' });
  });

  test('is connected once, however often that is said, and the application is one of the users', () => {
    const [once, often, own, app] = [world(), world(), world(), world()];
    once.client.connections.to(once.orders.asUser('reports'));
    often.client.connections.to(often.orders.asUser('reports'));
    often.orders.asUser('reports').connections.from(often.client);
    expect(often.shop.objects()).toEqual(once.shop.objects());
    own.client.connections.to(own.orders);
    app.client.connections.to(app.orders.asUser('app'));
    expect(app.shop.objects()).toEqual(own.shop.objects());
  });

  test('without the line there is nothing of it', () => {
    const { told } = world();
    expect(told()).toMatchObject({ env: {}, mounts: [] });
    expect(told().secrets).not.toContain('orders');
  });

  test.each([
    ['MYSQL_', (shop: Shop) => new MariaDb(shop.chart, 'orders', { version: MariaDbVersion.V11_8, storage, databases: ['archive'], users })],
    ['MONGODB_', (shop: Shop) => new MongoDb(shop.chart, 'orders', { version: MongoDbVersion.V8_0, storage, databases: ['archive'], users })],
  ])('of %s… is told in the words of the engine', (prefix, define) => {
    const shop = new Shop();
    new Client(shop.chart, 'client').connections.to(define(shop).asUser('old_books'));
    expect(shop.mistakes()).toEqual([]);
    const env = shop.object('Deployment', 'client').spec.template.spec.containers[0].env as { name: string; value: string }[];
    expect(env.find(({ value }) => value === 'old_books')?.name.startsWith(prefix)).toBe(true);
    expect(env.some(({ value }) => value === 'archive')).toBe(true);
  });

  test('fails where nobody is called so', () => {
    const { client, orders, shop } = world();
    client.connections.to(orders.asUser('report'));
    const cache = new Redis(shop.chart, 'cache', { version: RedisVersion.VALKEY_9_1, storage, name: 'cache' });
    new Client(shop.chart, 'other').connections.to(cache.asUser('reports'));
    expect(shop.mistakes()).toEqual([
      "[shop/cache] KEELSON3019 'asUser' must be a user of the database ('app'), got 'reports': declare it in 'users', or name one of these",
      "[shop/orders] KEELSON3019 'asUser' must be a user of the database ('app', 'reports', 'old_books', 'nobody'), got 'report': declare it in 'users', or name one of these",
    ]);
  });
});
