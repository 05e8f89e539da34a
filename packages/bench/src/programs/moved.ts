import { App } from '@keelson/core';
import { inCharts } from './charts.js';
import { timed } from './phases.js';
import { runOf } from './run.js';
import { stockApp } from './stock-app.js';

// The program of cdk8s-plus-27, unchanged but for where its App comes from.
const run = runOf();
timed(() => {
  const app = new App({ outdir: run.outdir });
  inCharts(app, run, stockApp);
  return () => app.synth();
});
