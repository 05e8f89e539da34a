import { any, list } from './cel';
import { Policy } from './policy';
import { groupsOf, RoleSubject, usersOf } from './strangers';

/** A namespace that isn't deleted, by nobody, while this holds. */
export function deletionPolicy(namespace: string): Policy {
  return {
    name: 'deletion',
    matched: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['namespaces'], resourceNames: [namespace] }],
    scope: 'Cluster',
    operations: ['DELETE'],
    watched: [],
    variables: {},
    validations: [{ expression: 'false', message: 'preventDeletion of the tenant must be taken away before its namespace is deleted' }],
  };
}

/** Ways into pods: who is in one changes what it likes there. */
const ENTRANCES = ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'services/proxy'];

/**
 * A tenant in which people and pipelines change nothing. Controllers, whose names begin with `system:`, go on.
 *
 * @param subjects who has roles of the tenant, when everything is defined: its pipelines may be ServiceAccounts, too.
 */
export function cordonPolicy(platform: string, subjects: () => readonly RoleSubject[]): Policy {
  const isBound = (): string => any([
    `request.userInfo.username in ${list(subjects().flatMap(usersOf))}`,
    `request.userInfo.?groups.orValue([]).exists(each, each in ${list(subjects().flatMap(groupsOf).filter(name => name.startsWith('system:serviceaccounts')))})`,
  ]);
  return {
    name: 'cordon',
    matched: [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] }, { apiGroups: [''], apiVersions: ['v1'], resources: ENTRANCES, operations: ['CONNECT'] }],
    operations: ['CREATE', 'UPDATE', 'DELETE'],
    watched: [],
    unless: () => `${platform} || (request.userInfo.username.startsWith('system:') && !(${isBound()}))`,
    variables: {},
    validations: [{ expression: 'false', message: 'the tenant is cordoned: what is in it must stay as it is until the platform says otherwise' }],
  };
}
