import { Faults, IService, IWaitTarget, Labels, ServedPort } from '@keelson/core';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Exposure } from './exposure';
import { addExposure } from './private/add-exposure';
import { elsewhere } from './private/backend-namespace';
import { exposableFaults } from './private/exposable-faults';
import { ExposedApp } from './private/target-renderer';

/**
 * A Service that can be exposed, and what is behind it: a `Service` or a `SelectorlessService` of core, or one of cdk8s-plus by
 * `@keelson/plus`. An `ExternalNameService` can't: it is a name in the cluster's DNS, which no gateway leads requests to.
 */
export interface IExposableService extends IService, IWaitTarget {
  /**
   * The container port that its first port leads to: policies are about it.
   *
   * @default - the first port that its pods offer.
   */
  readonly targetPort?: number;

  /**
   * Its ports, for exposures that choose one.
   *
   * @default - the first one only is known.
   */
  readonly servedPorts?: ServedPort[];
}

/** Properties for `ExposedService`. */
export interface ExposedServiceProps {
  /** The Service, of the same namespace, or at a gateway one of another namespace of the same app. Requests go to its first port. */
  readonly service: IExposableService;

  /** How it is reached from outside the cluster; see also `expose`. */
  readonly exposure: Exposure;
}

/**
 * A Service that is reached from outside the cluster and is no `WebApp`'s: one before several workloads, before machines outside, or one
 * of cdk8s-plus.
 *
 * Defines the routes of the cluster's gateway or ingress controller, and lets these in to the pods of this app.
 *
 * ```ts
 * declare const service: IExposableService;
 * new ExposedService(chart, 'shop', { service, exposure: Exposure.https('shop.example.com') });
 * ```
 */
export class ExposedService extends Construct {
  /** None where what was given can't be exposed, which has been reported. */
  private readonly service?: IExposableService;

  public constructor(scope: Construct, id: string, { service, exposure }: ExposedServiceProps) {
    super(scope, id);
    const faults = exposableFaults(service, Chart.of(this).namespace);
    Faults.report(this, 'service', faults);
    this.service = faults.length > 0 ? undefined : service;
    addExposure(this, exposure, true, () => this.exposed());
  }

  /**
   * Have it reached under another host or path too; the same one twice is one.
   *
   * @param exposure under which host and path, and how it is encrypted.
   */
  public expose(exposure: Exposure): void {
    addExposure(this, exposure, false, () => this.exposed());
  }

  private exposed(): ExposedApp | undefined {
    if (this.service === undefined) {
      return undefined;
    }
    const { name, servicePort, targetPort, servedPorts, connections } = this.service;
    const containerPort = targetPort ?? servedPorts?.[0]?.targetNumber ?? connections.offeredPorts[0]?.number;
    if (containerPort === undefined) {
      Faults.report(this, 'service', [{
        code: 'KEELSON2139', got: `'${name}', whose pods offer none`, allowed: 'a Service whose pods offer a port', fix: "have the workload behind it listen on one, or give 'targetPort'",
      }]);
      return undefined;
    }
    const labels = Labels.recommended(this, name);
    const ports = servedPorts ?? [{ name: 'http', number: servicePort }];
    const place = elsewhere(this.service, Chart.of(this).namespace);
    return { scope: this, name, labels, ports, containerPort, connections, elsewhere: place, speaksGrpc: false };
  }
}
