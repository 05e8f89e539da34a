import { Fault } from '@keelson/core';

/** The faults of a part of a value, said of the whole. */
export function within(member: string, faults: Fault[]): Fault[] {
  return faults.map(fault => ({ ...fault, member: fault.member === undefined ? member : `${member}.${fault.member}` }));
}
