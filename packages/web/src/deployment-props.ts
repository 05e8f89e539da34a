import { WorkloadProps } from '@keelson/core';
import { Duration } from 'cdk8s';
import { DeploymentStrategy } from './deployment-strategy';
import { DisruptionBudget } from './disruption-budget';
import { Scaling } from './scaling';
import { VerticalScaling } from './vertical-scaling';

/** What every workload can be told whose pods a Deployment runs. */
export interface DeploymentProps extends WorkloadProps {
  /**
   * How many pods run, from 0 to 2147483647. Not together with `scaling`.
   *
   * @default - 2, or what `scaling` says.
   */
  readonly replicas?: number;

  /**
   * How the number of pods follows the load. Not together with `replicas`.
   *
   * @default - it doesn't.
   */
  readonly scaling?: Scaling;

  /**
   * How what a pod requests follows what it uses. Not of a resource that `scaling` measures.
   *
   * @default - it doesn't.
   */
  readonly verticalScaling?: VerticalScaling;

  /**
   * How a new release replaces the one before.
   *
   * @default DeploymentStrategy.rollingUpdate()
   */
  readonly strategy?: DeploymentStrategy;

  /**
   * How many pods may be down while nodes are drained.
   *
   * @default - one, where there may be two pods or more; for one pod no rule, which would block every drain or protect nothing.
   */
  readonly disruptionBudget?: DisruptionBudget;

  /**
   * How long a new pod must be ready before the release goes on, in whole seconds from 0 to 2147483646.
   *
   * @default Duration.seconds(10)
   */
  readonly minReady?: Duration;

  /**
   * How long a release may make no progress before it counts as failed, up to 2147483647 s; more than a start and `minReady` together.
   *
   * @default - 10 minutes, and longer where a start may take longer, with all that `waitFor` waits for.
   */
  readonly progressDeadline?: Duration;

  /**
   * How many releases can be rolled back to, from 0 to 2147483647.
   *
   * @default 3
   */
  readonly revisionHistoryLimit?: number;
}
