/** An IP address as a number. */
export interface IpAddress {
  readonly value: bigint;
  /** 32 or 128. */
  readonly bits: number;
}

const GROUP = /^[0-9a-fA-F]{1,4}$/;

/** Reads an IP address, IPv4 with decimal parts without leading zeros; none where it isn't one. */
export function ipAddressOf(text: string): IpAddress | undefined {
  return text.includes(':') ? ipv6Of(text) : ipv4Of(text);
}

/** The address as Kubernetes writes it: IPv6 as RFC 5952 has it, lower case, the longest run of zero groups left out. */
export function ipAddressText({ value, bits }: IpAddress): string {
  if (bits === 32) {
    return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 255n).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const runs = groups.map((_, start) => /^(?:0,)*/.exec(`${groups.slice(start).join()},`)?.[0].length ?? 0).map(length => length / 2);
  const longest = Math.max(...runs);
  if (longest < 2) {
    return groups.join(':');
  }
  const start = runs.indexOf(longest);
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`;
}

/** Whether an IPv6 address stands for an IPv4 one: `::ffff:10.0.0.1`. */
export function isMapped({ value, bits }: IpAddress): boolean {
  return bits === 128 && value >> 32n === 0xffffn;
}

function ipv4Of(text: string): IpAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some(part => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255)) {
    return undefined;
  }
  return { value: parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n), bits: 32 };
}

function ipv6Of(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const [head, tail] = halves.map(half => groupsOf(half));
  if (head === undefined || (halves.length === 2 && tail === undefined) || (halves.length === 2 && halves[0]?.includes('.') === true)) {
    return undefined;
  }
  const given = head.length + (tail?.length ?? 0);
  if (tail === undefined ? given !== 8 : given > 7) {
    return undefined;
  }
  const groups = [...head, ...Array.from({ length: 8 - given }, () => 0n), ...(tail ?? [])];
  return { value: groups.reduce((sum, group) => (sum << 16n) + group, 0n), bits: 128 };
}

/** Groups of 16 bits; the last two may be written as an IPv4 address. */
function groupsOf(text: string): bigint[] | undefined {
  if (text === '') {
    return [];
  }
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const embedded = last.includes('.') ? ipv4Of(last) : undefined;
  if (embedded !== undefined) {
    parts.splice(-1, 1, (embedded.value >> 16n).toString(16), (embedded.value & 0xffffn).toString(16));
  }
  return parts.every(part => GROUP.test(part)) ? parts.map(part => BigInt(`0x${part}`)) : undefined;
}
