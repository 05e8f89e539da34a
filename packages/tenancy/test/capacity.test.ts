import { Cpu, Manifest, PersistentVolumeClaim, Task, Warnings, type Resources } from '@keelson/core';
import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Quota, Tenant, type QuotaProps } from '../src';
import { Platform, type Rendered } from './platform';

const GiB = Size.gibibytes(1);

function tenantOf(quota: Partial<QuotaProps> = {}): { platform: Platform; shop: Tenant } {
  const platform = new Platform();
  return { platform, shop: platform.tenant('shop', { quota: Quota.of({ cpu: Cpu.units(4), memory: Size.gibibytes(4), ...quota }) }) };
}

const container = (cpu?: string, memory?: string, more: object = {}): Rendered => ({
  name: 'main', image: 'registry.example.com/shop/web:1.0.0',
  securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } }, ...cpu === undefined ? {} : { resources: { requests: { cpu, memory }, limits: { cpu, memory } } }, ...more,
});

function workload(scope: Chart, kind: string, name: string, spec: Rendered, pod: Rendered): Manifest {
  const labels = { app: name };
  return new Manifest(scope, `${kind}-${name}`, {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind, metadata: { name },
    spec: { ...kind === 'Job' ? {} : { selector: { matchLabels: labels } }, ...spec, template: { metadata: { labels }, spec: { automountServiceAccountToken: false, ...pod } } },
  });
}

const used = (shop: Tenant, resource: string) => {
  const row = shop.capacity().rows.find(each => each.resource === resource);
  return row === undefined ? undefined : [row.used, row.rollout, row.limit, row.percent];
};

describe('what is in a tenant', () => {
  test('is summed over charts, and compared with the quota of its namespace', () => {
    const { platform, shop } = tenantOf();
    const apart = new Chart(platform.app, 'apart', { namespace: 'shop' });
    const elsewhere = platform.tenant('data');
    for (const chart of [shop, apart, elsewhere]) workload(chart, 'StatefulSet', `db-${chart.node.id}`, { replicas: 1 }, { containers: [container('500m', '1Gi')] });
    expect(used(shop, 'requests.memory')).toEqual(['2Gi', '2Gi', '4Gi', 50]);
    expect(used(shop, 'pods')).toEqual(['2', '2', '40', 5]);
    expect(used(elsewhere, 'requests.memory')).toEqual(['1Gi', '1Gi', '16Gi', 7]);
  });

  test('has the pods that a rollout makes beside the old ones, of one workload at a time', () => {
    const { shop } = tenantOf();
    workload(shop, 'Deployment', 'a', { replicas: 3 }, { containers: [container('100m', '256Mi')] });
    workload(shop, 'Deployment', 'b', { replicas: 2, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } }, { containers: [container('100m', '64Mi')] });
    workload(shop, 'Deployment', 'c', { replicas: 1, strategy: { type: 'Recreate' } }, { containers: [container('100m', '1Gi')] });
    // 25 % of three is one
    expect(used(shop, 'requests.memory')).toEqual(['1920Mi', '2176Mi', '4Gi', 54]);
    expect(used(shop, 'pods')).toEqual(['6', '8', '40', 20]);
  });

  test('has as many pods as scalers make at most', () => {
    const { shop } = tenantOf();
    workload(shop, 'Deployment', 'a', {}, { containers: [container('100m', '128Mi')] });
    workload(shop, 'Deployment', 'b', {}, { containers: [container('100m', '128Mi')] });
    new Manifest(shop, 'scaler', {
      apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'a' },
      spec: { maxReplicas: 8, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }] },
    });
    expect(used(shop, 'pods')).toEqual(['9', '11', '40', 28]);
  });

  test('counts of a pod the larger of what starts and what runs, sidecars in both', () => {
    const { shop } = tenantOf();
    const spec = { initContainers: [
      container('100m', '100Mi', { name: 'sidecar', restartPolicy: 'Always' }), container('100m', '900Mi', { name: 'init' }), container('50m', '10Mi', { name: 'late', restartPolicy: 'Always' }),
    ], containers: [container('100m', '200Mi')] };
    workload(shop, 'StatefulSet', 'a', { replicas: 1 }, spec);
    expect(used(shop, 'requests.memory')).toEqual(['1000Mi', '1000Mi', '4Gi', 25]);
    expect(used(shop, 'requests.cpu')?.[0]).toBe('250m');
  });

  test('takes the defaults of the limit range for containers that say nothing, and a limit for the request that is left out', () => {
    const { shop } = tenantOf();
    workload(shop, 'StatefulSet', 'a', { replicas: 2 }, { containers: [container(), container(undefined, undefined, { name: 'other', resources: { limits: { memory: '512Mi' } } })] });
    expect(used(shop, 'requests.memory')?.[0]).toBe('1280Mi');
    expect(used(shop, 'requests.cpu')?.[0]).toBe('400m');
    expect(used(shop, 'limits.cpu')?.[0]).toBe('2');
    expect(used(shop, 'requests.ephemeral-storage')?.[0]).toBe('256Mi');
  });

  test('counts claims, by their class too, of templates as often as there are pods', () => {
    const { shop } = tenantOf({ storageByClass: { fast: Size.gibibytes(20) } });
    new PersistentVolumeClaim(shop, 'files', { size: GiB });
    workload(shop, 'StatefulSet', 'db', {
      replicas: 3, serviceName: 'db',
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '2Gi' } } } }],
    }, { containers: [container('100m', '64Mi', { volumeMounts: [{ name: 'data', mountPath: '/data' }] })] });
    expect(used(shop, 'requests.storage')?.[0]).toBe('7Gi');
    expect(used(shop, 'persistentvolumeclaims')?.[0]).toBe('4');
    expect(used(shop, 'fast.storageclass.storage.k8s.io/requests.storage')?.[0]).toBe('6Gi');
  });

  test('counts objects', () => {
    const { shop } = tenantOf({ loadBalancers: 1, nodePorts: 5 });
    const service = (name: string, spec: object) => new Manifest(shop, name, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }, { port: 81, name: 'b' }], ...spec } });
    service('a', {});
    service('b', { type: 'NodePort' });
    service('c', { type: 'LoadBalancer' });
    service('d', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false });
    new Manifest(shop, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm' }, data: {} });
    expect(['services', 'services.loadbalancers', 'services.nodeports', 'configmaps'].map(resource => used(shop, resource)?.[0])).toEqual(['4', '2', '4', '2']);
  });

  test('is a table of Markdown', () => {
    const { shop } = tenantOf();
    workload(shop, 'StatefulSet', 'db', { replicas: 2 }, { containers: [container('1', '1Gi')] });
    expect(shop.capacity().markdown.split('\n').slice(0, 4)).toEqual([
      '| resource | used | in a rollout | quota | | by |', '| --- | --- | --- | --- | --- | --- |',
      '| requests.cpu | 2 | 2 | 4 | 50 % | StatefulSet db 2 (2 pods) |', '| limits.cpu | 2 | 2 | 20 | 10 % | StatefulSet db 2 (2 pods) |',
    ]);
  });
});

