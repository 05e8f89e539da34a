import { objectAt, titleOf, type JsonObject } from '@keelson/testing';
import type { ApiClient } from './api-client.js';
import type { Item } from './wave/item.js';
import { prerequisites } from './wave/prerequisites.js';

/** The level that a specimen needs, and why. */
interface Level {
  readonly level: 'baseline' | 'privileged';
  readonly because: string;
}

/** The Pod Security level of specimens that *restricted* refuses: the lowest that admits them, by title. */
export const LEVELS: ReadonlyMap<string, Level> = new Map<string, Level>([
  // Beside restricted, baseline refuses all that is of the node.
  ['core-container-host-port', { level: 'privileged', because: 'unsafeHostPort takes a port of the node' }],
  ['core-network-host', { level: 'privileged', because: 'unsafeHostNetwork runs in the network of the node' }],
  ['core-volume-host-path', { level: 'privileged', because: 'unsafeHostPath mounts files of the node' }],
  // The bridge is about pods that cdk8s-plus-27 makes.
  ...['plus-connections', 'plus-rights', 'plus-services'].map((title): [string, Level] => [title, {
    level: 'baseline', because: 'cdk8s-plus-27 has no word for a seccomp profile, nor for dropping all capabilities',
  }]),
]);

const STRICTER = { privileged: 'baseline', baseline: 'restricted' } as const;

/** Titles that no specimen has: it was renamed, or is gone. */
export function staleLevels(titles: readonly string[], levels: ReadonlyMap<string, unknown> = LEVELS): string[] {
  return [...levels.keys()].filter((title) => !titles.includes(title)).map((title) => `${title} has a level and is no specimen: take it out of levels.ts`);
}

/** Specimens that a stricter level would admit: a namespace that warns of what it would refuse says nothing. */
export async function needlessLevels(client: ApiClient, items: readonly Item[]): Promise<string[]> {
  const found = await Promise.all(items.map(async (item) => {
    const level = LEVELS.get(item.title)?.level;
    if (level === undefined) return [];
    const stricter = STRICTER[level];
    const warnings = await warningsAt(client, stricter, item.objects);
    const isRefused = warnings.some((each) => each.startsWith(`would violate PodSecurity "${stricter}:`));
    return isRefused ? [] : [`${item.title} is admitted by ${stricter} too: its level in levels.ts must be the lowest that admits it, not ${level}`];
  }));
  return found.flat();
}

/** What is warned of in a namespace of a level; nothing is stored. */
async function warningsAt(client: ApiClient, level: string, objects: readonly JsonObject[]): Promise<string[]> {
  const namespace = `conformance-${level}`;
  for (const object of prerequisites([{ kind: 'ConfigMap', metadata: { namespace } }], { level })) {
    const { error } = await client.apply(object, { fieldManager: 'conformance' });
    if (error !== undefined) throw new Error(`${titleOf(object)}: ${error}`);
  }
  const placed = objects.filter(({ kind }) => kind !== 'Namespace').map((object) => ({ ...object, metadata: { ...objectAt(object, 'metadata'), namespace } }));
  return (await Promise.all(placed.map((object) => client.apply(object, { dryRun: true })))).flatMap(({ warnings }) => warnings);
}
