import { Fault } from '@keelson/core';
import { shown } from './private/made';

/** Options for `StatefulSetStrategy.rollingUpdate`. */
export interface StatefulSetRollingUpdateOptions {
  /**
   * Pods with a number below stay as they are, also when they are started anew, until it is lowered: to try a change on the last ones
   * first. 0 is all of them.
   *
   * @default 0
   */
  readonly partition?: number;
}

/**
 * How pods of a StatefulSet get what has changed of them. They are replaced one at a time, the highest number first, each when the one
 * before is ready; more at once is nothing that clusters keep (`maxUnavailable` is dropped up to 1.36, without a word).
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
export class StatefulSetStrategy {
  /**
   * Pods are replaced by themselves.
   *
   * @param options which of them.
   */
  public static rollingUpdate(options: StatefulSetRollingUpdateOptions = {}): StatefulSetStrategy {
    const { partition = 0 } = options;
    const faults = Number.isInteger(partition) && partition >= 0 ? [] : [{
      code: 'KEELSON3156', member: 'partition', got: shown(partition), allowed: 'an integer from 0 on', fix: 'leave it out for all pods',
    }];
    return new StatefulSetStrategy(faults, true, partition);
  }

  /** Nothing is replaced by itself: a pod changes when somebody deletes it, for instance at an hour when that hurts least. */
  public static onDelete(): StatefulSetStrategy {
    return new StatefulSetStrategy([], false, 0);
  }

  private constructor(
    /** What is wrong with it; the database that receives it reports them. */
    public readonly faults: Fault[],
    /** Whether pods are replaced by themselves. */
    public readonly isRolling: boolean,
    /** Pods with a number below stay as they are. */
    public readonly partition: number,
  ) {}
}
