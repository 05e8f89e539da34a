import { Fault } from '../faults';
import { quoted } from './quoted';

const plainly = (text: string) => text.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();

/**
 * What is wrong with a member of an enum: programs without types may give any value, and one in lower case is soon written.
 * Left out is fine.
 *
 * @param enumName of the enum, for the message.
 * @param members the enum itself.
 */
export function oneOfFaults(enumName: string, members: Readonly<Record<string, string>>, value: unknown, member?: string): Fault[] {
  const known = Object.entries(members);
  if (value === undefined || known.some(([, text]) => text === value)) {
    return [];
  }
  const meant = typeof value === 'string' ? known.find(([name, text]) => [text, name].some(each => plainly(each) === plainly(value))) : undefined;
  return [{
    code: 'KEELSON1585', ...(member === undefined ? {} : { member }), got: quoted(value), allowed: `one of ${known.map(([, text]) => text).join(', ')}`,
    fix: meant === undefined ? `choose a member of ${enumName}, such as ${enumName}.${known[0]?.[0] ?? ''}` : `write ${enumName}.${meant[0]}`,
  }];
}
