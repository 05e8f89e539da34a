import { titleOf, type JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import type { ApiClient } from '../src/api-client.js';
import { inNamespace, statefulSet } from '../src/negative/objects.js';
import { Item } from '../src/wave/item.js';
import { removal } from '../src/wave/removal.js';

/** An API server on which this is left: until a claim is deleted by its own name, and its volume goes with it. */
const server = (...left: JsonObject[]): ApiClient => ({
  delete: (object: JsonObject) => {
    if (object.kind === 'PersistentVolumeClaim') left.splice(0);
    return Promise.resolve({ status: 200, warnings: [], object: {} });
  },
  served: () => Promise.resolve([{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', namespaced: true, verbs: ['list', 'delete'] }]),
  list: () => Promise.resolve(left.filter(({ kind }) => kind === 'PersistentVolumeClaim')),
  isNamespaced: ({ kind }: JsonObject) => Promise.resolve(kind !== 'PersistentVolume'),
  read: (object: JsonObject) => {
    const found = left.find((each) => titleOf(each) === titleOf(object));
    return Promise.resolve(found === undefined ? { status: 404, warnings: [], object: {}, error: 'not found' } : { status: 200, warnings: [], object: found });
  },
}) as unknown as ApiClient;

const claim = (name: string, metadata: JsonObject = {}): JsonObject => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'shop', ...metadata } });

const volume = (claimed: string): JsonObject => ({
  apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk' },
  spec: { claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: claimed } },
});

const found = async (changes: JsonObject, ...left: JsonObject[]) => {
  const item = new Item({ title: 'shop', version: '1.36', files: [], objects: inNamespace('shop', [statefulSet(changes)]) });
  await removal(server(...left), [item], 0);
  return item.faults.map(({ text }) => text);
};

test('claims of a StatefulSet\'s template stay, and nothing else', async () => {
  expect(await found({}, claim('data-database-0'))).toEqual([]);
  expect(await found({}, claim('data-database-0'), claim('other'))).toEqual(['PersistentVolumeClaim shop/other is left behind after 0 s']);
});

test('a volume of the app stays as long as the claim that has it', async () => {
  const fate = async (claimed: string) => {
    const item = new Item({ title: 'shop', version: '1.36', files: [], objects: [...inNamespace('shop', [statefulSet({})]), volume(claimed)] });
    await removal(server(claim('data-database-0'), volume(claimed)), [item], 0);
    return item.faults.map(({ text }) => text);
  };
  expect(await fate('data-database-0')).toEqual([]);
  expect(await fate('other')).toEqual(['PersistentVolume disk is left behind after 0 s']);
});

test.each([
  ['has gone', []],
  ['is going', [claim('data-database-0', { deletionTimestamp: '2026-01-01T00:00:00Z' })]],
])('a claim that should have stayed and %s is found', async (_title, left) => {
  expect(await found({}, ...left)).toEqual(['PersistentVolumeClaim shop/data-database-0 holds data and should have stayed']);
});

test('claims that a StatefulSet deletes with itself must go', async () => {
  const deletes = { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } } };
  expect(await found(deletes)).toEqual([]);
  expect(await found(deletes, claim('data-database-0'))).toEqual(['PersistentVolumeClaim shop/data-database-0 is left behind after 0 s']);
});
