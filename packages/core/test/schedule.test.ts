import { Cron as Croner } from 'croner';
import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Faults, Schedule, Weekday } from '../src';
import { parseCron } from '../src/private/cron';
import { means } from '../src/private/cron-calendar';

const faultsOf = (schedule: Schedule): string[] => schedule.faults.map(fault => Faults.describe('schedule', fault));
const warningsOf = (schedule: Schedule): string[] => schedule._warnings().map(({ code, text }) => `${code} ${text}`);

describe('W11 schedules by the clock', () => {
  test.each([
    ['every hour', Schedule.hourly(), '0 * * * *'],
    ['every hour at a minute', Schedule.hourly({ minute: 59 }), '59 * * * *'],
    ['every day', Schedule.daily(), '0 0 * * *'],
    ['every day at a time', Schedule.daily({ hour: 23, minute: 30 }), '30 23 * * *'],
    ['every week', Schedule.weekly(), '0 0 * * SUN'],
    ['every week on a day', Schedule.weekly({ weekday: Weekday.WEDNESDAY, hour: 4 }), '0 4 * * WED'],
    ['every month', Schedule.monthly(), '0 0 1 * *'],
    ['every month on its last certain day', Schedule.monthly({ day: 28, hour: 6 }), '0 6 28 * *'],
    ['every minute', Schedule.every(Duration.minutes(1)), '* * * * *'],
    ['every quarter of an hour', Schedule.every(Duration.minutes(15)), '*/15 * * * *'],
    ['every quarter of an hour from a minute on', Schedule.every(Duration.minutes(15), { minute: 14 }), '14-59/15 * * * *'],
    ['every hour as a period', Schedule.every(Duration.hours(1), { minute: 7 }), '7 * * * *'],
    ['every six hours', Schedule.every(Duration.minutes(360), { minute: 59 }), '59 */6 * * *'],
    ['every day as a period', Schedule.every(Duration.days(1)), '0 0 * * *'],
  ])('%s', (_, schedule, expression) => {
    expect(schedule.expression).toBe(expression);
    expect(faultsOf(schedule)).toEqual([]);
  });

  test.each([
    [Schedule.hourly({ minute: -1 }), "KEELSON1512 'schedule.minute' must be an integer from 0 to 59, got -1: name a minute of the hour"],
    [Schedule.daily({ minute: 60 }), "KEELSON1512 'schedule.minute' must be an integer from 0 to 59, got 60: name a minute of the hour"],
    [Schedule.daily({ hour: 24 }), "KEELSON1512 'schedule.hour' must be an integer from 0 to 23, got 24: name an hour of the day"],
    [Schedule.monthly({ day: 29 }), "KEELSON1512 'schedule.day' must be an integer from 1 to 28, got 29: "
      + 'name an earlier day, or write Schedule.cron(…), which skips months without that day'],
    [Schedule.monthly({ day: 0 }), "KEELSON1512 'schedule.day' must be an integer from 1 to 28, got 0: "
      + 'name an earlier day, or write Schedule.cron(…), which skips months without that day'],
    [Schedule.every(Duration.minutes(15), { minute: 15 }), "KEELSON1512 'schedule.minute' must be an integer from 0 to 14, got 15: begin within the first period"],
    [Schedule.every(Duration.minutes(25)), "KEELSON1511 'schedule.period' must be a period that divides an hour (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 min) "
      + 'or a day (1, 2, 3, 4, 6, 8, 12, 24 h), got 25 min: try Duration.minutes(20)'],
    [Schedule.every(Duration.seconds(30)), "KEELSON1511 'schedule.period' must be a period that divides an hour (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 min) "
      + 'or a day (1, 2, 3, 4, 6, 8, 12, 24 h), got 0.5 min: try Duration.minutes(1)'],
    [Schedule.every(Duration.days(2)), "KEELSON1511 'schedule.period' must be a period that divides an hour (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 min) "
      + 'or a day (1, 2, 3, 4, 6, 8, 12, 24 h), got 2880 min: write Schedule.weekly(…), Schedule.monthly(…) or Schedule.cron(…)'],
  ])('what is out of range is said, and nothing else of it', (schedule, message) => {
    expect(faultsOf(schedule)).toEqual([message]);
  });

  test('periods are those that divide an hour or a day, and no others', () => {
    const minutes = Array.from({ length: 1500 }, (_, at) => at + 1);
    const taken = minutes.filter(each => Schedule.every(Duration.minutes(each)).faults.length === 0);
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440]);
  });
});

