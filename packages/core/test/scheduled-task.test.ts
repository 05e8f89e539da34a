import { Duration, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ConcurrencyPolicy, Metadata, RestartPolicy, Schedule, ScheduledTask, type ScheduledTaskProps, Warnings } from '../src';
import { accepted, charted, mistakes, named, type Rendered } from './server';

const props = { image: 'registry.example.com/shop/invoices:2.3.0', schedule: Schedule.daily({ hour: 2 }) };

const rendered = (more: Partial<ScheduledTaskProps> = {}): Rendered => {
  const chart = charted();
  new ScheduledTask(chart, 'invoices', { ...props, ...more });
  return named(accepted(chart), 'CronJob', 'invoices');
};

const said = (more: Partial<ScheduledTaskProps>): { mistakes: string[]; warnings: string[] } => {
  const chart = charted();
  new ScheduledTask(chart, 'invoices', { ...props, ...more });
  return { mistakes: mistakes(chart).map(line => line.replace('[shop/invoices] ', '')), warnings: Warnings.of(chart) };
};

describe('W11 F-W28 a task on a schedule', () => {
  test('defines a CronJob, an account and a policy, all of its name', () => {
    const chart = charted();
    const task = new ScheduledTask(chart, 'invoices', props);
    expect(accepted(chart).map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort())
      .toEqual(['CronJob/invoices', 'NetworkPolicy/invoices', 'ServiceAccount/invoices']);
    expect(task.cronJob.kind).toBe('CronJob');
  });

  test('neither piles up nor hangs for ever unless told so', () => {
    const { jobTemplate, ...spec } = rendered().spec;
    expect(spec).toEqual({ schedule: '0 2 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 3600 });
    expect({ ...jobTemplate.spec, template: undefined }).toEqual({
      activeDeadlineSeconds: 86400, podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
    });
    expect(jobTemplate.metadata).toEqual({ labels: expect.objectContaining({ 'app.kubernetes.io/instance': 'invoices' }) });
    expect(jobTemplate.spec.template.spec).toMatchObject({ restartPolicy: 'Never', serviceAccountName: 'invoices' });
  });

  test('its Jobs say what the scopes around say, as all objects do, and what is said of them is nearer', () => {
    const chart = charted();
    new ScheduledTask(chart, 'invoices', { ...props, jobAnnotations: { contact: 'billing' } });
    new Metadata({ labels: { team: 'shop', 'app.kubernetes.io/name': 'other' }, annotations: { contact: 'shop', note: 'a' } }).applyTo(chart);
    expect(named(accepted(chart), 'CronJob', 'invoices').spec.jobTemplate.metadata).toEqual({
      labels: expect.objectContaining({ team: 'shop', 'app.kubernetes.io/name': 'invoices' }), annotations: { contact: 'billing', note: 'a' },
    });
  });

  test('each of its options replaces a default', () => {
    const { jobTemplate, ...spec } = rendered({
      schedule: Schedule.cron('@weekly', { timeZone: 'Europe/Berlin' }), concurrencyPolicy: ConcurrencyPolicy.REPLACE,
      startingDeadline: Duration.seconds(10), successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 7, suspend: true,
      activeDeadline: Duration.minutes(5), ttlAfterFinished: Duration.hours(1), backoffLimit: 0, jobAnnotations: { contact: 'shop' },
      restartPolicy: RestartPolicy.ON_FAILURE,
    }).spec;
    expect(spec).toEqual({
      schedule: '@weekly', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Replace', startingDeadlineSeconds: 10,
      successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 7, suspend: true,
    });
    const { template, ...job } = jobTemplate.spec;
    expect(job).toEqual({ activeDeadlineSeconds: 300, ttlSecondsAfterFinished: 3600, backoffLimit: 0 });
    expect(jobTemplate.metadata.annotations).toEqual({ contact: 'shop' });
    expect(template.spec.restartPolicy).toBe('OnFailure');
  });

  test('has a name of at most 52 characters, since its Jobs add 11', () => {
    const chart = charted();
    new ScheduledTask(chart, 'a'.repeat(52), props);
    expect(accepted(chart)).toHaveLength(3);
    expect(said({ name: 'a'.repeat(53) }).mistakes).toEqual([
      `KEELSON1061 'name' must be at most 52 characters long for a CronJob (its Jobs add 11), got '${'a'.repeat(53)}': try '${'a'.repeat(52)}'`,
    ]);
  });

  test('is the same at every synth', () => {
    const chart = charted();
    new ScheduledTask(chart, 'invoices', props);
    expect(JSON.stringify(Testing.synth(chart))).toBe(JSON.stringify(Testing.synth(chart)));
  });

  test('says what is wrong with its schedule, and everything else', () => {
    expect(said({
      schedule: Schedule.cron('0 0 30 2 *', { timeZone: 'europe/berlin' }), startingDeadline: Duration.seconds(0), successfulJobsHistoryLimit: -1,
      failedJobsHistoryLimit: 1.5, jobAnnotations: { 'a b': '1' }, backoffLimit: -1,
    }).mistakes).toEqual([
      "KEELSON1052 'jobAnnotations' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'",
      "KEELSON1121 'startingDeadline' must be at least 1 s, got 0 s: try Duration.seconds(1)",
      "KEELSON1508 'schedule' must be a date that there is, got '0 0 30 2 *', which never comes: February has 29 days at most: name another day",
      "KEELSON1509 'schedule.timeZone' must be the exact name of an IANA time zone that Kubernetes knows, got 'europe/berlin': write 'Europe/Berlin'",
      "KEELSON1521 'backoffLimit' must be an integer from 0, got -1: 0 is for a single try",
      "KEELSON1521 'failedJobsHistoryLimit' must be an integer from 0, got 1.5: 0 keeps none",
      "KEELSON1521 'successfulJobsHistoryLimit' must be an integer from 0, got -1: 0 keeps none",
    ]);
  });

  test('without a schedule, as JavaScript may make it, says so', () => {
    expect(said({ schedule: undefined as unknown as Schedule }).mistakes).toEqual([
      "KEELSON1587 'schedule' must be a value of Schedule, got undefined: use Schedule.cron('30 2 * * *')",
    ]);
    expect(said({ schedule: '0 * * * *' as unknown as Schedule }).mistakes).toEqual([
      "KEELSON1587 'schedule' must be a value of Schedule, got '0 * * * *': use Schedule.cron('30 2 * * *')",
    ]);
  });

  test('says what else JavaScript may get wrong', () => {
    expect(said({ suspend: 'yes' as unknown as boolean, concurrencyPolicy: 'forbid' as ConcurrencyPolicy, restartPolicy: 'never' as RestartPolicy }).mistakes).toEqual([
      "KEELSON1585 'concurrencyPolicy' must be one of Allow, Forbid, Replace, got 'forbid': write ConcurrencyPolicy.FORBID",
      "KEELSON1585 'restartPolicy' must be one of Always, OnFailure, Never, got 'never': write RestartPolicy.NEVER",
      "KEELSON1587 'suspend' must be true or false, got 'yes': write it without quotes",
    ]);
  });

  test('keeps no history of Jobs that are deleted as they end', () => {
    const ttlAfterFinished = Duration.seconds(0);
    expect(said({ ttlAfterFinished, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 2 }).mistakes).toEqual([
      "KEELSON1588 'failedJobsHistoryLimit' must be 0 or left out with a 'ttlAfterFinished' of 0 s, which deletes Jobs as they end, got 2: remove one of the two",
      "KEELSON1588 'successfulJobsHistoryLimit' must be 0 or left out with a 'ttlAfterFinished' of 0 s, which deletes Jobs as they end, got 1: remove one of the two",
    ]);
    expect(said({ ttlAfterFinished, successfulJobsHistoryLimit: 0 }).mistakes).toEqual([]);
    expect(said({ ttlAfterFinished: Duration.seconds(1), successfulJobsHistoryLimit: 1 }).mistakes).toEqual([]);
  });

  test('warns of a starting deadline that may pass unseen', () => {
    expect(said({ startingDeadline: Duration.seconds(9) })).toEqual({ mistakes: [], warnings: [
      '[shop/invoices] KEELSON1535 startingDeadline 9 s is less than the 10 s after which the controller looks again, so that runs may never start: give it more',
    ] });
    expect(said({ startingDeadline: Duration.seconds(10) })).toEqual({ mistakes: [], warnings: [] });
  });

  test('warns of what its schedule leaves out', () => {
    expect(said({ schedule: Schedule.cron('0 0 31 * *') }).warnings).toEqual([
      "[shop/invoices] KEELSON1513 schedule '0 0 31 * *' does not run in months of fewer than 31 days: name a day up to 28 to run in every month",
    ]);
    expect(said({ schedule: Schedule.daily({ hour: 2, timeZone: 'Europe/Berlin' }) }).warnings).toEqual([
      "[shop/invoices] KEELSON1514 schedule '0 2 * * *' leaves out the day when summer time begins in Europe/Berlin, whose clocks skip 02:00 to 03:00: run at another time",
    ]);
  });
});
