import { IConstruct } from 'constructs';
import { LabelSelector } from './label-selector';

/** Labels that pods carry for the Services in front of them. */
const shared = new WeakMap<IConstruct, Readonly<Record<string, string>>>();

/** The label that pods of several workloads behind one Service have in common; each workload goes on selecting its own by another. */
export function sharedLabelOf(service: string): { [key: string]: string } {
  return { [`service.keelson/${service}`]: 'true' };
}

export function share(workload: IConstruct, label: { [key: string]: string }): void {
  shared.set(workload, { ...shared.get(workload), ...label });
}

export function sharedLabelsOf(workload: IConstruct): Readonly<Record<string, string>> | undefined {
  return shared.get(workload);
}

/** Of Services that select by such a label, how the workloads behind them select their own pods. */
const behind = new WeakMap<IConstruct, readonly LabelSelector[]>();

export function selectShared(service: IConstruct, selectors: readonly { [key: string]: string }[]): void {
  behind.set(service, selectors.flatMap(selector => LabelSelector.ofLabels(new Map(Object.entries(selector))) ?? []));
}

export function sharersOf(service: IConstruct): readonly LabelSelector[] | undefined {
  return behind.get(service);
}
