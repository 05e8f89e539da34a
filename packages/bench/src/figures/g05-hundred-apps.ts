import { compare } from '../report/row.js';
import { apps } from '../report/table.js';
import type { Figure } from './figure.js';
import { synthesize } from './workload.js';

export const hundredApps: Figure = {
  id: 'G5',
  title: '100 apps, and cdk8s-plus-27 on our App',
  measure: async bench => {
    const [some, many] = [bench.size(100, 10), bench.size(1000, 20)];
    const of100 = await synthesize(bench, some, 'chart-per-app');
    const of1000 = await synthesize(bench, many, 'chart-per-app');
    const moved = (count: number) => ({ what: `${apps(count)} of cdk8s-plus-27 on our App`, against: 'on cdk8s.App' });
    return [
      compare(of100('ours'), of100('stock'), { what: `${apps(some)}, a chart each`, against: 'cdk8s-plus-27', goal: { atLeast: 3 } }),
      compare(of100('moved'), of100('stock'), { ...moved(some), goal: { atLeast: 1.8 } }),
      compare(of1000('moved'), of1000('stock'), { ...moved(many), goal: { atLeast: 12 } }),
    ];
  },
};
