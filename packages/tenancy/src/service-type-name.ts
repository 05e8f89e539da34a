/**
 * The types of Services by their names.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 */
export enum ServiceTypeName {
  /** Reached from inside of the cluster only; headless ones are of this type too. */
  CLUSTER_IP = 'ClusterIP',

  /** Reached on a port of every node. */
  NODE_PORT = 'NodePort',

  /** Reached by an address of its own, past gateway and ingress controller. */
  LOAD_BALANCER = 'LoadBalancer',

  /** Another name in DNS: what is behind it, inside of the cluster or outside, no network policy of the tenant's decides alone. */
  EXTERNAL_NAME = 'ExternalName',
}
