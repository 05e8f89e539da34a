import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIGURES } from '../figures/index.js';
import { chart } from './chart.js';
import type { Measurement } from './measurement.js';
import { page } from './page.js';
import type { Cost } from './row.js';

/** The files of docs that a measurement makes, by name. */
export async function documentation(measurement: Measurement): Promise<Record<string, string>> {
  return {
    'performance.json': `${JSON.stringify(measurement, null, 1)}\n`,
    'performance.md': page(measurement),
    'performance.svg': await chart(measurement),
  };
}

const FEWEST_RUNS = 3;

/** Why a run isn't one to be shown; undefined where it is. */
export function lacks({ quick, figures }: Measurement): string | undefined {
  if (quick) return 'a smoke run';
  const missing = FIGURES.map(({ id }) => id).filter(id => !figures.some(figure => figure.id === id && figure.error === undefined));
  if (missing.length > 0) return `without ${missing.join(', ')}`;
  const isFew = (cost: Cost | undefined) => cost !== undefined && cost.runs < FEWEST_RUNS;
  // what is compared with nothing is no ratio of times
  const few = figures.find(({ rows }) => rows.some(({ goal, cost, reference }) => goal !== undefined && reference !== undefined
    && (isFew(cost) || isFew(reference))));
  return few === undefined ? undefined : `one of fewer than ${FEWEST_RUNS} runs in ${few.id}`;
}

/** Writes docs/performance.* from a run of all figures. */
export async function publish(json: string, docs: string): Promise<void> {
  const measurement = JSON.parse(readFileSync(json, 'utf8')) as Measurement;
  const lacking = lacks(measurement);
  if (lacking !== undefined) throw new Error(`the documentation shows whole runs, and ${json} is ${lacking}`);
  for (const [file, text] of Object.entries(await documentation(measurement))) writeFileSync(join(docs, file), text);
}
