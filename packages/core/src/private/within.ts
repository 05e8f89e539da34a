import { Fault } from '../faults';

/** The faults of a part of a value, said of the whole: `path` of the probe in `ready` is `ready.path`. */
export function within(member: string, faults: Fault[]): Fault[] {
  return faults.map(fault => ({ ...fault, member: fault.member === undefined ? member : `${member}.${fault.member}` }));
}
