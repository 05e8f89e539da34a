import { ApiObject, App, ImplicitTokenResolver, IResolver, JsonPatch, Lazy, LazyResolver, NumberStringUnionResolver, resolve } from 'cdk8s';
import { isSettled } from './settled';

/** How a manifest is made plain. */
export interface Rendering {
  readonly sort: boolean;
  /** All objects and arrays in it are new; else those that are plain already are taken as they are. */
  readonly fresh: boolean;
}

/** What cdk8s takes for a value to be had later: `Lazy`, `{ resolve(): … }`, and the number-or-string classes of `cdk8s import`. */
interface Token {
  resolve?: unknown;
  value?: unknown;
}

/** Whether keys are to be sorted, which cdk8s' environment variable `CDK8S_DISABLE_SORT` turns off. */
export function sortsKeys(): boolean {
  return (process.env.CDK8S_DISABLE_SORT ?? '') === '';
}

/**
 * The manifest as plain JSON, exactly as `cdk8s.ApiObject.toJson` makes it: tokens resolved, keys sorted, empty left out, patched.
 *
 * One walk where the app has cdk8s' own resolvers only; with a resolver of the user's, cdk8s resolves.
 */
export function render(
  object: ApiObject, data: object, patches: JsonPatch[], how: Rendering = { sort: sortsKeys(), fresh: true },
): Record<string, unknown> {
  try {
    // a patch changes what it is given
    const fresh = how.fresh || patches.length > 0;
    const json = plain(hasStockResolvers(object) ? data : resolve([], data, object), { sort: how.sort, fresh }) as Record<string, unknown>;
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

/** A tree of objects and arrays without tokens, and without null and undefined members; throws on what YAML can't say. */
export function plain(value: unknown, how: Rendering = { sort: true, fresh: true }): unknown {
  if (typeof value !== 'object' && typeof value !== 'function') {
    return value;
  }
  const at = unwrap(value);
  if (at === null || at === undefined) {
    return undefined;
  }
  if (typeof at !== 'object' || (!how.fresh && isSettled(at))) {
    return at;
  }
  if (isDictionary(at)) {
    return dictionary(at as Record<string, unknown>, how);
  }
  const union = (at as Token).value;
  if (typeof union === 'number' || typeof union === 'string') {
    return { value: union };
  }
  if (Array.isArray(at)) {
    return list(at, how);
  }
  throw new Error(`can't render non-simple object of type '${at.constructor.name}'`);
}

function isDictionary(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || value.constructor.name === 'Object';
}

function list(from: unknown[], how: Rendering): unknown[] {
  let same = !how.fresh;
  const to = from.map(item => {
    const value = plain(item, how);
    same &&= value === item;
    return value;
  });
  return same ? from : to;
}

/** Members are resolved in the order they were written in (tokens may count), whatever the order they end up in. */
function dictionary(from: Record<string, unknown>, how: Rendering): Record<string, unknown> {
  const keys = Object.keys(from);
  if (how.sort && !isSorted(keys)) {
    return sorted(from, keys, how);
  }
  let to: Record<string, unknown> | undefined = how.fresh ? {} : undefined;
  for (const key of keys) {
    const given = from[key];
    const value = plain(given, how);
    if (to === undefined && (value !== given || isLeftOut(key, value))) {
      to = before(key, keys, from);
    }
    if (to !== undefined && !isLeftOut(key, value)) {
      to[key] = value;
    }
  }
  return to ?? from;
}

/** The members that come before a key. */
function before(end: string, keys: string[], from: Record<string, unknown>): Record<string, unknown> {
  const to: Record<string, unknown> = {};
  for (const key of keys) {
    if (key === end) {
      break;
    }
    to[key] = from[key];
  }
  return to;
}

function sorted(from: Record<string, unknown>, keys: string[], how: Rendering): Record<string, unknown> {
  const values = keys.map(key => plain(from[key], how));
  if (keys.length <= FEW) {
    sortTogether(keys, values);
    return record(keys, values);
  }
  const byKey = new Map(keys.map((key, at) => [key, values[at]]));
  keys.sort();
  return record(keys, keys.map(key => byKey.get(key)));
}

function record(keys: string[], values: unknown[]): Record<string, unknown> {
  const to: Record<string, unknown> = {};
  keys.forEach((key, at) => {
    if (!isLeftOut(key, values[at])) {
      to[key] = values[at];
    }
  });
  return to;
}

/** Up to here moving one by one beats `sort`, which sets up more than it sorts: nearly all maps of a manifest. */
const FEW = 24;

function sortTogether(keys: string[], values: unknown[]): void {
  for (const [from, key] of keys.entries()) {
    const value = values[from];
    let at = from;
    for (let before = keys[at - 1]; before !== undefined && before > key; before = keys[at - 1]) {
      keys[at] = before;
      values[at] = values[at - 1];
      at -= 1;
    }
    keys[at] = key;
    values[at] = value;
  }
}

function isSorted(keys: string[]): boolean {
  let last = '';
  for (const key of keys) {
    if (last > key) {
      return false;
    }
    last = key;
  }
  return true;
}

/** Assigning to `__proto__` would change what the object is; cdk8s drops it too. */
function isLeftOut(key: string, value: unknown): boolean {
  return value === undefined || key === '__proto__';
}

const FIRST = ['apiVersion', 'kind', 'metadata'];

/** `apiVersion`, `kind` and `metadata` first. */
function inOrder(json: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(json);
  if (FIRST.every((key, at) => key === keys[at])) {
    return json;
  }
  const result: Record<string, unknown> = {};
  for (const key of [...FIRST, ...keys]) {
    if (key in json) {
      result[key] = json[key];
    }
  }
  return result;
}
