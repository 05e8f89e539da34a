import { compare } from '../report/row.js';
import { apps } from '../report/table.js';
import type { Figure } from './figure.js';
import { synthesize } from './workload.js';

export const floor: Figure = {
  id: 'G7',
  title: 'the floor: object literals, JSON.stringify, write',
  measure: async bench => {
    const count = bench.size(3000, 20);
    const oneChart = await synthesize(bench, count, 'one-chart', ['ours', 'floor']);
    const perApp = await synthesize(bench, count, 'chart-per-app', ['ours', 'floor']);
    const against = 'the same objects without constructs';
    return [
      compare(oneChart('ours'), oneChart('floor'), { what: `${apps(count)} in one chart`, against, goal: { atMost: 2 } }),
      compare(perApp('ours'), perApp('floor'), { what: `${apps(count)}, a chart each`, against }),
    ];
  },
};
