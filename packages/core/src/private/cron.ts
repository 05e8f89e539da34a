import { Fault } from '../faults';
import { quoted } from './quoted';

/** What one field of a cron expression means. */
interface CronField {
  readonly values: ReadonlySet<number>;
  /** It restricts nothing: `*`, `?`, or either with a step of 1. For days this decides whether both fields count, or one is enough. */
  readonly star: boolean;
}

/** A cron expression taken apart. */
export interface Cron {
  readonly minute: CronField;
  readonly hour: CronField;
  readonly dayOfMonth: CronField;
  readonly month: CronField;
  readonly dayOfWeek: CronField;
}

/** What a text is as a cron expression; with a fault there is none. */
export interface ParsedCron {
  readonly cron?: Cron;
  readonly faults: Fault[];
}

interface FieldRule {
  readonly what: string;
  /** With its article. */
  readonly one: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const RULES: Readonly<Record<keyof Cron, FieldRule>> = {
  minute: { what: 'minute', one: 'a minute', min: 0, max: 59, names: [] },
  hour: { what: 'hour', one: 'an hour', min: 0, max: 23, names: [] },
  dayOfMonth: { what: 'day of the month', one: 'a day of the month', min: 1, max: 31, names: [] },
  month: {
    what: 'month', one: 'a month', min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  dayOfWeek: {
    what: 'day of the week', one: 'a day of the week', min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  },
};
const FIELDS = Object.keys(RULES) as (keyof Cron)[];

/** What the controller's parser knows beside five fields, as the five fields they stand for. */
const MACROS = new Map([
  ['@hourly', '0 * * * *'], ['@daily', '0 0 * * *'], ['@midnight', '0 0 * * *'], ['@weekly', '0 0 * * 0'], ['@monthly', '0 0 1 * *'],
  ['@yearly', '0 0 1 1 *'], ['@annually', '0 0 1 1 *'],
]);
const EXAMPLE = "write it like '30 2 * * *', which is half past two every day";

/** The expression with one space between its fields. */
export function tidyCron(expression: string): string {
  return typeof expression === 'string' ? expression.trim().replace(/\s+/g, ' ') : expression;
}

/**
 * Takes an expression apart by the rules of the CronJob controller's parser, robfig/cron 3, less what that one takes and nobody means:
 * empty list items, steps longer than the field, a range behind `*`, `@every`.
 */
export function parseCron(expression: string): ParsedCron {
  if (typeof expression !== 'string' || expression.trim() === '') {
    return failed({ code: 'KEELSON1500', got: quoted(expression), allowed: 'a cron expression', fix: EXAMPLE });
  }
  const text = tidyCron(expression);
  if (/^(?:CRON_)?TZ=/.test(text)) {
    return failed({
      code: 'KEELSON1507', got: quoted(text), allowed: 'a cron expression without a time zone, which API servers refuse from Kubernetes 1.29 on',
      fix: `write Schedule.cron(${quoted(text.replace(/^\S+ ?/, ''))}, { timeZone: ${quoted(text.replace(/^.*?=(\S*).*$/, '$1'))} })`,
    });
  }
  if (text.startsWith('@') && !MACROS.has(text)) {
    return failed(macroFault(text));
  }
  const parts = (MACROS.get(text) ?? text).split(' ');
  if (parts.length !== FIELDS.length) {
    return failed({
      code: 'KEELSON1501', got: `${parts.length} in ${quoted(text)}`, allowed: 'a cron expression of 5 fields: minute, hour, day of the month, month, day of the week',
      fix: parts.length === FIELDS.length + 1 ? 'leave out the seconds, or the year' : EXAMPLE,
    });
  }
  const faults: Fault[] = [];
  const fields = FIELDS.map((name, at) => parseField(parts[at] ?? '', RULES[name], (code, allowed, got, fix) =>
    faults.push({ code, allowed, got: got === text ? quoted(text) : `${quoted(got)} in ${quoted(text)}`, fix })));
  const cron = Object.fromEntries(FIELDS.map((name, at) => [name, fields[at]])) as object as Cron;
  return faults.length > 0 ? { faults } : { faults, cron };
}

type Report = (code: string, allowed: string, got: string, fix: string) => void;

function failed(fault: Fault): ParsedCron {
  return { faults: [fault] };
}

function macroFault(text: string): Fault {
  const every = text.startsWith('@every');
  return {
    code: 'KEELSON1506', got: quoted(text), allowed: `one of ${[...MACROS.keys()].join(', ')}`,
    fix: every
      ? 'write Schedule.every(…), which keeps to the clock: @every counts from the last run'
      : "write it in lower case, or five fields, like '30 2 * * *'",
  };
}

function parseField(text: string, rule: FieldRule, report: Report): CronField {
  const values = new Set<number>();
  let star = false;
  for (const part of text.split(',')) {
    const range = parseRange(part, rule, report);
    star ||= range.star;
    for (let value = range.from; value <= range.to; value += range.step) {
      values.add(value);
    }
  }
  return { values, star };
}

const NOTHING = { from: 1, to: 0, step: 1, star: false };

function parseRange(part: string, rule: FieldRule, report: Report): { from: number; to: number; step: number; star: boolean } {
  const { what, one, min, max } = rule;
  const [, whole, low, high, stepText] = /^(?:([*?])|([^-/*?]+)(?:-([^-/*?]+))?)(?:\/([^-/]*))?$/.exec(part) ?? [];
  if (whole === undefined && low === undefined) {
    report('KEELSON1502', `${one}, a range, '*', or a list of these`, part, `write it like '*', '${max - 2}', '${min}-${max}' or '${min},${max}'`);
    return NOTHING;
  }
  const step = stepText === undefined ? 1 : stepOf(stepText, rule, report);
  const from = low === undefined ? min : valueOf(low, rule, report);
  // `5/15` is from 5 to the end.
  const last = high === undefined ? (whole === undefined && stepText === undefined ? from : max) : valueOf(high, rule, report);
  if (step === undefined || from === undefined || last === undefined) {
    return NOTHING;
  }
  if (from > last) {
    report('KEELSON1504', `a range that begins with the lower ${what}`, part, `write ${wrapped(low, high, rule)}`);
    return NOTHING;
  }
  return { from, to: last, step, star: whole !== undefined && step === 1 };
}

/** `FRI-MON` in the order that is taken. */
function wrapped(low: string | undefined, high: string | undefined, { min, max, names }: FieldRule): string {
  const [first, end] = names.length === 0 ? [min, max] : [names[0], names.at(-1)].map(name => name?.toUpperCase());
  return `'${low ?? ''}-${end ?? ''},${first ?? ''}-${high ?? ''}'`;
}

function valueOf(text: string, { one, min, max, names }: FieldRule, report: Report): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) {
    return min + named;
  }
  const known = names.length === 0 ? '' : ` or ${names.slice(0, 2).map(name => name.toUpperCase()).join(', ')} …`;
  if (!/^\d+$/.test(text)) {
    report('KEELSON1502', `${one} from ${min} to ${max}${known}`, text, `write a number${names.length === 0 ? '' : ', or the first three letters of the English name'}`);
    return undefined;
  }
  const value = Number(text);
  if (value < min || value > max) {
    const sunday = max === 6 && value === 7;
    report('KEELSON1503', `${one} from ${min} to ${max}${known}`, text, sunday ? 'write 0 for Sunday' : `write ${one} that there is`);
    return undefined;
  }
  return value;
}

function stepOf(text: string, { what, min, max }: FieldRule, report: Report): number | undefined {
  const step = /^\d+$/.test(text) ? Number(text) : NaN;
  if (step >= 1 && step <= max - min + 1) {
    return step;
  }
  report('KEELSON1505', `a step from 1 to ${max - min + 1} for the ${what}`, text, step > max ? `a longer step means the first ${what} alone: write that` : "write it like '*/2'");
  return undefined;
}
