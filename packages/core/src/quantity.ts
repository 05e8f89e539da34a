import { Size } from 'cdk8s';
import { ICpu } from './cpu';
import { Fault } from './faults';
import { amountOf, inBinaryUnits, inDecimalUnits, NANOS, renderCpu, renderSize, sizeFaults } from './private/quantity';
import { quoted } from './private/quoted';

/**
 * An amount as Kubernetes writes it, of CPU, bytes, or things that are counted: for authors of constructs who add amounts up, or compare
 * them.
 *
 * ```ts
 * Quantity.ofSize(Size.gibibytes(1)).plus(Quantity.parse('512Mi')).text; // 1536Mi
 * ```
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export class Quantity {
  /**
   * An amount of bytes; `faultsOfSize` says what is wrong with it.
   *
   * @param size the bytes.
   */
  public static ofSize(size: Size): Quantity {
    return Quantity.parse(renderSize(size));
  }

  /**
   * An amount of CPU; `Cpu.faultsOf` says what is wrong with it.
   *
   * @param cpu the amount.
   */
  public static ofCpu(cpu: ICpu): Quantity {
    return Quantity.parse(renderCpu(cpu));
  }

  /**
   * A number of things.
   *
   * @param count a whole number.
   */
  public static ofCount(count: number): Quantity {
    return Quantity.parse(String(count));
  }

  /**
   * An amount in any form that the API server reads. What it doesn't read is 0, and has a fault.
   *
   * @param text the amount, such as `1500m`, `2`, `1.5Gi`, `1e3`.
   */
  public static parse(text: string): Quantity {
    const amount = amountOf(String(text));
    return amount === undefined
      ? new Quantity(0n, false, [{ code: 'KEELSON1079', got: quoted(text), allowed: 'a quantity', fix: "write it like '500m', '2' or '512Mi'" }])
      : new Quantity(amount.nanos, amount.binary, []);
  }

  /**
   * What is wrong with an amount of bytes.
   *
   * @param size the bytes: above 0, whole, and below 8 exbibytes.
   */
  public static faultsOfSize(size: Size): Fault[] {
    return sizeFaults(size);
  }

  private readonly nanos: bigint;
  private readonly isBinary: boolean;

  private constructor(
    nanos: bigint, isBinary: boolean,
    /** What is wrong with it. */
    public readonly faults: Fault[],
  ) {
    this.nanos = nanos;
    this.isBinary = isBinary;
  }

  /** The canonical form, as the API server stores it: `1500m`, `2`, `1536Mi`. */
  public get text(): string {
    return this.isBinary && this.nanos % NANOS === 0n ? inBinaryUnits(this.nanos / NANOS) : inDecimalUnits(this.nanos);
  }

  /** The amount as a number, to compare: CPUs, bytes, things. Beyond 9 * 10^15 not to the last digit. */
  public get value(): number {
    return Number(this.nanos) / Number(NANOS);
  }

  /**
   * Both together, exactly.
   *
   * @param other what is added.
   */
  public plus(other: Quantity): Quantity {
    return new Quantity(this.nanos + other.nanos, this.isBinary || other.isBinary, [...this.faults, ...other.faults]);
  }

  /**
   * So many of it, exactly.
   *
   * @param count a whole number.
   */
  public times(count: number): Quantity {
    return new Quantity(this.nanos * BigInt(Math.round(count)), this.isBinary, this.faults);
  }

  /**
   * The larger of both.
   *
   * @param other what it is compared with.
   */
  public max(other: Quantity): Quantity {
    return other.nanos > this.nanos ? other : this;
  }

  /**
   * Whether it is more than another, to the last digit.
   *
   * @param other what it is compared with.
   */
  public exceeds(other: Quantity): boolean {
    return this.nanos > other.nanos;
  }
}
