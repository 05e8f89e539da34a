import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Fault, Faults } from './faults';
import { IpFamily } from './ip-family';
import { Inherited } from './private/inherited';
import { cidrTexts, clusterDnsOf } from './private/profile-networks';
import { frozen } from './private/profile-checks';
import { profileFaults } from './private/profile-faults';
import { kindProps, KUBERNETES } from './private/profile-presets';
import { IPriorityClass } from './priority-class';
import { ApiServer } from './profile/api-server';
import { ClusterProfileProps } from './profile/cluster-profile-props';
import { ClusterStorageClass } from './profile/cluster-storage-class';
import { Cni } from './profile/cni';
import { DnsResolver } from './profile/dns-resolver';
import { Gateway } from './profile/gateway';
import { GatewayApi } from './profile/gateway-api';
import { ImageMirror } from './profile/image-mirror';
import { IngressController } from './profile/ingress-controller';
import { KubernetesVersion } from './profile/kubernetes-version';
import { LoadBalancerController } from './profile/load-balancer-controller';
import { Monitoring } from './profile/monitoring';
import { ISecret } from './secret-reference';

const inherited = new Inherited<ClusterProfile>();

/** The first construct at or below this one that asked for the profile in force here. */
const asked = new WeakMap<IConstruct, string>();

/**
 * What is known of the cluster that the manifests are for: constructs ask it, users don't repeat it.
 *
 * ```ts
 * const app = new App({ cluster: ClusterProfile.kubernetes({ version: '1.33', gateway: Gateway.named('edge', 'gateway-system') }) });
 * ClusterProfile.kubernetes({ version: '1.30' }).applyTo(new Chart(app, 'old-cluster'));
 * ```
 */
export class ClusterProfile {
  /**
   * Any conformant cluster; what isn't given is what holds on most of them.
   *
   * @param props what is known of the cluster.
   */
  public static kubernetes(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(props);
  }

  /**
   * A cluster made by kind 0.24 or newer with its own configuration: kindnet, which enforces policies; CoreDNS and no
   * cache; the default class `standard` of the local-path provisioner, one node's disk that doesn't grow; pods in
   * 10.244.0.0/16 and Services in 10.96.0.0/16 (fd00:10:244::/56 and fd00:10:96::/112 for IPv6). What is given replaces
   * any of these.
   *
   * @param props what is known of the cluster.
   * @see https://github.com/kubernetes-sigs/kind/pull/3612 for network policies
   * @see https://github.com/kubernetes-sigs/kind/blob/main/pkg/internal/apis/config/default.go for the subnets
   * @see https://github.com/kubernetes-sigs/kind/blob/main/pkg/build/nodeimage/const_storage.go for the storage class
   */
  public static kind(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(kindProps(props));
  }

  /**
   * The profile in force at a construct: the nearest one applied to it or above it, else `kubernetes()`.
   *
   * @param scope any construct.
   */
  public static of(scope: IConstruct): ClusterProfile {
    for (let at: IConstruct | undefined = scope; at !== undefined && !asked.has(at); at = at.node.scope) {
      asked.set(at, scope.node.path);
      if (inherited.own(at) !== undefined) {
        break;
      }
    }
    return inherited.nearest(scope) ?? ClusterProfile.fallback;
  }

  private static readonly fallback = ClusterProfile.kubernetes();

  /** The API server's version: fields newer than it are not rendered. */
  public readonly version: KubernetesVersion;

  /** The network plugin: whether policies protect, and which addresses they match. */
  public readonly cni: Cni;

  /** Who answers DNS queries: each workload's policy lets it reach all of these. */
  public readonly dnsResolvers: DnsResolver[];

  /** The Gateway that exposures attach to where they name no other. */
  public readonly gateway?: Gateway;

  /** The Gateway API's CRDs: which kinds and filters an exposure may use. */
  public readonly gatewayApi: GatewayApi;

  /** The ingress controller that exposures by Ingress go through where they name no other. */
  public readonly ingress?: IngressController;

  /** The storage classes; none means that they are not known, and claims are not checked. */
  public readonly storageClasses: ClusterStorageClass[];

  /** The class of claims that name none, if known. */
  public readonly defaultStorageClass?: ClusterStorageClass;

  /** Where the API server answers: workloads that call it are let out there. */
  public readonly apiServer: ApiServer;

  /** The domain of in-cluster names, such as `cluster.local`. */
  public readonly clusterDomain: string;

  /** The pods' CIDRs; none means not known. */
  public readonly podCidrs: string[];

  /** The Services' CIDRs; none means not known. */
  public readonly serviceCidrs: string[];

  /** The nodes' CIDRs; none means not known. */
  public readonly nodeCidrs: string[];

  /** The cluster's IP families, the first one preferred. */
  public readonly ipFamilies: IpFamily[];

  /** What scrapes metrics: who is let in, and the labels that monitors carry. */
  public readonly monitoring?: Monitoring;

  /** What makes load balancers: what a Service may ask it for, and in which annotations. */
  public readonly loadBalancers: LoadBalancerController;

  /** The ports of nodes that Services may have, such as `30000-32767`. */
  public readonly nodePortRange: string;

  /** How long load balancers go on sending to a pod that is ending. */
  public readonly loadBalancerDrain: Duration;

