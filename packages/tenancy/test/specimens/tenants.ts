import { Cni, ConfigMap, Cpu, Mesh, MeshDataPlane, Peer, PodSecurityLevel, Port, Secret, Subject, Task } from '@keelson/core';
import { before, since } from '@keelson/testing/specimen';
import { Duration, Size } from 'cdk8s';
import { Isolation, Quota, Tenant, UserCertificate, Workspace } from '../../src';
import { ANN, requestFor } from '../requests';
import { specimen, tenant } from './specimen';

const image = 'registry.example.com/shop/report:1.4.0';

export const required = specimen({
  title: 'tenancy-tenant',
  shows: [
    'ResourceQuota/tenant spec.hard["requests.cpu"] = "2"', 'LimitRange/tenant spec.limits[0].max.memory = 4Gi', 'ServiceAccount/default automountServiceAccountToken = false',
    'NetworkPolicy/tenant spec.podSelector = {}', 'NetworkPolicy/tenant spec.ingress = [{ from: [{ podSelector: {} }] }]', 'Job spec.template.spec.serviceAccountName = report',
  ],
  define: (chart) => {
    new Task(tenant(chart, 'shop'), 'report', { image });
  },
});

export const options = specimen({
  title: 'tenancy-tenant-options',
  cluster: {
    imagePullSecrets: [Secret.fromSecretName('registry')],
    imagePullSecretSource: { clusterSecretStore: 'vault', remoteKeys: { registry: 'platform/registry' }, property: 'config' },
  },
  shows: [
    'Namespace metadata.labels["pod-security.kubernetes.io/enforce"] = baseline', 'Namespace metadata.labels.team = shop', 'Namespace metadata.annotations.contact = shop',
    'LimitRange/tenant spec.limits[0].default.memory = 256Mi', 'ServiceAccount/default imagePullSecrets = [{ name: registry }]',
    'ExternalSecret/registry spec.data[0].remoteRef = { key: platform/registry, property: config }',
    'RoleBinding/tenant-admin subjects[0].name = leads', 'RoleBinding/tenant-operator subjects[0].name = developers', 'RoleBinding/tenant-viewer subjects[1].name = jane',
    'ResourceQuota/tenant spec.hard["fast.storageclass.storage.k8s.io/requests.storage"] = 10Gi',
    before('1.30', 'ResourceQuota/tenant spec.hard["services.nodeports"] = "4"'), since('1.30', 'ResourceQuota/tenant spec.hard["services.nodeports"] = "9"'),
    'ResourceQuota/tenant spec.hard.pods = "30"',
  ],
  define: (chart) => {
    const shop = tenant(chart, 'any', {
      name: `${chart.node.id}-shop`, podSecurity: PodSecurityLevel.BASELINE, labels: { team: 'shop' }, annotations: { contact: 'shop' },
      isolation: Isolation.TENANT,
      quota: Quota.of({
        cpu: Cpu.units(3), cpuLimit: Cpu.units(6), memory: Size.gibibytes(4), memoryLimit: Size.gibibytes(8),
        storage: Size.gibibytes(50), storageByClass: { fast: Size.gibibytes(10) }, ephemeralStorage: Size.gibibytes(5), pods: 30,
        persistentVolumeClaims: 5, services: 10, loadBalancers: 1, nodePorts: 4, configMaps: 20, secrets: 30,
      }),
      containerDefaults: { cpuRequest: Cpu.millis(50), memoryRequest: Size.mebibytes(256) },
      admins: [Subject.group('leads')], operators: [Subject.group('developers')], viewers: [Subject.group('support')],
    });
    shop.viewer.grantTo(Subject.user('jane'));
    const { rows, markdown } = shop.capacity();
    const [first] = rows;
    const told = { used: first?.used, rollout: first?.rollout, limit: first?.limit, percent: String(first?.percent), most: shop.quota.limitOf('pods')?.text, resource: first?.resource, users: String(first?.users), markdown };
    new ConfigMap(shop, 'told', { data: Object.fromEntries(Object.entries(told).map(([key, value]) => [key, value ?? ''])) });
  },
});

