import fc from 'fast-check';
import { call, number, text, type Expression } from './program.js';
import {
  annotationKey, anyText, chosen, configKey, count, integers, label, labelKey, labelValue, refusing, shortLabel, sizes, subdomain, words,
  type Domain,
} from './values.js';

/** A directory of a volume's. */
export const directory = words(['/srv', '/', '/var/lib/a b'], ['', 'srv', './srv', '/srv/../etc']);
const server = words(['nfs.example.com', '10.0.0.7'], ['', ' ', ' a']);
const mountOption = words(['noatime', 'nfsvers=4.1', 'hard'], ['', 'hard,ro', 'no atime']);
/** A node, by its name. */
export const node = words(['node-1', 'ip-10-0-0-1.example.com'], ['', 'a b', '-a', 'x'.repeat(64)]);
const mode = integers(0, 0o777, { most: 0o777 });
const blocks: Domain = {
  inside: fc.constantFrom(0.5, 4, 16, 128).map((each) => call('cdk8s.Size', 'kibibytes', number(each))),
  outside: [0.25, 3, 256].map((each) => call('cdk8s.Size', 'kibibytes', number(each))),
};

/** The domains of storage, by key: see `Domains`. */
export const STORAGE: readonly (readonly [Domain, ...string[]])[] = [
  [sizes(1, 10240), 'ClaimProps.size', 'PersistentVolumeProps.capacity'],
  [subdomain, 'StorageClassProps.name', 'PersistentVolumeProps.name', 'PersistentVolume.fromPersistentVolumeName.name', 'ClaimDataSource.fromSnapshot.name',
    'ClaimDataSource.fromObject.name'],
  // Claims of any namespace have volumes reserved for them.
  [chosen('construct', 'namespace', words(['random-0'], ['A'])), 'PersistentVolumeClaim.fromClaimName.namespace'],
  [words(['populators.example.com', 'a.io'], ['', 'populators', 'A.io', 'a.io/v1', 'a b.io']), 'ClaimDataSource.fromObject.group'],
  [words(['Archive', 'A1'], ['', 'archive', 'A b', 'A-b']), 'ClaimDataSource.fromObject.kind'],
  [refusing(shortLabel, ['', 'A', 'a_b', 'a.b', '-a', `x${'x'.repeat(63)}`]), 'ClaimTemplate.of.name'],
  [integers(0, 3), 'ClaimTemplate.claimNameOf.ordinal'],
  [label, 'ClaimTemplate.claimNameOf.statefulSet'],

  [words(['ebs.csi.aws.com', 'a', 'x'.repeat(63), 'example.com/nfs', 'EBS.csi.aws.com'],
    ['', 'a b', '-a', 'a/b/c', 'x'.repeat(64), 'jiva.csi.openebs.io', 'cstor.csi.openebs.io', 'openebs.io/provisioner-iscsi']), 'Provisioner.named.name'],
  [refusing(configKey, ['']), 'Provisioner.named.parameters[key]'],
  [refusing(anyText(), ['x'.repeat(256 * 1024 + 1)]), 'Provisioner.named.parameters[]'],
  [directory, 'OpenEbsHostPathOptions.basePath', 'Provisioner.nfs.share', 'PersistentVolumeSource.nfs.path', 'PersistentVolumeSource.local.path',
    'PersistentVolumeSource.unsafeHostPath.path'],
  [labelKey, 'OpenEbsHostPathOptions.nodeLabels[]', 'ClaimTemplateProps.volumeLabels[key]', 'StorageClassProps.allowedTopologies[key]'],
  [labelValue, 'ClaimTemplateProps.volumeLabels[]', 'StorageClassProps.allowedTopologies[][]'],
  [mode, 'OpenEbsHostPathOptions.mode', 'NfsProvisionerOptions.mode'],
  [words(['lvmvg', 'tank/volumes'], ['', ' ', 'a ']), 'Provisioner.openEbsLvm.volumeGroup', 'Provisioner.openEbsZfs.pool'],
  [blocks, 'OpenEbsZfsOptions.blockSize'],
  [words(['on', 'lz4', 'gzip-9', 'zstd-19'], ['', 'zip', 'gzip-10', 'zstd-20', 'ON']), 'OpenEbsZfsOptions.compression'],
  [count(), 'OpenEbsReplicatedOptions.replicas'],
  [server, 'Provisioner.nfs.server', 'PersistentVolumeSource.nfs.server'],
  [words(['${pvc.metadata.name}', 'a/b'], ['', ' ']), 'NfsProvisionerOptions.subDirectory'],
  [mountOption, 'StorageClassProps.mountOptions[]', 'PersistentVolumeProps.mountOptions[]'],

  [words(['ebs.csi.aws.com', 'a', 'x'.repeat(63)], ['', 'a b', '-a', 'x'.repeat(64)]), 'PersistentVolumeSource.csi.driver'],
  [words(['vol-0123456789abcdef0', 'nfs.example.com/share##'], ['', ' a']), 'PersistentVolumeSource.csi.volumeHandle'],
  [refusing(annotationKey, []), 'CsiPersistentVolumeOptions.attributes[key]'],
  [anyText(), 'CsiPersistentVolumeOptions.attributes[]'],
  [words(['ext4', 'xfs']), 'CsiPersistentVolumeOptions.fsType', 'LocalVolumeOptions.fsType'],
  [node, 'PersistentVolumeSource.local.nodes[]'],
];

/** How often they are there, of 100: most of them fit one volume or class only. */
export const STORAGE_PRESENCE: Readonly<Record<string, number>> = {
  'StorageClassProps.isDefault': 6,
  'StorageClassProps.volumeBindingMode': 20,
  'StorageClassProps.allowVolumeExpansion': 15,
  'PersistentVolumeClaimProps.volume': 8,
  'PersistentVolumeProps.accessModes': 20,
  'PersistentVolumeProps.volumeMode': 6,
  'PersistentVolumeProps.reclaimPolicy': 15,
  'PersistentVolumeProps.mountOptions': 10,
  'PersistentVolumeProps.nodeAffinity': 6,
  'PersistentVolumeProps.reservedFor': 6,
  'ClaimTemplateProps.volumeLabels': 8,
  'ClaimProps.dataSource': 8,
  'ClaimProps.volumeMode': 5,
};

export const STORAGE_NOT_EMPTY: readonly string[] = [
  'OpenEbsHostPathOptions.nodeLabels', 'StorageClassProps.allowedTopologies', 'StorageClassProps.allowedTopologies[]', 'PersistentVolumeProps.accessModes',
  'PersistentVolumeSource.local.nodes', 'ClaimTemplateProps.volumeLabels',
];

const csi: Expression = call('@keelson/core.PersistentVolumeSource', 'csi', text('ebs.csi.aws.com'), text('vol-1'));

/** What stands beside one prop: only volumes of some kinds can be told it. */
export const STORAGE_BESIDE: Readonly<Record<string, Readonly<Record<string, Expression>>>> = {
  'PersistentVolumeProps.mountOptions': { source: csi },
  'PersistentVolumeProps.nodeAffinity': { source: csi },
};
