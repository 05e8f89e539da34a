import { Fault } from './faults';
import { quoted } from './private/quoted';
import { singularOf } from './private/plurals';

/** A resource that a custom resource definition or an aggregated API server adds. */
export interface ApiResourceProps {
  /** Its API group without a version, such as `cert-manager.io`. */
  readonly apiGroup: string;

  /** Its name in the plural, in lower case, such as `certificates`; of a subresource `certificates/status`. */
  readonly resource: string;

  /**
   * Whether its objects are in namespaces.
   *
   * @default true
   */
  readonly namespaced?: boolean;
}

const STANDARD = 'create delete deletecollection get list patch update watch';
const PART = 'get patch update';

/**
 * What a rule gives rights to: a resource of an API group, in the plural as RBAC has it, or a subresource.
 *
 * A wrong name is accepted by every API server and matches nothing, so those of Kubernetes are constants.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export class ApiResource {
  // as served by API servers of 1.27 to 1.36: written by packages/conformance/src/served/main.ts
  /** `bindings`. */ public static readonly BINDINGS = new ApiResource('', 'bindings', true, 'create');
  /** `componentstatuses`. */ public static readonly COMPONENT_STATUSES = new ApiResource('', 'componentstatuses', false, 'get list');
  /** `configmaps`. */ public static readonly CONFIG_MAPS = new ApiResource('', 'configmaps', true, STANDARD);
  /** `endpoints`. */ public static readonly ENDPOINTS = new ApiResource('', 'endpoints', true, STANDARD);
  /** `events`. */ public static readonly EVENTS = new ApiResource('', 'events', true, STANDARD);
  /** `groups`. */ public static readonly GROUPS = new ApiResource('', 'groups', false, 'impersonate');
  /** `limitranges`. */ public static readonly LIMIT_RANGES = new ApiResource('', 'limitranges', true, STANDARD);
  /** `namespaces`. */ public static readonly NAMESPACES = new ApiResource('', 'namespaces', false, 'create delete get list patch update watch');
  /** `namespaces/finalize`. */ public static readonly NAMESPACES_FINALIZE = new ApiResource('', 'namespaces/finalize', false, 'update');
  /** `namespaces/status`. */ public static readonly NAMESPACES_STATUS = new ApiResource('', 'namespaces/status', false, PART);
  /** `nodes`. */ public static readonly NODES = new ApiResource('', 'nodes', false, STANDARD);
  /** `nodes/log`. */ public static readonly NODES_LOG = new ApiResource('', 'nodes/log', false, 'create delete get patch update');
  /** `nodes/metrics`. */ public static readonly NODES_METRICS = new ApiResource('', 'nodes/metrics', false, 'create delete get patch update');
  /** `nodes/proxy`. */ public static readonly NODES_PROXY = new ApiResource('', 'nodes/proxy', false, 'create delete get patch update');
  /** `nodes/stats`. */ public static readonly NODES_STATS = new ApiResource('', 'nodes/stats', false, 'create delete get patch update');
  /** `nodes/status`. */ public static readonly NODES_STATUS = new ApiResource('', 'nodes/status', false, PART);
  /** `persistentvolumeclaims`. */ public static readonly PERSISTENT_VOLUME_CLAIMS = new ApiResource('', 'persistentvolumeclaims', true, STANDARD);
  /** `persistentvolumeclaims/status`. */ public static readonly PERSISTENT_VOLUME_CLAIMS_STATUS = new ApiResource('', 'persistentvolumeclaims/status', true, PART);
  /** `persistentvolumes`. */ public static readonly PERSISTENT_VOLUMES = new ApiResource('', 'persistentvolumes', false, STANDARD);
  /** `persistentvolumes/status`. */ public static readonly PERSISTENT_VOLUMES_STATUS = new ApiResource('', 'persistentvolumes/status', false, PART);
  /** `pods`. */ public static readonly PODS = new ApiResource('', 'pods', true, STANDARD);
  /** `pods/attach`. */ public static readonly PODS_ATTACH = new ApiResource('', 'pods/attach', true, 'create get');
  /** `pods/binding`. */ public static readonly PODS_BINDING = new ApiResource('', 'pods/binding', true, 'create');
  /** `pods/ephemeralcontainers`. */ public static readonly PODS_EPHEMERAL_CONTAINERS = new ApiResource('', 'pods/ephemeralcontainers', true, PART);
  /** `pods/eviction`. */ public static readonly PODS_EVICTION = new ApiResource('', 'pods/eviction', true, 'create');
  /** `pods/exec`. */ public static readonly PODS_EXEC = new ApiResource('', 'pods/exec', true, 'create get');
  /** `pods/log`. */ public static readonly PODS_LOG = new ApiResource('', 'pods/log', true, 'get');
  /** `pods/portforward`. */ public static readonly PODS_PORT_FORWARD = new ApiResource('', 'pods/portforward', true, 'create get');
  /** `pods/proxy`. */ public static readonly PODS_PROXY = new ApiResource('', 'pods/proxy', true, 'create delete get patch update');
  /** `pods/resize`, from 1.33 on. */ public static readonly PODS_RESIZE = new ApiResource('', 'pods/resize', true, PART, '1.33');
  /** `pods/status`. */ public static readonly PODS_STATUS = new ApiResource('', 'pods/status', true, PART);
  /** `podtemplates`. */ public static readonly POD_TEMPLATES = new ApiResource('', 'podtemplates', true, STANDARD);
  /** `replicationcontrollers`. */ public static readonly REPLICATION_CONTROLLERS = new ApiResource('', 'replicationcontrollers', true, STANDARD);
  /** `replicationcontrollers/scale`. */ public static readonly REPLICATION_CONTROLLERS_SCALE = new ApiResource('', 'replicationcontrollers/scale', true, PART);
  /** `replicationcontrollers/status`. */ public static readonly REPLICATION_CONTROLLERS_STATUS = new ApiResource('', 'replicationcontrollers/status', true, PART);
  /** `resourcequotas`. */ public static readonly RESOURCE_QUOTAS = new ApiResource('', 'resourcequotas', true, STANDARD);
  /** `resourcequotas/status`. */ public static readonly RESOURCE_QUOTAS_STATUS = new ApiResource('', 'resourcequotas/status', true, PART);
  /** `secrets`. */ public static readonly SECRETS = new ApiResource('', 'secrets', true, STANDARD);
  /** `serviceaccounts`. */ public static readonly SERVICE_ACCOUNTS = new ApiResource('', 'serviceaccounts', true, 'create delete deletecollection get impersonate list patch update watch');
  /** `serviceaccounts/token`. */ public static readonly SERVICE_ACCOUNTS_TOKEN = new ApiResource('', 'serviceaccounts/token', true, 'create');
  /** `services`. */ public static readonly SERVICES = new ApiResource('', 'services', true, STANDARD);
  /** `services/proxy`. */ public static readonly SERVICES_PROXY = new ApiResource('', 'services/proxy', true, 'create delete get patch update');
  /** `services/status`. */ public static readonly SERVICES_STATUS = new ApiResource('', 'services/status', true, PART);
  /** `users`. */ public static readonly USERS = new ApiResource('', 'users', false, 'impersonate');
  /** `mutatingadmissionpolicies` of `admissionregistration.k8s.io`, from 1.36 on. */ public static readonly MUTATING_ADMISSION_POLICIES = new ApiResource('admissionregistration.k8s.io', 'mutatingadmissionpolicies', false, STANDARD, '1.36');
  /** `mutatingadmissionpolicybindings` of `admissionregistration.k8s.io`, from 1.36 on. */ public static readonly MUTATING_ADMISSION_POLICY_BINDINGS = new ApiResource('admissionregistration.k8s.io', 'mutatingadmissionpolicybindings', false, STANDARD, '1.36');
  /** `mutatingwebhookconfigurations` of `admissionregistration.k8s.io`. */ public static readonly MUTATING_WEBHOOK_CONFIGURATIONS = new ApiResource('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', false, STANDARD);
  /** `validatingadmissionpolicies` of `admissionregistration.k8s.io`, from 1.30 on. */ public static readonly VALIDATING_ADMISSION_POLICIES = new ApiResource('admissionregistration.k8s.io', 'validatingadmissionpolicies', false, STANDARD, '1.30');
  /** `validatingadmissionpolicies/status` of `admissionregistration.k8s.io`, from 1.30 on. */ public static readonly VALIDATING_ADMISSION_POLICIES_STATUS = new ApiResource('admissionregistration.k8s.io', 'validatingadmissionpolicies/status', false, PART, '1.30');
  /** `validatingadmissionpolicybindings` of `admissionregistration.k8s.io`, from 1.30 on. */ public static readonly VALIDATING_ADMISSION_POLICY_BINDINGS = new ApiResource('admissionregistration.k8s.io', 'validatingadmissionpolicybindings', false, STANDARD, '1.30');
  /** `validatingwebhookconfigurations` of `admissionregistration.k8s.io`. */ public static readonly VALIDATING_WEBHOOK_CONFIGURATIONS = new ApiResource('admissionregistration.k8s.io', 'validatingwebhookconfigurations', false, STANDARD);
  /** `customresourcedefinitions` of `apiextensions.k8s.io`. */ public static readonly CUSTOM_RESOURCE_DEFINITIONS = new ApiResource('apiextensions.k8s.io', 'customresourcedefinitions', false, STANDARD);
  /** `customresourcedefinitions/status` of `apiextensions.k8s.io`. */ public static readonly CUSTOM_RESOURCE_DEFINITIONS_STATUS = new ApiResource('apiextensions.k8s.io', 'customresourcedefinitions/status', false, PART);
  /** `apiservices` of `apiregistration.k8s.io`. */ public static readonly API_SERVICES = new ApiResource('apiregistration.k8s.io', 'apiservices', false, STANDARD);
  /** `apiservices/status` of `apiregistration.k8s.io`. */ public static readonly API_SERVICES_STATUS = new ApiResource('apiregistration.k8s.io', 'apiservices/status', false, PART);
  /** `controllerrevisions` of `apps`. */ public static readonly CONTROLLER_REVISIONS = new ApiResource('apps', 'controllerrevisions', true, STANDARD);
  /** `daemonsets` of `apps`. */ public static readonly DAEMON_SETS = new ApiResource('apps', 'daemonsets', true, STANDARD);
  /** `daemonsets/status` of `apps`. */ public static readonly DAEMON_SETS_STATUS = new ApiResource('apps', 'daemonsets/status', true, PART);
  /** `deployments` of `apps`. */ public static readonly DEPLOYMENTS = new ApiResource('apps', 'deployments', true, STANDARD);
  /** `deployments/scale` of `apps`. */ public static readonly DEPLOYMENTS_SCALE = new ApiResource('apps', 'deployments/scale', true, PART);
  /** `deployments/status` of `apps`. */ public static readonly DEPLOYMENTS_STATUS = new ApiResource('apps', 'deployments/status', true, PART);
  /** `replicasets` of `apps`. */ public static readonly REPLICA_SETS = new ApiResource('apps', 'replicasets', true, STANDARD);
  /** `replicasets/scale` of `apps`. */ public static readonly REPLICA_SETS_SCALE = new ApiResource('apps', 'replicasets/scale', true, PART);
  /** `replicasets/status` of `apps`. */ public static readonly REPLICA_SETS_STATUS = new ApiResource('apps', 'replicasets/status', true, PART);
  /** `statefulsets` of `apps`. */ public static readonly STATEFUL_SETS = new ApiResource('apps', 'statefulsets', true, STANDARD);
  /** `statefulsets/scale` of `apps`. */ public static readonly STATEFUL_SETS_SCALE = new ApiResource('apps', 'statefulsets/scale', true, PART);
  /** `statefulsets/status` of `apps`. */ public static readonly STATEFUL_SETS_STATUS = new ApiResource('apps', 'statefulsets/status', true, PART);
  /** `selfsubjectreviews` of `authentication.k8s.io`, from 1.28 on. */ public static readonly SELF_SUBJECT_REVIEWS = new ApiResource('authentication.k8s.io', 'selfsubjectreviews', false, 'create', '1.28');
  /** `tokenreviews` of `authentication.k8s.io`. */ public static readonly TOKEN_REVIEWS = new ApiResource('authentication.k8s.io', 'tokenreviews', false, 'create');
  /** `uids` of `authentication.k8s.io`. */ public static readonly UIDS = new ApiResource('authentication.k8s.io', 'uids', false, 'impersonate');
  /** `localsubjectaccessreviews` of `authorization.k8s.io`. */ public static readonly LOCAL_SUBJECT_ACCESS_REVIEWS = new ApiResource('authorization.k8s.io', 'localsubjectaccessreviews', true, 'create');
  /** `selfsubjectaccessreviews` of `authorization.k8s.io`. */ public static readonly SELF_SUBJECT_ACCESS_REVIEWS = new ApiResource('authorization.k8s.io', 'selfsubjectaccessreviews', false, 'create');
  /** `selfsubjectrulesreviews` of `authorization.k8s.io`. */ public static readonly SELF_SUBJECT_RULES_REVIEWS = new ApiResource('authorization.k8s.io', 'selfsubjectrulesreviews', false, 'create');
  /** `subjectaccessreviews` of `authorization.k8s.io`. */ public static readonly SUBJECT_ACCESS_REVIEWS = new ApiResource('authorization.k8s.io', 'subjectaccessreviews', false, 'create');
  /** `horizontalpodautoscalers` of `autoscaling`. */ public static readonly HORIZONTAL_POD_AUTOSCALERS = new ApiResource('autoscaling', 'horizontalpodautoscalers', true, STANDARD);
  /** `horizontalpodautoscalers/status` of `autoscaling`. */ public static readonly HORIZONTAL_POD_AUTOSCALERS_STATUS = new ApiResource('autoscaling', 'horizontalpodautoscalers/status', true, PART);
  /** `cronjobs` of `batch`. */ public static readonly CRON_JOBS = new ApiResource('batch', 'cronjobs', true, STANDARD);
  /** `cronjobs/status` of `batch`. */ public static readonly CRON_JOBS_STATUS = new ApiResource('batch', 'cronjobs/status', true, PART);
  /** `jobs` of `batch`. */ public static readonly JOBS = new ApiResource('batch', 'jobs', true, STANDARD);
  /** `jobs/status` of `batch`. */ public static readonly JOBS_STATUS = new ApiResource('batch', 'jobs/status', true, PART);
  /** `certificatesigningrequests` of `certificates.k8s.io`. */ public static readonly CERTIFICATE_SIGNING_REQUESTS = new ApiResource('certificates.k8s.io', 'certificatesigningrequests', false, STANDARD);
  /** `certificatesigningrequests/approval` of `certificates.k8s.io`. */ public static readonly CERTIFICATE_SIGNING_REQUESTS_APPROVAL = new ApiResource('certificates.k8s.io', 'certificatesigningrequests/approval', false, PART);
  /** `certificatesigningrequests/status` of `certificates.k8s.io`. */ public static readonly CERTIFICATE_SIGNING_REQUESTS_STATUS = new ApiResource('certificates.k8s.io', 'certificatesigningrequests/status', false, PART);
  /** `signers` of `certificates.k8s.io`. */ public static readonly SIGNERS = new ApiResource('certificates.k8s.io', 'signers', false, 'approve attest sign');
  /** `leases` of `coordination.k8s.io`. */ public static readonly LEASES = new ApiResource('coordination.k8s.io', 'leases', true, STANDARD);
  /** `endpointslices` of `discovery.k8s.io`. */ public static readonly ENDPOINT_SLICES = new ApiResource('discovery.k8s.io', 'endpointslices', true, STANDARD);
  /** `events` of `events.k8s.io`. */ public static readonly EVENTS_OF_EVENTS_K8S_IO = new ApiResource('events.k8s.io', 'events', true, STANDARD);
  /** `flowschemas` of `flowcontrol.apiserver.k8s.io`. */ public static readonly FLOW_SCHEMAS = new ApiResource('flowcontrol.apiserver.k8s.io', 'flowschemas', false, STANDARD);
  /** `flowschemas/status` of `flowcontrol.apiserver.k8s.io`. */ public static readonly FLOW_SCHEMAS_STATUS = new ApiResource('flowcontrol.apiserver.k8s.io', 'flowschemas/status', false, PART);
  /** `prioritylevelconfigurations` of `flowcontrol.apiserver.k8s.io`. */ public static readonly PRIORITY_LEVEL_CONFIGURATIONS = new ApiResource('flowcontrol.apiserver.k8s.io', 'prioritylevelconfigurations', false, STANDARD);
  /** `prioritylevelconfigurations/status` of `flowcontrol.apiserver.k8s.io`. */ public static readonly PRIORITY_LEVEL_CONFIGURATIONS_STATUS = new ApiResource('flowcontrol.apiserver.k8s.io', 'prioritylevelconfigurations/status', false, PART);
  /** `ingressclasses` of `networking.k8s.io`. */ public static readonly INGRESS_CLASSES = new ApiResource('networking.k8s.io', 'ingressclasses', false, STANDARD);
  /** `ingresses` of `networking.k8s.io`. */ public static readonly INGRESSES = new ApiResource('networking.k8s.io', 'ingresses', true, STANDARD);
  /** `ingresses/status` of `networking.k8s.io`. */ public static readonly INGRESSES_STATUS = new ApiResource('networking.k8s.io', 'ingresses/status', true, PART);
  /** `ipaddresses` of `networking.k8s.io`, from 1.33 on. */ public static readonly IP_ADDRESSES = new ApiResource('networking.k8s.io', 'ipaddresses', false, STANDARD, '1.33');
  /** `networkpolicies` of `networking.k8s.io`. */ public static readonly NETWORK_POLICIES = new ApiResource('networking.k8s.io', 'networkpolicies', true, STANDARD);
  /** `servicecidrs` of `networking.k8s.io`, from 1.33 on. */ public static readonly SERVICE_CIDRS = new ApiResource('networking.k8s.io', 'servicecidrs', false, STANDARD, '1.33');
  /** `servicecidrs/status` of `networking.k8s.io`, from 1.33 on. */ public static readonly SERVICE_CIDRS_STATUS = new ApiResource('networking.k8s.io', 'servicecidrs/status', false, PART, '1.33');
  /** `runtimeclasses` of `node.k8s.io`. */ public static readonly RUNTIME_CLASSES = new ApiResource('node.k8s.io', 'runtimeclasses', false, STANDARD);
  /** `poddisruptionbudgets` of `policy`. */ public static readonly POD_DISRUPTION_BUDGETS = new ApiResource('policy', 'poddisruptionbudgets', true, STANDARD);
  /** `poddisruptionbudgets/status` of `policy`. */ public static readonly POD_DISRUPTION_BUDGETS_STATUS = new ApiResource('policy', 'poddisruptionbudgets/status', true, PART);
  /** `clusterrolebindings` of `rbac.authorization.k8s.io`. */ public static readonly CLUSTER_ROLE_BINDINGS = new ApiResource('rbac.authorization.k8s.io', 'clusterrolebindings', false, STANDARD);
  /** `clusterroles` of `rbac.authorization.k8s.io`. */ public static readonly CLUSTER_ROLES = new ApiResource('rbac.authorization.k8s.io', 'clusterroles', false, 'bind create delete deletecollection escalate get list patch update watch');
  /** `rolebindings` of `rbac.authorization.k8s.io`. */ public static readonly ROLE_BINDINGS = new ApiResource('rbac.authorization.k8s.io', 'rolebindings', true, STANDARD);
  /** `roles` of `rbac.authorization.k8s.io`. */ public static readonly ROLES = new ApiResource('rbac.authorization.k8s.io', 'roles', true, 'bind create delete deletecollection escalate get list patch update watch');
  /** `deviceclasses` of `resource.k8s.io`, from 1.34 on. */ public static readonly DEVICE_CLASSES = new ApiResource('resource.k8s.io', 'deviceclasses', false, STANDARD, '1.34');
  /** `resourceclaims` of `resource.k8s.io`, from 1.34 on. */ public static readonly RESOURCE_CLAIMS = new ApiResource('resource.k8s.io', 'resourceclaims', true, STANDARD, '1.34');
  /** `resourceclaims/status` of `resource.k8s.io`, from 1.34 on. */ public static readonly RESOURCE_CLAIMS_STATUS = new ApiResource('resource.k8s.io', 'resourceclaims/status', true, PART, '1.34');
  /** `resourceclaimtemplates` of `resource.k8s.io`, from 1.34 on. */ public static readonly RESOURCE_CLAIM_TEMPLATES = new ApiResource('resource.k8s.io', 'resourceclaimtemplates', true, STANDARD, '1.34');
  /** `resourceslices` of `resource.k8s.io`, from 1.34 on. */ public static readonly RESOURCE_SLICES = new ApiResource('resource.k8s.io', 'resourceslices', false, STANDARD, '1.34');
  /** `priorityclasses` of `scheduling.k8s.io`. */ public static readonly PRIORITY_CLASSES = new ApiResource('scheduling.k8s.io', 'priorityclasses', false, STANDARD);
  /** `csidrivers` of `storage.k8s.io`. */ public static readonly CSI_DRIVERS = new ApiResource('storage.k8s.io', 'csidrivers', false, STANDARD);
  /** `csinodes` of `storage.k8s.io`. */ public static readonly CSI_NODES = new ApiResource('storage.k8s.io', 'csinodes', false, STANDARD);
  /** `csistoragecapacities` of `storage.k8s.io`. */ public static readonly CSI_STORAGE_CAPACITIES = new ApiResource('storage.k8s.io', 'csistoragecapacities', true, STANDARD);
  /** `storageclasses` of `storage.k8s.io`. */ public static readonly STORAGE_CLASSES = new ApiResource('storage.k8s.io', 'storageclasses', false, STANDARD);
  /** `volumeattachments` of `storage.k8s.io`. */ public static readonly VOLUME_ATTACHMENTS = new ApiResource('storage.k8s.io', 'volumeattachments', false, STANDARD);
  /** `volumeattachments/status` of `storage.k8s.io`. */ public static readonly VOLUME_ATTACHMENTS_STATUS = new ApiResource('storage.k8s.io', 'volumeattachments/status', false, PART);
  /** `volumeattributesclasses` of `storage.k8s.io`, from 1.34 on. */ public static readonly VOLUME_ATTRIBUTES_CLASSES = new ApiResource('storage.k8s.io', 'volumeattributesclasses', false, STANDARD, '1.34');
  // end

  /** Everything of every API group, also what is still to come. */
  public static readonly UNSAFE_ALL = new ApiResource('*', '*', true, undefined);

  /**
   * A resource that Kubernetes doesn't bring itself.
   *
   * @param props its group and its name in the plural.
   */
  public static custom(props: ApiResourceProps): ApiResource {
    const { apiGroup, resource, namespaced = true } = props;
    const faults = [...groupFaults(apiGroup), ...resourceFaults(apiGroup, resource)];
    return new ApiResource(apiGroup, resource, namespaced, undefined, undefined, faults);
  }

  /**
   * Everything of an API group, also what is still to come.
   *
   * @param apiGroup the group without a version, such as `batch`; empty for the core group.
   */
  public static unsafeAllOf(apiGroup: string): ApiResource {
    return new ApiResource(apiGroup, '*', true, undefined, undefined, apiGroup === '' ? [] : groupFaults(apiGroup));
  }

  private constructor(
    /** The API group; empty for the core group. */
    public readonly apiGroup: string,
    /** The name in the plural, such as `pods` or `pods/log`. */
    public readonly resource: string,
    /** Whether its objects are in namespaces. */
    public readonly namespaced: boolean,
    private readonly verbs: string | undefined,
    /** @internal */
    public readonly _since?: string,
    /** What is wrong with it; the role that gets it reports it. */
    public readonly faults: Fault[] = [],
  ) {}

  /** What it takes; of what isn't Kubernetes' own that isn't known. @internal */
  public get _verbs(): ReadonlySet<string> | undefined {
    return this.verbs === undefined ? undefined : new Set(this.verbs.split(' '));
  }

  /** As `kubectl` names it: `deployments.apps`. @internal */
  public get _text(): string {
    return this.apiGroup === '' ? this.resource : `${this.resource}.${this.apiGroup}`;
  }
}

