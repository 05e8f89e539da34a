import { Resources } from '../resources';

/** Resources together with which fields came from the scopes around, so that messages can say so. */
export interface MergedResources extends Resources {
  readonly inherited: ReadonlySet<string>;
}

/**
 * Fields of `inner`, and those of `outer` that it leaves open. A limit and the wish for none are one decision: the nearer one
 * wins whole.
 */
export function mergeResources(outer: Resources, inner: Resources): MergedResources {
  const own = set(inner);
  const around = set(outer);
  delete around.inherited;
  delete own.inherited;
  if (own.unlimitedCpu === true) {
    delete around.cpuLimit;
  }
  if (own.cpuLimit !== undefined) {
    delete around.unlimitedCpu;
  }
  return { ...around, ...own, inherited: new Set(Object.keys(around).filter(field => !(field in own))) };
}

function set(resources: Resources): Partial<{ -readonly [F in keyof MergedResources]: MergedResources[F] }> {
  return Object.fromEntries(Object.entries(resources).filter(([, value]) => value !== undefined));
}
