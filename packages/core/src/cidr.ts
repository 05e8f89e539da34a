import { Fault } from './faults';
import { IpFamily } from './ip-family';
import { ipAddressOf, ipAddressText, isMapped } from './private/ip-address';
import { quoted } from './private/quoted';

/** The same few blocks are written in many places; what is remembered is bounded, since programs may also make them up. */
const MOST_KNOWN = 1000;
const known = new Map<string, Block>();

/**
 * A block of IP addresses.
 *
 * ```ts
 * Cidr.of('10.0.0.0/8').contains(Cidr.host('10.1.2.3'));   // true
 * ```
 *
 * Forms that Kubernetes warned of before 1.36 and refuses since are refused: bits set beyond the prefix length, leading
 * zeros, IPv4 addresses written as IPv6.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export class Cidr {
  /** Every IPv4 address. */
  public static readonly ANY_IPV4 = Cidr.of('0.0.0.0/0');

  /** Every IPv6 address. */
  public static readonly ANY_IPV6 = Cidr.of('::/0');

  /**
   * A block.
   *
   * @param text address and prefix length, such as `10.0.0.0/8` or `2001:db8::/32`.
   */
  public static of(text: string): Cidr {
    return new Cidr(text);
  }

  /**
   * A single address, as a block of one: `/32`, or `/128` in IPv6.
   *
   * @param address such as `10.1.2.3` or `2001:db8::1`.
   */
  public static host(address: string): Cidr {
    const read = typeof address === 'string' ? ipAddressOf(address) : undefined;
    return read !== undefined ? new Cidr(`${address}/${read.bits}`) : new Cidr(address, [{
      code: 'KEELSON1087', got: quoted(address), allowed: 'an IP address', fix: "write it like '10.1.2.3' or '2001:db8::1'",
    }]);
  }

  /** The block as Kubernetes writes it; of an invalid one, the text it was made of. */
  public readonly text: string;

  /** The family of its addresses. */
  public readonly ipFamily: IpFamily;

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private readonly first: bigint;
  private readonly last: bigint;

  private constructor(written: string, faults?: Fault[]) {
    const block = faults === undefined ? knownBlock(written) : { faults };
    // JavaScript may leave it out.
    const text = typeof written === 'string' ? written : '';
    this.faults = [...block.faults];
    this.ipFamily = text.includes(':') ? IpFamily.IPV6 : IpFamily.IPV4;
    this.text = block.text ?? text;
    // An invalid block is empty, so that it contains and overlaps nothing.
    this.first = block.first ?? 1n;
    this.last = block.last ?? 0n;
  }

  /**
   * Whether every address of the other block is in this one, as it is of an equal block. An invalid block contains
   * nothing, and nothing contains it.
   *
   * @param other the block looked for.
   */
  public contains(other: Cidr): boolean {
    return this.overlaps(other) && this.first <= other.first && other.last <= this.last;
  }

  /**
   * Whether the blocks have an address in common.
   *
   * @param other the block compared.
   */
  public overlaps(other: Cidr): boolean {
    const valid = this.faults.length === 0 && other.faults.length === 0;
    return valid && this.ipFamily === other.ipFamily && this.first <= other.last && other.first <= this.last;
  }
}

const LIKE_THIS = "write it like '10.0.0.0/8' or '2001:db8::/32'";

/** What a text says: a block, or what is wrong with it. */
interface Block {
  readonly faults: Fault[];
  readonly text?: string;
  readonly first?: bigint;
  readonly last?: bigint;
}

function knownBlock(text: string): Block {
  const block = known.get(text) ?? blockOf(text);
  if (block.faults.length === 0 && known.size < MOST_KNOWN) {
    known.set(text, block);
  }
  return block;
}

function blockOf(text: string): Block {
  const refused = (code: string, allowed: string, fix: string): Block => ({ faults: [{ code, got: quoted(text), allowed, fix }] });
  if (typeof text !== 'string') {
    return refused('KEELSON1080', 'a CIDR', LIKE_THIS);
  }
  const slash = text.indexOf('/');
  const [written, length] = slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
  if (written.includes('%')) {
    return refused('KEELSON1086', 'a CIDR without a zone', `try ${quoted(text.replace(/%[^/]*/, ''))}`);
  }
  const plain = withoutLeadingZeros(written);
  const address = ipAddressOf(plain);
  if (address === undefined) {
    return refused('KEELSON1080', 'a CIDR', LIKE_THIS);
  }
  const one = `${ipAddressText(address)}/${address.bits}`;
  if (length === undefined) {
    return refused('KEELSON1081', 'a CIDR with a prefix length', `try ${quoted(one)} for the one address`);
  }
  if (!/^\d+$/.test(length) || Number(length) > address.bits) {
    return refused('KEELSON1082', `a CIDR with a prefix length from 0 to ${address.bits}`, `try ${quoted(one)} for the one address`);
  }
  const prefix = BigInt(length);
  const size = 1n << (BigInt(address.bits) - prefix);
  const first = address.value - (address.value % size);
  const block = `${ipAddressText({ ...address, value: first })}/${prefix}`;
  if (isMapped(address)) {
    const ipv4 = `${ipAddressText({ value: first & 0xffffffffn, bits: 32 })}/${prefix - 96n}`;
    const fix = prefix < 96n ? 'write it as IPv4' : `try ${quoted(ipv4)}`;
    return refused('KEELSON1085', 'a CIDR without an IPv4 address written as IPv6', fix);
  }
  if (plain !== written || String(prefix) !== length) {
    return refused('KEELSON1084', 'a CIDR without leading zeros', `try ${quoted(block)}`);
  }
  if (first !== address.value) {
    const fix = `try ${quoted(block)}, or ${quoted(one)} for the one address`;
    return refused('KEELSON1083', 'a CIDR with no bits set beyond the prefix length', fix);
  }
  return { faults: [], text: block, first, last: first + size - 1n };
}

/** IPv4 parts with leading zeros are octal to some programs; IPv6 groups of up to four digits may have them. */
function withoutLeadingZeros(address: string): string {
  const dotted = address.lastIndexOf(':') + 1;
  const parts = address.slice(dotted).split('.');
  return parts.length === 1 ? address : address.slice(0, dotted) + parts.map(part => part.replace(/^0+(?=\d)/, '')).join('.');
}
