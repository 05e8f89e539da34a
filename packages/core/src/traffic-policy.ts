/**
 * Which pods a node sends a Service's traffic to.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies
 */
export enum TrafficPolicy {
  /** All ready pods. From outside, a pod sees the address of a node instead of the client's. */
  CLUSTER = 'Cluster',

  /** The pods of the same node; where it has none, the traffic is dropped. From outside, a pod sees the client's address. */
  LOCAL = 'Local',
}
