/**
 * Pods that somebody else runs in the cluster: a gateway's data plane, a DNS server, Prometheus.
 *
 * Network policies name them as a namespace and labels in it.
 */
export interface ClusterPods {
  /** The namespace they run in; policies select it by `kubernetes.io/metadata.name`, which nobody can fake. */
  readonly namespace: string;

  /** Labels that the pods carry; none (`{}`) means all pods of the namespace. */
  readonly labels: { [key: string]: string };
}
