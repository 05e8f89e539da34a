import { Fault, HostName } from '@keelson/core';
import { quoted } from './quoted';
import { within } from './within';

/** What is wrong with the hosts of an exposure: the first is called `host`, the others are `hosts`. */
export function hostFaults(hosts: readonly string[]): Fault[] {
  const seen = new Set<string>();
  return hosts.flatMap((host, at) => {
    const member = at === 0 ? 'host' : `hosts[${at - 1}]`;
    const repeated = seen.has(host);
    seen.add(host);
    return repeated
      ? [{ code: 'KEELSON2001', member, got: `${quoted(host)} once more`, allowed: 'another host than those before it', fix: 'remove it' }]
      : within(member, HostName.faultsOf(host, { wildcard: true }));
  });
}
