import {
  AdoptedWorkload, ClaimTemplate, Manifest, PodConnections, PodTemplate, SecretGenerator, SecretText, Workload,
  type ClaimTemplateProps, type Connections, type GeneratedSecret, type GeneratedSecretOptions, type IConnectable, type IGrantable,
  type ISecret, type IWaitTarget, type PodConnectionsProps, type PodTemplateProps, type SecretGeneratorProps,
  type Subject, type WorkloadOptions, type WorkloadProps,
} from '@keelson/core';
import { FromPlus, type PlusService, type PlusWorkload } from '@keelson/plus';
import { ApiObject } from 'cdk8s';
import { Deployment, ServiceAccount } from 'cdk8s-plus-27';
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

/** A pod with storage of its own. */
export class Store extends Workload {
  public constructor(scope: Construct, id: string, image: string, claim: ClaimTemplateProps) {
    super(scope, id, { image }, { kind: 'StatefulSet', revisionLabel: 'controller-revision-hash' });
    const data = ClaimTemplate.of('data', claim);
    data.checkAt(this, 'claim');
    this.pods.addVolume('/data', data.volume);
    new Manifest(this, 'StatefulSet', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: this.objectMetadata,
      spec: { selector: { matchLabels: this.selector }, template: this.pods, volumeClaimTemplates: [data] },
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

/** A workload of cdk8s-plus-27 with its Service, among ours. */
export class Moved extends Construct implements IConnectable, IGrantable, IWaitTarget {
  private readonly workload: PlusWorkload;
  private readonly service: PlusService;

  public constructor(scope: Construct, id: string, image: string, port: number, replicas: number) {
    super(scope, id);
    const serviceAccount = new ServiceAccount(this, 'Account', { automountToken: true });
    const deployment = new Deployment(this, 'Deployment', {
      replicas, serviceAccount, automountServiceAccountToken: true, containers: [{ image, portNumber: port }],
    });
    this.workload = FromPlus.workload(deployment);
    this.service = FromPlus.service(deployment.exposeViaService({ ports: [{ port }] }), deployment);
  }

  public get connections(): Connections {
    return this.workload.connections;
  }

  public get grantee(): Subject {
    return this.workload.grantee;
  }

  public get dnsName(): string {
    return this.service.dnsName;
  }

  public get servicePort(): number {
    return this.service.servicePort;
  }
}

/** A workload that is written by hand, among ours. */
export class Written extends Construct implements IConnectable, IGrantable {
  private readonly workload: AdoptedWorkload;

  public constructor(scope: Construct, id: string, image: string, port: number) {
    super(scope, id);
    const labels = { app: `${id}-written` };
    const securityContext = {
      allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' },
    };
    const spec = { serviceAccountName: id, containers: [{ name: 'app', image, ports: [{ containerPort: port }], securityContext }] };
    new ApiObject(this, 'Deployment', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `${id}-written` },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    } as object as { apiVersion: string; kind: string });
    this.workload = AdoptedWorkload.fromScope(this, 'Deployment', `${id}-written`);
  }

  public get connections(): Connections {
    return this.workload.connections;
  }

  public get grantee(): Subject {
    return this.workload.grantee;
  }
}

/** A Secret that is made in the cluster, with its generator. */
export class Generated extends Construct implements ISecret {
  private readonly secret: GeneratedSecret;

  public constructor(
    scope: Construct, id: string, props: SecretGeneratorProps, name: string, texts: { [key: string]: SecretText },
    options?: GeneratedSecretOptions,
  ) {
    super(scope, id);
    const generator = new SecretGenerator(this, 'Generator', { ...props, name: props.name ?? `${id}-generator` });
    this.secret = generator.secret(name, { ...texts, random: SecretText.random() }, options);
  }

  public get name(): string {
    return this.secret.name;
  }

  public get kind(): string {
    return this.secret.kind;
  }

  public get namespace(): string | undefined {
    return this.secret.namespace;
  }
}
