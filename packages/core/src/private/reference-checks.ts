import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { BackendReference, ObjectFacts } from './object-facts';
import { Finding, finding, PodIndex, titleOf } from './selector-checks';

/**
 * Two objects of one kind, namespace and name are one object to a cluster: the second apply would replace the first.
 *
 * Only the first is checked further: what else is wrong with the second follows from its name. Two constructs of one name clash
 * with every object they are made of: that is one mistake.
 */
export function withoutDuplicates(objects: ObjectFacts[]): { known: Map<string, ObjectFacts>; findings: Finding[] } {
  const first = new Map<string, ObjectFacts>();
  const clashes = new Map<IConstruct, Map<IConstruct, { facts: ObjectFacts; other: ObjectFacts }[]>>();
  for (const facts of objects) {
    const key = identityOf(facts);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, facts);
      continue;
    }
    const [owner, otherOwner] = [ownerOf(facts.object), ownerOf(other.object)];
    const withOwner = clashes.get(owner) ?? new Map<IConstruct, { facts: ObjectFacts; other: ObjectFacts }[]>();
    clashes.set(owner, withOwner.set(otherOwner, [...(withOwner.get(otherOwner) ?? []), { facts, other }]));
  }
  const findings = [...clashes].flatMap(([owner, others]) => [...others].flatMap(([other, pairs]) => clashFindings(owner, other, pairs)));
  return { known: first, findings };
}

function clashFindings(owner: IConstruct, otherOwner: IConstruct, pairs: { facts: ObjectFacts; other: ObjectFacts }[]): Finding[] {
  const whole = pairs.length > 1 && owner !== otherOwner;
  const fix = 'name one of the two differently';
  if (!whole) {
    return pairs.map(({ facts, other }) => finding(facts, 'metadata.name', 'KEELSON1410', `of one ${facts.kind}${inNamespace(facts)} only`,
      `${facts.name}, which ${titleOf(other)} has too`, fix));
  }
  return pairs.slice(0, 1).map(({ facts }) => ({
    ...finding(facts, 'name', 'KEELSON1410', `of one construct${inNamespace(facts)} only`,
      `${pairs.map(pair => `${pair.facts.kind} ${pair.facts.name}`).sort().join(', ')}, which [${otherOwner.node.path}] has too`, fix),
    scope: owner,
  }));
}

function inNamespace({ namespace }: ObjectFacts): string {
  return namespace === undefined ? '' : ` in namespace ${namespace}`;
}

/** The construct that a user made in the chart, and that the object is a part of. */
function ownerOf(object: IConstruct): IConstruct {
  let owner = object;
  for (let scope = object.node.scope; scope !== undefined && !Chart.isChart(scope); scope = scope.node.scope) {
    owner = scope;
  }
  return owner;
}

/**
 * What is referred to by name and made by the app.
 *
 * A Service that the app doesn't make may be there all the same (a Helm chart's, another repository's), so its name is no mistake;
 * a port that the app's own Service hasn't got is one. What scales belongs to what is scaled: in a namespace whose workloads the app
 * makes, a HorizontalPodAutoscaler for none of them is a mistake.
 */
export function referenceFindings(known: Map<string, ObjectFacts>, pods: PodIndex): Finding[] {
  const referring = [...known.values()].filter(({ scaleTarget, backends }) => scaleTarget !== undefined || backends !== undefined);
  return referring.flatMap(facts => [
    ...scaleFindings(facts, known, pods),
    ...(facts.backends ?? []).flatMap(backend => backendFindings(facts, backend, known)),
  ]);
}

function scaleFindings(facts: ObjectFacts, known: Map<string, ObjectFacts>, pods: PodIndex): Finding[] {
  const target = facts.scaleTarget;
  const ours = target?.group === 'apps' && (target.kind === 'Deployment' || target.kind === 'StatefulSet');
  if (target === undefined || !ours || !pods.makesPodsIn(facts.namespace)) {
    return [];
  }
  if (known.has(identityOf({ ...target, namespace: facts.namespace }))) {
    return [];
  }
  return [finding(facts, 'spec.scaleTargetRef', 'KEELSON1416', 'a workload that the app makes in the same namespace',
    `${target.kind} ${target.name}`, 'name the workload by its kind and metadata.name')];
}

function backendFindings(facts: ObjectFacts, { namespace, name, port }: BackendReference, known: Map<string, ObjectFacts>): Finding[] {
  const service = known.get(identityOf({ group: '', kind: 'Service', namespace, name }));
  const ports = service?.ports;
  if (service === undefined || ports === undefined || port === undefined || ports.some(own => own.name === port || own.number === port)) {
    return [];
  }
  const offered = ports.map(own => (own.name === undefined ? `${own.number}` : `${own.name} (${own.number})`)).join(', ');
  return [finding(facts, 'spec.rules', 'KEELSON1417', `to a port of ${titleOf(service)}, ${offered === '' ? 'which has none' : offered}`,
    `${port}`, 'name one of its ports')];
}

function identityOf({ group, kind, namespace, name }: Pick<ObjectFacts, 'group' | 'kind' | 'namespace' | 'name'>): string {
  return `${group}\n${kind}\n${namespace ?? ''}\n${name}`;
}
