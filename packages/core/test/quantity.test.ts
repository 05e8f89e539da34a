import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cpu, Faults } from '../src';
import { amountOf, bytesFaults, bytesOf, cpuMillis, inDecimalUnits, renderCpu, renderSize, sizeBytes, sizeFaults } from '../src/private/quantity';

const size = (value: Size) => sizeFaults(value).map(fault => Faults.describe('memory', fault));
const text = (value: string) => bytesFaults(value).map(fault => Faults.describe('memory', fault));

describe('quantities as text', () => {
  test.each([
    ['1', 1_000_000_000n], ['1.5', 1_500_000_000n], ['.5', 500_000_000n], ['5.', 5_000_000_000n], ['+1', 1_000_000_000n], [' 1 ', 1_000_000_000n],
    ['-1', -1_000_000_000n], ['100m', 100_000_000n], ['1u', 1000n], ['1n', 1n], ['0.1n', 1n], ['1e3', 1_000_000_000_000n], ['1E-3', 1_000_000n],
    ['1k', 1_000_000_000_000n], ['1Ki', 1_024_000_000_000n], ['1E', 10n ** 27n], ['1Ei', 2n ** 60n * 10n ** 9n], ['0.5Ki', 512_000_000_000n],
  ])("reads '%s'", (written, nanos) => {
    expect(amountOf(written)?.nanos).toBe(nanos);
  });

  test.each(['', ' ', '.', '+', '1K', '1ki', '1e', '1GiB', '10GB', '0x10', '1_000', '1,5', 'm', '1 m', 'NaN', 'Infinity', '1mi', '--1', '１'])("does not read '%s'", (written) => {
    expect([amountOf(written), bytesOf(written), cpuMillis({ amount: written })]).toEqual([undefined, NaN, NaN]);
  });

  test('what is rendered is read as the same, and stays as it is', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 26n }), (nanos) => {
      const written = inDecimalUnits(nanos);
      expect(amountOf(written)).toEqual({ nanos, binary: false });
      expect(written).toMatch(/^\d+[numkMGTPE]?$/);
      expect(written).not.toMatch(/000[numkMGTP]?$/);
    }));
  });
});

describe('bytes as text', () => {
  test.each(['1', '512', '1023', '512Ki', '1Ki', '1536Mi', '1Gi', '10G', '1500k', '1P', '7Ei'])("takes '%s'", (written) => {
    expect(text(written)).toEqual([]);
  });

  test.each([
    ['', "KEELSON1074 'memory' must be a quantity of bytes, got '': write it like '512Mi' or '10Gi'"],
    ['10GB', "KEELSON1074 'memory' must be a quantity of bytes, got '10GB': write '10G' or '10Gi'"],
    ['1GiB', "KEELSON1074 'memory' must be a quantity of bytes, got '1GiB': write '1Gi'"],
    ['1K', "KEELSON1074 'memory' must be a quantity of bytes, got '1K': write '1k' or '1Ki'"],
    ['1ki', "KEELSON1074 'memory' must be a quantity of bytes, got '1ki': write '1Ki'"],
    ['512 MB', "KEELSON1074 'memory' must be a quantity of bytes, got '512 MB': write '512M' or '512Mi'"],
    ['lots', "KEELSON1074 'memory' must be a quantity of bytes, got 'lots': write it like '512Mi' or '10Gi'"],
    ['100m', "KEELSON1075 'memory' must be a whole number of bytes, got '100m': write 'M' or 'Mi' for millions: 'm' is a thousandth"],
    ['0.3Ki', "KEELSON1075 'memory' must be a whole number of bytes, got '0.3Ki': try '308'"],
    ['0', "KEELSON1077 'memory' must be more than 0 bytes, got '0': write it like '512Mi' or '10Gi'"],
    ['-1Gi', "KEELSON1077 'memory' must be more than 0 bytes, got '-1Gi': write it like '512Mi' or '10Gi'"],
    ['1.5Gi', "KEELSON1076 'memory' must be as the API server stores it, got '1.5Gi': write '1536Mi'"],
    ['0.5Mi', "KEELSON1076 'memory' must be as the API server stores it, got '0.5Mi': write '512Ki'"],
    ['1024Mi', "KEELSON1076 'memory' must be as the API server stores it, got '1024Mi': write '1Gi'"],
    ['1000', "KEELSON1076 'memory' must be as the API server stores it, got '1000': write '1k'"],
    ['1e3', "KEELSON1076 'memory' must be as the API server stores it, got '1e3': write '1k'"],
    [' 1Gi', "KEELSON1076 'memory' must be as the API server stores it, got ' 1Gi': write '1Gi'"],
    ['8Ei', "KEELSON1078 'memory' must be below 8 exbibytes, got '8Ei': use a smaller unit"],
  ])("fails for '%s'", (written, message) => {
    expect(text(written)).toEqual([message]);
  });
});

