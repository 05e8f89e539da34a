import { Cpu, Fault, Faults, ICpu, Quantity, Resources } from '@keelson/core';
import { Size } from 'cdk8s';
import { Quota } from '../quota';

/** What containers get that say nothing. */
interface Defaults {
  /** What they are sure to get, by resource. */
  readonly requests: ReadonlyMap<string, Quantity>;
  /** What they get at most. */
  readonly limits: ReadonlyMap<string, Quantity>;
}

const NOT_DEFAULTS = ['unlimitedCpu', 'extendedResources'] as const;

/** A LimitRange's one entry, which the quota needs: it counts what pods ask for, and refuses those that say nothing. */
export function limitsOf(resources: Resources, quota: Quota): object {
  const { requests, limits } = defaultsOf(resources);
  const most = (resource: string) => quota.limitOf(`limits.${resource}`)?.text;
  return {
    type: 'Container',
    min: { cpu: '1m', memory: '1Mi' },
    max: { cpu: most('cpu'), memory: most('memory') },
    default: texts(limits),
    defaultRequest: texts(requests),
  };
}

/** What is wrong with them: a quota that none of them fits is one that nothing fits. */
export function defaultsFaults(resources: Resources, quota: Quota): Fault[] {
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit, ephemeralStorageRequest, ephemeralStorageLimit } = resources;
  const ofCpu = (member: string, cpu: ICpu | undefined) => cpu === undefined ? [] : Faults.within(member, Cpu.faultsOf(cpu));
  const ofSize = (member: string, size: Size | undefined) => size === undefined ? [] : Faults.within(member, Quantity.faultsOfSize(size));
  const own = [
    ...ofCpu('cpuRequest', cpuRequest), ...ofCpu('cpuLimit', cpuLimit),
    ...ofSize('memoryRequest', memoryRequest), ...ofSize('memoryLimit', memoryLimit),
    ...ofSize('ephemeralStorageRequest', ephemeralStorageRequest), ...ofSize('ephemeralStorageLimit', ephemeralStorageLimit),
    ...NOT_DEFAULTS.filter(member => resources[member] !== undefined).map((member): Fault => ({
      code: 'KEELSON4006', member, got: Faults.quoted(resources[member]), allowed: 'left out: a LimitRange has no word for it', fix: 'set it where containers are defined',
    })),
  ];
  if (own.length > 0) {
    return own;
  }
  const { requests, limits } = defaultsOf(resources);
  return [...requests.keys()].flatMap((resource) => {
    const [request, limit] = [requests.get(resource), limits.get(resource)];
    const [all, sure] = [quota.limitOf(`limits.${resource}`), quota.limitOf(`requests.${resource}`)];
    const member = MEMBERS[resource] ?? resource;
    if (request === undefined || limit === undefined) {
      return [];
    }
    return [
      ...request.exceeds(limit) ? [{
        code: 'KEELSON4004', member: `${member}Request`, got: request.text, allowed: `at most the limit, ${limit.text}`, fix: `raise '${member}Limit', or lower it`,
      }] : [],
      ...all !== undefined && limit.exceeds(all) ? [{
        code: 'KEELSON4005', member: `${member}Limit`, got: limit.text, allowed: `at most what all pods of the tenant may use, ${all.text}`, fix: "lower it, or raise it in 'quota'",
      }] : [],
      ...sure !== undefined && request.exceeds(sure) ? [{
        code: 'KEELSON4007', member: `${member}Request`, got: request.text, allowed: `at most what all pods of the tenant may ask for, ${sure.text}`, fix: "lower it, or raise it in 'quota'",
      }] : [],
    ];
  });
}

const MEMBERS: { readonly [resource: string]: string } = { 'cpu': 'cpu', 'memory': 'memory', 'ephemeral-storage': 'ephemeralStorage' };

function defaultsOf(resources: Resources): Defaults {
  const cpu = Quantity.ofCpu(resources.cpuRequest ?? resources.cpuLimit ?? Cpu.millis(100));
  const memory = Quantity.ofSize(resources.memoryRequest ?? resources.memoryLimit ?? Size.mebibytes(128));
  const disk = Quantity.ofSize(resources.ephemeralStorageRequest ?? resources.ephemeralStorageLimit ?? Size.mebibytes(64));
  return {
    requests: new Map([['cpu', cpu], ['memory', memory], ['ephemeral-storage', disk]]),
    limits: new Map([
      ['cpu', resources.cpuLimit === undefined ? cpu.times(5) : Quantity.ofCpu(resources.cpuLimit)],
      ['memory', resources.memoryLimit === undefined ? memory : Quantity.ofSize(resources.memoryLimit)],
      ['ephemeral-storage', resources.ephemeralStorageLimit === undefined ? disk.max(Quantity.parse('256Mi')) : Quantity.ofSize(resources.ephemeralStorageLimit)],
    ]),
  };
}

function texts(quantities: ReadonlyMap<string, Quantity>): { [resource: string]: string } {
  return Object.fromEntries([...quantities].map(([resource, { text }]) => [resource, text]));
}
