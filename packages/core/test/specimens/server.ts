import { Construct } from 'constructs';
import { Manifest, Workload, type WorkloadOptions, type WorkloadProps } from '../../src';

export const IMAGE = 'registry.example.com/shop/web:1.8.2';

/** The least that a kind of workload is: a Deployment, of one pod unless it is replicated. */
export class Server extends Workload {
  public readonly deployment: Manifest;

  public constructor(scope: Construct, id: string, props: Partial<WorkloadProps> = {}, options: Partial<WorkloadOptions> = {}) {
    super(scope, id, { ...props, image: props.image ?? IMAGE }, {
      ...options, kind: options.kind ?? 'Deployment', ports: options.ports ?? [{ number: 8080, name: 'http' }],
    });
    const replicas = options.replicated === true ? 2 : 1;
    this.deployment = new Manifest(this, 'Deployment', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: this.objectMetadata,
      spec: { replicas, selector: { matchLabels: this.selector }, template: this.pods },
    });
  }
}