const GROUP = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const RESOURCE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\/[a-z0-9]([-a-z0-9]*[a-z0-9])?)?$/;

function groupFaults(apiGroup: string): Fault[] {
  if (typeof apiGroup === 'string' && GROUP.test(apiGroup) && apiGroup.length <= 253) {
    return [];
  }
  const [group = ''] = typeof apiGroup === 'string' ? apiGroup.split('/') : [];
  return [{
    code: 'KEELSON1541', member: 'apiGroup', got: quoted(apiGroup), allowed: 'an API group without a version',
    fix: apiGroup !== group && GROUP.test(group) ? `try ${quoted(group)}` : "write it like 'cert-manager.io'",
  }];
}

function resourceFaults(apiGroup: string, resource: string): Fault[] {
  if (typeof resource !== 'string' || !RESOURCE.test(resource)) {
    const plural = typeof resource === 'string' ? resource.toLowerCase() : '';
    return [{
      code: 'KEELSON1542', member: 'resource', got: quoted(resource), allowed: "a resource in the plural, in lower case, or one with '/' and a subresource",
      fix: /^[a-z0-9]+$/.test(plural) ? `try ${quoted(plural.endsWith('s') ? plural : `${plural}s`)}` : "write it like 'certificates'",
    }];
  }
  const [name = ''] = resource.split('/');
  const meant = builtIn().find(each => each.apiGroup === apiGroup && !each.resource.includes('/') && singularOf(each.resource).includes(name));
  return meant === undefined ? homeFaults(apiGroup, resource, name) : [{
    code: 'KEELSON1542', member: 'resource', got: quoted(resource), allowed: 'a resource in the plural', fix: `try ${quoted(resource.replace(name, meant.resource))}`,
  }];
}

