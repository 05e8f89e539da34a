import { Size } from 'cdk8s';
import {
  AccessMode, FileSystemType, NfsDeletion, OpenEbsQuota, PersistentVolumeClaim, Provisioner, ReclaimPolicy, StorageClass, Volume,
  VolumeBindingMode,
} from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const CLASS = 'StorageClass';

export const storageClass = specimen({
  title: 'core-storage-class',
  shows: [
    `${CLASS}/core-storage-class-fast parameters = { type: gp3, encrypted: 'true' }`,
    `${CLASS}/core-storage-class-fast provisioner = ebs.csi.aws.com`,
    `${CLASS}/core-storage-class-fast reclaimPolicy = Retain`,
    `${CLASS}/core-storage-class-fast volumeBindingMode = WaitForFirstConsumer`,
    `${CLASS}/core-storage-class-fast allowVolumeExpansion = true`,
    `${CLASS}/core-storage-class-scratch reclaimPolicy = Delete`,
    `${CLASS}/core-storage-class-scratch volumeBindingMode = Immediate`,
    `${CLASS}/core-storage-class-scratch mountOptions = [noatime]`,
    `${CLASS}/core-storage-class-scratch metadata.labels = { team: platform }`,
    `${CLASS}/core-storage-class-scratch metadata.annotations = { example.com/owner: platform }`,
    `${CLASS}/core-storage-class-scratch allowedTopologies = [{ matchLabelExpressions: [{ key: topology.kubernetes.io/zone, values: [eu-1a, eu-1b] }] }]`,
    'PersistentVolumeClaim spec.storageClassName = core-storage-class-fast',
  ],
  define: (chart) => {
    const fast = new StorageClass(chart, 'fast', {
      name: 'core-storage-class-fast', provisioner: Provisioner.named('ebs.csi.aws.com', { type: 'gp3', encrypted: 'true' }),
    });
    new StorageClass(chart, 'scratch', {
      name: 'core-storage-class-scratch', provisioner: Provisioner.named('pd.csi.storage.gke.io'), reclaimPolicy: ReclaimPolicy.DELETE,
      volumeBindingMode: VolumeBindingMode.IMMEDIATE, allowVolumeExpansion: false, mountOptions: ['noatime'], readWriteMany: false,
      allowedTopologies: { 'topology.kubernetes.io/zone': ['eu-1a', 'eu-1b'] }, labels: { team: 'platform' }, annotations: { 'example.com/owner': 'platform' },
    });
    const orders = new PersistentVolumeClaim(chart, 'orders', { size: Size.gibibytes(20), storageClass: fast });
    new Server(chart, 'checkout', { volumes: { '/srv/orders': Volume.fromClaim(orders) } });
  },
});

export const defaultClass = specimen({
  title: 'core-storage-class-default',
  shows: [`${CLASS} metadata.annotations = { storageclass.kubernetes.io/is-default-class: 'true' }`],
  define: (chart) => {
    new StorageClass(chart, 'core-storage-class-default', { provisioner: Provisioner.named('ebs.csi.aws.com'), isDefault: true });
  },
});

export const local = specimen({
  title: 'core-storage-class-local',
  shows: [
    `${CLASS} provisioner = kubernetes.io/no-provisioner`,
    `${CLASS} reclaimPolicy = Retain`,
    `${CLASS} volumeBindingMode = WaitForFirstConsumer`,
    `${CLASS} allowVolumeExpansion is absent`,
  ],
  define: (chart) => {
    new StorageClass(chart, 'core-storage-class-local', {
      provisioner: Provisioner.none(), reclaimPolicy: ReclaimPolicy.RETAIN, volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER,
    });
  },
});

