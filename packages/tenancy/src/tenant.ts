import {
  ClusterProfile, Connections, Faults, IConnectable, Manifest, Namespace, NamespaceConnections, Peer, PodSecurityLevel, ResourceName,
  Resources, ServiceAccount, Warnings,
} from '@keelson/core';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Admission } from './admission';
import { Isolation } from './isolation';
import { Capacity } from './capacity';
import { capacityOf, checkCapacity } from './private/capacity';
import { defaultsFaults, limitsOf } from './private/limit-range';
import { definePullSecrets } from './private/pull-secrets';
import { withRoomForChallenges } from './private/challenges';
import { openingsOf } from './private/admission/openings';
import { BoundRole } from './private/admission/strangers';
import { ADMIN, OPERATOR, VIEWER, deployerOf, inMesh } from './private/tenant-roles';
import { Quota } from './quota';
import { TenantProps } from './tenant-props';
import { TenantRole } from './tenant-role';

/** Options for `Tenant.fromTenantName`. */
export interface FromTenantNameOptions {
  /**
   * The id of the chart, which its file is called by.
   *
   * @default - the tenant's name.
   */
  readonly chartId?: string;

  /**
   * The quota that the platform gives it, so that what doesn't fit is said at synth.
   *
   * @default - not known, and not compared.
   */
  readonly quota?: Quota;

  /**
   * What the platform gives containers that name no resources of their own: see `TenantProps.containerDefaults`.
   *
   * @default - what a tenant gives by default.
   */
  readonly containerDefaults?: Resources;
}

/**
 * A namespace that a team has to itself, and the chart of what is in it: Pod Security *restricted*, a quota and defaults that fit it,
 * network policies that close it, and roles for its people, none of which writes the quota, the limits or the policy.
 *
 * ```ts
 * declare const app: App;
 * const shop = new Tenant(app, 'shop', { quota: Quota.medium(), admins: [Subject.group('shop-leads')] });
 * const worker = new Task(shop, 'report', { image: 'registry.example.com/shop/report:1.4.0' });
 * shop.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
 * ```
 *
 * What is defined in it is in its namespace and its file. Other charts that are in the namespace count as part of it: all of them
 * together have to fit the quota.
 *
 * Defines a Namespace, a ResourceQuota, a LimitRange, the ServiceAccount `default` without rights and token, a NetworkPolicy, three Roles
 * with a RoleBinding each where they are given to somebody, from Kubernetes 1.30 on the policies of `Admission`, and an ExternalSecret for
 * each pull secret of the cluster profile, where that says what store they are in. Where the cluster profile names
 * a `Mesh`, an AuthorizationPolicy that says the same as the NetworkPolicy, and a PeerAuthentication that wants mTLS, for all of its pods.
 *
 * @see https://kubernetes.io/docs/concepts/security/multi-tenancy/
 */
export class Tenant extends Chart implements IConnectable {
  /**
   * A tenant that the platform makes elsewhere, for the repository of an app: a chart in its namespace, without any of what makes it a
   * tenant.
   *
   * @param scope the app.
   * @param name the tenant's namespace.
   * @param options the quota to keep to.
   */
  public static fromTenantName(scope: Construct, name: string, options: FromTenantNameOptions = {}): Chart {
    const { quota, containerDefaults = {}, chartId = name } = options;
    const chart = new Chart(scope, chartId, { namespace: name });
    Faults.report(chart, 'name', ResourceName.faultsOf('Namespace', name));
    Faults.report(chart, 'quota', quota?.faults ?? []);
    if (quota !== undefined) {
      checkCapacity(chart, name, quota, () => limitsOf(containerDefaults, quota));
    }
    return chart;
  }

  /** The Namespace. */
  public readonly tenantNamespace: Namespace;

  /** The ResourceQuota. */
  public readonly resourceQuota: Manifest;

  /** The LimitRange, which gives containers what the quota counts. */
  public readonly limitRange: Manifest;

  /** The account of pods that name none: without rights and token. */
  public readonly defaultServiceAccount: ServiceAccount;

  /** What `admins` may do. */
  public readonly admin: TenantRole;

  /** What `operators` may do. */
  public readonly operator: TenantRole;

  /** What `deployers` may do; none where they aren't said, not even as an empty list. */
  public readonly deployer?: TenantRole;

  /** What `viewers` may do. */
  public readonly viewer: TenantRole;

  /**
   * The connections of all its pods: what is opened here is opened to each of them. Workloads have connections of their own, which open
   * less.
   */
  public readonly connections: Connections;

  /** The policy of all its pods; none with `Isolation.UNSAFE_NONE`. */
  public readonly isolation?: NamespaceConnections;

  /** The policy that no NetworkPolicy overrides; none where no guard was asked for. */
  public readonly networkGuard?: Manifest;

  /** How much of the cluster it may take. */
  public readonly quota: Quota;

  /** Its level. */
  private readonly isolates: Isolation;

  /** What containers get that say nothing. */
  private readonly defaults: object;

