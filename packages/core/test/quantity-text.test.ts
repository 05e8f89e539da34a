import { Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cpu, Quantity } from '../src';

describe('Quantity', () => {
  test('is written as the API server stores it', () => {
    expect(['1500m', '0.5', '1024Mi', '1.5Gi', '1e3', '0', '1000', '2048'].map(text => Quantity.parse(text).text)).toEqual(['1500m', '500m', '1Gi', '1536Mi', '1k', '0', '1k', '2048']);
    expect(Quantity.ofSize(Size.gibibytes(3)).text).toBe('3Gi');
    expect(Quantity.ofCpu(Cpu.millis(2500)).text).toBe('2500m');
    expect(Quantity.ofCount(12).text).toBe('12');
  });

  test('is added up, multiplied and compared', () => {
    expect(Quantity.ofSize(Size.gibibytes(1)).plus(Quantity.parse('512Mi')).text).toBe('1536Mi');
    expect(Quantity.parse('100m').times(3).text).toBe('300m');
    expect(Quantity.parse('100m').max(Quantity.parse('1')).text).toBe('1');
    expect(Quantity.parse('1').max(Quantity.parse('100m')).text).toBe('1');
    expect(Quantity.parse('2Gi').value).toBe(2 * 1024 ** 3);
    expect([Quantity.parse('1.001').exceeds(Quantity.parse('1')), Quantity.parse('1').exceeds(Quantity.parse('1'))]).toEqual([true, false]);
  });

  test('says what it can not read', () => {
    expect(Quantity.parse('10GB')).toMatchObject({ text: '0', faults: [{ code: 'KEELSON1079', got: "'10GB'", allowed: 'a quantity', fix: "write it like '500m', '2' or '512Mi'" }] });
    expect(Quantity.parse('1').plus(Quantity.parse('x')).faults).toHaveLength(1);
    expect(Quantity.faultsOfSize(Size.gibibytes(0))).toMatchObject([{ code: 'KEELSON1125' }]);
  });

  test('has one canonical form, which is read as the same amount, and adds up in any order', () => {
    const amount = fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom('', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi')).map(([number, unit]) => Quantity.parse(`${number}${unit}`));
    fc.assert(fc.property(amount, amount, fc.integer({ min: 0, max: 50 }), (one, other, count) => {
      expect(Quantity.parse(one.text).text).toBe(one.text);
      expect(one.plus(other).text).toBe(other.plus(one).text);
      expect(one.plus(other).value / Math.max(one.value + other.value, 1e-3)).toBeCloseTo(one.value + other.value === 0 ? 0 : 1, 6);
      const sum = Array.from({ length: count }, () => one).reduce((all, each) => all.plus(each), one.times(0));
      expect(sum.text).toBe(one.times(count).text);
    }));
  });
});
