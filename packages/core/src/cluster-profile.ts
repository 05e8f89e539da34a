import { IConstruct } from 'constructs';
import { Fault, Faults } from './faults';
import { Inherited } from './private/inherited';
import { PresetName, propsOf } from './private/preset-names';
import { PROFILE } from './private/profile-file/profile-shape';
import { readProfileFile } from './private/profile-file/read-file';
import { ClusterFacts } from './profile/cluster-facts';
import { ClusterProfileProps } from './profile/cluster-profile-props';

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
export class ClusterProfile extends ClusterFacts {
  /**
   * Any conformant cluster; what isn't given is what holds on most of them.
   *
   * @param props what is known of the cluster.
   */
  public static kubernetes(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile('kubernetes', props);
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
    return new ClusterProfile('kind', props);
  }

  /**
   * A cluster made by k3s as it comes: Flannel with a policy controller; CoreDNS and no cache; Traefik in `kube-system` as the
   * ingress class `traefik`; the default class `local-path`, one node's disk, bound when a pod comes, that doesn't grow; pods in
   * 10.42.0.0/16 and Services in 10.43.0.0/16. What is given replaces any of these.
   *
   * @param props what is known of the cluster.
   * @see https://docs.k3s.io/cli/server#networking for the subnets
   * @see https://docs.k3s.io/networking/networking-services for CoreDNS, Traefik and policies
   * @see https://github.com/k3s-io/k3s/blob/master/manifests/local-storage.yaml for the storage class
   */
  public static k3s(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile('k3s', props);
  }

  /**
   * An EKS cluster as Amazon makes it: the VPC network plugin, whose policy agent is off (say `cni: Cni.AWS_VPC` where it is on);
   * CoreDNS, also at the tenth address of 10.100.0.0/16 and 172.20.0.0/16, one of which the Services have; load balancers by the AWS
   * Load Balancer Controller, as Amazon wants them, which has to be installed (say `loadBalancers: LoadBalancerController.EKS_AUTO_MODE`
   * in Auto Mode, `AWS_CLASSIC` where there is neither: nothing makes those of another's class); 60 s of drain, since
   * load balancers send to pods directly (a Network Load Balancer may need 120 s). Its class `gp2` is no default since 1.30, and
   * most clusters have others, such as `gp3`: `storageClasses` aren't known. What is given replaces any of these.
   *
   * @param props what is known of the cluster; name `nodeCidrs` and `serviceCidrs` to narrow what reaches the API server.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html for policies
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html for the subnets
   * @see https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html for load balancers
   * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-extended.html for the storage class
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2106 for the drain, and issue 2366 for 120 s
   */
  public static eks(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile('eks', props);
  }

  /**
   * A GKE cluster with Dataplane V2, Autopilot or not: it enforces policies; DNS by kube-dns, its node-local cache or Cloud DNS; the
   * default class `standard-rwo`, beside `dynamic-rwo`, `premium-rwo` and `standard`, for one node each, and, where the Filestore driver
   * is on, `standard-rwx`, `premium-rwx`, `zonal-rwx`, `enterprise-rwx` and `enterprise-multishare-rwx` for several; all of them grow;
   * Services in 34.118.224.0/20; the API server outside of the nodes' networks. A Standard cluster without Dataplane V2 has
   * `cni: Cni.CALICO`, or enforces nothing. What is given replaces any of these; name all storage classes where there are more.
   *
   * A Gateway needs the addresses that it calls from, as `sourceCidrs` of `Gateway.named`. All classes ask after health from
   * 35.191.0.0/16 and 130.211.0.0/22 (2600:2d00:1:b029::/64 in IPv6). Requests come from there too with `gke-l7-global-external-managed`
   * and `gke-l7-gxlb` (2600:2d00:1:1::/64 in IPv6), but from the network's proxy-only subnet with those of Envoy: `gke-l7-rilb`,
   * `gke-l7-regional-external-managed` and `gke-l7-cross-regional-internal-managed-mc`; name that subnet beside them.
   *
   * @param props what is known of the cluster.
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2 for policies
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache for DNS
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes#storageclasses for the storage classes
   * @see https://cloud.google.com/filestore/docs/csi-driver for those of Filestore
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips for the Services' subnet
   * @see https://cloud.google.com/load-balancing/docs/firewall-rules for the addresses of load balancers
   */
  public static gke(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile('gke', props);
  }

