import { Fault, Faults } from '@keelson/core';
import { Size } from 'cdk8s';
import { Description } from './description';
import { PropFault } from './engine';

const KIBI = 1024;
export const MEBI = KIBI ** 2;

/** How many bytes a text says, by what a unit stands for; undefined where the server has to tell what it means. */
export function bytesOf(value: unknown, units: { readonly [unit: string]: number }): number | undefined {
  const [, number, unit = ''] = typeof value === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(value) ?? [] : [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/** A cache that a setting sizes, in bytes: the rest of the server needs memory, too. */
export function cacheFaults({ memory }: Description, setting: string, value: string | undefined, bytes: number | undefined): PropFault[] {
  const limit = memory.toKibibytes({ rounding: 1 }) * KIBI;
  return value === undefined || bytes === undefined || (bytes > 0 && bytes < limit) ? [] : [{ prop: 'settings', fault: {
    code: 'KEELSON3195', member: setting, got: Faults.quoted(value), allowed: `less than the memory limit, ${memory.asString()}, which ends a server that takes more`,
    fix: 'leave it out, since it follows from the limit, or raise resources.memoryLimit',
  } }];
}

/** What an engine writes before anybody gives it data. */
export function volumeFaults({ engine, storageSize }: Description, needed: number): PropFault[] {
  const least = Math.ceil(needed / MEBI);
  return storageSize === undefined || storageSize.toKibibytes({ rounding: 1 }) * KIBI >= needed ? [] : [{ prop: 'storage', fault: leastFault(storageSize, least, engine.title) }];
}

function leastFault(size: Size, least: number, title: string): Fault {
  return {
    code: 'KEELSON3196', member: 'size', got: size.asString(), allowed: `at least ${least}Mi, which ${title} needs for its log and its own tables alone`,
    fix: `try Size.mebibytes(${least})`,
  };
}
