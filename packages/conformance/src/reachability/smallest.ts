import { isObject, objectAt, type Json, type JsonObject } from '@keelson/testing';
import { byCyclonus, byOurs, differencesIn, type Difference } from './comparison.js';
import type { PolicySet } from './policy-sets.js';

/** The same difference with nothing in the policies that it doesn't need. */
export async function smallest(difference: Difference): Promise<Difference> {
  const candidates = smaller({ ...difference.set, connections: [difference.connection] });
  const theirs = await byCyclonus(candidates);
  const [found] = candidates.flatMap((set, index) => differencesIn(set, byOurs(set), theirs[index] ?? []));
  return found === undefined ? difference : smallest(found);
}

/** Sets that lack one policy, or one item of one of the lists in a policy. */
function smaller(set: PolicySet): PolicySet[] {
  return set.policies.flatMap((policy, index) => {
    const [before, after] = [set.policies.slice(0, index), set.policies.slice(index + 1)];
    const instead = (...others: JsonObject[]): PolicySet => ({ ...set, policies: [...before, ...others, ...after] });
    return [instead(), ...without(objectAt(policy, 'spec')).map((spec) => instead({ ...policy, spec: spec as JsonObject }))];
  });
}

/** A value without one of the items of a list in it. One that the API server wouldn't take is no candidate. */
function without(value: Json): Json[] {
  if (Array.isArray(value)) {
    const changed = value.flatMap((item, index) =>
      without(item).map((each) => [...value.slice(0, index), each, ...value.slice(index + 1)]));
    // The last item of a list is what makes it mean something.
    return value.length < 2 ? changed : [...value.map((_, index) => value.filter((__, at) => at !== index)), ...changed];
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => without(member ?? null).map((each) => ({ ...value, [key]: each })));
}
