import { Cpu, Subject } from '@keelson/core';
import { Size } from 'cdk8s';
import { reachability } from '@keelson/testing';
import { describe, expect, test } from 'vitest';
import { Isolation, Quota, Workspace } from '../src';
import { objectOf, objectsOf, Platform, type Rendered } from './platform';

describe('N8 a workspace', () => {
  test('gives its people their roles in each tenant, beside the tenant\'s own', () => {
    const platform = new Platform();
    const acme = new Workspace(platform.app, 'acme', { admins: [Subject.group('leads')], viewers: [Subject.group('staff')] });
    const [shop, data] = [acme.tenant('shop', { quota: Quota.small(), admins: [Subject.user('jane')] }), acme.tenant('data', { quota: Quota.small() })];
    expect(platform.mistakes()).toEqual([]);
    const subjects = (tenant: typeof shop, name: string) => objectOf(tenant, 'RoleBinding', name).subjects.map((each: Rendered) => each.name as string);
    expect([subjects(shop, 'tenant-admin'), subjects(data, 'tenant-admin'), subjects(data, 'tenant-viewer')]).toEqual([['leads', 'jane'], ['leads'], ['staff']]);
    expect(acme.tenants).toEqual([shop, data]);
  });

  test('is split into its tenants\' quotas, which may not come to more', () => {
    const platform = new Platform();
    const quota = Quota.of({ cpu: Cpu.units(4), memory: Size.gibibytes(8) });
    const acme = new Workspace(platform.app, 'acme', { quota });
    acme.tenant('shop', { quota: Quota.small() });
    acme.tenant('data', { quota: Quota.small() });
    expect(platform.mistakes()).toEqual([]);
    acme.tenant('more', { quota: Quota.of({ cpu: Cpu.millis(100), memory: Size.mebibytes(128), pods: 1, persistentVolumeClaims: 0, services: 0, configMaps: 1, secrets: 0 }) });
    expect(platform.mistakes()).toEqual([
      "[acme] KEELSON4008 'quota.configmaps' must be at least what its tenants have together, 201, got 200 for tenants with 100 (shop), 100 (data), 1 (more): raise it, or give a tenant less",
      "[acme] KEELSON4008 'quota.limits.cpu' must be at least what its tenants have together, 20500m, got 20 for tenants with 10 (shop), 10 (data), 500m (more): raise it, or give a tenant less",
      "[acme] KEELSON4008 'quota.limits.memory' must be at least what its tenants have together, 8320Mi, got 8Gi for tenants with 4Gi (shop), 4Gi (data), 128Mi (more): raise it, or give a tenant less",
      "[acme] KEELSON4008 'quota.pods' must be at least what its tenants have together, 41, got 40 for tenants with 20 (shop), 20 (data), 1 (more): raise it, or give a tenant less",
      expect.stringContaining("'quota.requests.cpu'"), expect.stringContaining("'quota.requests.ephemeral-storage'"), expect.stringContaining("'quota.requests.memory'"),
      expect.stringContaining("'quota.requests.storage'"),
    ]);
  });

  test('counts all storage of a tenant for a class that the tenant has no limit for', () => {
    const platform = new Platform();
    const of = (storage: number, fast?: number) => Quota.of({
      cpu: Cpu.units(2), memory: Size.gibibytes(4), storage: Size.gibibytes(storage),
      ...fast === undefined ? {} : { storageByClass: { fast: Size.gibibytes(fast) } },
    });
    const storageByClass = { fast: Size.gibibytes(15) };
    const whole = Quota.of({ cpu: Cpu.units(8), memory: Size.gibibytes(16), storage: Size.gibibytes(40), storageByClass });
    const acme = new Workspace(platform.app, 'acme', { quota: whole });
    acme.tenant('shop', { quota: of(20, 5) });
    acme.tenant('data', { quota: of(10) });
    expect(platform.mistakes()).toEqual([]);
    acme.tenant('more', { quota: of(1) });
    expect(platform.mistakes()).toEqual([
      "[acme] KEELSON4008 'quota.fast.storageclass.storage.k8s.io/requests.storage' must be at least what its tenants have together, 16Gi, got 15Gi for tenants with 5Gi (shop), 10Gi (data), 1Gi (more): "
      + 'raise it, or give a tenant less',
    ]);
  });

  test('N1 N3 N6 two hostile tenants and a workspace: who reaches whom', () => {
    const platform = new Platform();
    const acme = new Workspace(platform.app, 'acme');
    const [shop, data] = ['shop', 'data'].map(name => acme.tenant(name, { quota: Quota.small() }));
    const closed = acme.tenant('closed', { quota: Quota.small(), isolation: Isolation.WORKLOADS });
    const hostile = platform.tenant('hostile');
    const tenants = [shop, data, closed, hostile].flatMap(each => each === undefined ? [] : [each]);
    // pods without a policy of their own: whoever applies them, the tenant's policy is what closes them
    const pods = tenants.flatMap(({ tenantNamespace: { name: namespace } }) => ['one', 'two'].map(name => ({
      apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: { app: name } },
      spec: { containers: [{ name: 'main', image: 'registry.example.com/shop/web:1.0.0', ports: [{ containerPort: 8080 }] }] },
    })));
    const cluster = reachability([...tenants.flatMap(objectsOf), ...pods]);
    const ends = pods.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`);
    const reached = (from: string) => ends.filter(to => to !== from && cluster.from(from).to(to, 8080).allowed);
    const same = ['shop/one', 'shop/two', 'data/one', 'data/two'];
    expect(Object.fromEntries(ends.map(from => [from, reached(from)]))).toEqual({
      ...Object.fromEntries(same.map(from => [from, same.filter(to => to !== from)])),
      'closed/one': [], 'closed/two': [], 'hostile/one': ['hostile/two'], 'hostile/two': ['hostile/one'],
    });
    expect(cluster.from('hostile/one').to('203.0.113.7', 443).allowed).toBe(false);
  });

  test('keeps its tenants apart where it is said', () => {
    const acme = new Workspace(new Platform().app, 'acme', { allowBetweenTenants: false });
    const [shop] = ['shop', 'data'].map(name => acme.tenant(name, { quota: Quota.small() }));
    expect(shop === undefined ? undefined : objectOf(shop, 'NetworkPolicy', 'tenant').spec.ingress).toEqual([{ from: [{ podSelector: {} }] }]);
  });

  test('says what is wrong with its quota, once', () => {
    const platform = new Platform();
    const acme = new Workspace(platform.app, 'acme', { quota: Quota.of({ cpu: Cpu.units(1), memory: Size.gibibytes(0) }) });
    acme.tenant('shop', { quota: Quota.small() });
    expect(platform.mistakes()).toEqual(["[acme] KEELSON1125 'quota.memory' must be a size above 0, got '0Gi': try Size.mebibytes(64)"]);
  });
});
