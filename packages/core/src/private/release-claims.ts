import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { groupOf, rankOf } from './apply-order';
import { textAt } from './manifest-fields';
import { annotateObjects, objectAnnotations } from './object-annotations';

/** Where Argo CD reads the wave of an object, 0 without. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** What is in a wave of its own, by tree. */
const inWaves = new WeakMap<IConstruct, Set<IConstruct>>();

/**
 * Has claims come with the first pods that mount them. Argo CD goes on to the next wave when all of one is healthy, and a claim
 * is when it is bound: with a class that waits for the first consumer, as most do, one in wave 0 is never bound for pods of a later one.
 *
 * @param scope whose pods are in a wave.
 */
export function bringClaims(scope: IConstruct): void {
  const { root } = scope.node;
  const known = inWaves.get(root);
  inWaves.set(root, new Set([...known ?? [], scope]));
  if (known === undefined) {
    annotateObjects(root, (apiVersion, kind, object) => {
      const isClaim = kind === 'PersistentVolumeClaim' && groupOf(apiVersion) === '';
      const wave = isClaim && ApiObject.isApiObject(object) ? waveOfClaim(object) : 0;
      return wave === 0 ? undefined : { [SYNC_WAVE]: String(wave) };
    });
  }
}

/** Of one that nobody mounts, the wave of the pods that it was made with. */
function waveOfClaim(claim: ApiObject): number {
  const first = earliest([...inWaves.get(claim.node.root) ?? []].flatMap(scope => scope.node.findAll()), claim);
  if (first === undefined) {
    return Number(new Map(objectAnnotations(claim, 'batch/v1', 'Job')).get(SYNC_WAVE) ?? 0);
  }
  return Math.min(first, earliest(claim.node.root.node.findAll(), claim) ?? first);
}

/** The wave of the first pods that mount a claim. */
function earliest(among: IConstruct[], claim: ApiObject): number | undefined {
  const { namespace } = claim.metadata;
  const runners = among.filter(each => ApiObject.isApiObject(each)).filter(each => runsPods(each) && each.metadata.namespace === namespace);
  const waves = runners.map(rendered).filter(manifest => mounts(manifest, claim.name))
    .map(manifest => Number(textAt(manifest, 'metadata', 'annotations', SYNC_WAVE) ?? 0));
  return waves.length === 0 ? undefined : Math.min(...waves);
}

function runsPods({ apiVersion, kind }: ApiObject): boolean {
  return rankOf(apiVersion, kind) === rankOf('batch/v1', 'Job');
}

/** What can't be rendered is said of the object itself. */
function rendered(object: ApiObject): unknown {
  try {
    return object.toJson();
  } catch {
    return undefined;
  }
}

/** Wherever in the manifest the pods are. */
function mounts(value: unknown, claim: string): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return textAt(value, 'persistentVolumeClaim', 'claimName') === claim || (Array.isArray(value) ? value : Object.values(value)).some(each => mounts(each, claim));
}
