import type { JsonObject } from '@keelson/testing';
import { describe, expect, test } from 'vitest';
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

/** One that asks as somebody may do more than what anybody of its groups may; the cluster has these ClusterRoles. */
const asking = (asked: string[], roles: JsonObject[], ...rules: JsonObject[]): ApiClient => ({
  ...server(...rules),
  create: (path: string, object: JsonObject, headers: Record<string, string | string[]>) => {
    asked.push(`${String(headers['impersonate-user'])} (${[headers['impersonate-group'] ?? []].flat().join(', ')})`);
    const nobody = String(headers['impersonate-user']).endsWith('conformance-nobody');
    return server(...nobody ? [] : rules).create(path, object, {});
  },
  list: () => Promise.resolve(roles),
}) as unknown as ApiClient;

const of = async (objects: JsonObject[], client: ApiClient) => {
  const item = new Item({ title: 'shop', version: '1.36', files: [], objects });
  await rights(client, item);
  return item.faults.map(({ text }) => text);
};

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

describe('users, groups and accounts made elsewhere', () => {
  const subjects = [{ kind: 'User', name: 'jane' }, { kind: 'Group', name: 'team' }, { kind: 'ServiceAccount', name: 'app', namespace: 'ci' }];
  const metadata = { name: 'readers', namespace: 'shop' };
  const binding = { kind: 'RoleBinding', metadata, roleRef: { kind: 'Role', name: 'app' }, subjects };
  const objects = [...inNamespace('shop', [role()]), binding];

  test('are asked as whom they are', async () => {
    const asked: string[] = [];
    expect(await of(objects, asking(asked, [], list, get))).toEqual([]);
    expect(asked.filter((each) => !each.includes('nobody'))).toEqual([
      'jane (system:authenticated)', 'conformance-member (team, system:authenticated)',
      'system:serviceaccount:ci:app (system:serviceaccounts, system:serviceaccounts:ci, system:authenticated)',
    ]);
  });

  test('may do what is said and no more', async () => {
    expect(await of(objects, asking([], [], get))).toEqual([
      'User jane may not list pods in shop, which a rule of the app says', 'Group team may not list pods in shop, which a rule of the app says',
      'ServiceAccount ci/app may not list pods in shop, which a rule of the app says',
    ]);
  });
});

describe('aggregated roles', () => {
  const clusterRole = (name: string, rest: JsonObject): JsonObject => ({ kind: 'ClusterRole', metadata: { name }, ...rest });
  const labelled = (name: string, rules: JsonObject[]): JsonObject => ({ kind: 'ClusterRole', metadata: { name, labels: { team: 'shop' } }, rules });
  const whole = clusterRole('whole', { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { team: 'shop' } }] } });
  const bound = (kind: string, place: JsonObject): JsonObject => ({
    kind, metadata: { name: 'whole', ...place }, roleRef: { kind: 'ClusterRole', name: 'whole' }, subjects: [{ kind: 'Group', name: 'team' }],
  });
  const paths = { verbs: ['get'], nonResourceURLs: ['/metrics'] };

  test('are what they select, of the app and of the cluster, whatever the cluster made of it', async () => {
    const cluster = [labelled('others', [get]), clusterRole('whole', { rules: [list] }), clusterRole('apart', { rules: [paths] })];
    const objects = [whole, labelled('part', [list]), bound('RoleBinding', { namespace: 'shop' })];
    expect(await of(objects, asking([], cluster, get, list))).toEqual([]);
    expect(await of(objects, asking([], cluster, list))).toEqual(['Group team may not get pods in shop, which a rule of the app says']);
    expect(await of(objects, asking([], [], get, list))).toEqual(['Group team may get pods in shop, which no rule of the app says']);
  });

  test('give paths everywhere or nowhere', async () => {
    expect(await of([whole, labelled('part', [paths]), bound('RoleBinding', { namespace: 'shop' })], asking([], [], paths))).toEqual([]);
    expect(await of([whole, labelled('part', [paths]), bound('ClusterRoleBinding', {})], asking([], []))).toEqual([
      'Group team may not get /metrics in default, which a rule of the app says']);
  });
});
