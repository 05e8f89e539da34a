import { Duration, Size } from 'cdk8s';
import {
  AccessMode, ConfigMap, DownwardField, HostPathType, PersistentVolumeClaim, ResourceFieldPath, Secret, StorageClass, Volume,
} from '../../src';
import { Server } from './server';
import { specimen } from './specimen';
import { Archive, Ledger, NodeAgent } from './workloads';

const POD = 'Deployment spec.template.spec';

export const config = specimen({
  title: 'core-volume-config-map',
  shows: [
    `${POD}.volumes has { projected: { defaultMode: 0o444, sources: [{ configMap: { name: rates } }] } }`,
    `${POD}.volumes has { projected: { defaultMode: 0o400, sources: [{ configMap: { name: shops, optional: true, items: [{ key: opening-hours.json, path: berlin/hours.json }] } }] } }`,
    `${POD}.containers[0].volumeMounts has { mountPath: /etc/rates, readOnly: true }`,
  ],
  define: (chart) => {
    const rates = new ConfigMap(chart, 'rates', { data: { 'rates.json': '{"EUR":1,"USD":1.09}' } });
    const shops = ConfigMap.fromConfigMapName('shops');
    new Server(chart, 'checkout', {
      volumes: {
        '/etc/rates': Volume.fromConfigMap(rates),
        '/etc/shops': Volume.fromConfigMap(shops, { items: { 'opening-hours.json': 'berlin/hours.json' }, mode: 0o400, optional: true }),
      },
    });
  },
});

export const secret = specimen({
  title: 'core-volume-secret',
  shows: [`${POD}.volumes has { projected: { defaultMode: 0o440, sources: [{ secret: { name: payment-key } }] } }`],
  define: (chart) => {
    new Server(chart, 'checkout', { volumes: { '/etc/payment': Volume.fromSecret(Secret.fromSecretName('payment-key')) } });
  },
});

export const projected = specimen({
  title: 'core-volume-projected',
  shows: [
    `${POD}.volumes has { projected: { sources: [{ configMap: { name: rates } }, { secret: { name: rates-key } }, { downwardAPI: { items: [{ path: zone, fieldRef: { fieldPath: metadata.namespace } }] } }] } }`,
  ],
  define: (chart) => {
    const rates = new ConfigMap(chart, 'rates', { data: { 'rates.json': '{"EUR":1,"USD":1.09}' } });
    new Server(chart, 'checkout', {
      volumes: {
        '/etc/rates': Volume.projected([
          Volume.fromConfigMap(rates), Volume.fromSecret(Secret.fromSecretName('rates-key')), Volume.downwardApi({ zone: DownwardField.NAMESPACE }),
        ]),
      },
    });
  },
});

export const ephemeralClaim = specimen({
  title: 'core-volume-ephemeral-claim',
  shows: [
    `${POD}.volumes has { name: var-scratch, ephemeral: { volumeClaimTemplate: { metadata: { labels: { team: reports } }, spec: { accessModes: [ReadWriteOncePod], resources: { requests: { storage: 20Gi } }, storageClassName: fast } } } }`,
    `${POD}.containers[0].volumeMounts has { name: var-scratch, mountPath: /var/scratch }`,
  ],
  define: (chart) => {
    new Server(chart, 'reports', { volumes: { '/var/scratch': Volume.ephemeralClaim({
      size: Size.gibibytes(20), storageClass: StorageClass.fromStorageClassName('fast'), accessMode: AccessMode.READ_WRITE_ONCE_POD, labels: { team: 'reports' },
    }) } });
  },
});

export const csi = specimen({
  title: 'core-volume-csi',
  shows: [
    `${POD}.volumes has { name: etc-vault, csi: { driver: secrets-store.csi.k8s.io, readOnly: true, volumeAttributes: { secretProviderClass: checkout }, nodePublishSecretRef: { name: vault } } }`,
    `${POD}.volumes has { name: var-images, csi: { driver: image.csi.example.com, fsType: ext4 } }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      volumes: {
        '/etc/vault': Volume.csi('secrets-store.csi.k8s.io', {
          attributes: { secretProviderClass: 'checkout' }, nodePublishSecret: Secret.fromSecretName('vault'),
        }),
        '/var/images': Volume.csi('image.csi.example.com', { readOnly: false, fsType: 'ext4' }),
      },
    });
  },
});

export const inline = specimen({
  title: 'core-volume-inline',
  shows: [
    'ConfigMap data = { "nginx.conf": "server_tokens off;\\n" }',
    `${POD}.containers[0].volumeMounts has { mountPath: /etc/nginx/conf.d, readOnly: true }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', { volumes: { '/etc/nginx/conf.d': Volume.inline({ 'nginx.conf': 'server_tokens off;\n' }) } });
  },
});

