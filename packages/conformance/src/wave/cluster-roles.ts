import { itemsAt, objectAt, type JsonObject } from '@keelson/testing';
import type { ApiClient } from '../api-client.js';

const ROLES = '/apis/rbac.authorization.k8s.io/v1/clusterroles';

/** The ClusterRoles of an app as it says them, beside those of the cluster, to tell what aggregated ones add up to. */
export class ClusterRoles {
  /** The roles of the cluster, those of the app as they were sent. */
  public static async with(client: ApiClient, objects: readonly JsonObject[]): Promise<ClusterRoles> {
    const own = objects.filter(({ kind }) => kind === 'ClusterRole');
    const bound = objects.some((object) => objectAt(object, 'roleRef').kind === 'ClusterRole');
    const all = bound || own.length > 0 ? await client.list(ROLES) : [];
    return new ClusterRoles(new Map([...all, ...own].map((role) => [nameOf(role), role])));
  }

  private constructor(private readonly roles: ReadonlyMap<string, JsonObject>) {}

  /** The rules of a role: its own, or those of all roles that it selects, and that those select. What doesn't exist has none. */
  public rulesOf(name: string, seen: ReadonlySet<string> = new Set()): JsonObject[] {
    const role = this.roles.get(name) ?? {};
    const selectors = itemsAt(objectAt(role, 'aggregationRule'), 'clusterRoleSelectors').map(([, selector]) => selector);
    if (selectors.length === 0) return itemsAt(role, 'rules').map(([, rule]) => rule);
    const others = [...this.roles.values()].filter((each) => nameOf(each) !== name && !seen.has(nameOf(each)));
    const taken = others.filter((each) => selectors.some((selector) => selects(selector, each)));
    return taken.flatMap((each) => this.rulesOf(nameOf(each), new Set([...seen, name])));
  }
}

function nameOf(role: JsonObject): string {
  return String(objectAt(role, 'metadata').name);
}

/** By labels only: nobody here writes expressions. */
function selects(selector: JsonObject, role: JsonObject): boolean {
  if (itemsAt(selector, 'matchExpressions').length > 0) throw new Error('expressions of selectors of ClusterRoles aren\'t understood here');
  const labels = objectAt(role, 'metadata', 'labels');
  return Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value);
}
