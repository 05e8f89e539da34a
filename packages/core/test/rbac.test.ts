import { Chart, Testing } from 'cdk8s';
// @boundaries-ignore a devDependency of the root, so that this comment is the one way to it: src is refused.
import * as kplus from 'cdk8s-plus-27';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ApiResource, ClusterProfile, ClusterRole, ClusterRoleBinding, ConfigMap, type IGrantable, type IRole, PolicyRule, type PolicyRuleOptions,
  Role, RoleBinding, Secret, ServiceAccount, Subject, Verb, Volume, Warnings,
} from '../src';
import { accepted, charted, mistakes, named, type Rendered, Server } from './server';

interface Rbac extends Rendered {
  readonly rules?: object[];
  readonly roleRef: object;
  readonly subjects: { kind: string; name: string; namespace?: string }[];
  readonly aggregationRule?: object;
}

const pods = () => PolicyRule.read([ApiResource.PODS]);
const find = (objects: Rendered[], kind: string, name: string) => named(objects, kind, name) as Rbac;

/** The rules of a Role with these. */
function rulesOf(...rules: PolicyRule[]): object[] | undefined {
  const chart = charted();
  new Role(chart, 'role', { rules });
  return find(accepted(chart), 'Role', 'role').rules;
}

function mistakesOf(define: (chart: Chart) => void): string[] {
  const chart = charted();
  define(chart);
  return mistakes(chart);
}

const mistakesOfRule = (rule: PolicyRule) => mistakesOf(chart => new Role(chart, 'role', { rules: [rule] })).map(line => line.replace('[shop/role] ', ''));

function warningsOf(define: (chart: Chart) => void, version = '1.33'): string[] {
  const chart = charted({ version });
  define(chart);
  return Warnings.of(chart);
}

describe('R3 rules', () => {
  test('name resources by group and plural, and verbs', () => {
    expect(rulesOf(PolicyRule.allow([Verb.PATCH, Verb.GET], [ApiResource.DEPLOYMENTS_SCALE, ApiResource.DEPLOYMENTS]))).toEqual([
      { apiGroups: ['apps'], resources: ['deployments', 'deployments/scale'], verbs: ['get', 'patch'] },
    ]);
  });

  test('take of the verbs what each resource takes', () => {
    expect(rulesOf(PolicyRule.read([ApiResource.PODS, ApiResource.PODS_LOG]))).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    ]);
    expect(rulesOf(PolicyRule.readWrite([ApiResource.PODS_EVICTION, ApiResource.LEASES]))).toEqual([
      { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] },
    ]);
  });

  test('are for single objects, whose names come sorted and once', () => {
    const options: PolicyRuleOptions = { resourceNames: ['b', 'a', 'b'] };
    expect(rulesOf(PolicyRule.read([ApiResource.CONFIG_MAPS], options))).toEqual([
      { apiGroups: [''], resourceNames: ['a', 'b'], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] },
    ]);
  });

  test('say once what is said twice, and leave out names where all are allowed', () => {
    expect(rulesOf(
      PolicyRule.read([ApiResource.CONFIG_MAPS], { resourceNames: ['a'] }), PolicyRule.allow([Verb.GET, Verb.LIST, Verb.WATCH], [ApiResource.CONFIG_MAPS]),
      PolicyRule.read([ApiResource.CONFIG_MAPS]), PolicyRule.allow([Verb.UPDATE], [ApiResource.CONFIG_MAPS], { resourceNames: ['a'] }),
    )).toEqual([
      { apiGroups: [''], resourceNames: ['a'], resources: ['configmaps'], verbs: ['update'] },
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] },
    ]);
  });

  test('are for custom resources and other verbs', () => {
    const certificates = ApiResource.custom({ apiGroup: 'cert-manager.io', resource: 'certificates/status' });
    const constraints = ApiResource.custom({ apiGroup: 'security.openshift.io', resource: 'securitycontextconstraints', namespaced: false });
    const chart = charted();
    new ClusterRole(chart, 'custom', { rules: [
      PolicyRule.allow([Verb.custom('use')], [constraints], { resourceNames: ['nonroot-v2'] }), PolicyRule.read([certificates]),
      PolicyRule.allow([Verb.DELETE_COLLECTION, Verb.CREATE], [ApiResource.custom({ apiGroup: 'apps', resource: 'deployments/finalizers' })]),
    ] });
    expect(find(accepted(chart), 'ClusterRole', 'custom').rules).toEqual([
      { apiGroups: ['apps'], resources: ['deployments/finalizers'], verbs: ['create', 'deletecollection'] },
      { apiGroups: ['cert-manager.io'], resources: ['certificates/status'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['security.openshift.io'], resourceNames: ['nonroot-v2'], resources: ['securitycontextconstraints'], verbs: ['use'] },
    ]);
  });

  test('give everything by names that say so only', () => {
    const chart = charted();
    new ClusterRole(chart, 'all', { rules: [
      PolicyRule.allow([Verb.UNSAFE_ALL], [ApiResource.UNSAFE_ALL]), PolicyRule.allow([Verb.UNSAFE_ALL, Verb.GET], [ApiResource.unsafeAllOf('batch')]),
      PolicyRule.allow([Verb.GET], [ApiResource.unsafeAllOf('')]), PolicyRule.unsafeAllUrls(), PolicyRule.allow([Verb.UNSAFE_BIND, Verb.UNSAFE_ESCALATE], [ApiResource.ROLES]),
      PolicyRule.allow([Verb.UNSAFE_IMPERSONATE], [ApiResource.USERS]),
    ] });
    expect(find(accepted(chart), 'ClusterRole', 'all').rules).toEqual([
      { apiGroups: [''], resources: ['*'], verbs: ['get'] },
      { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] },
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { apiGroups: ['batch'], resources: ['*'], verbs: ['*'] },
      { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['bind', 'escalate'] },
      { nonResourceURLs: ['*'], verbs: ['get'] },
    ]);
  });

  test('are for paths, in ClusterRoles', () => {
    const chart = charted();
    const post = Verb.custom('post');
    new ClusterRole(chart, 'probe', { rules: [PolicyRule.nonResourceUrls(['/metrics', '/healthz/*', '/api']), PolicyRule.nonResourceUrls(['/logs'], [Verb.GET, post])] });
    expect(find(accepted(chart), 'ClusterRole', 'probe').rules).toEqual([
      { nonResourceURLs: ['/api', '/healthz/*', '/metrics'], verbs: ['get'] },
      { nonResourceURLs: ['/logs'], verbs: ['get', 'post'] },
    ]);
  });

  const all = Object.values(ApiResource).filter((each): each is ApiResource => each instanceof ApiResource && each.resource !== '*');

  test('know every resource once', () => {
    expect(new Set(all.map(({ apiGroup, resource }) => `${apiGroup}/${resource}`)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(110);
  });

  test('come out the same whatever order they are given in, and however often', () => {
    const some = all.filter(({ namespaced, apiGroup }) => namespaced && ['apps', 'batch', 'policy'].includes(apiGroup));
    const names = fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }));
    const rule = fc.tuple(fc.subarray(some, { minLength: 1, maxLength: 4 }), names)
      .map(([resources, resourceNames]) => PolicyRule.read(resources, resourceNames === null ? {} : { resourceNames }));
    fc.assert(fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), fc.nat(), (rules, seed) => {
      const ranked = [...rules, ...rules].map((each, index) => [(index * 7919 + seed) % 1009, each] as const);
      const shuffled = ranked.sort(([a], [b]) => a - b).map(([, each]) => each);
      expect(rulesOf(...shuffled)).toEqual(rulesOf(...rules));
    }), { numRuns: 30 });
  });
});

