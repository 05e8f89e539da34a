import { Fault } from '../faults';
import { quoted } from './quoted';

/** What is wrong with a command that is run without a shell: one word an entry, the program first. */
export function commandFaults(command: string[], member?: string): Fault[] {
  const where = member === undefined ? {} : { member };
  const [program = ''] = command;
  if (command.length === 0) {
    return [{ ...where, code: 'KEELSON1233', got: 'no words', allowed: 'a command', fix: "write it like ['/app/check', '--fast']" }];
  }
  const odd = command.findIndex(word => typeof word !== 'string');
  if (odd >= 0) {
    return [{
      ...where, code: 'KEELSON1234', got: `${String(command[odd])} as word ${odd + 1}`, allowed: 'a command of texts', fix: `write '${String(command[odd])}'`,
    }];
  }
  if (program.trim() === '') {
    return [{ ...where, code: 'KEELSON1236', got: quoted(program), allowed: 'a command with its program first', fix: "write it like ['/app/check', '--fast']" }];
  }
  if (command.length === 1 && /\s/.test(program)) {
    const words = program.trim().split(/\s+/).map(word => `'${word}'`).join(', ');
    return [{ ...where, code: 'KEELSON1235', got: `one word ${quoted(program)}`, allowed: 'a command with one word an entry, as no shell splits it', fix: `try [${words}]` }];
  }
  return [];
}