  public constructor(scope: Construct, id: string, props: TenantProps) {
    const name = props.name ?? id;
    super(scope, id, { namespace: name });
    const { quota, podSecurity, labels, annotations, containerDefaults = {}, isolation = Isolation.TENANT } = props;
    const admission = props.admission ?? Admission.of({});
    const admits = ClusterProfile.of(this).version.isAtLeast('1.30');
    this.quota = quota;
    this.tenantNamespace = new Namespace(this, 'Namespace', { name, podSecurity, labels, annotations });
    this.report(props);
    this.defaults = limitsOf(containerDefaults, quota);
    this.resourceQuota = new Manifest(this, 'Quota', {
      apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'tenant' }, spec: { hard: admits ? withRoomForChallenges(quota) : quota.hard },
    });
    this.limitRange = new Manifest(this, 'Limits', {
      apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'tenant' }, spec: { limits: [this.defaults] },
    });
    const { imagePullSecrets, mesh } = ClusterProfile.of(this);
    const hasMesh = mesh !== undefined;
    this.defaultServiceAccount = new ServiceAccount(this, 'DefaultServiceAccount', { name: 'default', imagePullSecrets });
    definePullSecrets(this);
    this.isolates = isolation;
    this.isolation = isolation.isClosed ? this.close(isolation) : undefined;
    this.connections = this.isolation ?? Peer.namespace(name).connections;
    this.admin = TenantRole._define(this, 'Admin', 'tenant-admin', inMesh(ADMIN, hasMesh));
    this.operator = TenantRole._define(this, 'Operator', 'tenant-operator', inMesh(OPERATOR, hasMesh));
    this.deployer = props.deployers === undefined ? undefined : this.admitDeployers(admission);
    this.viewer = TenantRole._define(this, 'Viewer', 'tenant-viewer', inMesh(VIEWER, hasMesh));
    props.admins?.forEach(each => this.admin.grantTo(each));
    props.operators?.forEach(each => this.operator.grantTo(each));
    props.deployers?.forEach(each => this.deployer?.grantTo(each));
    props.viewers?.forEach(each => this.viewer.grantTo(each));
    this.networkGuard = props.networkGuard?._bind(this, name);
    if (admits || props.admission !== undefined) {
      admission._bind(this, `${name}.tenant`, [name], quota);
    }
    this.keep(props, admission);
    this.node.addValidation({ validate: () => this.strangers(admission) });
    checkCapacity(this, name, quota, () => this.defaults);
  }

  /** What is in it now, beside its quota; whole when everything is defined. */
  public capacity(): Capacity {
    return capacityOf(this, this.tenantNamespace.name, this.quota, this.defaults);
  }

  /** Whether its pods reach each other. @internal */
  public get _allowsWithin(): boolean {
    return this.isolates.allowsWithin;
  }

  /** Who is of the platform and of the tenant, too. */
  private strangers(admission: Admission): string[] {
    return admission._strangerFaults(this.tenantNamespace.name, this.bound()).map(fault => Faults.describe('admission', fault));
  }

  private bound(): BoundRole[] {
    return [this.admin, this.deployer, this.operator, this.viewer]
      .flatMap(each => each === undefined ? [] : [{ role: each.manifest.name, subjects: each._subjects }]);
  }

  private keep({ cordoned, preventDeletion }: TenantProps, admission: Admission): void {
    const { version } = ClusterProfile.of(this);
    if (version.isAtLeast('1.30')) {
      const subjects = () => this.bound().flatMap(each => each.subjects);
      admission._bindState(this, this.tenantNamespace.name, { cordoned, preventDeletion }, subjects);
      return;
    }
    for (const [prop, isAsked] of Object.entries({ cordoned, preventDeletion })) {
      Faults.report(this, prop, isAsked !== true ? [] : [{
        code: 'KEELSON4040', got: `true on Kubernetes ${version.text}, which has no ValidatingAdmissionPolicy`, allowed: 'left out below Kubernetes 1.30',
        fix: 'upgrade the cluster and say so in its profile, or leave it out',
      }]);
    }
  }

  private close(isolation: Isolation): NamespaceConnections {
    const scope = new Construct(this, 'Isolation');
    return new NamespaceConnections(scope, { name: 'tenant', allowWithin: isolation.allowsWithin });
  }

  /** Those who write network policies need somebody who holds them to the tenant's. */
  private admitDeployers(admission: Admission): TenantRole | undefined {
    const { isolation } = this;
    const { version, mesh } = ClusterProfile.of(this);
    if (isolation !== undefined && !version.isAtLeast('1.30')) {
      Faults.report(this, 'deployers', [{
        code: 'KEELSON4037', got: `some on Kubernetes ${version.text}, where nothing holds their network policies to what the tenant's own opens`,
        allowed: 'left out below Kubernetes 1.30', fix: 'upgrade the cluster and say so in its profile, or have the platform apply what has network policies',
      }]);
      return undefined;
    }
    if (isolation !== undefined) {
      const { name } = this.tenantNamespace;
      admission._guardNetworks(new Construct(this, 'Networks'), `${name}.tenant`, [name], () => openingsOf(this, isolation));
    }
    return TenantRole._define(this, 'Deployer', 'tenant-deployer', deployerOf(mesh !== undefined));
  }

  private report({ quota, admission, podSecurity, networkGuard, containerDefaults = {}, isolation = Isolation.TENANT }: TenantProps): void {
    Faults.report(this, 'quota', quota.faults);
    Faults.report(this, 'admission', admission?.faults ?? []);
    Faults.report(this, 'networkGuard', networkGuard?.faults ?? []);
    Faults.report(this, 'containerDefaults', quota.faults.length > 0 ? [] : defaultsFaults(containerDefaults, quota));
    if (isolation.isClosed && podSecurity === PodSecurityLevel.UNSAFE_PRIVILEGED) {
      Warnings.report(this, 'KEELSON4026', "its network policies hold none of its pods that are in the node's network, which 'podSecurity' UNSAFE_PRIVILEGED lets in");
    }
    const { cni } = ClusterProfile.of(this);
    Faults.report(this, 'isolation', !isolation.isClosed || cni.enforcesNetworkPolicies ? [] : [{
      code: 'KEELSON4010', got: `on ${cni.name}, which enforces no network policies`, allowed: 'on a network plugin that enforces them',
      fix: 'install one that does, such as Calico or Cilium, and name it in the cluster profile; or say that nothing is isolated: Isolation.UNSAFE_NONE',
    }]);
  }
}
