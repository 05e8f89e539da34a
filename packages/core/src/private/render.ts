import { ApiObject, App, ImplicitTokenResolver, IResolver, JsonPatch, Lazy, LazyResolver, NumberStringUnionResolver, resolve } from 'cdk8s';
import { sortKeys } from './key-order';
import { isSettled } from './settled';

/** How a manifest is made plain. */
export interface Rendering {
  readonly sort: boolean;
  /**
   * All objects and arrays in it are new, as they are to be written. Else they are new only where a token was: for
   * `YamlEmitter.manifest`, which sorts keys and leaves out what is to be left out.
   */
  readonly fresh: boolean;
}

/** A change to a rendered object: an operation of cdk8s, or one that does it by itself. */
export type Patch = JsonPatch | { applyTo(json: Record<string, unknown>): Record<string, unknown> };

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
  object: ApiObject, data: object, patches: readonly Patch[], how: Rendering = { sort: sortsKeys(), fresh: true },
): Record<string, unknown> {
  try {
    // a patch changes what it is given
    const fresh = how.fresh || patches.length > 0;
    const json = plain(hasStockResolvers(object) ? data : resolve([], data, object), { sort: how.sort, fresh }) as Record<string, unknown>;
    return fresh ? inOrder(patches.reduce(patched, json)) : json;
  } catch (cause) {
    throw new Error(`${failurePrefix(object)}${String(cause)}`, { cause });
  }
}

/** One at a time, so that the one that doesn't fit can be named. */
function patched(json: Record<string, unknown>, patch: Patch): Record<string, unknown> {
  // A program may have several copies of cdk8s, and so of its class.
  if ('applyTo' in patch) {
    return patch.applyTo(json);
  }
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
  if (!how.fresh) {
    return withoutTokens(from, how);
  }
  const keys = Object.keys(from);
  const values = new Map(keys.map(key => [key, plain(from[key], how)]));
  const to: Record<string, unknown> = {};
  for (const key of how.sort ? sortKeys(keys) : keys) {
    const value = values.get(key);
    if (!isLeftOut(key, value)) {
      to[key] = value;
    }
  }
  return to;
}

/** What is left out stays in it, and the order too: who writes it looks to that. */
function withoutTokens(from: Record<string, unknown>, how: Rendering): Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(from);
  const own = prototype === Object.prototype || prototype === null ? from : { ...from };
  let to = own;
  // `in` makes no list of keys; there is nothing to inherit
  for (const key in own) {
    const given = from[key];
    const value = plain(given, how);
    if (value !== given && key !== '__proto__') {
      to = to === from ? { ...from } : to;
      to[key] = value;
    }
  }
  return to;
}

/** Assigning to `__proto__` would change what the object is; cdk8s drops it too. */
export function isLeftOut(key: string, value: unknown): boolean {
  return value === undefined || value === null || key === '__proto__';
}

/** A manifest that was rendered without being `fresh`, as it is when it is. */
export function tidy(json: object, sort: boolean): Record<string, unknown> {
  return inOrder(plain(json, { sort, fresh: true }) as Record<string, unknown>);
}

export const FIRST = ['apiVersion', 'kind', 'metadata'];

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
