import { setTimeout as delay } from 'node:timers/promises';
import { itemsAt, objectAt, titleOf, type JsonObject } from '@keelson/testing';
import type { Answer } from '../api-client.js';
import { concurrently } from '../concurrently.js';
import type { ControlPlane } from '../control-plane/control-plane.js';
import { isAtLeast } from '../control-plane/versions.js';
import type { Outcome } from '../report.js';
import { CASES } from './cases.js';
import { kindsOfDeployers } from './deployed-kinds.js';
import { hostileUser } from './hostile.js';
import { namelessRequests } from './nameless.js';
import { PIPELINE } from './network-cases.js';
import { collectionIn } from './objects.js';
import { CORDONED, deployedApp, FREE, HELD, PLAIN, tenants } from './tenant.js';
import { BINDER, CONTRACTOR, CONTROLLER_MANAGER, OPERATIONS, type AdmissionCase, type Asker } from './tried.js';

const AT_ONCE = 8;
const POLICIES = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
const MERGE = { 'content-type': 'application/merge-patch+json' };
/** Lists of pods are merged by the names in them, which custom kinds don't know. */
const STRATEGIC = { 'content-type': 'application/strategic-merge-patch+json' };

/** What the cluster has besides: the classes that cases name. */
const CLASSES: readonly JsonObject[] = [
  ...['batch', 'urgent'].map((name): JsonObject => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1000 })),
  ...['gvisor', 'kata'].map((name): JsonObject => ({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name }, handler: name })),
];

/** Who has all rights: in a tenant, and in the cluster. */
const RIGHTS: readonly JsonObject[] = [
  ...[HELD, PLAIN, CORDONED, FREE].map((namespace) => binding('RoleBinding', { name: 'contractor', namespace }, [CONTRACTOR, BINDER, CONTROLLER_MANAGER])), binding('ClusterRoleBinding', { name: 'operations' }, [OPERATIONS]),
];

/** Tries what a tenant's admission should refuse and admit: a real API server compiles the rules and judges by them. */
export async function checkAdmission(plane: ControlPlane, update: boolean, progress: (text: string) => void): Promise<Outcome> {
  const { client, version } = plane;
  const objects = tenants(version);
  for (const object of [...CLASSES, ...objects, ...RIGHTS]) {
    // A Namespace of that name may be left from an app before, with labels of this manager.
    const { error, warnings } = await client.apply(object, { fieldManager: 'conformance' });
    if (error !== undefined || warnings.length > 0) throw new Error(`${titleOf(object)}: ${[error ?? '', ...warnings].join(', ')}`);
  }
  const typed = await typeFaults(plane);
  const cases = CASES.filter(({ since = '1.30' }) => isAtLeast(version, since));
  progress(`${cases.length} cases`);
  await inForce(plane);
  const faults: string[] = [];
  await concurrently(cases.map((each, index) => ({ each, name: `tried-${index}` })), AT_ONCE, async ({ each, name }) => {
    const fault = await judge(plane, each, name);
    if (fault !== undefined) faults.push(`${each.title}: ${fault}`);
  });
  const refused = cases.filter(({ says }) => says !== undefined).length;
  progress('a deployer');
  const deployed = deployedApp(version);
  // In order, and stored: a binding needs its role.
  for (const object of deployed) {
    const { error } = await client.apply(object, { headers: { 'impersonate-user': PIPELINE.user, 'impersonate-group': [...PIPELINE.groups] } });
    if (error !== undefined) faults.push(`a deployer should apply ${titleOf(object)}, but: ${error}`);
  }
  progress('kinds of a deployer');
  const kinds = await kindsOfDeployers(plane);
  progress('a hostile user');
  const hostile = await hostileUser(plane, update);
  const deletion = await deletionFaults(plane);
  const nameless = await namelessRequests(plane);
  const all = [...typed, ...deletion, ...faults, ...kinds.faults, ...hostile.faults, ...nameless.faults];
  const tried = cases.length + deployed.length + kinds.tried + hostile.tried + nameless.tried;
  return {
    passed: tried - faults.length - kinds.faults.length - hostile.faults.length - nameless.faults.length, failed: all.length, faults: all,
    note: `${cases.length - refused} admitted, ${refused} refused, ${deployed.length} objects and ${kinds.tried} kinds of a deployer, ${hostile.tried} attempts of a hostile user, ${nameless.tried} requests that name no object`,
  };
}

