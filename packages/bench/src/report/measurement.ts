import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { verdictOf, type Row } from './row.js';

/** What one figure came to. */
export interface FigureResult {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
  /** Why it could not be measured, or what came out wrong. */
  readonly error?: string;
  /** When it was begun. */
  readonly measured?: string;
  /** How busy the machine was then. */
  readonly load?: number;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
}

/** All that one run of the benchmark found: the content of docs/performance.json. */
export interface Measurement {
  readonly measured: string;
  readonly quick: boolean;
  readonly machine: Machine;
  /** By name; none where there was no such program. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly figures: readonly FigureResult[];
}

const PACKAGES = ['cdk8s', 'constructs', 'cdk8s-plus-27', 'cdk8s-cli', 'yaml'];

/** This machine, as it is now. */
export function machine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown', cores: all.length, memoryGiB: Math.round(totalmem() / 2 ** 30), system: `${type()} ${release().split('-', 1)[0] ?? ''}`,
  };
}

/** How busy the machine is. */
export function load(): number {
  const [now = 0] = loadavg();
  return Math.round(now * 10) / 10;
}

/** A run of some figures, and the others as they were measured before with the same versions on the same machine. */
export function together(now: Measurement, before: Measurement | undefined, order: readonly string[]): Measurement {
  const conditions = ({ quick, machine: on, versions: of }: Measurement) => [quick, on, of];
  const same = before !== undefined && isDeepStrictEqual(conditions(before), conditions(now));
  const kept = same ? before.figures.filter(({ id }) => !now.figures.some(figure => figure.id === id)) : [];
  return { ...now, figures: [...now.figures, ...kept].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) };
}

/** Versions of this Node and of the packages that are measured. */
export function versions(): Record<string, string> {
  const load = createRequire(import.meta.url);
  const packages = PACKAGES.map(name => [name, (load(`${name}/package.json`) as { version: string }).version]);
  return { Node: process.versions.node, ...Object.fromEntries(packages) as Record<string, string> };
}

/** What counts: goals met and missed; in a smoke run, whose times say nothing, rows that came about. Errors always. */
export function counts({ figures, quick }: Pick<Measurement, 'figures' | 'quick'>): { passed: number; failed: number } {
  const errors = figures.filter(({ error }) => error !== undefined).length;
  const verdicts = figures.flatMap(({ rows }) => rows).map(verdictOf);
  const of = (wanted: string) => verdicts.filter(verdict => verdict === wanted).length;
  return quick ? { passed: verdicts.length, failed: errors } : { passed: of('met'), failed: of('missed') + errors };
}
