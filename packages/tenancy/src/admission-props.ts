import { Gateway, IServiceAccount } from '@keelson/core';
import { ServiceTypeName } from './service-type-name';

/** Properties for `Admission`. An empty list allows none. */
export interface AdmissionProps {
  /**
   * Host names that routes and certificates may claim, such as `shop.example.com` or `*.shop.example.com`; of every kind: Ingress,
   * HTTPRoute, GRPCRoute, TLSRoute, Gateway, ListenerSet, Traefik's IngressRoute and IngressRouteTCP, cert-manager's Certificate, and
   * what external-dns is asked for in annotations. What claims no host, and so all that its listener or controller has, is refused, as
   * are TCPRoute, UDPRoute and IngressRouteUDP, which know none.
   *
   * `*.shop.example.com` allows all names with one label more, such as `eu.shop.example.com`, and the wildcard itself; neither
   * `shop.example.com` nor `a.eu.shop.example.com`. That is what a wildcard is in an Ingress and in a certificate. In the Gateway API it
   * stands for one or more labels: a tenant whose HTTPRoute has the wildcard is also sent what is deeper, unless a route or listener of
   * somebody else names that closer, which goes before.
   *
   * Certificates may also have names of the tenant's own Services.
   *
   * @default - any.
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#hostname
   */
  readonly hostNames?: string[];

  /**
   * Registries, or parts of one such as `registry.example.com/shop`, that images may be pulled from: of all containers, those that are
   * put into running pods to look around (ephemeral ones), and image volumes. Whole segments are compared, so that
   * `registry.example.com` is neither `registry.example.com.evil.test` nor `registry.example.com:5000`. Images without a registry are of
   * `docker.io`, those without a path of `docker.io/library`.
   *
   * @default - those of the cluster profile's `allowedRegistries`, and where it has none, any.
   */
  readonly registries?: string[];

  /**
   * Types that Services may have. Those that the quota gives none of, as it says by `loadBalancers` and `nodePorts`, are refused in any
   * case.
   *
   * @default - ServiceTypeName.CLUSTER_IP, and of NODE_PORT and LOAD_BALANCER what the quota gives some of.
   */
  readonly serviceTypes?: ServiceTypeName[];

  /**
   * Addresses that Services may have as `externalIPs`: nodes send what comes for such an address to the Service, whoever else has it.
   *
   * @default - none.
   * @see https://github.com/kubernetes/kubernetes/issues/97076
   */
  readonly externalIps?: string[];

  /**
   * StorageClasses of claims, whoever makes them: people, StatefulSets, or pods with volumes of their own. A claim without class, which
   * any volume without class is given to, is refused.
   *
   * @default - any.
   */
  readonly storageClasses?: string[];

  /**
   * PersistentVolumes that claims may name as their own (`volumeName`): one that somebody else released still has their data. The
   * platform may name any.
   *
   * @default - none: a claim is given a volume.
   */
  readonly volumeNames?: string[];

  /**
   * PriorityClasses of pods. The cluster's default class has to be among them where it has one: pods that name none are given it before
   * they are looked at.
   *
   * @default - any but Kubernetes' own, whose names begin with `system-`.
   */
  readonly priorityClasses?: string[];

  /**
   * RuntimeClasses of pods; those that name none have the node's own runtime.
   *
   * @default - any.
   */
  readonly runtimeClasses?: string[];

  /**
   * IngressClasses of Ingresses, by field or annotation. One without class, which any controller may take, is refused.
   *
   * @default - any.
   */
  readonly ingressClasses?: string[];

  /**
   * Further annotations that Ingresses may have, by key such as `example.com/owner`, or all of a domain, `example.com/*`. Where
   * `hostNames` are said, an Ingress may have those only that are known to claim no hosts and to hold no configuration: of ingress-nginx
   * and Traefik what exposures need, all of cert-manager and external-dns, whose hosts are looked at, those of kubectl, Helm, Argo CD and
   * Flux, and keys without a domain, which no controller reads.
   *
   * @default - no further ones.
   */
  readonly ingressAnnotations?: string[];

  /**
   * GatewayClasses of the tenant's own Gateways.
   *
   * @default - any. A tenant's roles let nobody write Gateways.
   */
  readonly gatewayClasses?: string[];

  /**
   * Gateways that routes and ListenerSets may attach to, beside what is in the tenant's own namespace.
   *
   * @default - any.
   */
  readonly gateways?: Gateway[];

  /**
   * ClusterIssuers of cert-manager that certificates may be of. With these or `issuers` said, issuers of other API groups are refused.
   *
   * @default - any.
   */
  readonly clusterIssuers?: string[];

  /**
   * Issuers of cert-manager, in the tenant's own namespace, that certificates may be of. A tenant's roles let nobody write them.
   *
   * @default - any.
   */
  readonly issuers?: string[];

  /**
   * Labels of nodes that every pod has to select, so that it runs on no others.
   *
   * @default - pods may run anywhere.
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Keys of taints that pods may tolerate, beside those that Kubernetes itself puts on nodes in trouble.
   *
   * @default - any.
   */
  readonly tolerations?: string[];

  /**
   * The ServiceAccount of cert-manager: what it makes to answer an HTTP-01 challenge may have its own image, Service type, class and
   * Gateway. Told by who asks, not by a label that anybody could write; host names hold for it too.
   *
   * @default - `cert-manager` of namespace `cert-manager`.
   */
  readonly certManager?: IServiceAccount;

  /**
   * Groups of the platform, people and pipelines. In the tenant they may write any network policy, where everybody else that has the right
   * may open only what the tenant's own opens; what makes the tenant, such as its quota, its roles and the ServiceAccount `default`;
   * Secrets with tokens; and what refers to other namespaces. Nobody of the tenant may be one of them. Whoever may change
   * ValidatingAdmissionPolicies is of the platform in any case, since they could change these.
   *
   * @default - `system:masters` and `kubeadm:cluster-admins`, as kubeadm names administrators. Managed clusters have others.
   */
  readonly platformGroups?: string[];

  /**
   * Users of the platform, by the names that authentication gives; of a ServiceAccount
   * `system:serviceaccount:<namespace>:<name>`.
   *
   * @default - none.
   */
  readonly platformUsers?: string[];

  /**
   * On a cluster older than 1.30, which has no ValidatingAdmissionPolicy, leave all of this out with a warning instead of failing:
   * nobody is held to any of it there.
   *
   * @default false
   */
  readonly unsafeOmitBefore130?: boolean;
}
