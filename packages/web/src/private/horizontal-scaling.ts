import { ClusterProfile, Fault, Faults } from '@keelson/core';
import type { ScalingRange } from '../scaling';
import { ScalingMetric } from '../scaling-metric';
import { behaviorFaults, behaviorFaultsIn, renderBehavior } from './behavior';
import { givenFaults, made } from './made';
import { podRangeFaults } from './pod-range';
import { repeatedFaults } from './repeated';
import { ResourceUse, ScalingModel, ScalingWarning } from './scaling-model';

/** A metric, and where it was said; as it was given, since JavaScript lets users give anything. */
export interface GivenMetric {
  readonly member: string;
  readonly metric: ScalingMetric;
}

/** A HorizontalPodAutoscaler. */
export class HorizontalScaling implements ScalingModel {
  public readonly apiVersion = 'autoscaling/v2';
  public readonly kind = 'HorizontalPodAutoscaler';
  public readonly min: number;
  public readonly max: number;
  public readonly saysMin = true;
  public readonly faults: Fault[];
  public readonly warnings: readonly ScalingWarning[] = [];
  public readonly uses: readonly ResourceUse[];

  public constructor(private readonly range: ScalingRange, private readonly metrics: readonly GivenMetric[]) {
    this.min = range.min ?? 2;
    this.max = range.max;
    this.uses = metrics.flatMap(({ member, metric }) => {
      const use = made(metric)?._use;
      return use === undefined ? [] : [{ ...use, member }];
    });
    this.faults = [
      ...podRangeFaults(this.min, this.max, 1),
      ...(metrics.length > 0 ? [] : [{
        code: 'KEELSON2082', member: 'metrics', got: 'none', allowed: 'at least one', fix: "try ScalingMetric.cpu(70), or set 'replicas' instead",
      }]),
      ...metrics.flatMap(({ member, metric }) => Faults.within(member, givenFaults(metric, 'ScalingMetric', 'cpu(70)'))),
      ...repeatedFaults('metrics', metrics.flatMap(({ metric }) => (made(metric) === undefined ? [] : { key: metric._identity, title: metric._title }))),
      ...behaviorFaults(range),
    ];
  }

  public withUsualMin(): ScalingModel {
    return this;
  }

  public faultsIn(profile: ClusterProfile): Fault[] {
    return behaviorFaultsIn(profile, this.range);
  }

  public namespaceFaults(): Fault[] {
    return [];
  }

  public spec(name: string): object {
    return {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: this.min,
      maxReplicas: this.max,
      metrics: this.metrics.map(({ metric }) => metric),
      behavior: renderBehavior(this.range),
    };
  }
}
