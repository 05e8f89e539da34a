import { Fault, Faults, HostName } from '@keelson/core';
import type { HttpsExposureOptions } from '../exposure-options';
import { shown } from './made';

/** What is wrong with the hosts of an exposure: the first is called `host`, the others are `hosts`. */
export function hostFaults(hosts: readonly string[]): Fault[] {
  const seen = new Set<string>();
  return hosts.flatMap((host, at) => {
    const member = at === 0 ? 'host' : `hosts[${at - 1}]`;
    if (typeof host !== 'string') {
      return [{ code: 'KEELSON2029', member, got: shown(host), allowed: 'a host name', fix: "write it like 'shop.example.com'" }];
    }
    const repeated = seen.has(host);
    seen.add(host);
    return repeated
      ? [{ code: 'KEELSON2001', member, got: `${Faults.quoted(host)} once more`, allowed: 'another host than those before it', fix: 'remove it' }]
      : Faults.within(member, HostName.faultsOf(host, { wildcard: true }));
  });
}

/** What an exposure for any host can't have. */
export function anyHostFaults({ hosts, certificate }: HttpsExposureOptions): Fault[] {
  return [
    ...hosts === undefined || hosts.length === 0 ? [] : [{
      code: 'KEELSON2009', member: 'hosts', got: Faults.quoted(hosts.join(', ')), allowed: 'left out of a default backend, which is for any host',
      fix: 'remove them, or use Exposure.https(…)',
    }],
    ...certificate?.issuer === undefined ? [] : [{
      code: 'KEELSON2025', member: 'certificate', got: `one issued by ${Faults.quoted(certificate.issuer)}`, allowed: 'from a Secret for a default backend: none is issued for any host',
      fix: 'use Certificate.fromSecret(…)',
    }],
  ];
}
