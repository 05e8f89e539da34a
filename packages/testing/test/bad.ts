import { readFileSync } from 'node:fs';
import { parseManifests, type Json, type JsonObject } from '../src/index.js';

const WEB = readFileSync(new URL('fixtures/web.yaml', import.meta.url), 'utf8');

/** The objects of the good manifest, afresh. */
export function good(): JsonObject[] {
  return parseManifests(WEB);
}

/** The good manifest's text. */
export const GOOD_YAML = WEB;

/** The one of that kind in the good manifest with values put at paths: `spec/ports/0/port`. `undefined` takes the member out. */
export function broken(kind: string, changes: Record<string, Json | undefined>): JsonObject {
  const object = good().find((each) => each.kind === kind);
  if (object === undefined) throw new Error(`no ${kind} in the fixture`);
  for (const [path, value] of Object.entries(changes)) put(object, path, value);
  return object;
}

function put(object: JsonObject, path: string, value: Json | undefined): void {
  const keys = path.split('/').map((key) => key.replaceAll('~1', '/'));
  const last = keys.pop() ?? '';
  let at = object as Record<string, Json | undefined>;
  for (const key of keys) at = (at[key] ??= {}) as typeof at;
  if (value === undefined) delete at[last];
  else at[last] = value;
}
