import { outlined } from './manifest-checks';
import { ObjectFacts, StatefulFacts } from './object-facts';
import { scaleFindings } from './scale-checks';
import { Finding, finding, PodIndex } from './selector-checks';

/** What belongs together and doesn't fit: Services and ports, StatefulSets with Services and claims, budgets and autoscalers with pods. */
export function fitFindings(objects: ObjectFacts[], pods: PodIndex): Finding[] {
  const services = new Set(objects.filter(({ group, kind }) => group === '' && kind === 'Service').map(({ namespace, name }) => keyOf(namespace, name)));
  const scaled = new Set(objects.flatMap(({ namespace, scaleTarget: to }) => (to === undefined ? [] : [keyOf(namespace, `${to.kind}/${to.name}`)])));
  const concerned = objects.filter(each => each.ports !== undefined || each.stateful !== undefined || each.pods !== undefined);
  const findings = concerned.flatMap(facts => [
    ...targetFindings(facts, pods),
    ...(facts.kind === 'PodDisruptionBudget' && facts.pods !== undefined ? budgetFindings(facts, facts.pods, pods, scaled) : []),
    ...(facts.ours && facts.stateful !== undefined ? statefulFindings(facts, facts.stateful, services) : []),
  ]);
  return [...findings, ...scaleFindings(objects)];
}

/** A number may lead to a port that isn't declared; a name has to be declared, else the Service has no endpoint. */
function targetFindings(facts: ObjectFacts, pods: PodIndex): Finding[] {
  const { selector, ports, namespace } = facts;
  const named = (ports ?? []).flatMap(({ target }) => (typeof target === 'string' ? target : []));
  if (selector === undefined || named.length === 0) {
    return [];
  }
  const prop = facts.kind === 'PodMonitor' ? 'spec.podMetricsEndpoints.port' : 'spec.ports.targetPort';
  const selected = pods.selectedBy(selector, namespace);
  const declared = new Set(selected.flatMap(({ podPorts }) => [...(podPorts ?? [])]));
  return selected.length === 0 ? [] : named.filter(name => !declared.has(name)).map(name => finding(facts, prop, 'KEELSON1418',
    `a port name that the selected pods declare (${listOf(declared)})`, name, 'name one of them, or give the number'));
}

/** Told only where the number of pods is known: one workload's, and nobody scales them. A workload of ours tells it by prop. */
function budgetFindings(facts: ObjectFacts, kept: number, pods: PodIndex, scaled: Set<string>): Finding[] {
  const selected = facts.selector === undefined || outlined((facts.object.node.scope as { pods?: unknown } | undefined)?.pods) !== undefined
    ? [] : pods.selectedBy(facts.selector, facts.namespace);
  const [only] = selected;
  const known = selected.length === 1 && only?.pods !== undefined && !scaled.has(keyOf(only.namespace, `${only.kind}/${only.name}`));
  return !known || kept < (only.pods ?? 0) || only.pods === 0 ? [] : [finding(facts, 'spec.minAvailable', 'KEELSON1456',
    `fewer than the ${only.pods} pods of the ${only.kind} '${only.name}'`, String(kept), 'leave one out: else no node with such a pod can be drained')];
}

function statefulFindings(facts: ObjectFacts, stateful: StatefulFacts, services: Set<string>): Finding[] {
  const { serviceName, claimTemplates, mounted } = stateful;
  const unused = [...claimTemplates].filter(name => !mounted.has(name));
  return [
    ...(serviceName === undefined || services.has(keyOf(facts.namespace, serviceName)) ? [] : [finding(facts, 'spec.serviceName', 'KEELSON1419',
      'a Service that the app makes in the same namespace', serviceName, 'define the headless Service: without it the pods have no names')]),
    ...unused.map(name => finding(facts, 'spec.volumeClaimTemplates', 'KEELSON1421', `templates of claims that the pods mount (${listOf(mounted)})`,
      `${name}, which none mounts`, 'mount it by Volume.fromClaimTemplate, else its data goes nowhere')),
  ];
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}\n${name}`;
}

function listOf(names: Set<string>): string {
  return names.size === 0 ? 'none' : [...names].sort().join(', ');
}
