import { Cpu, Fault, Faults, Quantity } from '@keelson/core';
import { Size } from 'cdk8s';
import { storageOfClass } from './private/storage-of-class';
import { QuotaProps } from './quota-props';

/** What is counted comes along with each CPU where nothing is said, so that parts of a quota are parts of all of it. */
const OF_A_CPU = { pods: 10, services: 10, persistentVolumeClaims: 5, configMaps: 50, secrets: 50 };
/** As if there were so many CPUs at least. */
const FEWEST_CPUS = 2;
/** As containers have it by default. */
const CPU_LIMIT = 5;
const STORAGE_OF_MEMORY = 10;

/**
 * How much a tenant may take of the cluster.
 *
 * ```ts
 * Quota.of({ cpu: Cpu.units(8), memory: Size.gibibytes(16) });
 * Quota.medium();
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export class Quota {
  /**
   * This much.
   *
   * @param props CPU and memory, and what else isn't as by default.
   */
  public static of(props: QuotaProps): Quota {
    const faults = faultsOf(props);
    return new Quota(faults, faults.length > 0 ? new Map() : hardOf(props));
  }

  /** For a team's first apps: 2 CPUs, 4 GiB of memory, 40 GiB of claims, 20 pods. A quarter of `medium`. */
  public static small(): Quota {
    return Quota.of({ cpu: Cpu.units(2), memory: Size.gibibytes(4) });
  }

  /** For a product: 8 CPUs, 16 GiB of memory, 160 GiB of claims, 80 pods. A quarter of `large`. */
  public static medium(): Quota {
    return Quota.of({ cpu: Cpu.units(8), memory: Size.gibibytes(16) });
  }

  /** For a product of many parts: 32 CPUs, 64 GiB of memory, 640 GiB of claims, 320 pods. */
  public static large(): Quota {
    return Quota.of({ cpu: Cpu.units(32), memory: Size.gibibytes(64) });
  }

  private readonly limits: ReadonlyMap<string, Quantity>;

  private constructor(
    /** What is wrong with it; the tenant that receives it reports it. */
    public readonly faults: Fault[],
    limits: ReadonlyMap<string, Quantity>,
  ) {
    this.limits = limits;
  }

  /** The limits as a ResourceQuota has them, by the names of what is limited: `requests.cpu`, `pods`. */
  public get hard(): { [resource: string]: string } {
    return Object.fromEntries([...this.limits].map(([name, limit]) => [name, limit.text]));
  }

  /**
   * The limit of one thing.
   *
   * @param resource the name of what is limited, such as `limits.memory`.
   * @returns nothing where it has no limit.
   */
  public limitOf(resource: string): Quantity | undefined {
    return this.limits.get(resource);
  }
}

function hardOf(props: QuotaProps): Map<string, Quantity> {
  const [cpu, memory] = [Quantity.ofCpu(props.cpu), Quantity.ofSize(props.memory)];
  const sized = (size: Size | undefined, otherwise: Quantity) => size === undefined ? otherwise : Quantity.ofSize(size);
  const { loadBalancers = 0 } = props;
  const counted = (of: keyof typeof OF_A_CPU) => Quantity.ofCount(props[of] ?? Math.floor(Math.max(cpu.value, FEWEST_CPUS) * OF_A_CPU[of]));
  return new Map(Object.entries({
    'requests.cpu': cpu,
    'limits.cpu': props.cpuLimit === undefined ? cpu.times(CPU_LIMIT) : Quantity.ofCpu(props.cpuLimit),
    'requests.memory': memory,
    'limits.memory': sized(props.memoryLimit, memory),
    'requests.ephemeral-storage': sized(props.ephemeralStorage, memory),
    'requests.storage': sized(props.storage, memory.times(STORAGE_OF_MEMORY)),
    ...Object.fromEntries(Object.entries(props.storageByClass ?? {}).map(([name, size]) =>
      [storageOfClass(name), Quantity.ofSize(size)])),
    'persistentvolumeclaims': counted('persistentVolumeClaims'),
    'pods': counted('pods'),
    'services': counted('services'),
    'services.loadbalancers': Quantity.ofCount(loadBalancers),
    'services.nodeports': Quantity.ofCount(props.nodePorts ?? loadBalancers),
    'configmaps': counted('configMaps'),
    'secrets': counted('secrets'),
  }));
}

function faultsOf(props: QuotaProps): Fault[] {
  const { cpu, cpuLimit, memory, memoryLimit, storage, ephemeralStorage, storageByClass = {} } = props;
  const sizes = { memory, memoryLimit, storage, ephemeralStorage };
  const counts = {
    pods: props.pods, persistentVolumeClaims: props.persistentVolumeClaims, services: props.services, loadBalancers: props.loadBalancers,
    nodePorts: props.nodePorts, configMaps: props.configMaps, secrets: props.secrets,
  };
  const own = [
    ...Faults.within('cpu', Cpu.faultsOf(cpu)),
    ...cpuLimit === undefined ? [] : Faults.within('cpuLimit', Cpu.faultsOf(cpuLimit)),
    ...Object.entries(sizes).flatMap(([member, size]) => size === undefined && member !== 'memory' ? [] : Faults.within(member, Quantity.faultsOfSize(size as Size))),
    ...Object.entries(counts).flatMap(([member, count]) => countFaults(member, count, ['configMaps', 'pods'].includes(member) ? 1 : 0)),
    ...Object.entries(storageByClass).flatMap(([name, size]) => Faults.within(`storageByClass.${name}`, Quantity.faultsOfSize(size))),
  ];
  return own.length > 0 ? own : orderFaults(hardOf(props), storageByClass);
}

/** What may be used is at least what is sure. */
function orderFaults(hard: Map<string, Quantity>, storageByClass: { [storageClass: string]: Size }): Fault[] {
  const none = Quantity.ofCount(0);
  const of = (name: string) => hard.get(name) ?? none;
  const pairs = [
    ['cpuLimit', 'limits.cpu', 'cpu', 'requests.cpu'],
    ['memoryLimit', 'limits.memory', 'memory', 'requests.memory'],
  ] as const;
  return [
    ...pairs.filter(([, more, , less]) => of(less).exceeds(of(more))).map(([member, more, lower, less]): Fault => ({
      code: 'KEELSON4002', member, got: of(more).text, allowed: `at least '${lower}', ${of(less).text}`, fix: `raise it, or lower '${lower}'`,
    })),
    ...Object.keys(storageByClass).flatMap((name): Fault[] => {
      const own = of(storageOfClass(name));
      return own.exceeds(of('requests.storage')) ? [{
        code: 'KEELSON4003', member: `storageByClass.${name}`, got: own.text, allowed: `at most 'storage', ${of('requests.storage').text}`, fix: "raise 'storage', or lower it",
      }] : [];
    }),
  ];
}

/** What is wrong with a number of things. */
function countFaults(member: string, count: number | undefined, from: number): Fault[] {
  return count === undefined || (Number.isSafeInteger(count) && count >= from) ? [] : [{
    code: 'KEELSON4001', member, got: Faults.quoted(count), allowed: `a whole number from ${from} on`, fix: `write it like ${Math.max(from, 10)}`,
  }];
}
