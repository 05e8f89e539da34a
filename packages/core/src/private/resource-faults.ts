import { Size } from 'cdk8s';
import { Cpu } from '../cpu';
import { Fault } from '../faults';
import { Labels } from '../labels';
import { Resources } from '../resources';
import type { MergedResources } from './merge-resources';
import { cpuMillis, renderCpu, renderSize, sizeBytes, sizeFaults } from './quantity';
import { quoted } from './quoted';
import type { Quantities } from './render-resources';
import { INT32, integerFaults } from './integer';
import { within } from './within';

/** What is wrong with the resources of a container: each quantity by itself, then requests and limits together. */
export function resourceFaults(resources: Resources, all: Quantities, writableBytes: number): Fault[] {
  const faults = [
    ...quantityFaults(resources),
    ...Object.entries(resources.extendedResources ?? {}).flatMap(([name, count]) => extendedFaults(name, count)),
  ];
  if (resources.unlimitedCpu === true && resources.cpuLimit !== undefined) {
    faults.push({
      code: 'KEELSON1254', member: 'unlimitedCpu', got: `true, and a 'cpuLimit' of ${renderCpu(resources.cpuLimit)}`,
      allowed: "set without 'cpuLimit'", fix: 'remove one of the two',
    });
  }
  return faults.length > 0 ? faults : limitFaults(resources, all, writableBytes);
}

function quantityFaults(resources: Resources): Fault[] {
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit, ephemeralStorageRequest, ephemeralStorageLimit } = resources;
  return [
    ...Object.entries({ cpuRequest, cpuLimit }).flatMap(([member, cpu]) => (cpu === undefined ? [] : within(member, Cpu.faultsOf(cpu)))),
    ...Object.entries({ memoryRequest, memoryLimit, ephemeralStorageRequest, ephemeralStorageLimit })
      .flatMap(([member, size]) => (size === undefined ? [] : within(member, sizeFaults(size)))),
  ];
}

/** Names are the API's extended resources: a domain other than Kubernetes' own, and a name. */
function extendedFaults(name: string, count: number): Fault[] {
  const [domain = '', ...rest] = name.split('/');
  const own = /(^|\.)kubernetes\.io$/.test(domain) || domain.startsWith('requests.');
  const faults = rest.length === 1 && !own && Labels.faultsOf(name, '').length === 0 ? [] : [{
    code: 'KEELSON1255', member: 'extendedResources', got: quoted(name), allowed: "names with their vendor's domain, such as 'nvidia.com/gpu'",
    fix: "write it as the node's 'status.allocatable' has it",
  }];
  return [...faults, ...integerFaults('KEELSON1256', `extendedResources.${name}`, count, 1, INT32, 'ask for whole ones')];
}

function limitFaults(resources: Resources, all: Quantities, writableBytes: number): Fault[] {
  const faults: Fault[] = [];
  const origin = (field: string) => originOf(resources, field);
  const above = (code: string, what: string, request: string, got: string, limit: string, most: string) => faults.push({
    code, member: request, got: `${got}${origin(request)}`, allowed: `at most the ${what} limit, ${most}${origin(limit)}`,
    fix: `lower it, or set '${limit}' to at least ${got}`,
  });
  if (all.cpuLimit !== undefined && cpuMillis(all.cpuRequest) > cpuMillis(all.cpuLimit)) {
    above('KEELSON1250', 'CPU', 'cpuRequest', renderCpu(all.cpuRequest), 'cpuLimit', renderCpu(all.cpuLimit));
  }
  if (exceeds(all.memoryRequest, all.memoryLimit)) {
    above('KEELSON1251', 'memory', 'memoryRequest', renderSize(all.memoryRequest), 'memoryLimit', renderSize(all.memoryLimit));
  }
  if (exceeds(all.ephemeralStorageRequest, all.ephemeralStorageLimit)) {
    above('KEELSON1252', 'ephemeral storage', 'ephemeralStorageRequest', renderSize(all.ephemeralStorageRequest),
      'ephemeralStorageLimit', renderSize(all.ephemeralStorageLimit));
  }
  const writable = Size.kibibytes(writableBytes / 1024);
  if (exceeds(writable, all.ephemeralStorageLimit)) {
    faults.push({
      code: 'KEELSON1253', member: 'ephemeralStorageLimit', got: `${renderSize(all.ephemeralStorageLimit)}${origin('ephemeralStorageLimit')}`,
      allowed: `at least what the writable directories may hold, ${renderSize(writable)}`, fix: 'raise it, or make the directories smaller',
    });
  }
  return faults;
}

function exceeds(size: Size, limit: Size): boolean {
  return sizeBytes(size) > sizeBytes(limit);
}

/** Whose setting it is, where it isn't the construct's own: the message is the construct's. */
function originOf(resources: Resources, field: string): string {
  return (resources as Partial<MergedResources>).inherited?.has(field) === true ? ' (from PodDefaults of a scope around)' : '';
}
