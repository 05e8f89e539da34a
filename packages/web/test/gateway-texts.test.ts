import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exposure, PathType } from '../src';
import { durationText } from '../src/private/gateway-api/filters';
import { methodFaults } from '../src/private/gateway-api/matches';

/** As the CustomResourceDefinitions have it. */
const DURATION = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;
const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

describe('X7 durations of the Gateway API', () => {
  test('are what was said, in a form that it takes', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99_999 * 3_600_000 }), (milliseconds) => {
      const text = durationText(Duration.millis(milliseconds));
      expect(text).toMatch(DURATION);
      const parts = [...text.matchAll(/([0-9]+)(h|ms|m|s)/g)].map(([, count, unit = '']) => Number(count) * (UNITS[unit] ?? 0));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(milliseconds);
    }));
  });
});

describe('X7 methods of gRPC', () => {
  const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/);

  test('any service and method is taken in its form, and in no other', () => {
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), word, (service, method) => {
      const path = `/${service.join('.')}`;
      const faultsOf = (options: { path: string; pathType?: PathType }) => methodFaults(Exposure.https('shop.example.com', options));
      expect(faultsOf({ path })).toEqual([]);
      expect(faultsOf({ path: `${path}/${method}`, pathType: PathType.EXACT })).toEqual([]);
      expect(faultsOf({ path, pathType: PathType.EXACT })).toHaveLength(1);
      expect(faultsOf({ path: `${path}/${method}` })).toHaveLength(1);
      expect(faultsOf({ path: `${path}.` })).toHaveLength(1);
    }));
  });
});
