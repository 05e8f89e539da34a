import { Size, SizeRoundingBehavior } from 'cdk8s';
import { Fault } from '@keelson/core';
import { shown } from './made';

const DECIMAL = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Autoscalers count in thousandths; more of them a number can't hold. */
const MOST = 9_000_000_000_000;

/** An amount as the API server stores it: `500m`, `20`, `2k`. */
export function decimalQuantity(amount: number): string {
  return inUnits(Number.isFinite(amount) ? Math.round(amount * 1000) : 0, 1000, DECIMAL);
}

/** The bytes of a size; not a number where it is none. */
export function bytesOf(size: Size): number {
  return typeof size?.toKibibytes === 'function' ? size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024 : NaN;
}

/** Bytes as the API server stores them: `512Mi`. */
export function binaryQuantity(size: Size): string {
  const bytes = bytesOf(size);
  return bytes % 1024 === 0 ? inUnits(bytes, 1024, BINARY) : decimalQuantity(bytes);
}

/** What is wrong with an amount of something that is measured: autoscalers know nothing finer than a thousandth. */
export function amountFaults(amount: number): Fault[] {
  const thousandths = amount * 1000;
  const isFine = amount >= 0.001 && amount <= MOST && Math.abs(thousandths - Math.round(thousandths)) < 1e-6 * Math.max(1, amount);
  return isFine ? [] : [{
    code: 'KEELSON2081', got: `${amount}`, allowed: `from 0.001 to ${MOST}, with at most three decimal places`, fix: 'give the amount that one pod, or all, should have',
  }];
}

/** What is wrong with a size of memory: bytes are an int64, and whole. */
export function sizeFaults(size: Size): Fault[] {
  const bytes = bytesOf(size);
  return bytes > 0 && bytes < 2 ** 63 && Number.isInteger(bytes) ? [] : [{
    code: 'KEELSON2081', got: Number.isNaN(bytes) ? shown(size) : size.asString(), allowed: 'a whole number of bytes above 0 and below 8 exbibytes', fix: 'try Size.mebibytes(512)',
  }];
}

function inUnits(amount: number, step: number, units: string[]): string {
  let value = amount;
  let unit = 0;
  while (value !== 0 && value % step === 0 && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return value === 0 ? '0' : `${value}${units[unit]}`;
}
