import { Fault } from '../faults';
import { LabelExpression } from '../label-expression';
import { NodeAffinity } from '../node-affinity';
import { PodAntiAffinity } from '../pod-affinity';
import type { PodProps } from '../pod-props';
import { IPriorityClass } from '../priority-class';
import { KubernetesVersion } from '../profile/kubernetes-version';
import { Topology } from '../topology';
import { TopologySpread } from '../topology-spread';
import { nonEmpty } from './non-empty';
import { referenceFaults } from './references';
import { plain } from './render';
import { settle } from './settled';

/** What of a cluster profile decides where pods run. */
export interface SchedulingTarget {
  readonly version: KubernetesVersion;
  /** The PriorityClass of pods that name none. */
  readonly priorityClass?: IPriorityClass;
}

/** What the workload is like. */
export interface Replication {
  /** Whether there are two pods or more. */
  readonly replicated: boolean;
  /** The label that tells pods of one revision from those of the next. */
  readonly revisionLabel?: string;
}

/** The fields of a pod that say where it runs. */
export interface Scheduling {
  readonly nodeSelector: object | undefined;
  readonly affinity: object | undefined;
  readonly topologySpreadConstraints: object[] | undefined;
  readonly tolerations: object[] | undefined;
  readonly priorityClassName: string | undefined;
}

/** A fault and the prop it is in. */
export interface PropFault {
  readonly prop: string;
  readonly fault: Fault;
}

type Labels = { [key: string]: string };
type SchedulingProps = Pick<PodProps,
  'nodeSelector' | 'nodeAffinity' | 'podAffinity' | 'podAntiAffinity' | 'topologySpread' | 'tolerations' | 'priorityClass'>;

interface Weighted {
  readonly _weight: number | undefined;
  _term(): object;
}

const OS = 'kubernetes.io/os';
const LINUX = NodeAffinity.preferred(1, LabelExpression.in(OS, ['linux']));
const SPREAD = [TopologySpread.over(Topology.ZONE)];
const OWN_WEIGHT = 100;

/**
 * The fields of a pod that say where it runs.
 *
 * By default replicas keep apart where that is possible: over zones by a spread, over nodes by an anti-affinity (a spread does
 * as well, but policy checkers look for the affinity), both within one revision.
 *
 * @param props what was asked for.
 * @param selector the label that tells the workload's pods from all others.
 */
export function renderScheduling(
  props: SchedulingProps, selector: Labels, target: SchedulingTarget, { replicated, revisionLabel }: Replication,
): { rendered: Scheduling; faults: PropFault[] } {
  const { nodeSelector, tolerations } = props;
  const spread = props.topologySpread ?? (replicated ? SPREAD : []);
  return {
    rendered: {
      nodeSelector: nodeSelector === undefined || Object.keys(nodeSelector).length === 0 ? undefined : { ...nodeSelector },
      affinity: affinity(props, selector, replicated, target.version.isAtLeast('1.31') ? revisionLabel : undefined),
      topologySpreadConstraints: nonEmpty(spread.map(constraint => constraint._render(selector, revisionLabel))),
      tolerations: nonEmpty((tolerations ?? []).map(toleration => toleration._render())),
      priorityClassName: (props.priorityClass ?? target.priorityClass)?.name,
    },
    faults: schedulingFaults(props),
  };
}

function affinity(props: SchedulingProps, selector: Labels, replicated: boolean, revisionLabel: string | undefined): object | undefined {
  return nonEmptyObject({
    nodeAffinity: props.nodeAffinity === undefined && props.nodeSelector === undefined ? USUAL_NODES : renderNodes(nodeAffinities(props)),
    podAffinity: podTerms(props.podAffinity ?? []),
    podAntiAffinity: podTerms(antiAffinities(props, selector, replicated, revisionLabel)),
  });
}

