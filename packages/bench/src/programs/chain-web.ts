import { App } from '@keelson/core';
import { Chart } from 'cdk8s';
import { NAMESPACE } from './charts.js';
import { CLUSTER, ourApp } from './our-app.js';
import { timed } from './phases.js';
import { appId } from './run.js';

// Charts of a web app each, each behind the one before it: `node program.cjs CHARTS dependent|free OUTDIR`.
const [charts = '', order, outdir] = process.argv.slice(2);
timed(() => {
  const app = new App({ cluster: CLUSTER, outdir });
  let before: Chart | undefined;
  for (let i = 1; i <= Number(charts); i++) {
    const chart = new Chart(app, appId(i), { namespace: NAMESPACE });
    ourApp(chart, appId(i));
    if (order === 'dependent' && before !== undefined) chart.addDependency(before);
    before = chart;
  }
  return () => app.synth();
});