describe('sizes', () => {
  test.each([
    [Size.gibibytes(1.5), '1536Mi'], [Size.mebibytes(1024), '1Gi'], [Size.mebibytes(1536), '1536Mi'], [Size.mebibytes(0.5), '512Ki'],
    [Size.kibibytes(1), '1Ki'], [Size.kibibytes(0.5), '512'], [Size.kibibytes(1.5), '1536'], [Size.kibibytes(15.625), '16k'], [Size.pebibyte(2048), '2Ei'],
  ])('renders %o as %s, which is taken as text', (value, rendered) => {
    expect(renderSize(value)).toBe(rendered);
    expect([...size(value), ...text(rendered)]).toEqual([]);
  });

  test.each([
    [Size.mebibytes(0), "KEELSON1125 'memory' must be a size above 0, got '0Mi': try Size.mebibytes(64)"],
    [Size.mebibytes(NaN), "KEELSON1125 'memory' must be a size above 0, got 'NaNMi': try Size.mebibytes(64)"],
    [Size.gibibytes(1.1), "KEELSON1126 'memory' must be a whole number of bytes, got '1.1Gi': try Size.mebibytes(1127)"],
    [Size.kibibytes(0.3), "KEELSON1126 'memory' must be a whole number of bytes, got '0.3Ki': try Size.kibibytes(1)"],
    [Size.pebibyte(8192), "KEELSON1127 'memory' must be a size below 8 exbibytes, got '8192Pi': use a smaller unit, such as Size.gibibytes(1)"],
    [Size.pebibyte(Infinity), "KEELSON1127 'memory' must be a size below 8 exbibytes, got 'InfinityPi': use a smaller unit, such as Size.gibibytes(1)"],
  ])('fails for %o', (value, message) => {
    expect(size(value)).toEqual([message]);
    expect(typeof renderSize(value)).toBe('string');
  });

  test('takes a byte, and the last size below 8 exbibytes', () => {
    expect([...size(Size.kibibytes(1 / 1024)), ...size(Size.pebibyte(8191))]).toEqual([]);
  });

  test('throws for a negative one, as cdk8s does', () => {
    expect(() => Size.mebibytes(-1)).toThrow('Storage amounts cannot be negative. Received: -1');
  });

  test('rendered sizes are read as the same number of bytes, taken as text, and keep their order', () => {
    const sizes = fc.oneof(
      fc.integer({ min: 1, max: 1e6 }).map(n => Size.kibibytes(n)), fc.integer({ min: 1, max: 1e6 }).map(n => Size.mebibytes(n)),
      fc.integer({ min: 1, max: 1e5 }).map(n => Size.gibibytes(n / 4)),
      fc.integer({ min: 1, max: 1e9 }).map(n => Size.kibibytes(n / 1024)));
    fc.assert(fc.property(sizes, sizes, (a, b) => {
      expect(bytesOf(renderSize(a))).toBe(sizeBytes(a));
      expect([...size(a), ...text(renderSize(a))]).toEqual([]);
      expect(Math.sign(bytesOf(renderSize(a)) - bytesOf(renderSize(b)))).toBe(Math.sign(sizeBytes(a) - sizeBytes(b)));
    }));
  });
});

describe('CPU', () => {
  test.each([['0.5', '500m', 500], ['1.5', '1500m', 1500], ['250m', '250m', 250], ['1000m', '1', 1000], ['1000', '1k', 1_000_000], ['2', '2', 2000]])(
    "renders '%s' as %s", (amount, rendered, millis) => {
      expect([renderCpu({ amount }), cpuMillis({ amount }), cpuMillis({ amount: rendered })]).toEqual([rendered, millis, millis]);
    });

  test('leaves what cannot be read as it is, for its fault to say so', () => {
    expect(renderCpu({ amount: 'half' })).toBe('half');
  });

  test('rendering keeps order', () => {
    const amounts = fc.integer({ min: 1, max: 1e8 });
    fc.assert(fc.property(amounts, amounts, (a, b) => {
      const [one, other] = [Cpu.millis(a), Cpu.millis(b)];
      expect(Math.sign(cpuMillis(one) - cpuMillis(other))).toBe(Math.sign(a - b));
      expect(renderCpu(one)).toBe(one.amount);
    }));
  });
});
