import { App } from '@keelson/core';
import { inCharts } from './charts.js';
import { CLUSTER, ourApp } from './our-app.js';
import { timed } from './phases.js';
import { runOf } from './run.js';

const run = runOf();
timed(() => {
  const app = new App({ cluster: CLUSTER, outdir: run.outdir });
  inCharts(app, run, ourApp);
  return () => app.synth();
});
