import { itemsAt, objectAt, type JsonObject } from '@keelson/testing';

/** A pod of a StatefulSet, its claim, and the size that the claim is to have. */
interface Orphan {
  readonly pod: string;
  readonly claim: string;
  readonly size: string;
}

/** The pods that a StatefulSet with one template of claims leaves, when it goes without them. */
export function orphaned(set: JsonObject): Orphan[] {
  const name = String(objectAt(set, 'metadata').name);
  const { replicas = 1 } = objectAt(set, 'spec');
  return itemsAt(objectAt(set, 'spec'), 'volumeClaimTemplates').flatMap(([, template]) => Array.from({ length: Number(replicas) }, (_, ordinal) => ({
    pod: `${name}-${String(ordinal)}`,
    claim: `${String(objectAt(template, 'metadata').name)}-${name}-${String(ordinal)}`,
    size: String(objectAt(template, 'spec', 'resources', 'requests').storage),
  })));
}
