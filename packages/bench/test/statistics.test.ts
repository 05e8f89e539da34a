import { describe, expect, test } from 'vitest';
import { inTurn, roundsFor } from '../src/measure/in-turn.js';
import { parseTimes, type ProcessRun } from '../src/measure/process-run.js';
import { median, pairedRatio } from '../src/measure/statistics.js';

const took = (wallMs: number): ProcessRun => ({ wallMs, cpuMs: wallMs, stdout: '' });

describe('medians and ratios', () => {
  test('the median is the middle one, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('median of nothing');
  });

  test('a ratio is of neighbouring runs, so that a busy minute changes nothing', () => {
    expect(pairedRatio([10, 20, 400], [5, 10, 200])).toBe(2);
    expect(pairedRatio([10, 10, 1000], [5, 5, 5])).toBe(2);
  });

  test('a side with fewer runs is compared run by run', () => {
    expect(pairedRatio([30, 60], [10])).toBe(3);
    expect(pairedRatio([30], [10, 1])).toBe(3);
  });
});

describe('runs in turn', () => {
  test('contenders alternate', async () => {
    const order: string[] = [];
    const contender = (name: string) => ({ name, run: () => {
      order.push(name);
      return Promise.resolve(took(39_999));
    } });
    const runs = await inTurn([contender('a'), contender('b')], false);
    expect(order.join('')).toBe('ababab');
    expect([...runs].map(([name, all]) => [name, all.length])).toEqual([['a', 3], ['b', 3]]);
  });

  test('what took longer than the limit is not run again, the others are', async () => {
    let tries = 0;
    const slow = { name: 'slow', run: () => {
      tries++;
      return Promise.resolve(undefined);
    } };
    const runs = await inTurn([slow, { name: 'fast', run: () => Promise.resolve(took(4_000)) }], false);
    expect(tries).toBe(1);
    expect(runs.get('slow')).toEqual([]);
    expect(runs.get('fast')).toHaveLength(7);
  });

  test('what takes long is run less often, three times at least, in a smoke run once', () => {
    expect([999, 1_000, 4_999, 5_000, 100_000].map(ms => roundsFor(ms, false))).toEqual([15, 7, 7, 3, 3]);
    expect([39_999, 40_000].map(ms => roundsFor(ms, false, 1))).toEqual([3, 1]);
    expect(roundsFor(1, true)).toBe(1);
  });

  test('the shell says wall, user and system time in seconds, in any locale', () => {
    expect(parseTimes('0.103 0.089 0.012\n')).toEqual({ wallMs: 103, cpuMs: 101 });
    expect(parseTimes('1,5 1,0 0,25')).toEqual({ wallMs: 1500, cpuMs: 1250 });
    expect(() => parseTimes('bash: no')).toThrow('the shell\'s account can\'t be read: bash: no');
  });
});
