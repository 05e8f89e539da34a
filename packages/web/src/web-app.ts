import { ClusterProfile, ContainerPort, Faults, Health, IWaitTarget, Manifest, Port, PreStop, Protocol, ResourceName, Service, Warnings, Workload } from '@keelson/core';
import { Construct } from 'constructs';
import { DeploymentProps } from './deployment-props';
import { Exposure } from './exposure';
import { checkDeployment, defineDeployment, defineParts } from './private/deployment';
import { podCount, readableProps, withUsualMin } from './private/deployment-faults';
import { addExposure } from './private/add-exposure';
import { ExposedApp } from './private/target-renderer';
import { webAppFaults } from './private/web-app-faults';

/** Properties for `WebApp`. */
export interface WebAppProps extends DeploymentProps {
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
   * How the app is reached from outside the cluster; see also `expose`.
   *
   * @default - not at all.
   */
  readonly exposure?: Exposure;
}

/**
 * A web app that runs in production.
 *
 * Defines a Deployment, a Service, a ServiceAccount, a NetworkPolicy; from two pods on a PodDisruptionBudget; with `scaling`
 * a HorizontalPodAutoscaler or KEDA's ScaledObject; with `exposure` the routes of the cluster's gateway or ingress controller.
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

  /** Name of its Service in the cluster's DNS, such as `storefront.shop.svc.cluster.local`. */
  public readonly dnsName: string;

  /** Port of its Service. */
  public readonly servicePort: number;

  /** Where it answers in the cluster over HTTP, such as `http://storefront.shop.svc.cluster.local`. */
  public readonly url: string;

  private readonly mainPort: ContainerPort;
  private readonly speaksGrpc: boolean;

  public constructor(scope: Construct, id: string, props: WebAppProps) {
    // What is called is there, whatever the triggers say: no request starts a pod.
    const scaled = withUsualMin(props, 2);
    const readable = readableProps(scaled);
    const { health } = readable;
    const count = podCount(readable);
    // A wrong port is reported once, as 'port'; a right one stands in for it.
    const portFaults = Port.faultsOfNumber(props.port);
    const mainPort = { number: portFaults.length === 0 ? props.port : 8080, name: 'http', appProtocol: props.appProtocol ?? health?.appProtocol };
    // What serves beside the main container has to go on as long as that one does.
    const containers = props.containers?.map(container => ({ ...container, preStop: container.preStop ?? PreStop.drain() }));
    super(scope, id, { ...props, containers, preStop: props.preStop ?? PreStop.drain() }, {
      kind: 'Deployment',
      component: 'server',
      ports: [mainPort, ...(props.ports ?? [])],
      health,
      replicated: count.most > 1,
      revisionLabel: 'pod-template-hash',
    });
    this.mainPort = mainPort;
    this.speaksGrpc = (props.appProtocol ?? health?.appProtocol) === 'kubernetes.io/h2c' && health?.appProtocol === 'kubernetes.io/h2c';
    const { cni } = ClusterProfile.of(this);
    this.servicePort = props.servicePort ?? (cni.matchesServiceAddresses ? mainPort.number : 80);
    if (cni.matchesServiceAddresses && this.servicePort !== mainPort.number) {
      Warnings.report(this, 'KEELSON2067', `port ${this.servicePort} of the Service is closed by network policies on ${cni.name}, which judges by the Service's port: `
        + `leave 'servicePort' out, so that it is ${mainPort.number} like the app's`);
    }
    Faults.report(this, 'port', portFaults);
    this.check(props);
    checkDeployment(this, scaled, count);

    this.deployment = defineDeployment(this, readable);
    this.service = this.defineService(props);
    this.dnsName = this.service.dnsName;
    this.url = `http://${this.dnsName}${this.servicePort === 80 ? '' : `:${this.servicePort}`}`;
    const parts = defineParts(this, readable, count);
    this.podDisruptionBudget = parts.podDisruptionBudget;
    this.horizontalPodAutoscaler = parts.horizontalPodAutoscaler;
    this.scaledObject = parts.scaledObject;
    this.verticalPodAutoscaler = parts.verticalPodAutoscaler;
    if (props.exposure !== undefined) {
      addExposure(this, props.exposure, true, () => this.exposed());
    }
  }

  /**
   * Have the app reached from outside the cluster. Each exposure gets its own routes, called by app, host and path, whatever the
   * order; the same one twice is one.
   *
   * @param exposure under which host and path, and how it is encrypted.
   */
  public expose(exposure: Exposure): void {
    addExposure(this, exposure, false, () => this.exposed());
  }

  private exposed(): ExposedApp {
    return {
      scope: this, name: this.name, labels: this.labels, ports: this.service.servedPorts, containerPort: this.mainPort.number,
      connections: this.connections, speaksGrpc: this.speaksGrpc,
    };
  }

  private defineService({ ports = [] }: WebAppProps): Service {
    const all = [this.mainPort, ...ports].map((port, i) => ({
      target: port.name ?? `${(port.protocol ?? Protocol.TCP).toLowerCase()}-${port.number}`,
      number: i === 0 ? this.servicePort : port.number,
      appProtocol: port.appProtocol,
    }));
    return new Service(this, 'Service', { name: this.name, labels: this.labels, backends: [this], ports: all });
  }

  private check(props: WebAppProps): void {
    Faults.report(this, 'name', ResourceName.faultsOf('Service', this.name));
    for (const { prop, fault } of webAppFaults(props, this.servicePort)) {
      Faults.report(this, prop, [fault]);
    }
    if (this.mainPort.number < 1024) {
      Warnings.report(this, 'KEELSON2065', `port ${this.mainPort.number} is below 1024, where only root may listen on some container runtimes: `
        + 'have the app listen on 8080, the Service answers on port 80 all the same');
    }
  }
}
