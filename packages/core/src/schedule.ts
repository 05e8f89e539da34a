import { Duration } from 'cdk8s';
import { Fault } from './faults';
import { Cron, parseCron, tidyCron } from './private/cron';
import { neverFaults, skippedMonths } from './private/cron-calendar';
import { integerFaults } from './private/integer';
import { oneOfFaults } from './private/one-of';
import { quoted } from './private/quoted';
import { timeLeftOut, timeZoneFaults } from './private/time-zone';
import { DailyOptions, HourlyOptions, MonthlyOptions, ScheduleOptions, WeeklyOptions } from './schedule-options';
import { Weekday } from './weekday';

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * When something runs again and again, by the clock of a time zone.
 *
 * ```ts
 * Schedule.daily({ hour: 2, minute: 30, timeZone: 'Europe/Berlin' });
 * Schedule.every(Duration.minutes(15));
 * Schedule.cron('0 6 * * MON-FRI');
 * ```
 *
 * What is wrong with it, synth says: expressions that the controller's parser refuses, dates that never come, time zones in a spelling
 * that Kubernetes doesn't find.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#writing-a-cronjob-spec
 */
export class Schedule {
  /**
   * By a cron expression: minute, hour, day of the month, month, day of the week, or one of `@hourly`, `@daily`, `@midnight`, `@weekly`,
   * `@monthly`, `@yearly`, `@annually`. Months and days of the week may be the first three letters of their English names. Sunday is 0,
   * never 7. Where both days are restricted, one of them is enough.
   *
   * @param expression such as `30 2 * * *`.
   * @param options in which time zone.
   */
  public static cron(expression: string, options: ScheduleOptions = {}): Schedule {
    return new Schedule(expression, options.timeZone, []);
  }

  /**
   * Once an hour.
   *
   * @param options at which minute.
   */
  public static hourly(options: HourlyOptions = {}): Schedule {
    const at = new Clock(options);
    return new Schedule(`${at.minute} * * * *`, options.timeZone, at.faults);
  }

  /**
   * Once a day.
   *
   * @param options at which time.
   */
  public static daily(options: DailyOptions = {}): Schedule {
    const at = new Clock(options);
    return new Schedule(`${at.minute} ${at.hour} * * *`, options.timeZone, at.faults);
  }

  /**
   * Once a week.
   *
   * @param options on which day, at which time.
   */
  public static weekly(options: WeeklyOptions = {}): Schedule {
    const at = new Clock(options);
    const unknown = oneOfFaults('Weekday', Weekday, options.weekday, 'weekday');
    const weekday = unknown.length > 0 ? Weekday.SUNDAY : options.weekday ?? Weekday.SUNDAY;
    return new Schedule(`${at.minute} ${at.hour} * * ${weekday}`, options.timeZone, [...at.faults, ...unknown]);
  }

  /**
   * Once a month.
   *
   * @param options on which day, at which time.
   */
  public static monthly(options: MonthlyOptions = {}): Schedule {
    const at = new Clock(options);
    const day = at.integer('day', options.day, 1, 28, 1, 'name an earlier day, or write Schedule.cron(…), which skips months without that day');
    return new Schedule(`${at.minute} ${at.hour} ${day} * *`, options.timeZone, at.faults);
  }

  /**
   * Every so many minutes or hours, by the clock: every 15 minutes is at 0, 15, 30 and 45 past. Only periods that divide an hour or a day,
   * since cron begins anew with each.
   *
   * @param period such as 15 minutes or 6 hours.
   * @param options at which minute to begin.
   */
  public static every(period: Duration, options: HourlyOptions = {}): Schedule {
    const minutes = period.toMilliseconds({ integral: false }) / 60_000;
    if (!divides(minutes)) {
      return new Schedule('0 * * * *', options.timeZone, [{
        code: 'KEELSON1511', member: 'period', got: `${minutes} min`, allowed: 'a period that divides an hour (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 min) or a day (1, 2, 3, 4, 6, 8, 12, 24 h)',
        fix: minutes > DAY ? 'write Schedule.weekly(…), Schedule.monthly(…) or Schedule.cron(…)' : `try Duration.minutes(${nearest(minutes)})`,
      }]);
    }
    const at = new Clock(options, minutes < HOUR ? minutes - 1 : HOUR - 1);
    return new Schedule(expressionOfEvery(minutes, at.minute), options.timeZone, at.faults);
  }

  /** The cron expression: five fields with one space between, or a macro. */
  public readonly expression: string;

  /** The IANA time zone. */
  public readonly timeZone: string;

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private readonly parsed?: Cron;

  private constructor(expression: string, timeZone: string | undefined, faults: Fault[]) {
    const { cron, faults: cronFaults } = parseCron(expression);
    this.expression = tidyCron(expression);
    this.timeZone = timeZone ?? 'Etc/UTC';
    this.parsed = cron;
    const never = cron === undefined ? [] : neverFaults(cron, quoted(this.expression));
    this.faults = [...faults, ...cronFaults, ...never, ...timeZoneFaults(this.timeZone)];
  }

  /** What a user should know, by code. @internal */
  public _warnings(): { code: string; text: string }[] {
    if (this.parsed === undefined || this.faults.length > 0) {
      return [];
    }
    const [months, gap] = [skippedMonths(this.parsed), timeLeftOut(this.parsed, this.timeZone)];
    return [
      ...(months === undefined ? [] : [{
        code: 'KEELSON1513', text: `schedule ${quoted(this.expression)} ${months}: name a day up to 28 to run ${howOften(this.parsed)}`,
      }]),
      ...(gap === undefined ? [] : [{
        code: 'KEELSON1514', text: `schedule ${quoted(this.expression)} leaves out the day when summer time begins in ${this.timeZone}, whose clocks skip ${gap}: `
          + 'run at another time',
      }]),
    ];
  }
}

/** Where in an hour or a day: what can't be is noted, and replaced by the default. */
class Clock {
  public readonly faults: Fault[] = [];
  public readonly minute: number;
  public readonly hour: number;

  public constructor({ minute, hour }: DailyOptions, lastMinute = HOUR - 1) {
    this.minute = this.integer('minute', minute, 0, lastMinute, 0, lastMinute < HOUR - 1 ? 'begin within the first period' : 'name a minute of the hour');
    this.hour = this.integer('hour', hour, 0, 23, 0, 'name an hour of the day');
  }

  public integer(member: string, value: number | undefined, from: number, to: number, otherwise: number, fix: string): number {
    const faults = value === undefined ? [] : integerFaults('KEELSON1512', member, value, from, to, fix);
    this.faults.push(...faults);
    return value === undefined || faults.length > 0 ? otherwise : value;
  }
}

/** What a day that each month has would give. */
function howOften({ month: { star, values } }: Cron): string {
  return star ? 'in every month' : values.size === 1 ? 'every year' : 'in each of its months';
}

function divides(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 1 && (HOUR % minutes === 0 || (minutes % HOUR === 0 && DAY % minutes === 0));
}

function expressionOfEvery(minutes: number, minute: number): string {
  if (minutes === 1) {
    return '* * * * *';
  }
  if (minutes < HOUR) {
    return minute === 0 ? `*/${minutes} * * * *` : `${minute}-59/${minutes} * * * *`;
  }
  return `${minute} ${minutes === HOUR ? '*' : minutes === DAY ? '0' : `*/${minutes / HOUR}`} * * *`;
}

/** The shorter period next to one that doesn't divide. */
function nearest(minutes: number): number {
  const shorter = Array.from({ length: DAY }, (_, at) => at + 1).filter(each => each <= minutes && divides(each));
  return shorter.at(-1) ?? 1;
}
