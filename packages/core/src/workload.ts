import { ApiObjectMetadata, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Connections, IConnectable } from './connections';
import { ContainerPort, ContainerProps } from './container';
import { Faults } from './faults';
import { Labels } from './labels';
import { Manifest } from './manifest';
import { PodConnections } from './pod-connections';
import { PodTemplate } from './pod-template';
import { Image } from './image';
import { Port } from './port';
import { Protocol } from './protocol';
import { claimId } from './private/construct-id';
import { wholeSeconds } from './private/duration';
import { registerWorkload, unconnectedMentions } from './private/mentions';
import { joinsMesh } from './private/mesh-members';
import { settledTexts } from './private/settled';
import { soundProps } from './private/sound-props';
import { acceptWait } from './private/waits';
import { monitored, scrapeAnnotations, withMetricsPort } from './private/workload-metrics';
import { connectToCloud, identityOf } from './private/workload-identity';
import { IServiceAccount, ServiceAccount } from './service-account';
import { IServiceBackend } from './service-backend';
import { IGrantable, Subject } from './subject';
import { ResourceName } from './resource-name';
import { WaitFor } from './wait-for';
import { Warnings } from './warnings';
import { WorkloadOptions, WorkloadProps } from './workload-props';

/**
 * What runs pods: base of `WebApp` and of your own kinds of workload.
 *
 * Defines a ServiceAccount without a token and a NetworkPolicy, and renders the pods. A subclass defines the object that
 * runs them, in a few lines:
 *
 * ```ts
 * class NodeAgent extends Workload {
 *   public constructor(scope: Construct, id: string, props: WorkloadProps) {
 *     super(scope, id, props, { kind: 'DaemonSet' });
 *     new Manifest(this, 'DaemonSet', {
 *       apiVersion: 'apps/v1',
 *       kind: 'DaemonSet',
 *       metadata: this.objectMetadata,
 *       spec: { selector: { matchLabels: this.selector }, template: this.pods },
 *     });
 *   }
 * }
 * ```
 */
export abstract class Workload extends Construct implements IConnectable, IGrantable, IServiceBackend {
  /** Name of the workload's objects. */
  public readonly name: string;

  /** Labels of all the workload's objects; the object that runs the pods, and the pods, have the image's version on top. */
  public readonly labels: { [key: string]: string };

  /** The one label that tells its pods from all others of the namespace, now and after every release. */
  public readonly selector: { [key: string]: string };

  /** Name, labels and annotations of the object that runs the pods. */
  public readonly objectMetadata: ApiObjectMetadata;

  /** The pods: what stands under `template:`. */
  public readonly pods: PodTemplate;

  /** The account the pods run as. */
  public readonly serviceAccount: IServiceAccount;

  /** Who it may talk to. */
  public readonly connections: Connections;

  /** The NetworkPolicy. */
  public readonly networkPolicy: Manifest;

  /**
   * Who may call it in the service mesh.
   *
   * @default - none where the cluster profile names no mesh, or the pods don't join it.
   */
  public readonly authorizationPolicy?: Manifest;

  /**
   * That callers need a certificate of the mesh.
   *
   * @default - none where the cluster profile names no mesh, or the pods don't join it.
   */
  public readonly peerAuthentication?: Manifest;

  /**
   * The PodMonitor.
   *
   * @default - none without `metrics`, or where the cluster's monitoring finds pods by annotations.
   */
  public readonly podMonitor?: Manifest;

  private readonly denyDns: boolean;

  private readonly policed: PodConnections;

  private callsApi = false;

