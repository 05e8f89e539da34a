import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { appId } from '../programs/run.js';

const CHECKSUM = /^ +checksum\/config: (\w+)$/gm;

/** All text of a folder of manifests, file by file as they sort. */
export function textsOf(folder: string): Map<string, string> {
  return new Map(readdirSync(folder).sort().map(file => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** How many objects of each kind, without parsing: a top-level `kind:` is one. */
export function countKinds(...texts: string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const [, kind = ''] of text.matchAll(/^kind: (\w+)$/gm)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same of a folder of manifests. */
export function kindsOf(folder: string): Record<string, number> {
  return countKinds(...textsOf(folder).values());
}

/** The same of a folder of files with one object in JSON a line. */
export function jsonKindsOf(folder: string): Record<string, number> {
  const objects = [...textsOf(folder).values()].flatMap(text => text.trimEnd().split('\n')).map(line => JSON.parse(line) as { kind: string });
  return countKinds(...objects.map(({ kind }) => `kind: ${kind}`));
}

/** The checksum on each app's pods, in the order of the apps. */
export function checksumsOf(folder: string): string[] {
  return [...textsOf(folder).values()].flatMap(text => [...text.matchAll(CHECKSUM)].map(([, checksum = '']) => checksum));
}

/**
 * JavaScript that makes the objects of an app as literals: `ranks`, those that stand together when there are several apps in a chart.
 *
 * @param yaml our output for two apps in one chart: where the second app's objects begin, a rank ends.
 */
export function codeOf(yaml: string): string {
  const ranks: string[][] = [];
  let before = '';
  for (const document of parseAllDocuments(yaml)) {
    const object = document.toJS() as { metadata: { name: string } };
    const id = object.metadata.name.slice(0, appId(1).length);
    if (id === appId(1)) {
      if (id !== before) ranks.push([]);
      ranks.at(-1)?.push(`(id, chart, checksum) => (${literal(object)})`);
    }
    before = id;
  }
  return `exports.ranks = [\n${ranks.map(rank => `[${rank.join(',\n')}]`).join(',\n')}];\n`;
}

/** As somebody would write it: keys without quotes where they need none, texts that hold the app's id as templates. */
function literal(value: unknown, key?: string): string {
  if (Array.isArray(value)) return `[${value.map(item => literal(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value).map(([k, v]) => `${/^[A-Za-z_]\w*$/.test(k) ? k : JSON.stringify(k)}: ${literal(v, k)}`).join(', ')} }`;
  }
  if (key === 'checksum/config') return 'checksum';
  if (key === 'app.kubernetes.io/part-of') return 'chart';
  const id = appId(1);
  if (value === id) return 'id';
  return typeof value === 'string' && value.includes(id)
    ? `\`${value.replace(/[\\`$]/g, '\\$&').replaceAll(id, '${id}')}\``
    : JSON.stringify(value);
}
