/**
 * How many addresses a Service has.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services
 */
export enum IpFamilyPolicy {
  /** One. */
  SINGLE_STACK = 'SingleStack',

  /** One of each family that the cluster has. */
  PREFER_DUAL_STACK = 'PreferDualStack',

  /** Two, on a cluster with both families only. */
  REQUIRE_DUAL_STACK = 'RequireDualStack',
}
