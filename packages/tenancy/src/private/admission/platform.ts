import { any, list } from './cel';
import { Policy } from './policy';

/** Who is the platform, as `Admission` says it. */
export interface PlatformNames {
  readonly groups: readonly string[];
  readonly users: readonly string[];
}

/** Who empties namespaces that are deleted: by an account of its own, or as the whole controller manager. */
const EMPTY_NAMESPACES = ['system:kube-controller-manager', 'system:serviceaccount:kube-system:namespace-controller'];
const RBAC = 'rbac.authorization.k8s.io';
const ROLES = ['admin', 'deployer', 'operator', 'viewer'].map(each => `tenant-${each}`);
/** What makes the tenant, by names: labels are anybody's. */
const OBJECTS = [
  { group: '', resources: ['limitranges', 'resourcequotas'], names: ['tenant'] },
  { group: '', resources: ['serviceaccounts'], names: ['default'] },
  { group: 'networking.k8s.io', resources: ['networkpolicies'], names: ['tenant'] },
  { group: RBAC, resources: ['rolebindings', 'roles'], names: ROLES },
];
const MESH = { group: 'security.istio.io', resources: ['authorizationpolicies', 'peerauthentications'], names: ['tenant'] };

/** Whether the platform asks: who is named, and who may change the rules anyway, so that nobody locks themselves out. */
export function isPlatform({ groups, users }: PlatformNames): string {
  return `(${any([
    `request.userInfo.username in ${list(users)}`, `request.userInfo.?groups.orValue([]).exists(each, each in ${list(groups)})`,
    "authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicies').check('update').allowed()",
  ])})`;
}

/** What makes the tenant is changed by the platform only, whatever rights somebody was given later. */
export function platformPolicy(platform: string, hasMesh: boolean): Policy {
  const objects = [...OBJECTS, ...hasMesh ? [MESH] : []];
  return {
    name: 'platform',
    matched: objects.map(({ group, resources }) => ({ apiGroups: [group], apiVersions: ['v1'], resources })),
    operations: ['UPDATE', 'DELETE'],
    watched: [],
    // Not by `resourceNames`: who takes all away at once asks with no name, and each object is judged then.
    only: any(objects.map(({ resources, names }) => `request.resource.resource in ${list(resources)} && oldObject.metadata.name in ${list(names)}`)),
    unless: `${platform} || (request.operation == 'DELETE' && request.userInfo.username in ${list(EMPTY_NAMESPACES)})`,
    variables: {},
    validations: [{
      expression: 'false', message: 'what makes the tenant must be left to the platform', got: "request.operation.lowerAscii() + ' of ' + request.kind.kind + ' ' + oldObject.metadata.name",
    }],
  };
}

/** Secrets that Kubernetes puts a token into which never ends, of any account of the namespace. */
export function secretPolicy(platform: string): Policy {
  return {
    name: 'secrets',
    matched: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['secrets'] }],
    // Kubernetes itself adds the token to what the platform made.
    watched: ["?type.orValue('')", "metadata.?annotations[?'kubernetes.io/service-account.name'].orValue('')"],
    unless: platform,
    variables: {},
    validations: [{
      expression: "object.?type.orValue('') != 'kubernetes.io/service-account-token'",
      message: 'the type must be another: a token in a Secret never ends; pods are given ones that do', got: 'object.type',
    }],
  };
}

/** What KEDA may do for a tenant's triggers with rights and addresses of its own. */
const OWN_VALUES = ['configMapTargetRef', 'env', 'secretTargetRef'];

/** KEDA's authentications: of Secrets and ConfigMaps, not as KEDA itself. */
export function triggerPolicies(platform: string): Policy[] {
  return [{
    name: 'triggerauthentications',
    matched: [{ apiGroups: ['keda.sh'], apiVersions: ['v1alpha1'], resources: ['triggerauthentications'] }],
    watched: ['spec'],
    unless: platform,
    variables: { others: `dyn(object.spec).map(key, key).filter(key, !(key in ${list(OWN_VALUES)}))` },
    validations: [{
      expression: 'variables.others.size() == 0', message: `a trigger must have its values from ${OWN_VALUES.join(', ')}: of anything else KEDA asks with rights of its own`,
      got: "variables.others.join(', ')",
    }],
  }, {
    name: 'triggers',
    matched: [{ apiGroups: ['keda.sh'], apiVersions: ['v1alpha1'], resources: ['scaledjobs', 'scaledobjects'] }],
    watched: ['spec'],
    unless: platform,
    variables: {
      triggers: 'object.spec.?triggers.orValue([])',
      // Only `pod` is a trigger's own; anything else, and what it would be read from, is KEDA's.
      owners: "variables.triggers.filter(trigger, trigger.?metadata.orValue({}).exists(key, key.startsWith('identityOwner')"
        + " && (key != 'identityOwner' || trigger.metadata[key] != 'pod'))).map(trigger, trigger.type)",
      shared: "variables.triggers.map(trigger, trigger.?authenticationRef.?kind.orValue('')).filter(kind, kind == 'ClusterTriggerAuthentication')",
    },
    validations: [{
      expression: 'variables.owners.size() == 0', message: "a trigger's identityOwner must be pod or left out: KEDA's own identity is that of all tenants",
      got: "'another of ' + variables.owners.join(', ')",
    }, {
      expression: 'variables.shared.size() == 0', message: "authenticationRef must be a TriggerAuthentication: one of the cluster is the platform's",
      got: "variables.shared.join(', ')",
    }],
  }];
}
