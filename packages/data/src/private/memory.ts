import { Resources } from '@keelson/core';
import { Size } from 'cdk8s';

/** The memory that a server has: its limit, else what it is sure to get. */
export function memoryOf({ memoryLimit, memoryRequest }: Resources): Size {
  return memoryLimit ?? memoryRequest ?? Size.gibibytes(1);
}

/** A share of some memory, in whole MiB. */
export function shareOf(memory: Size, share: number): number {
  return Math.max(1, Math.floor(memory.toKibibytes({ rounding: 1 }) / 1024 * share));
}
