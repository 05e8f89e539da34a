import { Fault } from '../faults';

/** What a network plugin does with network policies. */
export interface CniProps {
  /** What it is called, for messages. */
  readonly name: string;

  /** Whether it enforces NetworkPolicies; one that doesn't accepts and ignores them. */
  readonly enforcesNetworkPolicies: boolean;

  /**
   * Whether a policy is judged before the Service's address is replaced by a pod's, so that a CIDR
   * has to name the Service's address.
   *
   * @default false
   */
  readonly matchesServiceAddresses?: boolean;

  /**
   * Whether a CIDR reaches the cluster's nodes and what runs in their network, such as the API server.
   *
   * @default true
   */
  readonly matchesNodeAddresses?: boolean;

  /**
   * Whether it, or kube-proxy beside it, keeps traffic to the pods of the client's own node where a Service's `internalTrafficPolicy` says
   * so. One that doesn't sends it to all pods, or nowhere.
   *
   * @default true
   */
  readonly supportsInternalTrafficPolicy?: boolean;

  /**
   * Whether it enforces CiliumNetworkPolicies, as Cilium does: what a NetworkPolicy can't say is rendered as one of these then.
   *
   * @default false
   * @see https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumnetworkpolicy
   */
  readonly enforcesCiliumNetworkPolicies?: boolean;
}

/**
 * The cluster's network plugin, as far as network policies care.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites
 */
export class Cni {
  /** Not known: policies are rendered as for one that enforces them on pods' addresses. */
  public static readonly UNSPECIFIED = Cni.of({ name: 'unspecified', enforcesNetworkPolicies: true });

  /**
   * Enforces policies, after a Service's address was replaced.
   *
   * @see https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-policy/kubernetes-network-policy
   */
  public static readonly CALICO = Cni.of({ name: 'Calico', enforcesNetworkPolicies: true });

  /**
   * Enforces policies by identity: a CIDR matches neither pods nor nodes. What a NetworkPolicy can't say is rendered as a
   * CiliumNetworkPolicy beside it: the API server, Cilium's own gateway and ingress controller, DNS names, HTTP requests.
   *
   * @see https://github.com/cilium/cilium/issues/20550
   * @see https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumnetworkpolicy
   */
  public static readonly CILIUM = Cni.of({
    name: 'Cilium', enforcesNetworkPolicies: true, matchesNodeAddresses: false, enforcesCiliumNetworkPolicies: true,
  });

  /**
   * Carries packets only; policies are accepted and ignored.
   *
   * @see https://github.com/flannel-io/flannel#networking-details
   */
  public static readonly FLANNEL = Cni.of({ name: 'Flannel', enforcesNetworkPolicies: false });

  /**
   * Of kind clusters; enforces policies from kind 0.24 on.
   *
   * @see https://github.com/kubernetes-sigs/kind/pull/3612
   */
  public static readonly KINDNET = Cni.of({ name: 'kindnet', enforcesNetworkPolicies: true });

  /**
   * Enforces policies, after a Service's address was replaced.
   *
   * @see https://antrea.io/docs/main/docs/feature-gates/#antreaproxy
   */
  public static readonly ANTREA = Cni.of({ name: 'Antrea', enforcesNetworkPolicies: true });

  /**
   * Enforces policies on pods' addresses; that it once asked for the Service's too was a fault, mended since.
   *
   * @see https://github.com/cloudnativelabs/kube-router/issues/905
   */
  public static readonly KUBE_ROUTER = Cni.of({ name: 'kube-router', enforcesNetworkPolicies: true });

  /**
   * Enforces policies where its network policy agent is switched on, before a Service's address is replaced. Its
   * controller adds a Service's address to a rule for pods only where the rule names all labels of the Service's
   * selector, and the Service's port is the container's.
   *
   * @see https://github.com/aws/amazon-network-policy-controller-k8s/issues/194
   * @see https://github.com/open-telemetry/opentelemetry-operator/issues/5621
   */
  public static readonly AWS_VPC = Cni.of({ name: 'AWS VPC CNI', enforcesNetworkPolicies: true, matchesServiceAddresses: true });

  /**
   * The network plugin of EKS as a new cluster has it: its network policy agent is off, so that policies are accepted and ignored.
   * Take `AWS_VPC` where the agent is switched on, by `enableNetworkPolicy` of the add-on `vpc-cni`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
   */
  public static readonly AWS_VPC_WITHOUT_POLICIES = Cni.of({
    name: 'AWS VPC CNI without its network policy agent', enforcesNetworkPolicies: false, matchesServiceAddresses: true,
  });

