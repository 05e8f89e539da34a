import { Size } from 'cdk8s';
import { Cpu, ICpu } from '../cpu';
import { Fault } from '../faults';
import { Resources } from '../resources';
import { amountOf, inDecimalUnits, NANOS, renderCpu, renderSize, sizeBytes } from './quantity';
import { resourceFaults } from './resource-faults';

export { mergeResources } from './merge-resources';

const MIB = 1024 ** 2;
const CPU_REQUEST = Cpu.millis(100);
const CPU_LIMIT_TIMES = 5n;
const MEMORY = Size.mebibytes(128);
const STORAGE_REQUEST = Size.mebibytes(64);
/** For logs and what else isn't in a writable directory. */
const STORAGE_BESIDE_WRITABLE = 192 * MIB;

/** The quantities of a container as they will be. */
export interface Quantities {
  readonly cpuRequest: ICpu;
  readonly cpuLimit: ICpu | undefined;
  readonly memoryRequest: Size;
  readonly memoryLimit: Size;
  readonly ephemeralStorageRequest: Size;
  readonly ephemeralStorageLimit: Size;
}

/**
 * The object under `resources:`, and what is wrong with it.
 *
 * @param resources what was set, all scopes taken together.
 * @param writableBytes what the container's writable directories may hold on the node's disk.
 */
export function renderResources(resources: Resources, writableBytes: number): { rendered: object; faults: Fault[]; memoryLimit: Size } {
  const all = quantities(resources, writableBytes);
  const extended = counts(resources.extendedResources ?? {});
  return {
    rendered: {
      requests: {
        'cpu': renderCpu(all.cpuRequest), 'memory': renderSize(all.memoryRequest), 'ephemeral-storage': renderSize(all.ephemeralStorageRequest),
        ...extended,
      },
      limits: {
        ...(all.cpuLimit === undefined ? {} : { cpu: renderCpu(all.cpuLimit) }),
        'memory': renderSize(all.memoryLimit), 'ephemeral-storage': renderSize(all.ephemeralStorageLimit),
        ...extended,
      },
    },
    faults: resourceFaults(resources, all, writableBytes),
    memoryLimit: all.memoryLimit,
  };
}

/** In the form that is stored; what isn't whole is reported. */
function counts(extended: { [name: string]: number }): { [name: string]: string } {
  const text = (count: number) => (Number.isInteger(count) ? inDecimalUnits(BigInt(count) * NANOS) : String(count));
  return Object.fromEntries(Object.entries(extended).map(([name, count]) => [name, text(count)]));
}

/** A limit without a request is the request too: so does the API server. */
function quantities(resources: Resources, writableBytes: number): Quantities {
  const { cpuLimit, memoryLimit, ephemeralStorageLimit, unlimitedCpu } = resources;
  const cpuRequest = resources.cpuRequest ?? cpuLimit ?? CPU_REQUEST;
  const memoryRequest = resources.memoryRequest ?? memoryLimit ?? MEMORY;
  const ephemeralStorageRequest = resources.ephemeralStorageRequest ?? ephemeralStorageLimit ?? STORAGE_REQUEST;
  const storage = Math.max(STORAGE_BESIDE_WRITABLE + writableBytes, sizeBytes(ephemeralStorageRequest));
  return {
    cpuRequest, memoryRequest, ephemeralStorageRequest,
    cpuLimit: cpuLimit ?? (unlimitedCpu === true ? undefined : cpuTimes(cpuRequest)),
    memoryLimit: memoryLimit ?? memoryRequest,
    ephemeralStorageLimit: ephemeralStorageLimit ?? Size.kibibytes(storage / 1024),
  };
}

function cpuTimes(cpu: ICpu): ICpu | undefined {
  const amount = amountOf(String(cpu.amount));
  return amount === undefined ? undefined : { amount: inDecimalUnits(amount.nanos * CPU_LIMIT_TIMES) };
}
