import { isAtLeast } from '../control-plane/versions.js';
import type { ServedResource } from './discovery.js';

/** A resource, and the first version that has it. */
interface KnownResource extends ServedResource {
  readonly since: string;
  /** Where it isn't named after its kind. */
  readonly constant?: string;
}

const OLDEST = '1.27';

/** Resources whose first version lies between two that are asked, by the release notes. */
const SINCE: Readonly<Record<string, string>> = {
  // https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
  'admissionregistration.k8s.io/validatingadmissionpolicies': '1.30',
  'admissionregistration.k8s.io/validatingadmissionpolicies/status': '1.30',
  'admissionregistration.k8s.io/validatingadmissionpolicybindings': '1.30',
  // https://kubernetes.io/docs/reference/access-authn-authz/authentication/#self-subject-review
  'authentication.k8s.io/selfsubjectreviews': '1.28',
};

/** What is asked for though no API server serves it: by kubelets, and where somebody acts as, or signs for, somebody else. */
const UNSERVED: readonly KnownResource[] = [
  // https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/#kubelet-authorization
  ...['log', 'metrics', 'stats'].map((name) => ({
    apiGroup: '', resource: `nodes/${name}`, kind: 'Node', namespaced: false, verbs: ['create', 'delete', 'get', 'patch', 'update'], since: OLDEST,
  })),
  // https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
  ...['groups', 'users'].map((name) => ({
    apiGroup: '', resource: name, kind: name === 'groups' ? 'Group' : 'User', namespaced: false, verbs: ['impersonate'], since: OLDEST,
  })),
  { apiGroup: 'authentication.k8s.io', resource: 'uids', kind: 'Uid', namespaced: false, verbs: ['impersonate'], since: OLDEST },
  // https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization
  { apiGroup: 'certificates.k8s.io', resource: 'signers', kind: 'Signer', namespaced: false, verbs: ['approve', 'attest', 'sign'], since: OLDEST },
];

/** Verbs that no request has by itself, and that a right is asked for by. */
const MORE_VERBS: Readonly<Record<string, readonly string[]>> = {
  '/serviceaccounts': ['impersonate'],
  'rbac.authorization.k8s.io/clusterroles': ['bind', 'escalate'],
  'rbac.authorization.k8s.io/roles': ['bind', 'escalate'],
};

/** Two of one plural: the core group's has the plain name. */
const CONSTANTS: Readonly<Record<string, string>> = { 'events.k8s.io/events': 'EVENTS_OF_EVENTS_K8S_IO' };
const WORDS: Readonly<Record<string, string>> = { ephemeralcontainers: 'EPHEMERAL_CONTAINERS', portforward: 'PORT_FORWARD' };
const STANDARD = 'create delete deletecollection get list patch update watch';

/**
 * All that the newest version has, each with its first.
 *
 * @param byVersion what each version serves, the oldest first.
 */
export function known(byVersion: ReadonlyMap<string, readonly ServedResource[]>): KnownResource[] {
  const versions = [...byVersion.keys()];
  const served = byVersion.get(versions.at(-1) ?? '') ?? [];
  const all = served.map((each) => {
    const key = keyOf(each);
    const first = versions.find((version) => byVersion.get(version)?.some((other) => keyOf(other) === key)) ?? OLDEST;
    return { ...each, verbs: [...each.verbs, ...MORE_VERBS[key] ?? []].sort(), since: SINCE[key] ?? first };
  });
  return [...all, ...UNSERVED].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A line of the class that has them all. */
export function lineOf({ apiGroup, resource, kind, namespaced, verbs, since }: KnownResource): string {
  const text = verbs.join(' ');
  const args = [`'${apiGroup}'`, `'${resource}'`, String(namespaced), text === STANDARD ? 'STANDARD' : text === 'get patch update' ? 'PART' : `'${text}'`];
  const name = CONSTANTS[`${apiGroup}/${resource}`] ?? constantOf(resource, kind);
  const doc = `\`${resource}\`${apiGroup === '' ? '' : ` of \`${apiGroup}\``}${since === OLDEST ? '' : `, from ${since} on`}.`;
  return `  /** ${doc} */ public static readonly ${name} = new ApiResource(${[...args, ...since === OLDEST ? [] : [`'${since}'`]].join(', ')});`;
}

/** A constant of core. */
interface Constant {
  readonly apiGroup: string;
  readonly resource: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly since?: string;
}

/** What is missing in, or wrong of, the constants for a version. */
export function constantFaults(constants: readonly Constant[], served: readonly ServedResource[], version: string): string[] {
  const byKey = new Map(constants.map((each) => [keyOf(each), each]));
  const here = new Set(served.map(keyOf));
  const unserved = new Set(UNSERVED.map(keyOf));
  return [
    ...served.flatMap((each) => {
      const constant = byKey.get(keyOf(each));
      // What only an old version has, nobody writes a rule for any more.
      if (constant === undefined) return version === OLDEST ? [] : [`${keyOf(each)} is served, and no constant`];
      return [
        ...each.verbs.filter((verb) => !constant.verbs.includes(verb)).map((verb) => `${keyOf(each)} takes ${verb}, which its constant doesn't`),
        ...constant.namespaced === each.namespaced ? [] : [`${keyOf(each)} is ${each.namespaced ? '' : 'not '}in namespaces`],
        ...constant.since === undefined || isAtLeast(version, constant.since) ? [] : [`${keyOf(each)} is there before ${constant.since}`],
      ];
    }),
    ...constants.filter((each) => !here.has(keyOf(each)) && !unserved.has(keyOf(each)) && isAtLeast(version, each.since ?? OLDEST))
      .map((each) => `${keyOf(each)} is a constant, and not served`),
  ];
}

function keyOf({ apiGroup, resource }: { apiGroup: string; resource: string }): string {
  return `${apiGroup}/${resource}`;
}

/** `CONFIG_MAPS`, `PODS_LOG`. */
function constantOf(resource: string, kind: string): string {
  const [plural = '', part] = resource.split('/');
  return part === undefined ? pluralOf(kind, plural) : `${pluralOf(KINDS[plural] ?? kind, plural)}_${WORDS[part] ?? part.toUpperCase()}`;
}

/** Of subresources the server says another kind, such as `Scale`. */
const KINDS: Readonly<Record<string, string>> = {
  deployments: 'Deployment', nodes: 'Node', pods: 'Pod', replicasets: 'ReplicaSet', replicationcontrollers: 'ReplicationController',
  serviceaccounts: 'ServiceAccount', services: 'Service', statefulsets: 'StatefulSet',
};

function pluralOf(kind: string, plural: string): string {
  const words = kind.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2').toUpperCase();
  const same = plural.startsWith(kind.toLowerCase());
  return same ? `${words}${plural.slice(kind.length).toUpperCase()}` : `${words.slice(0, -1)}IES`;
}
