// What synth says on a cluster whose gateway can't say all of the shop: `npm run refusal` writes it to refusal.txt.
import { App } from '@keelson/core';
import { standard } from './clusters.ts';
import { shop } from './shop.ts';

const app = new App({ cluster: standard, outdir: 'refused' });
shop(app);
try {
  app.synth();
} catch (error) {
  console.log((error as Error).message);
}