describe('W11 cron expressions', () => {
  test.each([
    ['30 2 * * *'], ['* * * * ?'], ['? ? ? ? ?'], ['*/60 */24 */31 */12 */7'], ['0 0 1,15 * MON-FRI'], ['0 0 * jan-MAR,Dec sun'], ['05 007 * * *'], ['5/15 * * * *'],
    ['@hourly'], ['@daily'], ['@midnight'], ['@weekly'], ['@monthly'], ['@yearly'], ['@annually'], ['0 0 29 2 *'], ['0 0 31 2 MON'], ['0 0 30,31 2,4 *'],
  ])('%s is taken', (expression) => {
    expect(faultsOf(Schedule.cron(expression))).toEqual([]);
    expect(Schedule.cron(expression).expression).toBe(expression);
  });

  test('spaces around and between fields are made one', () => {
    expect(Schedule.cron('  30  2\t* * * ').expression).toBe('30 2 * * *');
  });

  test.each([
    ['', "KEELSON1500 'schedule' must be a cron expression, got '': write it like '30 2 * * *', which is half past two every day"],
    ['30 2 * *', "KEELSON1501 'schedule' must be a cron expression of 5 fields: minute, hour, day of the month, month, day of the week, "
      + "got 4 in '30 2 * *': write it like '30 2 * * *', which is half past two every day"],
    ['0 30 2 * * *', "KEELSON1501 'schedule' must be a cron expression of 5 fields: minute, hour, day of the month, month, day of the week, "
      + "got 6 in '0 30 2 * * *': leave out the seconds, or the year"],
    ['H 2 * * *', "KEELSON1502 'schedule' must be a minute from 0 to 59, got 'H' in 'H 2 * * *': write a number"],
    ['0 0 * JUNE *', "KEELSON1502 'schedule' must be a month from 1 to 12 or JAN, FEB …, got 'JUNE' in '0 0 * JUNE *': "
      + 'write a number, or the first three letters of the English name'],
    ['1,,2 * * * *', "KEELSON1502 'schedule' must be a minute, a range, '*', or a list of these, got '' in '1,,2 * * * *': write it like '*', '57', '0-59' or '0,59'"],
    ['*-5 * * * *', "KEELSON1502 'schedule' must be a minute, a range, '*', or a list of these, got '*-5' in '*-5 * * * *': write it like '*', '57', '0-59' or '0,59'"],
    ['60 * * * *', "KEELSON1503 'schedule' must be a minute from 0 to 59, got '60' in '60 * * * *': write a minute that there is"],
    ['0 24 * * *', "KEELSON1503 'schedule' must be an hour from 0 to 23, got '24' in '0 24 * * *': write an hour that there is"],
    ['0 0 0 * *', "KEELSON1503 'schedule' must be a day of the month from 1 to 31, got '0' in '0 0 0 * *': write a day of the month that there is"],
    ['0 0 * * 7', "KEELSON1503 'schedule' must be a day of the week from 0 to 6 or SUN, MON …, got '7' in '0 0 * * 7': write 0 for Sunday"],
    ['0 0 * * FRI-MON', "KEELSON1504 'schedule' must be a range that begins with the lower day of the week, got 'FRI-MON' in '0 0 * * FRI-MON': write 'FRI-SAT,SUN-MON'"],
    ['0 22-4 * * *', "KEELSON1504 'schedule' must be a range that begins with the lower hour, got '22-4' in '0 22-4 * * *': write '22-23,0-4'"],
    ['*/0 * * * *', "KEELSON1505 'schedule' must be a step from 1 to 60 for the minute, got '0' in '*/0 * * * *': write it like '*/2'"],
    ['*/61 * * * *', "KEELSON1505 'schedule' must be a step from 1 to 60 for the minute, got '61' in '*/61 * * * *': a longer step means the first minute alone: write that"],
    ['@reboot', "KEELSON1506 'schedule' must be one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually, got '@reboot': "
      + "write it in lower case, or five fields, like '30 2 * * *'"],
    ['@every 1h', "KEELSON1506 'schedule' must be one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually, got '@every 1h': "
      + 'write Schedule.every(…), which keeps to the clock: @every counts from the last run'],
    ['CRON_TZ=Europe/Berlin 30 2 * * *', "KEELSON1507 'schedule' must be a cron expression without a time zone, which API servers refuse from Kubernetes 1.29 on, "
      + "got 'CRON_TZ=Europe/Berlin 30 2 * * *': write Schedule.cron('30 2 * * *', { timeZone: 'Europe/Berlin' })"],
    ['0 0 31 2 *', "KEELSON1508 'schedule' must be a date that there is, got '0 0 31 2 *', which never comes: February has 29 days at most: name another day"],
    ['0 0 31 4,jun *', "KEELSON1508 'schedule' must be a date that there is, got '0 0 31 4,jun *', which never comes: April has 30 days: name another day"],
    ['0 0 30-31 FEB ?', "KEELSON1508 'schedule' must be a date that there is, got '0 0 30-31 FEB ?', which never comes: February has 29 days at most: name another day"],
  ])('%s is refused', (expression, message) => {
    expect(faultsOf(Schedule.cron(expression))).toEqual([message]);
  });

  test('all that is wrong is said at once', () => {
    expect(Schedule.cron('60 24 0 13 7', { timeZone: 'Nowhere' }).faults.map(({ code }) => code)).toEqual([
      'KEELSON1503', 'KEELSON1503', 'KEELSON1503', 'KEELSON1503', 'KEELSON1503', 'KEELSON1509',
    ]);
  });

  test('what no text is, JavaScript may pass', () => {
    expect(faultsOf(Schedule.cron(undefined as unknown as string))).toEqual([
      "KEELSON1500 'schedule' must be a cron expression, got undefined: write it like '30 2 * * *', which is half past two every day",
    ]);
  });

  const field = (min: number, max: number) => {
    const value = fc.integer({ min, max });
    const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
    const step = fc.integer({ min: 2, max: max - min });
    const part = fc.oneof(value.map(String), range, fc.tuple(range, step).map(([each, by]) => `${each}/${by}`));
    const parts = fc.array(part, { minLength: 1, maxLength: 3 });
    return fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, { weight: 3, arbitrary: parts.map(each => each.join(',')) });
  };

  test('means the minutes that another implementation means', () => {
    const anyDay = fc.integer({ min: 0, max: 1000 });
    fc.assert(fc.property(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6), anyDay, (...drawn) => {
      const days = drawn.pop() as number;
      const expression = drawn.join(' ');
      const { cron } = parseCron(expression);
      const from = new Date(Date.UTC(2027, 0, 1 + days));
      const other = new Croner(expression, { timezone: 'UTC', paused: true });
      const runs = other.nextRuns(20, from).map(run => run.getTime());
      const until = Math.min(runs.at(-1) ?? 0, from.getTime() + 2 * 86_400_000);
      const ours: number[] = [];
      for (let at = from.getTime() + 60_000; at <= until; at += 60_000) {
        const date = new Date(at);
        const time = {
          minute: date.getUTCMinutes(), hour: date.getUTCHours(),
          dayOfMonth: date.getUTCDate(), month: date.getUTCMonth() + 1, dayOfWeek: date.getUTCDay(),
        };
        if (cron !== undefined && means(cron, time)) {
          ours.push(at);
        }
      }
      expect(cron).toBeDefined();
      expect(ours).toEqual(runs.filter(run => run <= until));
    }), { numRuns: 100 });
  });

  // What robfig/cron 3, which the controller asks, says of 2027-01-04, a Monday, and 2027-01-05.
  test.each([
    ['0 0 1 * MON', true, false], ['0 0 */2 * MON', true, true], ['0 0 */1 * MON', true, false], ['0 0 ? * MON', true, false],
    ['0 0 5 * *', false, true], ['0 0 5 * */1', false, true], ['0 0 5 * */2', false, true], ['0 0 6 * */3', false, false],
    ['0 0 *,9 * TUE', false, true], ['0 0 1-31 * TUE', true, true],
  ])('%s: one of both days is enough only where neither is a star', (expression, monday, tuesday) => {
    const { cron } = parseCron(expression);
    const on = (dayOfMonth: number) => cron && means(cron, { minute: 0, hour: 0, dayOfMonth, month: 1, dayOfWeek: dayOfMonth - 3 });
    expect([on(4), on(5)]).toEqual([monday, tuesday]);
  });

  test('any text gives a schedule, with a fault or without', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-*?\/,0-9A-Z@ =]{0,20}$/)), (text) => {
      const schedule = Schedule.cron(text);
      expect(schedule.faults.every(({ code, got, allowed, fix }) => [code, got, allowed, fix].every(each => each !== ''))).toBe(true);
    }));
  });
});

