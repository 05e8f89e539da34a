import { compare } from '../report/row.js';
import type { Figure } from './figure.js';
import { synthesize } from './workload.js';

export const manyApps: Figure = {
  id: 'G4',
  title: '1,000 apps',
  measure: async bench => {
    const apps = bench.size(1000, 20);
    const perApp = await synthesize(bench, ['ours', 'stock', 'raw'], apps, 'chart-per-app');
    const what = `${apps} apps, a chart each`;
    const oneChart = await synthesize(bench, ['ours', 'stock', 'raw'], apps, 'one-chart');
    return [
      compare(perApp('ours'), perApp('stock'), { what, against: 'stock', goal: { atLeast: 40 } }),
      compare(perApp('ours'), perApp('stock'), { what: `${what}: peak memory`, against: 'stock', goal: { atMost: 0.4 }, memory: true }),
      compare(perApp('ours'), perApp('raw'), { what, against: 'raw ApiObjects' }),
      compare(oneChart('ours'), oneChart('stock'), { what: `${apps} apps in one chart`, against: 'stock', goal: { atLeast: 6.5 } }),
      compare(oneChart('ours'), oneChart('raw'), { what: `${apps} apps in one chart`, against: 'raw ApiObjects' }),
    ];
  },
};
