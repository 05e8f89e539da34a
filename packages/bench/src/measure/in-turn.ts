import type { ProcessRun } from './process-run.js';

/** The runs of one contender, in the order of the rounds; none where a run took longer than the limit. */
export interface Contender {
  readonly name: string;
  readonly run: () => Promise<ProcessRun | undefined>;
}

/** Fewer have no median. */
const FEWEST = 3;

/** How many rounds are worth it, by how long the slowest contender took in the first. */
export function roundsFor(slowestMs: number, quick: boolean, fewest = FEWEST): number {
  if (quick) return 1;
  if (slowestMs < 1_000) return 15;
  if (slowestMs < 5_000) return 7;
  return slowestMs < 40_000 ? FEWEST : fewest;
}

/** Runs all contenders one behind the other, again and again: A B C A B C. */
export async function inTurn(contenders: readonly Contender[], quick: boolean, fewest = FEWEST): Promise<Map<string, ProcessRun[]>> {
  const results = new Map<string, ProcessRun[]>(contenders.map(({ name }) => [name, []]));
  const over = new Set<string>();
  for (let round = 0, rounds = 1; round < rounds; round++) {
    for (const { name, run } of contenders) {
      const result = over.has(name) ? undefined : await run();
      if (result === undefined) over.add(name);
      else results.get(name)?.push(result);
    }
    if (round === 0) rounds = roundsFor(Math.max(0, ...[...results.values()].flat().map(({ wallMs }) => wallMs)), quick, fewest);
  }
  return results;
}
