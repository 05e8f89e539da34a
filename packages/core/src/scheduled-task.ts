import { Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ConcurrencyPolicy } from './concurrency-policy';
import { Faults } from './faults';
import { JobProps } from './job-props';
import { Labels } from './labels';
import { Manifest } from './manifest';
import { Metadata } from './metadata';
import { durationFaults, wholeSeconds } from './private/duration';
import { INT32, integerFaults } from './private/integer';
import { checkJob, jobRestartPolicy, jobSpec } from './private/job-spec';
import { flagFaults, isMade, unmadeFaults } from './private/made';
import { oneOfFaults } from './private/one-of';
import { Schedule } from './schedule';
import { Warnings } from './warnings';
import { Workload } from './workload';
import { WorkloadProps } from './workload-props';

const ACTIVE_DEADLINE = Duration.days(1);
const STARTING_DEADLINE = Duration.hours(1);
/** How often the controller looks: shorter deadlines pass unseen. */
const LOOKS_EVERY = 10;
/** What the controller puts behind the name: `-` and the minutes since 1970. */
const JOB_SUFFIX = '-00000000';

/** Properties for `ScheduledTask`. */
export interface ScheduledTaskProps extends WorkloadProps, JobProps {
  /** When it runs. */
  readonly schedule: Schedule;

  /**
   * What happens when a run is due while the one before hasn't ended.
   *
   * @default ConcurrencyPolicy.FORBID
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy
   */
  readonly concurrencyPolicy?: ConcurrencyPolicy;

  /**
   * How late a run may start that was missed, because the cluster's control plane was down or the run before it hadn't ended; at least 10
   * seconds, since the controller looks no more often.
   *
   * @default - 1 hour.
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline
   */
  readonly startingDeadline?: Duration;

  /**
   * How many Jobs that succeeded are kept, with the logs of their pods.
   *
   * @default 3
   */
  readonly successfulJobsHistoryLimit?: number;

  /**
   * How many Jobs that failed are kept, with the logs of their pods.
   *
   * @default 1
   */
  readonly failedJobsHistoryLimit?: number;

  /**
   * Start no run until this is removed. Those that have started go on.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * Annotations of the Jobs.
   *
   * @default - none.
   */
  readonly jobAnnotations?: { [key: string]: string };
}

/**
 * Pods that run to their end again and again, by the clock, with the same connections, configuration and security as any workload.
 *
 * ```ts
 * declare const chart: Chart;
 * new ScheduledTask(chart, 'invoices', {
 *   image: 'registry.example.com/shop/invoices:2.3.0',
 *   schedule: Schedule.daily({ hour: 4, timeZone: 'Europe/Berlin' }),
 * });
 * ```
 *
 * Defines a CronJob, a ServiceAccount without a token and a NetworkPolicy. Its name has at most 52 characters. A run that isn't over when
 * the next one is due keeps it waiting, for an hour at most, and is stopped after a day: a run that hangs stops the schedule no longer.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class ScheduledTask extends Workload {
  /** The CronJob. */
  public readonly cronJob: Manifest;

  public constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id, props, {
      kind: 'CronJob', component: 'task', restartPolicy: jobRestartPolicy(props), replicated: (props.parallelism ?? 1) > 1,
    });
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit, suspend, jobAnnotations } = props;
    // JavaScript may leave it out, or write the expression itself.
    const schedule = isMade(props.schedule) ? props.schedule : Schedule.daily();
    const job = { ...props, activeDeadline: props.activeDeadline ?? ACTIVE_DEADLINE };
    this.cronJob = new Manifest(this, 'CronJob', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: this.objectMetadata,
      spec: {
        schedule: schedule.expression,
        timeZone: schedule.timeZone,
        concurrencyPolicy: props.concurrencyPolicy ?? ConcurrencyPolicy.FORBID,
        startingDeadlineSeconds: wholeSeconds(props.startingDeadline ?? STARTING_DEADLINE),
        successfulJobsHistoryLimit,
        failedJobsHistoryLimit,
        suspend,
        jobTemplate: {
          // Late: the scopes around may still say more. The Jobs are objects of their own, which nobody else gives their labels.
          metadata: Lazy.any({ produce: () => this.jobMetadata(jobAnnotations) }),
          spec: jobSpec(job, this.pods, this),
        },
      },
    });
    checkJob(this, `${this.name}${JOB_SUFFIX}`, job, this.pods);
    Faults.report(this, 'schedule', unmadeFaults(props.schedule, 'Schedule', "cron('30 2 * * *')"));
    this.check({ ...props, schedule });
  }

  private jobMetadata(own: { [key: string]: string } = {}): object {
    const annotations = { ...Object.fromEntries(Metadata._annotationsAt(this)), ...own };
    return {
      labels: { ...Object.fromEntries(Metadata._labelsAt(this)), ...this.objectMetadata.labels },
      annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    };
  }

  private check({ schedule, startingDeadline, jobAnnotations = {}, ...limits }: ScheduledTaskProps): void {
    Faults.report(this, 'schedule', schedule.faults);
    schedule._warnings().forEach(({ code, text }) => Warnings.report(this, code, text));
    if (startingDeadline !== undefined) {
      const faults = durationFaults(startingDeadline, { from: 1 });
      Faults.report(this, 'startingDeadline', faults);
      if (faults.length === 0 && wholeSeconds(startingDeadline) < LOOKS_EVERY) {
        Warnings.report(this, 'KEELSON1535', `startingDeadline ${wholeSeconds(startingDeadline)} s is less than the ${LOOKS_EVERY} s after which the `
          + 'controller looks again, so that runs may never start: give it more');
      }
    }
    Faults.report(this, 'suspend', flagFaults(limits.suspend));
    Faults.report(this, 'concurrencyPolicy', oneOfFaults('ConcurrencyPolicy', ConcurrencyPolicy, limits.concurrencyPolicy));
    const keepsNone = limits.ttlAfterFinished !== undefined && limits.ttlAfterFinished.toMilliseconds({ integral: false }) === 0;
    for (const prop of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const) {
      const limit = limits[prop];
      Faults.report(this, prop, limit === undefined ? [] : integerFaults('KEELSON1521', undefined, limit, 0, INT32, '0 keeps none'));
      Faults.report(this, prop, limit === undefined || limit < 1 || !keepsNone ? [] : [{
        code: 'KEELSON1588', got: String(limit), allowed: "0 or left out with a 'ttlAfterFinished' of 0 s, which deletes Jobs as they end", fix: 'remove one of the two',
      }]);
    }
    Object.entries(jobAnnotations).forEach(([key, value]) => Faults.report(this, 'jobAnnotations', Labels.annotationFaultsOf(key, value)));
    Faults.report(this, 'jobAnnotations', Labels.annotationSizeFaultsOf(jobAnnotations));
  }
}
