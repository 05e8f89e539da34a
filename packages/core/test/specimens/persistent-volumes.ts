import { Size } from 'cdk8s';
import {
  AccessMode, ClaimDataSource, HostPathType, LabelExpression, NodeAffinity, PersistentVolume, PersistentVolumeClaim,
  PersistentVolumeSource, Provisioner,
  ReclaimPolicy, Secret, StorageClass, Volume, VolumeMode,
} from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const POD = 'Deployment spec.template.spec';
const size = Size.gibibytes(10);

export const shared = specimen({
  title: 'core-volume-nfs',
  shows: [
    'PersistentVolume/core-volume-nfs-pictures spec.nfs = { server: nfs.example.com, path: /srv/pictures }',
    'PersistentVolume/core-volume-nfs-pictures spec.accessModes = [ReadWriteMany]',
    'PersistentVolume/core-volume-nfs-pictures spec.persistentVolumeReclaimPolicy = Retain',
    'PersistentVolume/core-volume-nfs-pictures spec.mountOptions = [nfsvers=4.1, hard]',
    'PersistentVolume/core-volume-nfs-pictures spec.claimRef = { apiVersion: v1, kind: PersistentVolumeClaim, namespace: core-volume-nfs, name: pictures }',
    'PersistentVolumeClaim/pictures spec = { accessModes: [ReadWriteMany], resources: { requests: { storage: 10Gi } }, storageClassName: "", volumeName: core-volume-nfs-pictures }',
    'PersistentVolume/core-volume-nfs-fonts spec.nfs = { server: 10.0.0.7, path: /srv/fonts, readOnly: true }',
    `${POD}.volumes has { persistentVolumeClaim: { claimName: pictures } }`,
  ],
  define: (chart) => {
    const pictures = new PersistentVolume(chart, 'volume', {
      name: 'core-volume-nfs-pictures', capacity: size, source: PersistentVolumeSource.nfs('nfs.example.com', '/srv/pictures'),
      mountOptions: ['nfsvers=4.1', 'hard'],
    });
    new PersistentVolume(chart, 'fonts', {
      name: 'core-volume-nfs-fonts', capacity: size, source: PersistentVolumeSource.nfs('10.0.0.7', '/srv/fonts', { readOnly: true }),
      accessModes: [AccessMode.READ_ONLY_MANY], labels: { team: 'design' }, annotations: { 'example.com/owner': 'design' },
    });
    const claim = new PersistentVolumeClaim(chart, 'pictures', { size, volume: pictures, accessMode: AccessMode.READ_WRITE_MANY });
    new Server(chart, 'gallery', { volumes: { '/srv/pictures': Volume.fromClaim(claim) } });
  },
});

export const disk = specimen({
  title: 'core-volume-disk',
  shows: [
    'PersistentVolume/core-volume-disk-orders spec.csi = { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: xfs }',
    'PersistentVolume/core-volume-disk-orders spec.storageClassName = core-volume-disk-fast',
    'PersistentVolume/core-volume-disk-orders spec.persistentVolumeReclaimPolicy = Delete',
    'PersistentVolume/core-volume-disk-orders spec.nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-1a] }] }] } }',
    'PersistentVolume/core-volume-disk-share spec.csi.volumeAttributes = { source: //smb.example.com/share }',
    'PersistentVolume/core-volume-disk-share spec.csi.readOnly = true',
    'PersistentVolume/core-volume-disk-share spec.csi.nodeStageSecretRef = { name: smb, namespace: core-volume-disk }',
    'PersistentVolume/core-volume-disk-share spec.csi.nodePublishSecretRef = { name: smb, namespace: core-volume-disk }',
    'PersistentVolume/core-volume-disk-share spec.csi.controllerPublishSecretRef = { name: smb, namespace: core-volume-disk }',
    'PersistentVolume/core-volume-disk-share spec.csi.controllerExpandSecretRef = { name: smb, namespace: core-volume-disk }',
    'PersistentVolume/core-volume-disk-share spec.claimRef = { apiVersion: v1, kind: PersistentVolumeClaim, namespace: core-volume-disk, name: data-archive-0 }',
    'PersistentVolumeClaim/orders spec = { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } }, storageClassName: core-volume-disk-fast, volumeName: core-volume-disk-orders }',
  ],
  define: (chart) => {
    const volume = new PersistentVolume(chart, 'disk', {
      name: 'core-volume-disk-orders', capacity: size, storageClass: StorageClass.fromStorageClassName('core-volume-disk-fast'),
      source: PersistentVolumeSource.csi('ebs.csi.aws.com', 'vol-0123456789abcdef0', { fsType: 'xfs' }), reclaimPolicy: ReclaimPolicy.DELETE,
      nodeAffinity: [NodeAffinity.required(LabelExpression.in('topology.kubernetes.io/zone', ['eu-1a']))],
    });
    new PersistentVolumeClaim(chart, 'orders', { size, volume });
    const smb = Secret.fromSecretName('smb', 'core-volume-disk');
    new PersistentVolume(chart, 'share', {
      name: 'core-volume-disk-share', capacity: size, reservedFor: PersistentVolumeClaim.fromClaimName('data-archive-0', 'core-volume-disk'),
      source: PersistentVolumeSource.csi('smb.csi.k8s.io', 'share-1', {
        attributes: { source: '//smb.example.com/share' }, readOnly: true, nodeStageSecret: smb, nodePublishSecret: smb, controllerPublishSecret: smb,
        controllerExpandSecret: smb,
      }),
    });
  },
});

