import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Golden } from '../checkers/finding.js';
import { installEvaluator } from '../network/evaluator.js';
import type { ReachabilityFigure } from '../summary.js';
import { byCyclonus, byOurs, differencesIn, type Difference } from './comparison.js';
import { goldenSet } from './golden-sets.js';
import { mistaken, MISTAKES } from './mistakes.js';
import { CONNECTIONS_OF_A_SET, policySets, type PolicySet } from './policy-sets.js';
import { smallest } from './smallest.js';

/** How many verdicts are compared. */
const VERDICTS = 100_000;

/** Sets that are judged by one process. */
const BATCH = 500;

/** Of a mistaken evaluator fewer sets show more. */
const SETS_FOR_MISTAKES = 1000;

/** What is printed of differences. */
const PRINTED = 3;

/** How many verdicts were compared, and those that differ. */
interface Outcome {
  readonly verdicts: number;
  readonly faults: string[];
}

/** The evaluator of @keelson/testing beside one that isn't ours. */
export interface ReachabilityCheck {
  readonly title: string;
  install(): Promise<void>;
  /** Whether mistakes of an evaluator would be seen. */
  control(): Promise<string[]>;
  /** Judges the goldens by both. */
  checkGoldens(): Promise<Outcome>;
  /** Judges random policies by both. */
  check(progress: (text: string) => void): Promise<{ readonly figure: ReachabilityFigure; readonly faults: string[] }>;
}

/** Compares verdicts of the goldens, and of random policies, those of a seed. */
export function compareEvaluators(goldens: readonly Golden[], seed: number): ReachabilityCheck {
  const drawn = (count: number): PolicySet[] => fc.sample(policySets, { seed, numRuns: count });
  return {
    title: 'cyclonus 0.5.6',
    install: async () => {
      await installEvaluator();
    },
    control: async () => {
      const sets = drawn(SETS_FOR_MISTAKES);
      const theirs = await byCyclonus(sets);
      return MISTAKES.filter((mistake) => sets.every((set, index) =>
        differencesIn(set, byOurs(mistaken(set, mistake)), theirs[index] ?? []).length === 0))
        .map(({ title }) => `an evaluator to which ${title} says the same of ${SETS_FOR_MISTAKES} sets of random policies: they are too tame`);
    },
    checkGoldens: async () => {
      const sets = goldens.map(goldenSet);
      const theirs = await byCyclonus(sets);
      const differences = sets.flatMap((set, index) => differencesIn(set, byOurs(set), theirs[index] ?? []));
      const verdicts = sets.reduce((sum, { connections }) => sum + connections.length, 0);
      return { verdicts, faults: verdicts === 0 ? ['the goldens have nobody who talks to anybody'] : await printed(differences) };
    },
    check: async (progress) => {
      const sets = drawn(Math.ceil(VERDICTS / CONNECTIONS_OF_A_SET));
      const differences: Difference[] = [];
      let [verdicts, allowed] = [0, 0];
      for (let start = 0; start < sets.length; start += BATCH) {
        const batch = sets.slice(start, start + BATCH);
        const theirs = await byCyclonus(batch);
        batch.forEach((set, index) => {
          const ours = byOurs(set);
          verdicts += ours.length;
          allowed += ours.filter((each) => each.out && each.in).length;
          differences.push(...differencesIn(set, ours, theirs[index] ?? []));
        });
        progress(`${verdicts.toLocaleString('en')} verdicts, ${differences.length} different`);
      }
      return { figure: { verdicts, allowed, different: differences.length, seed }, faults: await printed(differences) };
    },
  };
}

async function printed(differences: readonly Difference[]): Promise<string[]> {
  const shown = await Promise.all(differences.slice(0, PRINTED).map(smallest));
  return [...shown.map(rendered), ...(differences.length > PRINTED ? [`and ${differences.length - PRINTED} more verdicts are different`] : [])];
}

function rendered({ set: { namespaces, workloads, policies }, connection, ours, theirs }: Difference): string {
  const { source, destination, number, protocol } = connection;
  const said = ({ out, in: into }: Difference['ours']): string => `${out ? '' : 'not '}out, ${into ? '' : 'not '}in`;
  const concerned = workloads.filter((each) => [source, destination].some((end) => stringify(each).includes(`name: ${end.split('/')[1] ?? ''}\n`)));
  return [
    `${source} → ${destination} ${number}/${protocol}: we say ${said(ours)}; cyclonus says ${said(theirs)}`,
    ...[...namespaces, ...concerned, ...policies].map((each) => stringify(each).trimEnd()),
  ].join('\n---\n');
}
