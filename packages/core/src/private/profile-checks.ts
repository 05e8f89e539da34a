import { Fault } from '../faults';
import { Labels } from '../labels';
import { ClusterPods } from '../profile/cluster-pods';
import { ResourceName } from '../resource-name';
import { within } from './within';

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

export function podsFaults(member: string, pods: ClusterPods | undefined): Fault[] {
  return pods === undefined ? [] : [
    ...within(`${member}.namespace`, ResourceName.faultsOf('Namespace', pods.namespace)),
    ...labelsFaults(`${member}.labels`, pods.labels),
  ];
}

export function labelsFaults(member: string, labels: { [key: string]: string }): Fault[] {
  return Object.entries(labels).flatMap(([key, value]) => within(member, Labels.faultsOf(key, value)));
}

/** A list of one's own that nobody changes. */
export function frozen<T>(list: readonly T[]): T[] {
  const copy = [...list];
  Object.freeze(copy);
  return copy;
}

/** The first value of each that comes a second time. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}
