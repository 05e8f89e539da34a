import { Connections, IConnectable } from './connections';
import { ContainerPort } from './container';
import { Peer } from './peer';
import { Port } from './port';
import { Protocol } from './protocol';

/** What a Service sends its traffic to: a workload, or pods made elsewhere. */
export interface IServiceBackend extends IConnectable {
  /** Labels that its pods carry, and no others of the namespace. */
  readonly selector: { [key: string]: string };

  /** Ports that its containers declare. */
  readonly containerPorts: ContainerPort[];

  /**
   * The namespace it is in. A Service reaches the pods of its own namespace only.
   *
   * @default - not known, and not checked.
   */
  readonly namespace?: string;
}

/** Pods that somebody else makes. */
export interface ServiceBackendProps {
  /** Labels that the pods carry, and no others of the namespace; at least one. */
  readonly labels: { [key: string]: string };

  /** Ports that their containers declare. */
  readonly ports: ContainerPort[];
}

/** Pods made elsewhere, as what a Service sends its traffic to. */
export class ServiceBackend implements IServiceBackend {
  /**
   * Pods by their labels, in the namespace of the Service. Their network policies are up to whoever makes them.
   *
   * @param props their labels and ports.
   */
  public static fromPodLabels(props: ServiceBackendProps): ServiceBackend {
    return new ServiceBackend(props);
  }

  /** Labels that its pods carry, and no others of the namespace. */
  public readonly selector: { [key: string]: string };

  /** Ports that its containers declare. */
  public readonly containerPorts: ContainerPort[];

  /** Who it may talk to. */
  public readonly connections: Connections;

  private constructor({ labels, ports }: ServiceBackendProps) {
    this.selector = { ...labels };
    this.containerPorts = [...ports];
    this.connections = Peer.pods({ labels }).connections;
    this.connections.offer({ ports: ports.map(({ number, protocol }) => Port.range(protocol ?? Protocol.TCP, number, number)) });
  }
}
