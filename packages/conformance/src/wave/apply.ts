import { titleOf, type JsonObject } from '@keelson/testing';
import { unexpected } from '../allowed-warnings.js';
import type { ApiClient } from '../api-client.js';
import type { Item } from './item.js';

/** Applies an app's objects in the order of its files, strictly, and notes every refusal and warning. */
export async function apply(client: ApiClient, item: Item): Promise<void> {
  for (const object of item.objects) {
    const { error, warnings } = await client.apply(object);
    const bad = unexpected(warnings);
    item.warnings += bad.length;
    if (error === undefined) item.taken.push(object);
    else item.rejected += 1;
    item.report('applied', [...error === undefined ? [] : [error], ...bad.map((text) => `Warning: ${text}`)].map((text) => `${titleOf(object)}: ${text}`));
  }
}

/** The stored objects, in the order of those sent; an empty one where there is none. */
export function stored(client: ApiClient, item: Item): Promise<JsonObject[]> {
  return Promise.all(item.objects.map(async (object) => {
    const answer = await client.read(object);
    return answer.error === undefined ? answer.object : {};
  }));
}
