import { Description } from '../description';
import { PropFault } from '../engine';
import { bytesOf, cacheFaults, MEBI, volumeFaults } from '../sizes';

const UNITS = { B: 1, kB: 1024, MB: MEBI, GB: 1024 * MEBI, TB: 1024 * 1024 * MEBI };
/** Three databases and a segment of the log, with some room: what `initdb` makes takes 40 MB. */
const CLUSTER = 64 * MEBI;

/**
 * What of its sizes can't work. A number alone is of pages of 8 kB, or of megabytes of the log.
 *
 * @param leastLog the least that follows from the volume, in MB.
 * @see https://www.postgresql.org/docs/current/config-setting.html
 */
export function sizeFaults(description: Description, settings: { readonly [name: string]: string }, leastLog = 64): PropFault[] {
  const { shared_buffers: buffers, max_wal_size: log } = settings;
  return [
    ...cacheFaults(description, 'shared_buffers', buffers, bytesOf(buffers, { '': 8192, ...UNITS })),
    ...volumeFaults(description, (bytesOf(log, { '': MEBI, ...UNITS }) ?? leastLog * MEBI) + CLUSTER),
  ];
}
