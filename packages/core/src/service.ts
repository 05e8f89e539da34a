import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Connections } from './connections';
import { Faults } from './faults';
import { Labels } from './labels';
import { Manifest } from './manifest';
import { claimId } from './private/construct-id';
import { registerWorkload } from './private/mentions';
import { opennessOf, outside } from './private/outside';
import { speakOfPods } from './private/pod-names';
import { ServiceConnections } from './private/service-connections';
import { hostOf } from './private/service-dns';
import { BackendPorts, NO_PORTS, PropFault, backendPorts, servedPorts } from './private/service-ports';
import { selectorOf, soundBackends } from './private/service-selector';
import { serviceParts, typeOf } from './private/service-spec';
import { askForAddress } from './private/shared-addresses';
import { selectShared } from './private/shared-label';
import { reportUnpoliced } from './private/unpoliced';
import { IServiceBackend } from './service-backend';
import { ServiceBase } from './service-base';
import { ServiceOptions } from './service-options';
import { ServedPort, ServicePort } from './service-port';
import { IService } from './service-reference';
import { ServiceType } from './service-type';
import { TrafficPolicy } from './traffic-policy';
import { IWaitTarget } from './wait-for';
import { Warnings } from './warnings';

/** Properties for `Service`. */
export interface ServiceProps extends ServiceOptions {
  /**
   * What it sends its traffic to, at least one; a workload may have several Services. Pods of several workloads get a label that the
   * Service selects them by, `service.keelson/<name of the Service>: 'true'`. Where a second one joins an existing Service, give both
   * workloads that label by `podLabels` a release before: until pods have it, the Service doesn't find them, and while it has one
   * backend, nothing selects by it. From two on whoever carries it gets traffic at once, so only these may: pods of others are refused,
   * and a third one just joins.
   */
  readonly backends: IServiceBackend[];

  /**
   * Its ports.
   *
   * @default - all ports that the first backend offers to clients, under the containers' numbers.
   */
  readonly ports?: ServicePort[];
}

