import { Fault } from '../faults';
import { quoted } from './quoted';

/** The highest number that the API takes in most fields. */
export const INT32 = 2147483647;

/** What is wrong with a number that must be an integer from `from` to `to`. */
export function integerFaults(code: string, member: string | undefined, value: number, from: number, to: number, fix: string): Fault[] {
  return Number.isInteger(value) && value >= from && value <= to ? [] : [{
    code, ...(member === undefined ? {} : { member }), got: quoted(value), fix,
    allowed: to === INT32 ? `an integer from ${from}` : `an integer from ${from} to ${to}`,
  }];
}
