import { Fault } from './faults';
import { quoted } from './private/quoted';

const OF_CPU = ['1', '1m'];
const OF_BYTES = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/**
 * A resource of a container that an environment variable or file can have as its value.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#downwardapi-resourceFieldRef
 */
export class ResourceFieldPath {
  /** The most CPU it gets; all of the node's where it has no limit. */
  public static readonly CPU_LIMIT = new ResourceFieldPath('limits.cpu', OF_CPU);

  /** The CPU it is sure to get. */
  public static readonly CPU_REQUEST = new ResourceFieldPath('requests.cpu', OF_CPU);

  /** The most memory it gets, in bytes; all of the node's where it has no limit. */
  public static readonly MEMORY_LIMIT = new ResourceFieldPath('limits.memory', OF_BYTES);

  /** The memory it is sure to get, in bytes. */
  public static readonly MEMORY_REQUEST = new ResourceFieldPath('requests.memory', OF_BYTES);

  /** The most of the node's disk it gets, in bytes; all of it where it has no limit. */
  public static readonly EPHEMERAL_STORAGE_LIMIT = new ResourceFieldPath('limits.ephemeral-storage', OF_BYTES);

  /** The part of the node's disk it is sure to get, in bytes. */
  public static readonly EPHEMERAL_STORAGE_REQUEST = new ResourceFieldPath('requests.ephemeral-storage', OF_BYTES);

  private constructor(
    /** The path as Kubernetes writes it: `limits.cpu`. */
    public readonly path: string,
    private readonly divisors: string[],
  ) {}

  /** @internal */
  public _divisorFaults(divisor: string | undefined): Fault[] {
    return divisor === undefined || this.divisors.includes(divisor) ? [] : [{
      code: 'KEELSON1316', member: 'divisor', got: quoted(divisor), allowed: `one of ${this.divisors.map(d => `'${d}'`).join(', ')} for ${this.path}`,
      fix: 'the value is divided by it and rounded up: choose the unit you need',
    }];
  }
}
