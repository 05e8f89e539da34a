/** In the order of their texts, and of each text the first only. The same on every machine: no locale has a say. */
export function sortedBy<T>(items: Iterable<T>, text: (item: T) => string): T[] {
  const [...all] = items;
  if (all.length < 2) {
    return all;
  }
  const byText = new Map<string, T>();
  for (const item of all) {
    const key = text(item);
    if (!byText.has(key)) {
      byText.set(key, item);
    }
  }
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** Compares texts for a sort: the same on every machine. */
export function inOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
