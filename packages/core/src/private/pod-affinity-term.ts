import { Fault } from '../faults';
import { LabelExpression } from '../label-expression';
import { Labels } from '../labels';
import { ResourceName } from '../resource-name';
import { Topology } from '../topology';
import { integerFaults } from './integer';
import { within } from './within';

/** Pods as an affinity names them. */
export interface PodTarget {
  readonly labels?: { [key: string]: string };
  readonly expressions?: LabelExpression[];
  readonly namespaces?: string[];
  readonly topology: Topology;
}

const HEAVIEST = 100;

export function weightFaults(weight: number): Fault[] {
  return integerFaults('KEELSON1270', 'weight', weight, 1, HEAVIEST, 'choose what it counts beside other preferences');
}

export function podTargetFaults(target: PodTarget): Fault[] {
  const labels = Object.entries(target.labels ?? {});
  const expressions = target.expressions ?? [];
  return [
    ...within('labels', labels.flatMap(([key, value]) => Labels.faultsOf(key, value))),
    ...within('expressions', expressions.flatMap(expression => expression._podFaults)),
    ...within('namespaces', (target.namespaces ?? []).flatMap(namespace => ResourceName.faultsOf('Namespace', namespace))),
    ...within('topology', target.topology.faults),
    ...(labels.length + expressions.length > 0 ? [] : [{
      code: 'KEELSON1275', got: 'no labels', allowed: 'at least one label or expression', fix: 'name the pods: without, all pods of the namespace are meant',
    }]),
  ];
}

export function renderPodTarget({ labels = {}, expressions = [], namespaces = [], topology }: PodTarget): object {
  return {
    topologyKey: topology.key,
    labelSelector: {
      ...(Object.keys(labels).length === 0 ? {} : { matchLabels: { ...labels } }),
      ...(expressions.length === 0 ? {} : { matchExpressions: expressions.map(expression => expression._render()) }),
    },
    ...(namespaces.length === 0 ? {} : { namespaces: [...namespaces] }),
  };
}