export const node = specimen({
  title: 'core-volume-node',
  shows: [
    'PersistentVolume/core-volume-node-ssd spec.local = { path: /mnt/disks/ssd1 }',
    'PersistentVolume/core-volume-node-ssd spec.nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [node-1] }] }] } }',
    'PersistentVolume/core-volume-node-device spec.local = { path: /dev/sdb, fsType: xfs }',
    'PersistentVolume/core-volume-node-raw spec.volumeMode = Block',
    'PersistentVolumeClaim/raw spec.volumeMode = Block',
    'PersistentVolume/core-volume-node-kind spec.hostPath = { path: /srv/data, type: DirectoryOrCreate }',
    'PersistentVolume/core-volume-node-plain spec.hostPath = { path: /srv/plain }',
    'StorageClass provisioner = kubernetes.io/no-provisioner',
  ],
  define: (chart) => {
    const storageClass = new StorageClass(chart, 'local', { name: 'core-volume-node-local', provisioner: Provisioner.none() });
    const volume = (name: string, source: PersistentVolumeSource, volumeMode?: VolumeMode) =>
      new PersistentVolume(chart, name, { name: `core-volume-node-${name}`, capacity: size, storageClass, source, volumeMode });
    const ssd = volume('ssd', PersistentVolumeSource.local('/mnt/disks/ssd1', ['node-1']), VolumeMode.FILESYSTEM);
    new PersistentVolumeClaim(chart, 'orders', { size, volume: ssd, volumeMode: VolumeMode.FILESYSTEM });
    volume('device', PersistentVolumeSource.local('/dev/sdb', ['node-2'], { fsType: 'xfs' }));
    const raw = volume('raw', PersistentVolumeSource.local('/dev/sdc', ['node-1']), VolumeMode.BLOCK);
    new PersistentVolumeClaim(chart, 'raw-claim', { name: 'raw', size, volume: raw, volumeMode: VolumeMode.BLOCK });
    volume('kind', PersistentVolumeSource.unsafeHostPath('/srv/data', { type: HostPathType.DIRECTORY_OR_CREATE }));
    volume('plain', PersistentVolumeSource.unsafeHostPath('/srv/plain'));
  },
});

export const elsewhere = specimen({
  title: 'core-volume-made-elsewhere',
  shows: [
    'PersistentVolumeClaim/orders spec.volumeName = core-volume-made-elsewhere-1',
    'PersistentVolumeClaim/orders spec.storageClassName = ""',
    'PersistentVolumeClaim/pictures spec.volumeName = core-volume-made-elsewhere-2',
    'PersistentVolumeClaim/pictures spec.storageClassName = core-volume-made-elsewhere',
  ],
  define: (chart) => {
    const storageClass = StorageClass.fromStorageClassName('core-volume-made-elsewhere');
    const [first, second] = ['core-volume-made-elsewhere-1', 'core-volume-made-elsewhere-2'] as const;
    new PersistentVolumeClaim(chart, 'orders', { size, volume: PersistentVolume.fromPersistentVolumeName(first) });
    new PersistentVolumeClaim(chart, 'pictures', { size, volume: PersistentVolume.fromPersistentVolumeName(second, storageClass) });
  },
});

export const filled = specimen({
  title: 'core-claim-filled',
  shows: [
    'PersistentVolumeClaim/restored spec.dataSourceRef = { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: nightly }',
    'PersistentVolumeClaim/copy spec.dataSourceRef = { kind: PersistentVolumeClaim, name: orders }',
    'PersistentVolumeClaim/imported spec.dataSourceRef = { apiGroup: populators.example.com, kind: Archive, name: orders-2024 }',
  ],
  define: (chart) => {
    const orders = new PersistentVolumeClaim(chart, 'orders', { size });
    const filled = (id: string, dataSource: ClaimDataSource) =>
      new PersistentVolumeClaim(chart, id, { size: Size.gibibytes(20), dataSource });
    filled('restored', ClaimDataSource.fromSnapshot('nightly'));
    filled('copy', ClaimDataSource.fromClaim(orders));
    filled('imported', ClaimDataSource.fromObject('populators.example.com', 'Archive', 'orders-2024'));
  },
});
