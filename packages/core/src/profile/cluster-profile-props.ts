import { Duration } from 'cdk8s';
import { IpFamily } from '../ip-family';
import { IPriorityClass } from '../priority-class';
import { ISecret } from '../secret-reference';
import { ApiServer } from './api-server';
import { ClusterStorageClass } from './cluster-storage-class';
import { Cni } from './cni';
import { DnsResolver } from './dns-resolver';
import { Gateway } from './gateway';
import { GatewayApi } from './gateway-api';
import { HelperImages } from './helper-images';
import { ImageMirror } from './image-mirror';
import { ImagePullSecretSource } from './image-pull-secret-source';
import { IngressController } from './ingress-controller';
import { LoadBalancerController } from './load-balancer-controller';
import { Mesh } from './mesh';
import { Monitoring } from './monitoring';
import { NetworkPolicyApi } from './network-policy-api';
import { Traefik } from './traefik';

/** What is known of a cluster. All of it is optional; a preset has its own defaults for some. */
export interface ClusterProfileProps {
  /**
   * The API server's version: fields newer than it are not rendered.
   *
   * @default '1.33' - older than any release that is still maintained, and newer than the fields that matter most.
   * A newer cluster takes what an older profile renders; an older cluster drops or refuses what a newer profile does.
   */
  readonly version?: string;

  /**
   * The network plugin: whether policies protect, and which addresses they match.
   *
   * @default Cni.UNSPECIFIED
   */
  readonly cni?: Cni;

  /**
   * Who answers DNS queries: each app's policy lets it reach all of these.
   *
   * @default - kube-dns, the node-local caches at 169.254.20.10, at 169.254.25.10 and in pods, a cloud's resolver
   * at 169.254.169.254, and, where `serviceCidrs` are known, the tenth address of each, which kubeadm gives to DNS and a
   * node-local cache answers on. A rule for one that isn't there opens port 53 of an address that nobody has.
   * @see https://github.com/kubernetes/kubernetes/tree/master/cluster/addons/dns/nodelocaldns#network-policy-and-dns-connectivity
   */
  readonly dnsResolvers?: DnsResolver[];

  /**
   * The Gateway that exposures attach to where they name no other.
   *
   * @default - none: an exposure through Gateway API has to name one.
   */
  readonly gateway?: Gateway;

  /**
   * The Gateway API's CRDs: which kinds and filters an exposure may use.
   *
   * @default GatewayApi.standard('1.4') - the newest that all supported Kubernetes versions take; without ListenerSets.
   */
  readonly gatewayApi?: GatewayApi;

  /**
   * The Network Policy API's CRDs, where the network plugin enforces them: ClusterNetworkPolicies, which no NetworkPolicy overrides.
   *
   * @default - none: no ClusterNetworkPolicy is rendered.
   */
  readonly networkPolicyApi?: NetworkPolicyApi;

  /**
   * The ingress controller that exposures by Ingress go through where they name no other.
   *
   * @default - none: an exposure by Ingress has to name one.
   */
  readonly ingress?: IngressController;

  /**
   * The Traefik that reads its own kinds: exposures by IngressRoute go through it where they name no other. Needs Traefik 3.4,
   * and a `signInUrl` 3.7.
   *
   * @default - none: an exposure by IngressRoute has to name one.
   */
  readonly traefik?: Traefik;

  /**
   * The storage classes. Where they are given, a claim of another class, or one that its class can't serve, is refused.
   *
   * @default - not known: claims are not checked.
   */
  readonly storageClasses?: ClusterStorageClass[];

  /**
   * Where the API server answers: apps that call it are let out there.
   *
   * @default - the nodes' CIDRs where known (and the Services', where the network plugin matches Service addresses),
   * else any address, both on ports 443 and 6443: the address can't be known at synth. Naming it narrows the rule;
   * name it too where the API server is outside the nodes' networks, as on some managed clusters.
   */
  readonly apiServer?: ApiServer;

  /**
   * The domain of in-cluster names: full names in environment variables and certificates end in it.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * The pods' CIDRs. Rules that allow the internet leave them out.
   *
   * @default - not known.
   */
  readonly podCidrs?: string[];

