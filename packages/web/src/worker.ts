import { ContainerPort, Faults, Health, Manifest, Port, Workload } from '@keelson/core';
import { Construct } from 'constructs';
import { DeploymentProps } from './deployment-props';
import { checkDeployment, defineDeployment, defineParts } from './private/deployment';
import { podCount, readableProps, withUsualMin } from './private/deployment-faults';

/** Properties for `Worker`. */
export interface WorkerProps extends DeploymentProps {
  /**
   * How it tells that it works.
   *
   * @default - it works as long as it runs: one that hangs is never restarted, and counts as ready from its start on.
   */
  readonly health?: Health;

  /**
   * The port that `health` asks, for the kubelet alone: no Service has it, and no pod may connect to it. From 1 to 65535; not without
   * `health`.
   *
   * @default - none: `health` can run a command, or ask the port of `metrics`.
   */
  readonly healthPort?: number;
}

/**
 * A program that works in the background, such as on the messages of a queue: nobody calls it.
 *
 * Defines a Deployment, a ServiceAccount, a NetworkPolicy; from two pods on a PodDisruptionBudget; with `scaling` a
 * HorizontalPodAutoscaler, or KEDA's ScaledObject, which can take away the last pod while there is nothing to do.
 *
 * ```ts
 * const mailer = new Worker(chart, 'mailer', {
 *   image: 'registry.example.com/shop/mailer:2.1.0',
 *   health: Health.exec({ ready: ['/app/check', '--ready'], live: ['/app/check', '--live'] }),
 *   terminationGracePeriod: Duration.minutes(5),
 * });
 * ```
 */
export class Worker extends Workload {
  /** The Deployment, for what this class doesn't cover. */
  public readonly deployment: Manifest;

  /**
   * The PodDisruptionBudget.
   *
   * @default - none for one pod.
   */
  public readonly podDisruptionBudget?: Manifest;

  /**
   * The HorizontalPodAutoscaler.
   *
   * @default - none without `scaling`, or with triggers, for which KEDA makes it.
   */
  public readonly horizontalPodAutoscaler?: Manifest;

  /**
   * KEDA's ScaledObject.
   *
   * @default - none without triggers.
   */
  public readonly scaledObject?: Manifest;

  /**
   * The VerticalPodAutoscaler.
   *
   * @default - none without `verticalScaling`.
   */
  public readonly verticalPodAutoscaler?: Manifest;

  public constructor(scope: Construct, id: string, props: WorkerProps) {
    const scaled = withUsualMin(props, 0);
    const readable = readableProps(scaled);
    const count = podCount(readable);
    const { healthPort } = props;
    const portFaults = healthPort === undefined ? [] : Port.faultsOfNumber(healthPort);
    const ports: ContainerPort[] = healthPort === undefined ? [] : [{ number: portFaults.length === 0 ? healthPort : 8080, name: 'health' }];
    // Only the kubelet asks there, and it comes through every policy.
    super(scope, id, { ...props, offers: { ...props.offers, ports: props.offers?.ports ?? [] } }, {
      kind: 'Deployment',
      component: 'worker',
      ports,
      health: readable.health,
      replicated: count.most > 1,
      revisionLabel: 'pod-template-hash',
    });
    Faults.report(this, 'healthPort', props.health !== undefined || healthPort === undefined ? portFaults : [{
      code: 'KEELSON2148', got: `${healthPort}, which nobody asks`, allowed: "left out where 'health' is", fix: "say what to ask there: Health.http({ ready: '/readyz', live: '/livez' })",
    }]);
    checkDeployment(this, scaled, count);
    this.deployment = defineDeployment(this, readable);
    const parts = defineParts(this, readable, count);
    this.podDisruptionBudget = parts.podDisruptionBudget;
    this.horizontalPodAutoscaler = parts.horizontalPodAutoscaler;
    this.scaledObject = parts.scaledObject;
    this.verticalPodAutoscaler = parts.verticalPodAutoscaler;
  }
}
