/** Up to here moving one by one beats `sort`, which sets up more than it sorts: nearly all maps of a manifest. */
const FEW = 24;

/** Keys that JavaScript always puts first, by number. */
const INDEX = /^(?:0|[1-9]\d{0,9})$/;
const HIGHEST_INDEX = 2 ** 32 - 2;

/** Puts an object's keys in the order that they have in an object which is made of them one after the other, sorted. */
export function sortKeys(keys: string[]): string[] {
  let start = 0;
  while (isIndex(keys[start] ?? '')) {
    start += 1;
  }
  return keys.length > FEW ? [...keys.slice(0, start), ...keys.slice(start).sort()] : moveInOrder(keys, start);
}

/** Asked of every map of a manifest: nearly none begins with a digit. */
function isIndex(key: string): boolean {
  return key < ':' && INDEX.test(key) && Number(key) <= HIGHEST_INDEX;
}

function moveInOrder(keys: string[], start: number): string[] {
  for (let from = start + 1; from < keys.length; from++) {
    const key = keys[from] ?? '';
    let at = from;
    for (let before = keys[at - 1] ?? ''; at > start && before > key; before = keys[at - 1] ?? '') {
      keys[at] = before;
      at -= 1;
    }
    keys[at] = key;
  }
  return keys;
}
