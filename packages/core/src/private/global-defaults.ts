import { IConstruct } from 'constructs';

/** The priority classes of an app that are to be the cluster's default, in the order they were made. */
const defaults = new WeakMap<IConstruct, IConstruct[]>();

/** Makes one known, and gives all that are: those made later, too. */
export function registerGlobalDefault(priorityClass: IConstruct): readonly IConstruct[] {
  const { root } = priorityClass.node;
  const all = defaults.get(root) ?? [];
  all.push(priorityClass);
  defaults.set(root, all);
  return all;
}