  public constructor(scope: Construct, id: string, props: WorkloadProps, options: WorkloadOptions) {
    const free = claimId(scope, id);
    super(scope, free);
    if (options.propsOfScope === true) {
      Faults._sayOf(scope, this);
    }
    const { props: sound, faults: typeFaults } = soundProps(props);
    typeFaults.forEach(({ prop, fault }) => Faults.report(this, prop, [fault]));
    // Of two with one id the second goes on under another name, so that only the id is reported.
    this.name = sound.name ?? (id === '' ? id : free);
    const nameFaults = ResourceName.faultsOf(options.kind, this.name);
    Faults.report(this, 'name', nameFaults);
    // A name that can't be is reported as such, and not once more by everything that carries the label.
    this.selector = { [Labels.INSTANCE]: nameFaults.length === 0 ? this.name : Labels.valueOf(this.name) };
    this.labels = settledTexts(this.allLabels(sound, options));
    const version = this.versionLabel(sound);
    const labels = version === undefined ? this.labels : settledTexts({ [Labels.VERSION]: version, ...this.labels });
    this.objectMetadata = {
      name: this.name,
      labels,
      annotations: { ...(sound.reloadOnChange === true ? { 'reloader.stakater.com/auto': 'true' } : {}), ...sound.annotations },
    };
    const { name, labels: own } = this;
    this.serviceAccount = sound.serviceAccount
      ?? new ServiceAccount(this, 'ServiceAccount', { name, labels: own, cloudIdentity: sound.cloudIdentity });
    const identity = identityOf(this, sound);
    this.pods = new PodTemplate(this, {
      ...sound,
      podLabels: identity === undefined ? sound.podLabels : { ...sound.podLabels, ...identity._podLabels },
      podAnnotations: scrapeAnnotations(this, sound),
      container: this.mainContainer(sound, options),
      serviceAccount: this.serviceAccount,
      labels,
      selector: this.selector,
      restartPolicy: options.restartPolicy,
      replicated: options.replicated,
      revisionLabel: options.revisionLabel,
    });
    const connections = new PodConnections(this, {
      name: this.name,
      podLabels: this.selector,
      labels: this.labels,
      endpoint: { ...sound.offers, ports: sound.offers?.ports ?? this.listening(options) },
      denyDns: sound.denyDns,
      serviceAccount: this.serviceAccount,
      joinsMesh: joinsMesh(this, sound),
    });
    if (sound.unsafeHostNetwork === true) {
      Warnings.report(this, 'KEELSON1371', "network policies don't hold for pods in the node's network, neither this workload's nor those of the ones it connects to, "
        + 'which let its pods in by label and see the address of a node: let the nodes in by Peer.cidr(…)');
    }
    this.connections = connections;
    this.policed = connections;
    this.networkPolicy = connections.policy;
    this.authorizationPolicy = connections.authorizationPolicy;
    this.peerAuthentication = connections.peerAuthentication;
    this.denyDns = sound.denyDns ?? false;
    this.pods._readEndpointsOf(connections);
    connections._judgePortsBy(this.pods);
    connectToCloud(this, identity);
    registerWorkload(this, this.namespace, this.name, connections);
    this.podMonitor = monitored(this, sound);
    sound.waitFor?.forEach(wait => this.waitFor(wait));
    Faults._placeOf(this).node.addValidation({ validate: () => {
      this.warnOfUnconnected(connections);
      return this.claimTemplateFaults(options.kind);
    } });
  }

  /** Ports that its containers declare, those of the main one first. */
  public get containerPorts(): ContainerPort[] {
    return this.pods._declaredPorts;
  }

  /** How long its pods wait at most before they start, for all that `waitFor` was told until now: one after the other. */
  public get longestWait(): Duration {
    return Duration.seconds(this.pods._waits.reduce((all, { _timeout }) => all + wholeSeconds(_timeout), 0));
  }

  /** The CiliumNetworkPolicy beside its NetworkPolicy; none as long as a NetworkPolicy can say everything. */
  public get ciliumNetworkPolicy(): Manifest | undefined {
    return this.policed.ciliumPolicy;
  }

  /** The namespace it runs in; none where the chart names none. */
  public get namespace(): string | undefined {
    return Chart.of(this).namespace;
  }

  /**
   * Who its pods are for the API server, to grant roles to: the main container then gets a token, and may connect there.
   *
   * Where another container is the one that calls the API, grant to `Subject.serviceAccount(workload.serviceAccount)`, mount
   * `Volume.apiAccess()` in that container, and connect to `Peer.apiServer()`.
   */
  public get grantee(): Subject {
    return Subject._account(this.serviceAccount, this.namespace, [], apiServer => this.callApi(apiServer));
  }

