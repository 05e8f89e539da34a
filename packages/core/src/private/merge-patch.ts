import { Fault } from '../faults';
import { quoted } from './quoted';
import { plain, unwrap } from './render';

/** A patch by RFC 7396: maps are merged, null removes a field, everything else is put in the place of what was there. */
export class MergePatch {
  public constructor(private readonly patch: { readonly [key: string]: unknown }) {}

  public applyTo(json: Record<string, unknown>): Record<string, unknown> {
    return merged(json, this.patch) as Record<string, unknown>;
  }
}

function merged(target: unknown, given: unknown): unknown {
  const patch = unwrap(given);
  if (!isMap(patch)) {
    return plain(patch);
  }
  const result = isMap(target) ? target : {};
  for (const [key, value] of Object.entries(patch)) {
    const field = unwrap(value);
    if (field === null) {
      delete result[key];
    } else if (field !== undefined) {
      const next = merged(Object.hasOwn(result, key) ? result[key] : undefined, field);
      // As a field of its own, whatever it is called.
      Object.defineProperty(result, key, { value: next, writable: true, enumerable: true, configurable: true });
    }
  }
  return result;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}

/** What is wrong with a patch: JavaScript lets users give anything. */
export function mergePatchFaults(patch: unknown): Fault[] {
  return isMap(patch) ? [] : [{
    code: 'KEELSON1468', got: Array.isArray(patch) ? 'a list' : typeof patch === 'object' && patch !== null ? 'an object of a class' : quoted(String(patch)),
    allowed: 'a map of fields', fix: "write it from the top of the object, such as { spec: { … } }; a list of operations is for 'addJsonPatch'",
  }];
}
