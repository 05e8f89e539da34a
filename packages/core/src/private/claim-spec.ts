import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AccessMode } from '../access-mode';
import { ClaimDataSource } from '../claim-data-source';
import type { ClaimProps } from '../claim-props';
import { ClusterProfile } from '../cluster-profile';
import { Fault, Faults } from '../faults';
import { VolumeMode } from '../volume-mode';
import { claimFaults, classReferenceFaults } from './claim-faults';
import { madeFaults } from './made';
import { oneOfFaults } from './one-of';
import { renderSize, sizeBytes, sizeFaults } from './quantity';
import { quoted } from './quoted';
import { namespaceOf } from './references';
import { titleOf } from './static-binding';
import { within } from './within';

/** From where a claim can be mounted. */
export function accessModeOf({ accessMode }: ClaimProps): AccessMode {
  return accessMode ?? AccessMode.READ_WRITE_ONCE;
}

/** The `spec` of a PersistentVolumeClaim. */
export function claimSpec(props: ClaimProps): object {
  return {
    accessModes: [accessModeOf(props)],
    resources: { requests: { storage: renderSize(props.size) } },
    storageClassName: props.storageClass?.name,
    volumeMode: props.volumeMode,
    dataSourceRef: made(props.dataSource)?._render(),
  };
}

/** What is wrong with a claim whatever the cluster; the prop is the member. */
export function claimPropFaults(props: ClaimProps): Fault[] {
  return [
    ...within('size', sizeFaults(props.size)),
    ...oneOfFaults('AccessMode', AccessMode, props.accessMode, 'accessMode'),
    ...within('storageClass', classReferenceFaults(props.storageClass)),
    ...oneOfFaults('VolumeMode', VolumeMode, props.volumeMode, 'volumeMode'),
    ...within('dataSource', props.dataSource === undefined ? [] : madeFaults(props.dataSource, 'ClaimDataSource', 'fromSnapshot(…)')),
  ];
}

/**
 * Has synth say what the cluster can't give to a claim: it would wait for ever.
 *
 * @param prefix of the props, such as `storage.`.
 * @param hasVolume whether it names its volume, so that no class has to make one.
 */
export function checkClaimAt(scope: IConstruct, prefix: string, props: ClaimProps, hasVolume = false): void {
  // Read now, so that a profile that comes later is said to be late.
  const profile = ClusterProfile.of(scope);
  copyFaults(props, Chart.of(scope).namespace).forEach(({ prop, fault }) => Faults.report(scope, `${prefix}${prop}`, [fault]));
  scope.node.addValidation({
    validate: () => (hasVolume ? [] : claimFaults(scope, profile, accessModeOf(props), props.storageClass))
      .map(({ prop, fault }) => Faults.describe(`${prefix}${prop}`, fault)),
  });
}

/** A copy has at least the size of what is copied, is had as that is, and is in its namespace. */
function copyFaults(props: ClaimProps, namespace: string | undefined): { prop: string; fault: Fault }[] {
  const copied = made(props.dataSource)?._claim;
  if (copied === undefined || copied === null) {
    return [];
  }
  const { size, isBlock } = copied;
  const mode = props.volumeMode ?? VolumeMode.FILESYSTEM;
  const copiedMode = isBlock === true ? VolumeMode.BLOCK : VolumeMode.FILESYSTEM;
  const found: { prop: string; fault: Fault }[] = [];
  const other = namespaceOf(copied);
  if (namespace !== undefined && other !== undefined && other !== namespace) {
    found.push({ prop: 'dataSource', fault: {
      code: 'KEELSON1828', got: `${titleOf(copied)} of namespace ${quoted(other)}`, allowed: `a claim of namespace ${quoted(namespace)}`,
      fix: 'copies are made within a namespace: restore a backup instead',
    } });
  }
  if (size !== undefined && sizeBytes(props.size) < sizeBytes(size)) {
    found.push({ prop: 'size', fault: {
      code: 'KEELSON1829', got: quoted(renderSize(props.size)), allowed: `at least ${quoted(renderSize(size))}, that of ${titleOf(copied)}, which is copied`,
      fix: 'ask for as much, or more',
    } });
  }
  if (isBlock !== undefined && copiedMode !== mode) {
    found.push({ prop: 'volumeMode', fault: {
      code: 'KEELSON1830', got: mode, allowed: `${copiedMode}, as that of ${titleOf(copied)}, which is copied`, fix: 'a copy is had as what is copied',
    } });
  }
  return found;
}

/** Programs without types may give anything. */
function made(source: ClaimDataSource | undefined): ClaimDataSource | undefined {
  return source instanceof ClaimDataSource ? source : undefined;
}

/** Reports faults whose members are props of the construct itself. */
export function reportMembers(scope: IConstruct, faults: Fault[]): void {
  for (const { member = 'props', ...fault } of faults) {
    Faults.report(scope, member, [fault]);
  }
}
