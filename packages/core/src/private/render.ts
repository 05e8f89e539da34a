import { ApiObject, App, ImplicitTokenResolver, IResolver, JsonPatch, Lazy, LazyResolver, NumberStringUnionResolver, resolve } from 'cdk8s';

/** What cdk8s takes for a value to be had later: `Lazy`, `{ resolve(): … }`, and the number-or-string classes of `cdk8s import`. */
interface Token {
  resolve?: unknown;
  value?: unknown;
}

/**
 * The manifest as plain JSON, exactly as `cdk8s.ApiObject.toJson` makes it: tokens resolved, keys sorted, empty left out, patched.
 *
 * One walk where the app has cdk8s' own resolvers only; with a resolver of the user's, cdk8s resolves.
 */
export function render(object: ApiObject, data: object, patches: JsonPatch[]): Record<string, unknown> {
  try {
    const sort = (process.env.CDK8S_DISABLE_SORT ?? '') === '';
    const json = plain(hasStockResolvers(object) ? data : resolve([], data, object), sort) as Record<string, unknown>;
    return inOrder(patches.reduce(patched, json));
  } catch (cause) {
    throw new Error(`${failurePrefix(object)}${String(cause)}`, { cause });
  }
}

/** One at a time, so that the one that doesn't fit can be named. */
function patched(json: Record<string, unknown>, patch: JsonPatch): Record<string, unknown> {
  try {
    return JsonPatch.apply(json, patch) as Record<string, unknown>;
  } catch (cause) {
    const operation = (patch as unknown as { _toJson(): unknown })._toJson();
    throw new Error(`the JSON patch ${JSON.stringify(operation)} doesn't fit the object`, { cause });
  }
}

/** What cdk8s puts before the message of an error that was thrown while an object was rendered. */
export function failurePrefix(object: ApiObject): string {
  return `Failed serializing construct at path '${object.node.path}' with name '${object.name}': `;
}

/** Whether nobody but cdk8s has a say in what a value of this object's manifest becomes. */
export function hasStockResolvers(object: ApiObject): boolean {
  const resolvers = (object.node.root as Partial<App>).resolvers as IResolver[] | undefined;
  return resolvers?.length === 3
    && resolvers[0] instanceof LazyResolver
    && resolvers[1] instanceof ImplicitTokenResolver
    && resolvers[2] instanceof NumberStringUnionResolver;
}

/** The value behind a token; any other value as it is. */
export function unwrap(value: unknown): unknown {
  let at = value;
  while ((typeof at === 'object' && at !== null) || typeof at === 'function') {
    const { resolve: token } = at as Token;
    if (at instanceof Lazy) {
      at = at.produce();
    } else if (typeof token === 'function') {
      at = (at as { resolve(): unknown }).resolve();
    } else {
      return at;
    }
  }
  return at;
}

/** A tree of new objects and arrays, without null and undefined members; throws on what YAML can't say. */
export function plain(value: unknown, sort = true): unknown {
  if (typeof value !== 'object' && typeof value !== 'function') {
    return value;
  }
  const at = unwrap(value);
  if (at === null || at === undefined) {
    return undefined;
  }
  if (typeof at !== 'object') {
    return at;
  }
  if (isDictionary(at)) {
    return dictionary(at as Record<string, unknown>, sort);
  }
  const union = (at as Token).value;
  if (typeof union === 'number' || typeof union === 'string') {
    return { value: union };
  }
  if (Array.isArray(at)) {
    return at.map(item => plain(item, sort));
  }
  throw new Error(`can't render non-simple object of type '${at.constructor.name}'`);
}

function isDictionary(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || value.constructor.name === 'Object';
}

/** Members are resolved in the order they were written in (tokens may count), and only then sorted. */
function dictionary(from: Record<string, unknown>, sort: boolean): Record<string, unknown> {
  const to: Record<string, unknown> = {};
  let last = '';
  let sorted = true;
  for (const key of Object.keys(from)) {
    const value = plain(from[key], sort);
    // assigning to __proto__ would change what the object is; cdk8s drops it too
    if (value !== undefined && key !== '__proto__') {
      to[key] = value;
      sorted &&= last <= key;
      last = key;
    }
  }
  return sorted || !sort ? to : bySortedKey(to);
}

function bySortedKey(from: Record<string, unknown>): Record<string, unknown> {
  const to: Record<string, unknown> = {};
  for (const key of Object.keys(from).sort()) {
    to[key] = from[key];
  }
  return to;
}

/** `apiVersion`, `kind` and `metadata` first. */
function inOrder(json: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of ['apiVersion', 'kind', 'metadata', ...Object.keys(json)]) {
    if (key in json) {
      result[key] = json[key];
    }
  }
  return result;
}
