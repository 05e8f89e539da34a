import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Connections } from './connections';
import { ContainerPort, ContainerProps } from './container';
import { IEnvValue } from './env-value';
import { Fault, Faults } from './faults';
import { PodDefaults } from './pod-defaults';
import { PodProps } from './pod-props';
import { PodTemplateProps } from './pod-template-props';
import { byPath, ContainerModel, ContainerRole, given } from './private/container-model';
import { wholeSeconds } from './private/duration';
import { imagePolicyFaults } from './private/image-policy';
import { InlineFiles } from './private/inline-files';
import { nonEmpty } from './private/non-empty';
import { isOfOneNode, podFaults, podPortFaults, sharedClaimFaults } from './private/pod-checks';
import { InForce } from './private/pod-defaults';
import { Brought, broughtBy, endpointFaults, NOTHING } from './private/pod-endpoints';
import { podIds, podIdWarnings, podSecurityContext } from './private/pod-ids';
import { inheritanceFaults, inheritedScheduling, inheriting, pullSecrets } from './private/pod-inheritance';
import { mentionFaults } from './private/pod-mentions';
import { podMetadata, podOutline } from './private/pod-metadata';
import { podNetwork } from './private/pod-network';
import { PodVolumes } from './private/pod-volumes';
import { renderScheduling } from './private/render-scheduling';
import { runningContainers } from './private/running-containers';
import { checkSidecar } from './private/sidecar-checks';
import { waitContainers } from './private/wait-container';
import { Port } from './port';
import { Protocol } from './protocol';
import { RestartPolicy } from './restart-policy';
import { RunningContainer } from './running-container';
import { Volume } from './volume';
import { WaitFor } from './wait-for';
import { Warnings } from './warnings';


/**
 * The pods of a workload: the one place where a pod is rendered.
 *
 * It is what stands under `template:` of a Deployment, StatefulSet, DaemonSet or Job: put it there as it is, and cdk8s
 * resolves it at synth. Until then containers, variables and volumes may be added, in any order.
 */
export class PodTemplate {
  private readonly main: ContainerModel;
  private readonly models: ContainerModel[] = [];
  private readonly files: InlineFiles;
  private readonly profile: ClusterProfile;
  private readonly scheduling: ReturnType<typeof renderScheduling>;
  private connections?: Connections;
  /** What its pods wait for. @internal */
  public readonly _waits: WaitFor[] = [];
  private tokenMounted = false;

  /**
   * @param scope the workload, which is where mistakes are reported.
   * @param props the pods.
   */
  public constructor(private readonly scope: Construct, private readonly props: PodTemplateProps) {
    this.profile = ClusterProfile.of(scope);
    this.scheduling = this.schedulingOf(props);
    podIdWarnings(props, this.profile).forEach(text => Warnings.report(scope, 'KEELSON1612', text));
    this.files = new InlineFiles(scope, props.container.name, props.labels);
    for (const { prop, fault } of [...podFaults(props, this.namespace), ...this.scheduling.faults]) {
      Faults.report(scope, prop, [fault]);
    }
    this.main = this.add(props.container, 'main', '');
    props.initContainers?.forEach(container => this.addInitContainer(container));
    props.sidecars?.forEach(container => this.addSidecar(container));
    props.containers?.forEach(container => this.addContainer(container));
    Faults._placeOf(scope).node.addValidation({
      validate: () => [...new Set(this.lateFaults().map(({ prop, fault }) => Faults.describe(prop, fault)))],
    });
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
    checkSidecar(this.scope, container.name, this.profile.version, this.props.restartPolicy);
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
    this.report(`volumes.${mountPath}`, volume.faults);
    this.main.addVolume(mountPath, this.files.mountable(mountPath, volume), 'volumes');
  }

