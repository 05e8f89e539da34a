import { IConstruct } from 'constructs';
import { Fault } from '../faults';
import { LabelSelector } from './label-selector';
import { makesPods, ObjectFacts } from './object-facts';
import { sharersOf } from './shared-label';

/** How the library selects the pods of a workload: by this label alone, whose value is the workload's name. */
const INSTANCE = 'app.kubernetes.io/instance';

/** A mistake of an object: reported under its path. */
export interface Finding {
  readonly facts: ObjectFacts;
  /** The construct it is reported under, if not the object. */
  readonly scope?: IConstruct;
  readonly prop: string;
  readonly fault: Fault;
}

const NO_OBJECTS: readonly ObjectFacts[] = [];
const TELL_APART = 'name one of the two differently, or give its pods another label';

/** What makes pods, in a form that can be asked for all pods that a selector means, without looking at every one. */
export class PodIndex {
  private readonly byNamespace = new Map<string | undefined, ObjectFacts[]>();
  private readonly byLabel = new Map<string, ObjectFacts[]>();
  private readonly unread = new Set<string | undefined>();

  public constructor(objects: ObjectFacts[]) {
    for (const facts of objects) {
      if (facts.unread && makesPods(facts)) {
        this.unread.add(facts.namespace);
      }
      if (facts.podLabels !== undefined) {
        put(this.byNamespace, facts.namespace, facts);
        facts.podLabels.forEach((value, key) => put(this.byLabel, labelKey(facts.namespace, key, value), facts));
      }
    }
  }

  /** Everything whose pods the selector means, in tree order. */
  public selectedBy(selector: LabelSelector, namespace: string | undefined): readonly ObjectFacts[] {
    const { oneLabel } = selector;
    if (oneLabel !== undefined) {
      return this.withLabel(namespace, ...oneLabel);
    }
    const lists = [...selector.labels].map(([key, value]) => this.byLabel.get(labelKey(namespace, key, value)) ?? []);
    // the rarest label first: what is left to look at is few, however many pods share the others
    const [shortest] = lists.sort((a, b) => a.length - b.length);
    return (shortest ?? this.byNamespace.get(namespace) ?? []).filter(({ podLabels }) => selector.matches(podLabels ?? new Map()));
  }

  public withLabel(namespace: string | undefined, key: string, value: string): readonly ObjectFacts[] {
    return this.byLabel.get(labelKey(namespace, key, value)) ?? NO_OBJECTS;
  }

  /** Whether there are pods of which nothing is known, since what makes them can't be rendered. */
  public hasUnreadIn(namespace: string | undefined): boolean {
    return this.unread.has(namespace);
  }

  public makesPodsIn(namespace: string | undefined): boolean {
    return this.byNamespace.has(namespace);
  }
}

function labelKey(namespace: string | undefined, key: string, value: string): string {
  return `${namespace ?? ''}\n${key}\n${value}`;
}

function put<K>(map: Map<K, ObjectFacts[]>, key: K, facts: ObjectFacts): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [facts]);
  } else {
    list.push(facts);
  }
}

/**
 * Every selector against every pod template of its namespace.
 *
 * A workload selects its own pods and no other's. A Service, budget or policy may well select the pods of several workloads, by a
 * label they share, or of one made elsewhere; refused is what selects by the name of one workload and gets another's pods, or none.
 */
export function selectorFindings(objects: ObjectFacts[], pods: PodIndex): Finding[] {
  const findings: Finding[] = [];
  const entangled = new Set<ObjectFacts>();
  const workloads = objects.filter(({ selector, podLabels }) => selector !== undefined && podLabels !== undefined);
  const before = new Set<ObjectFacts>();
  for (const facts of workloads) {
    findings.push(...workloadFindings(facts, pods, entangled, before));
    before.add(facts);
  }
  const budgets = new Map<ObjectFacts, ObjectFacts>();
  for (const facts of objects) {
    const { selector } = facts;
    if (selector === undefined || facts.podLabels !== undefined) {
      continue;
    }
    const selected = pods.selectedBy(selector, facts.namespace);
    findings.push(...nothingFindings(facts, selector, selected, pods), ...strangerFindings(facts, selector, selected, entangled));
    if (facts.kind === 'PodDisruptionBudget') {
      findings.push(...budgetFindings(facts, selected, budgets));
    }
  }
  return findings;
}

