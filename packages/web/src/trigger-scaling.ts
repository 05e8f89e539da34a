import { Duration } from 'cdk8s';
import { ScalingBehavior } from './scaling-behavior';

/** How many pods there are while KEDA can't ask its triggers. */
export enum ScalingFallbackBehavior {
  /** As many as the fallback says. */
  STATIC = 'static',
  /** As many as there are. */
  CURRENT_REPLICAS = 'currentReplicas',
  /** As many as there are, where that is more than the fallback says. */
  CURRENT_REPLICAS_IF_HIGHER = 'currentReplicasIfHigher',
  /** As many as there are, where that is less than the fallback says. */
  CURRENT_REPLICAS_IF_LOWER = 'currentReplicasIfLower',
}

/** What happens while KEDA can't ask its triggers. */
export interface ScalingFallback {
  /** After how many failures in a row, from 0 to 2147483647. */
  readonly failureThreshold: number;

  /** How many pods there are then, from 0 to the scaling's `max`. */
  readonly replicas: number;

  /**
   * Whether the number of pods there are counts. KEDA knows it from 2.17 on; an older one takes `STATIC`.
   *
   * @default ScalingFallbackBehavior.STATIC
   */
  readonly behavior?: ScalingFallbackBehavior;
}

/** How far KEDA scales a workload. */
export interface TriggerScaling extends ScalingBehavior {
  /**
   * The fewest pods, from 0 to 2147483647. CPU and memory alone can't tell when pods are needed again: with these it is at least 1. An app
   * that is called needs one to be called: no request starts the first.
   *
   * @default - 2 for a `WebApp`, none for a `Worker`.
   */
  readonly min?: number;

  /** The most pods, from 1 and from `min` to 2147483647. */
  readonly max: number;

  /**
   * The number of pods while no trigger is active, where it is below `min`: 0, the only one that KEDA supports.
   *
   * @default - `min`.
   * @see https://keda.sh/docs/latest/reference/scaledobject-spec/#idlereplicacount
   */
  readonly idleReplicas?: number;

  /**
   * How often triggers are asked while there are no pods, in whole seconds from 1 on.
   *
   * @default Duration.seconds(30)
   */
  readonly pollingInterval?: Duration;

  /**
   * How long no trigger must be active before the last pods go, in whole seconds from 0 on.
   *
   * @default Duration.minutes(5)
   */
  readonly cooldownPeriod?: Duration;

  /**
   * How long after the first installation the last pods may go, in whole seconds from 0 on.
   *
   * @default Duration.seconds(0)
   */
  readonly initialCooldownPeriod?: Duration;

  /**
   * What happens while triggers can't be asked. Not for CPU and memory; where all others are of `TriggerMetricType.VALUE`, from KEDA 2.18
   * on.
   *
   * @default - the number of pods stays.
   */
  readonly fallback?: ScalingFallback;
}
