// Takes the schema of the named kinds out of a file of CustomResourceDefinitions:
//   node scripts/vendor-crd.mjs 'gateway-api v1.7.0, standard channel' FILE.yaml HTTPRoute Gateway ListenerSet
// What no schema validator reads is left out: descriptions, CEL rules, and status, which nobody applies.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const [source, file, ...kinds] = process.argv.slice(2);

function stripped(schema) {
  if (Array.isArray(schema)) return schema.map(stripped);
  if (schema === null || typeof schema !== 'object') return schema;
  const { description, 'x-kubernetes-validations': rules, properties, ...rest } = schema;
  const result = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, stripped(value)]));
  if (typeof result.pattern === 'string') result.pattern = portable(result.pattern);
  if (properties !== undefined) {
    result.properties = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, stripped(value)]));
  }
  return result;
}

/**
 * Go's `\PC` with the braces that JavaScript asks for; its `(?i)`, which JavaScript doesn't know, in letters of both cases: escapes
 * would be other letters, so there are none.
 */
function portable(given) {
  const pattern = given.replace(/\\(p)([A-Z])/gi, '\\$1{$2}');
  if (!pattern.includes('(?i)')) return pattern;
  if (pattern.includes('\\')) throw new Error(`write ${pattern} by hand`);
  return pattern.replace('(?i)', '').replace(/[a-z]/gi, letter => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
  const crd = document.toJS();
  if (crd?.kind !== 'CustomResourceDefinition' || !kinds.includes(crd.spec.names.kind)) continue;
  const { group, names } = crd.spec;
  const { name, schema } = crd.spec.versions.find((version) => version.storage);
  const spec = stripped(schema.openAPIV3Schema);
  delete spec.properties.status;
  // Where a definition leaves them out, API servers know them all the same.
  spec.properties = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, ...spec.properties };
  const target = new URL(`../schemas/${names.singular}.${group}.${name}.json`, import.meta.url);
  writeFileSync(target, `${JSON.stringify({ apiVersion: `${group}/${name}`, kind: names.kind, source, schema: spec })}\n`);
  console.log(target.pathname);
}
