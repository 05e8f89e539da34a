import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { ConfigMap } from './config-map';
import { Connections } from './connections';
import { ContainerPort, ContainerProps } from './container';
import { Endpoint } from './endpoint';
import { IEnvValue } from './env-value';
import { Fault, Faults } from './faults';
import { Labels } from './labels';
import { Metadata } from './metadata';
import { PodDefaults } from './pod-defaults';
import { PodProps } from './pod-props';
import { configChecksum } from './private/checksum';
import { ContainerModel, ContainerRole, nonEmpty } from './private/container-model';
import { clashingPorts } from './private/container-ports';
import { durationFaults, wholeSeconds } from './private/duration';
import { endpointEnv, endpointFaults, endpointVolumes } from './private/pod-endpoints';
import { podIdFaults, podIds, podSecurityContext } from './private/pod-ids';
import { PodVolumes } from './private/pod-volumes';
import { renderScheduling } from './private/render-scheduling';
import { IServiceAccount } from './service-account';
import { Volume } from './volume';
import { Warnings } from './warnings';

/** When the containers of a pod are started again. */
export enum RestartPolicy {
  /** Whenever they exit: servers. */
  ALWAYS = 'Always',
  /** When they fail: tasks. */
  ON_FAILURE = 'OnFailure',
  /** Never: tasks whose failure makes a new pod. */
  NEVER = 'Never',
}

/** Properties for `PodTemplate`. */
export interface PodTemplateProps extends PodProps {
  /** The main container. */
  readonly container: ContainerProps;

  /** Labels of the pods, the one of `selector` among them. */
  readonly labels: { [key: string]: string };

  /** The one label that tells these pods from all others of the namespace. */
  readonly selector: { [key: string]: string };

  /** The account the pods run as. */
  readonly account: IServiceAccount;

  /**
   * When containers are started again.
   *
   * @default RestartPolicy.ALWAYS
   */
  readonly restartPolicy?: RestartPolicy;

  /**
   * Whether there are two pods or more, which then are kept apart.
   *
   * @default false
   */
  readonly replicated?: boolean;

  /**
   * The label that tells pods of one revision from those of the next, such as `pod-template-hash` for a Deployment.
   *
   * @default - none: spreading counts pods of all revisions.
   */
  readonly revisionLabel?: string;
}

/**
 * The pods of a workload: the one place where a pod is rendered.
 *
 * It is what stands under `template:` of a Deployment, StatefulSet, DaemonSet or Job: put it there as it is, and cdk8s
 * resolves it at synth. Until then containers, variables and volumes may be added, in any order.
 */
export class PodTemplate {
  private readonly main: ContainerModel;
  private readonly models: ContainerModel[] = [];
  private readonly inline = new Map<Volume, Volume>();
  private readonly profile: ClusterProfile;
  private connections?: Connections;
  private tokenMounted = false;

  /**
   * @param scope the workload, which is where mistakes are reported.
   * @param props the pods.
   */
  public constructor(private readonly scope: Construct, private readonly props: PodTemplateProps) {
    this.profile = ClusterProfile.of(scope);
    for (const { prop, fault } of podIdFaults(props)) {
      Faults.report(scope, prop, [fault]);
    }
    this.main = this.add(props.container, 'main', '');
    props.initContainers?.forEach(container => this.addInitContainer(container));
    props.sidecars?.forEach(container => this.addSidecar(container));
    props.containers?.forEach(container => this.addContainer(container));
    this.checkGrace();
    this.checkScheduling();
    scope.node.addValidation({ validate: () => this.lateFaults().map(({ prop, fault }) => Faults.describe(prop, fault)) });
  }

  /**
   * Have a container run to its end before the others start, after those added before.
   *
   * @param container the container.
   */
  public addInitContainer(container: ContainerProps): void {
    this.add(container, 'init', `initContainers.${container.name}.`);
  }

  /**
   * Have a container start before the main one and end after it: see `PodProps.sidecars`.
   *
   * @param container the container.
   */
  public addSidecar(container: ContainerProps): void {
    this.add(container, 'sidecar', `sidecars.${container.name}.`);
    if (this.profile.version.isAtLeast('1.29')) {
      return;
    }
    if ((this.props.restartPolicy ?? RestartPolicy.ALWAYS) !== RestartPolicy.ALWAYS) {
      Faults.report(this.scope, `sidecars.${container.name}`, [{
        code: 'KEELSON1211', got: `Kubernetes ${this.profile.version.text}`, allowed: 'for a cluster of Kubernetes 1.29 or newer',
        fix: 'a task with a plain container that never ends never ends either: drop the sidecar, or use a newer cluster',
      }]);
    } else {
      Warnings.report(this.scope, 'KEELSON1212', `sidecar '${container.name}' is a plain container on Kubernetes ${this.profile.version.text}, `
        + 'which may start after the main one and end before it: from 1.29 on it is a native sidecar');
    }
  }

