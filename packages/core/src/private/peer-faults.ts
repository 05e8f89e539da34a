import { Cidr } from '../cidr';
import { Fault } from '../faults';
import { HostName } from '../host-name';
import { Labels } from '../labels';
import { ResourceName } from '../resource-name';
import { quoted } from './quoted';
import { within } from './within';

/** What is wrong with labels that a peer is selected by. Without any, a selector takes everything. */
export function selectorFaults(member: string, labels: { [key: string]: string }, instead: string): Fault[] {
  const entries = Object.entries(labels);
  return entries.length > 0 ? entries.flatMap(([key, value]) => within(member, Labels.faultsOf(key, value))) : [{
    code: 'KEELSON1360', member, got: 'none, which selects everything', allowed: 'at least one label', fix: `give one, or use ${instead}`,
  }];
}

/** A pattern of names, as all releases of Cilium read it: `*` stands for any signs but a dot. */
const PATTERN = /^(?:[a-z0-9_*](?:[-a-z0-9_*]*[a-z0-9_*])?\.)+[a-z0-9_*](?:[-a-z0-9_*]*[a-z0-9_*])?$/;

/** What is wrong with a DNS name, or with a pattern of names. */
export function fqdnFaults(name: string): Fault[] {
  if (typeof name !== 'string' || !name.includes('*')) {
    return HostName.faultsOf(name);
  }
  const refused = (allowed: string, fix: string): Fault[] => [{ code: 'KEELSON1386', got: quoted(name), allowed, fix }];
  if (/^[*.]+$/.test(name)) {
    return refused("a pattern with more than '*'", 'connect to Peer.internet()');
  }
  if (name.includes('**')) {
    return refused("a pattern without '**', which releases of Cilium take for different things", `name each depth: ${quoted(name.replace(/\*{2,}/g, '*'))}, '*.${name.replace(/\*{2,}/g, '*')}'`);
  }
  return PATTERN.test(name) && name.length <= 253 ? [] : refused(
    "a pattern of lower-case letters, digits, '-', '.' and '*', which stands for anything but a '.'", "write it like '*.example.com'");
}

export function namespaceFaults(name: string | undefined): Fault[] {
  return name === undefined ? [] : within('namespace', ResourceName.faultsOf('Namespace', name));
}

/** What is wrong with a block and what is taken out of it: Kubernetes refuses what isn't a strict part of it. */
export function blockFaults(block: Cidr, except: readonly string[]): Fault[] {
  return block.faults.length > 0 ? block.faults : except.flatMap((text): Fault[] => {
    const inner = Cidr.of(text);
    const fault = (code: string, allowed: string, fix: string) => [{ code, member: 'except', got: quoted(text), allowed, fix }];
    if (inner.faults.length > 0) {
      return within('except', inner.faults);
    }
    if (inner.ipFamily !== block.ipFamily) {
      return fault('KEELSON1355', `a CIDR of ${block.ipFamily}, as ${quoted(block.text)} is`, 'leave it out: it is not in the block anyway');
    }
    if (inner.text === block.text) {
      return fault('KEELSON1356', `a part of ${quoted(block.text)}, not all of it`, 'give a smaller block, or leave out the peer, which nothing is left of');
    }
    return block.contains(inner) ? [] : fault('KEELSON1364', `a CIDR inside of ${quoted(block.text)}`, 'leave it out, or give a larger block');
  });
}
