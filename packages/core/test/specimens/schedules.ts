import { Duration } from 'cdk8s';
import { ConcurrencyPolicy, Schedule, ScheduledTask, Weekday } from '../../src';
import { specimen } from './specimen';

const image = 'registry.example.com/shop/invoices:2.3.0';

export const scheduled = specimen({
  title: 'core-scheduled-task',
  shows: [
    'CronJob spec has { schedule: "30 2 * * *", timeZone: Etc/UTC, concurrencyPolicy: Forbid, startingDeadlineSeconds: 3600 }',
    'CronJob spec.suspend is absent',
    'CronJob spec.jobTemplate.metadata.labels has { app.kubernetes.io/instance: invoices }',
    'CronJob spec.jobTemplate.spec has { activeDeadlineSeconds: 86400, template: { spec: { restartPolicy: Never, serviceAccountName: invoices } } }',
    'CronJob spec.jobTemplate.spec.ttlSecondsAfterFinished is absent',
  ],
  define: (chart) => {
    new ScheduledTask(chart, 'invoices', { image, schedule: Schedule.daily({ hour: 2, minute: 30 }) });
  },
});

export const options = specimen({
  title: 'core-scheduled-task-options',
  shows: [
    'CronJob spec has { schedule: 0 6 1 * *, timeZone: Europe/Berlin, startingDeadlineSeconds: 600, suspend: true }',
    'CronJob spec has { successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 5 }',
    'CronJob spec.jobTemplate.metadata.annotations = { contact: shop@example.com }',
    'CronJob spec.jobTemplate.spec has { activeDeadlineSeconds: 1800, backoffLimit: 1, ttlSecondsAfterFinished: 3600 }',
  ],
  define: (chart) => {
    new ScheduledTask(chart, 'invoices', {
      image, schedule: Schedule.monthly({ day: 1, hour: 6, timeZone: 'Europe/Berlin' }), startingDeadline: Duration.minutes(10), suspend: true,
      successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 5, jobAnnotations: { contact: 'shop@example.com' },
      activeDeadline: Duration.minutes(30), backoffLimit: 1, ttlAfterFinished: Duration.hours(1),
    });
  },
});

export const concurrency = specimen({
  title: 'core-scheduled-task-concurrency',
  shows: [
    'CronJob/feed spec.concurrencyPolicy = Allow', 'CronJob/invoices spec.concurrencyPolicy = Forbid', 'CronJob/prices spec.concurrencyPolicy = Replace',
  ],
  define: (chart) => {
    const schedule = Schedule.every(Duration.hours(6), { minute: 20 });
    new ScheduledTask(chart, 'feed', { image, schedule, concurrencyPolicy: ConcurrencyPolicy.ALLOW });
    new ScheduledTask(chart, 'invoices', { image, schedule, concurrencyPolicy: ConcurrencyPolicy.FORBID });
    new ScheduledTask(chart, 'prices', { image, schedule, concurrencyPolicy: ConcurrencyPolicy.REPLACE });
  },
});

export const forms = specimen({
  title: 'core-schedule-forms',
  shows: [
    'CronJob/hourly spec.schedule = 7 * * * *',
    'CronJob/every-quarter spec.schedule = "14-59/15 * * * *"',
    'CronJob/on-working-days spec.schedule = "0 6 * * MON-FRI"',
    'CronJob/yearly spec.schedule = "@yearly"',
  ],
  define: (chart) => {
    new ScheduledTask(chart, 'hourly', { image, schedule: Schedule.hourly({ minute: 7 }) });
    new ScheduledTask(chart, 'every-quarter', { image, schedule: Schedule.every(Duration.minutes(15), { minute: 14 }) });
    new ScheduledTask(chart, 'on-working-days', { image, schedule: Schedule.cron('0 6 * * MON-FRI') });
    new ScheduledTask(chart, 'yearly', { image, schedule: Schedule.cron('@yearly') });
  },
});

export const weekdays = specimen({
  title: 'core-schedule-weekdays',
  shows: [
    'CronJob/sunday spec.schedule = 0 0 * * SUN', 'CronJob/monday spec.schedule = 0 1 * * MON', 'CronJob/tuesday spec.schedule = 0 2 * * TUE',
    'CronJob/wednesday spec.schedule = 0 3 * * WED', 'CronJob/thursday spec.schedule = 0 4 * * THU', 'CronJob/friday spec.schedule = 0 5 * * FRI',
    'CronJob/saturday spec.schedule = 0 6 * * SAT',
  ],
  define: (chart) => {
    const days = [Weekday.SUNDAY, Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY, Weekday.SATURDAY];
    const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
    days.forEach((weekday, hour) => new ScheduledTask(chart, names[hour] ?? '', { image, schedule: Schedule.weekly({ weekday, hour }) }));
  },
});

export const leftOut = specimen({
  title: 'core-schedule-left-out',
  warns: ['KEELSON1513', 'KEELSON1514'],
  shows: ['CronJob/month-end spec.schedule = 0 9 31 * *', 'CronJob/nightly spec has { schedule: 30 2 * * *, timeZone: Europe/Berlin }'],
  define: (chart) => {
    new ScheduledTask(chart, 'month-end', { image, schedule: Schedule.cron('0 9 31 * *') });
    new ScheduledTask(chart, 'nightly', { image, schedule: Schedule.daily({ hour: 2, minute: 30, timeZone: 'Europe/Berlin' }) });
  },
});