  /**
   * Have a container run beside the main one.
   *
   * @param container the container.
   */
  public addContainer(container: ContainerProps): void {
    this.add(container, 'container', `containers.${container.name}.`);
  }

  /**
   * Set an environment variable of the main container.
   *
   * @param name its name.
   * @param value its value; a second value for one name is a mistake.
   */
  public addEnv(name: string, value: IEnvValue): void {
    this.main.addEnv(name, value);
  }

  /**
   * Mount a volume in the main container.
   *
   * @param mountPath the absolute path it appears at.
   * @param volume the volume.
   */
  public addVolume(mountPath: string, volume: Volume): void {
    this.main.addVolume(mountPath, this.withFiles(mountPath, volume), 'volumes');
  }

  /**
   * Declare a port of the main container.
   *
   * @param port the port.
   */
  public addPort(port: ContainerPort): void {
    this.main.addPort(port);
  }

  /**
   * Give the main container a token for the API server, short-lived and renewed, at the place where clients look for it. Without,
   * pods have none. What the token may do is what is bound to the account.
   *
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
   */
  public mountServiceAccountToken(): void {
    if (!this.tokenMounted) {
      this.tokenMounted = true;
      this.main.addVolume('/var/run/secrets/kubernetes.io/serviceaccount', Volume.apiAccess(), 'volumes');
    }
  }

  /** The ports that the main container declares. */
  public get ports(): ContainerPort[] {
    return [...this.main.ports];
  }

  /** The template as Kubernetes takes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    const endpoints = this.endpoints();
    const volumes = this.podVolumes(endpoints);
    const resources = PodDefaults._resourcesAt(this.scope);
    const env = endpointEnv(endpoints);
    const render = (model: ContainerModel) => model.render({
      profile: this.profile, ids: podIds(this.props), defaultResources: resources, volumes,
      preStop: model.props.preStop?._render(this.profile, this.graceSeconds()).handler,
    }, model === this.main ? env : new Map(), model === this.main ? endpointVolumes(endpoints) : new Map());
    const sidecarsFirst = this.profile.version.isAtLeast('1.29');
    const initial = (model: ContainerModel) => model.role === 'init' || (model.role === 'sidecar' && sidecarsFirst);
    return {
      metadata: this.metadata(endpoints),
      spec: {
        serviceAccountName: this.props.account.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: this.props.restartPolicy ?? RestartPolicy.ALWAYS,
        terminationGracePeriodSeconds: this.graceSeconds(),
        hostNetwork: this.props.unsafeHostNetwork === true ? true : undefined,
        dnsPolicy: this.props.unsafeHostNetwork === true ? 'ClusterFirstWithHostNet' : undefined,
        dnsConfig: { options: this.dnsOptions() },
        imagePullSecrets: nonEmpty(this.profile.imagePullSecrets.map(name => ({ name }))),
        securityContext: podSecurityContext(this.props),
        ...this.scheduling().rendered,
        initContainers: nonEmpty(this.models.filter(initial).map(render)),
        containers: this.models.filter(model => !initial(model)).map(render),
        volumes: nonEmpty(volumes.render()),
      },
    };
  }

  /** @internal */
  public _readEndpointsOf(connections: Connections): void {
    this.connections = connections;
  }

  /** @internal */
  public get _models(): ContainerModel[] {
    return this.models;
  }

  private get namespace(): string | undefined {
    return Chart.of(this.scope).namespace;
  }

  private endpoints(): Endpoint[] {
    return this.connections?.endpoints() ?? [];
  }

  private add(container: ContainerProps, role: ContainerRole, prefix: string): ContainerModel {
    const report = (prop: string, faults: Fault[]) => Faults.report(this.scope, prop, faults);
    const volumes = Object.fromEntries(Object.entries(container.volumes ?? {}).map(([path, volume]) => [path, this.withFiles(path, volume)]));
    const model = new ContainerModel({ ...container, volumes }, role, prefix, report);
    for (const other of this.models) {
      if (other.props.name === container.name) {
        report(`${prefix}name`, [{
          code: 'KEELSON1213', got: `'${container.name}' again`, allowed: 'the name of one container of the pod', fix: 'rename one of the two containers',
        }]);
      }
      if (role !== 'init' && other.role !== 'init') {
        clashingPorts(model.ports, other.ports, other.props.name).forEach(fault => report(`${prefix}ports`, [fault]));
      }
    }
    const preStop = container.preStop?._render(this.profile, this.graceSeconds());
    report(`${prefix}preStop`, preStop?.faults ?? []);
    if (preStop?.warning !== undefined) {
      Warnings.report(this.scope, 'KEELSON1214', preStop.warning);
    }
    model.warnings().forEach(({ code, text }) => Warnings.report(this.scope, code, text));
    this.models.push(model);
    return model;
  }

