import { IConstruct } from 'constructs';
import type { IRole } from '../role-reference';
import type { Subject } from '../subject';

const subjectsByBinding = new WeakMap<IConstruct, readonly Subject[]>();
const bindingsByRole = new WeakMap<IRole, IConstruct[]>();

/** Makes a binding known: its object, the role, and whoever it is for, also those that are added later. */
export function registerBinding(object: IConstruct, role: IRole, subjects: readonly Subject[]): void {
  subjectsByBinding.set(object, subjects);
  bindingsByRole.set(role, [...bindingsByRole.get(role) ?? [], object]);
}

/** Whom a RoleBinding or ClusterRoleBinding of ours is for; undefined of any other object. */
export function subjectsOf(object: IConstruct): readonly Subject[] | undefined {
  return subjectsByBinding.get(object);
}

/** The bindings of a role of ours. */
export function bindingsOf(role: IConstruct): readonly IConstruct[] {
  return bindingsByRole.get(role as IConstruct & IRole) ?? [];
}
