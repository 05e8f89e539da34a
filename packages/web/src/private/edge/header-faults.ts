import { Fault, Faults } from '@keelson/core';
import type { HeaderChanges } from '../../header-changes';
import { shown } from '../made';

const NAME = /^[A-Za-z0-9!#%&'*+.^_`|~-]{1,256}$/;
/** Of the connection itself: a proxy sets these, whatever a route says. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'content-length']);
/** Printable ASCII; a tab or a line break would begin another header. */
const VALUE = /^[ -~]{1,4096}$/;

/** What is wrong with the name of a header. */
export function headerNameFaults(name: string): Fault[] {
  return typeof name === 'string' && NAME.test(name) ? [] : [{
    code: 'KEELSON2312', got: shown(name), allowed: "a header's name: at most 256 letters, digits and '-'", fix: "write it like 'X-Shop-Tenant'",
  }];
}

/** What is wrong with changes of headers. */
export function headerChangesFaults(changes: HeaderChanges | undefined): Fault[] {
  const { set = {}, add = {}, remove = [] } = changes ?? {};
  const seen = new Map<string, string>();
  const named = (member: string, name: string): Fault[] => {
    const faults = headerNameFaults(name);
    if (faults.length > 0) {
      return Faults.within(member, faults);
    }
    const key = name.toLowerCase();
    const before = seen.get(key);
    seen.set(key, member);
    if (HOP_BY_HOP.has(key)) {
      return [{ code: 'KEELSON2313', member, got: Faults.quoted(name), allowed: 'a header that is no matter of the connection', fix: 'remove it: the gateway sets it itself' }];
    }
    return before === undefined ? [] : [{
      code: 'KEELSON2314', member, got: `${Faults.quoted(name)}, which '${before}' has too`, allowed: 'one change of each header', fix: 'keep one of the two',
    }];
  };
  const valued = (member: string, [name, value]: [string, string]): Fault[] => [
    ...named(member, name),
    ...typeof value === 'string' && VALUE.test(value) ? [] : [{
      code: 'KEELSON2315', member: `${member}.${name}`, got: shown(value), allowed: '1 to 4096 printable ASCII characters', fix: "write it on one line; to take a header away, name it in 'remove'",
    }],
  ];
  return [
    ...Object.entries(set).flatMap(entry => valued('set', entry)), ...Object.entries(add).flatMap(entry => valued('add', entry)),
    ...remove.flatMap((name, at) => named(`remove[${at}]`, name)),
  ];
}
