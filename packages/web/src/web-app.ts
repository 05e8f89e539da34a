import {
  ClusterProfile, ContainerPort, Faults, Health, IWaitTarget, Manifest, Port, PreStop, Protocol, ResourceName, Service, Warnings, Workload,
  WorkloadProps,
} from '@keelson/core';
import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { DeploymentStrategy } from './deployment-strategy';
import { DisruptionBudget } from './disruption-budget';
import { Exposure } from './exposure';
import { PercentOrAbsolute } from './percent-or-absolute';
import { made, notMade } from './private/made';
import { claimFault, defaultDeadline, MIN_READY, readableProps, secondsOf, webAppFaults } from './private/web-app-faults';
import { Scaling } from './scaling';

/** Properties for `WebApp`. */
export interface WebAppProps extends WorkloadProps {
  /** Port the app answers on, from 1 to 65535; best from 1024 on, since below only root may listen everywhere. */
  readonly port: number;

  /** How the app tells that it works. Never guessed: a wrong path is an outage. */
  readonly health: Health;

  /**
   * Port of its Service, from 1 to 65535.
   *
   * @default - 80; the app's own port where the cluster's network plugin judges policies by a Service's port.
   * @see https://github.com/aws/amazon-network-policy-controller-k8s/issues/194
   */
  readonly servicePort?: number;

  /**
   * Application protocol on the port: `http`, `kubernetes.io/h2c` (gRPC too), `kubernetes.io/ws` …
   *
   * @default - `kubernetes.io/h2c` where `health` asks by gRPC, else `http`.
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
   */
  readonly appProtocol?: string;

  /**
   * More ports of the app. The Service has them too, under their own numbers.
   *
   * @default - none.
   */
  readonly ports?: ContainerPort[];

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
   * How the app is reached from outside the cluster; see also `expose`.
   *
   * @default - not at all.
   */
  readonly exposure?: Exposure;

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
   * @default - 10 minutes, and longer where a start may take longer.
   */
  readonly progressDeadline?: Duration;

  /**
   * How many releases can be rolled back to, from 0 to 2147483647.
   *
   * @default 3
   */
  readonly revisionHistoryLimit?: number;
}

/**
 * A web app that runs in production.
 *
 * Defines a Deployment, a Service, a ServiceAccount, a NetworkPolicy; from two pods on a PodDisruptionBudget; with `scaling`
 * a HorizontalPodAutoscaler; with `exposure` the routes of the cluster's gateway or ingress controller.
 *
 * ```ts
 * const storefront = new WebApp(chart, 'storefront', {
 *   image: 'registry.example.com/shop/storefront:1.8.2',
 *   port: 8080,
 *   health: Health.http({ ready: '/readyz', live: '/livez' }),
 * });
 * ```
 */
export class WebApp extends Workload implements IWaitTarget {
  /** The Deployment, for what this class doesn't cover. */
  public readonly deployment: Manifest;

  /** The Service; for others before the same app, or one before several apps, make a `Service`. */
  public readonly service: Service;

  /**
   * The PodDisruptionBudget.
   *
   * @default - none for one pod.
   */
  public readonly podDisruptionBudget?: Manifest;

  /**
   * The HorizontalPodAutoscaler.
   *
   * @default - none without `scaling`.
   */
  public readonly horizontalPodAutoscaler?: Manifest;

  /** Name of its Service in the cluster's DNS, such as `storefront.shop.svc.cluster.local`. */
  public readonly dnsName: string;

  /** Port of its Service. */
  public readonly servicePort: number;

  /** Where it answers in the cluster over HTTP, such as `http://storefront.shop.svc.cluster.local`. */
  public readonly url: string;

  private readonly mainPort: ContainerPort;

  public constructor(scope: Construct, id: string, props: WebAppProps) {
    const { health, scaling, strategy, disruptionBudget } = readableProps(props);
    // A wrong port is reported once, as 'port'; a right one stands in for it.
    const portFaults = Port.faultsOfNumber(props.port);
    const mainPort = { number: portFaults.length === 0 ? props.port : 8080, name: 'http', appProtocol: props.appProtocol ?? health?.appProtocol };
    const [fewest, most] = scaling === undefined ? [props.replicas ?? 2, props.replicas ?? 2] : [scaling.min, scaling.max];
    // What serves beside the main container has to go on as long as that one does.
    const containers = props.containers?.map(container => ({ ...container, preStop: container.preStop ?? PreStop.drain() }));
    super(scope, id, { ...props, containers, preStop: props.preStop ?? PreStop.drain() }, {
      kind: 'Deployment',
      component: 'server',
      ports: [mainPort, ...(props.ports ?? [])],
      health,
      replicated: most > 1,
      revisionLabel: 'pod-template-hash',
    });
    this.mainPort = mainPort;
    const { cni } = ClusterProfile.of(this);
    this.servicePort = props.servicePort ?? (cni.matchesServiceAddresses ? mainPort.number : 80);
    if (cni.matchesServiceAddresses && this.servicePort !== mainPort.number) {
      Warnings.report(this, 'KEELSON2067', `port ${this.servicePort} of the Service is closed by network policies on ${cni.name}, which judges by the Service's port: `
        + `leave 'servicePort' out, so that it is ${mainPort.number} like the app's`);
    }
    Faults.report(this, 'port', portFaults);
    this.check(props, fewest, most, strategy);

    this.deployment = this.defineDeployment({ ...props, scaling, strategy });
    this.service = this.defineService(props);
    this.dnsName = this.service.dnsName;
    this.url = `http://${this.dnsName}${this.servicePort === 80 ? '' : `:${this.servicePort}`}`;
    const one = PercentOrAbsolute.absolute(1);
    const budget = disruptionBudget ?? (most > 1 ? DisruptionBudget.maxUnavailable(one) : DisruptionBudget.unsafeNone());
    this.podDisruptionBudget = budget.protects ? this.definePodDisruptionBudget(budget) : undefined;
    this.horizontalPodAutoscaler = scaling === undefined ? undefined : this.defineHorizontalPodAutoscaler(scaling);
    if (props.exposure !== undefined) {
      this.addExposure(props.exposure, true);
    }
  }

