import { Weekday } from './weekday';

/** Options of all schedules. */
export interface ScheduleOptions {
  /**
   * The IANA time zone that the clock is read in, in its exact spelling, such as `Europe/Berlin`: Kubernetes finds no other. Where it
   * has summer time, a time in the hour left out in spring doesn't come that day (synth warns).
   *
   * @default 'Etc/UTC'
   * @see https://en.wikipedia.org/wiki/List_of_tz_database_time_zones
   */
  readonly timeZone?: string;
}

/** Options for `Schedule.hourly` and `Schedule.every`. */
export interface HourlyOptions extends ScheduleOptions {
  /**
   * Minute of the hour, from 0 to 59: not all tasks of a cluster need start at once. For periods of less than an hour, the first one of
   * them.
   *
   * @default 0
   */
  readonly minute?: number;
}

/** Options for `Schedule.daily`. */
export interface DailyOptions extends HourlyOptions {
  /**
   * Hour of the day, from 0 to 23.
   *
   * @default 0
   */
  readonly hour?: number;
}

/** Options for `Schedule.weekly`. */
export interface WeeklyOptions extends DailyOptions {
  /**
   * Day of the week.
   *
   * @default Weekday.SUNDAY
   */
  readonly weekday?: Weekday;
}

/** Options for `Schedule.monthly`. */
export interface MonthlyOptions extends DailyOptions {
  /**
   * Day of the month, from 1 to 28. Later ones aren't in every month: `Schedule.cron` takes them, and skips the others.
   *
   * @default 1
   */
  readonly day?: number;
}
