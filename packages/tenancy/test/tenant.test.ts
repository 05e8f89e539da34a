import { Cni, ConfigMap, Cpu, Peer, PodSecurityLevel, Port, Secret, Subject, Task, Warnings, type ImagePullSecretSource } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { App as PlainApp, Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Isolation, Quota, Tenant } from '../src';
import { objectOf, objectsOf, Platform, type Rendered } from './platform';

const image = 'registry.example.com/shop/report:1.4.0';

describe('N7 a tenant', () => {
  test('is a namespace with a quota, defaults that fit it, an inert account, a policy and roles', () => {
    const platform = new Platform();
    const shop = platform.tenant('shop');
    expect(platform.mistakes()).toEqual([]);
    const objects = objectsOf(shop);
    expect(validateManifests(objects)).toEqual([]);
    expect(objects.filter(({ kind }) => !kind.startsWith('ValidatingAdmission')).map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.namespace}`)).toEqual([
      'Namespace shop undefined', 'ResourceQuota tenant shop', 'LimitRange tenant shop', 'ServiceAccount default shop', 'NetworkPolicy tenant shop',
      'Role tenant-admin shop', 'Role tenant-operator shop', 'Role tenant-viewer shop',
    ]);
    expect(objectOf(shop, 'Namespace', 'shop').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'v1.33',
    });
    expect(objectOf(shop, 'ServiceAccount', 'default')).toMatchObject({ automountServiceAccountToken: false });
  });

  test('has what is defined in it in its namespace and its file', () => {
    const platform = new Platform();
    const shop = platform.tenant('shop', { name: 'team-shop' });
    new ConfigMap(shop, 'settings', { data: { a: 'b' } });
    expect(objectOf(shop, 'ConfigMap', 'settings').metadata.namespace).toBe('team-shop');
    expect(platform.mistakes()).toEqual([]);
  });

  test('F-T5 gives containers what the quota counts, never more than it', () => {
    const platform = new Platform();
    const shop = platform.tenant('shop', { containerDefaults: { cpuRequest: Cpu.millis(50), memoryLimit: Size.mebibytes(256) } });
    expect(objectOf(shop, 'LimitRange', 'tenant').spec.limits).toEqual([{
      type: 'Container', min: { cpu: '1m', memory: '1Mi' }, max: { cpu: '40', memory: '16Gi' },
      default: { 'cpu': '250m', 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
      defaultRequest: { 'cpu': '50m', 'memory': '256Mi', 'ephemeral-storage': '64Mi' },
    }]);
    const mistaken = new Platform();
    mistaken.tenant('a', { quota: Quota.small(), containerDefaults: { memoryLimit: Size.gibibytes(5) } });
    mistaken.tenant('b', { containerDefaults: { cpuRequest: Cpu.units(2), cpuLimit: Cpu.units(1) } });
    mistaken.tenant('c', { containerDefaults: { unlimitedCpu: true, memoryRequest: Size.gibibytes(0) } });
    mistaken.tenant('e', { quota: Quota.of({ cpu: Cpu.units(1), memory: Size.gibibytes(1), ephemeralStorage: Size.mebibytes(63) }) });
    mistaken.tenant('d', { quota: Quota.small(), containerDefaults: { memoryLimit: Size.gibibytes(4) } });
    expect(mistaken.mistakes()).toEqual([
      "[a] KEELSON4005 'containerDefaults.memoryLimit' must be at most what all pods of the tenant may use, 4Gi, got 5Gi: lower it, or raise it in 'quota'",
      "[a] KEELSON4007 'containerDefaults.memoryRequest' must be at most what all pods of the tenant may ask for, 4Gi, got 5Gi: lower it, or raise it in 'quota'",
      "[b] KEELSON4004 'containerDefaults.cpuRequest' must be at most the limit, 1, got 2: raise 'cpuLimit', or lower it",
      "[c] KEELSON1125 'containerDefaults.memoryRequest' must be a size above 0, got '0Gi': try Size.mebibytes(64)",
      "[c] KEELSON4006 'containerDefaults.unlimitedCpu' must be left out: a LimitRange has no word for it, got true: set it where containers are defined",
      "[e] KEELSON4007 'containerDefaults.ephemeralStorageRequest' must be at most what all pods of the tenant may ask for, 63Mi, got 64Mi: lower it, or raise it in 'quota'",
    ]);
  });

  test('has node ports for HTTP-01 challenges, where admission sees to it that nobody else takes them', () => {
    const nodePorts = (version: string, given: number) => objectOf(new Platform({ version }).tenant('shop', {
      quota: Quota.of({ cpu: Cpu.units(1), memory: Size.gibibytes(1), nodePorts: given }),
    }), 'ResourceQuota', 'tenant').spec.hard['services.nodeports'] as string;
    expect([nodePorts('1.29', 0), nodePorts('1.30', 0), nodePorts('1.33', 4)]).toEqual(['0', '5', '9']);
  });

  test('F-T20 its account names the pull secrets of the profile', () => {
    const platform = new Platform({ version: '1.33', imagePullSecrets: [Secret.fromSecretName('registry')] });
    expect(objectOf(platform.tenant('shop'), 'ServiceAccount', 'default').imagePullSecrets).toEqual([{ name: 'registry' }]);
  });

  test('F-T20 its pull secrets are brought from the store that the profile names, whole or the field it names', () => {
    const imagePullSecrets = ['registry', 'mirror'].map(name => Secret.fromSecretName(name));
    const of = (source: ImagePullSecretSource) => new Platform({ imagePullSecrets, imagePullSecretSource: source }).tenant('shop');
    const tenant = of({ clusterSecretStore: 'vault', remoteKeys: { mirror: 'platform/mirror' } });
    expect(objectOf(tenant, 'ExternalSecret', 'mirror')).toMatchObject({
      metadata: { namespace: 'shop' },
      spec: {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, target: { creationPolicy: 'Owner', template: { type: 'kubernetes.io/dockerconfigjson' } },
        data: [{ secretKey: '.dockerconfigjson', remoteRef: { key: 'platform/mirror' } }],
      },
    });
    const remoteOf = (each: Tenant) => objectOf(each, 'ExternalSecret', 'registry').spec.data[0].remoteRef as unknown;
    const field = of({ clusterSecretStore: 'vault', property: 'config' });
    expect([remoteOf(tenant), remoteOf(field)]).toEqual([{ key: 'registry' }, { key: 'registry', property: 'config' }]);
    const kinds = (each: Tenant) => objectsOf(each).map(({ kind }) => kind as string);
    expect(kinds(new Platform({ imagePullSecrets }).tenant('shop'))).not.toContain('ExternalSecret');
  });

  test('warns of policies beside pods that no policy holds', () => {
    const said = (podSecurity: PodSecurityLevel, isolation: Isolation) => {
      const platform = new Platform();
      platform.tenant('shop', { podSecurity, isolation });
      return Warnings.of(platform.app).filter(line => line.includes('KEELSON4026'));
    };
    expect(said(PodSecurityLevel.UNSAFE_PRIVILEGED, Isolation.TENANT)).toEqual([
      "[shop] KEELSON4026 its network policies hold none of its pods that are in the node's network, which 'podSecurity' UNSAFE_PRIVILEGED lets in",
    ]);
    const { UNSAFE_PRIVILEGED, BASELINE } = PodSecurityLevel;
    expect([...said(UNSAFE_PRIVILEGED, Isolation.UNSAFE_NONE), ...said(BASELINE, Isolation.TENANT)]).toEqual([]);
  });

  test('stands in a plain cdk8s.App, too', () => {
    const app = new PlainApp();
    const shop = new Tenant(app, 'shop', { quota: Quota.small() });
    expect(objectsOf(shop).map(({ kind }) => kind).slice(0, 2)).toEqual(['Namespace', 'ResourceQuota']);
  });

  test('is the same, synthesized twice', () => {
    const shop = new Platform().tenant('shop', { viewers: [Subject.group('all')] });
    expect(JSON.stringify(objectsOf(shop))).toBe(JSON.stringify(objectsOf(shop)));
  });

  test('made elsewhere is a chart in its namespace, with none of what makes it a tenant', () => {
    const platform = new Platform();
    const chart = Tenant.fromTenantName(platform.app, 'shop');
    new ConfigMap(chart, 'settings', { data: { a: 'b' } });
    expect(objectsOf(chart).map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([['ConfigMap', 'shop']]);
    const twice = new Platform();
    const one = Tenant.fromTenantName(twice.app, 'shop', { chartId: 'web' });
    const other = Tenant.fromTenantName(twice.app, 'shop', { chartId: 'jobs' });
    expect([one.node.id, other.node.id, other.namespace]).toEqual(['web', 'jobs', 'shop']);
    const mistaken = new Platform();
    Tenant.fromTenantName(mistaken.app, 'Shop', { quota: Quota.of({ cpu: Cpu.units(0), memory: Size.gibibytes(1) }) });
    expect(mistaken.mistakes()).toEqual([
      expect.stringContaining('[Shop] KEELSON'),
      "[Shop] KEELSON1070 'quota.cpu' must be more than 0 CPUs, got '0': try Cpu.millis(250)",
    ]);
  });
});

describe('N1 N2 N3 N6 isolation', () => {
  const policyOf = (shop: Tenant): Rendered => objectOf(shop, 'NetworkPolicy', 'tenant').spec;
  const dns = { ports: [{ port: 53, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }] };

  test('lets pods of the tenant reach each other, and DNS, and nobody else', () => {
    const { ingress, egress, podSelector, policyTypes } = policyOf(new Platform().tenant('shop'));
    expect({ ingress, podSelector, policyTypes }).toEqual({ ingress: [{ from: [{ podSelector: {} }] }], podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(egress).toEqual([{ to: [{ podSelector: {} }] }, { ...dns, to: expect.any(Array) }]);
  });

  test('closes pods to each other where workloads declare all', () => {
    const { ingress, egress } = policyOf(new Platform().tenant('shop', { isolation: Isolation.WORKLOADS }));
    expect(ingress).toBeUndefined();
    expect(egress).toEqual([{ ...dns, to: expect.any(Array) }]);
  });

  test('opens what the tenant declares, from either end, by the namespaces\' names', () => {
    const platform = new Platform();
    const [shop, data] = [platform.tenant('shop'), platform.tenant('data')];
    shop.connections.to(data, { ports: [Port.tcp(5432)] });
    shop.connections.to(Peer.cidr('192.0.2.0/24'), { ports: [Port.tcp(443)] });
    expect(platform.mistakes()).toEqual([]);
    expect(policyOf(data).ingress).toEqual([
      { from: [{ podSelector: {} }] },
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }], ports: [{ port: 5432, protocol: 'TCP' }] },
    ]);
    expect(policyOf(shop).egress).toEqual(expect.arrayContaining([
      { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } } }], ports: [{ port: 5432, protocol: 'TCP' }] },
      { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] },
    ]));
  });

  test('a workload of another tenant reaches all of one that it is connected to', () => {
    const platform = new Platform();
    const [shop, data] = [platform.tenant('shop'), platform.tenant('data')];
    new Task(shop, 'report', { image }).connections.to(data, { ports: [Port.tcp(5432)] });
    expect(policyOf(data).ingress[1]).toEqual({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'report' } } }],
      ports: [{ port: 5432, protocol: 'TCP' }],
    });
  });

  test('N9 is refused where nothing enforces it, unless the caller says so', () => {
    const platform = new Platform({ version: '1.33', cni: Cni.FLANNEL });
    platform.tenant('shop');
    expect(platform.mistakes()).toEqual([
      "[shop] KEELSON4010 'isolation' must be on a network plugin that enforces them, got on Flannel, which enforces no network policies: install one that does, such as Calico or Cilium, "
      + 'and name it in the cluster profile; or say that nothing is isolated: Isolation.UNSAFE_NONE',
    ]);
    const open = new Platform({ version: '1.33', cni: Cni.FLANNEL });
    const shop = open.tenant('shop', { isolation: Isolation.UNSAFE_NONE });
    expect(open.mistakes()).toEqual([]);
    expect(objectsOf(shop).filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
    expect(shop.isolation).toBeUndefined();
  });
});

describe('N8 R3 people', () => {
  const write = ['create', 'update', 'patch', 'delete'];
  const mayOf = (role: Rendered, verb: string, resource: string): boolean =>
    role.rules.some(({ verbs, resources }: Rendered) => verbs.includes(verb) && resources.includes(resource));

  test('have a role each, bound where it is given to somebody, once', () => {
    const shop = new Platform().tenant('shop', { admins: [Subject.group('leads')], viewers: [Subject.user('jane')] });
    shop.viewer.grantTo(Subject.user('jane'));
    shop.viewer.grantTo(Subject.group('support'));
    const bindings = objectsOf(shop).filter(({ kind }) => kind === 'RoleBinding') as Rendered[];
    const named = (subjects: Rendered[]) => subjects.map(({ name }) => name as string).join();
    expect(bindings.map(({ metadata, roleRef, subjects }) => [metadata.name, roleRef.kind, roleRef.name, named(subjects)])).toEqual([
      ['tenant-admin', 'Role', 'tenant-admin', 'leads'], ['tenant-viewer', 'Role', 'tenant-viewer', 'support,jane'],
    ]);
  });

  test('F-T3 write no network policies, quotas, limit ranges and namespaces', () => {
    const shop = new Platform().tenant('shop', { deployers: [] });
    for (const name of ['tenant-admin', 'tenant-operator', 'tenant-viewer', 'tenant-deployer']) {
      const role = objectOf(shop, 'Role', name);
      const kept = ['networkpolicies', 'resourcequotas', 'limitranges', 'namespaces', '*'];
      expect(kept.filter(resource => name !== 'tenant-deployer' || resource !== 'networkpolicies').filter(resource => write.some(verb => mayOf(role, verb, resource)))).toEqual([]);
      expect(role.rules.flatMap(({ verbs }: Rendered) => verbs).filter((verb: string) => ['*', 'bind', 'deletecollection', 'escalate', 'impersonate'].includes(verb))).toEqual([]);
      expect(role.rules.flatMap(({ resources }: Rendered) => resources).filter((resource: string) => /^(\*|serviceaccounts\/.*|tokenreviews|.*\/proxy)$/.test(resource))).toEqual([]);
    }
  });

  test('only look at what others act on with rights of their own', () => {
    const shop = new Platform().tenant('shop');
    for (const name of ['tenant-admin', 'tenant-operator', 'tenant-viewer']) {
      const role = objectOf(shop, 'Role', name);
      expect(['externalsecrets', 'podmonitors', 'servicemonitors'].filter(resource => !mayOf(role, 'get', resource) || write.some(verb => mayOf(role, verb, resource)))).toEqual([]);
    }
  });

  test('differ in Secrets, pods and rights', () => {
    const shop = new Platform().tenant('shop');
    const matrix = ['tenant-admin', 'tenant-operator', 'tenant-viewer'].map((name) => {
      const role = objectOf(shop, 'Role', name);
      const creates = ['pods/exec', 'deployments', 'rolebindings'].map(resource => mayOf(role, 'create', resource));
      return [name, mayOf(role, 'get', 'secrets'), ...creates, mayOf(role, 'get', 'pods/log')];
    });
    expect(matrix).toEqual([
      ['tenant-admin', true, true, true, true, true],
      ['tenant-operator', true, true, true, false, true],
      ['tenant-viewer', false, false, false, false, true],
    ]);
  });
});

test('a chart that knows no quota compares nothing', () => {
  const platform = new Platform();
  const chart = Tenant.fromTenantName(platform.app, 'shop');
  new Task(chart, 'report', { image, resources: { memoryRequest: Size.gibibytes(900) } });
  expect(platform.mistakes()).toEqual([]);
  expect(chart instanceof Chart).toBe(true);
});