export const traffic = specimen({
  title: 'tenancy-traffic',
  shows: [
    'NetworkPolicy/tenant spec.egress[2].to[0].namespaceSelector.matchLabels["kubernetes.io/metadata.name"] = tenancy-traffic-data', 'NetworkPolicy/tenant spec.egress[2].ports[0].port = 5432',
    'NetworkPolicy/tenant spec.egress[0].ports[0].port = 443', 'NetworkPolicy/tenant spec.ingress is absent',
  ],
  define: (chart) => {
    const [shop, data] = [tenant(chart, 'shop', { isolation: Isolation.WORKLOADS, quota: Quota.large() }), tenant(chart, 'data', { quota: Quota.medium(), isolation: Isolation.UNSAFE_NONE })];
    shop.connections.to(data, { ports: [Port.tcp(5432)] });
    shop.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
    const jobs = Tenant.fromTenantName(chart.node.root as never, data.tenantNamespace.name, { chartId: `${chart.node.id}-jobs`, quota: data.quota, containerDefaults: { cpuRequest: Cpu.millis(50) } });
    new Task(jobs, 'report', { image });
  },
});

export const none = specimen({
  title: 'tenancy-no-isolation',
  cluster: { cni: Cni.FLANNEL },
  shows: ['ResourceQuota/tenant spec.hard.pods = "20"'],
  define: (chart) => {
    tenant(chart, 'shop', { isolation: Isolation.UNSAFE_NONE });
  },
});

export const workspace = specimen({
  title: 'tenancy-workspace',
  shows: ['RoleBinding/tenant-viewer subjects[0].name = staff'],
  define: (chart) => {
    const acme = new Workspace(chart.node.root, chart.node.id + '-acme', { quota: Quota.large(), allowBetweenTenants: true, admins: [Subject.group('leads')] });
    acme.tenant(`${chart.node.id}-shop`, { quota: Quota.small(), viewers: [Subject.group('staff')] });
    acme.tenant(`${chart.node.id}-data`, { quota: Quota.small() });
    for (const each of acme.tenants) new Task(each, 'report', { image });
  },
});

export const mesh = specimen({
  title: 'tenancy-mesh',
  cluster: { mesh: Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT }) },
  shows: [
    'Namespace metadata.labels["istio.io/dataplane-mode"] = ambient', 'PeerAuthentication/tenant spec = { mtls: { mode: STRICT } }',
    'AuthorizationPolicy/tenant spec.rules = [{ from: [{ source: { namespaces: [tenancy-mesh-shop] } }] }]', 'AuthorizationPolicy/report spec.rules is absent',
  ],
  define: (chart) => {
    new Task(tenant(chart, 'shop', { admins: [Subject.group('leads')] }), 'report', { image });
  },
});

export const certificates = specimen({
  title: 'tenancy-user-certificate',
  shows: [
    'CertificateSigningRequest/tenancy-user-certificate-ann-6dcf8c919d spec.expirationSeconds = 86400', 'RoleBinding/tenant-admin subjects[0].name = "ann@example.com"',
    'RoleBinding/tenant-viewer subjects[0].name = shop-leads', 'RoleBinding/tenant-operator subjects[0].name = bob',
  ],
  define: (chart) => {
    const ann = new UserCertificate(chart, 'ann', { request: ANN, expiresIn: Duration.days(1), name: 'tenancy-user-certificate-ann' });
    const bob = new UserCertificate(chart, 'tenancy-user-certificate-bob', { request: requestFor['/CN=bob'] ?? '' });
    const [leads = ''] = ann.groups;
    tenant(chart, 'shop', { admins: [ann], operators: [Subject.user(bob.user)], viewers: [Subject.group(leads)] });
  },
});
