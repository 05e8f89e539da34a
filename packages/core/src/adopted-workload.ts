import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Connections, IConnectable } from './connections';
import { ContainerPort } from './container';
import { Faults } from './faults';
import { Labels } from './labels';
import { Peer } from './peer';
import { PodConnections } from './pod-connections';
import { AdoptedPods, adoptedPodsOf, adoptionFaults, granteeFaults } from './private/adopted-pods';
import { quoted } from './private/quoted';
import { Port } from './port';
import { Protocol } from './protocol';
import { ServiceAccount } from './service-account';
import { IServiceBackend } from './service-backend';
import { IGrantable, Subject } from './subject';

const adopted = new WeakMap<ApiObject, AdoptedWorkload>();

/**
 * What runs pods and is written by hand, among ours: an object of a YAML file (cdk8s' `Include`), of a Helm chart, or an `ApiObject`. It
 * can be connected, be behind a `Service`, and be granted roles.
 *
 * Defines a NetworkPolicy of its name: from then on all is closed to its pods that isn't declared; DNS is open. The object stays as it is;
 * pods whose policy is made elsewhere are a `Peer.pods`.
 *
 * ```ts
 * declare const chart: Chart;
 * const legacy = new Include(chart, 'legacy', { url: 'legacy/pricing.yaml' });
 * storefront.connections.to(AdoptedWorkload.fromScope(legacy, 'Deployment', 'pricing'));
 * ```
 */
export class AdoptedWorkload implements IConnectable, IGrantable, IServiceBackend {
  /**
   * The object of a kind and a name below a construct, such as an `Include` or a `Helm` chart.
   *
   * @param scope where it is.
   * @param kind its kind: Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob or Pod.
   * @param name its `metadata.name`.
   * @param namespace its namespace; needed only where several of the name are below the construct.
   */
  public static fromScope(scope: Construct, kind: string, name: string, namespace?: string): AdoptedWorkload {
    const all = scope.node.findAll().filter(child => ApiObject.isApiObject(child)) as ApiObject[];
    const found = all.filter(object => object.kind === kind && object.name === name
      && (namespace ?? object.metadata.namespace) === object.metadata.namespace);
    const [only] = found;
    if (only !== undefined && found.length === 1) {
      return AdoptedWorkload.fromObject(only);
    }
    const there = all.filter(object => object.kind === kind).map(object => quoted(object.name)).sort();
    Faults.report(scope, 'AdoptedWorkload', [only === undefined ? {
      code: 'KEELSON1465', got: `${kind} ${quoted(name)}`, allowed: `a kind and name that are below it (${kind}: ${there.length === 0 ? 'none' : there.join(', ')})`,
      fix: 'write them as the object has them',
    } : {
      code: 'KEELSON1465', got: `${kind} ${quoted(name)}, of which there are ${found.length}`, allowed: 'the kind and name of one object', fix: 'give its namespace too',
    }]);
    return new AdoptedWorkload(scope, undefined);
  }

  /**
   * An object. It is read now: patch it before. The same object twice is one workload.
   *
   * @param object what runs the pods.
   */
  public static fromObject(object: ApiObject): AdoptedWorkload {
    const workload = adopted.get(object) ?? new AdoptedWorkload(object, object);
    adopted.set(object, workload);
    return workload;
  }

  /** Labels that its pods are selected by. */
  public readonly selector: { [key: string]: string };

  /** Ports that its containers declare. */
  public readonly containerPorts: ContainerPort[];

  /** Who it may talk to, and what it offers: the ports that its containers declare. */
  public readonly connections: Connections;

  /** The namespace its pods run in; none where its chart names none. */
  public readonly namespace?: string;

  private readonly pods: AdoptedPods;

  private constructor(private readonly scope: Construct, object: ApiObject | undefined) {
    this.pods = adoptedPodsOf(object);
    this.selector = this.pods.labels;
    this.containerPorts = this.pods.ports;
    this.namespace = object?.metadata.namespace;
    const faults = object === undefined ? [] : adoptionFaults(object, this.pods, Chart.of(object).namespace);
    Faults.report(scope, 'AdoptedWorkload', faults);
    if (object === undefined || faults.length > 0) {
      // It stands for pods of others, so that no mistake follows from it.
      this.connections = Peer.pods({ labels: { app: 'unknown' } }).connections;
      this.connections.offer({ ports: [Port.tcp(80)] });
      return;
    }
    this.connections = new PodConnections(object, {
      name: object.name, podLabels: this.selector, labels: Labels.recommended(object, object.name),
      serviceAccount: ServiceAccount.fromServiceAccountName(this.pods.serviceAccount ?? 'default', this.namespace),
    });
    const ports = this.containerPorts.map(({ number, protocol }) => Port.range(protocol ?? Protocol.TCP, number, number));
    this.connections.offer({ ports });
  }

  /**
   * Who its pods are for the API server. They have to run as an account of their own and mount its token; they may then connect to the
   * API server. To grant without: `Subject.serviceAccount(account)`.
   */
  public get grantee(): Subject {
    const subject = Subject.serviceAccount(ServiceAccount.fromServiceAccountName(this.pods.serviceAccount ?? 'default', this.namespace));
    subject.faults.push(...granteeFaults(this.scope.node.path, this.pods));
    this.connections.to(Peer.apiServer());
    return subject;
  }
}
