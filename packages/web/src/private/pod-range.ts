import { Fault } from '@keelson/core';
import { INT32, isInt32From } from './integer';

/** What is wrong with the fewest and the most pods. */
export function podRangeFaults(min: number, max: number, lowest: 0 | 1): Fault[] {
  return [
    ...countFaults('min', min, lowest),
    ...countFaults('max', max, 1),
    ...(min > max ? [{ code: 'KEELSON2057', member: 'max', got: `${max}`, allowed: `at least min, ${min}`, fix: 'swap the two, or raise max' }] : []),
  ];
}

function countFaults(member: string, count: number, lowest: number): Fault[] {
  return isInt32From(lowest, count) ? [] : [{
    code: 'KEELSON2056', member, got: `${count}`, allowed: `an integer from ${lowest} to ${INT32}`,
    fix: `give a number of pods${count === 0 && member === 'min' ? '; to scale to none, use Scaling.onTriggers(…), which needs KEDA' : ''}`,
  }];
}