export const emptyDir = specimen({
  title: 'core-volume-empty-dir',
  shows: [
    `${POD}.volumes has { emptyDir: { sizeLimit: 64Mi } }`,
    `${POD}.volumes has { emptyDir: { sizeLimit: 256Mi } }`,
    `${POD}.volumes has { emptyDir: { sizeLimit: 16Mi, medium: Memory } }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      volumes: {
        '/var/run/checkout': Volume.emptyDir(),
        '/var/cache/checkout': Volume.emptyDir({ sizeLimit: Size.mebibytes(256) }),
        '/run/keys': Volume.emptyDir({ sizeLimit: Size.mebibytes(16), memory: true }),
      },
    });
  },
});

export const claim = specimen({
  title: 'core-volume-claim',
  shows: [
    `${POD}.volumes has { name: srv-pictures, persistentVolumeClaim: { claimName: pictures } }`,
    `${POD}.containers[0].volumeMounts has { mountPath: /srv/pictures, subPath: public }`,
    `${POD}.containers[name=thumbnails].volumeMounts has { mountPath: /srv/pictures, readOnly: true }`,
    `${POD}.containers[name=backup].volumeMounts has { mountPath: /srv/pictures, readOnly: true }`,
  ],
  define: (chart) => {
    const pictures = new PersistentVolumeClaim(chart, 'pictures', { size: Size.gibibytes(10) });
    const container = (name: string, volume: Volume) => ({ name, image: `registry.example.com/shop/${name}:2.0.1`, volumes: { '/srv/pictures': volume } });
    new Server(chart, 'gallery', {
      volumes: { '/srv/pictures': Volume.fromClaim(pictures).subPath('public') },
      containers: [
        container('thumbnails', Volume.fromClaim(pictures, { readOnly: true })), container('backup', Volume.fromClaim(pictures).readOnly()),
      ],
    });
  },
});

export const claimTemplate = specimen({
  title: 'core-volume-claim-template',
  shows: [
    'StatefulSet/ledger spec.template.spec.containers[0].volumeMounts has { name: data, mountPath: /var/lib/ledger }',
    'StatefulSet/ledger spec.template.spec.volumes = [{ name: tmp, emptyDir: { sizeLimit: 64Mi } }]',
    'StatefulSet/archive metadata.name = archive',
  ],
  define: (chart) => {
    const props = { image: 'registry.example.com/shop/ledger:3.1.0', volumes: { '/var/lib/ledger': Volume.fromClaimTemplate('data') } };
    new Ledger(chart, 'ledger', props);
    new Archive(chart, 'archive', props);
  },
});

export const token = specimen({
  title: 'core-volume-service-account-token',
  shows: [
    `${POD}.volumes has { projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3600, path: token } }] } }`,
    `${POD}.volumes has { projected: { sources: [{ serviceAccountToken: { audience: vault, expirationSeconds: 600, path: vault-token } }] } }`,
    `${POD}.automountServiceAccountToken = false`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      volumes: {
        '/var/run/secrets/tokens': Volume.serviceAccountToken(),
        '/var/run/secrets/vault': Volume.serviceAccountToken({ audience: 'vault', expiration: Duration.minutes(10), path: 'vault-token' }),
      },
    });
  },
});

export const apiAccess = specimen({
  title: 'core-volume-api-access',
  shows: [
    `${POD}.volumes has { projected: { sources: [{ serviceAccountToken: { path: token } }, { configMap: { name: kube-root-ca.crt } }, { downwardAPI: { items: [{ path: namespace }] } }] } }`,
    `${POD}.containers[0].volumeMounts has { mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true }`,
    `${POD}.containers[name=leader].volumeMounts has { mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true }`,
  ],
  define: (chart) => {
    const operator = new Server(chart, 'operator', {
      containers: [{
        name: 'leader', image: 'registry.example.com/shop/leader:0.4.0', volumes: { '/var/run/secrets/kubernetes.io/serviceaccount': Volume.apiAccess() },
      }],
    });
    operator.pods.mountServiceAccountToken();
  },
});

export const downwardApi = specimen({
  title: 'core-volume-downward-api',
  shows: [
    ...['name', 'namespace', 'uid', 'labels', 'annotations'].map(field =>
      `${POD}.volumes[0].projected.sources[0].downwardAPI.items has { path: ${field}, fieldRef: { fieldPath: metadata.${field} } }`),
    `${POD}.volumes[0].projected.sources[0].downwardAPI.items has { path: app, fieldRef: { fieldPath: "metadata.labels['app']" } }`,
    `${POD}.volumes[0].projected.sources[0].downwardAPI.items has { path: team, fieldRef: { fieldPath: "metadata.annotations['example.com/team']" } }`,
    `${POD}.volumes[0].projected.sources[0].downwardAPI.items has { path: memory, resourceFieldRef: { containerName: checkout, resource: limits.memory, divisor: 1Mi } }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      podAnnotations: { 'example.com/team': 'payments' },
      volumes: {
        '/etc/pod': Volume.downwardApi({
          name: DownwardField.NAME,
          namespace: DownwardField.NAMESPACE,
          uid: DownwardField.UID,
          labels: DownwardField.LABELS,
          annotations: DownwardField.ANNOTATIONS,
          app: DownwardField.label('app'),
          team: DownwardField.annotation('example.com/team'),
          memory: DownwardField.resource('checkout', ResourceFieldPath.MEMORY_LIMIT, '1Mi'),
        }),
      },
    });
  },
});

