import { validateManifests, type JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import { prerequisites } from '../src/wave/prerequisites.js';

const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } };
const database: JsonObject = {
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { replicas: 2, template: { spec: { priorityClassName: 'data' } }, volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: claim }] },
};

test('a database gets its namespace, its classes and a volume per replica', () => {
  const before = prerequisites([database]);
  expect(validateManifests(before)).toEqual([]);
  expect(before.map((object) => object.kind)).toEqual(['Namespace', 'PriorityClass', 'StorageClass', 'PersistentVolume', 'PersistentVolume']);
});

test('what the app brings itself is not made', () => {
  const own = { kind: 'PriorityClass', metadata: { name: 'data' } };
  expect(prerequisites([database, own]).map((object) => object.kind)).not.toContain('PriorityClass');
});

test('a claim that the app has a volume for gets no other', () => {
  const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'd-db-1' };
  const own = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk' }, spec: { claimRef } };
  expect(prerequisites([database, own]).filter(({ kind }) => kind === 'PersistentVolume').map(({ metadata }) => metadata)).toEqual([{ name: 'shop-d-db-0' }]);
});
