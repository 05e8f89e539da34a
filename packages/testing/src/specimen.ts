import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './quiet.js';
import { KUBERNETES_VERSIONS, on, type ByVersion } from './specimen-versions.js';

export { brokenClaims } from './specimen-claims.js';
export { before, since, KUBERNETES_VERSIONS, type ByVersion } from './specimen-versions.js';

/** A small app that shows one option of a construct. */
export interface SpecimenProps<Chart, Cluster> {
  /** A DNS label, unique over all packages, such as `web-scaling-on-memory`: the namespaces it uses are this or begin with it. */
  readonly title: string;
  /** What the cluster has, beside its version. */
  readonly cluster?: Cluster;
  /** What is to be seen in the manifests: see `brokenClaims`. */
  readonly shows: readonly ByVersion[];
  /** Codes of the warnings that synth gives; none else. Without, those that the package's specimens usually give. */
  readonly warns?: readonly ByVersion[];
  /** Codes of the mistakes that it is on some versions, on which nothing is rendered. */
  readonly refused?: readonly ByVersion[];
  /** The app: in a chart whose namespace is the title, and in more, whose namespaces and ids are the title, `-` and what is given. */
  readonly define: (chart: Chart, more: (suffix: string) => Chart) => void;
}

/** What a package synthesizes its specimens by. */
export interface SpecimenLibrary<App, Chart, Cluster> {
  /** The app of a specimen: where it is written to, for which version. */
  readonly app: (outdir: string, version: string, cluster: Cluster | undefined) => App;
  /** A chart whose id and namespace are the same. */
  readonly chart: (app: App, namespace: string) => Chart;
  /** Write all, or throw an error that names every mistake. */
  readonly synth: (app: App) => void;
  /** The warnings given, `[path] CODE text`. */
  readonly warnings: (app: App) => string[];
  /** Codes of the warnings that nearly every specimen gives. */
  readonly usualWarnings?: readonly ByVersion[];
}

/** A specimen that can be synthesized. */
export interface Specimen {
  readonly title: string;
  /** What is to be seen of it on a version. */
  readonly shows: (version: string) => string[];
  /** Codes of the warnings that it gives on a version. */
  readonly warns: (version: string) => string[];
  /** Codes of the mistakes that it is on a version. */
  readonly refused: (version: string) => string[];
  /** Write its files into a folder; gives the codes of all warnings. */
  readonly synth: (version: string, outdir: string) => string[];
}

/** How a package writes specimens. */
export function specimensOf<App, Chart, Cluster>(
  library: SpecimenLibrary<App, Chart, Cluster>,
): (props: SpecimenProps<Chart, Cluster>) => Specimen {
  return ({ title, cluster, shows, warns = library.usualWarnings ?? [], refused = [], define }) => ({
    title,
    shows: (version) => on(version, shows),
    warns: (version) => on(version, warns),
    refused: (version) => on(version, refused),
    synth: (version, outdir) => {
      const app = library.app(outdir, version, cluster);
      define(library.chart(app, title), (suffix) => library.chart(app, `${title}-${suffix}`));
      // Warnings are printed at synth; those of specimens are compared instead.
      quietly(() => library.synth(app));
      return [...new Set(library.warnings(app).map((line) => /\] (KEELSON\d{4}) /.exec(line)?.[1] ?? line))].sort();
    },
  });
}

/** All specimens of the modules, by title. Two of one title, or one whose title can't be a namespace, are an error. */
export function collected(...modules: Readonly<Record<string, Specimen>>[]): Specimen[] {
  const all = modules.flatMap((each) => Object.values(each)).sort((a, b) => (a.title < b.title ? -1 : 1));
  all.forEach(({ title }, index) => {
    if (!/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/.test(title)) throw new Error(`'${title}' is no title: at most 40 lower-case letters, digits and '-'`);
    if (all[index + 1]?.title === title) throw new Error(`two specimens are called '${title}'`);
  });
  return all;
}

/** Files of a folder that have specimens, and that its `index.ts` doesn't name. */
export function uncollected(folder: string): string[] {
  const index = readFileSync(join(folder, 'index.ts'), 'utf8');
  return readdirSync(folder).filter((file) => file.endsWith('.ts') && /^export const \w+ = specimen\(/m.test(readFileSync(join(folder, file), 'utf8')))
    .filter((file) => !index.includes(`from './${file.slice(0, -'.ts'.length)}'`));
}

/** Write `<folder>/<version>/<title>/*.k8s.yaml` for every specimen and version, and nothing else; gives the number of folders. */
export function writeSpecimens(specimens: readonly Specimen[], folder: string): number {
  rmSync(folder, { recursive: true, force: true });
  const pairs = KUBERNETES_VERSIONS.flatMap((version) => {
    const rendered = specimens.filter((each) => each.refused(version).length === 0);
    return rendered.map((each) => [version, each] as const);
  });
  for (const [version, specimen] of pairs) {
    const outdir = join(folder, version, specimen.title);
    mkdirSync(outdir, { recursive: true });
    specimen.synth(version, outdir);
  }
  return pairs.length;
}

/** The YAML of a specimen, its files in the order of their names. */
export function yamlOf(specimen: Specimen, version: string, scratch: string): { yaml: string; warnings: string[] } {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const warnings = specimen.synth(version, scratch);
  return { yaml: readdirSync(scratch).sort().map((file) => readFileSync(join(scratch, file), 'utf8')).join('\n---\n'), warnings };
}
