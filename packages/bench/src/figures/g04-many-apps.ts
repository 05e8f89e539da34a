import { compare } from '../report/row.js';
import { apps } from '../report/table.js';
import type { Figure } from './figure.js';
import { synthesize } from './workload.js';

export const manyApps: Figure = {
  id: 'G4',
  title: '1,000 apps',
  measure: async bench => {
    const count = bench.size(1000, 20);
    const perApp = await synthesize(bench, count, 'chart-per-app');
    const oneChart = await synthesize(bench, count, 'one-chart');
    const [what, inOne] = [`${apps(count)}, a chart each`, `${apps(count)} in one chart`];
    return [
      compare(perApp('ours'), perApp('stock'), { what, against: 'cdk8s-plus-27', goal: { atLeast: 40 } }),
      compare(perApp('ours'), perApp('stock'), { what: `${what}: peak memory`, against: 'cdk8s-plus-27', goal: { atMost: 0.4 }, memory: true }),
      compare(perApp('ours'), perApp('raw'), { what, against: 'raw ApiObjects', faster: true }),
      compare(oneChart('ours'), oneChart('stock'), { what: inOne, against: 'cdk8s-plus-27', goal: { atLeast: 6.5 } }),
      compare(oneChart('ours'), oneChart('raw'), { what: inOne, against: 'raw ApiObjects', faster: true }),
    ];
  },
};
