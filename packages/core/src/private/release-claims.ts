import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { groupOf, rankOf } from './apply-order';
import { textAt } from './manifest-fields';
import { annotateObjects, objectAnnotations } from './object-annotations';
import { remembered } from './synthesis-memory';

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
  known?.add(scope);
  if (known === undefined) {
    inWaves.set(root, new Set([scope]));
    annotateObjects(root, (apiVersion, kind, object) => {
      const isClaim = kind === 'PersistentVolumeClaim' && groupOf(apiVersion) === '';
      const wave = isClaim && ApiObject.isApiObject(object) ? waveOfClaim(object) : 0;
      return wave === 0 ? undefined : { [SYNC_WAVE]: String(wave) };
    });
  }
}

/** Of one that nobody in a wave mounts, the wave of the pods that it was made with. */
function waveOfClaim(claim: ApiObject): number {
  const mounted = remembered(claim.node.root, mountedClaims).get(keyOf(claim.metadata.namespace, claim.name));
  return mounted?.inWave === true ? mounted.earliest : Number(new Map(objectAnnotations(claim, 'batch/v1', 'Job')).get(SYNC_WAVE) ?? 0);
}

/** Who mounts a claim. */
interface Mounted {
  /** The wave of the first pods that do. */
  readonly earliest: number;
  /** Whether any of them has to do with a Task that is in a wave. */
  readonly inWave: boolean;
}

/** All claims of a tree that pods mount, by namespace and name. */
function mountedClaims(root: IConstruct): Map<string, Mounted> {
  const found = new Map<string, Mounted>();
  const scopes = inWaves.get(root) ?? new Set();
  for (const object of root.node.findAll()) {
    if (ApiObject.isApiObject(object) && runsPods(object)) {
      const manifest = rendered(object);
      const wave = Number(textAt(manifest, 'metadata', 'annotations', SYNC_WAVE) ?? 0);
      const inWave = object.node.scopes.some(scope => scopes.has(scope));
      for (const claim of claimsIn(manifest)) {
        const key = keyOf(object.metadata.namespace, claim);
        const before = found.get(key);
        found.set(key, { earliest: Math.min(wave, before?.earliest ?? wave), inWave: inWave || before?.inWave === true });
      }
    }
  }
  return found;
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}\n${name}`;
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
function claimsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const own = textAt(value, 'persistentVolumeClaim', 'claimName');
  return [...own === undefined ? [] : [own], ...(Array.isArray(value) ? value : Object.values(value)).flatMap(claimsIn)];
}
