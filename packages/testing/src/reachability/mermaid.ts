import type { Matrix, MatrixCell, MatrixColumn } from './matrix.js';

/** A matrix as a Mermaid flowchart. */
export function mermaidOf({ sources, columns, unjudged }: Matrix): string {
  const ids = new Map(sources.map((name, index) => [name, `n${index}`]));
  const nodes = [...byNamespace(sources)].flatMap(([namespace, names], index) => {
    const drawn = names.map((name) => `${ids.get(name) ?? ''}["${escaped(name.slice(namespace === '' ? 0 : namespace.length + 1))}"]`);
    if (namespace === '') return drawn.map((each) => `  ${each}`);
    return [`  subgraph s${index}["${escaped(namespace)}"]`, ...drawn.map((each) => `    ${each}`), '  end'];
  });
  const others = unjudged.length === 0 ? [] : [`  unjudged["not judged: ${escaped(unjudged.join(', '))}"]`];
  return ['flowchart LR', ...nodes, ...arrowsOf(columns, ids), ...others, ''].join('\n');
}

/** One arrow from a source to a destination, with all ports on it. */
function arrowsOf(columns: readonly MatrixColumn[], ids: ReadonlyMap<string, string>): string[] {
  const pairs = new Map<string, MatrixCell[]>();
  for (const cell of columns.flatMap(({ cells }) => cells)) {
    const pair = `${cell.source} ${cell.destination}`;
    pairs.set(pair, [...pairs.get(pair) ?? [], cell]);
  }
  return [...pairs.values()].flatMap((cells) => {
    const [first] = cells;
    const open = cells.filter(({ verdict }) => verdict?.allowed);
    if (first === undefined || open.length === 0) return [];
    const ports = open.length === cells.length ? 'any port' : open.map(({ port }) => port).join(', ');
    return [`  ${ids.get(first.source) ?? ''} -->|"${ports}"| ${ids.get(first.destination) ?? ''}`];
  });
}

/** Workloads by namespace; what is outside has none. */
function byNamespace(names: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const namespace = /^([a-z0-9-]+)\/(?!\d+$)/.exec(name)?.[1] ?? '';
    groups.set(namespace, [...groups.get(namespace) ?? [], name]);
  }
  return groups;
}

function escaped(text: string): string {
  return text.replaceAll('"', '#quot;');
}
