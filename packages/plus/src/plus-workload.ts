import {
  Connections, ContainerPort, Fault, Faults, IConnectable, IGrantable, IServiceBackend, Labels, Peer, PodConnections, ServiceAccount,
  Subject,
} from '@keelson/core';
import { Chart } from 'cdk8s';
import type { AbstractPod } from 'cdk8s-plus-27';
import { containerPortsOf, portsOf, selectorOf } from './private/pod-facts';

const made = new WeakMap<AbstractPod, PlusWorkload>();

/** What runs pods and is made by cdk8s-plus-27, among ours. Made by `FromPlus.workload`. */
export class PlusWorkload implements IConnectable, IGrantable, IServiceBackend {
  /** @internal */
  public static _of(pods: AbstractPod): PlusWorkload {
    const workload = made.get(pods) ?? new PlusWorkload(pods);
    made.set(pods, workload);
    return workload;
  }

  /** The one label that cdk8s-plus-27 selects its pods by. It changes with the construct's path. */
  public readonly selector: { [key: string]: string };

  private readonly own: PodConnections;
  private offered = 0;

  private constructor(private readonly pods: AbstractPod) {
    this.selector = selectorOf(pods);
    pods.node.addValidation({ validate: () => this.faults().map(({ prop, fault }) => Faults.describe(prop, fault)) });
    this.own = new PodConnections(pods, {
      name: pods.name,
      podLabels: this.selector,
      labels: Labels.recommended(pods, pods.name),
      serviceAccount: ServiceAccount.fromServiceAccountName(pods.serviceAccount?.name ?? 'default'),
    });
  }

  /** The namespace its pods run in; none where the chart names none. */
  public get namespace(): string | undefined {
    return this.pods.metadata.namespace;
  }

  /** Ports that its containers declare. */
  public get containerPorts(): ContainerPort[] {
    return containerPortsOf(this.pods);
  }

  /** Who it may talk to. It offers the ports of the containers that were added before. */
  public get connections(): Connections {
    const ports = portsOf(this.pods);
    if (ports.length > this.offered) {
      this.own.offer({ ports: ports.slice(this.offered) });
      this.offered = ports.length;
    }
    return this.own;
  }

  /**
   * Who its pods are for the API server. It has to run as an account of its own and mount its token; the pods may then connect to the API
   * server. To grant without: `Subject.serviceAccount(account)`.
   */
  public get grantee(): Subject {
    const { serviceAccount, automountServiceAccountToken, kind } = this.pods;
    const account = serviceAccount?.name ?? 'default';
    const subject = Subject.serviceAccount(ServiceAccount.fromServiceAccountName(account, this.namespace));
    if (serviceAccount === undefined) {
      subject.faults.push({
        code: 'KEELSON2200', got: `the ${kind} '${this.pods.node.path}', which runs as 'default'`, allowed: 'a workload with an account of its own',
        fix: "give it a 'serviceAccount': 'default' is every other pod of the namespace, too",
      });
    } else if (!automountServiceAccountToken) {
      subject.faults.push({
        code: 'KEELSON2201', got: `the ${kind} '${this.pods.node.path}', which mounts none`, allowed: 'a workload that mounts the token of its account',
        fix: "set its 'automountServiceAccountToken', or grant to Subject.serviceAccount(account)",
      });
    }
    this.connections.to(Peer.apiServer());
    return subject;
  }

  /** Where its policy can't be right; asked at synth, when it has all containers. */
  private faults(): { prop: string; fault: Fault }[] {
    const namespace = Chart.of(this.pods).namespace;
    const late = portsOf(this.pods).slice(this.offered);
    return [
      ...namespace === this.namespace ? [] : [{ prop: 'metadata.namespace', fault: {
        code: 'KEELSON2202', got: `'${this.namespace}'`, allowed: `that of its chart, ${namespace === undefined ? 'which names none' : `'${namespace}'`}`,
        fix: "its policy is the chart's: give the chart the namespace, or use FromPlus.peer",
      } }],
      ...this.offered === 0 || late.length === 0 ? [] : [{ prop: 'containers', fault: {
        code: 'KEELSON2205', got: `${late.map(({ text }) => text).join(', ')} after it was connected`, allowed: 'added before it is connected',
        fix: 'add the containers first, so that their ports are opened',
      } }],
    ];
  }
}
