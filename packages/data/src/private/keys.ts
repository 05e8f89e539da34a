import { Fault } from '@keelson/core';
import { shown } from './made';

/** What is wrong with the name of a key in a Secret or ConfigMap. */
export function keyFaults(member: string, key: string): Fault[] {
  return typeof key === 'string' && /^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== '.' && !key.startsWith('..') && key !== '__proto__' ? [] : [{
    code: 'KEELSON3007', member, got: shown(key), allowed: "letters, digits, '-', '_' and '.'", fix: "name the key in the Secret's data",
  }];
}
