/** A rule as RBAC has it. */
interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];

/** What describes how a tenant's apps run, by API group. */
const WORKLOADS: readonly (readonly [string, readonly string[]])[] = [
  ['', ['configmaps', 'persistentvolumeclaims', 'services']],
  ['apps', ['daemonsets', 'deployments', 'statefulsets']],
  ['autoscaling', ['horizontalpodautoscalers']],
  ['batch', ['cronjobs', 'jobs']],
  ['cert-manager.io', ['certificates']],
  ['gateway.networking.k8s.io', ['backendtlspolicies', 'grpcroutes', 'httproutes', 'listenersets']],
  ['monitoring.coreos.com', ['prometheusrules']],
  ['networking.k8s.io', ['ingresses']],
  ['policy', ['poddisruptionbudgets']],
  ['traefik.io', ['ingressroutes', 'middlewares', 'serverstransports']],
];

/**
 * What others act on with rights of their own: a store gives any key that it may read, and Prometheus asks any address, with its
 * token where it is told to. People only look at it.
 */
const ACTED_ON: readonly (readonly [string, readonly string[]])[] = [
  ['external-secrets.io', ['externalsecrets']],
  ['monitoring.coreos.com', ['podmonitors', 'servicemonitors']],
];

/** What is there to be read besides. */
const OBSERVED: readonly Rule[] = [
  { apiGroups: [''], resources: ['events', 'limitranges', 'pods', 'resourcequotas', 'serviceaccounts'], verbs: READ },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: READ },
];

const each = (of: typeof WORKLOADS, verbs: readonly string[]): Rule[] =>
  of.map(([group, resources]) => ({ apiGroups: [group], resources, verbs }));

/** Who looks. */
export const VIEWER: readonly Rule[] = [...each(WORKLOADS, READ), ...each(ACTED_ON, READ), ...OBSERVED];

/** Who runs what is there. */
export const OPERATOR: readonly Rule[] = [
  ...each(WORKLOADS, WRITE), ...each(ACTED_ON, READ), ...OBSERVED,
  { apiGroups: [''], resources: ['secrets'], verbs: WRITE },
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: [''], resources: ['pods/exec', 'pods/portforward'], verbs: ['create', 'get'] },
  { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['get', 'update', 'patch'] },
];

/** Who decides who may what: the API server lets nobody hand on more than they have. */
export const ADMIN: readonly Rule[] = [
  ...OPERATOR,
  { apiGroups: [''], resources: ['serviceaccounts'], verbs: WRITE },
  { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings', 'roles'], verbs: WRITE },
];

/**
 * Pipelines that apply apps, and take away what isn't said any more. Network policies, too: an admission policy holds those to what the
 * tenant's own opens. No EndpointSlices, which send a Service's traffic anywhere, and nothing that enters pods.
 */
const DEPLOYER: readonly Rule[] = [
  ...each(WORKLOADS, WRITE), ...each(ACTED_ON, WRITE), ...OBSERVED.filter(({ resources }) => !resources.includes('networkpolicies')),
  { apiGroups: [''], resources: ['secrets', 'serviceaccounts'], verbs: WRITE },
  { apiGroups: ['autoscaling.k8s.io'], resources: ['verticalpodautoscalers'], verbs: WRITE },
  { apiGroups: ['bitnami.com'], resources: ['sealedsecrets'], verbs: WRITE },
  { apiGroups: ['gateway.envoyproxy.io'], resources: ['backendtrafficpolicies', 'httproutefilters', 'securitypolicies'], verbs: WRITE },
  { apiGroups: ['gateway.networking.k8s.io'], resources: ['referencegrants'], verbs: WRITE },
  { apiGroups: ['keda.sh'], resources: ['scaledobjects', 'triggerauthentications'], verbs: WRITE },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: WRITE },
  { apiGroups: ['postgresql.cnpg.io'], resources: ['clusters', 'databases'], verbs: WRITE },
  { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings', 'roles'], verbs: WRITE },
  { apiGroups: ['traefik.io'], resources: ['traefikservices'], verbs: WRITE },
];

/** With what there is in a service mesh: who may call, and that it needs a certificate. */
export function inMesh(rules: readonly Rule[], hasMesh: boolean, verbs: readonly string[] = READ): readonly Rule[] {
  return !hasMesh ? rules : [...rules, { apiGroups: ['security.istio.io'], resources: ['authorizationpolicies', 'peerauthentications'], verbs }];
}

/** The same for pipelines. */
export function deployerOf(hasMesh: boolean): readonly Rule[] {
  return inMesh(DEPLOYER, hasMesh, WRITE);
}