describe('what operators make of an object', () => {
  test('counts for a CloudNativePG Cluster, with the pod that joins; a Cluster of another operator counts nothing', () => {
    const { shop } = tenantOf({ storageByClass: { fast: Size.gibibytes(20) } });
    const cluster = (name: string, apiVersion: string, spec: object) => new Manifest(shop, name, { apiVersion, kind: 'Cluster', metadata: { name }, spec });
    cluster('orders', 'postgresql.cnpg.io/v1', {
      instances: 3, storage: { size: '2Gi', storageClass: 'fast' }, walStorage: { size: '1Gi' }, resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { memory: '512Mi' } },
    });
    cluster('other', 'example.com/v1', { instances: 3 });
    expect(['pods', 'requests.memory', 'requests.storage', 'persistentvolumeclaims', 'fast.storageclass.storage.k8s.io/requests.storage', 'services', 'secrets', 'configmaps']
      .map(resource => used(shop, resource)?.slice(0, 2))).toEqual([
      ['3', '4'], ['1536Mi', '2Gi'], ['9Gi', '9Gi'], ['6', '6'], ['6Gi', '6Gi'], ['3', '3'], ['3', '3'], ['2', '2'],
    ]);
  });
});

describe('a container without a limit', () => {
  const asking = (cpu: string) => container(undefined, undefined, { resources: { requests: { cpu, memory: '64Mi' }, limits: { memory: '64Mi' } } });

  test('is refused where it asks for more than the limit range gives it, as the API server would', () => {
    const { platform, shop } = tenantOf();
    workload(shop, 'Deployment', 'web', { replicas: 1 }, { containers: [asking('501m')] });
    workload(shop, 'Deployment', 'worker', { replicas: 1 }, { containers: [asking('500m')] });
    expect(platform.mistakes()).toEqual([
      "[shop] KEELSON4024 'containerDefaults.cpuLimit' must be at least what containers without a limit ask for, got 500m for container 'main' of Deployment web, "
      + 'which asks for 501m and names no limit: name a limit there, or raise this one',
    ]);
    expect(Warnings.of(platform.app).filter(line => line.includes('KEELSON4025'))).toEqual([
      expect.stringContaining("KEELSON4025 its limit range gives a CPU limit to containers that name none: container 'main' of Deployment worker (500m)"),
    ]);
  });

  test('is judged by the defaults of its own tenant, init containers too', () => {
    const platform = new Platform();
    const shop = platform.tenant('shop', { containerDefaults: { cpuLimit: Cpu.units(1), cpuRequest: Cpu.millis(50) } });
    workload(shop, 'Job', 'report', {}, { restartPolicy: 'Never', initContainers: [{ ...asking('1001m'), name: 'fetch' }], containers: [asking('1')] });
    expect(platform.mistakes().map(line => line.slice(0, 190))).toEqual([expect.stringContaining("got 1 for container 'fetch' of Job report, which asks for 1001m")]);
  });

  test('is no matter where it says nothing at all', () => {
    const { platform, shop } = tenantOf();
    workload(shop, 'Deployment', 'web', { replicas: 1 }, { containers: [container()] });
    expect(platform.mistakes()).toEqual([]);
    expect(Warnings.of(platform.app).filter(line => line.includes('KEELSON402'))).toEqual([]);
  });
});

