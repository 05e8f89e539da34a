import { ApiObject, App, Chart } from 'cdk8s';
import { documentsOf, eachDocument } from './documents.js';
import { timed } from './phases.js';
import { runOf } from './run.js';

// The very documents of our web apps as plain `ApiObject`s: no defaults, no checks, nothing to decide.
const run = runOf();
timed(() => {
  const app = new App({ outdir: run.outdir });
  const charts = new Map<string, Chart>();
  eachDocument(run, documentsOf(), (id, file, document, i) => {
    let chart = charts.get(file);
    if (chart === undefined) charts.set(file, chart = new Chart(app, file));
    new ApiObject(chart, `${id}-${document.kind}-${i}`, document);
  });
  return () => app.synth();
});
