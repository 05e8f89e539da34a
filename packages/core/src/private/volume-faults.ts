import { AccessMode } from '../access-mode';
import { Fault } from '../faults';
import type { NodeAffinity } from '../node-affinity';
import type { PersistentVolumeProps } from '../persistent-volume';
import type { IPersistentVolumeClaim } from '../persistent-volume-claim';
import type { PersistentVolumeSource } from '../persistent-volume-source';
import { ReclaimPolicy } from '../reclaim-policy';
import { ResourceName } from '../resource-name';
import { VolumeMode } from '../volume-mode';
import { listFaults, madeFaults } from './made';
import { oneOfFaults } from './one-of';
import { quoted } from './quoted';
import { namespaceOf, referenceFaults } from './references';
import { within } from './within';

const HOST_NAME = 'kubernetes.io/hostname';

export function accessModeFaults(modes: AccessMode[] | undefined): Fault[] {
  const noList = listFaults(modes, 'access modes', 'write it like [AccessMode.READ_WRITE_ONCE]');
  if (modes === undefined || noList.length > 0) {
    return noList;
  }
  const fault = (got: string, allowed: string, fix: string): Fault => ({ code: 'KEELSON1815', got, allowed, fix });
  return [
    ...modes.flatMap(mode => oneOfFaults('AccessMode', AccessMode, mode ?? '')),
    ...(modes.length === 0 ? [fault('none', 'one mode or more', 'leave it out for what is usual')] : []),
    ...(new Set(modes).size < modes.length ? [fault('one twice', 'different modes', 'remove one of the two')] : []),
    ...(modes.length > 1 && modes.includes(AccessMode.READ_WRITE_ONCE_POD)
      ? [fault('ReadWriteOncePod beside others', 'ReadWriteOncePod alone, or others', 'leave one out: the API server takes them apart only')] : []),
  ];
}

/** A volume is somewhere or not: it can't rather be somewhere. */
export function nodeAffinityFaults(terms: NodeAffinity[] | undefined): Fault[] {
  const noList = listFaults(terms, 'values of NodeAffinity', 'write it like [NodeAffinity.required(…)]');
  return terms === undefined || noList.length > 0 ? noList : terms.flatMap((term) => {
    const faults = madeFaults(term, 'NodeAffinity', 'required(…)');
    return faults.length > 0 || term._weight === undefined ? faults : [{
      code: 'KEELSON1816', got: 'NodeAffinity.preferred', allowed: 'required: nodes have a volume or not', fix: 'write NodeAffinity.required(…)',
    }];
  });
}

export function reservationFaults(claim: IPersistentVolumeClaim): Fault[] {
  const faults = referenceFaults(claim, 'PersistentVolumeClaim');
  const namespace = faults.length > 0 ? undefined : namespaceOf(claim);
  return namespace !== undefined ? within('namespace', ResourceName.labelFaultsOf('namespace', namespace)) : faults.length > 0 ? faults : [{
    code: 'KEELSON1817', got: `${quoted(claim.name)} without one`, allowed: 'a claim with a namespace, since a PersistentVolume has none',
    fix: `write PersistentVolumeClaim.fromClaimName(${quoted(claim.name)}, '…')`,
  }];
}

/** What a kind of volume can't do. */
export function unfitFaults(
  { reclaimPolicy, volumeMode, mountOptions = [], nodeAffinity }: PersistentVolumeProps, source: PersistentVolumeSource,
): { prop: string; fault: Fault }[] {
  const found: { prop: string; fault: Fault }[] = [];
  const add = (prop: string, got: string, allowed: string, fix: string) => found.push({ prop, fault: { code: 'KEELSON1818', got, allowed, fix } });
  if (reclaimPolicy === ReclaimPolicy.DELETE && !source._deletes) {
    add('reclaimPolicy', reclaimPolicy, 'Retain for a volume that no driver deletes', 'remove it: the volume would be Failed when its claim goes');
  }
  if (volumeMode === VolumeMode.BLOCK && !source._canBeBlock) {
    add('volumeMode', volumeMode, 'Filesystem for a share', 'remove it');
  }
  if (mountOptions.length > 0 && !source._takesMountOptions) {
    add('mountOptions', mountOptions.map(quoted).join(', '), 'left out for a directory of the node, which is mounted already', 'remove them');
  }
  if (nodeAffinity !== undefined && nodeAffinity.length > 0 && source._nodes !== undefined) {
    add('nodeAffinity', 'some', 'left out for a local volume, which names its nodes', 'remove it');
  }
  return found;
}

export function nodeAffinityOf(terms: NodeAffinity[] | undefined, nodes: string[] | undefined): object | undefined {
  const nodeSelectorTerms = nodes !== undefined ? [{ matchExpressions: [{ key: HOST_NAME, operator: 'In', values: nodes }] }]
    : Array.isArray(terms) ? terms.map(term => term._term()) : [];
  return nodeSelectorTerms.length === 0 ? undefined : { required: { nodeSelectorTerms } };
}
