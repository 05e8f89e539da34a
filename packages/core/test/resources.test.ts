import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cpu, Faults, type Resources } from '../src';
import { amountOf } from '../src/private/quantity';
import { mergeResources, renderResources } from '../src/private/render-resources';

const MIB = 1024 ** 2;
const mib = (amount: number) => Size.mebibytes(amount);
const merged = (...scopes: Resources[]) => scopes.reduce<Resources>((outer, inner) => mergeResources(outer, inner), {});
const rendered = (resources: Resources, writableBytes = 64 * MIB) => renderResources(merged(resources), writableBytes).rendered;
const faultsOf = (resources: Resources, writableBytes = 64 * MIB) =>
  renderResources(resources, writableBytes).faults.map(fault => Faults.describe('resources', fault));

describe('W7 requests and limits: defaults', () => {
  test('are there for each resource', () => {
    expect(rendered({})).toEqual({
      requests: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '64Mi' }, limits: { 'cpu': '500m', 'memory': '128Mi', 'ephemeral-storage': '256Mi' },
    });
    expect(faultsOf({})).toEqual([]);
  });

  test('follow the request', () => {
    expect(rendered({ cpuRequest: Cpu.units(1), memoryRequest: Size.gibibytes(1), ephemeralStorageRequest: Size.gibibytes(2) })).toEqual({
      requests: { 'cpu': '1', 'memory': '1Gi', 'ephemeral-storage': '2Gi' }, limits: { 'cpu': '5', 'memory': '1Gi', 'ephemeral-storage': '2Gi' },
    });
  });

  test('of a request that is missing are the limit', () => {
    expect(rendered({ cpuLimit: Cpu.millis(50), memoryLimit: mib(64), ephemeralStorageLimit: mib(512) })).toEqual({
      requests: { 'cpu': '50m', 'memory': '64Mi', 'ephemeral-storage': '512Mi' }, limits: { 'cpu': '50m', 'memory': '64Mi', 'ephemeral-storage': '512Mi' },
    });
  });

  test('leave room for the writable directories', () => {
    expect([0, 64, 1000].map(size => rendered({}, size * MIB))).toMatchObject([
      { limits: { 'ephemeral-storage': '192Mi' } }, { limits: { 'ephemeral-storage': '256Mi' } }, { limits: { 'ephemeral-storage': '1192Mi' } },
    ]);
  });

  test('leave CPU without a limit where that is asked for', () => {
    expect(rendered({ unlimitedCpu: true })).toEqual({
      requests: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '64Mi' }, limits: { 'memory': '128Mi', 'ephemeral-storage': '256Mi' },
    });
    expect(rendered({ unlimitedCpu: false })).toMatchObject({ limits: { cpu: '500m' } });
    expect(faultsOf({ unlimitedCpu: true })).toEqual([]);
  });

  test('take CPU of cdk8s-plus, in the form that is stored', () => {
    expect(rendered({ cpuRequest: { amount: '0.5' } })).toMatchObject({ requests: { cpu: '500m' }, limits: { cpu: '2500m' } });
  });

  test('extended resources are request and limit', () => {
    const resources = { extendedResources: { 'nvidia.com/gpu': 1, 'a.b/c': 2000 } };
    const stored = { 'nvidia.com/gpu': '1', 'a.b/c': '2k' };
    expect(rendered(resources)).toMatchObject({ requests: stored, limits: stored });
    expect(faultsOf(resources)).toEqual([]);
  });
});

describe('W7 requests and limits: scopes', () => {
  test('the nearest wins, field by field', () => {
    const resources = merged(
      { cpuRequest: Cpu.millis(10), memoryLimit: mib(512) }, { cpuRequest: Cpu.millis(20) },
      { memoryRequest: mib(256), cpuRequest: undefined },
    );
    expect(rendered(resources)).toMatchObject({ requests: { cpu: '20m', memory: '256Mi' }, limits: { cpu: '100m', memory: '512Mi' } });
    expect(faultsOf(resources)).toEqual([]);
  });

  test('a limit and the wish for none are one decision', () => {
    const [limit, none] = [{ cpuLimit: Cpu.units(1) }, { unlimitedCpu: true }];
    expect(rendered(merged(limit, none))).not.toHaveProperty('limits.cpu');
    expect(rendered(merged(none, limit))).toMatchObject({ limits: { cpu: '1' } });
    expect(rendered(merged(none, { unlimitedCpu: false }))).toMatchObject({ limits: { cpu: '500m' } });
    expect(rendered(merged(limit, { unlimitedCpu: false }))).toMatchObject({ limits: { cpu: '1' } });
    expect([merged(limit, none), merged(none, limit)].flatMap(resources => faultsOf(resources))).toEqual([]);
  });

  test('extended resources are replaced together, so they can be taken away', () => {
    expect(rendered(merged({ extendedResources: { 'nvidia.com/gpu': 1 } }, { extendedResources: {} }))).not.toHaveProperty(['limits', 'nvidia.com/gpu']);
  });

  test('fails where a request is above a limit from around, and says whose is whose', () => {
    expect(faultsOf(merged({ cpuLimit: Cpu.millis(500) }, { cpuRequest: Cpu.units(1) }))).toEqual([
      "KEELSON1250 'resources.cpuRequest' must be at most the CPU limit, 500m (from PodDefaults of a scope around), got 1: lower it, or set 'cpuLimit' to at least 1",
    ]);
    expect(faultsOf(merged({ memoryRequest: Size.gibibytes(1) }, { memoryLimit: mib(512) }))).toEqual([
      "KEELSON1251 'resources.memoryRequest' must be at most the memory limit, 512Mi, got 1Gi (from PodDefaults of a scope around): "
        + "lower it, or set 'memoryLimit' to at least 1Gi",
    ]);
    expect(faultsOf(merged({ cpuLimit: Cpu.millis(500) }, { cpuRequest: Cpu.units(1) }, {}))).toEqual([
      "KEELSON1250 'resources.cpuRequest' must be at most the CPU limit, 500m (from PodDefaults of a scope around), "
        + "got 1 (from PodDefaults of a scope around): lower it, or set 'cpuLimit' to at least 1",
    ]);
  });
});

