import { join } from 'node:path';
import { project } from '../measure/projects.js';
import { pathWith, versionOf } from '../measure/toolchain.js';
import { compare } from '../report/row.js';
import { cachedBundles } from './cached-bundle.js';
import type { Figure } from './figure.js';

export const fromSource: Figure = {
  id: 'G3',
  title: 'one app from TypeScript source',
  measure: async bench => {
    const node = bench.node22;
    const goals = [{ what: 'node main.ts', goal: { atMost: 0.1 } }, { what: 'prebuilt: bundle and code cache', goal: { atMost: 0.035 } }];
    const against = 'npx cdk8s synth, cdk8s-plus-27';
    if (node === undefined) return goals.map(row => ({ ...row, against, note: 'needs Node 22.18 or newer' }));
    const env = pathWith(node);
    const folders = {
      stock: project(bench, 'stock-project', 'stock-app', 'template'),
      same: project(bench, 'same-project', 'our-app', 'template'),
      ours: project(bench, 'our-project', 'our-app', 'module'),
    };
    const in_ = (cwd: string, ...args: string[]) => ({ cwd, env, args, outdir: join(cwd, 'dist') });
    const { oursOn22 } = await cachedBundles(bench);
    const results = await bench.inTurn([
      bench.contender('node', in_(folders.ours, node, 'main.ts')),
      bench.contender('tsx', in_(folders.ours, node, '--import', 'tsx', 'main.ts')),
      ...(oursOn22 === undefined ? [] : [bench.contender('prebuilt', oursOn22)]),
      bench.contender('stock', in_(folders.stock, 'npx', 'cdk8s', 'synth')),
      bench.contender('same', in_(folders.same, 'npx', 'cdk8s', 'synth')),
    ]);
    const of = (name: string) => results.get(name) ?? [];
    const note = `Node ${versionOf(node)}`;
    return [
      compare(of('node'), of('stock'), { what: 'node main.ts', against, goal: { atMost: 0.1 }, note }),
      compare(of('tsx'), of('stock'), { what: 'node --import tsx main.ts', against, note }),
      compare(of('prebuilt'), of('stock'), { what: 'prebuilt: bundle and code cache', against, goal: { atMost: 0.035 }, note }),
      compare(of('node'), of('same'), { what: 'node main.ts', against: 'npx cdk8s synth, the same program', note }),
    ];
  },
};
