import { type Construct } from 'constructs';
import { ClusterProfile, type ContainerPort, type IWaitTarget, Manifest, type WorkloadProps } from '../../src';
import { Server } from './server';

interface ServedPort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: string | number;
  readonly protocol?: string;
}

/** What a Service is told. */
export interface ServedOptions {
  readonly ports?: ContainerPort[];
  readonly servicePorts?: readonly ServedPort[];
  readonly headless?: boolean;
}

/** A server with a Service of its name: port 80, unless told otherwise. */
export class Served extends Server implements IWaitTarget {
  public readonly service: Manifest;
  public readonly dnsName: string;
  public readonly servicePort: number;

  public constructor(scope: Construct, id: string, props: Partial<WorkloadProps> = {}, options: ServedOptions = {}) {
    super(scope, id, props, options.ports === undefined ? {} : { ports: options.ports });
    const ports = options.servicePorts ?? [{ port: 80, targetPort: 'http' }];
    this.service = new Manifest(this, 'Service', {
      apiVersion: 'v1', kind: 'Service', metadata: { name: this.name, labels: this.labels },
      spec: { type: 'ClusterIP', clusterIP: options.headless === true ? 'None' : undefined, selector: this.selector, ports },
    });
    this.dnsName = this.namespace === undefined ? this.name : `${this.name}.${this.namespace}.svc.${ClusterProfile.of(this).clusterDomain}`;
    this.servicePort = ports[0]?.port ?? 80;
  }
}
