import { join } from 'node:path';
import type { EmitterTimes } from '../programs/emitter.js';
import { milliseconds } from '../report/table.js';
import type { Figure } from './figure.js';

export const emitter: Figure = {
  id: 'G8',
  title: 'YAML',
  measure: async bench => {
    const apps = bench.size(1000, 20);
    const files = await bench.documentsOf(apps);
    const path = join(bench.modules, '@keelson/core/lib/private/yaml-emitter.js');
    const { stdout } = await bench.mustRun({ args: [process.execPath, bench.program('emitter'), String(apps), 'chart-per-app', path, ...files] });
    const { ours, json, yaml, documents, megabytes } = JSON.parse(stdout) as EmitterTimes;
    const what = `${documents} documents as YAML, ${megabytes.toFixed(1)} MiB`;
    return [
      { what, against: 'JSON.stringify', ratio: ours / json, goal: { atMost: 1.7 }, note: `${milliseconds(ours)}, ${milliseconds(json)}; same process` },
      { what, against: 'the yaml package, same bytes', ratio: yaml / ours, goal: { atLeast: 25 }, note: `${milliseconds(ours)}, ${milliseconds(yaml)}; same process` },
    ];
  },
};
