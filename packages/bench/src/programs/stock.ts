import { App } from 'cdk8s';
import { inCharts } from './charts.js';
import { timed } from './phases.js';
import { runOf } from './run.js';
import { stockApp } from './stock-app.js';

const run = runOf();
timed(() => {
  const app = new App({ outdir: run.outdir });
  inCharts(app, run, stockApp);
  return () => app.synth();
});
