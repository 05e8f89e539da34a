import { Fault } from '../faults';
import { quoted } from './quoted';

/** From the lowest to the highest, both included. */
interface NodePorts {
  readonly from: number;
  readonly to: number;
}

/** A range as the API server's `--service-node-port-range` has it. */
function nodePortsOf(range: string): NodePorts | undefined {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(range) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return from >= 1 && from <= to && to <= 65535 ? { from, to } : undefined;
}

export function nodePortRangeFaults(range: string): Fault[] {
  return typeof range === 'string' && nodePortsOf(range) !== undefined ? [] : [{
    code: 'KEELSON1725', got: quoted(range), allowed: 'two ports from 1 to 65535, the lower first', fix: "write it like '30000-32767', as the API server's --service-node-port-range",
  }];
}

/** What is wrong with a port on the nodes of a cluster. */
export function outOfRangeFaults(nodePort: number, range: string): Fault[] {
  const known = nodePortsOf(range);
  return known === undefined || (Number.isInteger(nodePort) && nodePort >= known.from && nodePort <= known.to) ? [] : [{
    code: 'KEELSON1698', got: quoted(nodePort), allowed: `an integer from ${known.from} to ${known.to}`, fix: "choose one of these, or give the profile's 'nodePortRange' as the cluster has it",
  }];
}
