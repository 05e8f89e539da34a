/**
 * Which pods are better for a client inside of the cluster: others get its traffic where there are none.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution
 */
export enum TrafficDistribution {
  /**
   * Those of the client's zone. `PreferClose` on Kubernetes 1.31 to 1.33; below, topology-aware routing, which only keeps traffic in a zone
   * where each has enough pods.
   */
  PREFER_SAME_ZONE = 'PreferSameZone',

  /** Those of the client's node, then of its zone. From Kubernetes 1.34 on. */
  PREFER_SAME_NODE = 'PreferSameNode',
}