function renderNodes(nodes: NodeAffinity[]): object | undefined {
  const nodeSelectorTerms = required(nodes);
  return nonEmptyObject({
    requiredDuringSchedulingIgnoredDuringExecution: nodeSelectorTerms.length === 0 ? undefined : { nodeSelectorTerms },
    preferredDuringSchedulingIgnoredDuringExecution: nonEmpty(preferred('preference', nodes)),
  });
}

const USUAL_NODES = settle(plain(renderNodes([LINUX])) as object);

/** An explicit empty list, or a word about the operating system, takes the default away. */
function nodeAffinities({ nodeAffinity, nodeSelector }: SchedulingProps): NodeAffinity[] {
  const said = nodeSelector?.[OS] !== undefined || nodeAffinity?.length === 0 || nodeAffinity?.some(node => node._mentions(OS)) === true;
  return said ? nodeAffinity ?? [] : [...nodeAffinity ?? [], LINUX];
}

/** An explicit empty list, or a word about the workload's own pods, takes the default away; being away from others doesn't. */
function antiAffinities(
  { podAntiAffinity }: SchedulingProps, selector: Labels, replicated: boolean, revisionLabel: string | undefined,
): Weighted[] {
  const said = podAntiAffinity?.length === 0 || podAntiAffinity?.some(other => other._concerns(selector)) === true;
  const given = (podAntiAffinity ?? []).map(other => (other._concerns(selector) ? ofRevision(other, revisionLabel) : other));
  if (said || !replicated) {
    return given;
  }
  const own = PodAntiAffinity.preferred(OWN_WEIGHT, { labels: selector, topology: Topology.HOSTNAME });
  return [...given, ofRevision(own, revisionLabel)];
}

/** Kept from the pods of its own revision only: else a new pod would have to wait for an old one, which waits for the new one. */
function ofRevision(term: Weighted, revisionLabel: string | undefined): Weighted {
  const matchLabelKeys = [revisionLabel];
  return revisionLabel === undefined ? term : { _weight: term._weight, _term: () => ({ ...term._term(), matchLabelKeys }) };
}

function podTerms(terms: Weighted[]): object | undefined {
  return nonEmptyObject({
    requiredDuringSchedulingIgnoredDuringExecution: nonEmpty(required(terms)),
    preferredDuringSchedulingIgnoredDuringExecution: nonEmpty(preferred('podAffinityTerm', terms)),
  });
}

function required(terms: Weighted[]): object[] {
  return terms.filter(({ _weight }) => _weight === undefined).map(term => term._term());
}

function preferred(member: string, terms: Weighted[]): object[] {
  return terms.filter(({ _weight }) => _weight !== undefined).map(term => ({ weight: term._weight, [member]: term._term() }));
}

function schedulingFaults(props: SchedulingProps): PropFault[] {
  const { nodeAffinity, podAffinity, podAntiAffinity, topologySpread, tolerations, priorityClass } = props;
  const lists = Object.entries({ nodeAffinity, podAffinity, podAntiAffinity, topologySpread, tolerations });
  return [
    ...lists.flatMap(([prop, values]) => (values ?? []).flatMap(value => value.faults.map(fault => ({ prop, fault })))),
    ...repeatedSpreads(topologySpread ?? []).map(fault => ({ prop: 'topologySpread', fault })),
    ...(priorityClass === undefined ? [] : referenceFaults(priorityClass, 'PriorityClass').map(fault => ({ prop: 'priorityClass', fault }))),
  ];
}

/** Of constraints with one topology and strictness the API server takes one. */
function repeatedSpreads(spreads: TopologySpread[]): Fault[] {
  const identities = spreads.map(({ _identity }) => _identity);
  const repeated = new Set(identities.filter((identity, index) => identities.indexOf(identity) !== index));
  return [...repeated].map(identity => ({
    code: 'KEELSON1280', got: `${identity}, again`, allowed: 'one spread for each topology, at most one required and one not', fix: 'remove one of the two',
  }));
}

function nonEmptyObject(object: object): object | undefined {
  return Object.values(object).every(value => value === undefined) ? undefined : object;
}
