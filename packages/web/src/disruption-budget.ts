import { Fault } from '@keelson/core';
import { PercentOrAbsolute } from './percent-or-absolute';

/**
 * How many pods may be down at a time while nodes are drained.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export class DisruptionBudget {
  /**
   * At most so many pods may be down.
   *
   * @param pods more than none: else no node could ever be drained.
   */
  public static maxUnavailable(pods: PercentOrAbsolute): DisruptionBudget {
    return new DisruptionBudget('maxUnavailable', pods, pods.isZero ? [{
      code: 'KEELSON2053', member: 'maxUnavailable', got: 'none', allowed: 'at least one pod', fix: 'allow one: else no node with such a pod can be drained',
    }] : []);
  }

  /**
   * At least so many pods must be up.
   *
   * @param pods fewer than there are: else no node could ever be drained.
   */
  public static minAvailable(pods: PercentOrAbsolute): DisruptionBudget {
    return new DisruptionBudget('minAvailable', pods, pods.resolve() === '100%' ? [{
      code: 'KEELSON2053', member: 'minAvailable', got: '100%', allowed: 'fewer than all pods', fix: 'leave one out: else no node with such a pod can be drained',
    }] : []);
  }

  /** All pods may be taken down at once. */
  public static unsafeNone(): DisruptionBudget {
    return new DisruptionBudget(undefined, undefined, []);
  }

  /** Whether pods are protected at all. */
  public readonly protects: boolean;

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly field: string | undefined, private readonly pods: PercentOrAbsolute | undefined, faults: Fault[]) {
    this.protects = field !== undefined;
    this.faults = [...(pods?.faults ?? []).map(fault => ({ ...fault, member: field ?? '' })), ...faults];
  }

  /** @internal */
  public _spec(): Record<string, unknown> {
    return this.field === undefined ? {} : { [this.field]: this.pods };
  }

  /**
   * What is wrong with it for so many pods.
   *
   * @internal
   */
  public _faultsFor(fewest: number): Fault[] {
    if (this.protects && fewest < 2) {
      return [{
        code: 'KEELSON2054', got: 'a budget', allowed: 'left out where there may be one pod alone', fix: 'run at least two pods, or remove it: a budget for one pod blocks every drain of its node',
      }];
    }
    const min = this.field === 'minAvailable' ? this.pods?.resolve() : undefined;
    return typeof min === 'number' && min >= fewest ? [{
      code: 'KEELSON2055', member: 'minAvailable', got: `${min}`, allowed: `fewer than the fewest pods there may be, ${fewest}`, fix: `try PercentOrAbsolute.absolute(${fewest - 1})`,
    }] : [];
  }
}
