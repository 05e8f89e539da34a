import { itemsAt, objectAt, titleOf, type Json, type JsonObject } from '@keelson/testing';
import type { ApiClient } from '../api-client.js';
import type { Item } from './item.js';

const ROLES = 'rbac.authorization.k8s.io/v1';

/** Each ServiceAccount may do what the app's roles say, and nothing that they don't: what `kubectl auth can-i --list` shows. */
export async function rights(client: ApiClient, item: Item): Promise<void> {
  const accounts = item.objects.filter(({ kind }) => kind === 'ServiceAccount');
  for (const account of accounts) {
    const { name, namespace } = objectAt(account, 'metadata');
    const bindings = item.objects.filter((object) => binds(object, String(name), String(namespace)));
    const places = new Set([String(namespace), ...bindings.filter(({ kind }) => kind === 'RoleBinding').map((each) => String(objectAt(each, 'metadata').namespace))]);
    for (const place of places) {
      const inForce = bindings.filter((each) => each.kind === 'ClusterRoleBinding' || objectAt(each, 'metadata').namespace === place);
      const said = new Set((await Promise.all(inForce.map((each) => rulesOf(client, item, each, place)))).flat());
      // An account that doesn't exist has the rights that everybody has.
      const everybody = new Set(await reviewed(client, String(namespace), 'conformance-nobody', place));
      const may = new Set(await reviewed(client, String(namespace), String(name), place));
      item.report('rights', [
        ...[...may].filter((right) => !said.has(right) && !everybody.has(right)).map((right) => `${titleOf(account)} may ${right} in ${place}, which no rule of the app says`),
        ...[...said].filter((right) => !may.has(right)).map((right) => `${titleOf(account)} may not ${right} in ${place}, which a rule of the app says`),
      ]);
    }
  }
}

function binds(object: JsonObject, name: string, namespace: string): boolean {
  if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') return false;
  return itemsAt(object, 'subjects').some(([, subject]) => (subject.kind === 'ServiceAccount'
    ? subject.name === name && subject.namespace === namespace
    : subject.kind === 'Group' && [`system:serviceaccounts:${namespace}`, 'system:serviceaccounts', 'system:authenticated'].includes(String(subject.name))));
}

/** The rights of the role that a binding names: the app's own, else the one in the cluster. */
async function rulesOf(client: ApiClient, item: Item, binding: JsonObject, place: string): Promise<string[]> {
  const { kind, name } = objectAt(binding, 'roleRef');
  const own = item.objects.find((object) => object.kind === kind && objectAt(object, 'metadata').name === name
    && (kind === 'ClusterRole' || objectAt(object, 'metadata').namespace === place));
  const role = own?.aggregationRule === undefined && own !== undefined
    ? own
    : (await client.read({ apiVersion: ROLES, kind: String(kind), metadata: { name, namespace: place } })).object;
  return rightsIn(itemsAt(role, 'rules').map(([, rule]) => rule));
}

async function reviewed(client: ApiClient, namespace: string, name: string, place: string): Promise<string[]> {
  const { object, error } = await client.create('/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
    apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace: place },
  }, {
    'impersonate-user': `system:serviceaccount:${namespace}:${name}`,
    'impersonate-group': ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  });
  if (error !== undefined) throw new Error(`rights of ${namespace}/${name}: ${error}`);
  return rightsIn([...itemsAt(objectAt(object, 'status'), 'resourceRules'), ...itemsAt(objectAt(object, 'status'), 'nonResourceRules')].map(([, rule]) => rule));
}

/** A rule for each verb, group, resource and name, so that rules that say the same in other words compare alike. */
function rightsIn(rules: readonly JsonObject[]): string[] {
  return rules.flatMap((rule) => texts(rule.verbs).flatMap((verb) => [
    ...texts(rule.nonResourceURLs).map((url) => `${verb} ${url}`),
    ...texts(rule.resources).flatMap((resource) => texts(rule.apiGroups).flatMap((group) => {
      const names = texts(rule.resourceNames);
      const target = group === '' ? resource : `${resource}.${group}`;
      return names.length === 0 ? [`${verb} ${target}`] : names.map((name) => `${verb} ${target}/${name}`);
    })),
  ]));
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
