import { plain, unwrap } from './render';

/**
 * Reads single fields of a manifest without rendering the rest: tokens on the way are resolved, and what isn't there,
 * or is of another type, is undefined. Works the same on a rendered manifest.
 */
export function member(value: unknown, ...path: string[]): unknown {
  let at = unwrap(value);
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) {
      return undefined;
    }
    at = unwrap((at as Record<string, unknown>)[key]);
  }
  return at;
}

/** A field that is a map. */
export function recordAt(value: unknown, ...path: string[]): Record<string, unknown> | undefined {
  const at = member(value, ...path);
  return typeof at === 'object' && at !== null && !Array.isArray(at) ? at as Record<string, unknown> : undefined;
}

/** A field that is a string. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const at = member(value, ...path);
  return typeof at === 'string' ? at : undefined;
}

/** A field that is a string or a number, or one of the number-or-string classes of `cdk8s import`. */
export function textOrNumberAt(value: unknown, ...path: string[]): string | number | undefined {
  const at = member(value, ...path);
  const inner = typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as { value?: unknown }).value : at;
  return typeof inner === 'string' || typeof inner === 'number' ? inner : undefined;
}

/** The members of a list; none if it isn't one. */
export function items(value: unknown): unknown[] {
  const at = unwrap(value);
  return Array.isArray(at) ? at : [];
}

/** A field that is a map of strings, such as labels. */
export function textsAt(value: unknown, ...path: string[]): Map<string, string> | undefined {
  const at = recordAt(value, ...path);
  if (at === undefined) {
    return undefined;
  }
  const texts = new Map<string, string>();
  const record = plain(at, { sort: true, fresh: false }) as Record<string, unknown>;
  for (const key of Object.keys(record)) {
    texts.set(key, String(record[key]));
  }
  return texts;
}

/** A placeholder that Flux, envsubst, kustomize or the like replaces before the object is applied. */
export function isFilledInLater(text: string): boolean {
  return text.includes('$') || text.includes('{{');
}
