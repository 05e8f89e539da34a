import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectAt, parseManifests, titleOf } from './manifest.js';
import { brokenClaims, yamlOf, type Specimen } from './specimen.js';
import { validateManifests } from './validate.js';

/**
 * What isn't right with a specimen on a version: it is refused, or not by the codes it says; it isn't the same bytes twice; it shows
 * something else than it says; it gives other warnings than it says; it uses names that another specimen may use; an API server
 * would not take it.
 */
export function specimenFaults(specimen: Specimen, version: string): string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'specimen-'));
  try {
    return faultsIn(specimen, version, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function faultsIn(specimen: Specimen, version: string, scratch: string): string[] {
  const refused = specimen.refused(version);
  let first: ReturnType<typeof yamlOf>;
  try {
    first = yamlOf(specimen, version, scratch);
  } catch (error) {
    const message = String(error);
    const codes = [...new Set(message.match(/KEELSON\d{4}/g))].sort();
    return refused.length > 0 && codes.join() === [...refused].sort().join() ? [] : [message];
  }
  const objects = parseManifests(first.yaml);
  return [
    ...refused.map((code) => `is not refused by ${code}`),
    ...yamlOf(specimen, version, scratch).yaml === first.yaml ? [] : ['is not the same bytes twice'],
    ...difference('warning', first.warnings, specimen.warns(version)),
    ...brokenClaims(objects, specimen.shows(version)),
    ...objects.filter((object) => !ownPlace(objectAt(object, 'metadata'), specimen.title))
      .map((object) => `${titleOf(object)}: neither it nor its namespace is called '${specimen.title}' or '${specimen.title}-…'`),
    ...validateManifests(objects),
  ];
}

function ownPlace({ name, namespace }: { name?: unknown; namespace?: unknown }, title: string): boolean {
  const place = String(namespace ?? name);
  return place === title || place.startsWith(`${title}-`);
}

function difference(what: string, got: readonly string[], said: readonly string[]): string[] {
  return [
    ...got.filter((each) => !said.includes(each)).map((each) => `gives ${what} ${each}, which it doesn't say`),
    ...said.filter((each) => !got.includes(each)).map((each) => `doesn't give ${what} ${each}, which it says`),
  ];
}
