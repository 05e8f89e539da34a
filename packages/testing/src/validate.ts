import { builtInSchemaViolations } from './built-in-schemas.js';
import { crdSchemaViolations, hasCrdSchema } from './crd-schemas.js';
import { isObject, titleOf, type JsonObject } from './manifest.js';
import { duplicatesRule } from './rules/lists.js';
import { innerNamesRule, metadataRule } from './rules/names.js';
import { cidrsRule, pairsRule, rangesRule } from './rules/numbers.js';
import { podsRule, quantitiesRule, selectorsRule } from './rules/pods.js';
import type { Rule } from './rules/rule.js';

const RULES: readonly Rule[] = [
  metadataRule, innerNamesRule, rangesRule, pairsRule, cidrsRule, duplicatesRule, podsRule, selectorsRule, quantitiesRule,
];

/**
 * Everything about the objects that a Kubernetes API server would refuse, drop or take although it can't work.
 *
 * Judged by schemas that others wrote (Kubernetes 1.36, Gateway API, cert-manager) with unknown fields refused, and by the rules that
 * the API server has beside its schemas. A kind without a schema is a violation.
 * @returns one line each, `Deployment shop/web spec.replicas: must be integer`: none where all is well
 */
export function validateManifests(objects: readonly unknown[]): string[] {
  const seen = new Set<string>();
  return objects.flatMap((object) => {
    const title = titleOf(object);
    if (!isObject(object)) return [`${title}: ${JSON.stringify(object)}`];
    const violations = schemaViolations(object);
    // A CRD is mostly a schema, in which every field may be called like one of a pod.
    for (const rule of object.kind === 'CustomResourceDefinition' ? [metadataRule] : RULES) rule(object, (path, text) => violations.push(`${path}: ${text}`));
    const id = `${String(object.apiVersion).split('/').slice(0, -1).join('/')} ${title}`;
    if (seen.has(id)) violations.push('metadata.name: must not be given to two objects of one kind and namespace');
    seen.add(id);
    return [...new Set(violations)].map((violation) => `${title} ${violation}`);
  });
}

function schemaViolations(object: JsonObject): string[] {
  if (!hasCrdSchema(String(object.apiVersion), String(object.kind))) return builtInSchemaViolations(object);
  const metadata = builtInSchemaViolations({ apiVersion: 'v1', kind: 'ConfigMap', metadata: object.metadata });
  return [...metadata, ...crdSchemaViolations(object)];
}
