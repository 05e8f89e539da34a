import { join } from 'node:path';
import { App } from '@keelson/core';
import { clusters } from './clusters.ts';
import { shop } from './shop.ts';

const outdir = process.env.CDK8S_OUTDIR ?? 'dist';

for (const [name, cluster] of Object.entries(clusters)) {
  const app = new App({ cluster, outdir: join(outdir, name) });
  shop(app);
  app.synth();
}
