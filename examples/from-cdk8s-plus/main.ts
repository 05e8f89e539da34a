import { join } from 'node:path';
import { App } from '@keelson/core';
import { after } from './after.ts';
import { clusters } from './clusters.ts';

const outdir = process.env.CDK8S_OUTDIR ?? 'dist';

for (const [name, cluster] of Object.entries(clusters)) {
  const app = new App({ cluster, outdir: join(outdir, name) });
  after(app);
  app.synth();
}
