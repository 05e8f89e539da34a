import { before } from '@keelson/testing/specimen';
import {
  ApiResource, ClusterRole, ClusterRoleBinding, ConfigMap, PolicyRule, Role, RoleBinding, Secret, ServiceAccount, Subject, Verb, Volume,
} from '../../src';
import { CLUSTER_SCOPED, IN_NAMESPACES } from './access-resources';
import { Server } from './server';
import { specimen } from './specimen';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount';

export const granted = specimen({
  title: 'core-access-granted',
  shows: [
    'Role rules = [{ apiGroups: [""], resources: [pods], verbs: [get, list, watch] }, { apiGroups: [""], resources: [pods/log], verbs: [get] }]',
    'RoleBinding metadata = { name: pod-reader, namespace: core-access-granted }',
    'RoleBinding roleRef = { apiGroup: rbac.authorization.k8s.io, kind: Role, name: pod-reader }',
    'RoleBinding subjects = [{ kind: ServiceAccount, name: web, namespace: core-access-granted }]',
    `Deployment spec.template.spec.containers[0].volumeMounts has { mountPath: ${TOKEN}, readOnly: true }`,
    'NetworkPolicy spec.egress has { ports: [{ port: 443, protocol: TCP }, { port: 6443, protocol: TCP }] }',
  ],
  define: (chart) => {
    const web = new Server(chart, 'web');
    const role = new Role(chart, 'pod-reader');
    role.addRule(PolicyRule.read([ApiResource.PODS, ApiResource.PODS_LOG]));
    role.grantTo(web);
    role.grantTo(web);
  },
});

export const grantedOnly = specimen({
  title: 'core-access-account-only',
  shows: [
    'RoleBinding subjects = [{ kind: ServiceAccount, name: web, namespace: core-access-account-only }]',
    'Deployment spec.template.spec.containers[0].volumeMounts = [{ mountPath: /tmp, name: tmp }]',
    `Deployment spec.template.spec.containers[1].volumeMounts has { mountPath: ${TOKEN}, readOnly: true }`,
  ],
  define: (chart) => {
    const web = new Server(chart, 'web', { containers: [{ name: 'watcher', image: 'registry.example.com/tools/watcher:1.4.2', volumes: { [TOKEN]: Volume.apiAccess() } }] });
    new Role(chart, 'pod-reader', { rules: [PolicyRule.read([ApiResource.PODS])] }).grantTo(Subject.serviceAccount(web.serviceAccount));
  },
});

export const several = specimen({
  title: 'core-access-subjects',
  shows: [
    'Role/shop-operator metadata.labels = { team: shop }',
    'RoleBinding/shop-operator subjects[0] = { apiGroup: rbac.authorization.k8s.io, kind: Group, name: shop-team }',
    'RoleBinding/shop-operator subjects[1] = { apiGroup: rbac.authorization.k8s.io, kind: User, name: jane@example.com }',
    'RoleBinding/shop-operator subjects[2] = { kind: ServiceAccount, name: deployer, namespace: core-access-subjects-ci }',
    'RoleBinding/shop-operator subjects[3] = { kind: ServiceAccount, name: web, namespace: core-access-subjects }',
  ],
  define: (chart, more) => {
    const role = new Role(chart, 'operator', { name: 'shop-operator', labels: { team: 'shop' }, rules: [
      PolicyRule.allow([Verb.GET, Verb.PATCH], [ApiResource.DEPLOYMENTS_SCALE], { resourceNames: ['web'] }),
      PolicyRule.allow([Verb.GET], [ApiResource.SECRETS], { resourceNames: [Secret.fromSecretName('web-db').name] }),
      PolicyRule.readWrite([ApiResource.LEASES, ApiResource.CONFIG_MAPS]),
    ] });
    role.grantTo(new Server(chart, 'web'));
    role.grantTo(new ServiceAccount(more('ci'), 'deployer'));
    role.grantTo(Subject.user('jane@example.com'));
    role.grantTo(Subject.group('shop-team'));
  },
});

export const everywhere = specimen({
  title: 'core-access-everywhere',
  shows: [
    'ClusterRole rules has { nonResourceURLs: [/healthz/*, /metrics], verbs: [get] }',
    'ClusterRoleBinding metadata.name = core-access-everywhere-nodes',
    'RoleBinding metadata = { name: core-access-everywhere-nodes-clusterrole, namespace: core-access-everywhere-tools }',
  ],
  define: (chart, more) => {
    const role = new ClusterRole(chart, 'nodes', { name: 'core-access-everywhere-nodes' });
    role.addRule(PolicyRule.read([ApiResource.NODES, ApiResource.NODES_METRICS, ApiResource.PODS]));
    role.addRule(PolicyRule.nonResourceUrls(['/metrics', '/healthz/*']));
    role.grantTo(new Server(chart, 'exporter'));
    const tools = more('tools');
    role.grantInNamespace(new ServiceAccount(tools, 'lister'), tools.namespace);
  },
});

export const aggregated = specimen({
  title: 'core-access-aggregated',
  shows: [
    'ClusterRole/core-access-aggregated aggregationRule = { clusterRoleSelectors: [{ matchLabels: { "rbac.authorization.k8s.io/aggregate-to-core-access-aggregated": "true" } }, { matchLabels: { team: core-access-aggregated } }] }',
    'ClusterRole/core-access-aggregated rules is absent',
    'ClusterRole/core-access-aggregated-jobs metadata.labels = { "rbac.authorization.k8s.io/aggregate-to-core-access-aggregated": "true" }',
  ],
  define: (chart) => {
    const title = chart.node.id;
    const role = new ClusterRole(chart, title, { clusterRoleSelectors: [{ [`rbac.authorization.k8s.io/aggregate-to-${title}`]: 'true' }, { team: title }] });
    new ClusterRole(chart, `${title}-jobs`, { aggregateTo: [title], rules: [PolicyRule.read([ApiResource.JOBS, ApiResource.CRON_JOBS])] });
    new ClusterRole(chart, `${title}-pods`, { labels: { team: title }, rules: [PolicyRule.read([ApiResource.PODS])] });
    role.grantInNamespace(new Server(chart, 'web'));
  },
});

