import { Manifest, type Port, Workload } from '@keelson/core';
import type { Construct } from 'constructs';

/** A workload of ours, as a block would have it. */
export class Web extends Workload {
  public constructor(scope: Construct, id: string, ports = [8080], offers?: Port[]) {
    super(scope, id, { image: `registry.example.com/shop/${id}:1.0.0`, ...(offers === undefined ? {} : { offers: { ports: offers } }) }, {
      kind: 'Deployment', ports: ports.map(number => ({ number })), replicated: true,
    });
    new Manifest(this, 'Deployment', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: this.objectMetadata,
      spec: { replicas: 2, selector: { matchLabels: this.selector }, template: this.pods },
    });
  }
}
