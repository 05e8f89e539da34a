import { Size } from 'cdk8s';
import { AccessMode, PersistentVolumeClaim, StorageClass, Volume } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

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
    'PersistentVolumeClaim spec.storageClassName = core-claim-storage-class-fast',
  ],
  define: (chart) => {
    const orders = new PersistentVolumeClaim(chart, 'orders', {
      size: Size.gibibytes(20), name: 'orders-v1', labels: { backup: 'daily' },
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
