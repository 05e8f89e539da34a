import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Chart, Names, YamlOutputType } from 'cdk8s';
import { Faults } from '../faults';
import { Mistake } from './dependencies';
import { Document, Synthesis } from './synthesis';

/** A file and the documents in it. */
export interface OutputFile {
  /** Relative to the output folder. */
  readonly path: string;
  readonly documents: Document[];
}

/** The files of an app in one of cdk8s' layouts; two charts that would write one file are a mistake. */
export function filesOf(synthesis: Synthesis, layout: YamlOutputType, extension: string): { files: OutputFile[]; mistakes: Mistake[] } {
  if (layout === YamlOutputType.FILE_PER_APP) {
    return { files: synthesis.tree.charts.length === 0 ? [] : [{ path: `app${extension}`, documents: synthesis.all }], mistakes: [] };
  }
  if (layout === YamlOutputType.FILE_PER_RESOURCE) {
    return { files: filePerObject(synthesis.byChart.flatMap(({ documents }) => documents), '', extension), mistakes: [] };
  }
  const { byChart } = synthesis;
  const { names, mistakes } = chartNames(byChart.map(({ chart }) => chart), synthesis.order.chartsDepend);
  const files = byChart.flatMap(({ chart, documents }) => {
    const name = names.get(chart) ?? '';
    return layout === YamlOutputType.FILE_PER_CHART ? [{ path: `${name}${extension}`, documents }] : filePerObject(documents, name, extension);
  });
  return { files, mistakes };
}

/** Write what isn't on disk already; files that stay as they are keep their time. */
export function write(outdir: string, files: OutputFile[]): void {
  mkdirSync(outdir, { recursive: true });
  const folders = new Set<string>();
  for (const { path, documents } of files) {
    const file = join(outdir, path);
    const folder = dirname(file);
    if (!folders.has(folder)) {
      folders.add(folder);
      mkdirSync(folder, { recursive: true });
    }
    const text = textOf(documents);
    if (!holds(file, text)) {
      writeFileSync(file, text);
    }
  }
}

/** Several documents as one text. */
export function textOf(documents: Document[]): string {
  return documents.map(({ text }) => text).join('---\n');
}

/** What `cdk8s synth` asks for where it has validations to run: which construct each object comes from, by name. */
export function writeConstructMetadata(outdir: string, documents: Document[]): void {
  const resources = Object.fromEntries(documents.map(({ object }) => [object.name, { path: object.node.path }]));
  writeFileSync(join(outdir, 'construct-metadata.json'), JSON.stringify({ version: '1.0.0', resources }));
}

/** Whether a file has the text already; most that don't are missing, or of another length. */
function holds(file: string, text: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size === Buffer.byteLength(text) && readFileSync(file, 'utf8') === text;
}

/** As cdk8s names them: where one must be applied before another, a number says the order. */
function chartNames(charts: Chart[], numbered: boolean): { names: Map<Chart, string>; mistakes: Mistake[] } {
  const first = new Map<string, Chart>();
  const mistakes: Mistake[] = [];
  const names = new Map<Chart, string>();
  charts.forEach((chart, position) => {
    const name = `${numbered ? `${String(position).padStart(4, '0')}-` : ''}${Names.toDnsLabel(chart)}`;
    const other = first.get(name);
    names.set(chart, name);
    first.set(name, other ?? chart);
    if (other !== undefined) {
      mistakes.push({
        scope: chart,
        text: Faults.describe('id', {
          code: 'KEELSON1403',
          allowed: 'of a chart with a file name of its own',
          got: `${name}, which the chart [${other.node.path}] is written to`,
          fix: 'give one of the two charts another id',
        }),
      });
    }
  });
  return { names, mistakes };
}

/** `Kind.name` as cdk8s has it; where two would be one file, also the namespace, then the API group, then a number. */
function filePerObject(documents: Document[], folder: string, extension: string): OutputFile[] {
  const names = new Map<Document, string>();
  let open = documents;
  for (let detail = 0; detail < 3 && open.length > 0; detail++) {
    open.forEach(document => names.set(document, fileName(document, detail)));
    const uses = new Map<string, number>();
    names.forEach(name => uses.set(name.toLowerCase(), (uses.get(name.toLowerCase()) ?? 0) + 1));
    open = documents.filter(document => uses.get((names.get(document) ?? '').toLowerCase()) !== 1);
  }
  const taken = new Set([...names.values()].map(name => name.toLowerCase()));
  const met = new Set<string>();
  return documents.map(document => {
    const wanted = names.get(document) ?? '';
    let name = wanted;
    for (let copy = 2; met.has(name.toLowerCase()) || (name !== wanted && taken.has(name.toLowerCase())); copy++) {
      name = `${wanted}-${copy}`;
    }
    met.add(name.toLowerCase());
    return { path: join(folder, `${name}${extension}`), documents: [document] };
  });
}

/** File systems that don't tell upper from lower case are the reason for comparing in lower case. */
function fileName({ kind, name, namespace, apiVersion }: Document, detail: number): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : undefined;
  const parts = [kind, name, ...[namespace, group].slice(0, detail).filter(part => part !== undefined)];
  return parts.join('.').replace(/[^0-9a-zA-Z-_.]/g, '');
}