  /**
   * The Services' CIDRs. Rules that allow the internet leave them out.
   *
   * @default - not known.
   */
  readonly serviceCidrs?: string[];

  /**
   * The nodes' CIDRs: where the API server is looked for, and what a rule for nodes names.
   *
   * @default - not known.
   */
  readonly nodeCidrs?: string[];

  /**
   * The cluster's IP families, the first one preferred. Two make Services dual-stack.
   *
   * @default - IPv4 only.
   */
  readonly ipFamilies?: IpFamily[];

  /**
   * What scrapes metrics: who is let in to metrics ports, and the labels that monitors carry.
   *
   * @default - none: no monitors are rendered and nobody is let in.
   */
  readonly monitoring?: Monitoring;

  /**
   * The service mesh: connections are rendered for it, too, and namespaces have the label by which their pods join.
   *
   * @default - none: who may talk to whom is said by network policies alone.
   */
  readonly mesh?: Mesh;

  /**
   * What makes load balancers: a Service's `internal`, `addresses`, `pool` and `sharingKey` are said in its annotations.
   *
   * @default - not known: a Service can't ask for any of these.
   */
  readonly loadBalancers?: LoadBalancerController;

  /**
   * The ports of nodes that Services may have, as the API server's `--service-node-port-range`.
   *
   * @default '30000-32767'
   */
  readonly nodePortRange?: string;

  /**
   * How long load balancers go on sending to a pod that is ending, in whole seconds up to an hour: the pod waits
   * that long before it stops, and its grace period grows with it.
   *
   * @default Duration.seconds(15) - enough for kube-proxy and proxies inside the cluster. Cloud load balancers that send
   * to pods directly need 25 to 120 s.
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2106
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366
   */
  readonly loadBalancerDrain?: Duration;

  /**
   * Where images are pulled from instead of their own registries: every container's image is rewritten.
   *
   * @default - none.
   */
  readonly imageMirrors?: ImageMirror[];

  /**
   * Registries, or parts of one such as `registry.example.com/shop`, that images may be pulled from. An image that is pulled
   * from elsewhere, mirrors applied, is refused at synth: of init containers, sidecars and our own helpers too.
   *
   * @default - any registry.
   */
  readonly allowedRegistries?: string[];

  /**
   * Refuse images without a digest, so that what runs is what was tested even where a tag is moved.
   *
   * @default false
   */
  readonly requireImageDigests?: boolean;

  /**
   * Secrets with registry credentials, such as `Secret.fromSecretName('registry')`, which each workload's namespace has; every
   * pod lists them.
   *
   * @default - none.
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * Where the values of `imagePullSecrets` are. Each Tenant of `@keelson/tenancy` brings them into its namespace by ExternalSecrets, which
   * the External Secrets Operator has to be there for.
   *
   * @default - not known: whoever makes a namespace puts them there.
   */
  readonly imagePullSecretSource?: ImagePullSecretSource;

  /**
   * The PriorityClass of pods that name none, such as `PriorityClass.fromPriorityClassName('standard')`.
   *
   * @default - none. A class that doesn't exist stops every pod; without one, Polaris has its one warning.
   */
  readonly priorityClass?: IPriorityClass;

  /**
   * Whether the cluster assigns user, group, volume group and SELinux label of pods itself and refuses others, as OpenShift
   * does. Then these are left out, and what else Pod Security *restricted* asks for stays.
   *
   * @default false
   * @see https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html
   */
  readonly assignsUserIds?: boolean;

  /**
   * Images of containers that we add ourselves.
   *
   * @default - those of `HelperImages`.
   */
  readonly helperImages?: HelperImages;

  /**
   * The custom kinds that the cluster has, as `cert-manager.io/v1/Certificate`, besides Gateway API's, which `gatewayApi`
   * tells. Where they are given, a construct that needs another kind says so at synth.
   *
   * @default - not known: every kind is taken to be there, but Gateway API's kinds are those of `gatewayApi`.
   */
  readonly customResources?: string[];
}
