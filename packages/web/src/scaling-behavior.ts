import { Fault, Faults } from '@keelson/core';
import { Duration } from 'cdk8s';
import { INT32, isInt32From } from './private/integer';
import { secondsOf } from './private/seconds';
import { shown } from './private/made';

/** The longest period that the API server takes. */
const LONGEST_PERIOD = 1800;

/** How fast pods may be added or taken away. */
export class ScalingPolicy {
  /**
   * At most so many pods in a period.
   *
   * @param count from 1 to 2147483647.
   * @param period from 1 to 1800 seconds.
   */
  public static pods(count: number, period: Duration): ScalingPolicy {
    return new ScalingPolicy('Pods', count, period);
  }

  /**
   * At most such a share of the pods in a period.
   *
   * @param percent of the pods at its begin, from 1 to 2147483647; 100 doubles them.
   * @param period from 1 to 1800 seconds.
   */
  public static percent(percent: number, period: Duration): ScalingPolicy {
    return new ScalingPolicy('Percent', percent, period);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly type: string, private readonly value: number, private readonly period: Duration) {
    const seconds = secondsOf(period);
    this.faults = [
      ...(isInt32From(1, value) ? [] : [{
        code: 'KEELSON2086', got: `${value}`, allowed: `an integer from 1 to ${INT32}`, fix: "to change nothing, set 'selectPolicy: ScalingSelectPolicy.DISABLED'",
      }]),
      ...Faults.within('period', isInt32From(1, seconds) && seconds <= LONGEST_PERIOD ? [] : [{
        code: 'KEELSON2087', got: Number.isNaN(seconds) ? shown(period) : `${seconds} s`, allowed: `whole seconds from 1 to ${LONGEST_PERIOD}`, fix: 'try Duration.minutes(1)',
      }]),
    ];
  }

  /** As Kubernetes writes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    return { type: this.type, value: this.value, periodSeconds: secondsOf(this.period) };
  }
}

/** Which of several policies counts. */
export enum ScalingSelectPolicy {
  /** The one that changes most. */
  MAX = 'Max',
  /** The one that changes least. */
  MIN = 'Min',
  /** None: the number doesn't change in this direction. */
  DISABLED = 'Disabled',
}

/**
 * How the number of pods changes in one direction.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
 */
export interface ScalingRules {
  /**
   * How fast, at least one.
   *
   * @default - up, all pods again or four every 15 seconds; down, half of them a minute.
   */
  readonly policies?: ScalingPolicy[];

  /**
   * Which of the policies counts.
   *
   * @default ScalingSelectPolicy.MAX
   */
  readonly selectPolicy?: ScalingSelectPolicy;

  /**
   * How far off the target nothing changes yet, in percent, from 0 on with at most one decimal place. From Kubernetes 1.35 on.
   *
   * @default - the cluster's, mostly 10 percent.
   * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#tolerance
   */
  readonly tolerancePercent?: number;
}

/** How the number of pods changes. */
export interface ScalingBehavior {
  /**
   * How long the need must be lower before pods are taken away, from 0 to 3600 seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly scaleDownStabilization?: Duration;

  /**
   * How long the need must be higher before pods are added, from 0 to 3600 seconds.
   *
   * @default Duration.seconds(0)
   */
  readonly scaleUpStabilization?: Duration;

  /**
   * How fast pods are added.
   *
   * @default - all of them again, or four, every 15 seconds, whichever is more.
   */
  readonly scaleUp?: ScalingRules;

  /**
   * How fast pods are taken away.
   *
   * @default - at most half of them a minute.
   */
  readonly scaleDown?: ScalingRules;
}
