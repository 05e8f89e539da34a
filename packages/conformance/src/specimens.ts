import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseManifests, type JsonObject } from '@keelson/testing';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The committed output of an example, and the Kubernetes version that it is made for. */
const GOLDENS: readonly [string, string][] = [
  ['examples/storefront/dist/gateway-1.27', '1.27'],
  ['examples/storefront/dist/ingress-1.27', '1.27'],
  ['examples/storefront/dist/gateway-1.36', '1.36'],
  ['examples/storefront/dist/ingress-1.36', '1.36'],
];

/** A folder of manifests that one cluster takes. */
export interface Specimen {
  readonly title: string;
  readonly version: string;
  readonly files: string[];
  readonly objects: JsonObject[];
}

/** The goldens, or what is named on the command line: `FOLDER=VERSION`. */
export function specimens(named: readonly string[]): Specimen[] {
  const pairs = named.length === 0
    ? GOLDENS.map(([folder, version]): [string, string] => [join(ROOT, folder), version])
    : named.map((each): [string, string] => [resolve(each.replace(/=[^=]*$/, '')), each.slice(each.lastIndexOf('=') + 1)]);
  return pairs.map(([folder, version]) => {
    const files = manifestsIn(folder);
    const objects = files.flatMap((file) => parseManifests(readFileSync(file, 'utf8')));
    if (objects.length === 0) throw new Error(`no manifests in ${folder}: run 'npm run synth', or name folders as FOLDER=VERSION`);
    return { title: basename(folder), version, files, objects };
  });
}

function manifestsIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.ya?ml$/.test(name)).sort().map((name) => join(folder, name));
}
