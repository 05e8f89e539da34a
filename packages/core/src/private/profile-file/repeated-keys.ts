/** A key that a map of a YAML text has a second time. */
export interface RepeatedKey {
  readonly key: string;
  /** From 1 on. */
  readonly line: number;
}

/** Indentation, dashes of lists, and a key, quoted or not. */
const KEY = /^( *)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([^\s#'"[{&*!|>%@`-][^#]*?|-[^\s#][^#]*?)) *:(?: |$)/;

/** Keys that maps in block style, one key a line, have twice. */
export function repeatedKeys(yaml: string): RepeatedKey[] {
  const found: RepeatedKey[] = [];
  let open: { readonly column: number; readonly keys: Set<string> }[] = [];
  yaml.split(/\r?\n/).forEach((text, at) => {
    const [whole, spaces = '', dashes = '', double, single, bare] = KEY.exec(text) ?? [];
    if (/^(?:---|\.\.\.)/.test(text)) {
      open = [];
    }
    if (whole === undefined) {
      return;
    }
    const column = spaces.length + dashes.length;
    // With a dash another item begins, and with it another map.
    open = open.filter(map => map.column < column || (map.column === column && dashes === ''));
    let map = open.at(-1);
    if (map?.column !== column) {
      map = { column, keys: new Set() };
      open.push(map);
    }
    const key = double ?? single ?? bare ?? '';
    if (map.keys.has(key)) {
      found.push({ key, line: at + 1 });
    }
    map.keys.add(key);
  });
  return found;
}