describe('W11 time zones', () => {
  test('UTC is named where none is: a controller would take its own', () => {
    expect(Schedule.daily().timeZone).toBe('Etc/UTC');
  });

  test.each(['Etc/UTC', 'UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+12', 'US/Pacific', 'Europe/Kyiv', 'Europe/Kiev', 'EST5EDT'])('%s is taken', (timeZone) => {
    expect(faultsOf(Schedule.daily({ timeZone, hour: 12 }))).toEqual([]);
  });

  test.each([
    ['europe/berlin', "KEELSON1509 'schedule.timeZone' must be the exact name of an IANA time zone that Kubernetes knows, got 'europe/berlin': write 'Europe/Berlin'"],
    ['utc', "KEELSON1509 'schedule.timeZone' must be the exact name of an IANA time zone that Kubernetes knows, got 'utc': write 'UTC'"],
    ['Local', "KEELSON1509 'schedule.timeZone' must be the exact name of an IANA time zone that Kubernetes knows, got 'Local': write it like 'Europe/Berlin' or 'Etc/UTC'"],
    ['', "KEELSON1509 'schedule.timeZone' must be the exact name of an IANA time zone that Kubernetes knows, got '': write it like 'Europe/Berlin' or 'Etc/UTC'"],
    ['CEST', "KEELSON1509 'schedule.timeZone' must be the exact name of an IANA time zone that Kubernetes knows, got 'CEST': write it like 'Europe/Berlin' or 'Etc/UTC'"],
    ['+02:00', "KEELSON1509 'schedule.timeZone' must be the exact name of an IANA time zone that Kubernetes knows, got '+02:00': write it like 'Europe/Berlin' or 'Etc/UTC'"],
  ])('%s is refused', (timeZone, message) => {
    expect(faultsOf(Schedule.daily({ timeZone }))).toEqual([message]);
  });

  test('all zones of this Node.js are known, but those younger than the oldest Kubernetes', () => {
    const unknown = Intl.supportedValuesOf('timeZone').filter(timeZone => Schedule.daily({ timeZone, hour: 12 }).faults.length > 0);
    expect(unknown.filter(timeZone => timeZone !== 'America/Coyhaique')).toEqual([]);
  });
});