export const openEbs = specimen({
  title: 'core-storage-class-openebs',
  shows: [
    `${CLASS}/core-storage-class-openebs-hostpath provisioner = openebs.io/local`,
    `${CLASS}/core-storage-class-openebs-hostpath metadata.annotations = { openebs.io/cas-type: local, cas.openebs.io/config: "- name: StorageType\\n  value: \\"hostpath\\"\\n" }`,
    `${CLASS}/core-storage-class-openebs-disks metadata.annotations = { openebs.io/cas-type: local, cas.openebs.io/config: "- name: StorageType\\n  value: \\"hostpath\\"\\n- name: BasePath\\n  value: \\"/mnt/disks\\"\\n- name: NodeAffinityLabels\\n  list:\\n    - \\"example.com/node\\"\\n- name: FilePermissions\\n  data:\\n    mode: \\"0770\\"\\n- name: XFSQuota\\n  enabled: \\"true\\"\\n" }`,
    `${CLASS}/core-storage-class-openebs-small provisioner = openebs.io/local`,
    `${CLASS}/core-storage-class-openebs-lvm parameters = { storage: lvm, volgroup: lvmvg, fsType: xfs, thinProvision: 'yes', shared: 'yes' }`,
    `${CLASS}/core-storage-class-openebs-zfs parameters = { poolname: tank/volumes, fstype: zfs, recordsize: 16k, compression: zstd, thinprovision: 'yes', shared: 'yes' }`,
    `${CLASS}/core-storage-class-openebs-zvol parameters = { poolname: tank, fstype: btrfs, volblocksize: 8k }`,
    `${CLASS}/core-storage-class-openebs-replicated parameters = { protocol: nvmf, repl: '2', fsType: ext4, thin: 'true' }`,
  ],
  define: (chart) => {
    const storageClass = (name: string, provisioner: Provisioner) => new StorageClass(chart, name, { provisioner });
    storageClass('core-storage-class-openebs-hostpath', Provisioner.openEbsHostPath());
    storageClass('core-storage-class-openebs-disks', Provisioner.openEbsHostPath({
      basePath: '/mnt/disks', nodeLabels: ['example.com/node'], mode: 0o770, quota: OpenEbsQuota.XFS,
    }));
    storageClass('core-storage-class-openebs-small', Provisioner.openEbsHostPath({ quota: OpenEbsQuota.EXT4 }));
    storageClass('core-storage-class-openebs-lvm', Provisioner.openEbsLvm('lvmvg', { fileSystem: FileSystemType.XFS, thin: true, shared: true }));
    storageClass('core-storage-class-openebs-zfs', Provisioner.openEbsZfs('tank/volumes', {
      blockSize: Size.kibibytes(16), compression: 'zstd', thin: true, shared: true,
    }));
    storageClass('core-storage-class-openebs-zvol', Provisioner.openEbsZfs('tank', { fileSystem: FileSystemType.BTRFS, blockSize: Size.kibibytes(8) }));
    storageClass('core-storage-class-openebs-replicated', Provisioner.openEbsReplicated({ replicas: 2, fileSystem: FileSystemType.EXT4, thin: true }));
  },
});

export const nfs = specimen({
  title: 'core-storage-class-nfs',
  shows: [
    `${CLASS}/core-storage-class-nfs-shared parameters = { server: nfs.example.com, share: /srv/shared }`,
    `${CLASS}/core-storage-class-nfs-shared mountOptions = [nfsvers=4.1]`,
    `${CLASS}/core-storage-class-nfs-kept parameters = { server: nfs.example.com, share: /srv, subDir: '\${pvc.metadata.namespace}/\${pvc.metadata.name}', onDelete: retain, mountPermissions: '0770' }`,
    `${CLASS}/core-storage-class-nfs-archived parameters.onDelete = archive`,
    `${CLASS}/core-storage-class-nfs-deleted parameters.onDelete = delete`,
    'PersistentVolumeClaim spec.accessModes = [ReadWriteMany]',
  ],
  define: (chart) => {
    const shared = new StorageClass(chart, 'core-storage-class-nfs-shared', { provisioner: Provisioner.nfs('nfs.example.com', '/srv/shared'), mountOptions: ['nfsvers=4.1'] });
    new StorageClass(chart, 'core-storage-class-nfs-kept', {
      provisioner: Provisioner.nfs('nfs.example.com', '/srv', {
        subDirectory: '${pvc.metadata.namespace}/${pvc.metadata.name}', onDelete: NfsDeletion.RETAIN, mode: 0o770,
      }),
    });
    new StorageClass(chart, 'core-storage-class-nfs-archived', { provisioner: Provisioner.nfs('nfs.example.com', '/srv', { onDelete: NfsDeletion.ARCHIVE }) });
    new StorageClass(chart, 'core-storage-class-nfs-deleted', { provisioner: Provisioner.nfs('nfs.example.com', '/srv', { onDelete: NfsDeletion.DELETE }) });
    const uploads = new PersistentVolumeClaim(chart, 'uploads', { size: Size.gibibytes(50), accessMode: AccessMode.READ_WRITE_MANY, storageClass: shared });
    new Server(chart, 'gallery', { volumes: { '/srv/uploads': Volume.fromClaim(uploads) } });
  },
});
