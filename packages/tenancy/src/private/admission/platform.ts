import { any, list, text } from './cel';
import { Policy } from './policy';

/** Who is the platform, as `Admission` says it. */
export interface PlatformNames {
  readonly groups: readonly string[];
  readonly users: readonly string[];
}

/** It empties namespaces that are deleted. */
const EMPTIES_NAMESPACES = 'system:serviceaccount:kube-system:namespace-controller';
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
  return {
    name: 'platform',
    matched: [...OBJECTS, ...hasMesh ? [MESH] : []].map(({ group, resources, names }) => ({ apiGroups: [group], apiVersions: ['v1'], resources, resourceNames: names })),
    operations: ['UPDATE', 'DELETE'],
    watched: [],
    unless: `${platform} || (request.operation == 'DELETE' && request.userInfo.username == ${text(EMPTIES_NAMESPACES)})`,
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
  }];
}