export const hostPath = specimen({
  title: 'core-volume-host-path',
  shows: [
    'DaemonSet spec.template.spec.volumes has { hostPath: { path: /var/log, type: Directory } }',
    'DaemonSet spec.template.spec.containers[0].volumeMounts has { mountPath: /var/log, readOnly: true }',
    'DaemonSet spec.template.spec.volumes has { hostPath: { path: /var/lib/log-agent, type: DirectoryOrCreate } }',
    ...['File', 'FileOrCreate', 'Socket', 'CharDevice', 'BlockDevice'].map(type => `DaemonSet spec.template.spec.volumes has { hostPath: { type: ${type} } }`),
  ],
  define: (chart) => {
    new NodeAgent(chart, 'log-agent', {
      image: 'registry.example.com/platform/log-agent:5.0.2',
      volumes: {
        '/var/log': Volume.unsafeHostPath('/var/log', { type: HostPathType.DIRECTORY }),
        '/var/lib/log-agent': Volume.unsafeHostPath('/var/lib/log-agent', { type: HostPathType.DIRECTORY_OR_CREATE, readOnly: false }),
        '/etc/machine-id': Volume.unsafeHostPath('/etc/machine-id', { type: HostPathType.FILE }),
        '/run/log-agent.pid': Volume.unsafeHostPath('/run/log-agent.pid', { type: HostPathType.FILE_OR_CREATE }),
        '/run/journal.sock': Volume.unsafeHostPath('/run/systemd/journal/stdout', { type: HostPathType.SOCKET }),
        '/dev/kmsg': Volume.unsafeHostPath('/dev/kmsg', { type: HostPathType.CHAR_DEVICE }),
        '/dev/sda': Volume.unsafeHostPath('/dev/sda', { type: HostPathType.BLOCK_DEVICE }),
      },
    });
  },
});

export const added = specimen({
  title: 'core-volume-added',
  shows: [`${POD}.containers[0].volumeMounts has { mountPath: /srv/pictures }`, `${POD}.volumes has { persistentVolumeClaim: { claimName: pictures } }`],
  define: (chart) => {
    const pictures = new PersistentVolumeClaim(chart, 'pictures', { size: Size.gibibytes(10), accessMode: AccessMode.READ_WRITE_MANY });
    const gallery = new Server(chart, 'gallery');
    gallery.pods.addVolume('/srv/pictures', Volume.fromClaim(pictures));
  },
});
