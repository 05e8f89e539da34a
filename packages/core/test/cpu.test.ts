import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cpu, Faults, type ICpu } from '../src';

const faultsOf = (cpu: ICpu) => Cpu.faultsOf(cpu).map(fault => Faults.describe('cpu', fault));

describe('Cpu: amounts', () => {
  test.each([
    [Cpu.millis(1), '1m'], [Cpu.millis(250), '250m'], [Cpu.millis(1000), '1'], [Cpu.millis(1500), '1500m'], [Cpu.units(0.5), '500m'], [Cpu.units(2), '2'],
    [Cpu.units(0.001), '1m'], [Cpu.units(1.1), '1100m'], [Cpu.units(0.1 + 0.2), '300m'], [Cpu.units(1000), '1k'], [Cpu.units(100_000), '100k'],
  ])('are written as the API server stores them: %o', (cpu, amount) => {
    expect(cpu.amount).toBe(amount);
    expect(faultsOf(cpu)).toEqual([]);
  });

  test('millis and units agree', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e8 }), (millis) => {
      expect(Cpu.units(millis / 1000)).toEqual(Cpu.millis(millis));
      expect(faultsOf(Cpu.millis(millis))).toEqual([]);
    }));
  });
});

describe('Cpu: validation', () => {
  const notPositive = (got: string) => `KEELSON1070 'cpu' must be more than 0 CPUs, got '${got}': try Cpu.millis(250)`;
  const tooMuch = (got: string) => `KEELSON1073 'cpu' must be at most 100000 CPUs, got '${got}': write 'm' for thousandths: 'M' is a million`;
  const notAnAmount = (got: string) => `KEELSON1072 'cpu' must be an amount of CPU, got '${got}': try Cpu.millis(250)`;
  const notWhole = (got: string, better: number) => `KEELSON1071 'cpu' must be whole thousandths of a CPU, got '${got}': try Cpu.millis(${better})`;

  test.each([
    [Cpu.millis(0), notPositive('0')],
    [Cpu.units(0), notPositive('0')],
    [Cpu.millis(-5), notPositive('-5m')],
    [Cpu.units(-1), notPositive('-1')],
    [Cpu.millis(0.5), notWhole('0.5m', 1)],
    [Cpu.units(0.0005), notWhole('0.0005', 1)],
    [Cpu.units(0.2501), notWhole('0.2501', 251)],
    [Cpu.millis(NaN), notAnAmount('NaNm')],
    [Cpu.units(Infinity), notAnAmount('Infinity')],
    [Cpu.millis(100_000_001), tooMuch('100000001m')],
  ])('fails for %o', (cpu, message) => {
    expect(faultsOf(cpu)).toEqual([message]);
  });

  test.each(['0.5', '250m', '1', '1e3', '.5', '2k'])("takes '%s' made elsewhere", (amount) => {
    expect(faultsOf({ amount })).toEqual([]);
  });

  test.each([
    ['1M', tooMuch('1M')], ['0', notPositive('0')], ['', notAnAmount('')], ['half', notAnAmount('half')], ['1u', notWhole('1u', 1)], ['1K', notAnAmount('1K')],
  ])("fails for '%s' made elsewhere", (amount, message) => {
    expect(faultsOf({ amount })).toEqual([message]);
  });
});

test('an amount that is no Cpu is shown as it was given', () => {
  expect(['100m', 2].map(given => Cpu.faultsOf(given as never))).toEqual(["'100m'", '2'].map(got => [
    { code: 'KEELSON1072', got, allowed: 'an amount of CPU', fix: 'try Cpu.millis(250)' }]));
});
