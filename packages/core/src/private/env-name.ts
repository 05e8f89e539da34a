import { Fault } from '../faults';
import { quoted } from './quoted';

/** What is wrong with the name of an environment variable. */
export function envNameFaults(name: string): Fault[] {
  const text = typeof name === 'string' ? name : '';
  if (/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text) && text !== '.' && !text.startsWith('..')) {
    return [];
  }
  const clean = text.replace(/[^-._a-zA-Z0-9]+/g, '_').replace(/^[0-9.]+_*/, '');
  return [{
    code: 'KEELSON1312', got: quoted(name), allowed: "a name of letters, digits, '-', '_' and '.' that begins with no digit and not with '..'",
    fix: /[a-zA-Z]/.test(clean) ? `try ${quoted(clean)}` : "name it like 'LOG_LEVEL'",
  }];
}