  /** Content given in place becomes a ConfigMap of the workload, named after the path it is mounted at. */
  private withFiles(mountPath: string, volume: Volume): Volume {
    const data = volume._inlineData;
    if (data === undefined) {
      return volume;
    }
    let made = this.inline.get(volume);
    if (made === undefined) {
      const suffix = PodVolumes.nameFor(mountPath);
      const id = uniqueId(this.scope, `files-${suffix}`);
      const name = `${this.props.container.name}-${suffix}`;
      made = volume._withConfigMap(new ConfigMap(this.scope, id, { name, data }));
      this.inline.set(volume, made);
    }
    return made;
  }

  private podVolumes(endpoints: Endpoint[]): PodVolumes {
    const all = new PodVolumes();
    for (const model of this.models) {
      model.volumes.forEach((volume, path) => all.add(path, volume));
    }
    endpointVolumes(endpoints).forEach((volume, path) => all.add(path, volume));
    return all;
  }

  private metadata(endpoints: Endpoint[]): object {
    const checksum = configChecksum({
      env: [...this.models.flatMap(model => [...model.env.values()]), ...endpointEnv(endpoints).values()],
      envFrom: this.models.flatMap(model => model.envFrom),
      volumes: [...this.models.flatMap(model => [...model.volumes.values()]), ...endpointVolumes(endpoints).values()],
    });
    const annotations = {
      ...Object.fromEntries(Metadata._annotationsAt(this.scope)),
      ...(checksum === undefined ? {} : { 'checksum/config': checksum }),
      ...this.props.podAnnotations,
    };
    return {
      labels: { ...Chart.of(this.scope).labels, ...Object.fromEntries(Metadata._labelsAt(this.scope)), ...this.props.labels, ...this.props.podLabels, ...this.props.selector },
      annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    };
  }

  private dnsOptions(): object[] {
    return Object.entries({ ndots: '2', ...this.props.dnsOptions }).map(([name, value]) => (value === '' ? { name } : { name, value }));
  }

  private scheduling() {
    return renderScheduling(this.props, this.props.selector, this.profile, {
      replicated: this.props.replicated === true, revisionLabel: this.props.revisionLabel,
    });
  }

  private graceSeconds(): number {
    const grace = this.props.terminationGracePeriod;
    const delay = this.props.container.preStop?._delaySeconds(this.profile) ?? 0;
    return grace === undefined ? 30 + delay : wholeSeconds(grace);
  }

  private checkGrace(): void {
    const grace = this.props.terminationGracePeriod;
    Faults.report(this.scope, 'terminationGracePeriod', grace === undefined ? [] : durationFaults(grace, { from: 1 }));
  }

  private checkScheduling(): void {
    for (const { prop, fault } of this.scheduling().faults) {
      Faults.report(this.scope, prop, [fault]);
    }
    for (const [prop, labels] of Object.entries({ podLabels: this.props.podLabels, nodeSelector: this.props.nodeSelector })) {
      Object.entries(labels ?? {}).forEach(([key, value]) => Faults.report(this.scope, prop, Labels.faultsOf(key, value)));
    }
    Object.keys(this.props.selector).filter(key => this.props.podLabels?.[key] !== undefined).forEach(key => Faults.report(this.scope, 'podLabels', [{
      code: 'KEELSON1215', got: `'${key}'`, allowed: 'other labels than the one that selects the pods', fix: 'remove it: it is the name of the workload',
    }]));
  }

  /** What can only be told at synth, when everything was added and the defaults around are known. */
  private lateFaults(): { prop: string; fault: Fault }[] {
    const resources = PodDefaults._resourcesAt(this.scope);
    const endpoints = this.endpoints();
    return [
      ...this.models.flatMap(model => model.lateFaults(resources, model === this.main ? endpointEnv(endpoints) : new Map(), this.namespace)),
      ...endpointFaults(this.main, endpoints),
    ];
  }
}

function uniqueId(scope: Construct, wish: string): string {
  let id = wish;
  for (let n = 2; scope.node.tryFindChild(id) !== undefined; n++) {
    id = `${wish}-${n}`;
  }
  return id;
}