describe('R3 rules that can allow nothing fail', () => {
  test.each<[string, () => PolicyRule, string]>([
    ['no verbs', () => PolicyRule.allow([], [ApiResource.PODS]), "KEELSON1544 'rules.verbs' must be one verb or more, got none: name each verb that is needed"],
    ['no resources', () => PolicyRule.allow([Verb.GET], []), "KEELSON1544 'rules.resources' must be one resource or more, got none: name each resource that is needed"],
    ['undefined', () => PolicyRule.allow([Verb.GET], [(ApiResource as unknown as { PODZ: ApiResource }).PODZ]),
      "KEELSON1544 'rules.resources' must be one resource or more, got undefined among them: name each resource that is needed"],
    ['no paths', () => PolicyRule.nonResourceUrls([]), "KEELSON1544 'rules.urls' must be one path or more, got none: name each path that is needed"],
    ['an odd verb', () => PolicyRule.allow([Verb.custom('Get')], [ApiResource.PODS]),
      "KEELSON1540 'rules.verbs' must be a verb in lower case, got 'Get': write it like 'use'"],
    ['a verb that gives more', () => PolicyRule.allow([Verb.custom('*')], [ApiResource.PODS]),
      "KEELSON1540 'rules.verbs' must be a verb in lower case, got '*': write Verb.UNSAFE_ALL, whose name says what it gives"],
    ['a group with a version', () => PolicyRule.read([ApiResource.custom({ apiGroup: 'cert-manager.io/v1', resource: 'certificates' })]),
      "KEELSON1541 'rules.resources.apiGroup' must be an API group without a version, got 'cert-manager.io/v1': try 'cert-manager.io'"],
    ['no group', () => PolicyRule.read([ApiResource.custom({ apiGroup: '', resource: 'certificates' })]),
      "KEELSON1541 'rules.resources.apiGroup' must be an API group without a version, got '': write it like 'cert-manager.io'"],
    ['a kind', () => PolicyRule.read([ApiResource.custom({ apiGroup: 'cert-manager.io', resource: 'Certificate' })]),
      "KEELSON1542 'rules.resources.resource' must be a resource in the plural, in lower case, or one with '/' and a subresource, got 'Certificate': try 'certificates'"],
    ['two subresources', () => PolicyRule.read([ApiResource.custom({ apiGroup: 'a.io', resource: 'a/b/c' })]),
      "KEELSON1542 'rules.resources.resource' must be a resource in the plural, in lower case, or one with '/' and a subresource, got 'a/b/c': write it like 'certificates'"],
    ['a singular', () => PolicyRule.read([ApiResource.custom({ apiGroup: 'networking.k8s.io', resource: 'networkpolicy/status' })]),
      "KEELSON1542 'rules.resources.resource' must be a resource in the plural, got 'networkpolicy/status': try 'networkpolicies/status'"],
    ['a resource of another group', () => PolicyRule.read([ApiResource.custom({ apiGroup: 'apps', resource: 'pods/log' })]),
      "KEELSON1590 'rules.resources.apiGroup' must be the group that 'pods' are in, the core group, got 'apps': write ApiResource.PODS_LOG"],
    ['a resource of a group that is gone', () => PolicyRule.read([ApiResource.custom({ apiGroup: 'extensions', resource: 'deployments' })]),
      "KEELSON1590 'rules.resources.apiGroup' must be the group that 'deployments' are in, 'apps', got 'extensions': write ApiResource.DEPLOYMENTS"],
    ['a subresource of another group', () => PolicyRule.allow([Verb.UPDATE], [ApiResource.custom({ apiGroup: 'batch', resource: 'deployments/finalizers' })]),
      "KEELSON1590 'rules.resources.apiGroup' must be the group that 'deployments' are in, 'apps', got 'batch': write apiGroup: 'apps'"],
    ['a verb that the resource has not', () => PolicyRule.allow([Verb.LIST, Verb.GET], [ApiResource.PODS_LOG]),
      "KEELSON1545 'rules.verbs' must be a verb that 'pods/log' takes (get), got 'list': remove the verb, or name the resource that takes it"],
    ['a verb that none of the resources has', () => PolicyRule.allow([Verb.WATCH], [ApiResource.PODS_EXEC, ApiResource.TOKEN_REVIEWS]),
      "KEELSON1545 'rules.verbs' must be a verb that 'pods/exec', 'tokenreviews.authentication.k8s.io' take (create, get), got 'watch': "
      + 'remove the verb, or name the resource that takes it'],
    ['a resource that has none of the verbs', () => PolicyRule.allow([Verb.LIST], [ApiResource.PODS, ApiResource.DEPLOYMENTS_SCALE]),
      "KEELSON1546 'rules.resources' must be a resource that can be asked to list, got 'deployments/scale.apps': it takes get, patch, update only: give it a rule of its own"],
    ['no names', () => PolicyRule.read([ApiResource.PODS], { resourceNames: [] }),
      "KEELSON1547 'rules.resourceNames' must be one name or more, got none: name an object, or leave resourceNames out: then it is all of them"],
    ['a pattern', () => PolicyRule.read([ApiResource.PODS], { resourceNames: ['*'] }),
      "KEELSON1547 'rules.resourceNames' must be an object's name, as it is, got '*': name each object: there are no patterns"],
    ['names of what is made', () => PolicyRule.allow([Verb.CREATE, Verb.GET], [ApiResource.PODS], { resourceNames: ['a'] }),
      "KEELSON1548 'rules.resourceNames' must be used with verbs whose requests have a name, got names for 'create': allow 'create' by a rule without resourceNames"],
    ['names of all that is deleted', () => PolicyRule.allow([Verb.DELETE_COLLECTION], [ApiResource.PODS], { resourceNames: ['a'] }),
      "KEELSON1548 'rules.resourceNames' must be used with verbs whose requests have a name, got names for 'deletecollection': "
      + "allow 'deletecollection' by a rule without resourceNames"],
    ['paths', () => PolicyRule.nonResourceUrls(['/metrics']),
      "KEELSON1558 'rules' must be about resources, in a Role, got '/metrics': use a ClusterRole, and grant it everywhere by grantTo(…)"],
    ['nodes', () => PolicyRule.read([ApiResource.NODES]),
      "KEELSON1559 'rules' must be about resources that are in namespaces, in a Role, got 'nodes': use a ClusterRole, and grant it everywhere by grantTo(…)"],
    ['all namespaces', () => PolicyRule.allow([Verb.LIST], [ApiResource.NAMESPACES]),
      "KEELSON1559 'rules' must be about resources that are in namespaces, in a Role, got 'namespaces': use a ClusterRole, and grant it everywhere by grantTo(…)"],
    ['no rule', () => undefined as unknown as PolicyRule, "KEELSON1556 'rules' must be a PolicyRule, got undefined: write PolicyRule.read([…]) or PolicyRule.allow([…], […])"],
  ])('%s', (_, rule, message) => {
    expect(mistakesOfRule(rule()).filter(line => !line.startsWith('KEELSON1555'))).toEqual([message]);
  });

  test.each<[string[], Verb[] | undefined, string]>([
    [['metrics'], undefined, "KEELSON1549 'rules.urls' must be a path from '/' on, with '*' at its end only, got 'metrics': write it like '/healthz' or '/healthz/*'"],
    [['/a*/b'], undefined, "KEELSON1549 'rules.urls' must be a path from '/' on, with '*' at its end only, got '/a*/b': write it like '/healthz' or '/healthz/*'"],
    [['/*'], undefined, "KEELSON1549 'rules.urls' must be a path, got '/*': write PolicyRule.unsafeAllUrls(), whose name says what it gives"],
    [['/api/v1/pods'], undefined, "KEELSON1550 'rules.urls' must be a path that is no resource, got '/api/v1/pods': allow the resource by PolicyRule.allow(…)"],
    [['/apis/apps/v1/deployments'], undefined,
      "KEELSON1550 'rules.urls' must be a path that is no resource, got '/apis/apps/v1/deployments': allow the resource by PolicyRule.allow(…)"],
    [['/metrics'], [Verb.LIST], "KEELSON1551 'rules.verbs' must be an HTTP method (delete, get, head, options, patch, post, put), got 'list': write Verb.GET"],
    [['/metrics'], [Verb.CREATE],
      "KEELSON1551 'rules.verbs' must be an HTTP method (delete, get, head, options, patch, post, put), got 'create': write Verb.custom('post')"],
    [['/metrics'], [Verb.UPDATE],
      "KEELSON1551 'rules.verbs' must be an HTTP method (delete, get, head, options, patch, post, put), got 'update': write Verb.custom('put')"],
  ])('the paths %j', (urls, verbs, message) => {
    expect(mistakesOf(chart => new ClusterRole(chart, 'role', { rules: [PolicyRule.nonResourceUrls(urls, verbs)] }))).toEqual([`[shop/role] ${message}`]);
  });

  test.each([['/api/v1'], ['/apis/apps/v1'], ['/openapi/v3/*'], ['/']])('but the path %s is none', (url) => {
    expect(mistakesOf(chart => new ClusterRole(chart, 'role', { rules: [PolicyRule.nonResourceUrls([url])] }))).toEqual([]);
  });

  test('but a Role may name its own namespace, and make tokens of one account', () => {
    expect(mistakesOfRule(PolicyRule.allow([Verb.GET], [ApiResource.NAMESPACES]))).toEqual([]);
    expect(mistakesOfRule(PolicyRule.allow([Verb.CREATE], [ApiResource.SERVICE_ACCOUNTS_TOKEN], { resourceNames: ['a'] }))).toEqual([]);
  });

  test('and a role without any, or with rules beside those of others', () => {
    expect(mistakesOf((chart) => {
      new Role(chart, 'role');
      new ClusterRole(chart, 'cluster-role');
      new ClusterRole(chart, 'both', { clusterRoleSelectors: [{ team: 'a' }], rules: [pods()] });
      new ClusterRole(chart, 'empty', { clusterRoleSelectors: [{}] });
      new ClusterRole(chart, 'none', { clusterRoleSelectors: [] });
    })).toEqual([
      "[shop/both] KEELSON1557 'rules' must be either of the two: the cluster replaces the rules of a role that others are aggregated to, got rules beside clusterRoleSelectors: "
      + 'put the rules into a ClusterRole that the selectors take',
      "[shop/cluster-role] KEELSON1555 'rules' must be one rule or more, got none: add a rule, such as PolicyRule.read([ApiResource.PODS]), or leave the role out",
      "[shop/empty] KEELSON1560 'clusterRoleSelectors' must be one selector or more, each with a label, got a selector without labels: "
      + "select by a label of your own, such as 'rbac.authorization.k8s.io/aggregate-to-monitoring': 'true'",
      "[shop/none] KEELSON1560 'clusterRoleSelectors' must be one selector or more, each with a label, got no selector: "
      + "select by a label of your own, such as 'rbac.authorization.k8s.io/aggregate-to-monitoring': 'true'",
      "[shop/role] KEELSON1555 'rules' must be one rule or more, got none: add a rule, such as PolicyRule.read([ApiResource.PODS]), or leave the role out",
    ]);
  });
});