  /**
   * Have the pods wait, before any of their containers starts, until something accepts connections, and connect to it. After what was
   * given before; the same host and port twice is once.
   *
   * @param wait what for, and how long at most.
   */
  public waitFor(wait: WaitFor): void {
    acceptWait(this, wait, this.denyDns);
  }

  private callApi(apiServer: IConnectable): void {
    if (!this.callsApi) {
      this.callsApi = true;
      this.pods.mountServiceAccountToken();
      this.connections.to(apiServer);
    }
  }

  private warnOfUnconnected(connections: PodConnections): void {
    for (const { variable, workload } of unconnectedMentions(this, connections, this.pods._mainEnv)) {
      Warnings.reportLate(this, 'KEELSON1370', `'env.${variable}' has the address of ${workload}, whose network policy doesn't let these pods in: `
        + 'connect them by connections.to(…)');
    }
  }

  /** Only a StatefulSet makes a claim for each pod: elsewhere the mount would have no volume. */
  private claimTemplateFaults(kind: string): string[] {
    return kind === 'StatefulSet' ? [] : this.pods._claimTemplates.map(({ prop, name }) => Faults.describe(prop, {
      code: 'KEELSON1227', got: `the claim template '${name}'`, allowed: `a volume that pods of a ${kind} can have`,
      fix: 'mount a claim by Volume.fromClaim, or use a StatefulSet',
    }));
  }

  private mainContainer(props: WorkloadProps, { ports, health }: WorkloadOptions): ContainerProps {
    Faults.report(this, 'health', health?.faults ?? []);
    const { image, command, args, workingDir, env, envFrom, volumes, writablePaths, resources, preStop } = props;
    return {
      name: this.name, image, command, args, workingDir, env, envFrom, volumes, writablePaths, resources, preStop,
      ports: withMetricsPort(ports, props),
      unsafeWritableRootFilesystem: props.unsafeWritableRootFilesystem,
      readiness: health?._readiness, liveness: health?._liveness, startup: health?._startup,
    };
  }

  private listening({ ports }: WorkloadOptions): Port[] {
    // What can't be is reported as one of the ports already.
    const all = (ports ?? []).map(({ number, protocol }) => Port.range(protocol ?? Protocol.TCP, number, number));
    return all.filter(({ faults }) => faults.length === 0);
  }

  /** On the workload and its pods alone: a new release changes nothing else. */
  private versionLabel({ image }: WorkloadProps): string | undefined {
    return Image.parse(image).versionLabel;
  }

  private allLabels({ labels = {}, annotations = {} }: WorkloadProps, { component }: WorkloadOptions): { [key: string]: string } {
    for (const [key, value] of Object.entries(labels)) {
      Faults.report(this, 'labels', Labels.faultsOf(key, value));
    }
    for (const [key, value] of Object.entries(annotations)) {
      Faults.report(this, 'annotations', Labels.annotationFaultsOf(key, value));
    }
    if (labels[Labels.INSTANCE] !== undefined && labels[Labels.INSTANCE] !== this.name) {
      Faults.report(this, 'labels', [{
        code: 'KEELSON1218', member: Labels.INSTANCE, got: `'${labels[Labels.INSTANCE]}'`, allowed: `the workload's name, '${this.name}'`,
        fix: 'remove it: it is what selects the pods',
      }]);
    }
    const name = Labels.valueOf(this.name);
    // One after the other: V8 makes a literal with such keys in its slow runtime.
    const own: { [key: string]: string } = {};
    own[Labels.NAME] = name;
    if (component !== undefined) {
      own[Labels.COMPONENT] = component;
    }
    own[Labels.PART_OF] = Labels.valueOf(Chart.of(this).node.id);
    own[Labels.MANAGED_BY] = 'keelson';
    own.app = name;
    return Object.assign(own, labels, this.selector);
  }
}
