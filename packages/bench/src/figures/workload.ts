import { isDeepStrictEqual } from 'node:util';
import { jsonKindsOf, kindsOf, textsOf } from '../measure/our-documents.js';
import { LIMIT_MS, type ProcessRun } from '../measure/process-run.js';
import { phasesOf, type Workbench } from '../measure/workbench.js';
import type { Layout } from '../programs/run.js';
import { costOf } from '../report/row.js';

/** The programs that synthesize the same workload. */
export type Program = 'ours' | 'stock' | 'moved' | 'raw' | 'floor';

export const OBJECTS_PER_APP = 9;

export const ALL: readonly Program[] = ['ours', 'stock', 'moved', 'raw', 'floor'];

/** The runs of each program; none of one that took longer than the limit. */
export type Runs = (program: Program) => ProcessRun[];

/** Without the start of Node and the loading of packages. */
export const work = (run: ProcessRun): number => phasesOf(run).written - phasesOf(run).loaded;

/** What a program took for so many apps; no time where it was stopped. */
export interface Before {
  readonly apps: number;
  readonly wallMs?: number;
}

const largest = new Map<string, Before>();

/** Whether a program need not be tried, since it would be stopped even if its time grew no faster than the number of apps. */
export function wouldBeStopped(apps: number, before: Before | undefined): boolean {
  if (before === undefined || apps < before.apps) return false;
  if (before.wallMs === undefined) return true;
  // of fewer, most is the start of Node
  return before.apps >= 100 && before.wallMs / before.apps * apps > LIMIT_MS;
}

/**
 * Runs programs on the same workload in turn, and looks at what they wrote: same kinds and counts, and for `raw` the same bytes.
 * What was measured once isn't measured again.
 */
export function synthesize(
  bench: Workbench, apps: number, layout: Layout, programs: readonly Program[] = ALL, fewest?: number,
): Promise<Runs> {
  return bench.once(`${layout} ${apps} ${programs.join()}`, async () => {
    const key = (program: Program) => `${program} ${layout}`;
    const able = programs.filter(program => program === 'ours' || !wouldBeStopped(apps, largest.get(key(program))));
    const contenders = await Promise.all(able.map(async name => bench.contender(name, await bench.workload(name, apps, layout))));
    const results = await bench.inTurn(contenders, fewest);
    const runs = (program: Program) => results.get(program) ?? [];
    for (const program of able) largest.set(key(program), { apps, wallMs: costOf(runs(program))?.wallMs });
    assertSame(bench, able.filter(program => runs(program).length > 0), apps);
    for (const program of able) bench.clear('out', program);
    return runs;
  });
}

function assertSame(bench: Workbench, programs: readonly Program[], apps: number): void {
  const ours = bench.path('out', 'ours');
  const kinds = kindsOf(ours);
  const objects = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  if (objects !== apps * OBJECTS_PER_APP) throw new Error(`${apps} apps gave ${objects} objects, not ${apps * OBJECTS_PER_APP}`);
  for (const program of programs.filter(each => each !== 'ours')) {
    const theirs = program === 'floor' ? jsonKindsOf(bench.path('out', program)) : kindsOf(bench.path('out', program));
    if (!isDeepStrictEqual(theirs, kinds)) throw new Error(`${program} wrote other kinds or counts: ${JSON.stringify(theirs)}, ours ${JSON.stringify(kinds)}`);
  }
  if (programs.includes('raw') && !isDeepStrictEqual(textsOf(bench.path('out', 'raw')), textsOf(ours))) throw new Error('raw wrote other bytes than ours');
}
