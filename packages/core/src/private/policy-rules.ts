import { PolicyRule } from '../policy-rule';
import { sortedBy } from './order';

/** A rule as Kubernetes takes it. */
interface RenderedRule {
  readonly apiGroups?: string[];
  readonly resources?: string[];
  readonly resourceNames?: string[];
  readonly nonResourceURLs?: string[];
  readonly verbs: string[];
}

const ALL = '*';
/** Of verbs the order in which they are mostly written; others after these. */
const ORDER = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/**
 * The rules of a role in the fewest words, in an order that depends on nothing but what they allow: what is allowed twice is
 * allowed once, and each resource gets only verbs that it takes.
 */
export function rendered(rules: readonly PolicyRule[]): RenderedRule[] {
  const byTarget = new Map<string, { group: string; resource: string; names: string[]; verbs: Set<string> }>();
  for (const { _verbs: verbs, _resources: resources, _names: names = [] } of rules) {
    for (const { apiGroup: group, resource, _verbs: taken } of resources) {
      const sorted = [...new Set(names)].sort();
      const key = JSON.stringify([group, resource, sorted]);
      const target = byTarget.get(key) ?? { group, resource, names: sorted, verbs: new Set<string>() };
      byTarget.set(key, target);
      verbs.filter(({ name }) => taken === undefined || name === ALL || taken.has(name)).forEach(({ name }) => target.verbs.add(name));
    }
  }
  const joined = new Map<string, { group: string; resources: string[]; names: string[]; verbs: string[] }>();
  for (const { group, resource, names, verbs } of byTarget.values()) {
    const everywhere = names.length === 0 ? undefined : byTarget.get(JSON.stringify([group, resource, []]))?.verbs;
    const own = inOrder(verbs).filter(verb => everywhere?.has(verb) !== true && everywhere?.has(ALL) !== true);
    if (own.length > 0) {
      const key = JSON.stringify([group, names, own]);
      const rule = joined.get(key) ?? { group, resources: [], names, verbs: own };
      joined.set(key, rule);
      rule.resources.push(resource);
    }
  }
  const resourceRules = [...joined.values()].map(({ group, resources, names, verbs }) => ({
    apiGroups: [group], resources: resources.sort(), ...(names.length > 0 ? { resourceNames: names } : {}), verbs,
  }));
  return sortedBy([...resourceRules, ...urlRules(rules)], rule => JSON.stringify(rule));
}

function urlRules(rules: readonly PolicyRule[]): RenderedRule[] {
  const byUrl = new Map<string, Set<string>>();
  for (const { _urls: urls, _verbs: verbs } of rules) {
    for (const url of urls) {
      const all = byUrl.get(url) ?? new Set<string>();
      byUrl.set(url, all);
      verbs.forEach(({ name }) => all.add(name));
    }
  }
  const joined = new Map<string, string[]>();
  for (const [url, verbs] of byUrl) {
    const key = JSON.stringify(inOrder(verbs));
    joined.set(key, [...joined.get(key) ?? [], url]);
  }
  return [...joined].map(([verbs, urls]) => ({ nonResourceURLs: urls.sort(), verbs: JSON.parse(verbs) as string[] }));
}

/** All of them is said by one. */
function inOrder(verbs: ReadonlySet<string>): string[] {
  const usual = ORDER.filter(verb => verbs.has(verb));
  return verbs.has(ALL) ? [ALL] : [...usual, ...[...verbs].filter(verb => !ORDER.includes(verb)).sort()];
}
