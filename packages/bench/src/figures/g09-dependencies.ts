import { isDeepStrictEqual } from 'node:util';
import { textsOf } from '../measure/our-documents.js';
import { compare } from '../report/row.js';
import type { Figure } from './figure.js';

export const dependencies: Figure = {
  id: 'G9',
  title: 'charts that depend on each other',
  measure: async bench => {
    const outdir = bench.path('out', 'chain');
    const command = (program: string, charts: number, order: string, folder = outdir) => ({
      args: [process.execPath, bench.program(program), String(charts), order, folder], outdir: folder,
    });
    const [short, long] = [bench.size(9, 6), bench.size(100, 10)];
    const stock = await bench.inTurn(['ours', 'stock'].map(app => bench.contender(app, command(`chain-${app}`, short, 'dependent', bench.path('out', app)))));
    if ((stock.get('stock') ?? []).length > 0 && !isDeepStrictEqual(textsOf(bench.path('out', 'ours')), textsOf(bench.path('out', 'stock')))) {
      throw new Error('a chain of charts: other files than cdk8s writes');
    }
    const web = await bench.inTurn(['dependent', 'free'].map(order => bench.contender(order, command('chain-web', long, order))));
    return [
      compare(stock.get('ours') ?? [], stock.get('stock') ?? [], {
        what: `chain of ${short} charts of 9 ApiObjects`, against: 'cdk8s.App, same files', goal: { atLeast: 200 },
      }),
      compare(web.get('dependent') ?? [], web.get('free') ?? [], {
        what: `chain of ${long} charts, an app each`, against: 'the same without dependencies', goal: { atMost: 1.15 },
      }),
    ];
  },
};
