import { outlined } from './manifest-checks';
import { items, member, recordAt, textAt } from './manifest-fields';
import { ObjectFacts, ScaledResource } from './object-facts';
import { Finding, finding } from './selector-checks';

/** What an autoscaler measures in containers has to be there: else it changes nothing, and says so in its status alone. */
export function metricFindings(objects: ObjectFacts[]): Finding[] {
  const scalers = objects.filter(({ scaleTarget, resources }) => scaleTarget !== undefined && resources !== undefined && resources.length > 0);
  if (scalers.length === 0) {
    return [];
  }
  const targets = new Map(objects.filter(({ template }) => template !== undefined).map(facts => [keyOf(facts, facts), facts]));
  // Defaults of a namespace are requests too.
  const defaulted = new Set(objects.filter(({ group, kind }) => group === '' && kind === 'LimitRange').map(({ namespace }) => namespace));
  return scalers.flatMap(facts => {
    const target = facts.scaleTarget === undefined ? undefined : targets.get(keyOf(facts, facts.scaleTarget));
    return target === undefined ? [] : (facts.resources ?? []).flatMap(resource => resourceFindings(facts, resource, target, defaulted.has(facts.namespace)));
  });
}

function resourceFindings(facts: ObjectFacts, { resource, container, shares }: ScaledResource, target: ObjectFacts, defaulted: boolean): Finding[] {
  const [containers, sidecars] = ['containers', 'initContainers'].map(list => items(member(target.template, 'spec', list)));
  const running = [...containers ?? [], ...(sidecars ?? []).filter(each => textAt(each, 'restartPolicy') === 'Always')];
  const measured = running.filter(each => container === undefined || textAt(each, 'name') === container);
  const title = `the ${target.kind} '${target.name}'`;
  if (measured.length === 0) {
    const names = running.map(each => textAt(each, 'name') ?? '').sort().join(', ');
    return [finding(facts, 'spec.metrics.containerResource', 'KEELSON1461', `a container of the pods of ${title} (${names})`, container ?? '', 'name one of them')];
  }
  // Pods of ours request all that there is, always.
  if (!shares || defaulted || outlined((target.object.node.scope as { pods?: unknown } | undefined)?.pods) !== undefined) {
    return [];
  }
  const silent = measured.filter(each => ['requests', 'limits'].every(field => recordAt(each, 'resources', field)?.[resource] === undefined));
  return silent.map(each => finding(facts, 'spec.metrics', 'KEELSON1462', `of a resource that all measured containers of ${title} request`,
    `${resource}, which '${textAt(each, 'name') ?? ''}' doesn't request`, `set its resources.requests.${resource}: what is used is measured in shares of it`));
}

function keyOf({ namespace }: Pick<ObjectFacts, 'namespace'>, { group, kind, name }: Pick<ObjectFacts, 'group' | 'kind' | 'name'>): string {
  return `${group}\n${kind}\n${namespace ?? ''}\n${name}`;
}
