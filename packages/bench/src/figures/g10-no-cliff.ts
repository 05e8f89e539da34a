import type { ProcessRun } from '../measure/process-run.js';
import { median, pairedRatio } from '../measure/statistics.js';
import { costOf } from '../report/row.js';
import { milliseconds, number } from '../report/table.js';
import type { Figure } from './figure.js';
import { OBJECTS_PER_APP, work } from './workload.js';

export const noCliff: Figure = {
  id: 'G10',
  title: 'no cliff',
  measure: async bench => {
    const sizes = [bench.size(5000, 50), bench.size(500, 10)];
    const contender = async (size: number) => bench.contender(String(size), await bench.workload('ours', size, 'chart-per-app'));
    const hosts = await bench.inTurn(await Promise.all(sizes.map(contender)));
    const [many = [], few = []] = sizes.map(size => hosts.get(String(size)) ?? []);
    const perObject = (runs: ProcessRun[], size = NaN) => runs.map(run => work(run) / (size * OBJECTS_PER_APP) * 1000);
    const [ofMany, ofFew] = [perObject(many, sizes[0]), perObject(few, sizes[1])];

    const keys = bench.size(10_000, 1000);
    const maps = await bench.inTurn(['ours', 'stock'].map(which => {
      const outdir = bench.path('out', which);
      return bench.contender(which, { args: [process.execPath, bench.program(`config-map-${which}`), String(keys), outdir], outdir });
    }));
    const [ours = [], stock = []] = [maps.get('ours'), maps.get('stock')];
    return [
      {
        what: `${sizes[0]?.toLocaleString('en-US')} hosts, per object`, cost: costOf(many), against: `${sizes[1]} hosts, per object`, reference: costOf(few),
        ratio: pairedRatio(ofMany, ofFew), goal: { atMost: 1.15 }, note: `${number(median(ofMany))} and ${number(median(ofFew))} µs, without loading`,
      },
      {
        what: `a ConfigMap of ${keys.toLocaleString('en-US')} keys`, cost: costOf(ours), against: 'cdk8s-plus-27', reference: costOf(stock),
        ratio: pairedRatio(ours.map(work), stock.map(work)), goal: { atMost: 0.002 },
        note: `${milliseconds(median(ours.map(work)))} and ${milliseconds(median(stock.map(work)))}, without loading`,
      },
    ];
  },
};
