import { LIMIT_MS, type ProcessRun } from '../measure/process-run.js';
import { median, pairedRatio } from '../measure/statistics.js';

/** Medians over the runs of one contender. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB?: number;
  readonly runs: number;
}

/** What a ratio must be; exactly one of them. */
export interface Goal {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One line of the report: a thing, what it is measured against, and their ratio. */
export interface Row {
  readonly what: string;
  readonly against: string;
  readonly cost?: Cost;
  readonly reference?: Cost;
  /** For `atMost` what is measured over what it is measured against, for `atLeast` the other way round. */
  readonly ratio?: number;
  /** That the ratio is at least as good as that, since what it is measured against was stopped at the limit. */
  readonly bound?: boolean;
  /** The same of processor time, which a busy machine falsifies less. */
  readonly cpuRatio?: number;
  readonly goal?: Goal;
  readonly note?: string;
  /** How many apps, where rows differ by nothing else. */
  readonly apps?: number;
}

export type Verdict = 'met' | 'missed' | 'not measured' | 'reported';

export function verdictOf({ goal, ratio, bound = false }: Row): Verdict {
  if (goal === undefined) return ratio === undefined ? 'not measured' : 'reported';
  if (ratio === undefined) return 'not measured';
  const met = (goal.atMost === undefined || ratio <= goal.atMost) && (goal.atLeast === undefined || ratio >= goal.atLeast);
  if (met) return 'met';
  return bound ? 'not measured' : 'missed';
}

export function costOf(runs: readonly ProcessRun[]): Cost | undefined {
  if (runs.length === 0) return undefined;
  const peaks = runs.flatMap(({ peakMiB }) => (peakMiB === undefined ? [] : [peakMiB]));
  return {
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    peakMiB: peaks.length === 0 ? undefined : median(peaks),
    runs: runs.length,
  };
}

export interface Compared {
  readonly what: string;
  readonly against: string;
  readonly goal?: Goal;
  /** The ratio says how many times faster it is; with a goal, that decides. */
  readonly faster?: boolean;
  /** Compare peak memory, not time. */
  readonly memory?: boolean;
  readonly note?: string;
}

/** Compares two contenders that were run in turn. Fails where what is measured took longer than the limit. */
export function compare(
  runs: readonly ProcessRun[], reference: readonly ProcessRun[], { memory = false, faster: wanted = false, ...row }: Compared,
): Row {
  const [cost, referenceCost] = [costOf(runs), costOf(reference)];
  const faster = row.goal === undefined ? wanted : row.goal.atLeast !== undefined;
  const [over, under] = faster ? [reference, runs] : [runs, reference];
  const ratio = (of: (run: ProcessRun) => number) => pairedRatio(over.map(of), under.map(of));
  if (cost === undefined) throw new Error(`${row.what} takes over ${LIMIT_MS / 1000} s`);
  if (referenceCost === undefined) {
    const stopped = { ...row, cost, note: `${row.against} takes over ${LIMIT_MS / 1000} s` };
    return memory ? stopped : { ...stopped, ratio: faster ? LIMIT_MS / cost.wallMs : cost.wallMs / LIMIT_MS, bound: true };
  }
  return memory
    ? { ...row, cost, reference: referenceCost, ratio: ratio(({ peakMiB = NaN }) => peakMiB) }
    : { ...row, cost, reference: referenceCost, ratio: ratio(({ wallMs }) => wallMs), cpuRatio: ratio(({ cpuMs }) => cpuMs) };
}
