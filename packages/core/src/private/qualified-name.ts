import { Fault } from '../faults';
import { Labels } from '../labels';
import { quoted } from './quoted';

/** What is wrong with the name of a class of load balancers: it is written like the key of a label. */
export function qualifiedNameFaults(name: string): Fault[] {
  return typeof name === 'string' && Labels.faultsOf(name, '').length === 0 ? [] : [{
    code: 'KEELSON1706', got: quoted(name), allowed: 'the name of a class of load balancers', fix: "write it like 'example.com/internal'",
  }];
}
