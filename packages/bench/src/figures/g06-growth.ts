import { phasesOf } from '../measure/workbench.js';
import { median } from '../measure/statistics.js';
import { costOf } from '../report/row.js';
import { milliseconds, number } from '../report/table.js';
import type { Figure } from './figure.js';
import { OBJECTS_PER_APP } from './workload.js';
import { kindsOf } from '../measure/our-documents.js';

export const growth: Figure = {
  id: 'G6',
  title: 'growth',
  measure: async bench => {
    const sizes = [1, bench.size(1000, 10), bench.size(10_000, 100)] as const;
    const contenders = await Promise.all(sizes.map(async size => bench.contender(String(size), await bench.workload('ours', size, 'chart-per-app'))));
    const results = await bench.inTurn(contenders);
    const [one = [], some = [], many = []] = sizes.map(size => results.get(String(size)) ?? []);
    const ratios = many.map(({ wallMs }, i) => (wallMs - (one[i]?.wallMs ?? NaN)) / ((some[i]?.wallMs ?? NaN) - (one[i]?.wallMs ?? NaN)));
    const cpuRatios = many.map(({ cpuMs }, i) => (cpuMs - (one[i]?.cpuMs ?? NaN)) / ((some[i]?.cpuMs ?? NaN) - (one[i]?.cpuMs ?? NaN)));
    const perObject = median(many.map(run => phasesOf(run).written - phasesOf(run).loaded)) / (sizes[2] * OBJECTS_PER_APP) * 1000;

    const largest = bench.size(20_000, 100);
    const command = await bench.workload('ours', largest, 'one-chart');
    const run = await bench.mustRun(command);
    const objects = Object.values(kindsOf(bench.path('out', 'ours'))).reduce((sum, count) => sum + count, 0);
    if (objects !== largest * OBJECTS_PER_APP) throw new Error(`${objects} objects were written, not ${largest * OBJECTS_PER_APP}`);
    bench.clear('out', 'ours');
    return [
      {
        what: `${sizes[2]} apps less one app`, cost: costOf(many), against: `${sizes[1]} apps less one app`, reference: costOf(some),
        ratio: median(ratios), cpuRatio: median(cpuRatios), goal: { atMost: 10.5 }, note: `${number(perObject)} µs per object`,
      },
      {
        what: `${objects} objects in one file`, cost: costOf([run]), against: 'written without a crash', ratio: 1, goal: { atLeast: 1 },
        note: milliseconds(run.wallMs),
      },
    ];
  },
};
