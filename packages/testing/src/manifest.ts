import { parseAllDocuments } from 'yaml';

/** Plain JSON of one Kubernetes object, as it is applied. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** A JSON object. */
export interface JsonObject { [key: string]: Json | undefined }

/** True for a JSON object, false for lists, scalars and nothing. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member as an object: an empty one when it is absent or something else. */
export function objectAt(value: Json | undefined, ...keys: string[]): JsonObject {
  let at = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return isObject(at) ? at : {};
}

/** The objects of a list member, each with its index: none when it is absent or something else. */
export function itemsAt(value: JsonObject, key: string): [number, JsonObject][] {
  const list = value[key];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index): [number, JsonObject][] => (isObject(item) ? [[index, item]] : []));
}

/** `spec.ports[0].name`, and `metadata.labels["a/b"]` where a key is no plain word. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** `Deployment shop/web`, or what there is of it. */
export function titleOf(object: unknown): string {
  if (!isObject(object)) return 'not an object';
  const { name, namespace } = objectAt(object, 'metadata');
  const kind = typeof object.kind === 'string' ? object.kind : 'no kind';
  return `${kind} ${typeof namespace === 'string' ? `${namespace}/` : ''}${typeof name === 'string' ? name : '(no name)'}`;
}

/** The objects of a YAML stream. Empty documents are left out; a syntax error is thrown with its line. */
export function parseManifests(yaml: string): JsonObject[] {
  return parseAllDocuments(yaml).flatMap((document) => {
    const [error] = document.errors ?? [];
    if (error !== undefined) throw error;
    const object = document.toJS() as JsonObject | null;
    return object === null ? [] : [object];
  });
}
