import { Fault } from '../faults';
import type { Cron } from './cron';

/** The most days a month can have; February's 29th is there every fourth year. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const SHORTEST_FEBRUARY = 28;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A date and time of no zone: `month` from 1 to 12, `dayOfWeek` from 0, Sunday. */
export interface CivilTime {
  readonly minute: number;
  readonly hour: number;
  readonly dayOfMonth: number;
  readonly month: number;
  readonly dayOfWeek: number;
}

/** Whether the expression means this minute. */
export function means(cron: Cron, time: CivilTime): boolean {
  return cron.minute.values.has(time.minute) && cron.hour.values.has(time.hour) && meansDay(cron, time);
}

/** Whether the expression means this day: one of the two day fields is enough where both restrict. */
function meansDay(cron: Cron, { dayOfMonth, month, dayOfWeek }: Pick<CivilTime, 'dayOfMonth' | 'month' | 'dayOfWeek'>): boolean {
  const [byMonth, byWeek] = [cron.dayOfMonth.values.has(dayOfMonth), cron.dayOfWeek.values.has(dayOfWeek)];
  return cron.month.values.has(month) && (eitherDay(cron) ? byMonth || byWeek : byMonth && byWeek);
}

/** Dates such as 31 February: API servers take them, and the task never runs. */
export function neverFaults(cron: Cron, got: string): Fault[] {
  if (eitherDay(cron) || combinations(cron).some(({ month, day }) => day <= (LONGEST[month - 1] ?? 0))) {
    return [];
  }
  const [first] = combinations(cron);
  const month = MONTHS[(first?.month ?? 1) - 1] ?? '';
  return [{
    code: 'KEELSON1508', got: `${got}, which never comes`, allowed: 'a date that there is',
    fix: `${month} has ${LONGEST[(first?.month ?? 1) - 1] ?? 0} days${month === 'February' ? ' at most' : ''}: name another day`,
  }];
}

/** What months without such a day do to a schedule; undefined where every month that it names has one. */
export function skippedMonths(cron: Cron): string | undefined {
  if (eitherDay(cron) || cron.dayOfMonth.star) {
    return undefined;
  }
  const lowest = Math.min(...cron.dayOfMonth.values);
  const skipped = [...cron.month.values].filter(month => lowest > (month === 2 ? SHORTEST_FEBRUARY : LONGEST[month - 1] ?? 0));
  if (skipped.length === 0) {
    return undefined;
  }
  const only = skipped.length === 1 && skipped[0] === 2 && lowest === 29;
  return only ? 'does not run in February but in leap years' : `does not run in months of fewer than ${lowest} days`;
}

function eitherDay({ dayOfMonth, dayOfWeek }: Cron): boolean {
  return !dayOfMonth.star && !dayOfWeek.star;
}

function combinations({ dayOfMonth, month }: Cron): { month: number; day: number }[] {
  return [...month.values].flatMap(each => [...dayOfMonth.values].map(day => ({ month: each, day })));
}
