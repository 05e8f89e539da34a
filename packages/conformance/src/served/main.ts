// npm run api-resources -w @keelson/conformance: writes the resources that rules of roles can name, as API servers serve them.
import { readFileSync, writeFileSync } from 'node:fs';
import { binariesOf } from '../control-plane/binaries.js';
import { ControlPlane } from '../control-plane/control-plane.js';
import { VERSIONS } from '../control-plane/versions.js';
import { known, lineOf } from './constants.js';
import { discovered, type ServedResource } from './discovery.js';

const SOURCE = new URL('../../../core/src/api-resource.ts', import.meta.url);
const MARKED = /(?<=\/\/ as served[^\n]*\n)[\s\S]*?(?= *\/\/ end\n)/;

const byVersion = new Map<string, ServedResource[]>();
const binaries = await binariesOf([...new Set(VERSIONS.map(({ built }) => built))], (text) => { console.log(text); });
try {
  for (const version of VERSIONS) {
    const programs = binaries.get(version.built);
    if (programs === undefined) throw new Error(`no programs of ${version.built}`);
    const plane = await ControlPlane.start(version, programs);
    byVersion.set(version.name, await discovered(plane.client));
    await plane.stop();
  }
} finally {
  await ControlPlane.stopAll();
}
const lines = known(byVersion).map(lineOf);
writeFileSync(SOURCE, readFileSync(SOURCE, 'utf8').replace(MARKED, `${lines.join('\n')}\n`));
console.log(`${lines.length} resources`);