export const elsewhere = specimen({
  title: 'core-access-existing-roles',
  shows: [
    'RoleBinding/people-clusterrole-view roleRef = { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }',
    'RoleBinding/own roleRef = { apiGroup: rbac.authorization.k8s.io, kind: Role, name: theirs }',
    'ClusterRoleBinding/core-access-existing-roles-auditors-system:discovery roleRef = { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:discovery }',
    'ClusterRoleBinding/core-access-existing-roles-all metadata.labels = { team: shop }',
  ],
  define: (chart) => {
    new RoleBinding(chart, 'people', { role: ClusterRole.fromClusterRoleName('view') }).addSubject(Subject.group('shop-team'));
    new RoleBinding(chart, 'theirs', { name: 'own', labels: { team: 'shop' }, role: Role.fromRoleName('theirs', chart.namespace), subjects: [Subject.group('shop-team')] });
    const role = ClusterRole.fromClusterRoleName('system:discovery');
    new ClusterRoleBinding(chart, `${chart.node.id}-auditors`, { role }).addSubject(new ServiceAccount(chart, 'auditor'));
    new ClusterRoleBinding(chart, 'all', { name: `${chart.node.id}-all`, labels: { team: 'shop' }, role, subjects: [Subject.group('shop-team')] });
  },
});

export const secret = specimen({
  title: 'core-access-secret',
  shows: [
    'Role/login-reader rules = [{ apiGroups: [""], resourceNames: [login], resources: [secrets], verbs: [get, list, watch] }]',
    'RoleBinding/login-reader subjects = [{ kind: ServiceAccount, name: web, namespace: core-access-secret }]',
  ],
  define: (chart) => {
    Secret.unsafePlaintext(chart, 'login', { stringData: { user: 'demo' } }).grantRead(new Server(chart, 'web'));
  },
});

export const configMap = specimen({
  title: 'core-access-config-map',
  shows: [
    'Role/settings-reader rules = [{ apiGroups: [""], resourceNames: [settings], resources: [configmaps], verbs: [get, list, watch] }]',
    'RoleBinding/settings-reader subjects = [{ kind: ServiceAccount, name: web, namespace: core-access-config-map }]',
  ],
  define: (chart) => {
    new ConfigMap(chart, 'settings', { data: { level: 'info' } }).grantRead(new Server(chart, 'web'));
  },
});

export const others = specimen({
  title: 'core-access-custom',
  shows: [
    'ClusterRole rules has { apiGroups: [security.openshift.io], resourceNames: [nonroot-v2], resources: [securitycontextconstraints], verbs: [use] }',
    'ClusterRole rules has { apiGroups: [certificates.k8s.io], resources: [signers], verbs: [approve, sign] }',
  ],
  define: (chart) => {
    const constraints = ApiResource.custom({ apiGroup: 'security.openshift.io', resource: 'securitycontextconstraints', namespaced: false });
    new ClusterRole(chart, chart.node.id, { rules: [
      PolicyRule.allow([Verb.custom('use')], [constraints], { resourceNames: ['nonroot-v2'] }),
      PolicyRule.allow([Verb.LIST, Verb.WATCH, Verb.CREATE, Verb.UPDATE, Verb.DELETE, Verb.DELETE_COLLECTION], [ApiResource.JOBS]),
      PolicyRule.allow([Verb.custom('approve'), Verb.custom('sign')], [ApiResource.SIGNERS]),
    ] }).grantTo(new ServiceAccount(chart, 'approver'));
  },
});

export const unsafe = specimen({
  title: 'core-access-unsafe',
  shows: ['ClusterRole rules has { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }', 'ClusterRole rules has { nonResourceURLs: ["*"], verbs: [get] }'],
  define: (chart) => {
    new ClusterRole(chart, chart.node.id, { rules: [
      PolicyRule.allow([Verb.UNSAFE_ALL], [ApiResource.UNSAFE_ALL]), PolicyRule.allow([Verb.GET], [ApiResource.unsafeAllOf('batch')]), PolicyRule.unsafeAllUrls(),
      PolicyRule.allow([Verb.UNSAFE_BIND, Verb.UNSAFE_ESCALATE], [ApiResource.CLUSTER_ROLES]),
      PolicyRule.allow([Verb.UNSAFE_IMPERSONATE], [ApiResource.USERS, ApiResource.GROUPS, ApiResource.UIDS]),
    ] }).grantTo(new ServiceAccount(chart, 'root'));
  },
});

export const everything = specimen({
  title: 'core-access-every-resource',
  shows: ['Role rules has { apiGroups: [events.k8s.io], resources: [events], verbs: [get, list, watch, create, update, patch, delete] }'],
  warns: ['KEELSON1570', 'KEELSON1571', 'KEELSON1572', 'KEELSON1573', before('1.36', 'KEELSON1575')],
  define: (chart) => {
    new Role(chart, 'all', { rules: [PolicyRule.readWrite(IN_NAMESPACES)] }).grantTo(new ServiceAccount(chart, 'local'));
    new ClusterRole(chart, chart.node.id, { rules: [PolicyRule.readWrite(CLUSTER_SCOPED)] }).grantTo(new ServiceAccount(chart, 'global'));
  },
});
