import { Fault } from '../faults';
import type { Cron } from './cron';
import { CivilTime, means } from './cron-calendar';
import { quoted } from './quoted';
import { TIME_ZONE_NAMES } from './time-zone-names';

/** Few programs name a time zone, and fewer a second one: the list is split when the first is asked for. */
const known = new Map<string, string>();

/** What is wrong with the name of a time zone: Kubernetes takes the exact spelling only, and no `Local`. */
export function timeZoneFaults(name: string): Fault[] {
  if (known.size === 0) {
    TIME_ZONE_NAMES.trim().split(/\s+/).forEach(zone => known.set(zone.toLowerCase(), zone));
  }
  const meant = typeof name === 'string' ? known.get(name.toLowerCase()) : undefined;
  if (meant !== undefined && meant === name) {
    return [];
  }
  return [{
    code: 'KEELSON1509', member: 'timeZone', got: quoted(name), allowed: 'the exact name of an IANA time zone that Kubernetes knows',
    fix: meant === undefined ? "write it like 'Europe/Berlin' or 'Etc/UTC'" : `write ${quoted(meant)}`,
  }];
}

/** The hour that clocks leave out in spring. */
interface Gap {
  /** Both in milliseconds, as if the local time were UTC. */
  readonly from: number;
  readonly to: number;
}

/** By time zone: asking `Intl` takes a hundred times as long as all else here. */
const gapsIn = new Map<string, Gap[]>();

/** Any year would do: most zones name a Sunday, not a date. Always the same, so that a synth in autumn says what one in spring says. */
const YEAR = 2027;
const MINUTE = 60_000;
/** Who runs this often misses nothing when one run is left out. */
const OFTEN = 12;

/** When a schedule's time isn't there on a day that it means, as a text; undefined where it always is. */
export function timeLeftOut(cron: Cron, timeZone: string): string | undefined {
  if (cron.hour.values.size >= OFTEN || /^(?:Etc\/|UTC$|GMT$)/.test(timeZone)) {
    return undefined;
  }
  const gaps = gapsIn.get(timeZone) ?? gapsOf(timeZone);
  gapsIn.set(timeZone, gaps);
  const gap = gaps.find(({ from, to }) => {
    for (let at = from; at < to; at += MINUTE) {
      if (means(cron, civil(at))) {
        return true;
      }
    }
    return false;
  });
  const clock = (at: number) => new Date(at).toISOString().slice(11, 16);
  return gap && `${clock(gap.from)} to ${clock(gap.to)}`;
}

function gapsOf(timeZone: string): Gap[] {
  const offset = offsets(timeZone);
  if (offset === undefined) {
    return [];
  }
  const months = Array.from({ length: 13 }, (_, month) => Date.UTC(YEAR, month, 1));
  return months.slice(1).flatMap((end, at) => {
    let [low, high] = [months[at] ?? end, end];
    const [before, after] = [offset(low), offset(high)];
    if (after <= before) {
      return [];
    }
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === before) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return [{ from: high + before, to: high + after }];
  });
}

/** How far a zone's clock is ahead of UTC at an instant; undefined where this Node.js doesn't know the zone. */
function offsets(timeZone: string): ((at: number) => number) | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
    });
    return at => {
      const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
      const number = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
      return Date.UTC(number('year'), number('month') - 1, number('day'), number('hour'), number('minute')) - at;
    };
  } catch {
    return undefined;
  }
}

function civil(at: number): CivilTime {
  const date = new Date(at);
  return {
    minute: date.getUTCMinutes(), hour: date.getUTCHours(),
    dayOfMonth: date.getUTCDate(), month: date.getUTCMonth() + 1, dayOfWeek: date.getUTCDay(),
  };
}