describe('W7 requests and limits: mistakes', () => {
  test.each<[Resources, string]>([
    [{ cpuRequest: Cpu.units(1), cpuLimit: Cpu.millis(999) },
      "KEELSON1250 'resources.cpuRequest' must be at most the CPU limit, 999m, got 1: lower it, or set 'cpuLimit' to at least 1"],
    [{ memoryRequest: mib(129), memoryLimit: mib(128) },
      "KEELSON1251 'resources.memoryRequest' must be at most the memory limit, 128Mi, got 129Mi: lower it, or set 'memoryLimit' to at least 129Mi"],
    [{ ephemeralStorageRequest: mib(129), ephemeralStorageLimit: mib(128) },
      "KEELSON1252 'resources.ephemeralStorageRequest' must be at most the ephemeral storage limit, 128Mi, got 129Mi: "
        + "lower it, or set 'ephemeralStorageLimit' to at least 129Mi"],
    [{ ephemeralStorageLimit: mib(63) },
      "KEELSON1253 'resources.ephemeralStorageLimit' must be at least what the writable directories may hold, 64Mi, got 63Mi: "
        + 'raise it, or make the directories smaller'],
    [{ unlimitedCpu: true, cpuLimit: Cpu.units(1) },
      "KEELSON1254 'resources.unlimitedCpu' must be set without 'cpuLimit', got true, and a 'cpuLimit' of 1: remove one of the two"],
    [{ cpuRequest: Cpu.millis(0) }, "KEELSON1070 'resources.cpuRequest' must be more than 0 CPUs, got '0': try Cpu.millis(250)"],
    [{ cpuLimit: { amount: 'lots' } }, "KEELSON1072 'resources.cpuLimit' must be an amount of CPU, got 'lots': try Cpu.millis(250)"],
    [{ memoryLimit: mib(0) }, "KEELSON1125 'resources.memoryLimit' must be a size above 0, got '0Mi': try Size.mebibytes(64)"],
    [{ extendedResources: { gpu: 1 } },
      "KEELSON1255 'resources.extendedResources' must be names with their vendor's domain, such as 'nvidia.com/gpu', got 'gpu': "
        + "write it as the node's 'status.allocatable' has it"],
    [{ extendedResources: { 'nvidia.com/gpu': 0.5 } },
      "KEELSON1256 'resources.extendedResources.nvidia.com/gpu' must be an integer from 1, got 0.5: ask for whole ones"],
    [{ extendedResources: { 'nvidia.com/gpu': 0 } },
      "KEELSON1256 'resources.extendedResources.nvidia.com/gpu' must be an integer from 1, got 0: ask for whole ones"],
  ])('fails for %o', (resources, message) => {
    expect(faultsOf(resources)).toEqual([message]);
  });

  test.each(['kubernetes.io/gpu', 'x.kubernetes.io/gpu', 'requests.a.b/gpu', 'a/b/c', 'a b/c', 'cpu'])("fails for the resource '%s'", (name) => {
    expect(faultsOf({ extendedResources: { [name]: 1 } })).toEqual([
      `KEELSON1255 'resources.extendedResources' must be names with their vendor's domain, such as 'nvidia.com/gpu', got '${name}': `
        + "write it as the node's 'status.allocatable' has it",
    ]);
  });

  test.each<Resources>([
    { cpuRequest: Cpu.units(1), cpuLimit: Cpu.millis(1000) },
    { memoryRequest: mib(1024), memoryLimit: Size.gibibytes(1) },
    { ephemeralStorageRequest: mib(64), ephemeralStorageLimit: mib(64) },
  ])('takes a request that is the limit: %o', (resources) => {
    expect(faultsOf(resources)).toEqual([]);
  });

  test('without a fault, no request is above its limit, and storage holds the directories', () => {
    const cpu = fc.option(fc.integer({ min: 1, max: 20 }).map(Cpu.millis), { nil: undefined });
    const size = fc.option(fc.integer({ min: 1, max: 300 }).map(mib), { nil: undefined });
    const scope: fc.Arbitrary<Resources> = fc.record({
      cpuRequest: cpu, cpuLimit: cpu, unlimitedCpu: fc.constantFrom(undefined, true, false), memoryRequest: size, memoryLimit: size,
      ephemeralStorageRequest: size, ephemeralStorageLimit: size,
    });
    fc.assert(fc.property(fc.array(scope, { maxLength: 3 }), fc.integer({ min: 0, max: 300 }), (scopes, writable) => {
      const { rendered: all, faults } = renderResources(merged(...scopes), writable * MIB);
      const { requests, limits } = all as Record<'requests' | 'limits', Record<string, string>>;
      const nanos = (text = '') => amountOf(text)?.nanos ?? 0n;
      const fits = Object.keys(limits).every(name => nanos(requests[name]) <= nanos(limits[name]));
      const holds = nanos(limits['ephemeral-storage']) >= BigInt(writable * MIB) * 1_000_000_000n;
      const twice = scopes.some(({ unlimitedCpu, cpuLimit }) => unlimitedCpu === true && cpuLimit !== undefined);
      expect(twice || (faults.length === 0) === (fits && holds)).toBe(true);
    }));
  });
});
