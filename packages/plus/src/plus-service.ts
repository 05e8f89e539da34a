import { ClusterProfile, Connections, IService, IWaitTarget, Warnings } from '@keelson/core';
import type { AbstractPod, Service } from 'cdk8s-plus-27';
import { PlusWorkload } from './plus-workload';
import { checkService } from './private/service-checks';

/** A Service made by cdk8s-plus-27, with its pods, among ours. Made by `FromPlus.service`. */
export class PlusService implements IService, IWaitTarget {
  /** @internal */
  public static _of(service: Service, pods: AbstractPod): PlusService {
    return new PlusService(service, pods);
  }

  /** Always `Service`. */
  public readonly kind = 'Service';

  /** Its `metadata.name`. */
  public readonly name: string;

  /** The namespace it is in; none where its chart names none. */
  public readonly namespace?: string;

  /** The number of its first port. */
  public readonly servicePort: number;

  /** The container port that its first port leads to. */
  public readonly targetPort: number;

  /** Name in the cluster's DNS, such as `orders.shop.svc.cluster.local`; its name alone where its chart names no namespace. */
  public readonly dnsName: string;

  private readonly workload: PlusWorkload;

  private constructor(service: Service, pods: AbstractPod) {
    const [first] = service.ports;
    this.name = service.name;
    this.namespace = service.metadata.namespace;
    this.servicePort = first?.port ?? 0;
    this.targetPort = first?.targetPort ?? this.servicePort;
    this.dnsName = this.namespace === undefined ? this.name : `${this.name}.${this.namespace}.svc.${ClusterProfile.of(service).clusterDomain}`;
    this.workload = PlusWorkload._of(pods);
    checkService(service, pods);
    warnOfPorts(service);
  }

  /** The connections of its pods: on all ports of the containers, unless `ports` are named. */
  public get connections(): Connections {
    return this.workload.connections;
  }
}

/** Where network policies are judged by the Service's port, one that isn't the container's is closed. */
function warnOfPorts(service: Service): void {
  const { cni } = ClusterProfile.of(service);
  const other = service.ports.find(({ port, targetPort }) => targetPort !== undefined && targetPort !== port);
  if (cni.matchesServiceAddresses && other !== undefined) {
    Warnings.report(service, 'KEELSON1727', `port ${other.port} is closed by network policies on ${cni.name}, which judges by the Service's port: `
      + `give it the container's, ${other.targetPort}`);
  }
}
