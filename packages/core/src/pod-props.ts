import { Duration } from 'cdk8s';
import { ContainerProps } from './container';
import { NodeAffinity } from './node-affinity';
import { PodAffinity, PodAntiAffinity } from './pod-affinity';
import { IPriorityClass } from './priority-class';
import { IServiceAccount } from './service-account';
import { Toleration } from './toleration';
import { TopologySpread } from './topology-spread';

/** What every pod can be told, whatever runs it. */
export interface PodProps {
  /**
   * Containers that run to their end, one after the other, before the others start.
   *
   * @default - none.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
   */
  readonly initContainers?: ContainerProps[];

  /**
   * Containers that start before the main one and end after it. Native sidecars from Kubernetes 1.29 on; below, plain
   * containers, which start and end in no order (synth warns).
   *
   * @default - none.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly sidecars?: ContainerProps[];

  /**
   * More containers beside the main one.
   *
   * @default - none.
   */
  readonly containers?: ContainerProps[];

  /**
   * Account the pods run as.
   *
   * @default - one of the workload's own, without a token.
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Time from the order to stop until pods are killed, what runs before (`preStop`) included; at least 1 second.
   *
   * @default - 30 seconds, and the load balancer's drain time on top where one sends requests.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Numeric user the containers run as, from 10001 on, so that it is nobody's on the node.
   *
   * @default 10001
   */
  readonly runAsUser?: number;

  /**
   * Numeric group the containers run as, from 10001 on.
   *
   * @default - the number of `runAsUser`.
   */
  readonly runAsGroup?: number;

  /**
   * Group that owns the pod's volumes, from 10001 on.
   *
   * @default - the number of `runAsGroup`.
   */
  readonly fsGroup?: number;

  /**
   * Allow user and group numbers from 1 to 10000, for images that only work as such. They may be somebody's on the node.
   * Root stays refused.
   *
   * @default false
   */
  readonly unsafeLowUserIds?: boolean;

  /**
   * Run in the node's network: no network policy holds, every port of the node is theirs, and Pod Security *baseline*
   * refuses it. Cluster names resolve all the same.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
   */
  readonly unsafeHostNetwork?: boolean;

  /**
   * Options of the pods' resolver, such as `timeout: '2'`; an empty value for those without one. `ndots` is 2 unless set here:
   * outside names resolve at once, and cluster names are written in full.
   *
   * @default - `ndots: '2'`.
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config
   */
  readonly dnsOptions?: { [name: string]: string };

  /**
   * Labels that nodes must carry, beside those of the scopes around (see `PodDefaults`); an empty map takes these away.
   *
   * @default - those of the scopes around, else any node.
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Nodes required (one of several is enough) or preferred.
   *
   * @default - Linux nodes are preferred.
   */
  readonly nodeAffinity?: NodeAffinity[];

  /**
   * Pods to be near.
   *
   * @default - none.
   */
  readonly podAffinity?: PodAffinity[];

  /**
   * Pods to be away from.
   *
   * @default - from two replicas on, the workload's own, by node, where possible.
   */
  readonly podAntiAffinity?: PodAntiAffinity[];

  /**
   * How replicas spread. An empty list: no rule.
   *
   * @default - from two replicas on, over zones, where possible.
   */
  readonly topologySpread?: TopologySpread[];

  /**
   * Taints of nodes that the pods bear, beside those of the scopes around (see `PodDefaults`); an empty list takes these away.
   *
   * @default - those of the scopes around, else none.
   */
  readonly tolerations?: Toleration[];

  /**
   * Who goes first when nodes are full.
   *
   * @default - the scope's (see `PodDefaults`), else the cluster profile's, else the cluster's own default.
   */
  readonly priorityClass?: IPriorityClass;

  /**
   * Labels of the pods alone.
   *
   * @default - none beside the workload's and the scope's (see `PodDefaults`).
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of the pods alone.
   *
   * @default - none.
   */
  readonly podAnnotations?: { [key: string]: string };
}
