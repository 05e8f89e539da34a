import { Fault } from '@keelson/core';
import { GivenMetric, HorizontalScaling } from './private/horizontal-scaling';
import { made } from './private/made';
import { ScalingModel } from './private/scaling-model';
import { TriggerModel } from './private/trigger-model';
import { ScalingBehavior } from './scaling-behavior';
import { ScalingMetric } from './scaling-metric';
import { ScalingTrigger } from './scaling-trigger';
import { TriggerScaling } from './trigger-scaling';

/** How far a workload scales. */
export interface ScalingRange extends ScalingBehavior {
  /**
   * The fewest pods, from 1 to 2147483647; two or more survive the loss of one.
   *
   * @default 2
   */
  readonly min?: number;

  /** The most pods, from `min` to 2147483647. */
  readonly max: number;
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
 * How the number of pods follows the load: a HorizontalPodAutoscaler (`autoscaling/v2`), or KEDA's ScaledObject, which makes one.
 *
 * Percentages are of what a pod requests (`resources`). Unless told otherwise, it doubles the pods or adds four every 15 seconds,
 * whichever is more, and takes away at most half of them a minute.
 *
 * ```ts
 * Scaling.onCpu({ min: 3, max: 12, percent: 70 });
 * Scaling.on([ScalingMetric.cpu(70), ScalingMetric.pods('http_requests_per_second', 100)], { max: 12 });
 * ```
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
    return Scaling.horizontal(options, [{ member: 'percent', metric: ScalingMetric.cpu(options.percent) }]);
  }

  /**
   * By memory: only for programs that give it back.
   *
   * @param options range and target.
   */
  public static onMemory(options: UtilizationScaling): Scaling {
    return Scaling.horizontal(options, [{ member: 'percent', metric: ScalingMetric.memory(options.percent) }]);
  }

  /**
   * By CPU and memory, whichever needs more pods.
   *
   * @param options range and targets.
   */
  public static onResources(options: ResourceScaling): Scaling {
    return Scaling.horizontal(options, [
      { member: 'cpuPercent', metric: ScalingMetric.cpu(options.cpuPercent) },
      { member: 'memoryPercent', metric: ScalingMetric.memory(options.memoryPercent) },
    ]);
  }

  /**
   * By any metrics, whichever needs the most pods.
   *
   * @param metrics at least one.
   * @param range how far, and how fast.
   */
  public static on(metrics: ScalingMetric[], range: ScalingRange): Scaling {
    return Scaling.horizontal(range, metrics.map((metric, at) => ({ member: `metrics.${made(metric)?._title ?? String(at)}`, metric })));
  }

  /**
   * By KEDA: by the length of a queue, by the clock, down to no pod at all; a `WebApp` keeps two unless told otherwise. KEDA has to be in
   * the cluster and in the profile's `customResources`, as `keda.sh/v1alpha1/ScaledObject`. It calls what it asks from its own namespace:
   * whatever in this cluster it asks has to let it in.
   *
   * @param triggers at least one; the one that needs the most pods counts.
   * @param options how far, and how fast.
   * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
   */
  public static onTriggers(triggers: ScalingTrigger[], options: TriggerScaling): Scaling {
    return new Scaling(new TriggerModel(triggers, options));
  }

  private static horizontal(range: ScalingRange, metrics: GivenMetric[]): Scaling {
    return new Scaling(new HorizontalScaling(range, metrics));
  }

  /**
   * The fewest pods.
   *
   * @default - of triggers that say none: 2 for a `WebApp`, none for a `Worker`.
   */
  public readonly min?: number;

  /** The most pods. */
  public readonly max: number;

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    /** @internal */
    public readonly _model: ScalingModel,
  ) {
    this.min = _model.saysMin ? _model.min : undefined;
    this.max = _model.max;
    this.faults = _model.faults;
  }

  /**
   * The same for what has so many pods at least where it doesn't say it.
   *
   * @internal
   */
  public _withUsualMin(usual: number): Scaling {
    const model = this._model.withUsualMin(usual);
    return model === this._model ? this : new Scaling(model);
  }
}
