import { IConstruct } from 'constructs';

/** What is known of a tree while it is synthesized: then nobody changes it. */
const memories = new WeakMap<IConstruct, Map<object, unknown>>();

/** Does the work with a memory of its own. */
export function withMemory<T>(root: IConstruct, work: () => T): T {
  memories.set(root, new Map());
  try {
    return work();
  } finally {
    memories.delete(root);
  }
}

/** What `make` gives, asked once for each synthesis; outside of one, each time. */
export function remembered<T>(root: IConstruct, make: (root: IConstruct) => T): T {
  const memory = memories.get(root);
  if (memory?.has(make) === true) {
    return memory.get(make) as T;
  }
  const made = make(root);
  memory?.set(make, made);
  return made;
}
