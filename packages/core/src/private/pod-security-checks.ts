import { ClusterProfile } from '../cluster-profile';
import { holderOf, pathOf } from './manifest-checks';
import { makesPods, ObjectFacts } from './object-facts';
import { PodOutline } from './pod-metadata';
import { PodSecurity, podSecurityViolations } from './pod-security';
import { member } from './manifest-fields';
import { Finding, finding } from './selector-checks';

/**
 * Pods that the app's own Namespaces refuse. An API server takes what makes them, warns, and then none of them is ever created: a
 * rollout that waits for its deadline.
 */
export function podSecurityFindings(objects: ObjectFacts[]): Finding[] {
  const namespaces = new Map(objects.flatMap(({ name, podSecurity }) => (podSecurity === undefined ? [] : [[name, podSecurity] as const])));
  return namespaces.size === 0 ? [] : objects.filter(makesPods).flatMap(facts => {
    const refusing = facts.namespace === undefined ? undefined : namespaces.get(facts.namespace);
    return refusing === undefined || facts.unread ? [] : refusedOf(facts, refusing);
  });
}

function refusedOf(facts: ObjectFacts, { level, minor: pinned }: PodSecurity): Finding[] {
  const template = templateOf(facts);
  if (template === undefined) {
    return [];
  }
  // Of a release that it doesn't know, an API server applies its newest rules.
  const { version } = ClusterProfile.of(facts.object);
  const minor = Math.min(pinned ?? version.minor, version.minor);
  // An administrator may exempt runtime classes: nothing here tells whether.
  const violations = member(template, 'spec', 'runtimeClassName') === undefined ? podSecurityViolations(template, level, minor) : [];
  return violations.length === 0 ? [] : [finding(facts, pathOf(facts.kind), 'KEELSON1464',
    `what Pod Security ${level} admits, which Namespace '${facts.namespace}' enforces`, violations.join(', '),
    "change the pods, or set 'podSecurity' of the Namespace: as it is, none of them is created")];
}

/** Labels and spec of the pods; undefined where they are known to be restricted. An outline doesn't tell enough of others. */
function templateOf({ object, kind, template }: ObjectFacts): unknown {
  const asksNode = (template as Partial<PodOutline> | undefined)?.asksNode?.();
  if (asksNode === false) {
    return undefined;
  }
  return kind === 'Pod' ? object.toJson() : asksNode === true ? member(holderOf(kind, object.toJson()), 'template') : template;
}
