import { isDeepStrictEqual } from 'node:util';
import { kindsOf, textsOf } from '../measure/our-documents.js';
import type { ProcessRun } from '../measure/process-run.js';
import type { Workbench } from '../measure/workbench.js';
import type { Layout } from '../programs/run.js';

/** The programs that synthesize the same workload. */
export type Program = 'ours' | 'stock' | 'moved' | 'raw' | 'floor';

export const OBJECTS_PER_APP = 9;

/** Runs programs on the same workload in turn, and looks at what they wrote: same kinds and counts, and for `raw` the same bytes. */
export async function synthesize(
  bench: Workbench, programs: readonly Program[], apps: number, layout: Layout,
): Promise<(program: Program) => ProcessRun[]> {
  const contenders = await Promise.all(programs.map(async name => bench.contender(name, await bench.workload(name, apps, layout))));
  const results = await bench.inTurn(contenders);
  assertSame(bench, programs.filter(program => (results.get(program) ?? []).length > 0), apps);
  for (const program of programs) bench.clear('out', program);
  return program => results.get(program) ?? [];
}

function assertSame(bench: Workbench, programs: readonly Program[], apps: number): void {
  const ours = bench.path('out', 'ours');
  const kinds = kindsOf(ours);
  const objects = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  if (objects !== apps * OBJECTS_PER_APP) throw new Error(`${apps} apps gave ${objects} objects, not ${apps * OBJECTS_PER_APP}`);
  for (const program of programs.filter(each => each !== 'ours' && each !== 'floor')) {
    const theirs = kindsOf(bench.path('out', program));
    if (!isDeepStrictEqual(theirs, kinds)) throw new Error(`${program} wrote other kinds or counts: ${JSON.stringify(theirs)}, ours ${JSON.stringify(kinds)}`);
  }
  if (programs.includes('raw') && !isDeepStrictEqual(textsOf(bench.path('out', 'raw')), textsOf(ours))) throw new Error('raw wrote other bytes than ours');
}
