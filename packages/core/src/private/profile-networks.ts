import { Fault } from '../faults';

/** What is wrong with CIDRs that packets come from or go to. */
export function sourceFaults(_member: string, _cidrs: readonly string[]): Fault[] {
  return [];
}