describe('W11 schedules that leave something out say so', () => {
  test.each([
    ['0 0 31 * *', "KEELSON1513 schedule '0 0 31 * *' does not run in months of fewer than 31 days: name a day up to 28 to run in every month"],
    ['0 0 29 * *', "KEELSON1513 schedule '0 0 29 * *' does not run in February but in leap years: name a day up to 28 to run in every month"],
    ['0 0 29 2 *', "KEELSON1513 schedule '0 0 29 2 *' does not run in February but in leap years: name a day up to 28 to run every year"],
    ['0 0 31 1,4 *', "KEELSON1513 schedule '0 0 31 1,4 *' does not run in months of fewer than 31 days: name a day up to 28 to run in each of its months"],
    ['0 0 30 * *', "KEELSON1513 schedule '0 0 30 * *' does not run in months of fewer than 30 days: name a day up to 28 to run in every month"],
  ])('%s', (expression, message) => {
    expect(warningsOf(Schedule.cron(expression))).toEqual([message]);
  });

  test.each(['0 0 28 * *', '0 0 28-31 * *', '0 0 31 1,3 *', '0 0 31 * MON', '0 0 * * *'])('%s leaves out nothing', (expression) => {
    expect(warningsOf(Schedule.cron(expression))).toEqual([]);
  });

  test('a time that clocks skip in spring', () => {
    expect(warningsOf(Schedule.daily({ hour: 2, minute: 30, timeZone: 'Europe/Berlin' }))).toEqual([
      "KEELSON1514 schedule '30 2 * * *' leaves out the day when summer time begins in Europe/Berlin, whose clocks skip 02:00 to 03:00: run at another time",
    ]);
    expect(warningsOf(Schedule.daily({ timeZone: 'Africa/Cairo' }))).toEqual([
      "KEELSON1514 schedule '0 0 * * *' leaves out the day when summer time begins in Africa/Cairo, whose clocks skip 00:00 to 01:00: run at another time",
    ]);
  });

  test.each([
    ['just before', Schedule.daily({ hour: 1, minute: 59, timeZone: 'Europe/Berlin' })],
    ['just after', Schedule.daily({ hour: 3, timeZone: 'Europe/Berlin' })],
    ['on a day when clocks never change', Schedule.weekly({ weekday: Weekday.MONDAY, hour: 2, timeZone: 'Europe/Berlin' })],
    ['where clocks never change', Schedule.daily({ hour: 2, timeZone: 'Asia/Tokyo' })],
    ['in the hour that comes twice in autumn', Schedule.daily({ hour: 1, minute: 30, timeZone: 'America/New_York' })],
    ['every hour', Schedule.hourly({ timeZone: 'Europe/Berlin' })],
    ['where the schedule is refused anyway', Schedule.daily({ hour: 2, minute: 99, timeZone: 'Europe/Berlin' })],
  ])('%s nothing is said', (_, schedule) => {
    expect(warningsOf(schedule)).toEqual([]);
  });
});
