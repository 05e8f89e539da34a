import { App, ConfigMap } from '@keelson/core';
import { Chart } from 'cdk8s';
import { keysOf } from './config-map-keys.js';
import { timed } from './phases.js';

const [keys = '', outdir] = process.argv.slice(2);
timed(() => {
  const app = new App({ outdir });
  new ConfigMap(new Chart(app, 'chart'), 'config', { data: keysOf(Number(keys)) });
  return () => app.synth();
});
