import { Fault } from '../faults';
import { quoted } from './quoted';

/** What a value of one of our classes carries. */
interface Value {
  readonly faults: Fault[];
}

/** Whether a factory of its class has made it; programs without types may give anything. */
export function isMade(value: unknown): value is Value {
  return Array.isArray((value as Partial<Value> | null | undefined)?.faults);
}

/** That a value was never made; what is wrong with one that was, it says itself. */
export function unmadeFaults(value: unknown, className: string, factory: string): Fault[] {
  return isMade(value) ? [] : [otherType(value, `a value of ${className}`, `use ${className}.${factory}`)];
}

/** What is wrong with a value: what it says itself, or that it was never made. */
export function madeFaults(value: unknown, className: string, factory: string): Fault[] {
  return isMade(value) ? value.faults : unmadeFaults(value, className, factory);
}

/** The fault of what isn't of its type. */
export function otherType(value: unknown, allowed: string, fix: string, member?: string): Fault {
  return { code: 'KEELSON1587', ...(member === undefined ? {} : { member }), got: quoted(value), allowed, fix };
}

/** What is wrong with what should be true or false; left out is fine. */
export function flagFaults(value: unknown): Fault[] {
  return value === undefined || typeof value === 'boolean' ? [] : [otherType(value, 'true or false', 'write it without quotes')];
}

/** What is wrong with what should be a list; left out is fine. */
export function listFaults(value: unknown, of: string, fix: string, member?: string): Fault[] {
  return value === undefined || Array.isArray(value) ? [] : [otherType(value, `a list of ${of}`, fix, member)];
}