  /** Where images are pulled from instead of their own registries. */
  public readonly imageMirrors: ImageMirror[];

  /** The registries, or parts of one, that images may be pulled from; none means any. */
  public readonly allowedRegistries: string[];

  /** Whether an image without a digest is refused. */
  public readonly requireImageDigests: boolean;

  /** Whether the cluster assigns user, group and SELinux label of pods itself: ours are left out then. */
  public readonly assignsUserIds: boolean;

  /** Secrets with registry credentials; every pod lists them. */
  public readonly imagePullSecrets: ISecret[];

  /** The PriorityClass of pods that name none. */
  public readonly priorityClass?: IPriorityClass;

  /** The image of the container that waits for another workload before the app starts, before mirrors are applied. */
  public readonly waitImage: string;

  /** What is wrong with it; `applyTo` reports them. */
  public readonly faults: Fault[];

  private readonly customResources?: ReadonlySet<string>;

  private constructor(props: ClusterProfileProps) {
    this.version = KubernetesVersion.of(props.version ?? KUBERNETES.version);
    this.cni = props.cni ?? KUBERNETES.cni;
    this.gateway = props.gateway;
    this.gatewayApi = props.gatewayApi ?? KUBERNETES.gatewayApi;
    this.ingress = props.ingress;
    this.storageClasses = frozen(props.storageClasses ?? KUBERNETES.storageClasses);
    this.defaultStorageClass = this.storageClasses.find(({ isDefault }) => isDefault);
    this.clusterDomain = props.clusterDomain ?? KUBERNETES.clusterDomain;
    this.podCidrs = cidrTexts(props.podCidrs ?? KUBERNETES.podCidrs);
    this.serviceCidrs = cidrTexts(props.serviceCidrs ?? KUBERNETES.serviceCidrs);
    this.dnsResolvers = frozen(props.dnsResolvers ?? [...KUBERNETES.dnsResolvers, ...clusterDnsOf(this.serviceCidrs)]);
    this.nodeCidrs = cidrTexts(props.nodeCidrs ?? KUBERNETES.nodeCidrs);
    this.ipFamilies = frozen(props.ipFamilies ?? KUBERNETES.ipFamilies);
    this.monitoring = props.monitoring;
    this.loadBalancers = props.loadBalancers ?? LoadBalancerController.UNSPECIFIED;
    this.nodePortRange = props.nodePortRange ?? KUBERNETES.nodePortRange;
    this.loadBalancerDrain = props.loadBalancerDrain ?? KUBERNETES.loadBalancerDrain;
    this.imageMirrors = frozen(props.imageMirrors ?? KUBERNETES.imageMirrors);
    this.allowedRegistries = frozen(props.allowedRegistries ?? []);
    this.requireImageDigests = props.requireImageDigests ?? false;
    this.assignsUserIds = props.assignsUserIds ?? false;
    this.imagePullSecrets = frozen(props.imagePullSecrets ?? KUBERNETES.imagePullSecrets);
    this.priorityClass = props.priorityClass;
    this.waitImage = props.helperImages?.wait ?? KUBERNETES.helperImages.wait;
    this.customResources = props.customResources && new Set(props.customResources);
    this.apiServer = props.apiServer ?? this.likelyApiServer();
    this.faults = profileFaults(this, props);
  }

  /**
   * Have everything below a construct ask this profile. Apply it before constructs are made there; the same one
   * twice is the same as once. `new App({ cluster })` does it for a whole app.
   *
   * @param scope an app, a chart or any construct.
   */
  public applyTo(scope: IConstruct): void {
    if (inherited.own(scope) === this) {
      return;
    }
    Faults.report(scope, 'cluster', this.faults);
    const reader = asked.get(scope);
    if (reader !== undefined) {
      Faults.report(scope, 'cluster', [{
        code: 'KEELSON1150',
        got: `one that comes after '${reader}' has read the one in force`,
        allowed: 'applied before the constructs that read it are made',
        fix: 'apply it right after its scope is made, or give it to the App',
      }]);
      return;
    }
    inherited.set(scope, this);
  }

  /**
   * Whether the cluster has a custom kind: by `gatewayApi` for Gateway API's kinds, else by `customResources`, and
   * where these aren't given, yes.
   *
   * @param apiVersion such as `cert-manager.io/v1`.
   * @param kind such as `Certificate`.
   */
  public has(apiVersion: string, kind: string): boolean {
    if (this.customResources?.has(`${apiVersion}/${kind}`)) {
      return true;
    }
    const [group, version] = apiVersion.split('/');
    return group === 'gateway.networking.k8s.io' ? this.gatewayApi.serves(version ?? '', kind) : this.customResources === undefined;
  }

  private likelyApiServer(): ApiServer {
    const services = this.cni.matchesServiceAddresses ? this.serviceCidrs : [];
    if (this.nodeCidrs.length > 0 && (!this.cni.matchesServiceAddresses || services.length > 0)) {
      return ApiServer._within([...this.nodeCidrs, ...services]);
    }
    return ApiServer._within(this.ipFamilies.map(family => family === IpFamily.IPV6 ? '::/0' : '0.0.0.0/0'));
  }
}
