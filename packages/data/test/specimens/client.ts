import { Manifest, Workload } from '@keelson/core';
import type { Construct } from 'constructs';

/** Pods that use a database. */
export class Client extends Workload {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { image: 'registry.example.com/shop/client:1.0.0' }, { kind: 'Deployment' });
    new Manifest(this, 'Deployment', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: this.objectMetadata,
      spec: { replicas: 1, selector: { matchLabels: this.selector }, template: this.pods },
    });
  }
}
