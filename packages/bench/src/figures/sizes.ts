import { compare, type Row } from '../report/row.js';
import { NAMES } from '../report/series.js';
import type { Figure } from './figure.js';
import { ALL, synthesize } from './workload.js';

/** All sizes, without goals: what the chart of docs/performance.md shows. */
export const sizes: Figure = {
  id: 'SIZES',
  title: 'from 1 to 10,000 apps',
  measure: async bench => {
    const rows: Row[] = [];
    for (const layout of ['chart-per-app', 'one-chart'] as const) {
      for (const apps of bench.quick ? [1, 10, 20] : [1, 10, 100, 1000, 10_000]) {
        const runs = await synthesize(bench, apps, layout, ALL, apps > 1000 ? 1 : undefined);
        for (const program of ALL.filter(each => each !== 'ours')) {
          rows.push({ ...compare(runs('ours'), runs(program), { what: layout, against: NAMES[program], faster: true }), apps });
        }
      }
    }
    return rows;
  },
};
