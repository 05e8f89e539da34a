/** The releases whose fields are known; see the table of kinds and fields. */
export const OLDEST_KUBERNETES = 27;
export const NEWEST_KUBERNETES = 37;

/** Gateway API: v1 of HTTPRoute and Gateway came with 1.0. */
export const OLDEST_GATEWAY_API = 0;
export const NEWEST_GATEWAY_API = 7;

/** The Network Policy API: the only release that has ClusterNetworkPolicy. */
export const NETWORK_POLICY_API = '0.2';

const VERSION = /^v?1\.(0|[1-9]\d{0,2})(?:\.\d+)?(?:[-+][0-9A-Za-z.+-]+)?$/;

/** The minor of `1.33`, `v1.33` or `1.33.4`; undefined for all else. */
export function minorOf(version: string): number | undefined {
  const match = VERSION.exec(version);
  return match === null ? undefined : Number(match[1]);
}
