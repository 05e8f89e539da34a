import { Exposure } from '../exposure';

/** The hosts of an exposure, one route each; that of any host has none. */
export function hostsOf({ hosts }: Exposure): readonly (string | undefined)[] {
  return hosts.length === 0 ? [undefined] : hosts;
}
