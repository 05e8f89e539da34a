import { itemsAt } from '@keelson/testing';
import type { ApiClient } from '../api-client.js';

/** A resource that an API server serves, or a subresource such as `pods/log`, in whatever version. */
export interface ServedResource {
  readonly apiGroup: string;
  /** In the plural, as rules of roles have it. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** All that an API server serves by itself: what custom resource definitions add is left out. */
export async function discovered(client: ApiClient): Promise<ServedResource[]> {
  const definitions = await client.list('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  const custom = new Set(definitions.map(({ spec }) => String((spec as { group: string }).group)));
  const groups = itemsAt((await client.send('GET', '/apis')).object, 'groups').filter(([, { name }]) => !custom.has(String(name)));
  const versions = groups.flatMap(([, group]) => itemsAt(group, 'versions').map(([, { groupVersion }]) => String(groupVersion)));
  const found = new Map<string, ServedResource>();
  for (const version of ['v1', ...versions]) {
    const { object } = await client.send('GET', version === 'v1' ? '/api/v1' : `/apis/${version}`);
    const apiGroup = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
    for (const [, { name, kind, namespaced, verbs }] of itemsAt(object, 'resources')) {
      const key = `${apiGroup}/${String(name)}`;
      const more = [...found.get(key)?.verbs ?? [], ...Array.isArray(verbs) ? verbs.map(String) : []];
      const all = [...new Set(more)].sort();
      found.set(key, { apiGroup, resource: String(name), kind: String(kind), namespaced: namespaced === true, verbs: all });
    }
  }
  return [...found.values()];
}
