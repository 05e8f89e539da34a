import { FIGURES } from './figures/index.js';
import { kubectlVersion } from './figures/g11-kustomize.js';
import { stopRuns } from './measure/process-run.js';
import { versionOf } from './measure/toolchain.js';
import { Workbench } from './measure/workbench.js';
import { load, machine, versions, type FigureResult, type Measurement } from './report/measurement.js';
import { cells } from './report/table.js';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Measures the figures one behind the other and says how far it is; what goes wrong in one ends only that one. */
export async function measureFigures(ids: readonly string[], quick: boolean): Promise<Measurement> {
  const facts = { measured: new Date().toISOString(), quick, machine: machine() };
  const bench = await Workbench.open({ quick });
  const stop = () => {
    stopRuns();
    bench.close();
    process.exit(130);
  };
  for (const signal of ENDING) process.once(signal, stop);
  const figures: FigureResult[] = [];
  let node22: string | undefined;
  try {
    node22 = bench.node22 === undefined ? undefined : versionOf(bench.node22).slice(1);
    for (const { id, title, measure } of FIGURES.filter(figure => ids.includes(figure.id))) {
      const start = performance.now();
      const head = { id, title, measured: new Date().toISOString(), load: load() };
      console.log(`${id}: ${title}`);
      const rows = await measure(bench).catch((error: Error) => error);
      const result: FigureResult = rows instanceof Error ? { ...head, rows: [], error: rows.message } : { ...head, rows };
      figures.push(result);
      if (result.error !== undefined) console.log(`  ERROR ${result.error}`);
      for (const row of result.rows) console.log(`  ${cells(id, row, quick).slice(1).filter(cell => cell !== '').join(' | ')}`);
      console.log(`  ${((performance.now() - start) / 1000).toFixed(0)} s`);
    }
  } finally {
    for (const signal of ENDING) process.off(signal, stop);
    bench.close();
  }
  return { ...facts, versions: { ...versions(), 'Node of G3': node22, 'kubectl': kubectlVersion() }, figures };
}
