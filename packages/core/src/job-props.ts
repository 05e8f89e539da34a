import { Duration } from 'cdk8s';
import { PodFailureRule } from './pod-failure-rule';
import { RestartPolicy } from './restart-policy';
import { SuccessRule } from './success-rule';

/** How completions are counted. */
export enum CompletionMode {
  /** Any pod that succeeds is one. */
  NON_INDEXED = 'NonIndexed',
  /** Each pod has an index from 0 on, in `JOB_COMPLETION_INDEX` and its host name, and each index has to succeed once. */
  INDEXED = 'Indexed',
}

/** When a failing pod is replaced. */
export enum PodReplacementPolicy {
  /** When it begins to end: for a while two may run. */
  TERMINATING_OR_FAILED = 'TerminatingOrFailed',
  /** When it has ended. */
  FAILED = 'Failed',
}

/** What every Job can be told, run once or on a schedule. */
export interface JobProps {
  /**
   * Whether containers that fail are started again in their pod (`ON_FAILURE`), whose logs are gone when the last try fails, or in a new
   * pod (`NEVER`), which may run on another node.
   *
   * @default RestartPolicy.NEVER
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#handling-pod-and-container-failures
   */
  readonly restartPolicy?: RestartPolicy;

  /**
   * How many failures are borne before the Job fails; 0 for a single try.
   *
   * @default - 6, with `backoffLimitPerIndex` any number.
   */
  readonly backoffLimit?: number;

  /**
   * How long the Job may run, all tries together; at least 1 second. Then its pods are killed and it has failed.
   *
   * @default - a Task may run for ever; a ScheduledTask one day, since one that hangs would keep all later runs from starting.
   */
  readonly activeDeadline?: Duration;

  /**
   * How long a Job that has ended is kept, in whole seconds. A Task that is applied again after that runs again, though nothing has
   * changed.
   *
   * @default - until it is deleted or pruned; those of a ScheduledTask as its history says.
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
   */
  readonly ttlAfterFinished?: Duration;

  /**
   * How many pods have to succeed, from 1 on.
   *
   * @default - 1; with `parallelism` alone, one of the pods, after which no new one is started.
   */
  readonly completions?: number;

  /**
   * How many pods run at once, from 1 on.
   *
   * @default 1
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs
   */
  readonly parallelism?: number;

  /**
   * How completions are counted.
   *
   * @default CompletionMode.NON_INDEXED
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
   */
  readonly completionMode?: CompletionMode;

  /**
   * How many failures of one index are borne before that index has failed; only with `CompletionMode.INDEXED`, from Kubernetes 1.29 on.
   *
   * @default - failures count for the whole Job.
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#backoff-limit-per-index
   */
  readonly backoffLimitPerIndex?: number;

  /**
   * How many indexes may fail before the Job is given up; only with `backoffLimitPerIndex`.
   *
   * @default - the others run to their end, and the Job fails then.
   */
  readonly maxFailedIndexes?: number;

  /**
   * Which failures count, and which end the Job at once: the first rule that fits decides. Only with `RestartPolicy.NEVER`. An empty list:
   * all count.
   *
   * @default - pods that are evicted, preempted or drained don't count as failures, with `RestartPolicy.NEVER`.
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
   */
  readonly podFailurePolicy?: PodFailureRule[];

  /**
   * When the Job has succeeded before all indexes have: one rule is enough. Only with `CompletionMode.INDEXED`, from Kubernetes 1.31 on.
   *
   * @default - when all have.
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy
   */
  readonly successPolicy?: SuccessRule[];

  /**
   * When a failing pod is replaced; from Kubernetes 1.29 on, before that as `TERMINATING_OR_FAILED`.
   *
   * @default - `FAILED` with a `podFailurePolicy`, which there is unless told otherwise.
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-replacement-policy
   */
  readonly podReplacementPolicy?: PodReplacementPolicy;
}