  /**
   * Declare a port of the main container, and offer it to those who connect. Services don't get it by this.
   *
   * @param port the port.
   */
  public addPort(port: ContainerPort): void {
    this.main.addPort(port);
    this.connections?.offer({ ports: [Port.range(port.protocol ?? Protocol.TCP, port.number, port.number)] });
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

  /** Claims that the pods mount and that only one node can have at a time, by name, as far as it is known. */
  public get singleNodeClaims(): string[] {
    const claims = this.models.flatMap(({ volumes }) => [...volumes.values()].flatMap(({ _claim }) => _claim ?? []));
    const single = claims.filter(({ accessMode }) => isOfOneNode(accessMode));
    return [...new Set(single.map(({ name }) => name))].sort();
  }

  /** The ports that the main container declares. */
  public get ports(): ContainerPort[] {
    return [...this.main.ports];
  }

  /** The containers that run side by side, the main one first, and what each requests and may use. */
  public get runningContainers(): RunningContainer[] {
    return runningContainers(this.models, PodDefaults._at(this.scope).resources);
  }

  /** The template as Kubernetes takes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    const defaults = PodDefaults._at(this.scope);
    const brought = this.brought();
    const volumes = new PodVolumes([...this.models.flatMap(model => model.mounts(NOTHING)), ...byPath(brought.volumes)]);
    const given = new Map(this.models.map(model => [model, this.givenTo(model, brought, defaults)]));
    const ids = podIds(this.props, this.profile);
    const waits = waitContainers(this._waits, this.profile, ids, this.models);
    const render = (model: ContainerModel) => model.render({
      profile: this.profile, ids, defaultResources: defaults.resources, volumes,
      preStop: model.props.preStop?._render(this.profile, this.graceSeconds()).handler,
    }, given.get(model) ?? NOTHING);
    const sidecarsFirst = this.profile.version.isAtLeast('1.29');
    const initial = (model: ContainerModel) => model.role === 'init' || (model.role === 'sidecar' && sidecarsFirst);
    const { hostNetwork, dnsPolicy, dnsConfig } = podNetwork(this.props);
    const { nodeSelector, affinity, topologySpreadConstraints, tolerations, priorityClassName } = this.scheduled();
    return {
      metadata: podMetadata(this.scope, this.props, this.models, [...given.values()]),
      spec: {
        serviceAccountName: this.props.serviceAccount?.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: this.props.restartPolicy ?? RestartPolicy.ALWAYS,
        terminationGracePeriodSeconds: this.graceSeconds(),
        hostNetwork, dnsPolicy, dnsConfig,
        imagePullSecrets: nonEmpty(pullSecrets(this.profile.imagePullSecrets, defaults)),
        securityContext: podSecurityContext(ids),
        nodeSelector, affinity, topologySpreadConstraints, tolerations, priorityClassName,
        initContainers: nonEmpty([...waits, ...this.models.filter(initial).map(render)]),
        containers: this.models.filter(model => !initial(model)).map(render),
        volumes: nonEmpty(volumes.render()),
      },
    };
  }

  /** Of the template, what other objects of the app refer to: labels and names of ports. Costs less than `resolve`. @internal */
  public _outline(): object {
    return podOutline(this.scope, this.props, this.models);
  }

  /** @internal */
  public get _mainEnv(): ReadonlyMap<string, IEnvValue> {
    return this.main.env;
  }

  /** @internal */
  public get _declaredPorts(): ContainerPort[] {
    return this.models.filter(({ role }) => role !== 'init').flatMap(({ ports }) => [...ports]);
  }

  /** @internal */
  public _readEndpointsOf(connections: Connections): void {
    this.connections = connections;
  }

  /** @internal */
  public get _claimTemplates(): { prop: string; name: string }[] {
    return this.models.flatMap(({ prefix, volumes }) => [...volumes].flatMap(([path, { _claimTemplate: name }]) =>
      (name === undefined ? [] : [{ prop: `${prefix}volumes.${path}`, name }])));
  }

  private get namespace(): string | undefined {
    return Chart.of(this.scope).namespace;
  }

  private brought(): Brought {
    return this.connections?._areGiven === true ? broughtBy(this.connections._endpoints()) : NOTHING;
  }

  /** What connections and the scopes around give to a container. */
  private givenTo(model: ContainerModel, brought: Brought, defaults: InForce): Brought {
    return inheriting(model === this.main ? brought : NOTHING, defaults, model);
  }

  private scheduled(): ReturnType<typeof renderScheduling>['rendered'] {
    const props = inheritedScheduling(this.props, PodDefaults._at(this.scope));
    return props === undefined ? this.scheduling.rendered : this.schedulingOf(props).rendered;
  }

  private schedulingOf(props: Partial<PodProps>): ReturnType<typeof renderScheduling> {
    const { replicated, revisionLabel, selector } = this.props;
    return renderScheduling(props, selector, this.profile, { replicated: replicated === true, revisionLabel });
  }

  private report(prop: string, faults: Fault[]): void {
    Faults.report(this.scope, prop, faults);
  }

  private add(container: ContainerProps, role: ContainerRole, prefix: string): ContainerModel {
    const mounts = given(container.volumes);
    // Reported before a ConfigMap is made of them, which would say it of itself.
    mounts.forEach(([path, volume]) => this.report(`${prefix}volumes.${path}`, volume.faults));
    const volumes = Object.fromEntries(mounts.map(([path, volume]) => [path, this.files.mountable(path, volume)]));
    const model = new ContainerModel({ ...container, volumes }, role, prefix,
      (prop, faults) => this.report(prop, faults), (code, text) => Warnings.report(this.scope, code, text));
    if (this.models.some(({ props }) => props.name === container.name)) {
      this.report(`${prefix}name`, [{
        code: 'KEELSON1213', got: `'${container.name}' again`, allowed: 'the name of one container of the pod', fix: 'rename one of the two containers',
      }]);
    }
    const warning = container.preStop?._render(this.profile, Infinity).warning;
    if (warning !== undefined) {
      Warnings.report(this.scope, 'KEELSON1214', warning);
    }
    this.report(`${prefix}image`, imagePolicyFaults(model.image, this.profile));
    this.models.push(model);
    return model;
  }

  /** All containers get the order to stop at about the same time: what takes longest counts. */
  private graceSeconds(): number {
    const grace = this.props.terminationGracePeriod;
    const delays = this.models.map(({ props }) => props.preStop?._delaySeconds(this.profile) ?? 0);
    return grace === undefined ? 30 + Math.max(0, ...delays) : wholeSeconds(grace);
  }

  /** What can only be told at synth, when everything was added and the defaults around are known. */
  private lateFaults(): { prop: string; fault: Fault }[] {
    const defaults = PodDefaults._at(this.scope);
    const brought = this.brought();
    const preStop = ({ props, prefix }: ContainerModel) => (props.preStop?._render(this.profile, this.graceSeconds()).faults ?? [])
      .map(fault => ({ prop: `${prefix}preStop`, fault }));
    return [
      ...this.models.flatMap(model => model.lateFaults(defaults.resources, this.givenTo(model, brought, defaults), this.namespace)),
      ...inheritanceFaults(this.models, this.profile.imagePullSecrets, defaults, this.namespace),
      ...this.models.flatMap(preStop),
      ...sharedClaimFaults(this.props.replicated === true ? this.singleNodeClaims : []),
      ...podPortFaults(this.models, this.props.unsafeHostNetwork === true),
      ...endpointFaults(this.main, brought, this.namespace),
      ...mentionFaults(this.models, model => this.givenTo(model, brought, defaults), this.scope, this.profile),
    ];
  }
}
