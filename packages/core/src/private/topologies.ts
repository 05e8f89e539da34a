import { Fault } from '../faults';
import { Labels } from '../labels';

/** Values by the key of a label of nodes. */
export function topologyFaults(topologies: { [key: string]: string[] } | undefined): Fault[] {
  if (topologies === undefined) {
    return [];
  }
  const entries = Object.entries(topologies);
  const fault = (got: string, allowed: string, member?: string): Fault => ({
    code: 'KEELSON1812', ...(member === undefined ? {} : { member }), got, allowed, fix: "write it like { 'topology.kubernetes.io/zone': ['eu-1a'] }, or leave it out",
  });
  return entries.length === 0 ? [fault('none', 'the values of one label or more')] : entries.flatMap(([key, values]) => (
    !Array.isArray(values) || values.length === 0 ? [fault('none', 'one value or more', key)]
      : new Set(values).size < values.length ? [fault('one twice', 'different values', key)]
        : values.flatMap(value => Labels.faultsOf(key, value))
  ));
}
