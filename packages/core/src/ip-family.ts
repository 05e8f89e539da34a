/**
 * Families of IP addresses.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/
 */
export enum IpFamily {
  /** Addresses such as `10.96.0.10`. */
  IPV4 = 'IPv4',

  /** Addresses such as `2001:db8::10`. */
  IPV6 = 'IPv6',
}