/**
 * A name and an address for the pods of one workload, or of several.
 *
 * Defines a Service. Where it lets traffic in from outside of the cluster, the pods' network policy lets it in too; from inside, clients
 * connect to it as they connect to the workload: `web.connections.to(service)`.
 *
 * ```ts
 * declare const chart: Chart;
 * declare const mail: Workload;
 * new Service(chart, 'mail', {
 *   backends: [mail],
 *   ports: [{ target: 'smtp', number: 25 }],
 *   type: ServiceType.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }),
 * });
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export class Service extends ServiceBase implements IWaitTarget {
  /**
   * A Service made elsewhere.
   *
   * @param name its `metadata.name`.
   * @param namespace the namespace it is in; that of whoever speaks of it, unless given.
   */
  public static fromServiceName(name: string, namespace?: string): IService {
    return { name, kind: 'Service', namespace };
  }

  /**
   * The name by which a workload reaches a Service: its name alone in the same namespace, else the full one.
   *
   * @param service the Service.
   * @param from the workload.
   */
  public static hostOf(service: IService, from: IConstruct): string {
    return hostOf(service, from);
  }

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  /** The connections of what is behind it, on its ports. */
  public readonly connections: Connections;

  /** From where it is reached. */
  public readonly type: ServiceType;

  /** The number of its first port. */
  public readonly servicePort: number;

  /** Its ports. */
  public readonly servedPorts: ServedPort[];

  public constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, claimId(scope, id));
    const profile = ClusterProfile.of(this);
    const { backends, faults } = soundBackends(props.backends);
    Faults.report(this, 'backends', faults);
    const name = props.name ?? id;
    this.type = typeOf(props);
    const selection = selectorOf(name, backends, Chart.of(this).namespace);
    const behind = backendPorts(props.ports, backends, this.type);
    const parts = serviceParts(props, behind.ports, profile);
    const own = (backends as object[]).includes(scope);
    const before = [...selection.faults, ...behind.faults];
    // What a workload makes for itself is wrong where its own props are, which it has judged.
    const further = parts.faults.filter(({ fault }) => before.length === 0 || fault.code !== NO_PORTS);
    this.report(own && Faults._areAt(scope) ? [] : [...before, ...further]);
    // None is reported, and 0 is no port.
    this.servicePort = behind.ports[0]?.port ?? 0;
    this.servedPorts = servedPorts(behind.ports, backends);
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: {
        name, labels: props.labels ?? this.usualLabels(name, backends), annotations: annotated(parts.annotations, props.annotations),
      },
      spec: { ...parts.spec, selector: selection.selector },
    });
    askForAddress(this.manifest, this.type);
    if (backends.length > 1) {
      selectShared(this.manifest, backends.map(({ selector }) => selector));
    }
    const text = `Service [${this.node.path}]`;
    const ends = backends.map(backend => ({ end: backend.connections, ports: behind.opened.get(backend) ?? [] }));
    this.connections = new ServiceConnections(text, ends);
    reportUnpoliced(this, () => backends.map(({ connections }) => connections));
    this.letIn(props, backends, behind, profile);
    if (props.internalTrafficPolicy === TrafficPolicy.LOCAL && !profile.cni.supportsInternalTrafficPolicy) {
      Warnings.report(this, 'KEELSON1736', `${profile.cni.name} doesn't support 'internalTrafficPolicy': clients may reach pods of other nodes, or none: `
        + 'leave it out, or try TrafficDistribution.PREFER_SAME_ZONE');
    }
    const [first] = backends;
    if (first !== undefined && !own) {
      registerWorkload(this, this.namespace, name, first.connections);
      this.warn(behind, profile);
    }
  }

  /**
   * The full name of one pod, such as `orders-0.orders-headless.data.svc.cluster.local`. Of a headless Service that a StatefulSet names as
   * its `serviceName`: other pods have no name.
   *
   * @param pod the pod's name: the StatefulSet's, `-` and a number from 0 on.
   */
  public podDnsName(pod: string): string {
    if (this.type.isHeadless) {
      speakOfPods(this.manifest);
    } else {
      Faults.report(this, 'podDnsName', [{
        code: 'KEELSON1724', got: `a Service of type ${this.type.name}`, allowed: 'asked of a headless Service', fix: 'make it ServiceType.headless()',
      }]);
    }
    return `${pod}.${this.dnsName}`;
  }

  private report(faults: PropFault[]): void {
    for (const { prop, fault } of faults) {
      Faults.report(this, prop, [fault]);
    }
  }

  private usualLabels(name: string, backends: IServiceBackend[]): { [key: string]: string } | undefined {
    const [first, ...others] = backends;
    const alone = others.length === 0 ? (first as Partial<{ labels: { [key: string]: string } }> | undefined)?.labels : undefined;
    return alone ?? Labels.recommended(this, name);
  }

  /** Traffic from outside reaches the pods only where their policy says so. */
  private letIn(props: ServiceOptions, backends: IServiceBackend[], { opened }: BackendPorts, profile: ClusterProfile): void {
    const { unsafeExternalIps = [] } = props;
    if (this.type.name === 'ClusterIP' && unsafeExternalIps.length === 0) {
      return;
    }
    const clients = outside(`the outside through Service [${this.node.path}]`, this.type, props.annotations);
    const policed = backends.filter(({ connections }) => connections._hasPolicy);
    const ports = (backend: IServiceBackend) => opened.get(backend) ?? [];
    policed.filter(backend => ports(backend).length > 0).forEach(backend => backend.connections.from(clients, { ports: ports(backend) }));
    const why = opennessOf(this.type, props.annotations, profile);
    if (why !== undefined && policed.length > 0) {
      Warnings.report(this, 'KEELSON1711', `its pods' network policy lets everybody in on its ports, pods of the cluster too: ${why}`);
    }
    if (unsafeExternalIps.length > 0) {
      Warnings.report(this, 'KEELSON1712', `all traffic of the cluster to ${unsafeExternalIps.join(', ')} goes to its pods, whoever it was meant for, and newer `
        + 'clusters may do nothing of it: use ServiceType.loadBalancer(…)');
    }
  }

  private warn({ ports, opened }: BackendPorts, { cni }: ClusterProfile): void {
    const numbers = new Set([...opened.values()].flat().map(({ number }) => number));
    const other = cni.matchesServiceAddresses && !this.type.isHeadless ? ports.find(({ port }) => !numbers.has(port)) : undefined;
    if (other !== undefined) {
      Warnings.report(this, 'KEELSON1727', `port ${other.port} is closed by network policies on ${cni.name}, which judges by the Service's port: `
        + "leave its 'number' out, so that it is the container's");
    }
  }
}

function annotated(asked: { [key: string]: string }, given: { [key: string]: string } | undefined): { [key: string]: string } | undefined {
  return Object.keys(asked).length === 0 ? given : { ...asked, ...given };
}
