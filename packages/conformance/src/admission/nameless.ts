import type { ControlPlane } from '../control-plane/control-plane.js';
import { CORDONED, FREE, HELD } from './tenant.js';
import { BINDER, CONTRACTOR, CONTROLLER_MANAGER, type Asker } from './tried.js';

/** What is asked of no object by name, or to get into one. */
interface Request {
  readonly title: string;
  readonly method: 'DELETE' | 'POST';
  readonly path: string;
  readonly by: Asker;
  /** What a refusal has to say; admitted where there is none. */
  readonly says?: string;
}

const OF_RBAC = '/apis/rbac.authorization.k8s.io/v1';
const KINDS: readonly (readonly [api: string, resource: string, kind: string, says: string])[] = [
  ['/api/v1', 'resourcequotas', 'ResourceQuota', 'tenant'], ['/api/v1', 'limitranges', 'LimitRange', 'tenant'], ['/api/v1', 'serviceaccounts', 'ServiceAccount', 'default'],
  ['/apis/networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', 'tenant'], [OF_RBAC, 'roles', 'Role', 'tenant-'], [OF_RBAC, 'rolebindings', 'RoleBinding', 'tenant-'],
];
/** The names of who empties a namespace that is deleted. */
const NAMESPACES: Asker = { user: 'system:serviceaccount:kube-system:namespace-controller', groups: ['system:serviceaccounts', 'system:authenticated'] };

const COLLECTIONS: readonly Request[] = KINDS.flatMap(([api, resource, kind, name]) => {
  const all = (namespace: string) => ({ method: 'DELETE' as const, path: `${api}/namespaces/${namespace}/${resource}?dryRun=All` });
  return [
    { title: `all of ${resource} taken away at once`, ...all(HELD), by: CONTRACTOR, says: `what makes the tenant must be left to the platform, got delete of ${kind} ${name}` },
    { title: `all of ${resource} taken away at once, without rules`, ...all(FREE), by: CONTRACTOR },
    ...[CONTROLLER_MANAGER, NAMESPACES].map((by) => ({ title: `all of ${resource} taken away at once by ${by.user}`, ...all(HELD), by })),
  ];
});

const ENTRANCES: readonly Request[] = [
  ...['attach', 'exec?command=sh', 'portforward', 'proxy'].map((way) => `pods/web/${way}`), 'services/web/proxy',
].flatMap((way) => {
  const into = (namespace: string) => ({ method: 'POST' as const, path: `/api/v1/namespaces/${namespace}/${way}` });
  return [
    { title: `cordoned: ${way}`, ...into(CORDONED), by: CONTRACTOR, says: 'the tenant is cordoned: what is in it must stay as it is until the platform says otherwise' },
    { title: `cordoned: ${way} by ${BINDER.user}`, ...into(CORDONED), by: BINDER },
    { title: `not cordoned: ${way}`, ...into(HELD), by: CONTRACTOR },
  ];
});

/** Tries what takes objects away by their kind, and what gets into pods: none are there, which is what is said where it is admitted. */
export async function namelessRequests({ client }: ControlPlane): Promise<{ faults: string[]; tried: number }> {
  const requests = [...COLLECTIONS, ...ENTRANCES];
  const faults = await Promise.all(requests.map(async ({ title, method, path, by, says }) => {
    const { status, error } = await client.send(method, path, undefined, { 'impersonate-user': by.user, 'impersonate-group': [...by.groups] });
    if (says !== undefined) return error?.includes(says) === true ? [] : [`${title}: should be refused with ${says}, but: ${error ?? 'is admitted'}`];
    return error === undefined || status === 404 ? [] : [`${title}: should be admitted, but: ${status} ${error}`];
  }));
  return { faults: faults.flat(), tried: requests.length };
}
