import { Fault } from './faults';
import { amountOf, inDecimalUnits, NANOS } from './private/quantity';
import { quoted } from './private/quoted';

const MOST = 100_000;
const MILLI = NANOS / 1000n;

/**
 * An amount of processing power: ours, or a `Cpu` of cdk8s-plus.
 *
 * Public members only, so that any value with an amount is one; who receives it asks `Cpu.faultsOf`.
 */
export interface ICpu {
  /** The amount as Kubernetes writes it: `250m`, `2`. */
  readonly amount: string;
}

/**
 * An amount of processing power.
 *
 * ```ts
 * Cpu.millis(250);
 * Cpu.units(1.5);
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu
 */
export class Cpu implements ICpu {
  /**
   * Thousandths of a CPU.
   *
   * @param amount a whole number above 0.
   */
  public static millis(amount: number): Cpu {
    return Cpu.ofMillis(amount, `${amount}m`);
  }

  /**
   * CPUs.
   *
   * @param amount above 0, with at most three decimal places: `0.5` is the same as 500 millis.
   */
  public static units(amount: number): Cpu {
    return Cpu.ofMillis(amount * 1000, String(amount));
  }

  /**
   * What is wrong with an amount, whoever made it.
   *
   * @param cpu the amount: above 0 and up to 100000 CPUs, in whole millis.
   */
  public static faultsOf(cpu: ICpu): Fault[] {
    // Programs without types pass an amount itself.
    const { amount: given = cpu } = cpu as Partial<ICpu>;
    const amount = given === cpu ? undefined : amountOf(String(given));
    const got = quoted(given);
    if (amount === undefined) {
      return [{ code: 'KEELSON1072', got, allowed: 'an amount of CPU', fix: 'try Cpu.millis(250)' }];
    }
    if (amount.nanos <= 0n) {
      return [{ code: 'KEELSON1070', got, allowed: 'more than 0 CPUs', fix: 'try Cpu.millis(250)' }];
    }
    if (amount.nanos > BigInt(MOST) * NANOS) {
      return [{ code: 'KEELSON1073', got, allowed: `at most ${MOST} CPUs`, fix: "write 'm' for thousandths: 'M' is a million" }];
    }
    if (amount.nanos % MILLI !== 0n) {
      const up = (amount.nanos + MILLI - 1n) / MILLI;
      return [{ code: 'KEELSON1071', got, allowed: 'whole thousandths of a CPU', fix: `try Cpu.millis(${up})` }];
    }
    return [];
  }

  /** Computed fractions such as 0.1 + 0.2 miss their millis by less than a millionth. */
  private static ofMillis(millis: number, written: string): Cpu {
    const whole = Math.round(millis);
    const exact = Number.isFinite(millis) && Math.abs(millis - whole) < 1e-6;
    return new Cpu(exact ? inDecimalUnits(BigInt(whole) * MILLI) : written);
  }

  private constructor(
    /** The amount as the API server stores it: `250m`, `1`, `1500m`; of an amount that can't be, as it was written. */
    public readonly amount: string,
  ) {}
}
