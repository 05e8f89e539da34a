import { ClusterProfile, PersistentVolumeClaim, StorageClass } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { App, Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, MySql, MySqlVersion, PostgreSql, PostgreSqlVersion, Redis, RedisVersion, Storage, type PostgreSqlProps } from '../src';
import { Shop, type Rendered } from './rendered';

const version = PostgreSqlVersion.V17;
const size = Size.gibibytes(100);
const path = '/mnt/disks/orders';

function shopOf(storage: Storage, props: Partial<PostgreSqlProps> = {}, cluster?: ConstructorParameters<typeof Shop>[0]): Shop {
  const shop = new Shop(cluster);
  new PostgreSql(shop.chart, 'orders', { version, storage, ...props });
  return shop;
}

describe.each([
  { engine: 'PostgreSql', define: (scope: Chart) => new PostgreSql(scope, 'orders', { version, storage: Storage.dynamic(size), readReplicas: 1 }) },
  { engine: 'MySql', define: (scope: Chart) => new MySql(scope, 'orders', { version: MySqlVersion.V8_4, storage: Storage.dynamic(size) }) },
  { engine: 'MariaDb', define: (scope: Chart) => new MariaDb(scope, 'orders', { version: MariaDbVersion.V11_8, storage: Storage.dynamic(size), readReplicas: 1 }) },
  { engine: 'Redis', define: (scope: Chart) => new Redis(scope, 'orders', { version: RedisVersion.V8_10, storage: Storage.dynamic(size) }) },
  { engine: 'MongoDb', define: (scope: Chart) => new MongoDb(scope, 'orders', { version: MongoDbVersion.V8_0, storage: Storage.dynamic(size) }) },
])('D1 the servers of a $engine', ({ define }) => {
  test('keep their claims when they are deleted or made fewer, and have time to write down what they know', () => {
    const shop = new Shop({ version: '1.33' });
    define(shop.chart);
    const sets = shop.objects().filter(({ kind }) => kind === 'StatefulSet') as Rendered[];
    expect(sets.length).toBeGreaterThan(0);
    for (const { spec } of sets) {
      expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
      expect(spec.template.spec.terminationGracePeriodSeconds).toBe(180);
    }
  });
});

