import { basename, join } from 'node:path';
import { output, run, type RunOptions } from './command.js';
import { foldersIn, manifestsIn, ROOT, type Manifests } from './manifests.js';

/** What an example's program is told by, to synthesize for another version than its clusters have. */
const VARIABLE = 'KUBERNETES_VERSION';

/** Synthesizes an example for a version into a folder. */
export type Synthesize = (example: string, version: string) => Promise<Manifests[]>;

/** The examples on a cluster of a version: their goldens for it, and where there are none, what they give for it. */
export async function examplesFor(version: string, goldens: readonly Manifests[], synthesize: Synthesize): Promise<Manifests[]> {
  const examples = [...new Set(goldens.map(exampleOf))];
  const found = await Promise.all(examples.map(async (example) => {
    const committed = goldens.filter((each) => exampleOf(each) === example && each.version === version);
    return committed.length > 0 ? committed : synthesize(example, version);
  }));
  return found.flat();
}

function exampleOf({ title }: Manifests): string {
  return title.slice(0, title.indexOf('/'));
}

/** Synthesizes by the example's own script into a folder beside those of other examples. */
export function synthesizeInto(folder: string): Synthesize {
  return async (example, version) => {
    await heedsTheVersion(example, join(folder, 'nonsense', example));
    const out = join(folder, example);
    await output(...synth(example, version, out));
    const clusters = foldersIn(out);
    if (clusters.length === 0) throw new Error(`examples/${example} gives no folder for each cluster`);
    return clusters.map((each) => manifestsIn(each, `${example}/${basename(each)}`, version));
  };
}

function synth(example: string, version: string, out: string): [string, string[], RunOptions] {
  return ['npm', ['run', '--silent', 'synth', '--', '--output', out], { cwd: join(ROOT, 'examples', example), env: { [VARIABLE]: version } }];
}

const heeding = new Map<string, Promise<void>>();

/** An example that doesn't look at the variable would be tried as it is for other versions, and nobody would see. */
function heedsTheVersion(example: string, out: string): Promise<void> {
  const known = heeding.get(example) ?? refusesNonsense(example, out);
  heeding.set(example, known);
  return known;
}

async function refusesNonsense(example: string, out: string): Promise<void> {
  const { code } = await run(...synth(example, '0.0', out));
  if (code === 0) throw new Error(`examples/${example} doesn't look at ${VARIABLE}: it must be synthesized for any version`);
}
