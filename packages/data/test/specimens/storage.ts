import { StorageClass } from '@keelson/core';
import { Size } from 'cdk8s';
import { MariaDb, MariaDbVersion, PostgreSql, Redis, RedisVersion, StatefulSetStrategy, Storage } from '../../src';
import { orders, specimen } from './specimen';

const size = Size.gibibytes(1);

const growing = (of: Size) => Storage.dynamic(of, StorageClass.fromStorageClassName('data-growth'));

// what the control plane is taken through when volumes grow: the two are one database, at two times
export const growthBefore = specimen({
  title: 'data-growth-before',
  shows: ['StatefulSet/orders-replica spec.volumeClaimTemplates[0].spec.resources.requests = { storage: 1Gi }'],
  define: (chart) => {
    new MariaDb(chart, 'orders', { version: MariaDbVersion.V11_8, storage: growing(size), readReplicas: 2 });
  },
});

export const growthAfter = specimen({
  title: 'data-growth-after',
  shows: ['StatefulSet/orders-replica spec.volumeClaimTemplates[0].spec.resources.requests = { storage: 2Gi }'],
  define: (chart) => {
    new MariaDb(chart, 'orders', { version: MariaDbVersion.V11_8, storage: growing(Size.gibibytes(2)), readReplicas: 2 });
  },
});

export const updates = specimen({
  title: 'data-update-strategies',
  shows: [
    'StatefulSet/orders spec.updateStrategy = { type: OnDelete }',
    'StatefulSet/orders-replica spec.updateStrategy = { type: RollingUpdate, rollingUpdate: { partition: 1 } }',
    'StatefulSet/carts-replica spec.updateStrategy = { type: OnDelete }',
  ],
  define: (chart) => {
    const [replicaUpdateStrategy, updateStrategy] = [StatefulSetStrategy.rollingUpdate({ partition: 1 }), StatefulSetStrategy.onDelete()];
    new PostgreSql(chart, 'orders', { ...orders, readReplicas: 2, updateStrategy, replicaUpdateStrategy });
    new MariaDb(chart, 'carts', { version: MariaDbVersion.V11_8, storage: Storage.dynamic(size), readReplicas: 1, replicaUpdateStrategy: updateStrategy });
  },
});

export const local = specimen({
  title: 'data-storage-local',
  shows: [
    'PersistentVolume/data-storage-local-data-orders-0 spec.local = { path: /mnt/disks/orders }',
    'PersistentVolume/data-storage-local-data-orders-0 spec.claimRef = { apiVersion: v1, kind: PersistentVolumeClaim, namespace: data-storage-local, name: data-orders-0 }',
    'PersistentVolume/data-storage-local-data-orders-replica-0 spec.nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [node-b1] }] }] } }',
    'StatefulSet/orders spec.volumeClaimTemplates[0].spec.storageClassName = ""',
    'PersistentVolume/data-storage-local-data-sessions-0 spec.storageClassName = data-storage-local-ssd',
  ],
  define: (chart) => {
    new PostgreSql(chart, 'orders', { ...orders, storage: Storage.local('node-a1', '/mnt/disks/orders', size, { replicaNodes: ['node-b1'] }), readReplicas: 1 });
    const storageClass = StorageClass.fromStorageClassName('data-storage-local-ssd');
    new Redis(chart, 'sessions', { version: RedisVersion.V8_10, storage: Storage.local('node-a2', '/mnt/disks/sessions', size, { storageClass }) });
  },
});