/** Of `apps/pods` and `extensions/deployments`. Groups that aren't Kubernetes' own may call theirs so, too. */
function homeFaults(apiGroup: string, resource: string, name: string): Fault[] {
  const own = builtIn();
  const homes = own.filter(each => each.resource === name).map(each => each.apiGroup);
  const isKubernetes = apiGroup === REMOVED_GROUP || own.some(each => each.apiGroup === apiGroup);
  if (!isKubernetes || homes.length === 0 || homes.includes(apiGroup)) {
    return [];
  }
  const same = own.find(each => each.resource === resource);
  const [constant] = Object.entries(ApiResource).find(([, each]) => each === same) ?? [];
  const [home = ''] = homes;
  return [{
    code: 'KEELSON1590', member: 'apiGroup', got: quoted(apiGroup), allowed: `the group that ${quoted(name)} are in, ${home === '' ? 'the core group' : quoted(home)}`,
    fix: same === undefined || constant === undefined ? `write apiGroup: ${quoted(home)}` : `write ApiResource.${constant}`,
  }];
}

/** Gone with Kubernetes 1.22; old roles name it still. */
const REMOVED_GROUP = 'extensions';

function builtIn(): ApiResource[] {
  return Object.values(ApiResource).filter((each): each is ApiResource => each instanceof ApiResource);
}
