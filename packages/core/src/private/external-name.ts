import { Fault } from '../faults';
import { HostName } from '../host-name';
import { quoted } from './quoted';

/** What is wrong with the host of a CNAME: a full name. One dot at its end says just that. */
export function externalNameFaults(host: string): Fault[] {
  const faults = HostName.faultsOf(typeof host === 'string' && /[^.]\.$/.test(host) ? host.slice(0, -1) : host);
  return faults.length > 0 || host.replace(/\.$/, '').includes('.') ? faults : [{
    code: 'KEELSON1714', got: quoted(host), allowed: 'a full host name, with a domain', fix: `write it like ${quoted(`${host.replace(/\.$/, '')}.example.com`)}`,
  }];
}
