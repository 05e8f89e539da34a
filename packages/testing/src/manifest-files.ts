import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifests, type JsonObject } from './manifest.js';

/** The objects of all YAML and JSON files of a folder and of those in it, in the order of their paths. */
export function readManifests(folder: string): JsonObject[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  if (files.length === 0) throw new Error(`there are no manifests in '${folder}'`);
  return files.flatMap((name) => parseManifests(readFileSync(join(folder, name), 'utf8')));
}
