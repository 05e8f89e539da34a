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

/** Writes docs/performance.* from a run that is no smoke run. */
export async function publish(json: string, docs: string): Promise<void> {
  const measurement = JSON.parse(readFileSync(json, 'utf8')) as Measurement;
  if (measurement.quick) throw new Error(`the documentation shows no smoke runs, which ${json} is`);
  for (const [file, text] of Object.entries(await documentation(measurement))) writeFileSync(join(docs, file), text);
}