  /**
   * An AKS cluster as Azure makes it: no policy engine (say `cni: Cni.CILIUM`, `Cni.AZURE` or `Cni.CALICO` where there is one); CoreDNS;
   * the default class `default`, which is `managed-csi`, and the other built-in ones, all of which grow: disks for one node, files for
   * several, and so blobs, `azureblob-fuse-premium` and `azureblob-nfs-premium`, where their driver is on; pods in 10.244.0.0/16 and
   * Services in 10.0.0.0/16; the API server outside of the nodes' networks. What is given replaces any of these; name all storage classes
   * where there are more.
   *
   * @param props what is known of the cluster.
   * @see https://learn.microsoft.com/azure/aks/use-network-policies for policies
   * @see https://learn.microsoft.com/azure/aks/csi-storage-drivers for the storage classes
   * @see https://learn.microsoft.com/azure/aks/azure-blob-csi for those of blobs
   * @see https://learn.microsoft.com/azure/aks/azure-cni-overlay for the subnets
   */
  public static aks(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile('aks', props);
  }

  /**
   * An OpenShift 4 cluster as its installer makes it: user, group, volume group and SELinux label are the platform's to choose;
   * OVN-Kubernetes, which enforces policies; DNS in `openshift-dns` on port 5353; the default router as the ingress class
   * `openshift-default`; Prometheus for apps in `openshift-user-workload-monitoring`, which has to be switched on; pods in
   * 10.128.0.0/14 and Services in 172.30.0.0/16. Its storage classes follow the platform and aren't known. Where the router runs in
   * the nodes' network, as on bare metal, give the nodes as `sourceCidrs` of `IngressController.named`. What is given replaces any
   * of these.
   *
   * @param props what is known of the cluster.
   * @see https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html for ids
   * @see https://github.com/openshift/cluster-dns-operator/tree/master/assets/dns for DNS
   * @see https://docs.openshift.com/container-platform/latest/networking/ingress-operator.html for the router
   * @see https://docs.openshift.com/container-platform/latest/observability/monitoring/enabling-monitoring-for-user-defined-projects.html
   * @see https://docs.openshift.com/container-platform/latest/installing/installing_bare_metal/installation-config-parameters-bare-metal.html
   */
  public static openshift(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile('openshift', props);
  }

  /**
   * A profile that a platform team keeps in a file, YAML or JSON (by the ending `.json`): the props of `ClusterProfileProps` by the same
   * names, and `preset` for what they replace. What is a class in a program is a name, such as `cni: cilium`, or a map with what its
   * factory takes; a duration is `30s`, a Secret or PriorityClass its name. A key that isn't known is refused.
   *
   * ```yaml
   * # yaml-language-server: $schema=node_modules/@keelson/core/cluster-profile.schema.json
   * preset: gke
   * version: '1.33'
   * # a proxy-only subnet of one's own, and the addresses that health is asked after from
   * gateway: { name: edge, namespace: gateway-system, sourceCidrs: [10.129.0.0/23, 35.191.0.0/16, 130.211.0.0/22] }
   * imageMirrors: [{ registry: docker.io, mirror: registry.example.com/hub }]
   * allowedRegistries: [registry.example.com]
   * ```
   *
   * @param path the file's path, relative to the working directory.
   */
  public static fromFile(path: string): ClusterProfile {
    const { profile: { $schema: _, preset = 'kubernetes', ...props }, faults } = readProfileFile(path);
    return new ClusterProfile(preset, props, `${path}: $`, faults);
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

  private constructor(
    private readonly preset: PresetName,
    private readonly props: ClusterProfileProps,
    private readonly source: string = 'cluster',
    found: Fault[] = [],
  ) {
    super(propsOf(preset, props), found);
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
    Faults.report(scope, this.source, this.faults);
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

  /** The profile as `fromFile` reads it: for `Yaml.save('cluster.yaml', [profile.toJson()])`. */
  public toJson(): unknown {
    return PROFILE.shape.write({ preset: this.preset, ...this.props });
  }
}
