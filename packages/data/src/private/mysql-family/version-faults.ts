import { Fault } from '@keelson/core';
import { shown } from '../made';

/** What is wrong with the name of a series: two numbers, since servers of different ones don't share data. */
export function seriesFaults(series: string, example: string): Fault[] {
  return typeof series === 'string' && /^(?:[89]|[1-9]\d)\.(?:0|[1-9]\d?)$/.test(series) ? [] : [{
    code: 'KEELSON3050', member: 'series', got: shown(series), allowed: 'a series from 8.0 on, of two numbers', fix: `write it like '${example}'`,
  }];
}
