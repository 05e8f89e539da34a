import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { VERSIONS, type Version } from './control-plane/versions.js';

/** The parts of a run. */
export const PARTS = ['manifests', 'upgrade', 'negative', 'growth', 'admission', 'random', 'policies', 'network', 'reachability'] as const;
export type Part = typeof PARTS[number];

/** Manifests that are given, and the version they are for. */
interface Folder {
  readonly path: string;
  readonly version: string;
}

/** What a run was asked for. */
export interface Options {
  readonly versions: readonly Version[];
  readonly parts: ReadonlySet<Part>;
  /** Random apps on each version that is not emulated. */
  readonly apps: number;
  readonly seed: number;
  /** Of random network policies, which are the same in every run unless told otherwise. */
  readonly policySeed: number;
  readonly path?: string;
  /** Control planes at once. */
  readonly jobs: number;
  /** Where the figures go as JSON. */
  readonly json?: string;
  /** Whether to compile and install what a run needs, and run nothing. */
  readonly buildOnly: boolean;
  /** Whether requests are sent through a real proxy. */
  readonly edge: boolean;
  /** Whether the tables of who may talk to whom, and of answers through a proxy, are written anew. */
  readonly update: boolean;
  /** Whether the last figures are written into the documentation, and nothing is run. */
  readonly docs: boolean;
  readonly help: boolean;
  /** Manifests given as `FOLDER=VERSION`, instead of the examples and specimens. */
  readonly folders: readonly Folder[];
}

export const USAGE = `npm run conformance [-- OPTIONS] [FOLDER=VERSION …]

  --versions 1.27,1.36   Kubernetes versions (${VERSIONS.map(({ name }) => name).join(', ')})
  --only PART,PART       ${PARTS.join(', ')}
  --apps N               random apps on each version that isn't emulated, a tenth of them, or 50, on the others (300)
  --seed N, --path P     the random apps of an earlier run, or one of them; other random network policies than those of seed 1
  --jobs N               control planes at once (2, or fewer where there are fewer CPUs)
  --json FILE            the figures as JSON
  --docs                 write docs/conformance.md from the JSON of a run that was whole, and run nothing
  --edge                 send requests through a real proxy, on 1.36, and no part but those of --only; needs root on Linux
  --build                compile and install what a run needs, and run nothing
  --update               write the tables of who may talk to whom, or of answers through a proxy, anew
  --help                 this text

FOLDER=VERSION: other manifests than the examples and specimens, such as dist=1.36, and this version only`;

/** Reads the command line; a mistake is thrown with what is allowed. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      versions: { type: 'string' }, only: { type: 'string' }, apps: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' },
      jobs: { type: 'string' }, json: { type: 'string' }, edge: { type: 'boolean' }, docs: { type: 'boolean' }, build: { type: 'boolean' }, update: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const folders = positionals.map(folderOf);
  const known = VERSIONS.map(({ name }) => name);
  const names = values.versions?.split(',') ?? (folders.length > 0 ? known.filter((name) => folders.some(({ version }) => version === name)) : known);
  const left = folders.find(({ version }) => !names.includes(version));
  if (left !== undefined) throw new Error(`${left.path} is for ${left.version}, which --versions leaves out`);
  const edge = values.edge ?? false;
  const parts = values.only?.split(',') ?? (folders.length > 0 ? ['manifests'] : edge ? [] : [...PARTS]);
  if (folders.length > 0 && parts.join() !== 'manifests') throw new Error('FOLDER=VERSION goes with --only manifests: the other parts are about the examples');
  return {
    versions: names.map((name) => VERSIONS.find((each) => each.name === name) ?? wrong('versions', name, known)),
    parts: new Set(parts.map((name) => PARTS.find((each) => each === name) ?? wrong('only', name, PARTS))),
    apps: integer('apps', values.apps ?? '300', 1),
    seed: integer('seed', values.seed ?? String(Math.floor(Math.random() * 0x7FFFFFFF))),
    policySeed: integer('seed', values.seed ?? '1'),
    jobs: integer('jobs', values.jobs ?? String(Math.min(2, availableParallelism())), 1),
    edge,
    docs: values.docs ?? false,
    help: values.help ?? false,
    buildOnly: values.build ?? false,
    update: values.update ?? false,
    folders,
    ...(values.path === undefined ? {} : { path: values.path }),
    ...(values.json === undefined ? {} : { json: fromHere(values.json) }),
  };
}

/** npm runs scripts in the folder of their package, and says where it was started. */
function fromHere(path: string): string {
  return resolve(process.env.INIT_CWD ?? '.', path);
}

function folderOf(argument: string): Folder {
  const [, path, version = ''] = /^(.+)=([^=]*)$/.exec(argument) ?? [];
  const known = VERSIONS.map(({ name }) => name);
  if (path === undefined || !known.includes(version)) throw new Error(`'${argument}' must be FOLDER=VERSION, with a version of ${known.join(', ')}`);
  return { path: fromHere(path), version };
}

function integer(option: string, text: string, least = 0): number {
  const allowed = least === 0 ? 'a whole number' : `a whole number from ${least} on`;
  return /^\d+$/.test(text) && Number(text) >= least ? Number(text) : wrong(option, text, [allowed]);
}

function wrong(option: string, got: string, allowed: readonly string[]): never {
  throw new Error(`--${option} got '${got}', allowed: ${allowed.join(', ')}\n\n${USAGE}`);
}
