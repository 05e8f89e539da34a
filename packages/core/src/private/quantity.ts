import { Size, SizeRoundingBehavior } from 'cdk8s';
import type { ICpu } from '../cpu';
import { Fault } from '../faults';
import { quoted } from './quoted';

/**
 * Quantities as the API server reads, stores and compares them.
 *
 * It stores each in one canonical form (`1536Mi` for `1.5Gi`, `500m` for `0.5`): a manifest with another form differs
 * from the cluster for ever. It rounds what is finer than a milli up, and takes `100m` of memory for a tenth of a byte.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

/** Billionths in one: the finest unit a quantity may have. */
export const NANOS = 1_000_000_000n;

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Bytes are an int64. */
const TOO_MANY_BYTES = 2n ** 63n;

/** A quantity read from text. */
export interface Amount {
  /** Billionths, rounded up, as the API server rounds. */
  readonly nanos: bigint;
  /** Whether it was written with a power of 1024, and is stored so. */
  readonly binary: boolean;
}

/** As most are written: whole cores and thousandths. */
const USUAL = /^([1-9]\d{0,2})(m?)$/;

/** Reads a quantity in any form the API server reads; none where it reads none. */
export function amountOf(text: string): Amount | undefined {
  const [, digitsOnly, milli] = USUAL.exec(text) ?? [];
  if (digitsOnly !== undefined) {
    return { nanos: BigInt(Number(digitsOnly) * (milli === 'm' ? 1e6 : 1e9)), binary: false };
  }
  const match = /^([+-]?)(\d+)?(?:\.(\d*))?(?:(n|u|m|k|[MGTPE]i?|Ki)|[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  const [, sign, whole = '', fraction = '', suffix = '', exponent] = match ?? [];
  if (match === null || whole + fraction === '') {
    return undefined;
  }
  const binary = suffix.endsWith('i');
  const digits = BigInt(whole + fraction) * (binary ? 1024n ** BigInt(BINARY.indexOf(suffix)) : 1n);
  const power = exponent !== undefined ? Number(exponent) : binary ? 0 : (DECIMAL.indexOf(suffix) - DECIMAL.indexOf('')) * 3;
  const shift = 9 - fraction.length + power;
  const ten = 10n ** BigInt(Math.abs(shift));
  const magnitude = shift >= 0 ? digits * ten : (digits + ten - 1n) / ten;
  return { nanos: sign === '-' ? -magnitude : magnitude, binary };
}

/** The canonical form with a power of 1000: `1500m`, `2`, `1k`. */
export function inDecimalUnits(nanos: bigint): string {
  if (nanos === 0n) {
    return '0';
  }
  let value = nanos;
  let unit = 0;
  while (value % 1000n === 0n && unit < DECIMAL.length - 1) {
    value /= 1000n;
    unit += 1;
  }
  return `${value}${DECIMAL[unit]}`;
}

/** The canonical form of bytes with a power of 1024 where it has one: `1536Mi`, `1Gi`, `500`. */
export function inBinaryUnits(bytes: bigint): string {
  if (bytes === 0n || bytes % 1024n !== 0n) {
    return inDecimalUnits(bytes * NANOS);
  }
  let value = bytes;
  let unit = 0;
  while (value % 1024n === 0n && unit < BINARY.length - 1) {
    value /= 1024n;
    unit += 1;
  }
  return `${value}${BINARY[unit]}`;
}

/** The same of what a number can say. */
function wholeInBinaryUnits(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value % 1024 === 0 && unit < BINARY.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value}${BINARY[unit]}`;
}

/** Thousandths of a CPU, to compare; NaN where the amount can't be read. */
export function cpuMillis(cpu: ICpu): number {
  const amount = amountOf(String(cpu.amount));
  return amount === undefined ? NaN : Number(amount.nanos) / 1e6;
}

/** The amount as the API server stores it, whoever made it; as it is where it can't be read. */
export function renderCpu(cpu: ICpu): string {
  if (typeof cpu.amount === 'string' && USUAL.test(cpu.amount)) {
    return cpu.amount;
  }
  const amount = amountOf(String(cpu.amount));
  return amount === undefined ? cpu.amount : inDecimalUnits(amount.nanos);
}

/** Bytes of a `Size`, to compare; not whole where the size isn't, and no number where it is none. */
export function sizeBytes(size: Size): number {
  return isSize(size) ? size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024 : NaN;
}

/** JavaScript may leave it out, or pass a text. */
function isSize(size: Size | undefined): boolean {
  return typeof size?.toKibibytes === 'function';
}

/** The size as the API server stores it; fractions of a byte, which `sizeFaults` reports, are rounded up. */
export function renderSize(size: Size): string {
  const bytes = Math.ceil(sizeBytes(size));
  if (Number.isSafeInteger(bytes) && bytes > 0 && bytes % 1024 === 0) {
    return wholeInBinaryUnits(bytes);
  }
  return Number.isFinite(bytes) ? inBinaryUnits(BigInt(bytes)) : quoted(isSize(size) ? size.asString() : size);
}

/**
 * What is wrong with a size: it must be above 0 and a whole number of bytes. (`Size` itself throws for negative ones,
 * the one exception to the rule that values don't throw.)
 */
export function sizeFaults(size: Size): Fault[] {
  const bytes = sizeBytes(size);
  const got = quoted(isSize(size) ? size.asString() : size);
  if (!(bytes > 0)) {
    return [{ code: 'KEELSON1125', got, allowed: 'a size above 0', fix: 'try Size.mebibytes(64)' }];
  }
  if (bytes >= Number(TOO_MANY_BYTES)) {
    return [{ code: 'KEELSON1127', got, allowed: 'a size below 8 exbibytes', fix: 'use a smaller unit, such as Size.gibibytes(1)' }];
  }
  if (!Number.isInteger(bytes)) {
    return [{ code: 'KEELSON1126', got, allowed: 'a whole number of bytes', fix: wholeSizeNear(bytes) }];
  }
  return [];
}

/**
 * What is wrong with a quantity of bytes given as text, in files and in values made elsewhere: it must be read by the API
 * server, be above 0 and whole, and be stored as it is written.
 */
export function bytesFaults(text: string): Fault[] {
  const amount = amountOf(text);
  const got = quoted(text);
  if (amount === undefined) {
    return [{ code: 'KEELSON1074', got, allowed: 'a quantity of bytes', fix: readable(text) ?? "write it like '512Mi' or '10Gi'" }];
  }
  if (amount.nanos <= 0n) {
    return [{ code: 'KEELSON1077', got, allowed: 'more than 0 bytes', fix: "write it like '512Mi' or '10Gi'" }];
  }
  if (amount.nanos % NANOS !== 0n) {
    return [{
      code: 'KEELSON1075', got, allowed: 'a whole number of bytes',
      fix: text.endsWith('m') ? "write 'M' or 'Mi' for millions: 'm' is a thousandth" : `try '${inBinaryUnits(amount.nanos / NANOS + 1n)}'`,
    }];
  }
  if (amount.nanos / NANOS >= TOO_MANY_BYTES) {
    return [{ code: 'KEELSON1078', got, allowed: 'below 8 exbibytes', fix: 'use a smaller unit' }];
  }
  const stored = amount.binary ? inBinaryUnits(amount.nanos / NANOS) : inDecimalUnits(amount.nanos);
  return stored === text ? [] : [{ code: 'KEELSON1076', got, allowed: 'as the API server stores it', fix: `write '${stored}'` }];
}

/** Bytes of a quantity given as text, to compare; NaN where it can't be read. */
export function bytesOf(text: string): number {
  const amount = amountOf(text);
  return amount === undefined ? NaN : Number(amount.nanos) / Number(NANOS);
}

/** What was meant by `10GB`, `1GiB`, `1K`, `1ki`. */
function readable(text: string): string | undefined {
  const [, number, unit, binary] = /^\s*(\d+)\s*([kmgtpe])(i?)b?\s*$/i.exec(text) ?? [];
  if (number === undefined || unit === undefined) {
    return undefined;
  }
  const letter = unit.toUpperCase();
  return binary !== '' ? `write '${number}${letter}i'` : `write '${number}${letter === 'K' ? 'k' : letter}' or '${number}${letter}i'`;
}

function wholeSizeNear(bytes: number): string {
  const mebibytes = Math.ceil(bytes / 1024 ** 2);
  return bytes >= 1024 ** 2 ? `try Size.mebibytes(${mebibytes})` : `try Size.kibibytes(${Math.ceil(bytes / 1024)})`;
}
