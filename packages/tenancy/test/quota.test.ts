import { Cpu } from '@keelson/core';
import { Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Quota, type QuotaProps } from '../src';
import { objectOf, Platform } from './platform';

const little = { cpu: Cpu.units(1), memory: Size.gibibytes(1) };

describe('F-T4 a quota', () => {
  test('counts what a tenant takes, with no load balancers and node ports', () => {
    expect(Quota.medium().hard).toEqual({
      'requests.cpu': '8', 'limits.cpu': '40', 'requests.memory': '16Gi', 'limits.memory': '16Gi', 'requests.ephemeral-storage': '16Gi', 'requests.storage': '160Gi',
      'persistentvolumeclaims': '40', 'pods': '80', 'services': '80', 'services.loadbalancers': '0', 'services.nodeports': '0', 'configmaps': '400', 'secrets': '400',
    });
    expect([Quota.small(), Quota.large()].map(({ hard }) => [hard['requests.cpu'], hard['limits.memory'], hard.pods])).toEqual([['2', '4Gi', '20'], ['32', '64Gi', '320']]);
  });

  test('is a quarter of the next larger one, in all', () => {
    const [small, medium, large] = [Quota.small(), Quota.medium(), Quota.large()];
    for (const [less, more] of [[small, medium], [medium, large]] as const) {
      expect(Object.keys(more.hard).filter(name => (less.limitOf(name)?.value ?? NaN) * 4 !== more.limitOf(name)?.value)).toEqual([]);
    }
  });

  test('is what is said', () => {
    const quota = Quota.of({
      cpu: Cpu.millis(1500), cpuLimit: Cpu.units(3), memory: Size.mebibytes(1536), memoryLimit: Size.gibibytes(2),
      storage: Size.tebibytes(1), storageByClass: { fast: Size.gibibytes(100) },
      ephemeralStorage: Size.gibibytes(10), pods: 5, persistentVolumeClaims: 0, services: 3, loadBalancers: 2, configMaps: 7, secrets: 8,
    });
    expect(quota.hard).toEqual({
      'requests.cpu': '1500m', 'limits.cpu': '3', 'requests.memory': '1536Mi', 'limits.memory': '2Gi', 'requests.ephemeral-storage': '10Gi', 'requests.storage': '1Ti',
      'fast.storageclass.storage.k8s.io/requests.storage': '100Gi', 'persistentvolumeclaims': '0', 'pods': '5', 'services': '3', 'services.loadbalancers': '2',
      'services.nodeports': '2', 'configmaps': '7', 'secrets': '8',
    });
    expect(quota.limitOf('pods')?.value).toBe(5);
    expect(quota.limitOf('count/jobs.batch')).toBeUndefined();
    const platform = new Platform();
    expect(objectOf(platform.tenant('shop', { quota }), 'ResourceQuota', 'tenant').spec.hard).toEqual({ ...quota.hard, 'services.nodeports': '7' });
    expect(platform.mistakes()).toEqual([]);
  });

  test.each<[Partial<QuotaProps>, string]>([
    [{ cpu: Cpu.units(0) }, "KEELSON1070 'quota.cpu' must be more than 0 CPUs, got '0': try Cpu.millis(250)"],
    [{ memory: Size.mebibytes(0) }, "KEELSON1125 'quota.memory' must be a size above 0, got '0Mi': try Size.mebibytes(64)"],
    [{ pods: 0 }, "KEELSON4001 'quota.pods' must be a whole number from 1 on, got 0: write it like 10"],
    [{ configMaps: 0 }, "KEELSON4001 'quota.configMaps' must be a whole number from 1 on, got 0: write it like 10"],
    [{ services: 1.5 }, "KEELSON4001 'quota.services' must be a whole number from 0 on, got 1.5: write it like 10"],
    [{ cpuLimit: Cpu.millis(999) }, "KEELSON4002 'quota.cpuLimit' must be at least 'cpu', 1, got 999m: raise it, or lower 'cpu'"],
    [{ memoryLimit: Size.mebibytes(1023) }, "KEELSON4002 'quota.memoryLimit' must be at least 'memory', 1Gi, got 1023Mi: raise it, or lower 'memory'"],
    [{ storage: Size.gibibytes(1), storageByClass: { fast: Size.gibibytes(2) } }, "KEELSON4003 'quota.storageByClass.fast' must be at most 'storage', 1Gi, got 2Gi: raise 'storage', or lower it"],
  ])('refuses %o', (more, message) => {
    const platform = new Platform();
    platform.tenant('shop', { quota: Quota.of({ ...little, ...more }) });
    expect(platform.mistakes()).toEqual([`[shop] ${message}`]);
  });

  test('takes both sides of each limit', () => {
    const most = { storage: Size.gibibytes(2), storageByClass: { fast: Size.gibibytes(2) } };
    for (const more of [{ cpuLimit: Cpu.units(1) }, { memoryLimit: Size.gibibytes(1) }, { pods: 1 }, { services: 0 }, most]) {
      expect(Quota.of({ ...little, ...more }).faults).toEqual([]);
    }
  });

  test('gives containers defaults that fit it, whatever it is', () => {
    fc.assert(fc.property(fc.integer({ min: 500, max: 100_000 }), fc.integer({ min: 128, max: 1 << 20 }), (millis, mebibytes) => {
      const platform = new Platform();
      platform.tenant('shop', { quota: Quota.of({ cpu: Cpu.millis(millis), memory: Size.mebibytes(mebibytes) }) });
      expect(platform.mistakes()).toEqual([]);
    }), { numRuns: 20 });
  });
});
