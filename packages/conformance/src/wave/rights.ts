import { itemsAt, objectAt, titleOf, type Json, type JsonObject } from '@keelson/testing';
import type { ApiClient } from '../api-client.js';
import type { Item } from './item.js';
import { ClusterRoles } from './cluster-roles.js';

const ROLES = 'rbac.authorization.k8s.io/v1';

/** Somebody who may have rights, and how the API server is asked as them. */
interface Somebody {
  readonly title: string;
  readonly user: string;
  readonly groups: readonly string[];
}

/**
 * Each ServiceAccount of the app, and everybody it binds a role to, may do what the app's roles say, and nothing that they don't: what
 * `kubectl auth can-i --list` shows, in each namespace of the app and of the one who asks.
 */
export async function rights(client: ApiClient, item: Item): Promise<void> {
  const everyone = subjects(item.objects);
  if (everyone.length === 0) return;
  const namespaces = [...new Set(item.objects.flatMap((object) => textsIn([objectAt(object, 'metadata').namespace ?? null])))];
  const roles = await ClusterRoles.with(client, item.objects);
  for (const somebody of everyone) {
    const bindings = item.objects.filter((object) => binds(object, somebody));
    // Whoever is nobody in particular, in the same place.
    const nobody = { ...somebody, user: somebody.user.replace(/[^:]*$/, 'conformance-nobody'), groups: somebody.groups.filter(isAnybodys) };
    for (const place of namespaces.length === 0 ? ['default'] : namespaces) {
      const inForce = bindings.filter((each) => each.kind === 'ClusterRoleBinding' || objectAt(each, 'metadata').namespace === place);
      const rules = await Promise.all(inForce.map(async (each) => ({ each, rules: await rulesOf(client, roles, item, each, place) })));
      // Paths are in no namespace: the review lists those of a RoleBinding's role too, and no request gets them.
      const idle = new Set(rules.flatMap(({ each, rules: own }) => (each.kind === 'RoleBinding' ? rightsIn(own.map(pathsOf)) : [])));
      const said = new Set(rules.flatMap(({ each, rules: own }) => rightsIn(own).filter((right) => each.kind === 'ClusterRoleBinding' || !idle.has(right))));
      const everybody = new Set(await reviewed(client, nobody, place));
      const may = new Set(await reviewed(client, somebody, place));
      item.report('rights', [
        ...[...may].filter((right) => ![said, everybody, idle].some((rights) => rights.has(right))).map((right) => `${somebody.title} may ${right} in ${place}, which no rule of the app says`),
        ...[...said].filter((right) => !may.has(right)).map((right) => `${somebody.title} may not ${right} in ${place}, which a rule of the app says`),
      ]);
    }
  }
}

/** The accounts that the app makes, and all that its bindings name. */
function subjects(objects: readonly JsonObject[]): Somebody[] {
  const made = objects.filter(({ kind }) => kind === 'ServiceAccount').map((object) => account(objectAt(object, 'metadata')));
  const bound = objects.filter(({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
    .flatMap((object) => itemsAt(object, 'subjects').map(([, subject]) => somebodyOf(subject)));
  return [...new Map([...made, ...bound].map((each) => [each.title, each])).values()];
}

function somebodyOf(subject: JsonObject): Somebody {
  const name = String(subject.name);
  switch (subject.kind) {
    case 'ServiceAccount': return account(subject);
    case 'User': return { title: `User ${name}`, user: name, groups: ['system:authenticated'] };
    default: return { title: `Group ${name}`, user: 'conformance-member', groups: [...new Set([name, 'system:authenticated'])] };
  }
}

function account({ name, namespace }: JsonObject): Somebody {
  const place = String(namespace);
  return {
    title: titleOf({ kind: 'ServiceAccount', metadata: { name: String(name), namespace: place } }),
    user: `system:serviceaccount:${place}:${String(name)}`, groups: ['system:serviceaccounts', `system:serviceaccounts:${place}`, 'system:authenticated'],
  };
}

function isAnybodys(group: string): boolean {
  return group === 'system:authenticated' || /^system:serviceaccounts(?::|$)/.test(group);
}

function binds(object: JsonObject, { user, groups }: Somebody): boolean {
  if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') return false;
  return itemsAt(object, 'subjects').map(([, subject]) => [String(subject.kind), somebodyOf(subject), String(subject.name)] as const)
    .some(([kind, other, name]) => (kind === 'Group' ? groups.includes(name) : other.user === user));
}

/** The rules of the role that a binding names: the app's own, else the one in the cluster. */
async function rulesOf(client: ApiClient, roles: ClusterRoles, item: Item, binding: JsonObject, place: string): Promise<JsonObject[]> {
  const { kind, name } = objectAt(binding, 'roleRef');
  if (kind === 'ClusterRole') return roles.rulesOf(String(name));
  const own = item.objects.find((object) => object.kind === 'Role' && objectAt(object, 'metadata').name === name && objectAt(object, 'metadata').namespace === place);
  const role = own ?? (await client.read({ apiVersion: ROLES, kind: 'Role', metadata: { name, namespace: place } })).object;
  return itemsAt(role, 'rules').map(([, rule]) => rule);
}

/** Of a rule, what is about paths. */
function pathsOf({ verbs = [], nonResourceURLs = [] }: JsonObject): JsonObject {
  return { verbs, nonResourceURLs };
}

async function reviewed(client: ApiClient, { title, user, groups }: Somebody, place: string): Promise<string[]> {
  const { object, error } = await client.create('/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
    apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace: place },
  }, { 'impersonate-user': user, 'impersonate-group': [...groups] });
  if (error !== undefined) throw new Error(`rights of ${title}: ${error}`);
  return rightsIn([...itemsAt(objectAt(object, 'status'), 'resourceRules'), ...itemsAt(objectAt(object, 'status'), 'nonResourceRules')].map(([, rule]) => rule));
}

/** A rule for each verb, group, resource and name, so that rules that say the same in other words compare alike. */
function rightsIn(rules: readonly JsonObject[]): string[] {
  return rules.flatMap((rule) => textsIn(rule.verbs).flatMap((verb) => [
    ...textsIn(rule.nonResourceURLs).map((url) => `${verb} ${url}`),
    ...textsIn(rule.resources).flatMap((resource) => textsIn(rule.apiGroups).flatMap((group) => {
      const names = textsIn(rule.resourceNames);
      const target = group === '' ? resource : `${resource}.${group}`;
      return names.length === 0 ? [`${verb} ${target}`] : names.map((name) => `${verb} ${target}/${name}`);
    })),
  ]));
}

function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
