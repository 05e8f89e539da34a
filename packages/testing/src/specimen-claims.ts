import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { isObject, objectAt, type Json, type JsonObject } from './manifest.js';

/** `Deployment/storefront spec.replicas = 3`: kind, name, path, operator, value. */
const CLAIM = /^(?<kind>[A-Z]\w*)(?:\/(?<name>\S+))?(?: (?<path>\S+))? (?:(?<operator>=|has) (?<value>.+)|(?<absent>is absent))$/s;
const KEY = /^(?:\.?(?<member>[A-Za-z_][\w-]*)|\["(?<quoted>[^"]*)"\]|\[(?<index>\d+)\]|\[(?<key>\w+)=(?<value>[^\]]*)\])/;

/**
 * Whether what is claimed of manifests is so. A claim is one of
 *
 *     Deployment spec.strategy = { type: Recreate }     the value there, as YAML
 *     Deployment/cache spec.replicas = 3                of the one called so; else there must be only one of its kind
 *     Job/import-* spec.parallelism = 3                 of the one whose name begins so: the rest is a hash
 *     NetworkPolicy spec.egress has { ports: [{ port: 443, protocol: TCP }] }
 *                                                       a list has such an entry, or an object such members, others beside
 *     Deployment spec.replicas is absent
 *     PodDisruptionBudget is absent                     there is no such object
 *
 * Paths step into lists by `[0]` or `[name=web]`, and quote keys that are no plain words: `metadata.labels["example.com/team"]`.
 * @returns what isn't as claimed, with what is there instead
 */
export function brokenClaims(objects: readonly JsonObject[], claims: readonly string[]): string[] {
  return claims.flatMap((claim) => brokenClaim(objects, claim));
}

function brokenClaim(objects: readonly JsonObject[], claim: string): string[] {
  const { kind, name, path, operator, value, absent } = CLAIM.exec(claim)?.groups ?? {};
  if (kind === undefined || (path === undefined && absent === undefined)) return [`${claim}: is no claim, see brokenClaims`];
  const found = objects.filter((object) => object.kind === kind && (name === undefined || isCalled(object, name)));
  if (path === undefined) return found.length === 0 ? [] : [`${claim}: there are ${found.length}`];
  const [object] = found;
  if (object === undefined || found.length > 1) return [`${claim}: there are ${found.length} of this kind${name === undefined ? '' : ' and name'}`];
  const actual = valueAt(object, path);
  const holds = absent !== undefined ? actual === undefined
    : operator === 'has' ? has(actual, parse(value ?? '') as Json) : isDeepStrictEqual(actual, parse(value ?? ''));
  return holds ? [] : [`${claim}: is ${actual === undefined ? 'absent' : JSON.stringify(actual)}`];
}

function isCalled(object: JsonObject, name: string): boolean {
  const own = String(objectAt(object, 'metadata').name);
  return name.endsWith('*') ? own.startsWith(name.slice(0, -1)) : own === name;
}

function valueAt(object: JsonObject, path: string): Json | undefined {
  let at: Json | undefined = object;
  for (let rest = path; rest !== '';) {
    const step = KEY.exec(rest);
    if (step?.groups === undefined) throw new Error(`'${path}' is no path at '${rest}'`);
    rest = rest.slice(step[0].length);
    const { member, quoted, index, key, value } = step.groups;
    const name = member ?? quoted;
    if (name !== undefined) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
    else if (!Array.isArray(at)) at = undefined;
    else if (index !== undefined) at = at[Number(index)];
    else at = at.find((item) => isObject(item) && String(item[key ?? '']) === value);
  }
  return at;
}

/** A list has an entry, an object has members: others may be beside them, at any depth. */
function has(actual: Json | undefined, wanted: Json): boolean {
  return Array.isArray(actual) && !Array.isArray(wanted) ? actual.some((item) => includes(item, wanted)) : includes(actual, wanted);
}

function includes(actual: Json | undefined, wanted: Json | undefined): boolean {
  if (Array.isArray(wanted) && Array.isArray(actual)) return wanted.every((each) => actual.some((item) => includes(item, each)));
  if (!isObject(wanted) || !isObject(actual)) return isDeepStrictEqual(actual, wanted);
  return Object.entries(wanted).every(([key, value]) => includes(actual[key], value));
}
