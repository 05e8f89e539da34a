import { compare, type Row } from '../report/row.js';
import { cachedBundles } from './cached-bundle.js';
import type { Figure } from './figure.js';
import { synthesize } from './workload.js';

export const oneApp: Figure = {
  id: 'G2',
  title: 'one app',
  measure: async bench => {
    const plain = await synthesize(bench, 1, 'chart-per-app');
    const against = 'the same app in cdk8s-plus-27';
    const rows: Row[] = [
      compare(plain('ours'), plain('stock'), { what: 'one app', against, goal: { atMost: 0.8 } }),
      compare(plain('ours'), plain('raw'), { what: 'one app', against: 'raw ApiObjects' }),
    ];
    const cached = await cachedBundles(bench);
    const results = await bench.inTurn([
      bench.contender('ours', cached.ours),
      bench.contender('stock bundled', cached.stock),
      bench.contender('stock', await bench.workload('stock', 1, 'chart-per-app')),
      bench.contender('empty', { args: [process.execPath, bench.program('empty')] }),
    ]);
    const of = (name: string) => results.get(name) ?? [];
    rows.push(
      compare(of('ours'), of('stock'), { what: 'one app, bundled, with a code cache', against, goal: { atMost: 0.5 } }),
      compare(of('ours'), of('stock bundled'), { what: 'one app, bundled, with a code cache', against: `${against}, bundled, with a code cache` }),
      compare(of('ours'), of('empty'), { what: 'one app, bundled, with a code cache', against: 'an empty program' }),
    );
    return rows;
  },
};
