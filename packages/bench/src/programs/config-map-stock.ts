import { App, Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { keysOf } from './config-map-keys.js';
import { timed } from './phases.js';

const [keys = '', outdir] = process.argv.slice(2);
timed(() => {
  const app = new App({ outdir });
  new ConfigMap(new Chart(app, 'chart'), 'config', { metadata: { name: 'config' }, data: keysOf(Number(keys)), immutable: false });
  return () => app.synth();
});
