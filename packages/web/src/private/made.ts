import { Fault, Faults } from '@keelson/core';

/** What a value of one of our classes carries. */
interface Value {
  readonly faults: Fault[];
}

/** The value, if a factory of its class has made it; JavaScript lets users give anything. */
export function made<T extends Value>(value: T | undefined): T | undefined {
  return isMade(value) ? value : undefined;
}

/** What is wrong with a value: what it says itself, or that it was never made. Left out is fine. */
export function valueFaults(value: Value | undefined, className: string, factory: string): Fault[] {
  return value === undefined ? [] : givenFaults(value, className, factory);
}

/** The same of a value that can't be left out. */
export function givenFaults(value: Value | undefined, className: string, factory: string): Fault[] {
  return isMade(value) ? value.faults : [notMade(value, className, factory)];
}

/** The fault of what should have been made by a factory. */
export function notMade(value: unknown, className: string, factory: string): Fault {
  return { code: 'KEELSON2070', got: shown(value), allowed: `a value of ${className}`, fix: `use ${className}.${factory}` };
}

/** What is wrong with what should be a value of an enum, which JavaScript lets users give as anything; left out is fine. */
export function enumFaults(value: string | undefined, enumName: string, values: { readonly [name: string]: string }): Fault[] {
  const [first = ''] = Object.keys(values);
  return value === undefined || Object.values(values).includes(value) ? [] : [notMade(value, enumName, first)];
}

/** Any value as messages show it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? Faults.quoted(value) : typeof value === 'object' && value !== null ? 'an object of another kind' : String(value);
}

function isMade(value: Value | null | undefined): value is Value {
  return Array.isArray(value?.faults);
}
