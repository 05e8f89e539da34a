import { kindsOf } from '../measure/our-documents.js';
import type { ProcessRun } from '../measure/process-run.js';
import { median, pairedRatio } from '../measure/statistics.js';
import { phasesOf } from '../measure/workbench.js';
import { costOf } from '../report/row.js';
import { apps, number } from '../report/table.js';
import type { Figure } from './figure.js';
import { OBJECTS_PER_APP } from './workload.js';

export const growth: Figure = {
  id: 'G6',
  title: 'growth',
  measure: async bench => {
    const sizes = [1, bench.size(1000, 10), bench.size(10_000, 100)] as const;
    const contenders = await Promise.all(sizes.map(async size => bench.contender(String(size), await bench.workload('ours', size, 'chart-per-app'))));
    const results = await bench.inTurn(contenders);
    const [one = [], some = [], many = []] = sizes.map(size => results.get(String(size)) ?? []);
    const grown = (of: (run: ProcessRun) => number) => {
      const lessOne = (runs: ProcessRun[]) => runs.map((run, i) => of(run) - of(one[i] ?? run));
      return pairedRatio(lessOne(many), lessOne(some));
    };
    const perObject = median(many.map(run => phasesOf(run).written - phasesOf(run).loaded)) / (sizes[2] * OBJECTS_PER_APP) * 1000;

    const largest = bench.size(20_000, 100);
    const command = await bench.workload('ours', largest, 'one-chart');
    const run = await bench.mustRun(command);
    const objects = Object.values(kindsOf(bench.path('out', 'ours'))).reduce((sum, count) => sum + count, 0);
    if (objects !== largest * OBJECTS_PER_APP) throw new Error(`${objects} objects were written, not ${largest * OBJECTS_PER_APP}`);
    bench.clear('out', 'ours');
    return [
      {
        what: `${apps(sizes[2])} less one`, cost: costOf(many), against: `${apps(sizes[1])} less one`, reference: costOf(some),
        ratio: grown(({ wallMs }) => wallMs), cpuRatio: grown(({ cpuMs }) => cpuMs), goal: { atMost: 10.5 }, note: `${number(perObject)} µs per object`,
      },
      {
        what: 'objects written, of one chart', cost: costOf([run]), against: `${apps(largest)} of 9`, ratio: objects,
        goal: { atLeast: bench.size(180_000, 900) },
      },
    ];
  },
};
