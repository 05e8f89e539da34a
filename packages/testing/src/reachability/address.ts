import { isIP } from 'node:net';

/** Addresses of one family, from the first to the last. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** A block of addresses, without some blocks in it. */
export interface IpBlock {
  readonly range: AddressRange;
  readonly except: readonly AddressRange[];
}

/** The range of a CIDR block or of a single address: none where the text is neither. */
export function rangeOf(text: string): AddressRange | undefined {
  const [address = '', prefix, ...more] = text.split('/');
  const written = isIP(address);
  if (written === 0 || address.includes('%') || more.length > 0) return undefined;
  const bits = written === 4 ? 32 : 128;
  if (prefix !== undefined && (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > bits)) return undefined;
  const free = BigInt(bits - Number(prefix ?? bits));
  const first = (valueOf(address, written) >> free) << free;
  return unmapped({ family: written === 4 ? 4 : 6, first, last: first + (1n << free) - 1n });
}

/** Whether any of the addresses is in the block. */
export function anyIn(ranges: readonly AddressRange[], { range, except }: IpBlock): boolean {
  return ranges.some((each) => {
    if (each.family !== range.family) return false;
    const [first, last] = [max(each.first, range.first), min(each.last, range.last)];
    return first <= last && !covered(first, last, except.filter(({ family }) => family === range.family));
  });
}

/** Whether the first range is in the second and smaller. */
export function isPartOf(inner: AddressRange, outer: AddressRange): boolean {
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last
    && inner.last - inner.first < outer.last - outer.first;
}

/** The same addresses in pieces, so that each is in one of the blocks as a whole or not at all. */
export function refined(ranges: readonly AddressRange[], blocks: readonly AddressRange[]): AddressRange[] {
  return ranges.flatMap((range) => {
    const edges = blocks.filter(({ family }) => family === range.family).flatMap(({ first, last }) => [first, last + 1n]);
    const inside = [...new Set(edges.filter((each) => range.first < each && each <= range.last))].sort((a, b) => (a < b ? -1 : 1));
    const starts = [range.first, ...inside];
    return starts.map((first, index) => ({ family: range.family, first, last: (starts[index + 1] ?? range.last + 1n) - 1n }));
  });
}

/** Whether some ranges together leave nothing of what is from the first to the last. */
function covered(first: bigint, last: bigint, ranges: readonly AddressRange[]): boolean {
  let next = first;
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (range.first > next) return false;
    next = max(next, range.last + 1n);
    if (next > last) return true;
  }
  return false;
}

const MAPPED = 0xffffn << 32n;

/** ::ffff:1.2.3.4 is 1.2.3.4 written otherwise. */
function unmapped(range: AddressRange): AddressRange {
  const isMapped = range.family === 6 && range.first >= MAPPED && range.last <= MAPPED + 0xffffffffn;
  return isMapped ? { family: 4, first: range.first - MAPPED, last: range.last - MAPPED } : range;
}

function valueOf(address: string, family: number): bigint {
  if (family === 4) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const hexadecimal = address.replace(/[\d.]+\.[\d.]+$/, (tail) => {
    const value = valueOf(tail, 4);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [left = '', right] = hexadecimal.split('::');
  const words = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [words(left), words(right ?? '')];
  const all = right === undefined ? before : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return all.reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
