import { Cidr } from '../cidr';
import { IpFamily } from '../ip-family';

/** A block of addresses and what of it is left out, as policies write it. */
export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/**
 * What is no part of the internet, though `0.0.0.0/0` holds it.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry for the special purposes (RFC 6890)
 */
const NOT_PUBLIC_IPV4 = [
  '0.0.0.0/8', // this host: Linux connects to itself by it
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT; pods and metadata of some clouds
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // Azure's host, in a public block: it hands out a machine's secrets
  '169.254.0.0/16', // link-local: a cloud's metadata, and with it the node's credentials
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments; metadata of some clouds
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, used as private by some clouds; broadcast
];

/** The same for `::/0`. @see https://www.iana.org/assignments/iana-ipv6-special-registry */
const NOT_PUBLIC_IPV6 = [
  '::1/128', // loopback
  '64:ff9b:1::/48', // IPv4 of a local network by translation
  'fc00::/7', // unique local; a cloud's metadata
  'fe80::/10', // link-local
  'ff00::/8', // multicast
];

/** The internet, without the cluster's own networks. */
export function publicBlocks(ipFamilies: readonly IpFamily[], own: readonly string[]): IpBlock[] {
  return ipFamilies.map(family => family === IpFamily.IPV6
    ? blockWithout(Cidr.ANY_IPV6, [...NOT_PUBLIC_IPV6, ...own])
    : blockWithout(Cidr.ANY_IPV4, [...NOT_PUBLIC_IPV4, ...own]));
}

/** A block without those others that are in it: in order, and none that another holds already. */
export function blockWithout(block: Cidr, others: readonly string[]): IpBlock {
  const inside = [...new Set(others)].map(text => Cidr.of(text)).filter(other => block.contains(other) && other.text !== block.text);
  const except = inside.filter(cidr => !inside.some(outer => outer.text !== cidr.text && outer.contains(cidr))).map(({ text }) => text);
  return { cidr: block.text, except: except.length > 0 ? except.sort() : undefined };
}
