import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ClaimTemplate, type ClaimTemplateProps, EnvValue, Manifest, PodConnections, type PodConnectionsProps, PodTemplate, Port, RestartPolicy,
  Service, ServiceType, Workload, type WorkloadProps,
} from '../../src';

/** A pod on every node. */
export class NodeAgent extends Workload {
  public constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id, props, { kind: 'DaemonSet', component: 'agent', restartPolicy: RestartPolicy.ALWAYS });
    new Manifest(this, 'DaemonSet', {
      apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: this.objectMetadata,
      spec: { selector: { matchLabels: this.selector }, template: this.pods },
    });
  }
}

/** A pod with storage of its own, by a claim template called `data`. */
export class Ledger extends Workload {
  public constructor(
    scope: Construct, id: string, props: WorkloadProps, storage: ClaimTemplateProps = { size: Size.gibibytes(1) }, propsOfScope = false,
  ) {
    const data = ClaimTemplate.of('data', storage);
    super(scope, id, props, { kind: 'StatefulSet', ports: [{ number: 5432, name: 'sql' }], revisionLabel: 'controller-revision-hash', propsOfScope });
    data.checkAt(this, 'storage');
    const serviceName = `${this.name}-headless`;
    new Manifest(this, 'Service', {
      apiVersion: 'v1', kind: 'Service', metadata: { name: serviceName, labels: this.labels },
      spec: { clusterIP: 'None', selector: this.selector, ports: [{ name: 'sql', port: 5432, targetPort: 'sql' }] },
    });
    new Manifest(this, 'StatefulSet', {
      apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: this.objectMetadata,
      spec: {
        serviceName, replicas: 1, selector: { matchLabels: this.selector }, template: this.pods,
        volumeClaimTemplates: [data],
      },
    });
  }
}

/** Pods that are a part of something else, whose props they are made of. */
export class Archive extends Construct {
  public constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    new Ledger(this, 'Ledger', { name: id, ...props }, { size: Size.gibibytes(1) }, true);
  }
}

/** Two pods, made of what a Workload is made of: for those who need something else. */
export class Fleet extends Construct {
  public readonly connections: PodConnections;

  public constructor(scope: Construct, id: string, image: string, props: Partial<PodConnectionsProps> = { denyDns: true }) {
    super(scope, id);
    const selector = { 'app.kubernetes.io/instance': id };
    const labels = { ...selector, tier: 'edge' };
    const ports = [{ number: 8080, name: 'http' }];
    const template = new PodTemplate(this, {
      container: { name: id, image, ports }, labels, selector, replicated: true, revisionLabel: 'pod-template-hash', restartPolicy: RestartPolicy.ALWAYS,
    });
    this.connections = new PodConnections(this, {
      podLabels: selector, name: `${id}-policy`, labels, endpoint: { ports: [Port.tcp(8080)] }, ...props,
    });
    new Manifest(this, 'Deployment', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: id, labels }, spec: { replicas: 2, selector: { matchLabels: selector }, template },
    });
  }
}

/** Pods that find each other by name. */
export class Members extends Workload {
  public constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id, props, { kind: 'StatefulSet', ports: [{ number: 7946, name: 'peer' }], replicated: true, revisionLabel: 'controller-revision-hash' });
    const headless = new Service(this, 'Headless', {
      name: `${this.name}-headless`, backends: [this], type: ServiceType.headless({ publishNotReadyAddresses: true }),
    });
    this.pods.addEnv('SEED', EnvValue.fromValue(headless.podDnsName(`${this.name}-0`)));
    this.connections.to(headless);
    new Manifest(this, 'StatefulSet', {
      apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: this.objectMetadata,
      spec: { serviceName: headless.name, replicas: 3, selector: { matchLabels: this.selector }, template: this.pods },
    });
  }
}