describe('R3 custom resources', () => {
  const read = (apiGroup: string, resource: string, customResources?: string[]) => {
    const chart = charted({ version: '1.33', customResources });
    new Role(chart, 'role', { rules: [PolicyRule.read([ApiResource.custom({ apiGroup, resource })])] });
    return mistakes(chart);
  };

  test.each([['metrics.k8s.io', 'pods'], ['serving.knative.dev', 'services'], ['apps', 'newones'], ['events.k8s.io', 'events']])(
    'may be called as those of Kubernetes: %s/%s', (apiGroup, resource) => {
      expect(read(apiGroup, resource)).toEqual([]);
    });

  test.each([['certificate', 'Certificate', 'certificates'], ['networkpolicy/status', 'NetworkPolicy', 'networkpolicies/status'], ['ingress', 'Ingress', 'ingresses'], ['box', 'Box', 'boxes']])(
    'are named in the plural, where the profile knows the kind: %s', (resource, kind, plural) => {
      const known = [`example.com/v1/${kind}`, `example.com/v1beta1/${kind}`];
      expect(read('example.com', resource, known)).toEqual([
        `[shop/role] KEELSON1542 'rules.resources.resource' must be a resource in the plural, got '${resource}': try '${plural}'`,
      ]);
      expect(read('example.com', plural, known)).toEqual([]);
      expect(read('example.org', resource, known)).toEqual([]);
      expect(read('example.com', resource)).toEqual([]);
    });

  test.each([
    ['cert-manager.io', 'certificate', 'certificates'], ['gateway.networking.k8s.io', 'httproute/status', 'httproutes/status'],
    ['monitoring.coreos.com', 'prometheus', 'prometheuses'], ['cilium.io', 'ciliumnetworkpolicy', 'ciliumnetworkpolicies'],
    ['gateway.networking.k8s.io', 'gatewayclass', 'gatewayclasses'], ['gateway.networking.k8s.io', 'gateway', 'gateways'],
  ])('are named in the plural, where many clusters have the kind: %s/%s', (apiGroup, resource, plural) => {
    expect(read(apiGroup, resource)).toEqual([
      `[shop/role] KEELSON1542 'rules.resources.resource' must be a resource in the plural, got '${resource}': try '${plural}'`,
    ]);
    expect(read(apiGroup, plural)).toEqual([]);
  });

  test('whose kind is its own plural are left alone', () => {
    expect(read('chaos-mesh.org', 'networkchaos', ['chaos-mesh.org/v1alpha1/NetworkChaos'])).toEqual([]);
  });
});