describe('V2 V4 a directory of a node', () => {
  test('is a volume for the claim of the pod, which takes no other', () => {
    const shop = shopOf(Storage.local('node-1', path, size));
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    const { metadata, spec } = shop.object('PersistentVolume', 'shop-data-orders-0');
    expect(metadata.namespace).toBeUndefined();
    expect(spec).toEqual({
      capacity: { storage: '100Gi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', local: { path },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] }] }] } },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-orders-0' },
    });
    const [claim] = shop.object('StatefulSet', 'orders').spec.volumeClaimTemplates;
    expect(claim.spec).toEqual({
      accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Gi' } }, storageClassName: '', selector: { matchLabels: { 'app.kubernetes.io/instance': 'orders' } },
    });
    expect(metadata.labels).toMatchObject(claim.spec.selector.matchLabels);
  });

  test('stands before the database that has it, and for each of those that follow on a node of its own', () => {
    const shop = shopOf(Storage.local('node-1', path, size, { replicaNodes: ['node-2', 'node-3'] }), { readReplicas: 2 });
    expect(shop.mistakes()).toEqual([]);
    const objects = shop.objects();
    const volumes = objects.filter(({ kind }) => kind === 'PersistentVolume');
    const nodesOf = (spec: Rendered) => spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values as string[];
    const places = volumes.map(({ spec }) => [nodesOf(spec as Rendered), spec.claimRef.name]);
    expect(places).toEqual([
      [['node-1'], 'data-orders-0'], [['node-2'], 'data-orders-replica-0'], [['node-3'], 'data-orders-replica-1'],
    ]);
    const [claim] = shop.object('StatefulSet', 'orders-replica').spec.volumeClaimTemplates;
    expect(claim.spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'orders-replica' } });
    const kinds = [...(shop.app.synthYaml() as string).matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind);
    expect(kinds.lastIndexOf('PersistentVolume')).toBeLessThan(kinds.indexOf('StatefulSet'));
  });

  test('may be of a class, which needn\'t be one of the profile', () => {
    const shop = shopOf(Storage.local('node-1', path, size, { storageClass: StorageClass.fromStorageClassName('local-ssd') }), {}, {
      version: '1.33', storageClasses: [{ name: 'standard', isDefault: true }],
    });
    expect(shop.mistakes()).toEqual([]);
    expect(shop.object('PersistentVolume', 'shop-data-orders-0').spec.storageClassName).toBe('local-ssd');
    expect(shop.object('StatefulSet', 'orders').spec.volumeClaimTemplates[0].spec.storageClassName).toBe('local-ssd');
  });

  test('is for every engine', () => {
    const shop = new Shop();
    const at = (name: string) => Storage.local('node-1', `/mnt/disks/${name}`, size);
    new MySql(shop.chart, 'a', { version: MySqlVersion.V8_4, storage: at('a') });
    new MariaDb(shop.chart, 'b', { version: MariaDbVersion.V11_8, storage: Storage.local('node-1', '/mnt/disks/b', size, { replicaNodes: ['node-2'] }), readReplicas: 1 });
    new Redis(shop.chart, 'c', { version: RedisVersion.V8_10, storage: at('c') });
    new MongoDb(shop.chart, 'd', { version: MongoDbVersion.V8_0, storage: at('d') });
    expect(shop.mistakes()).toEqual([]);
    expect(shop.objects().filter(({ kind }) => kind === 'PersistentVolume').map(({ metadata }) => metadata.name as string).sort())
      .toEqual(['shop-data-a-0', 'shop-data-b-0', 'shop-data-b-replica-0', 'shop-data-c-0', 'shop-data-d-0']);
  });

  const list = 'orders' as unknown as string[];
  test.each<[Storage, string, number?]>([
    [Storage.local('', path, size), "KEELSON1813 'storage.node' must be the name of a node, got none: name the node that has the disk: ['node-1']"],
    [Storage.local('node-1', 'mnt', size), "KEELSON1326 'storage.path' must be an absolute path without '..', got 'mnt': write it like '/srv/data'"],
    [Storage.local('node-1', path, Size.gibibytes(0)), "KEELSON3003 'storage.size' must be a Size of more than nothing, got 0: try Size.gibibytes(20)"],
    [Storage.local('node-1', path, size, { replicaNodes: list }), "KEELSON3150 'storage.replicaNodes' must be a list of names of nodes, got 'orders': write it like ['node-2']"],
    [Storage.local('node-1', path, size, { replicaNodes: ['node-2', 'node-2'] }),
      "KEELSON3151 'storage.replicaNodes.1' must be a node that no other server of the database has, got 'node-2' twice: name another node", 2],
    [Storage.local('node-1', path, size, { replicaNodes: ['node-1'] }),
      "KEELSON3151 'storage.replicaNodes.0' must be a node that no other server of the database has, got 'node-1' twice: name another node", 1],
    [Storage.local('node-1', path, size, { storageClass: { kind: 'Secret', name: 'a' } }),
      "KEELSON3152 'storage.storageClass' must be a StorageClass, got an object of another kind: try StorageClass.fromStorageClassName('local-ssd')"],
    [Storage.local('node-1', path, size), "KEELSON3153 'storage.replicaNodes' must be the nodes of 2 read replicas, got none: name a node for each, or use Storage.dynamic(…)", 2],
    [Storage.local('node-1', path, size, { replicaNodes: ['node-2', 'node-3'] }),
      "KEELSON3153 'storage.replicaNodes' must be the nodes of 1 read replica, got 'node-2', 'node-3': name a node for each, or use Storage.dynamic(…)", 1],
    [Storage.local('node-1', path, size, { replicaNodes: ['node-2'] }),
      "KEELSON3153 'storage.replicaNodes' must be left out without read replicas, got 'node-2': remove it, or ask for as many readReplicas, of a database that has some"],
  ])('fails on what can\'t be (%#)', (storage, message, readReplicas = 0) => {
    expect(shopOf(storage, { readReplicas }).mistakes()).toEqual([`[shop/orders] ${message}`]);
  });

  test('fails where another database is in it', () => {
    const shop = shopOf(Storage.local('node-1', path, size));
    new PostgreSql(shop.chart, 'others', { version, storage: Storage.local('node-1', `${path}/`, size) });
    new PostgreSql(shop.chart, 'elsewhere', { version, storage: Storage.local('node-2', path, size) });
    expect(shop.mistakes()).toEqual([
      "[shop/others] KEELSON3155 'storage.path' must be a directory of its own, got '/mnt/disks/orders/' of 'node-1', which [shop/orders] has: name another one",
    ]);
  });

  test('fails where another database has its claim', () => {
    const shop = new Shop();
    const storage = Storage.claim(PersistentVolumeClaim.fromClaimName('orders'));
    new PostgreSql(shop.chart, 'orders', { version, storage });
    new PostgreSql(shop.chart, 'others', { version, storage });
    expect(shop.mistakes()).toEqual([
      "[shop/others] KEELSON3190 'storage' must be a claim of its own, got Storage.claim(…) of 'orders', which [shop/orders] has: name another one",
    ]);
  });

  test('fails where nobody knows the namespace of its claim', () => {
    const app = new App();
    ClusterProfile.kubernetes({ version: '1.33' }).applyTo(app);
    const chart = new Chart(app, 'shop');
    new PostgreSql(chart, 'orders', { version, storage: Storage.local('node-1', path, size) });
    expect(() => { app.synth(); }).toThrow("KEELSON3154 'storage' must be one whose namespace is known: a volume is kept for a claim of that, got Storage.local(…) in a chart "
      + "without a namespace: give the chart one: new Chart(app, 'shop', { namespace: 'shop' })");
  });
});
