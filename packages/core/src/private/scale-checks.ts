import { outlined } from './manifest-checks';
import { items, member, recordAt, textAt } from './manifest-fields';
import { ObjectFacts, ScaledResource } from './object-facts';
import { Finding, finding } from './selector-checks';

/** A number of pods has one owner, and what it is found by is there. */
export function scaleFindings(objects: ObjectFacts[]): Finding[] {
  const scalers = objects.filter(({ scaleTarget }) => scaleTarget !== undefined);
  if (scalers.length === 0) {
    return [];
  }
  const targets = new Map(objects.filter(({ template }) => template !== undefined).map(facts => [keyOf(facts, facts), facts]));
  return [...ownerFindings(scalers), ...metricFindings(objects, scalers, targets)];
}

/** Two that set one number set it in turns. */
function ownerFindings(scalers: ObjectFacts[]): Finding[] {
  const owners = new Map<string, ObjectFacts>();
  return scalers.flatMap(facts => {
    const { kind, name } = facts.scaleTarget ?? facts;
    const key = keyOf(facts, facts.scaleTarget ?? facts);
    const owner = owners.get(key);
    owners.set(key, owner ?? facts);
    return owner === undefined ? [] : [finding(facts, 'spec.scaleTargetRef', 'KEELSON1463', 'of a workload that nothing else scales',
      `the ${kind} '${name}', which '${owner.object.node.path}' scales too`, 'remove one of the two: each would set the number of pods anew')];
  });
}

/**
 * What an autoscaler measures in containers has to be there: else it changes nothing, and says so in its status alone. A block says it of
 * its own by prop.
 */
function metricFindings(objects: ObjectFacts[], scalers: ObjectFacts[], targets: Map<string, ObjectFacts>): Finding[] {
  const measuring = scalers.filter(facts => (facts.resources ?? []).length > 0 && !isOfBlock(facts));
  // Defaults of a namespace are requests too.
  const defaulted = new Set(objects.filter(({ group, kind }) => group === '' && kind === 'LimitRange').map(({ namespace }) => namespace));
  return measuring.flatMap(facts => {
    const target = facts.scaleTarget === undefined ? undefined : targets.get(keyOf(facts, facts.scaleTarget));
    const isDefaulted = defaulted.has(facts.namespace);
    return target === undefined ? [] : (facts.resources ?? []).flatMap(resource => resourceFindings(facts, resource, target, isDefaulted));
  });
}

function resourceFindings(facts: ObjectFacts, scaled: ScaledResource, target: ObjectFacts, defaulted: boolean): Finding[] {
  const { resource, container, shares } = scaled;
  const [containers, sidecars] = ['containers', 'initContainers'].map(list => items(member(target.template, 'spec', list)));
  const running = [...containers ?? [], ...(sidecars ?? []).filter(each => textAt(each, 'restartPolicy') === 'Always')];
  const measured = running.filter(each => container === undefined || textAt(each, 'name') === container);
  const title = `the ${target.kind} '${target.name}'`;
  if (measured.length === 0) {
    const names = running.map(each => textAt(each, 'name') ?? '').sort().join(', ');
    return [finding(facts, 'spec.metrics.containerResource', 'KEELSON1461', `a container of the pods of ${title} (${names})`, container ?? '',
      'name one of them')];
  }
  // Pods of ours request all that there is, always.
  if (!shares || defaulted || isOfBlock(target)) {
    return [];
  }
  const silent = measured.filter(each => ['requests', 'limits'].every(field => recordAt(each, 'resources', field)?.[resource] === undefined));
  return silent.map(each => finding(facts, 'spec.metrics', 'KEELSON1462', `of a resource that all measured containers of ${title} request`,
    `${resource}, which '${textAt(each, 'name') ?? ''}' doesn't request`, `set its resources.requests.${resource}: what is used is measured in shares of it`));
}

/** Whether it stands in a workload of ours. */
function isOfBlock({ object }: ObjectFacts): boolean {
  return outlined((object.node.scope as { pods?: unknown } | undefined)?.pods) !== undefined;
}

function keyOf({ namespace }: Pick<ObjectFacts, 'namespace'>, { group, kind, name }: Pick<ObjectFacts, 'group' | 'kind' | 'name'>): string {
  return `${group}\n${kind}\n${namespace ?? ''}\n${name}`;
}