describe('a quota that is too small', () => {
  const task = (scope: Chart, name: string, resources: Resources) => new Task(scope, name, { image: 'registry.example.com/shop/report:1.4.0', resources });

  test('is a mistake that says who takes it, in each chart that names it', () => {
    const { platform, shop } = tenantOf({ pods: 1 });
    task(shop, 'report', { memoryRequest: Size.gibibytes(3) });
    task(shop, 'index', { memoryRequest: Size.gibibytes(2) });
    const names = shop.node.findAll().flatMap(each => each instanceof Task ? [each.job.name] : []);
    expect(names).toHaveLength(2);
    const said = platform.mistakes().map(line => line.replace(/-[0-9a-f]{10}/g, ''));
    expect(said).toEqual([
      "[shop] KEELSON4020 'quota.limits.memory' must be at most 4Gi, got 5Gi by what is in the tenant: Job report 3Gi, Job index 2Gi: raise the quota, or let them take less",
      "[shop] KEELSON4020 'quota.pods' must be at most 1, got 2 by what is in the tenant: Job report 1, Job index 1: raise the quota, or let them take less",
      "[shop] KEELSON4020 'quota.requests.memory' must be at most 4Gi, got 5Gi by what is in the tenant: Job report 3Gi, Job index 2Gi: raise the quota, or let them take less",
    ]);
  });

  test('is one for a chart in a tenant made elsewhere, too', () => {
    const platform = new Platform();
    const chart = Tenant.fromTenantName(platform.app, 'shop', { quota: Quota.of({ cpu: Cpu.units(1), memory: GiB }) });
    task(chart, 'report', { memoryRequest: Size.mebibytes(1025) });
    expect(platform.mistakes().map(line => line.slice(0, 75))).toEqual([
      "[shop] KEELSON4020 'quota.limits.memory' must be at most 1Gi, got 1025Mi by", "[shop] KEELSON4020 'quota.requests.memory' must be at most 1Gi, got 1025Mi ",
    ]);
  });

  test('counts what a tenant made elsewhere gives containers that say nothing', () => {
    const platform = new Platform();
    const chart = Tenant.fromTenantName(platform.app, 'shop', {
      quota: Quota.of({ cpu: Cpu.units(1), memory: GiB }), containerDefaults: { memoryRequest: Size.mebibytes(600) },
    });
    workload(chart, 'StatefulSet', 'a', { replicas: 2 }, { containers: [container()] });
    expect(platform.mistakes().filter(line => line.includes('requests.memory'))).toEqual([
      "[shop] KEELSON4020 'quota.requests.memory' must be at most 1Gi, got 1200Mi by what is in the tenant: StatefulSet a 1200Mi (2 pods): raise the quota, or let them take less",
    ]);
  });

  test('is one where no rollout fits', () => {
    const { platform, shop } = tenantOf();
    workload(shop, 'Deployment', 'web', { replicas: 4 }, { containers: [container('100m', '1Gi')] });
    expect(platform.mistakes().filter(line => line.includes('requests.memory'))).toEqual([
      "[shop] KEELSON4021 'quota.requests.memory' must be at most 4Gi, got 4Gi by what is in the tenant, and 5Gi while one of it is rolled out: Deployment web 4Gi (4 pods): "
      + 'raise the quota, or let rollouts make fewer pods beside the old ones',
    ]);
  });

  test('is warned of where it is nearly used up, and where rollouts wait for each other', () => {
    const { platform, shop } = tenantOf();
    for (const name of ['a', 'b']) workload(shop, 'Deployment', name, { replicas: 1 }, { containers: [container('100m', '1250Mi')] });
    expect(platform.mistakes()).toEqual([]);
    const said = Warnings.of(platform.app).filter(line => line.includes('KEELSON402'));
    expect(said).toEqual([
      expect.stringContaining('KEELSON4022 its quota is nearly used up: requests.memory 3750Mi of 4Gi (92 %), limits.memory 3750Mi of 4Gi (92 %)'),
      expect.stringContaining("KEELSON4023 its quota doesn't fit all workloads while they are rolled out at once (requests.memory, limits.memory): one waits for the other"),
    ]);
  });
});
