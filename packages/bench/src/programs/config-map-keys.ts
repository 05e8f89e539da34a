/** Data of one ConfigMap with this many keys. */
export function keysOf(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, `value ${i}`]));
}
