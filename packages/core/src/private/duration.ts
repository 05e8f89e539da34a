import { Duration } from 'cdk8s';
import { Fault } from '../faults';

/** The seconds that a field of Kubernetes takes. */
export interface SecondsRange {
  /** The fewest seconds allowed. */
  readonly from: number;
  /** The most seconds allowed; 2147483647, what an int32 holds, where it isn't given. */
  readonly to?: number;
}

const INT32 = 2147483647;

/** The duration in seconds, as Kubernetes has it; what isn't whole, and `durationFaults` reports, is rounded up. */
export function wholeSeconds(duration: Duration): number {
  return Math.ceil(seconds(duration));
}

/**
 * What is wrong with a duration: it must be whole seconds within a range. (`Duration` itself throws for negative ones, the
 * one exception to the rule that values don't throw.)
 */
export function durationFaults(duration: Duration, range: SecondsRange): Fault[] {
  const exact = seconds(duration);
  const to = range.to ?? INT32;
  const got = `${exact} s`;
  if (Number.isNaN(exact)) {
    return [{ code: 'KEELSON1120', got, allowed: 'a number of seconds', fix: `try Duration.seconds(${range.from})` }];
  }
  if (exact < range.from) {
    return [{ code: 'KEELSON1121', got, allowed: `at least ${range.from} s`, fix: `try Duration.seconds(${range.from})` }];
  }
  if (exact > to) {
    return [{ code: 'KEELSON1122', got, allowed: `at most ${to} s`, fix: `try Duration.seconds(${to})` }];
  }
  if (!Number.isInteger(exact)) {
    return [{ code: 'KEELSON1123', got, allowed: 'whole seconds', fix: `try Duration.seconds(${Math.ceil(exact)})` }];
  }
  return [];
}

/** Thousandths of a second are exact enough: `Duration.seconds(0.1 + 0.2)` is 0.3 s. */
function seconds(duration: Duration): number {
  const millis = duration.toMilliseconds({ integral: false });
  return Math.round(millis * 1000) / 1e6;
}
