import type { JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import type { ApiClient } from '../src/api-client.js';
import { account, inNamespace, role, roleBinding } from '../src/negative/objects.js';
import { Item } from '../src/wave/item.js';
import { rights } from '../src/wave/rights.js';

const list = { verbs: ['list'], apiGroups: [''], resources: ['pods'] };
const get = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const everybody = { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectrulesreviews'] };

/** An API server on which the account may do this. */
const server = (...rules: JsonObject[]): ApiClient => ({
  create: (_: string, __: JsonObject, headers: Record<string, string>) => Promise.resolve({
    status: 201, warnings: [],
    object: { status: { resourceRules: [everybody, ...String(headers['impersonate-user']).endsWith(':conformance-nobody') ? [] : rules], nonResourceRules: [] } },
  }),
}) as unknown as ApiClient;

const found = async (objects: JsonObject[], ...rules: JsonObject[]) => {
  const item = new Item({ title: 'shop', version: '1.36', files: [], objects: inNamespace('shop', objects) });
  await rights(server(...rules), item);
  return item.faults.map(({ text }) => text);
};

test('an account that may do what its rules say, in whatever words, is right', async () => {
  expect(await found([account(), role(), roleBinding()], list, get)).toEqual([]);
  expect(await found([account()])).toEqual([]);
});

test('a right that no rule says is found', async () => {
  const secrets = { verbs: ['*'], apiGroups: ['', 'apps'], resources: ['secrets'], resourceNames: ['a'] };
  expect(await found([account(), role(), roleBinding()], list, get, secrets)).toEqual([
    'ServiceAccount shop/app may * secrets/a in shop, which no rule of the app says',
    'ServiceAccount shop/app may * secrets.apps/a in shop, which no rule of the app says',
  ]);
});

test('a rule that gives nothing is found', async () => {
  expect(await found([account(), role(), roleBinding()], get)).toEqual(['ServiceAccount shop/app may not list pods in shop, which a rule of the app says']);
});
