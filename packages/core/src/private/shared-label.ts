import { IConstruct } from 'constructs';

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
