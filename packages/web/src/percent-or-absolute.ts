import { Fault } from '@keelson/core';
import { INT32, isInt32From } from './private/integer';

/** A number of pods, or a share of all of them. */
export class PercentOrAbsolute {
  /**
   * A share of the pods.
   *
   * @param percent from 0 to 100, an integer.
   */
  public static percent(percent: number): PercentOrAbsolute {
    return new PercentOrAbsolute(`${percent}%`, percent, Number.isInteger(percent) && percent >= 0 && percent <= 100 ? [] : [{
      code: 'KEELSON2050', got: `${percent}%`, allowed: 'an integer from 0 to 100 percent', fix: 'try PercentOrAbsolute.percent(25)',
    }]);
  }

  /**
   * A number of pods.
   *
   * @param count from 0 to 2147483647, an integer.
   */
  public static absolute(count: number): PercentOrAbsolute {
    return new PercentOrAbsolute(count, count, isInt32From(0, count) ? [] : [{
      code: 'KEELSON2051', got: `${count}`, allowed: `an integer from 0 to ${INT32}`, fix: 'try PercentOrAbsolute.absolute(1)',
    }]);
  }

  /** Whether it is no pod at all. */
  public readonly isZero: boolean;

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private readonly rendered: unknown;

  private constructor(rendered: unknown, private readonly amount: number, faults: Fault[]) {
    this.rendered = rendered;
    this.isZero = amount === 0;
    this.faults = faults;
  }

  /** As Kubernetes writes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    return this.rendered;
  }

  /**
   * How many of so many pods: of a share, rounded up, as a PodDisruptionBudget does.
   *
   * @internal
   */
  public _of(pods: number): number {
    return this.rendered === this.amount ? this.amount : Math.ceil(this.amount * pods / 100);
  }
}
