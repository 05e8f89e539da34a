import { Fault } from '@keelson/core';
import { Duration } from 'cdk8s';
import { INT32, isInt32From } from './integer';
import { shown } from './made';

/** The seconds of a duration; not a number where it is none. */
export function secondsOf(duration: Duration): number {
  return typeof duration?.toSeconds === 'function' ? duration.toSeconds({ integral: false }) : NaN;
}

/** What is wrong with a duration that the API counts in whole seconds; left out is fine. */
export function secondsFaults(code: string, member: string, duration: Duration | undefined, lowest: number, example: string): Fault[] {
  const seconds = duration === undefined ? lowest : secondsOf(duration);
  return isInt32From(lowest, seconds) ? [] : [{
    code, member, got: Number.isNaN(seconds) ? shown(duration) : `${seconds} s`, allowed: `whole seconds from ${lowest} to ${INT32}`, fix: `try ${example}`,
  }];
}
