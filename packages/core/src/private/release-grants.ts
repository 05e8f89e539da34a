import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import type { ReleaseOrder } from '../release-order';
import type { Subject } from '../subject';
import type { Workload } from '../workload';
import { groupOf } from './apply-order';
import { bindingsOf, subjectsOf } from './grants';
import { items, textAt } from './manifest-fields';
import { annotateObjects } from './object-annotations';
import { remembered } from './synthesis-memory';

const RBAC = 'rbac.authorization.k8s.io';

/** A Task that a tool runs before the release. */
interface Hook {
  readonly task: Workload;
  readonly order: ReleaseOrder;
}

const hooksIn = new WeakMap<IConstruct, Hook[]>();

/**
 * Has the rights of a Task that is a hook come with it: without, it runs into a 403 at the first installation. Those that others
 * have, too, stay where they are, since what belongs to a hook is deleted and made anew at each release.
 */
export function bringGrants(task: Workload, order: ReleaseOrder): void {
  const { root } = task.node;
  const known = hooksIn.get(root);
  known?.push({ task, order });
  if (known === undefined) {
    hooksIn.set(root, [{ task, order }]);
    annotateObjects(root, (apiVersion, kind, object) => {
      const first = groupOf(apiVersion) === RBAC ? orderOf(object) : undefined;
      return first?._annotationsOf(apiVersion, kind);
    });
  }
}

/** All roles and bindings of a tree. */
function rightsIn(root: IConstruct): { objects: ApiObject[]; bindings: { object: ApiObject; json: unknown; subjects: unknown[] }[] } {
  const objects = root.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each) && groupOf(each.apiVersion) === RBAC);
  const bindings = objects.filter(({ kind }) => kind.endsWith('Binding')).map(object => ({ object, json: object.toJson() as unknown }));
  return { objects, bindings: bindings.map(each => ({ ...each, subjects: items((each.json as Record<string, unknown>).subjects) })) };
}

/** Bindings of the Task's account, and their roles, that the app makes and that don't come with it. */
export function laterGrants(task: Workload): ApiObject[] {
  const own = new Set<IConstruct>(task.node.findAll());
  const { objects, bindings: all } = remembered(task.node.root, rightsIn);
  const bindings = all.filter(({ subjects }) => subjects.some(subject => isAccountOf(task, subject)));
  const roles = bindings.flatMap(({ object, json }) => objects.filter(role => isRoleOf(role, json, object.metadata.namespace)));
  return [...new Set([...bindings.map(({ object }) => object), ...roles])].filter(each => !own.has(each) && orderOf(each) === undefined);
}

function isAccountOf({ serviceAccount: { name }, namespace }: Workload, subject: unknown): boolean {
  return textAt(subject, 'kind') === 'ServiceAccount' && textAt(subject, 'name') === name && textAt(subject, 'namespace') === namespace;
}

function isRoleOf({ kind, name, metadata }: ApiObject, binding: unknown, namespace: string | undefined): boolean {
  const isHere = kind === 'ClusterRole' || metadata.namespace === namespace;
  return isHere && textAt(binding, 'roleRef', 'kind') === kind && textAt(binding, 'roleRef', 'name') === name;
}

/** The hook that a binding or a role comes with: the earliest, where nobody else has the rights. */
function orderOf(object: IConstruct): ReleaseOrder | undefined {
  const subjects = subjectsOf(object);
  const role = object.node.scope;
  const orders = subjects !== undefined ? subjects.map(subject => orderOfSubject(object.node.root, subject))
    : role === undefined ? [] : bindingsOf(role).map(orderOf);
  const hooks = orders.flatMap(order => order ?? []);
  return hooks.length < orders.length ? undefined : hooks.sort((a, b) => (a._isBefore(b) ? -1 : 1))[0];
}

function orderOfSubject(root: IConstruct, subject: Subject): ReleaseOrder | undefined {
  return hooksIn.get(root)?.find(({ task }) => hasOwnAccount(task) && isAccountOf(task, subject._rendered))?.order;
}

/** An account made elsewhere may be others', too. */
function hasOwnAccount({ serviceAccount, node }: Workload): boolean {
  return Construct.isConstruct(serviceAccount) && (serviceAccount as Construct).node.path.startsWith(`${node.path}/`);
}
