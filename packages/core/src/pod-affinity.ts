import { Fault } from './faults';
import { LabelExpression } from './label-expression';
import { podTargetFaults, renderPodTarget, weightFaults } from './private/pod-affinity-term';
import { Topology } from './topology';

/** Pods to be near, or away from. */
export interface PodAffinityTarget {
  /** What counts as the same place: the node, the zone, the region. */
  readonly topology: Topology;

  /**
   * Labels that all of the pods carry, such as `app.kubernetes.io/instance` with the name of a workload.
   *
   * @default - none; then there must be `expressions`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Conditions on the pods' labels, all of which must hold.
   *
   * @default - none.
   */
  readonly expressions?: LabelExpression[];

  /**
   * Namespaces that the pods are in.
   *
   * @default - the workload's own.
   */
  readonly namespaces?: string[];
}

/**
 * Pods to be near: on one node, in one zone.
 *
 * ```ts
 * PodAffinity.preferred(50, { labels: { 'app.kubernetes.io/instance': 'cache' }, topology: Topology.ZONE });
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export class PodAffinity {
  /**
   * Run only where such a pod runs; without one, pods wait.
   *
   * @param target the pods, and what counts as near.
   */
  public static required(target: PodAffinityTarget): PodAffinity {
    return new PodAffinity(target, undefined, podTargetFaults(target));
  }

  /**
   * Run rather where such a pod runs.
   *
   * @param weight what it counts beside other preferences, from 1 to 100.
   * @param target the pods, and what counts as near.
   */
  public static preferred(weight: number, target: PodAffinityTarget): PodAffinity {
    return new PodAffinity(target, weight, [...weightFaults(weight), ...podTargetFaults(target)]);
  }

  /** @internal What it counts; a required one has no weight. */
  public readonly _weight: number | undefined;

  private constructor(
    private readonly target: PodAffinityTarget,
    weight: number | undefined,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
  ) {
    this._weight = weight;
  }

  /** @internal A pod affinity term. */
  public _term(): object {
    return renderPodTarget(this.target);
  }
}

/**
 * Pods to be away from: not on one node, not in one zone.
 *
 * ```ts
 * PodAntiAffinity.required({ labels: { 'app.kubernetes.io/instance': 'batch' }, topology: Topology.HOSTNAME });
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export class PodAntiAffinity {
  /**
   * Never run where such a pod runs; pods wait for another place. Of its own pods a workload needs as many places as replicas,
   * and one more to roll.
   *
   * @param target the pods, and what counts as near.
   */
  public static required(target: PodAffinityTarget): PodAntiAffinity {
    return new PodAntiAffinity(target, undefined, podTargetFaults(target));
  }

  /**
   * Run rather where no such pod runs.
   *
   * @param weight what it counts beside other preferences, from 1 to 100.
   * @param target the pods, and what counts as near.
   */
  public static preferred(weight: number, target: PodAffinityTarget): PodAntiAffinity {
    return new PodAntiAffinity(target, weight, [...weightFaults(weight), ...podTargetFaults(target)]);
  }

  /** @internal What it counts; a required one has no weight. */
  public readonly _weight: number | undefined;

  private constructor(
    private readonly target: PodAffinityTarget,
    weight: number | undefined,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
  ) {
    this._weight = weight;
  }

  /** @internal Whether it keeps pods with these labels apart from each other. */
  public _concerns(labels: { [key: string]: string }): boolean {
    return this.target.namespaces === undefined && Object.entries(labels).every(([key, value]) => this.target.labels?.[key] === value);
  }

  /** @internal A pod affinity term. */
  public _term(): object {
    return renderPodTarget(this.target);
  }
}
