import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Faults } from '../src';
import { durationFaults, wholeSeconds } from '../src/private/duration';

const faultsOf = (duration: Duration, from = 1, to = 600) => durationFaults(duration, { from, to }).map(fault => Faults.describe('period', fault));

describe('durations', () => {
  test.each([[Duration.seconds(1), 1], [Duration.minutes(10), 600], [Duration.millis(2000), 2], [Duration.minutes(0.5), 30]])(
    'are taken in whole seconds: %o', (duration, seconds) => {
      expect([wholeSeconds(duration), faultsOf(duration)]).toEqual([seconds, []]);
    });

  test.each([
    [Duration.seconds(0), "KEELSON1121 'period' must be at least 1 s, got 0 s: try Duration.seconds(1)"],
    [Duration.millis(500), "KEELSON1121 'period' must be at least 1 s, got 0.5 s: try Duration.seconds(1)"],
    [Duration.seconds(601), "KEELSON1122 'period' must be at most 600 s, got 601 s: try Duration.seconds(600)"],
    [Duration.days(1), "KEELSON1122 'period' must be at most 600 s, got 86400 s: try Duration.seconds(600)"],
    [Duration.millis(1500), "KEELSON1123 'period' must be whole seconds, got 1.5 s: try Duration.seconds(2)"],
    [Duration.seconds(NaN), "KEELSON1120 'period' must be a number of seconds, got NaN s: try Duration.seconds(1)"],
  ])('fails for %o', (duration, message) => {
    expect(faultsOf(duration)).toEqual([message]);
  });

  test('go up to what an int32 holds where no upper limit is given', () => {
    const upTo = (seconds: number) => durationFaults(Duration.seconds(seconds), { from: 0 }).map(fault => fault.code);
    expect([upTo(0), upTo(2147483647), upTo(2147483648)]).toEqual([[], [], ['KEELSON1122']]);
  });

  test('throw when negative, as cdk8s does', () => {
    expect(() => Duration.seconds(-1)).toThrow('Duration amounts cannot be negative. Received: -1');
  });

  test('are the same in any unit', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), (minutes) => {
      expect(wholeSeconds(Duration.minutes(minutes))).toBe(wholeSeconds(Duration.millis(minutes * 60000)));
    }));
  });
});
