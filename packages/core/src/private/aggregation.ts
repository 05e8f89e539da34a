import { Fault } from '../faults';
import { Labels } from '../labels';

/** What the API server's own roles `view`, `edit` and `admin` select by. */
const PREFIX = 'rbac.authorization.k8s.io/aggregate-to-';

/** The label by which a role's rules are taken into another, as an entry. */
export function aggregationLabels(name: string): [key: string, value: string] {
  return [`${PREFIX}${name}`, 'true'];
}

export function selectorsOf(selectors: { [key: string]: string }[] | undefined): object | undefined {
  return selectors === undefined ? undefined : { clusterRoleSelectors: selectors.map(matchLabels => ({ matchLabels })) };
}

/** A selector without labels takes every role of the cluster, `cluster-admin` among them. */
export function aggregationFaults(selectors: { [key: string]: string }[] | undefined): Fault[] {
  if (selectors === undefined) {
    return [];
  }
  const empty = selectors.length === 0 ? 'no selector' : selectors.some(selector => Object.keys(selector ?? {}).length === 0) ? 'a selector without labels' : undefined;
  return [
    ...empty === undefined ? [] : [{ code: 'KEELSON1560', got: empty, allowed: 'one selector or more, each with a label', fix: `select by a label of your own, such as '${PREFIX}monitoring': 'true'` }],
    ...selectors.flatMap(selector => Object.entries(selector ?? {}).flatMap(([key, value]) => Labels.faultsOf(key, value))),
  ];
}
