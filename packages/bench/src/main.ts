// npm run bench [-- --quick] [--only G1,G4] [--json FILE] [--docs]: the figures of docs/performance.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FIGURES } from './figures/index.js';
import { measureFigures } from './measure-figures.js';
import { counts, together, type Measurement } from './report/measurement.js';
import { table } from './report/table.js';

const IDS = FIGURES.map(({ id }) => id);
const DOCS = fileURLToPath(new URL('../../../docs', import.meta.url));

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false }, only: { type: 'string' }, json: { type: 'string' }, docs: { type: 'boolean', default: false },
    },
  });
  // npm runs scripts in the folder of their package, and says where it was started.
  const json = options.json === undefined
    ? fileURLToPath(new URL(`../results/${options.quick ? 'quick' : 'last'}.json`, import.meta.url))
    : resolve(process.env.INIT_CWD ?? '.', options.json);
  if (options.docs) {
    // Only here: drawing takes long to load.
    const { publish } = await import('./report/publish.js');
    await publish(json, DOCS);
    console.log('docs/performance.md, docs/performance.svg and docs/performance.json written');
    return;
  }
  const ids = options.only?.split(',').map(id => id.trim().toUpperCase()) ?? IDS;
  const unknown = ids.filter(id => !IDS.includes(id));
  if (unknown.length > 0) throw new Error(`no figure ${unknown.join(', ')}: there are ${IDS.join(', ')}`);

  const measured = await measureFigures(ids, options.quick);
  const before = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) as Measurement : undefined;
  const measurement = options.only === undefined ? measured : together(measured, before, IDS);
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(measurement, null, 1)}\n`);
  const { passed, failed } = counts(measured);
  console.log(`\n${table(measured.figures, options.quick)}\n\nwritten to ${json}\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
