import { Size } from 'cdk8s';
import {
  AccessMode, ClaimTemplate, type ClaimTemplateProps, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, StorageClass, Volume,
} from '../../src';
import { Server } from './server';
import { specimen } from './specimen';
import { Ledger } from './workloads';

const POD = 'Deployment spec.template.spec';

export const accessModes = specimen({
  title: 'core-claim-access-modes',
  shows: [
    'PersistentVolumeClaim/orders spec = { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }',
    'PersistentVolumeClaim/lock spec.accessModes = [ReadWriteOncePod]',
    'PersistentVolumeClaim/uploads spec.accessModes = [ReadWriteMany]',
    'PersistentVolumeClaim/fonts spec.accessModes = [ReadOnlyMany]',
    `${POD}.volumes has { persistentVolumeClaim: { claimName: fonts, readOnly: true } }`,
  ],
  define: (chart) => {
    const claim = (id: string, accessMode: AccessMode) =>
      Volume.fromClaim(new PersistentVolumeClaim(chart, id, { size: Size.gibibytes(10), accessMode }));
    new Server(chart, 'gallery', {
      volumes: {
        '/srv/orders': claim('orders', AccessMode.READ_WRITE_ONCE),
        '/srv/lock': claim('lock', AccessMode.READ_WRITE_ONCE_POD),
        '/srv/uploads': claim('uploads', AccessMode.READ_WRITE_MANY),
        '/usr/share/fonts': claim('fonts', AccessMode.READ_ONLY_MANY),
      },
    });
  },
});

export const storageClass = specimen({
  title: 'core-claim-storage-class',
  shows: [
    'PersistentVolumeClaim metadata.name = orders-v1',
    'PersistentVolumeClaim metadata.labels = { backup: daily }',
    'PersistentVolumeClaim metadata.annotations = { example.com/owner: orders }',
    'PersistentVolumeClaim spec.storageClassName = core-claim-storage-class-fast',
  ],
  define: (chart) => {
    const orders = new PersistentVolumeClaim(chart, 'orders', {
      size: Size.gibibytes(20), name: 'orders-v1', labels: { backup: 'daily' }, annotations: { 'example.com/owner': 'orders' },
      storageClass: StorageClass.fromStorageClassName('core-claim-storage-class-fast'),
    });
    new Server(chart, 'checkout', { volumes: { '/srv/orders': Volume.fromClaim(orders) } });
  },
});

export const elsewhere = specimen({
  title: 'core-claim-made-elsewhere',
  shows: [`${POD}.volumes has { persistentVolumeClaim: { claimName: orders-2024 } }`],
  define: (chart) => {
    // Elsewhere is here, so that it can be tried.
    new PersistentVolumeClaim(chart, 'orders-2024', { size: Size.gibibytes(20) });
    new Server(chart, 'archive', { volumes: { '/srv/orders': Volume.fromClaim(PersistentVolumeClaim.fromClaimName('orders-2024')) } });
  },
});

const TEMPLATE = 'StatefulSet spec.volumeClaimTemplates[0]';

export const template = specimen({
  title: 'core-claim-template',
  shows: [
    `${TEMPLATE}.metadata = { name: data, labels: { backup: daily }, annotations: { example.com/owner: orders } }`,
    `${TEMPLATE}.spec = { accessModes: [ReadWriteMany], resources: { requests: { storage: 5Gi } }, storageClassName: core-claim-template-fast }`,
    'StatefulSet spec.template.spec.containers[0].volumeMounts has { name: data, mountPath: /var/lib/ledger }',
    `${POD}.volumes has { persistentVolumeClaim: { claimName: data-ledger-0 } }`,
  ],
  define: (chart) => {
    const storage = {
      size: Size.gibibytes(5), accessMode: AccessMode.READ_WRITE_MANY, storageClass: StorageClass.fromStorageClassName('core-claim-template-fast'),
      labels: { backup: 'daily' }, annotations: { 'example.com/owner': 'orders' },
    };
    const data = ClaimTemplate.of('data', storage);
    new Ledger(chart, 'ledger', { image: 'registry.example.com/shop/ledger:3.1.0', volumes: { '/var/lib/ledger': data.volume } }, storage);
    const first = PersistentVolumeClaim.fromClaimName(data.claimNameOf('ledger', 0));
    new Server(chart, 'auditor', { volumes: { '/srv/ledger': Volume.fromClaim(first, { readOnly: true }) } });
  },
});

export const disks = specimen({
  title: 'core-claim-template-disks',
  shows: [
    `${TEMPLATE}.spec = { accessModes: [ReadWriteOnce], resources: { requests: { storage: 5Gi } }, storageClassName: "", selector: { matchLabels: { example.com/disk: ledger } } }`,
    'PersistentVolume spec.claimRef = { apiVersion: v1, kind: PersistentVolumeClaim, namespace: core-claim-template-disks, name: data-ledger-0 }',
  ],
  define: (chart) => {
    const storage: ClaimTemplateProps = { size: Size.gibibytes(5), volumeLabels: { 'example.com/disk': 'ledger' } };
    const data = ClaimTemplate.of('data', storage);
    new PersistentVolume(chart, 'disk', {
      name: 'core-claim-template-disks', capacity: Size.gibibytes(5), labels: storage.volumeLabels, source: PersistentVolumeSource.local('/mnt/disks/ledger', ['node-a1']),
      reservedFor: PersistentVolumeClaim.fromClaimName(data.claimNameOf('ledger', 0), 'core-claim-template-disks'),
    });
    new Ledger(chart, 'ledger', { image: 'registry.example.com/shop/ledger:3.1.0', volumes: { '/var/lib/ledger': data.volume } }, storage);
  },
});
