import { IConstruct } from 'constructs';
import type { IPersistentVolumeClaim } from '../persistent-volume-claim';

const NONE: readonly IPersistentVolumeClaim[] = [];
/** The claims of an app that name a volume, by its name: volumes are the whole cluster's. */
const claims = new WeakMap<IConstruct, Map<string, IPersistentVolumeClaim[]>>();

export function registerClaim(scope: IConstruct, volume: string, claim: IPersistentVolumeClaim): void {
  const { root } = scope.node;
  const all = claims.get(root) ?? new Map<string, IPersistentVolumeClaim[]>();
  claims.set(root, all.set(volume, [...all.get(volume) ?? [], claim]));
}

/** Those made until now, in the order they were made. */
export function claimsOfVolume(scope: IConstruct, volume: string): readonly IPersistentVolumeClaim[] {
  return claims.get(scope.node.root)?.get(volume) ?? NONE;
}
