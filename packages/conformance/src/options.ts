import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { VERSIONS, type Version } from './control-plane/versions.js';

/** The parts of a run. */
export const PARTS = ['manifests', 'upgrade', 'negative', 'random', 'policies', 'network'] as const;
type Part = typeof PARTS[number];

/** What a run was asked for. */
export interface Options {
  readonly versions: readonly Version[];
  readonly parts: ReadonlySet<Part>;
  /** Random apps per version that is not emulated. */
  readonly apps: number;
  readonly seed: number;
  readonly path?: string;
  /** Control planes at once. */
  readonly jobs: number;
  /** Where the figures go as JSON. */
  readonly json?: string;
  /** Whether to compile and install what a run needs, and run nothing. */
  readonly buildOnly: boolean;
  /** Whether the tables of who may talk to whom are written anew. */
  readonly update: boolean;
  /** Manifests given as `FOLDER=VERSION`, instead of the examples and specimens. */
  readonly named: readonly string[];
}

export const USAGE = `npm run conformance [-- OPTIONS] [FOLDER=VERSION …]

  --versions 1.27,1.36   Kubernetes versions (${VERSIONS.map(({ name }) => name).join(', ')})
  --only PART,PART       ${PARTS.join(', ')}
  --apps N               random apps on each version that isn't emulated (300)
  --seed N, --path P     the random apps of an earlier run, or one of them
  --jobs N               control planes at once (2, or fewer where there are fewer CPUs)
  --json FILE            the figures as JSON
  --build                compile and install what a run needs, and run nothing
  --update               write the tables of who may talk to whom anew

FOLDER=VERSION: other manifests than the examples and specimens, such as dist=1.36`;

/** Reads the command line; a mistake is thrown with what is allowed. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      versions: { type: 'string' }, only: { type: 'string' }, apps: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' },
      jobs: { type: 'string' }, json: { type: 'string' }, build: { type: 'boolean' }, update: { type: 'boolean' },
    },
  });
  const names = values.versions?.split(',') ?? VERSIONS.map(({ name }) => name);
  const parts = values.only?.split(',') ?? (positionals.length > 0 ? ['manifests'] : [...PARTS]);
  return {
    versions: names.map((name) => VERSIONS.find((each) => each.name === name) ?? wrong('versions', name, VERSIONS.map((each) => each.name))),
    parts: new Set(parts.map((name) => PARTS.find((each) => each === name) ?? wrong('only', name, PARTS))),
    apps: integer('apps', values.apps ?? '300'),
    seed: integer('seed', values.seed ?? String(Math.floor(Math.random() * 0x7FFFFFFF))),
    jobs: Math.max(1, integer('jobs', values.jobs ?? String(Math.min(2, availableParallelism())))),
    buildOnly: values.build ?? false,
    update: values.update ?? false,
    named: positionals,
    ...(values.path === undefined ? {} : { path: values.path }),
    ...(values.json === undefined ? {} : { json: values.json }),
  };
}

function integer(option: string, text: string): number {
  return /^\d+$/.test(text) ? Number(text) : wrong(option, text, ['a whole number']);
}

function wrong(option: string, got: string, allowed: readonly string[]): never {
  throw new Error(`--${option} got '${got}', allowed: ${allowed.join(', ')}\n\n${USAGE}`);
}
