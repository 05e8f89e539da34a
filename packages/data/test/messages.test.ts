import { Faults, Peer, PersistentVolumeClaim, Secret, WaitFor } from '@keelson/core';
import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DatabaseCredentials, MariaDb, MariaDbVersion, PostgreSql, PostgreSqlVersion, Storage, type PostgreSqlProps } from '../src';
import { Shop } from './rendered';
import { Client } from './specimens/client';

const storage = Storage.dynamic(Size.gibibytes(20));
const version = PostgreSqlVersion.V17;

function shopOf(props: Partial<PostgreSqlProps>): Shop & { orders: PostgreSql } {
  const shop = new Shop();
  return Object.assign(shop, { orders: new PostgreSql(shop.chart, 'orders', { version, storage, ...props }) });
}

describe('one mistake is told once', () => {
  test('one claim for several servers of a database is no claim of another one', () => {
    const claim = Storage.claim(PersistentVolumeClaim.fromClaimName('data'));
    expect(shopOf({ storage: claim, readReplicas: 1 }).mistakes()).toEqual([
      "[shop/orders] KEELSON3031 'readReplicas' must be left out with Storage.claim(…), which is a volume for one server, got 1 with one claim: use Storage.dynamic(…)",
    ]);
    const shop = new Shop();
    new MariaDb(shop.chart, 'orders', { version: MariaDbVersion.V11_8, storage: claim, readReplicas: 1 });
    expect(shop.mistakes()).toEqual([
      "[shop/orders] KEELSON3052 'readReplicas' must be left out with Storage.claim(…), which is a volume for one server, got 1 with one claim: use Storage.dynamic(…)",
    ]);
  });

  test.each(['Reports-RO', 'Café', 'x'.repeat(300), 'a b'])('a name that needs quotes has no Secret that can\'t be made: %s', name => {
    expect(shopOf({ users: [{ name }] }).mistakes()).toEqual([
      `[shop/orders] KEELSON3020 'users.0.name' must be a lower-case letter or '_', then up to 31 of these and digits, got ${Faults.quoted(name)}: write it like 'orders'`,
    ]);
  });

  test('a Peer of two servers', () => {
    const shop = new Shop();
    const peer = Peer.cidr('10.20.0.0/16');
    const credentials = DatabaseCredentials.fromSecret(Secret.fromSecretName('brought'));
    const client = new Client(shop.chart, 'client');
    for (const id of ['orders', 'others']) {
      client.connections.to(PostgreSql.fromEndpoint(shop.chart, id, { version, host: `${id}.example.com`, peer, credentials }));
    }
    expect(shop.mistakes()).toEqual(["[shop/others] KEELSON3041 'peer' must be a Peer of its own, got one that stands for another server already: make another one"]);
  });

  test('a chart without a namespace', () => {
    const shop = new Shop();
    new PostgreSql(new Chart(shop.app, 'orders'), 'orders', { version, storage, users: [{ name: 'reports' }] });
    expect(shop.mistakes()).toEqual([
      "[orders/orders] KEELSON3193 'credentials' must be all brought in a chart without a namespace, whose Job nobody could give rights, got generated ones: "
      + "give the chart one: new Chart(app, 'shop', { namespace: 'shop' })",
    ]);
    const brought = DatabaseCredentials.fromSecret(Secret.fromSecretName('brought'));
    const other = new Shop();
    new PostgreSql(new Chart(other.app, 'orders'), 'orders', { version, storage, credentials: brought, rootCredentials: brought });
    expect(other.mistakes()).toEqual([]);
  });
});

describe('a server that is made elsewhere', () => {
  test('is waited for as one that is made here', () => {
    const shop = new Shop();
    const client = new Client(shop.chart, 'client');
    const credentials = DatabaseCredentials.fromSecret(Secret.fromSecretName('brought'));
    const orders = PostgreSql.fromEndpoint(shop.chart, 'orders', { version, host: 'orders.example.com', peer: Peer.cidr('10.20.0.0/16'), credentials });
    client.waitFor(WaitFor.service(orders));
    expect(shop.mistakes()).toEqual([]);
    expect(JSON.stringify(shop.object('Deployment', 'client').spec.template.spec.initContainers)).toContain('orders.example.com');
  });
});
