/** How settled parts are written, by the depth they stand at. */
const written = new WeakMap<object, string[]>();

/**
 * Marks a part of manifests that many objects have in common, such as the labels of a workload or a default of all pods. It is
 * looked through once instead of in each object, and written once for each depth. From here on nobody may change it.
 *
 * @param part plain data with sorted keys, and nothing undefined in it.
 */
export function settle<T extends object>(part: T): T {
  freeze(part);
  written.set(part, []);
  return part;
}

/** Labels as a settled part; as they are where one is no text, which is to be had later or a mistake. */
export function settledTexts(texts: { [key: string]: string }): { [key: string]: string } {
  const keys = Object.keys(texts).sort();
  return keys.some(key => typeof texts[key] !== 'string') ? texts : settle(Object.fromEntries(keys.map(key => [key, texts[key] ?? ''])));
}

/** Whether the part is as it will be written, all through. */
export function isSettled(part: object): boolean {
  return written.has(part);
}

/** The texts of a settled part by depth, to be read and added to; undefined for other parts. */
export function textsOf(part: object): string[] | undefined {
  return written.get(part);
}

function freeze(part: object): void {
  Object.freeze(part);
  for (const member of Object.values(part)) {
    if (typeof member === 'object' && member !== null) {
      freeze(member as object);
    }
  }
}
