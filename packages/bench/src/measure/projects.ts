import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkModules } from './toolchain.js';
import type { Workbench } from './workbench.js';

const PROGRAMS = fileURLToPath(new URL('../programs', import.meta.url));
const TEMPLATE = 'cdk8s-cli/templates/typescript-app';

const ENDS = {
  'our-app': `
import { App } from '@keelson/core';
import { Chart } from 'cdk8s';
const app = new App({ cluster: CLUSTER });
ourApp(new Chart(app, 'web-00001', { namespace: 'shop' }), 'web-00001');
app.synth();
`,
  'stock-app': `
import { App, Chart } from 'cdk8s';
const app = new App();
stockApp(new Chart(app, 'web-00001', { namespace: 'shop' }), 'web-00001');
app.synth();
`,
};

/** A repository of one app in TypeScript, in one file: as `cdk8s init typescript-app` makes it, or as an ES module. */
export function project(bench: Workbench, name: string, app: keyof typeof ENDS, form: 'template' | 'module'): string {
  const folder = bench.path(name);
  const template = join(bench.modules, TEMPLATE);
  mkdirSync(folder);
  linkModules(bench.modules, bench.tools, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...(form === 'module' ? { type: 'module' } : {}) }));
  for (const file of ['tsconfig.json', 'cdk8s.yaml']) cpSync(join(template, file), join(folder, file));
  // A project without generated imports.
  writeFileSync(join(folder, 'cdk8s.yaml'), readFileSync(join(template, 'cdk8s.yaml'), 'utf8').replace(/^imports:\n(?: .*\n?)*/m, ''));
  writeFileSync(join(folder, 'main.ts'), readFileSync(join(PROGRAMS, `${app}.ts`), 'utf8') + ENDS[app]);
  return folder;
}
