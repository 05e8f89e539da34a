// npm run bench [-- --quick] [--only G1,G4] [--json FILE]: the figures of docs/performance.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FIGURES } from './figures/index.js';
import { stopRuns } from './measure/process-run.js';
import { Workbench } from './measure/workbench.js';
import { cells, table } from './report/table.js';
import { verdictOf, type FigureResult } from './report/row.js';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, json: { type: 'string' } },
});

async function main(): Promise<FigureResult[]> {
  const only = options.only?.split(',').map(id => id.trim().toUpperCase());
  const unknown = only?.filter(id => !FIGURES.some(figure => figure.id === id)) ?? [];
  if (unknown.length > 0) throw new Error(`no figure ${unknown.join(', ')}: there are ${FIGURES.map(({ id }) => id).join(', ')}`);
  const results: FigureResult[] = [];
  const bench = await Workbench.open({ quick: options.quick });
  const stop = () => {
    stopRuns();
    bench.close();
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  try {
    for (const { id, title, measure } of FIGURES.filter(figure => only?.includes(figure.id) ?? true)) {
      const start = performance.now();
      console.log(`${id} ${title} …`);
      try {
        const rows = await measure(bench);
        results.push({ id, title, rows });
        for (const row of rows) console.log(`   ${cells(id, row).slice(1).filter(cell => cell !== '').join(' | ')}`);
      } catch (error) {
        results.push({ id, title, rows: [], error: (error as Error).message });
        console.log(`   ERROR ${(error as Error).message}`);
      }
      console.log(`   ${((performance.now() - start) / 1000).toFixed(0)} s`);
    }
  } finally {
    bench.close();
  }
  return results;
}

const results = await main();
const json = resolve(process.env.INIT_CWD ?? '.', options.json ?? fileURLToPath(new URL('../results/last.json', import.meta.url)));
mkdirSync(dirname(json), { recursive: true });
writeFileSync(json, `${JSON.stringify({ figures: results }, null, 2)}\n`);
console.log(`\n${table(results)}\n\nwritten to ${json}`);
const errors = results.filter(({ error }) => error !== undefined).length;
const verdicts = results.flatMap(({ rows }) => rows).map(verdictOf);
const [met, missed] = [verdicts.filter(verdict => verdict === 'met').length, verdicts.filter(verdict => verdict === 'missed').length];
const [passed, failed] = options.quick ? [verdicts.length, errors] : [met, missed + errors];
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
