import { Construct } from 'constructs';
import { AccessMode } from '../access-mode';
import type { ClaimProps } from '../claim-props';
import { Fault } from '../faults';
import type { IPersistentVolume } from '../persistent-volume';
import type { IPersistentVolumeClaim } from '../persistent-volume-claim';
import { VolumeMode } from '../volume-mode';
import { renderSize, sizeBytes } from './quantity';
import { quoted } from './quoted';
import { namespaceOf } from './references';

/** How a message calls a volume or claim. */
export function titleOf(object: { readonly kind: string; readonly name: string }): string {
  return Construct.isConstruct(object) ? `[${object.node.path}]` : `the ${object.kind} ${quoted(object.name)}`;
}

/**
 * What of a volume doesn't fit a claim that names it, prop by prop: the two are kept for each other, so that Kubernetes binds them without
 * a look, and what doesn't fit shows late.
 */
export function bindingFaults(volume: IPersistentVolume, props: ClaimProps, accessMode: AccessMode): { prop: string; fault: Fault }[] {
  const { capacity, accessModes, storageClass, volumeMode = VolumeMode.FILESYSTEM } = volume;
  const title = titleOf(volume);
  const found: { prop: string; fault: Fault }[] = [];
  const add = (prop: string, code: string, got: string, allowed: string, fix: string) => {
    found.push({ prop, fault: { code, got, allowed, fix } });
  };
  if (capacity !== undefined && sizeBytes(props.size) > sizeBytes(capacity)) {
    add('size', 'KEELSON1820', quoted(renderSize(props.size)), `at most ${quoted(renderSize(capacity))}, the capacity of ${title}`,
      'ask for what the volume has, or take a larger one');
  }
  if (accessModes !== undefined && !accessModes.includes(accessMode)) {
    add('accessMode', 'KEELSON1821', accessMode, `one of those of ${title} (${accessModes.join(', ')})`, 'take one of them, or add it to the volume');
  }
  if (props.storageClass !== undefined && props.storageClass.name !== storageClass?.name) {
    add('storageClass', 'KEELSON1822', quoted(props.storageClass.name),
      storageClass === undefined ? `left out, since ${title} has none` : `left out, or ${quoted(storageClass.name)}, that of ${title}`,
      'leave it out: the claim has that of its volume');
  }
  if ((props.volumeMode ?? VolumeMode.FILESYSTEM) !== volumeMode) {
    const member = volumeMode === VolumeMode.BLOCK ? 'BLOCK' : 'FILESYSTEM';
    add('volumeMode', 'KEELSON1823', props.volumeMode ?? VolumeMode.FILESYSTEM, `${volumeMode}, as that of ${title}`, `write VolumeMode.${member}`);
  }
  return found;
}

/** Whether both are one claim, made here or there. */
function isSameClaim(one: IPersistentVolumeClaim, other: IPersistentVolumeClaim): boolean {
  const [namespace, others] = [namespaceOf(one), namespaceOf(other)];
  return one.name === other.name && (namespace === undefined || others === undefined || namespace === others);
}

/** A volume has one claim, for good. */
export function claimantFault(
  volume: IPersistentVolume, claim: IPersistentVolumeClaim, claims: readonly IPersistentVolumeClaim[],
): Fault[] {
  const reserved = volume.reservedFor;
  if (reserved !== undefined && !isSameClaim(reserved, claim)) {
    return [{
      code: 'KEELSON1825', got: `${titleOf(volume)}, which is reserved for ${titleOf(reserved)}`,
      allowed: 'a volume that is free, or reserved for this claim', fix: 'take another volume, or reserve it for this claim',
    }];
  }
  const [first] = claims;
  return first === undefined || first === claim ? [] : [{
    code: 'KEELSON1824', got: `${titleOf(volume)}, which ${titleOf(first)} has`, allowed: 'a volume that no other claim names', fix: 'make a volume for each',
  }];
}