describe('R3 rights that are more than they seem are warned of', () => {
  test.each<[string, () => PolicyRule, string]>([
    ['all Secrets', () => PolicyRule.read([ApiResource.SECRETS]),
      'KEELSON1570 it lets read every Secret of where it is granted, tokens and certificates among them: name those that are needed by resourceNames'],
    ['exec', () => PolicyRule.allow([Verb.CREATE], [ApiResource.PODS_EXEC]),
      "KEELSON1571 it lets whoever has 'pods/exec' act inside of pods, with all that they may do and read: give it to people for a time, not to programs"],
    ['tokens', () => PolicyRule.allow([Verb.CREATE], [ApiResource.SERVICE_ACCOUNTS_TOKEN]),
      'KEELSON1572 it lets make tokens of ServiceAccounts, and so have the rights of each: name the accounts by resourceNames'],
    ['bindings', () => PolicyRule.readWrite([ApiResource.ROLE_BINDINGS]),
      "KEELSON1573 it lets write 'rolebindings', and so hand on its rights to anybody: leave that to who applies the manifests"],
    ['what the cluster has not', () => PolicyRule.read([ApiResource.RESOURCE_CLAIMS]),
      "KEELSON1575 rules for 'resourceclaims.resource.k8s.io' allow nothing on Kubernetes 1.33, which doesn't have it: it comes with 1.34"],
  ])('%s', (_, rule, warning) => {
    expect(warningsOf(chart => new Role(chart, 'role', { rules: [rule()] }))).toEqual([`[shop/role] ${warning}`]);
  });

  test('not so one Secret, reading roles, and what the cluster has', () => {
    expect(warningsOf(chart => new Role(chart, 'role', { rules: [
      PolicyRule.read([ApiResource.SECRETS], { resourceNames: ['a'] }), PolicyRule.read([ApiResource.ROLE_BINDINGS]), PolicyRule.allow([Verb.CREATE], [ApiResource.SECRETS]),
      PolicyRule.allow([Verb.CREATE], [ApiResource.SERVICE_ACCOUNTS_TOKEN], { resourceNames: ['a'] }), PolicyRule.read([ApiResource.RESOURCE_CLAIMS]),
    ] }), '1.34')).toEqual([]);
  });

  test('and so everything, and everybody', () => {
    expect(warningsOf((chart) => {
      const subjects = [Subject.group('system:authenticated'), Subject.user('system:anonymous'), Subject.group('team')];
      new ClusterRoleBinding(chart, 'all', { role: ClusterRole.fromClusterRoleName('cluster-admin'), subjects });
    })).toEqual([
      "[shop/all] KEELSON1574 the role 'cluster-admin' is every right there is: define a ClusterRole with those that are needed",
      "[shop/all] KEELSON1576 'system:anonymous' is everybody who reaches the API server: grant to a group of yours",
      "[shop/all] KEELSON1576 'system:authenticated' is everybody with any account, on some clouds of any customer: grant to a group of yours",
    ]);
  });
});

