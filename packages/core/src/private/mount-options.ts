import { Fault } from '../faults';
import { listFaults } from './made';
import { quoted } from './quoted';

/** Options that a volume is mounted with, as `mount -o` takes them, one each. */
export function mountOptionFaults(options: string[] | undefined): Fault[] {
  const noList = listFaults(options, 'texts', "write it like ['nfsvers=4.1']");
  return noList.length > 0 ? noList : (options ?? []).filter(option => typeof option !== 'string' || !/^[^\s,]+$/.test(option)).map(option => ({
    code: 'KEELSON1811', got: quoted(option), allowed: 'one option of mount each, without spaces and commas', fix: "write them like ['nfsvers=4.1', 'hard']",
  }));
}
