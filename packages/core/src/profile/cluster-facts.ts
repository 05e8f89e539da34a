import { Duration } from 'cdk8s';
import { Fault } from '../faults';
import { IpFamily } from '../ip-family';
import { IPriorityClass } from '../priority-class';
import { frozen } from '../private/profile-checks';
import { profileFaults } from '../private/profile-faults';
import { cidrTexts, clusterDnsOf } from '../private/profile-networks';
import { KUBERNETES } from '../private/profile-presets';
import { ISecret } from '../secret-reference';
import { ApiServer } from './api-server';
import { ClusterProfileProps } from './cluster-profile-props';
import { ClusterStorageClass } from './cluster-storage-class';
import { Cni } from './cni';
import { DnsResolver } from './dns-resolver';
import { Gateway } from './gateway';
import { GatewayApi } from './gateway-api';
import { ImageMirror } from './image-mirror';
import { ImagePullSecretSource } from './image-pull-secret-source';
import { IngressController } from './ingress-controller';
import { KubernetesVersion } from './kubernetes-version';
import { LoadBalancerController } from './load-balancer-controller';
import { Mesh } from './mesh';
import { Monitoring } from './monitoring';
import { NetworkPolicyApi } from './network-policy-api';
import { Traefik } from './traefik';

/** What constructs read of a `ClusterProfile`. */
export abstract class ClusterFacts {
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

  /** The Network Policy API's CRDs, where the cluster has them. */
  public readonly networkPolicyApi?: NetworkPolicyApi;

  /** The ingress controller that exposures by Ingress go through where they name no other. */
  public readonly ingress?: IngressController;

  /** The Traefik that exposures by IngressRoute go through where they name no other. */
  public readonly traefik?: Traefik;

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

  /** The service mesh, if there is one. */
  public readonly mesh?: Mesh;

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

  /** Where their values are, if that is known. */
  public readonly imagePullSecretSource?: ImagePullSecretSource;

  /** The PriorityClass of pods that name none. */
  public readonly priorityClass?: IPriorityClass;

  /** The image of the container that waits for another workload before the app starts, before mirrors are applied. */
  public readonly waitImage: string;

  /** The image of the Job that makes Secrets, before mirrors are applied. */
  public readonly generateImage: string;

  /** What is wrong with it; `applyTo` reports them. */
  public readonly faults: Fault[];

  private readonly customResources?: ReadonlySet<string>;

  /**
   * @param props what is known of the cluster.
   * @param found what was found wrong before.
   */
  protected constructor(props: ClusterProfileProps, found: Fault[] = []) {
    this.version = KubernetesVersion.of(props.version ?? KUBERNETES.version);
    this.cni = props.cni ?? KUBERNETES.cni;
    this.gateway = props.gateway;
    this.gatewayApi = props.gatewayApi ?? KUBERNETES.gatewayApi;
    this.networkPolicyApi = props.networkPolicyApi;
    this.ingress = props.ingress;
    this.traefik = props.traefik;
    this.storageClasses = frozen(props.storageClasses ?? KUBERNETES.storageClasses);
    this.defaultStorageClass = this.storageClasses.find(({ isDefault }) => isDefault);
    this.clusterDomain = props.clusterDomain ?? KUBERNETES.clusterDomain;
    this.podCidrs = cidrTexts(props.podCidrs ?? KUBERNETES.podCidrs);
    this.serviceCidrs = cidrTexts(props.serviceCidrs ?? KUBERNETES.serviceCidrs);
    this.dnsResolvers = frozen(props.dnsResolvers ?? [...KUBERNETES.dnsResolvers, ...clusterDnsOf(this.serviceCidrs)]);
    this.nodeCidrs = cidrTexts(props.nodeCidrs ?? KUBERNETES.nodeCidrs);
    this.ipFamilies = frozen(props.ipFamilies ?? KUBERNETES.ipFamilies);
    this.monitoring = props.monitoring;
    this.mesh = props.mesh;
    this.loadBalancers = props.loadBalancers ?? LoadBalancerController.UNSPECIFIED;
    this.nodePortRange = props.nodePortRange ?? KUBERNETES.nodePortRange;
    this.loadBalancerDrain = props.loadBalancerDrain ?? KUBERNETES.loadBalancerDrain;
    this.imageMirrors = frozen(props.imageMirrors ?? KUBERNETES.imageMirrors);
    this.allowedRegistries = frozen(props.allowedRegistries ?? []);
    this.requireImageDigests = props.requireImageDigests ?? false;
    this.assignsUserIds = props.assignsUserIds ?? false;
    this.imagePullSecrets = frozen(props.imagePullSecrets ?? KUBERNETES.imagePullSecrets);
    this.imagePullSecretSource = props.imagePullSecretSource;
    this.priorityClass = props.priorityClass;
    this.waitImage = props.helperImages?.wait ?? KUBERNETES.helperImages.wait;
    this.generateImage = props.helperImages?.generate ?? KUBERNETES.helperImages.generate;
    this.customResources = props.customResources && new Set(props.customResources);
    this.apiServer = props.apiServer ?? this.likelyApiServer();
    this.faults = [...found, ...profileFaults(this, props)];
  }

  /**
   * Whether the cluster has a custom kind: by `gatewayApi` for Gateway API's kinds, by `mesh` for Istio's policies, by `networkPolicyApi`
   * for those of the Network Policy API, else by `customResources`, and where these aren't given, yes.
   *
   * @param apiVersion such as `cert-manager.io/v1`.
   * @param kind such as `Certificate`.
   */
  public has(apiVersion: string, kind: string): boolean {
    if (this.customResources?.has(`${apiVersion}/${kind}`)) {
      return true;
    }
    const [group, version] = apiVersion.split('/');
    if (group === 'security.istio.io' && this.mesh !== undefined) {
      return true;
    }
    if (group === 'policy.networking.k8s.io') {
      return this.networkPolicyApi?.serves(version ?? '', kind) ?? false;
    }
    return group === 'gateway.networking.k8s.io' ? this.gatewayApi.serves(version ?? '', kind) : this.customResources === undefined;
  }

  /** The custom kinds of a group that the cluster is known to have. @internal */
  public _customKindsOf(apiGroup: string): string[] {
    const all = [...this.customResources ?? []].map(each => each.split('/'));
    return [...new Set(all.filter(([group]) => group === apiGroup).flatMap(([, , kind]) => kind ?? []))];
  }

  private likelyApiServer(): ApiServer {
    const services = this.cni.matchesServiceAddresses ? this.serviceCidrs : [];
    if (this.nodeCidrs.length > 0 && (!this.cni.matchesServiceAddresses || services.length > 0)) {
      return ApiServer._within([...this.nodeCidrs, ...services]);
    }
    return ApiServer._within(this.ipFamilies.map(family => family === IpFamily.IPV6 ? '::/0' : '0.0.0.0/0'));
  }
}
