import { Fault } from '@keelson/core';
import { amountFaults, decimalQuantity } from './private/quantity';

/** How much of something that is measured there should be. */
export class MetricTarget {
  /**
   * So much in all, however many pods there are.
   *
   * @param amount from 0.001 on, with at most three decimal places.
   */
  public static value(amount: number): MetricTarget {
    return new MetricTarget('Value', 'value', amount);
  }

  /**
   * So much for each pod.
   *
   * @param amount from 0.001 on, with at most three decimal places.
   */
  public static averageValue(amount: number): MetricTarget {
    return new MetricTarget('AverageValue', 'averageValue', amount);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    /** @internal */
    public readonly _type: string,
    private readonly field: string,
    private readonly amount: number,
  ) {
    this.faults = amountFaults(amount);
  }

  /** As Kubernetes writes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    return { type: this._type, [this.field]: decimalQuantity(this.amount) };
  }
}
