import {
  Manifest, PodConnections, PodTemplate, Workload,
  type IConnectable, type PodConnectionsProps, type PodTemplateProps, type WorkloadOptions, type WorkloadProps,
} from '@keelson/core';
import { Construct } from 'constructs';

/** A kind of workload of one's own. */
export class Agent extends Workload {
  public constructor(scope: Construct, id: string, props: WorkloadProps, options: WorkloadOptions) {
    super(scope, id, props, options);
    const { kind } = options;
    new Manifest(this, kind, {
      apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
      kind,
      metadata: this.objectMetadata,
      spec: { selector: kind === 'Job' ? undefined : { matchLabels: this.selector }, template: this.pods },
    });
  }
}

/** Pods and their connections without the base class. */
export class Pods extends Construct implements IConnectable {
  public readonly pods: PodTemplate;
  public readonly connections: PodConnections;

  public constructor(scope: Construct, id: string, pods: PodTemplateProps, connections: PodConnectionsProps) {
    super(scope, id);
    this.pods = new PodTemplate(this, pods);
    this.connections = new PodConnections(this, connections);
    new Manifest(this, 'DaemonSet', {
      apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: id, labels: pods.labels },
      spec: { selector: { matchLabels: pods.selector }, template: this.pods },
    });
  }
}
