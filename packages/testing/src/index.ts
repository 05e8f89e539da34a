export { jsonSchemaFaults } from './json-schema.js';
export { checkMonokle, type AllowedFinding } from './monokle.js';
export { readManifests } from './manifest-files.js';
export { isObject, itemsAt, objectAt, parseManifests, titleOf, type Json, type JsonObject } from './manifest.js';
export { parseQuantity } from './rules/quantity.js';
export * from './reachability/index.js';
export { specimenFaults } from './specimen-check.js';
export { validateManifests } from './validate.js';
export { KUBERNETES_VERSIONS } from './specimen-versions.js';