test('R2 rights of the account that pods have by default are warned of', () => {
  const warning = (name: string) => warningsOf((chart) => {
    new Role(chart, 'reader', { rules: [PolicyRule.read([ApiResource.PODS])] }).grantTo(Subject.serviceAccount(ServiceAccount.fromServiceAccountName(name, 'shop')));
  });
  expect(warning('default')).toEqual([
    "[shop/reader/Binding] KEELSON1576 the ServiceAccount 'default' is every pod of namespace 'shop' that names no account: grant to an account of its own",
  ]);
  expect(warning('defaults')).toEqual([]);
});

describe('R2 R3 granting', () => {
  test('to a workload binds its account, mounts a bounded token and opens the API server, once', () => {
    const chart = charted();
    const web = new Server(chart, 'web');
    const role = new Role(chart, 'reader', { rules: [pods()] });
    role.grantTo(web);
    role.grantTo(web);
    new Role(chart, 'other', { rules: [PolicyRule.read([ApiResource.SERVICES])] }).grantTo(web);
    const objects = accepted(chart);
    expect(find(objects, 'RoleBinding', 'reader')).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'reader', namespace: 'shop' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' }, subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
    });
    const { spec } = named(objects, 'Deployment', 'web').spec.template as { spec: Rendered['spec'] };
    expect(spec.automountServiceAccountToken).toBe(false);
    expect((spec.containers[0].volumeMounts as { mountPath: string }[]).filter(({ mountPath }) => mountPath === '/var/run/secrets/kubernetes.io/serviceaccount')).toHaveLength(1);
    const [token] = (spec.volumes as { projected?: { sources: object[] } }[]).flatMap(({ projected }) => projected?.sources ?? []);
    expect(token).toEqual({ serviceAccountToken: { expirationSeconds: 3600, path: 'token' } });
    const egress = named(objects, 'NetworkPolicy', 'web').spec.egress as { ports: { port: number }[] }[];
    expect(egress.filter(({ ports }) => ports.some(({ port }) => port === 6443))).toHaveLength(1);
  });

  test('to nobody binds nothing, and mounts nothing', () => {
    const chart = charted();
    new Server(chart, 'web');
    new Role(chart, 'reader', { rules: [pods()] });
    const objects = accepted(chart);
    expect(objects.map(({ kind }) => kind)).not.toContain('RoleBinding');
    expect(JSON.stringify(objects)).not.toContain('serviceaccount');
  });

  test('to the account of a workload gives it no token and no way to the API server', () => {
    const chart = charted();
    const web = new Server(chart, 'web', { serviceAccount: new ServiceAccount(chart, 'operator') });
    const role = new Role(chart, 'reader', { rules: [pods()] });
    role.grantTo(Subject.serviceAccount(web.serviceAccount));
    const objects = accepted(chart);
    expect(find(objects, 'RoleBinding', 'reader').subjects).toEqual([{ kind: 'ServiceAccount', name: 'operator', namespace: 'shop' }]);
    expect(JSON.stringify(named(objects, 'Deployment', 'web'))).not.toContain('kubernetes.io/serviceaccount');
    expect(JSON.stringify(named(objects, 'NetworkPolicy', 'web'))).not.toContain('6443');
  });

  test('to workloads, accounts, users and groups, of other namespaces too, in an order of its own', () => {
    const chart = charted();
    const billing = new Chart(chart.node.root as never, 'billing', { namespace: 'billing' });
    const role = new Role(chart, 'reader', { rules: [pods()] });
    [
      new Server(billing, 'ops', { serviceAccount: ServiceAccount.fromServiceAccountName('ops-account') }), new ServiceAccount(chart, 'b'), Subject.user('jane@example.com'),
      Subject.group('team'), Subject.serviceAccount(ServiceAccount.fromServiceAccountName('theirs', 'infra')),
      Subject.serviceAccount(new kplus.ServiceAccount(billing, 'plus', { metadata: { name: 'plus', namespace: 'billing' } })), new ServiceAccount(chart, 'a'),
    ].forEach((grantee: IGrantable) => role.grantTo(grantee));
    expect(find(accepted(chart), 'RoleBinding', 'reader').subjects).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'team' }, { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane@example.com' },
      { kind: 'ServiceAccount', name: 'a', namespace: 'shop' }, { kind: 'ServiceAccount', name: 'b', namespace: 'shop' },
      { kind: 'ServiceAccount', name: 'ops-account', namespace: 'billing' }, { kind: 'ServiceAccount', name: 'plus', namespace: 'billing' },
      { kind: 'ServiceAccount', name: 'theirs', namespace: 'infra' },
    ]);
  });

  test('of a ClusterRole everywhere, and in one namespace', () => {
    const chart = charted();
    const role = new ClusterRole(chart, 'nodes', { rules: [PolicyRule.read([ApiResource.NODES, ApiResource.PODS])], aggregateTo: ['view'], labels: { team: 'ops' } });
    role.grantTo(Subject.group('ops'));
    role.grantInNamespace(Subject.group('shop'));
    role.grantInNamespace(Subject.group('shop'), 'shop');
    role.grantInNamespace(Subject.group('shop'), 'billing');
    const objects = accepted(chart);
    expect(find(objects, 'ClusterRole', 'nodes').metadata).toEqual({ name: 'nodes', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true', 'team': 'ops' } });
    expect(find(objects, 'ClusterRoleBinding', 'nodes')).toMatchObject({ metadata: { name: 'nodes' }, roleRef: { kind: 'ClusterRole', name: 'nodes' }, subjects: [{ name: 'ops' }] });
    expect(objects.filter(({ kind }) => kind === 'RoleBinding').map(({ metadata }) => metadata)).toEqual([
      { name: 'nodes-clusterrole', namespace: 'shop' }, { name: 'nodes-clusterrole', namespace: 'billing' }]);
  });

  test('of an aggregated role, which says no rules', () => {
    const chart = charted();
    new ClusterRole(chart, 'monitoring', { name: 'shop-monitoring', clusterRoleSelectors: [{ team: 'a' }, { team: 'b' }] }).grantTo(Subject.group('ops'));
    const role = find(accepted(chart), 'ClusterRole', 'shop-monitoring');
    expect(role.aggregationRule).toEqual({ clusterRoleSelectors: [{ matchLabels: { team: 'a' } }, { matchLabels: { team: 'b' } }] });
    expect(role.rules).toBeUndefined();
  });

  test('of roles made elsewhere, by bindings that are others for another role', () => {
    const chart = charted();
    const subjects = [Subject.group('shop-team')];
    new RoleBinding(chart, 'people', { role: ClusterRole.fromClusterRoleName('view'), subjects });
    new RoleBinding(chart, 'others', { role: Role.fromRoleName('view', 'shop'), subjects, labels: { team: 'a' } });
    new RoleBinding(chart, 'plus', { role: new kplus.Role(chart, 'theirs', { metadata: { name: 'theirs' } }), subjects });
    new RoleBinding(chart, 'named', { role: Role.fromRoleName('reader', 'billing'), name: 'own', namespace: 'billing', subjects });
    new ClusterRoleBinding(chart, 'auditors', { role: ClusterRole.fromClusterRoleName('view'), labels: { team: 'a' } }).addSubject(new Server(chart, 'web'));
    const objects = Testing.synth(chart) as Rbac[];
    expect(objects.filter(({ kind }) => kind.endsWith('Binding')).map(({ metadata: { name, namespace }, roleRef }) => [name, namespace, roleRef])).toEqual([
      ['people-clusterrole-view', 'shop', { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }],
      ['others-role-view', 'shop', { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'view' }],
      ['plus-role-theirs', 'shop', { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'theirs' }],
      ['own', 'billing', { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' }],
      ['auditors-view', undefined, { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }],
    ]);
    expect(JSON.stringify(named(objects, 'Deployment', 'web'))).toContain('/var/run/secrets/kubernetes.io/serviceaccount');
  });

  test('gives the token to another container where it is mounted there', () => {
    const chart = charted();
    const web = new Server(chart, 'web', {
      sidecars: [{ name: 'watcher', image: 'watcher:1', volumes: { '/var/run/secrets/kubernetes.io/serviceaccount': Volume.apiAccess() } }],
    });
    new Role(chart, 'reader', { rules: [pods()] }).grantTo(Subject.serviceAccount(web.serviceAccount));
    const { spec } = named(accepted(chart), 'Deployment', 'web').spec.template as { spec: Rendered['spec'] };
    expect(JSON.stringify(spec.containers)).not.toContain('kubernetes.io/serviceaccount');
    expect(JSON.stringify(spec.initContainers)).toContain('kubernetes.io/serviceaccount');
  });

  test('to read a ConfigMap gives that one and no other', () => {
    const chart = charted();
    const settings = new ConfigMap(chart, 'settings', { data: { level: 'info' } });
    settings.grantRead(new Server(chart, 'web'));
    settings.grantRead(Subject.group('team'));
    const objects = accepted(chart);
    expect(find(objects, 'Role', 'settings-reader').rules).toEqual([
      { apiGroups: [''], resourceNames: ['settings'], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }]);
    expect(find(objects, 'RoleBinding', 'settings-reader').subjects.map(({ name }) => name)).toEqual(['team', 'web']);
  });

  test('to read a Secret that the app defines gives that one and no other', () => {
    const chart = charted();
    const login = Secret.unsafePlaintext(chart, 'login', { stringData: { user: 'demo' } });
    login.grantRead(new Server(chart, 'web'));
    login.grantRead(Subject.group('team'));
    const objects = accepted(chart);
    expect(find(objects, 'Role', 'login-reader').rules).toEqual([
      { apiGroups: [''], resourceNames: ['login'], resources: ['secrets'], verbs: ['get', 'list', 'watch'] }]);
    expect(find(objects, 'RoleBinding', 'login-reader').subjects.map(({ name }) => name)).toEqual(['team', 'web']);
    expect(Warnings.of(chart)).toEqual([]);
  });

  test('twice gives the same bytes', () => {
    const build = () => {
      const chart = charted();
      const role = new Role(chart, 'reader', { rules: [pods()] });
      role.grantTo(new Server(chart, 'web'));
      return chart;
    };
    const chart = build();
    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
    expect(Testing.synth(build())).toEqual(Testing.synth(chart));
  });
});

test('R3 a ClusterRole for nodes fails in a namespace', () => {
  const granted = (resource: ApiResource) => mistakesOf(chart => new ClusterRole(chart, 'role', { rules: [PolicyRule.read([resource])] })
    .grantInNamespace(Subject.group('a')));
  expect(granted(ApiResource.NODES)).toEqual(["[shop/role] KEELSON1559 'rules' must be about resources that are in namespaces, to be granted in one, "
    + "got a grant in namespace 'shop' of rules for nothing that is in one: grant it everywhere by grantTo(…)"]);
  expect(granted(ApiResource.PODS)).toEqual([]);
  expect(granted(ApiResource.NAMESPACES)).toEqual([]);
});

describe('R3 names of the cluster itself fail', () => {
  const OWN = "a name that isn't Kubernetes' own (admin, cluster-admin, edit, view, and those that begin with 'system:')";

  test.each([['view', 'shop-view'], ['cluster-admin', 'shop-cluster-admin'], ['system:node', 'shop-node']])('%s', (name, other) => {
    expect(mistakesOf((chart) => {
      new ClusterRole(chart, 'role', { name, rules: [pods()] });
      new ClusterRoleBinding(chart, 'binding', { name, role: ClusterRole.fromClusterRoleName('view'), subjects: [Subject.group('a')] });
    })).toEqual([
      `[shop/binding] KEELSON1565 'name' must be ${OWN}, got '${name}': try '${other}'`, `[shop/role] KEELSON1565 'name' must be ${OWN}, got '${name}': try '${other}'`,
    ]);
  });

  test('but not in a namespace, nor where they only begin so', () => {
    expect(mistakesOf((chart) => {
      new Role(chart, 'role', { name: 'view', rules: [pods()] });
      new ClusterRole(chart, 'viewer', { rules: [pods()] });
    })).toEqual([]);
  });
});

describe('R3 a binding fails', () => {
  const role = ClusterRole.fromClusterRoleName('view');
  const bound = (grantee: IGrantable) => mistakesOf(chart => new RoleBinding(chart, 'people', { role, subjects: [grantee] }));

  test.each<[string, IGrantable, string]>([
    ['an account of no known namespace', Subject.serviceAccount(ServiceAccount.fromServiceAccountName('ops')),
      "KEELSON1552 'subjects' must be a ServiceAccount whose namespace is known, got the ServiceAccount 'ops' in no namespace that is known: "
      + "give its chart a 'namespace', or name it: ServiceAccount.fromServiceAccountName(name, namespace)"],
    ['an account of a namespace that can\'t be', Subject.serviceAccount(ServiceAccount.fromServiceAccountName('ops', 'In fra')),
      "KEELSON1062 'subjects.namespace' must be lower-case letters, digits and '-' for a Namespace, got 'In fra': try 'in-fra'"],
    ['no account', Subject.serviceAccount('ops' as never),
      "KEELSON1300 'subjects' must be a ServiceAccount, got 'ops': write ServiceAccount.fromServiceAccountName('ops')"],
    ['another object', Subject.serviceAccount(ConfigMap.fromConfigMapName('ops', 'shop')),
      "KEELSON1300 'subjects' must be a ServiceAccount, got the ConfigMap 'ops': pass a ServiceAccount"],
    ['a user without a name', Subject.user(''), "KEELSON1553 'subjects' must be the name of a user, got '': write it as authentication gives it, such as 'jane@example.com'"],
    ['a group with a blank', Subject.group('team '),
      "KEELSON1553 'subjects' must be the name of a group, got 'team ': write it as authentication gives it, such as 'jane@example.com'"],
    ['an account as a user', Subject.user('system:serviceaccount:shop:web'),
      "KEELSON1554 'subjects' must be a user who is no ServiceAccount, got 'system:serviceaccount:shop:web': "
      + "write Subject.serviceAccount(ServiceAccount.fromServiceAccountName('web', 'shop'))"],
    ['a text', 'jane' as never,
      "KEELSON1562 'subjects' must be a workload, a ServiceAccount or a Subject, got 'jane': write Subject.serviceAccount(…), Subject.user(…) or Subject.group(…)"],
  ])('for %s', (_, grantee, message) => {
    expect(bound(grantee)).toEqual([`[shop/people] ${message}`]);
  });

  test('for a workload in no namespace', () => {
    const chart = new Chart(Testing.app(), 'shop');
    new Role(chart, 'reader', { rules: [pods()] }).grantTo(new Server(chart, 'web'));
    expect(mistakes(chart)).toEqual(["[shop/reader/Binding] KEELSON1552 'subjects' must be a ServiceAccount whose namespace is known, "
      + "got the ServiceAccount 'web' in no namespace that is known: give its chart a 'namespace', or name it: ServiceAccount.fromServiceAccountName(name, namespace)"]);
  });

  test('for nobody', () => {
    expect(mistakesOf(chart => new RoleBinding(chart, 'people', { role }))).toEqual([
      "[shop/people] KEELSON1561 'subjects' must be one subject or more, got none: name who gets the rights, or leave the binding out"]);
  });

  test.each<[string, IRole, string]>([
    ['no role', undefined as never, "KEELSON1563 'role' must be a Role or ClusterRole, got undefined: write Role.fromRoleName(…) or ClusterRole.fromClusterRoleName(…)"],
    ['another object', { name: 'a', kind: 'Secret' },
      "KEELSON1563 'role' must be a Role or ClusterRole, got the Secret 'a': write Role.fromRoleName(…) or ClusterRole.fromClusterRoleName(…)"],
    ['a Role of elsewhere', Role.fromRoleName('reader', 'billing'),
      "KEELSON1564 'role' must be a Role of namespace 'shop', got 'reader' of namespace 'billing': make the binding in the namespace of the Role: the subjects may be of others"],
    ['a name with a slash', Role.fromRoleName('a/b'),
      "KEELSON1066 'role.name' must be a name other than '.' and '..', without '/' and '%', for a Role, got 'a/b': try 'a-b'"],
  ])('for %s', (_, given, message) => {
    expect(mistakesOf(chart => new RoleBinding(chart, 'people', { role: given, name: 'people', subjects: [Subject.group('a')] }))).toEqual([`[shop/people] ${message}`]);
  });

  test('for a role whose name can\'t be: once, also where the binding takes its name from it', () => {
    const name = "KEELSON1066 'role.name' must be a name other than '.' and '..', without '/' and '%', for a ClusterRole, got 'a/b': try 'a-b'";
    const slashed = ClusterRole.fromClusterRoleName('a/b');
    expect(mistakesOf(chart => new RoleBinding(chart, 'people', { role: slashed, subjects: [Subject.group('a')] }))).toEqual([`[shop/people] ${name}`]);
    expect(mistakesOf(chart => new ClusterRoleBinding(chart, 'people', { role: slashed, subjects: [Subject.group('a')] }))).toEqual([`[shop/people] ${name}`]);
    expect(mistakesOf(chart => new Role(chart, 'reader', { name: 'a/b', rules: [pods()] }).grantTo(Subject.group('a')))).toEqual([
      "[shop/reader/Resource] KEELSON1066 'metadata.name' must be a name other than '.' and '..', without '/' and '%', for a Role, got 'a/b': try 'a-b'"]);
  });

  test('in a namespace that can\'t be', () => {
    expect(mistakesOf(chart => new RoleBinding(chart, 'people', { role, namespace: 'In fra', subjects: [Subject.group('a')] }))).toEqual([
      "[shop/people/Resource] KEELSON1062 'metadata.namespace' must be lower-case letters, digits and '-' for a Namespace, got 'In fra': try 'in-fra'"]);
  });

  test('for a Role everywhere', () => {
    expect(mistakesOf(chart => new ClusterRoleBinding(chart, 'people', { role: Role.fromRoleName('reader'), subjects: [Subject.group('a')] }))).toEqual([
      "[shop/people] KEELSON1563 'role' must be a ClusterRole, got the Role 'reader': use a RoleBinding for a Role, or write ClusterRole.fromClusterRoleName(…)"]);
  });
});

test('resources that a profile lacks are asked of the nearest one', () => {
  const chart = charted({ version: '1.27' });
  ClusterProfile.kubernetes({ version: '1.36' }).applyTo(chart);
  new Role(chart, 'role', { rules: [PolicyRule.read([ApiResource.RESOURCE_CLAIMS])] });
  expect(Warnings.of(chart)).toEqual([]);
});
