import { Duration } from 'cdk8s';
import { Fault } from '@keelson/core';
import { INT32, isInt32From } from './private/integer';

/** How far an app scales. */
export interface ScalingRange {
  /**
   * The fewest pods, from 1 to 2147483647; two or more survive the loss of one.
   *
   * @default 2
   */
  readonly min?: number;

  /** The most pods, from `min` to 2147483647. */
  readonly max: number;

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
}

/** Options for `Scaling.onCpu` and `Scaling.onMemory`. */
export interface UtilizationScaling extends ScalingRange {
  /** The share of the requested amount that pods should use on average, from 1 percent on. */
  readonly percent: number;
}

/** Options for `Scaling.onResources`. */
export interface ResourceScaling extends ScalingRange {
  /** The share of the requested CPU that pods should use on average, from 1 percent on. */
  readonly cpuPercent: number;
  /** The share of the requested memory that pods should use on average, from 1 percent on. */
  readonly memoryPercent: number;
}

/**
 * How the number of pods follows the load: a HorizontalPodAutoscaler (`autoscaling/v2`).
 *
 * Percentages are of what a pod requests (`resources`). It doubles the pods or adds four every 15 seconds, whichever is more,
 * and takes away at most half of them a minute.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class Scaling {
  /**
   * By CPU.
   *
   * @param options range and target.
   */
  public static onCpu(options: UtilizationScaling): Scaling {
    return new Scaling(options, new Map([['cpu', options.percent]]), ['percent']);
  }

  /**
   * By memory: only for programs that give it back.
   *
   * @param options range and target.
   */
  public static onMemory(options: UtilizationScaling): Scaling {
    return new Scaling(options, new Map([['memory', options.percent]]), ['percent']);
  }

  /**
   * By CPU and memory, whichever needs more pods.
   *
   * @param options range and targets.
   */
  public static onResources(options: ResourceScaling): Scaling {
    return new Scaling(options, new Map([['cpu', options.cpuPercent], ['memory', options.memoryPercent]]), ['cpuPercent', 'memoryPercent']);
  }

  /** The fewest pods. */
  public readonly min: number;

  /** The most pods. */
  public readonly max: number;

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly range: ScalingRange, private readonly targets: Map<string, number>, members: string[]) {
    this.min = range.min ?? 2;
    this.max = range.max;
    this.faults = [
      ...countFaults('min', this.min),
      ...countFaults('max', this.max),
      ...(this.min > this.max ? [{
        code: 'KEELSON2057', member: 'max', got: `${this.max}`, allowed: `at least min, ${this.min}`, fix: 'swap the two, or raise max',
      }] : []),
      ...[...targets.values()].flatMap((percent, i) => (isInt32From(1, percent) ? [] : [{
        code: 'KEELSON2058', member: members[i], got: `${percent}`, allowed: `an integer from 1 to ${INT32}, in percent of the request`, fix: 'try 70',
      }])),
      ...windowFaults('scaleDownStabilization', range.scaleDownStabilization),
      ...windowFaults('scaleUpStabilization', range.scaleUpStabilization),
    ];
  }

  /** @internal */
  public _spec(): Record<string, unknown> {
    const window = (duration: Duration | undefined, fallback: number) => duration?.toSeconds({ integral: false }) ?? fallback;
    return {
      minReplicas: this.min,
      maxReplicas: this.max,
      metrics: [...this.targets].map(([name, averageUtilization]) => ({
        type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } },
      })),
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: window(this.range.scaleUpStabilization, 0),
          selectPolicy: 'Max',
          policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }, { type: 'Pods', value: 4, periodSeconds: 15 }],
        },
        scaleDown: {
          stabilizationWindowSeconds: window(this.range.scaleDownStabilization, 300),
          selectPolicy: 'Max',
          policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
        },
      },
    };
  }
}

function countFaults(member: string, count: number): Fault[] {
  return isInt32From(1, count) ? [] : [{
    code: 'KEELSON2056', member, got: `${count}`, allowed: `an integer from 1 to ${INT32}`, fix: 'give a number of pods; to scale to none, something else than a HorizontalPodAutoscaler is needed',
  }];
}

function windowFaults(member: string, window: Duration | undefined): Fault[] {
  const seconds = window?.toSeconds({ integral: false }) ?? 0;
  return Number.isInteger(seconds) && seconds <= 3600 ? [] : [{
    code: 'KEELSON2059', member, got: `${seconds} s`, allowed: 'whole seconds up to 3600', fix: 'try Duration.minutes(5)',
  }];
}
