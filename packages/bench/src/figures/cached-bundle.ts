import type { Command } from '../measure/process-run.js';
import type { Workbench } from '../measure/workbench.js';

/** One app by a bundle of one file whose compiled code is cached: ours and stock on this Node, and ours on Node 22 where there is one. */
export interface CachedBundles {
  readonly ours: Command;
  readonly stock: Command;
  readonly oursOn22?: Command;
}

/** Makes the bundles, and the caches by a first run. */
export function cachedBundles(bench: Workbench): Promise<CachedBundles> {
  return bench.once('cached bundles', async () => {
    const of = async (program: string): Promise<Command> => {
      const outdir = bench.path('out', `${program}-bundle`);
      return { args: [process.execPath, bench.program('cached'), await bench.bundle(program), '1', 'chart-per-app', outdir], outdir };
    };
    const [ours, stock] = [await of('ours'), await of('stock')];
    const node = bench.node22;
    const outdir = bench.path('out', 'ours-bundle-22');
    const oursOn22: Command | undefined = node === undefined ? undefined : {
      args: [node, await bench.bundle('ours'), '1', 'chart-per-app', outdir], outdir, env: { NODE_COMPILE_CACHE: bench.path('compile-cache') },
    };
    for (const command of [ours, stock, oursOn22]) {
      if (command !== undefined) await bench.mustRun(command);
    }
    return { ours, stock, oursOn22 };
  });
}
