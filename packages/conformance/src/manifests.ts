import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseManifests, type JsonObject } from '@keelson/testing';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const RELEASED = fileURLToPath(new URL('../released', import.meta.url));

/** Manifests that are applied together. */
export interface Manifests {
  /** Such as `storefront/gateway-1.36`, or a specimen's title. */
  readonly title: string;
  /** The Kubernetes version they are made for. */
  readonly version: string;
  readonly files: readonly string[];
  readonly objects: readonly JsonObject[];
}

/** The committed output of the examples: a folder of `examples/<case>/dist` each, whose name ends in a Kubernetes version. */
export function goldens(): Manifests[] {
  return foldersIn(join(ROOT, 'examples')).flatMap((example) => foldersIn(join(example, 'dist')).map((folder) => {
    const version = /-(\d+\.\d+)$/.exec(folder)?.[1];
    if (version === undefined) throw new Error(`${folder} must end in the Kubernetes version it is for, such as '-1.36'`);
    return manifestsIn(folder, `${basename(example)}/${basename(folder)}`, version);
  }));
}

/** Released goldens of an example: what is in clusters now, by release. */
export function releasedOf({ title }: Manifests): Manifests[] {
  return foldersIn(RELEASED).flatMap((release) => {
    const folder = join(release, title);
    return existsSync(folder) ? [manifestsIn(folder, `${title} of ${basename(release)}`, title.slice(title.lastIndexOf('-') + 1))] : [];
  });
}

/** The specimens of all packages, synthesized for a version. */
export function specimensFor(version: string): Manifests[] {
  const folders = foldersIn(join(ROOT, 'packages')).flatMap((workspace) => foldersIn(join(workspace, '.specimens', version)));
  if (folders.length === 0) throw new Error(`no specimens for ${version}: run 'npm run specimens'`);
  return folders.map((folder) => manifestsIn(folder, basename(folder), version));
}

/** The manifests below a folder. */
export function manifestsIn(folder: string, title: string, version: string): Manifests {
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort().map((name) => join(folder, name));
  const objects = files.flatMap((file) => parseManifests(readFileSync(file, 'utf8')));
  if (objects.length === 0) throw new Error(`there are no manifests in ${folder}`);
  return { title, version, files, objects };
}

/** The folders in a folder; none where there is no such folder. */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory()).map(({ name }) => join(folder, name)).sort();
}
