import { hash } from 'node:crypto';
import type { EnvFrom } from '../env-from';
import type { IEnvValue } from '../env-value';
import type { Volume } from '../volume';
import { contentOf, NamedObject, referencesOf } from './references';

/** All that the containers of a pod take from ConfigMaps and Secrets. */
export interface PodConfig {
  readonly env: IEnvValue[];
  readonly envFrom: EnvFrom[];
  readonly volumes: Volume[];
}

/**
 * A hash of what a pod refers to in ConfigMaps and Secrets of this app, and of nothing else: on the pod template, it rolls
 * the pods when that changes. Ask at synth, since data may be added until then. None where the pod refers to nothing here.
 */
export function configChecksum({ env, envFrom, volumes }: PodConfig): string | undefined {
  const taken = new Map<string, { object: NamedObject; keys?: Set<string> }>();
  for (const { object, keys } of [...env, ...envFrom, ...volumes].flatMap(referencesOf)) {
    if (keys?.length === 0) {
      continue;
    }
    const id = JSON.stringify([object.kind, object.name]);
    const before = taken.get(id);
    // All keys where anything takes all of them.
    const all = keys === undefined || (before !== undefined && before.keys === undefined);
    taken.set(id, { object: before?.object ?? object, keys: all ? undefined : new Set([...(before?.keys ?? []), ...keys]) });
  }
  const contents = [...taken].flatMap(([id, { object, keys }]) => {
    const content = contentOf(object);
    return content === undefined ? [] : [{ id, json: `[${JSON.stringify(id)},${content.json(keys)}]` }];
  });
  const sorted = contents.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ json }) => json);
  return sorted.length === 0 ? undefined : hash('sha256', `[${sorted.join(',')}]`, 'hex');
}
