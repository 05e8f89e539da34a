import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { pathOf, textOf } from './built-in-schemas.js';
import { isObject, joinPath, type Json, type JsonObject } from './manifest.js';

interface Vendored { readonly apiVersion: string; readonly kind: string; readonly source: string; readonly schema: JsonObject }

/** The schemas of `schemas/`, taken unchanged from the projects' own CustomResourceDefinitions (`scripts/vendor-crd.mjs`). */
const FOLDER = new URL('../schemas/', import.meta.url);
const VENDORED = new Map(readdirSync(FOLDER).map((file) => {
  const vendored = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Vendored;
  return [`${vendored.apiVersion}/${vendored.kind}`, vendored];
}));
const COMPILED = new Map<string, ValidateFunction>();

const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
ajv.addKeyword({
  keyword: 'x-kubernetes-list-map-keys',
  type: 'array',
  validate: (keys: string[], list: Json[]) => {
    const seen = list.map((item) => JSON.stringify(keys.map((key) => (isObject(item) ? item[key] ?? null : null))));
    return new Set(seen).size === seen.length;
  },
  error: { message: ({ schema }) => `must not have two entries with the same ${(schema as string[]).join(' and ')}` },
});

/** Whether the CRD of this API version and kind is among the vendored ones. */
export function hasCrdSchema(apiVersion: string, kind: string): boolean {
  return VENDORED.has(`${apiVersion}/${kind}`);
}

/** Violations of the CRD's own schema, unknown fields included: an API server would drop them. Its CEL rules are not evaluated. */
export function crdSchemaViolations(object: JsonObject): string[] {
  const id = `${String(object.apiVersion)}/${String(object.kind)}`;
  let validate = COMPILED.get(id);
  if (validate === undefined) {
    const schema = VENDORED.get(id)?.schema;
    if (schema === undefined) throw new Error(`no vendored schema for ${id}`);
    validate = ajv.compile(closed(schema, true));
    COMPILED.set(id, validate);
  }
  validate(object);
  return (validate.errors ?? []).map((error) => {
    const unknown = (error.params as { additionalProperty?: string }).additionalProperty;
    const path = pathOf(error.instancePath);
    return unknown === undefined ? `${path}: ${textOf(error)}` : `${joinPath(path, unknown)}: unknown field`;
  });
}

/** The schema with every object closed that declares its members and doesn't keep others. Metadata is checked elsewhere. */
function closed(schema: JsonObject, isRoot = false): JsonObject {
  const result: JsonObject = { ...schema };
  const properties = schema.properties;
  if (isObject(properties)) {
    result.properties = Object.fromEntries(Object.entries(properties).map(([name, member]) =>
      [name, isObject(member) && !(isRoot && name === 'metadata') ? closed(member) : member]));
    if (schema['x-kubernetes-preserve-unknown-fields'] !== true && schema.additionalProperties === undefined) {
      result.additionalProperties = false;
    }
  }
  if (isObject(schema.items)) result.items = closed(schema.items);
  if (isObject(schema.additionalProperties)) result.additionalProperties = closed(schema.additionalProperties);
  if (schema['x-kubernetes-int-or-string'] === true) return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  return result;
}