/** `entangled` collects the workloads that are at odds over their pods, so that what follows from it isn't said again. */
function workloadFindings(facts: ObjectFacts, pods: PodIndex, entangled: Set<ObjectFacts>, before: Set<ObjectFacts>): Finding[] {
  const { selector, podLabels = new Map<string, string>(), namespace } = facts;
  if (selector === undefined || selector.isEmpty) {
    return [];
  }
  const findings: Finding[] = [];
  if (!selector.matches(podLabels)) {
    const carried = `labels that the object's own pod template carries, ${listOf(podLabels)}`;
    findings.push(finding(facts, 'spec.selector', 'KEELSON1411', carried, selector.text, 'give selector and template the same label'));
  }
  const other = pods.selectedBy(selector, namespace).find(candidate => candidate !== facts);
  if (other === undefined) {
    return findings;
  }
  entangled.add(facts).add(other);
  // of two that select each other's pods, the later one is told
  const toldLater = other.selector?.matches(podLabels) === true && !before.has(other);
  return toldLater ? findings : [...findings, finding(facts, 'spec.selector', 'KEELSON1412', 'a label that only its own pods carry',
    `${selector.text}, which selects the pods of ${titleOf(other)} too`, TELL_APART)];
}

/**
 * A label beside the instance's may be one that pods get at run time, such as the role of a database member. Where pods can't be
 * read, they may be those that are meant: only why they can't is said.
 */
function nothingFindings(facts: ObjectFacts, selector: LabelSelector, selected: readonly ObjectFacts[], pods: PodIndex): Finding[] {
  const instance = selector.labels.get(INSTANCE);
  const byName = instance !== undefined && (facts.ours || selector.only(INSTANCE) !== undefined);
  const mayBeThere = selected.length > 0 || pods.hasUnreadIn(facts.namespace);
  return mayBeThere || !byName || pods.withLabel(facts.namespace, INSTANCE, instance).length > 0 ? [] : [
    finding(facts, selectorProp(facts), 'KEELSON1413', 'the label of pods that the app makes in the same namespace', selector.text,
      'name the workload as its construct does, or select pods made elsewhere by another label'),
  ];
}

function strangerFindings(
  facts: ObjectFacts, selector: LabelSelector, selected: readonly ObjectFacts[], entangled: Set<ObjectFacts>,
): Finding[] {
  const instance = selector.only(INSTANCE);
  if (instance === undefined) {
    return sharerFindings(facts, selector, selected);
  }
  const owner = selected.find(candidate => (candidate.selector === undefined
    ? candidate.ours && candidate.object.name === instance
    : candidate.selector.only(INSTANCE) === instance));
  const stranger = owner && selected.find(candidate => candidate !== owner);
  return owner === undefined || stranger === undefined || (entangled.has(owner) && entangled.has(stranger)) ? [] : [
    finding(facts, selectorProp(facts), 'KEELSON1414', `the label of one workload's pods, here ${titleOf(owner)}`,
      `${selector.text}, which selects the pods of ${titleOf(stranger)} too`, TELL_APART),
  ];
}

/** A Service over several workloads selects by a label that anybody can write: whoever has it gets traffic that no policy lets in. */
function sharerFindings(facts: ObjectFacts, selector: LabelSelector, selected: readonly ObjectFacts[]): Finding[] {
  const sharers = sharersOf(facts.object);
  const isTheirs = ({ podLabels = new Map<string, string>() }: ObjectFacts) => sharers?.some(sharer => sharer.matches(podLabels)) !== false;
  const stranger = selected.find(candidate => !isTheirs(candidate));
  return stranger === undefined ? [] : [
    finding(facts, 'spec.selector', 'KEELSON1730', 'a label that only the pods of its backends carry',
      `${selector.text}, which selects the pods of ${titleOf(stranger)} too`,
      "name that workload in 'backends', or take the label from its pods: "
      + 'ahead of joining they may carry it only while the Service has one backend'),
  ];
}

/** Two budgets over one pod make the eviction API fail, so that nodes can't be drained. */
function budgetFindings(facts: ObjectFacts, selected: readonly ObjectFacts[], budgets: Map<ObjectFacts, ObjectFacts>): Finding[] {
  const pods = selected.find(candidate => budgets.has(candidate));
  const other = pods && budgets.get(pods);
  selected.forEach(candidate => budgets.set(candidate, budgets.get(candidate) ?? facts));
  return pods === undefined || other === undefined ? [] : [
    finding(facts, 'spec.selector', 'KEELSON1415', `over pods that no other PodDisruptionBudget is over, as ${titleOf(other)} is`,
      `the pods of ${titleOf(pods)}`, 'keep one of the two'),
  ];
}

function selectorProp({ kind }: ObjectFacts): string {
  return kind === 'NetworkPolicy' ? 'spec.podSelector' : 'spec.selector';
}

function listOf(labels: Map<string, string>): string {
  return labels.size === 0 ? 'which has none' : [...labels].map(([key, value]) => `${key}=${value}`).join(', ');
}

/** Kind and path, as all findings name another construct. */
export function titleOf({ kind, object }: ObjectFacts): string {
  return `${kind} [${object.node.path}]`;
}

export function finding(facts: ObjectFacts, prop: string, code: string, allowed: string, got: string, fix: string): Finding {
  return { facts, prop, fault: { code, allowed, got, fix } };
}
