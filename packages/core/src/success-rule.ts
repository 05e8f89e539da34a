import { Fault } from './faults';
import { INT32, integerFaults } from './private/integer';
import { quoted } from './private/quoted';

/** Options for `SuccessRule.indexes`. */
export interface SuccessIndexesOptions {
  /**
   * How many of these indexes are enough, from 1 on.
   *
   * @default - all of them.
   */
  readonly count?: number;
}

/**
 * When an indexed Job has succeeded though not all of its indexes have.
 *
 * ```ts
 * const leader = SuccessRule.indexes('0');
 * const majority = SuccessRule.count(3);
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy
 */
export class SuccessRule {
  /**
   * So many indexes, whichever.
   *
   * @param count how many, from 1 to the Job's `completions`.
   */
  public static count(count: number): SuccessRule {
    return new SuccessRule(undefined, count);
  }

  /**
   * These indexes, or some of them.
   *
   * @param indexes rising indexes and ranges, such as `0,2-4`.
   * @param options how many of them.
   */
  public static indexes(indexes: string, options: SuccessIndexesOptions = {}): SuccessRule {
    return new SuccessRule(indexes, options.count);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private readonly total: number | undefined;
  private readonly last: number;

  private constructor(private readonly succeededIndexes: string | undefined, private readonly succeededCount: number | undefined) {
    const intervals = succeededIndexes === undefined ? [] : intervalsOf(succeededIndexes);
    this.total = succeededIndexes === undefined ? undefined : intervals?.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    this.last = intervals?.at(-1)?.[1] ?? -1;
    this.faults = [
      ...(intervals !== undefined ? [] : [{
        code: 'KEELSON1519', member: 'indexes', got: quoted(succeededIndexes), allowed: 'rising indexes and ranges, with commas between', fix: "write them like '0,2-4'",
      }]),
      ...(succeededCount === undefined ? [] : integerFaults('KEELSON1520', 'count', succeededCount, 1, INT32, 'count from 1 on')),
    ];
  }

  /** What is wrong with it in a Job of so many completions. @internal */
  public _faultsAmong(completions: number): Fault[] {
    if (this.faults.length > 0) {
      return [];
    }
    const most = this.total ?? completions;
    return [
      ...(this.last < completions ? [] : [{
        code: 'KEELSON1519', member: 'indexes', got: quoted(this.succeededIndexes), allowed: `indexes below the completions, ${completions}`,
        fix: `the last index is ${completions - 1}`,
      }]),
      ...(this.succeededCount === undefined || this.succeededCount <= most ? []
        : integerFaults('KEELSON1520', 'count', this.succeededCount, 1, most, 'there are no more indexes that could succeed')),
    ];
  }

  /** @internal */
  public _render(): object {
    return { succeededIndexes: this.succeededIndexes, succeededCount: this.succeededCount };
  }
}

/** First and last index of each part; undefined where the text isn't as the API server wants it. */
function intervalsOf(text: string): [number, number][] | undefined {
  const intervals = String(text).split(',').map((part): [number, number] => {
    const [, from, to] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to ?? from)];
    return [first, to === undefined || last > first ? last : NaN];
  });
  return intervals.every(([from, to], at) => from > (intervals[at - 1]?.[1] ?? -1) && to >= from) ? intervals : undefined;
}
