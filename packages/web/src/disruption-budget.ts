import { Fault, Faults } from '@keelson/core';
import { PercentOrAbsolute } from './percent-or-absolute';
import { givenFaults, made } from './private/made';

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
    return new DisruptionBudget('maxUnavailable', pods, made(pods)?.isZero === true ? [{
      code: 'KEELSON2053', member: 'maxUnavailable', got: 'none', allowed: 'at least one pod', fix: 'allow one: else no node with such a pod can be drained',
    }] : []);
  }

  /**
   * At least so many pods must be up.
   *
   * @param pods fewer than there are: else no node could ever be drained. A share is rounded up: 51 % of two pods is both.
   */
  public static minAvailable(pods: PercentOrAbsolute): DisruptionBudget {
    return new DisruptionBudget('minAvailable', pods, made(pods)?.resolve() === '100%' ? [{
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
    this.faults = field === undefined ? faults : [...Faults.within(field, givenFaults(pods, 'PercentOrAbsolute', 'absolute(1)')), ...faults];
  }

  /** @internal */
  public _spec(): Record<string, unknown> {
    // a missing number was reported
    return this.field === undefined ? {} : { [this.field]: this.pods ?? 0 };
  }

  /**
   * What is wrong with it for so many pods.
   *
   * @internal
   */
  public _faultsFor(fewest: number, most: number): Fault[] {
    if (this.protects && most < 2) {
      return [{
        code: 'KEELSON2054', got: 'a budget', allowed: 'left out where there is one pod at most',
        fix: 'run at least two pods, or remove it: for one pod a budget blocks every drain of its node, or protects nothing',
      }];
    }
    if (this.field !== 'minAvailable' || this.pods === undefined || this.faults.length > 0) {
      return [];
    }
    const [kept, written] = [this.pods._of(fewest), this.pods.resolve()];
    const isShare = kept !== written;
    return kept < fewest ? [] : [{
      code: 'KEELSON2055', member: 'minAvailable', got: isShare ? `${written}, rounded up to ${kept}` : `${kept}`, allowed: `fewer than the fewest pods there may be, ${fewest}`,
      fix: `try PercentOrAbsolute.${isShare ? `percent(${Math.floor((fewest - 1) * 100 / fewest)})` : `absolute(${fewest - 1})`}`,
    }];
  }
}
