import { ApiObjectMetadataDefinition } from 'cdk8s';
import { isSettled } from './settled';

type Texts = { [key: string]: string };

/** What `cdk8s` keeps of an object's metadata; all of it is optional here, since another version may keep it otherwise. */
interface Kept {
  readonly labels?: Texts;
  readonly annotations?: Texts;
  readonly finalizers?: unknown[];
  readonly ownerReferences?: unknown[];
  readonly _additionalAttributes?: object;
}

/** Own labels and annotations of an object, and what else its metadata says. */
export interface OwnMetadata {
  readonly labels?: Texts;
  readonly annotations?: Texts;
  readonly others?: object;
}

const COMMON = new Set(['name', 'namespace', 'labels', 'annotations']);

/**
 * What an object's metadata says itself.
 *
 * `cdk8s` resolves it as it does a whole object; of the usual, which is labels and annotations that are texts, there is nothing to resolve.
 *
 * @param given the labels that the object was made with.
 */
export function ownMetadata(metadata: ApiObjectMetadataDefinition, given: Texts | undefined): OwnMetadata {
  const { labels, annotations, finalizers, ownerReferences, _additionalAttributes } = metadata as unknown as Kept;
  const same = given !== undefined && labels !== undefined && isSettled(given) && areSame(given, labels);
  const common = labels !== undefined && annotations !== undefined && (same || areTexts(labels)) && areTexts(annotations)
    && finalizers?.length === 0 && ownerReferences?.length === 0
    && _additionalAttributes !== undefined && Object.keys(_additionalAttributes).every(key => COMMON.has(key));
  if (!common) {
    const { labels: own, annotations: ownAnnotations, ...others } = metadata.toJson() as OwnMetadata;
    return { labels: own, annotations: ownAnnotations, others };
  }
  return { labels: same ? given : labels, annotations };
}

function areTexts(texts: Texts): boolean {
  for (const key of Object.keys(texts)) {
    if (typeof texts[key] !== 'string') {
      return false;
    }
  }
  return true;
}

function areSame(texts: Texts, others: Texts): boolean {
  const keys = Object.keys(texts);
  return keys.every(key => texts[key] === others[key]) && keys.length === Object.keys(others).length;
}
