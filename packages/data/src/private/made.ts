import { Fault, Faults } from '@keelson/core';
import { Duration } from 'cdk8s';

/** What a value of one of our classes carries. */
interface Value {
  readonly faults: Fault[];
}

/** The value, if a factory of its class has made it; JavaScript lets users give anything. */
export function made<T extends Value>(value: T | undefined): T | undefined {
  return isMade(value) ? value : undefined;
}

/** The value, if nothing is wrong with it: what is was reported, and stands in nobody's way. */
export function sound<T extends Value>(value: T | undefined): T | undefined {
  return isMade(value) && value.faults.length === 0 ? value : undefined;
}

/** What is wrong with a value: what it says itself, or that it was never made. */
export function givenFaults(value: Value | undefined, className: string, factory: string): Fault[] {
  return isMade(value) ? value.faults : [{
    code: 'KEELSON3001', got: shown(value), allowed: `a value of ${className}`, fix: `use ${className}.${factory}`,
  }];
}

/** The same of a value that may be left out. */
export function valueFaults(value: Value | undefined, className: string, factory: string): Fault[] {
  return value === undefined ? [] : givenFaults(value, className, factory);
}

/** Any value as messages show it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? Faults.quoted(value) : typeof value === 'object' && value !== null ? 'an object of another kind' : String(value);
}

/** What is wrong with a time that Prometheus or Kubernetes takes in seconds. */
export function secondsFaults(code: string, duration: Duration): Fault[] {
  const seconds = typeof duration?.toMilliseconds === 'function' ? duration.toMilliseconds({ integral: false }) / 1000 : NaN;
  return Number.isInteger(seconds) && seconds >= 1 ? [] : [{
    code, got: Number.isNaN(seconds) ? shown(duration) : `${seconds} s`, allowed: 'whole seconds, from 1 on', fix: 'try Duration.seconds(30)',
  }];
}

function isMade(value: Value | null | undefined): value is Value {
  return Array.isArray(value?.faults);
}
