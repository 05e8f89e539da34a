import { Fault, Faults } from '@keelson/core';
import { PlatformNames } from './platform';

/** Somebody as bindings have them. */
export interface RoleSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Who has a role of the tenant. */
export interface BoundRole {
  readonly role: string;
  readonly subjects: readonly RoleSubject[];
}

/** What is wrong with who is said to be the platform: nobody of the tenant may be, or its rules hold for nobody. */
export function strangerFaults({ groups, users }: PlatformNames, namespace: string, roles: readonly BoundRole[]): Fault[] {
  const people = roles.flatMap(({ role, subjects }) => subjects.map(subject => ({ subject, why: `which has the tenant's role ${Faults.quoted(role)}` })));
  const whyGroup = (name: string): string | undefined => name === groupOf(namespace) ? 'which is all ServiceAccounts of the tenant'
    : people.find(({ subject }) => allGroupsOf(subject).includes(name))?.why;
  const whyUser = (name: string): string | undefined => name.startsWith(userOf(namespace, '')) ? 'which is a ServiceAccount of the tenant'
    : people.find(({ subject }) => usersOf(subject).includes(name))?.why;
  return [...faultsOf('platformGroups', groups, whyGroup), ...faultsOf('platformUsers', users, whyUser)];
}

function faultsOf(prop: string, names: readonly string[], why: (name: string) => string | undefined): Fault[] {
  return names.flatMap((name, at) => {
    const known = why(name);
    return known === undefined ? [] : [{
      code: 'KEELSON4039', member: `${prop}[${at}]`, got: `${Faults.quoted(name)}, ${known}`, allowed: 'of the platform alone',
      fix: "leave it out here, or out of the tenant's people",
    }];
  });
}

/** By which names a request of an account says who it is. */
const groupOf = (namespace: string): string => `system:serviceaccounts:${namespace}`;
const userOf = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;

/** The groups that somebody is, or an account is in. */
function allGroupsOf(subject: RoleSubject): string[] {
  return subject.kind === 'ServiceAccount' ? [groupOf(subject.namespace ?? '')] : groupsOf(subject);
}

/** The group that somebody is. */
export function groupsOf({ kind, name }: RoleSubject): string[] {
  return kind === 'Group' ? [name] : [];
}

/** The name that requests of somebody have. */
export function usersOf({ kind, name, namespace = '' }: RoleSubject): string[] {
  return kind === 'User' ? [name] : kind === 'ServiceAccount' ? [userOf(namespace, name)] : [];
}