  /**
   * Have the app reached from outside the cluster. Each exposure gets its own routes, called by app, host and path, whatever the
   * order; the same one twice is one.
   *
   * @param exposure under which host and path, and how it is encrypted.
   */
  public expose(exposure: Exposure): void {
    this.addExposure(exposure, false);
  }

  private addExposure(exposure: Exposure, main: boolean): void {
    if (made(exposure) === undefined) {
      Faults.report(this, 'exposure', [notMade(exposure, 'Exposure', 'https(…)')]);
      return;
    }
    exposure._expose({
      scope: this, name: this.name, labels: this.labels, servicePort: this.servicePort, containerPort: this.mainPort.number,
      connections: this.connections,
    }, main);
  }

  private defineDeployment(props: WebAppProps): Manifest {
    const { scaling } = props;
    // Polaris asks for a number of replicas even where an autoscaler owns it, which would then fight with every apply.
    const exempt: { [key: string]: string } = scaling === undefined ? {} : { 'polaris.fairwinds.com/deploymentMissingReplicas-exempt': 'true' };
    return new Manifest(this, 'Deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...this.objectMetadata, annotations: { ...exempt, ...this.objectMetadata.annotations } },
      spec: {
        replicas: scaling === undefined ? props.replicas ?? 2 : undefined,
        minReadySeconds: secondsOf(props.minReady ?? MIN_READY),
        progressDeadlineSeconds: secondsOf(props.progressDeadline ?? defaultDeadline(props)),
        revisionHistoryLimit: props.revisionHistoryLimit ?? 3,
        strategy: props.strategy ?? DeploymentStrategy.rollingUpdate(),
        selector: { matchLabels: this.selector },
        template: this.pods,
      },
    });
  }

  private defineService({ ports = [] }: WebAppProps): Service {
    const all = [this.mainPort, ...ports].map((port, i) => ({
      target: port.name ?? `${(port.protocol ?? Protocol.TCP).toLowerCase()}-${port.number}`,
      number: i === 0 ? this.servicePort : port.number,
      appProtocol: port.appProtocol,
    }));
    return new Service(this, 'Service', { name: this.name, labels: this.labels, backends: [this], ports: all });
  }

  private definePodDisruptionBudget(budget: DisruptionBudget): Manifest {
    return this.define('PodDisruptionBudget', 'policy/v1', {
      ...budget._spec(),
      // Pods that aren't ready anyway must not keep a node from being drained.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: this.selector },
    });
  }

  private defineHorizontalPodAutoscaler(scaling: Scaling): Manifest {
    return this.define('HorizontalPodAutoscaler', 'autoscaling/v2', {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: this.name },
      ...scaling._spec(),
    });
  }

  private define(kind: string, apiVersion: string, spec: Record<string, unknown>): Manifest {
    return new Manifest(this, kind, { apiVersion, kind, metadata: { name: this.name, labels: this.labels }, spec });
  }

  private check(props: WebAppProps, fewest: number, most: number, strategy: DeploymentStrategy | undefined): void {
    Faults.report(this, 'name', ResourceName.faultsOf('Service', this.name));
    for (const { prop, fault } of webAppFaults(props, { fewest, most }, this.servicePort)) {
      Faults.report(this, prop, [fault]);
    }
    if (strategy?.overlaps ?? true) {
      this.node.addValidation({ validate: () => this.pods.singleNodeClaims.map(claimFault).map(fault => Faults.describe('strategy', fault)) });
    }
    if (this.mainPort.number < 1024) {
      Warnings.report(this, 'KEELSON2065', `port ${this.mainPort.number} is below 1024, where only root may listen on some container runtimes: `
        + 'have the app listen on 8080, the Service answers on port 80 all the same');
    }
  }
}
