import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart } from './chart.js';
import type { Measurement } from './measurement.js';
import { page } from './page.js';

/** The files of docs that a measurement makes, by name. */
export async function documentation(measurement: Measurement): Promise<Record<string, string>> {
  return {
    'performance.json': `${JSON.stringify(measurement, null, 1)}\n`,
    'performance.md': page(measurement),
    'performance.svg': await chart(measurement),
  };
}

/** Writes docs/performance.* from a full run. */
export async function publish(json: string, docs: string, figures: readonly string[]): Promise<void> {
  const measurement = JSON.parse(readFileSync(json, 'utf8')) as Measurement;
  const missing = figures.filter(id => !measurement.figures.some(figure => figure.id === id));
  if (measurement.quick || missing.length > 0) {
    throw new Error(`the documentation shows full runs only: ${json} is ${measurement.quick ? 'a smoke run' : `without ${missing.join(', ')}`}`);
  }
  for (const [file, text] of Object.entries(await documentation(measurement))) writeFileSync(join(docs, file), text);
}