  /**
   * Of GKE, all Autopilot clusters among it: Cilium, which enforces policies by identity, after a Service's address was replaced: a CIDR
   * matches neither pods nor nodes, but the API server, which is outside of the cluster. It takes no CiliumNetworkPolicies, and
   * `internalTrafficPolicy` isn't supported.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2
   * @see https://github.com/cilium/cilium/issues/12277
   */
  public static readonly GKE_DATAPLANE_V2 = new Cni({
    name: 'GKE Dataplane V2', enforcesNetworkPolicies: true, matchesNodeAddresses: false, supportsInternalTrafficPolicy: false,
  }, true);

  /**
   * Azure's own network plugin with no policy engine, which is how AKS makes a cluster unless told otherwise: policies are accepted
   * and ignored. Take `AZURE`, `CALICO` or `CILIUM` for a cluster made with `--network-policy`.
   *
   * @see https://learn.microsoft.com/azure/aks/use-network-policies
   */
  public static readonly AZURE_WITHOUT_POLICIES = Cni.of({ name: 'Azure CNI without a policy engine', enforcesNetworkPolicies: false });

  /**
   * Azure's own network plugin with Azure Network Policy Manager, which enforces policies, but not for IPv6.
   *
   * @see https://learn.microsoft.com/azure/aks/use-network-policies
   */
  public static readonly AZURE = Cni.of({ name: 'Azure CNI', enforcesNetworkPolicies: true });

  /**
   * Of k3s: Flannel, and the policy controller of kube-router that k3s brings, which enforces policies unless it was started
   * with `--disable-network-policy`.
   *
   * @see https://docs.k3s.io/networking/networking-services#network-policy-controller
   */
  public static readonly K3S = Cni.of({ name: 'Flannel of k3s', enforcesNetworkPolicies: true });

  /**
   * Of OpenShift; enforces policies, after a Service's address was replaced.
   *
   * @see https://ovn-kubernetes.io/features/network-security-controls/network-policy/
   */
  public static readonly OVN_KUBERNETES = Cni.of({ name: 'OVN-Kubernetes', enforcesNetworkPolicies: true });

  /**
   * A network plugin that has no constant here.
   *
   * @param props what it does with policies.
   */
  public static of(props: CniProps): Cni {
    return new Cni(props);
  }

  /** What it is called, for messages. */
  public readonly name: string;

  /** Whether it enforces NetworkPolicies. Where not, policies are rendered all the same, with a warning that they protect nothing. */
  public readonly enforcesNetworkPolicies: boolean;

  /** Whether a CIDR has to name a Service's own address. Where so, rules to the API server name the Services' CIDR as well. */
  public readonly matchesServiceAddresses: boolean;

  /** Whether a CIDR reaches nodes. Where not, a rule to the API server's address has no effect, which is warned of. */
  public readonly matchesNodeAddresses: boolean;

  /** Whether a Service can keep traffic to its clients' own nodes. Where not, it is warned of. */
  public readonly supportsInternalTrafficPolicy: boolean;

  /** Whether it enforces CiliumNetworkPolicies. Where so, they say what a NetworkPolicy can't. */
  public readonly enforcesCiliumNetworkPolicies: boolean;

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(
    props: CniProps,
    /**
     * Whether a CIDR reaches the API server all the same, since no node of the cluster runs it.
     *
     * @internal
     */
    public readonly _matchesApiServer: boolean = props.matchesNodeAddresses ?? true,
  ) {
    this.name = props.name;
    this.enforcesNetworkPolicies = props.enforcesNetworkPolicies;
    this.matchesServiceAddresses = props.matchesServiceAddresses ?? false;
    this.matchesNodeAddresses = props.matchesNodeAddresses ?? true;
    this.supportsInternalTrafficPolicy = props.supportsInternalTrafficPolicy ?? true;
    this.enforcesCiliumNetworkPolicies = props.enforcesCiliumNetworkPolicies ?? false;
    this.faults = props.name.trim() !== '' ? [] : [{
      code: 'KEELSON1156', member: 'name', got: `'${props.name}'`, allowed: 'the name of a network plugin', fix: "name it like 'Calico'",
    }];
  }
}
