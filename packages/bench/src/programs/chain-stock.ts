import { App } from 'cdk8s';
import { chain } from './chain-app.js';
import { timed } from './phases.js';

const [charts = '', order, outdir] = process.argv.slice(2);
timed(() => {
  const app = new App({ outdir });
  chain(app, Number(charts), order === 'dependent');
  return () => app.synth();
});