/** What the API server's own check of types has against the rules, once it has looked at each; a wrong one shows that it looks. */
async function typeFaults({ client }: ControlPlane): Promise<string[]> {
  const spec = {
    matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }] },
    validations: [{ expression: 'object.spec.nothing == 1' }],
  };
  await client.apply({ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name: 'mistyped' }, spec });
  for (let tries = 0; tries < 60; tries += 1) {
    const policies = await client.list(POLICIES);
    if (policies.every((policy) => objectAt(policy, 'status').observedGeneration === objectAt(policy, 'metadata').generation)) {
      const warned = policies.flatMap((policy) => itemsAt(objectAt(policy, 'status', 'typeChecking'), 'expressionWarnings')
        .map(([, warning]) => ({ name: String(objectAt(policy, 'metadata').name), text: `${String(warning.fieldRef)}: ${String(warning.warning)}` })));
      return [
        ...warned.some(({ name }) => name === 'mistyped') ? [] : ['the check of types has nothing against a policy that is wrong'],
        ...warned.filter(({ name }) => name !== 'mistyped').map(({ name, text }) => `${name}: ${text}`),
      ];
    }
    await delay(500);
  }
  return ['the check of types has not looked at all policies in 30 s'];
}

/** A namespace isn't deleted where that is prevented, whoever asks, and is where it isn't. */
async function deletionFaults({ client }: ControlPlane): Promise<string[]> {
  const [prevented, free] = await Promise.all([CORDONED, PLAIN].map(async (name) => (await client.send('DELETE', `/api/v1/namespaces/${name}?dryRun=All`)).error));
  return [
    ...prevented?.includes('preventDeletion of the tenant must be taken away before its namespace is deleted') === true ? [] : [`F-T22 a namespace that is kept should not be deleted, but: ${prevented ?? 'it is'}`],
    ...free === undefined ? [] : [`F-T22 a namespace that is not kept should be deleted, but: ${free}`],
  ];
}

/** Policies hold a moment after they are stored. */
async function inForce(plane: ControlPlane): Promise<void> {
  const kinds = [...new Map(CASES.filter(({ says }) => says !== undefined).map((each) => [each.object.kind, each])).values()];
  for (const each of kinds) {
    for (let tries = 0; tries < 60 && (await attempt(plane, each, each.namespace ?? HELD, 'in-force')).error === undefined; tries += 1) await delay(250);
  }
}

/** What is wrong with the verdict. */
async function judge(plane: ControlPlane, each: AdmissionCase, name: string): Promise<string | undefined> {
  const { says, removes = false, patch, namespace = HELD } = each;
  const { error } = await attempt(plane, each, namespace, name);
  if (says === undefined) return error === undefined ? undefined : `should be admitted, but: ${error}`;
  if (error === undefined) return `should be refused with ${String(says)}, but is admitted`;
  if (!error.includes(`ValidatingAdmissionPolicy '${namespace}.tenant.`) || !says.test(error)) return `should be refused with ${String(says)}, but: ${error}`;
  // Where nothing is held to rules, it is only these that refuse it.
  const isOfTheTenant = objectAt(each.object, 'metadata').name !== 'tried' && (removes || patch !== undefined);
  const free = isOfTheTenant ? undefined : (await attempt(plane, { ...each, by: undefined }, FREE, name)).error;
  return free === undefined ? undefined : `is refused without rules, too: ${free}`;
}

/** Asks in dry run; what is changed or taken away is made before. */
async function attempt({ client }: ControlPlane, each: Omit<AdmissionCase, 'by'> & { by?: Asker | undefined }, namespace: string, name: string): Promise<Answer> {
  const { object, by, patch, subresource, removes = false } = each;
  const collection = collectionIn(namespace, object);
  const metadata = objectAt(object, 'metadata');
  const own = metadata.name === 'tried' ? name : String(metadata.name);
  const placed = { ...object, metadata: { ...metadata, name: own, namespace } };
  const headers: Record<string, string | string[]> = by === undefined ? {} : { 'impersonate-user': by.user, 'impersonate-group': [...by.groups] };
  if (patch === undefined && !removes) return client.create(`${collection}?dryRun=All&fieldValidation=Strict`, placed, headers);
  const { error } = own === name ? await client.create(collection, placed) : {};
  if (error !== undefined && !error.includes('already exists')) throw new Error(`${each.title}: ${error}`);
  const path = `${collection}/${own}`;
  return removes ? client.send('DELETE', `${path}?dryRun=All`, undefined, headers)
    : client.send('PATCH', `${path}${subresource === undefined ? '' : `/${subresource}`}?dryRun=All`, patch, { ...headers, ...object.kind === 'Pod' ? STRATEGIC : MERGE });
}

/** Everything, for some. */
function binding(kind: string, metadata: JsonObject, askers: readonly Asker[]): JsonObject {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    apiVersion: `${apiGroup}/v1`, kind, metadata, roleRef: { apiGroup, kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: askers.map(({ user }) => ({ apiGroup, kind: 'User', name: user })),
  };
}
