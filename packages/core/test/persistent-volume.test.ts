import { Chart, Size, Testing } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AccessMode, HostPathType, type IPersistentVolume, type IPersistentVolumeClaim, LabelExpression, NodeAffinity, PersistentVolume,
  PersistentVolumeClaim, type PersistentVolumeClaimProps, type PersistentVolumeProps, PersistentVolumeSource, ReclaimPolicy, Secret,
  StorageClass, Volume, VolumeMode,
} from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

const capacity = Size.gibibytes(100);
const nfs = PersistentVolumeSource.nfs('nfs.example.com', '/srv/orders');
const ebs = PersistentVolumeSource.csi('ebs.csi.aws.com', 'vol-0123456789abcdef0');
const local = PersistentVolumeSource.local('/mnt/disks/ssd1', ['node-1']);
const slow = StorageClass.fromStorageClassName('slow');

const volumeOf = (props: Partial<PersistentVolumeProps> = {}) => {
  const chart = charted();
  new PersistentVolume(chart, 'disk', { capacity, source: nfs, ...props });
  const [volume] = accepted(chart) as unknown as [{ kind: string; metadata: object; spec: object }];
  return volume;
};
const mistakesOf = (props: Partial<PersistentVolumeProps>) => {
  const chart = charted();
  new PersistentVolume(chart, 'disk', { capacity, source: nfs, ...props });
  return mistakes(chart).map(line => line.replace(/^\[shop\/disk(?:\/Resource)?\] /, ''));
};

describe('V2 PersistentVolume', () => {
  test('keeps its data, has no class and no namespace', () => {
    expect(volumeOf()).toEqual({
      apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk' },
      spec: {
        capacity: { storage: '100Gi' }, accessModes: ['ReadWriteMany'], persistentVolumeReclaimPolicy: 'Retain',
        nfs: { server: 'nfs.example.com', path: '/srv/orders' },
      },
    });
  });

  test('takes all that a volume has', () => {
    expect(volumeOf({
      source: ebs, accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_ONLY_MANY], storageClass: slow,
      reclaimPolicy: ReclaimPolicy.DELETE, volumeMode: VolumeMode.BLOCK, mountOptions: ['noatime'], name: 'orders-disk', labels: { tier: 'db' }, annotations: { owner: 'orders' },
      nodeAffinity: [
        NodeAffinity.required(LabelExpression.in('topology.kubernetes.io/zone', ['eu-1a'])), NodeAffinity.required(LabelExpression.exists('ssd')),
      ],
      reservedFor: PersistentVolumeClaim.fromClaimName('data-orders-0', 'shop'),
    })).toEqual({
      apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'orders-disk', labels: { tier: 'db' }, annotations: { owner: 'orders' } },
      spec: {
        capacity: { storage: '100Gi' }, accessModes: ['ReadWriteOnce', 'ReadOnlyMany'], persistentVolumeReclaimPolicy: 'Delete', storageClassName: 'slow',
        volumeMode: 'Block', mountOptions: ['noatime'], csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-0123456789abcdef0' },
        nodeAffinity: { required: { nodeSelectorTerms: [
          { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['eu-1a'] }] },
          { matchExpressions: [{ key: 'ssd', operator: 'Exists' }] },
        ] } },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-orders-0' },
      },
    });
  });

  test('made elsewhere is a reference', () => {
    expect(PersistentVolume.fromPersistentVolumeName('theirs', slow)).toEqual({ name: 'theirs', kind: 'PersistentVolume', storageClass: slow });
  });

  test.each<[string, Partial<PersistentVolumeProps>, string[]]>([
    ['no capacity', { capacity: Size.gibibytes(0) }, ["KEELSON1125 'capacity' must be a size above 0, got '0Gi': try Size.mebibytes(64)"]],
    ['no source', { source: 'nfs' as unknown as PersistentVolumeSource },
      ["KEELSON1587 'source' must be a value of PersistentVolumeSource, got 'nfs': use PersistentVolumeSource.nfs(…), csi(…) or local(…)"]],
    ['no mode', { accessModes: [] }, ["KEELSON1815 'accessModes' must be one mode or more, got none: leave it out for what is usual"]],
    ['one mode twice', { accessModes: [AccessMode.READ_WRITE_MANY, AccessMode.READ_WRITE_MANY] },
      ["KEELSON1815 'accessModes' must be different modes, got one twice: remove one of the two"]],
    ['a mode beside the one that is alone', { accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_ONCE_POD] },
      ["KEELSON1815 'accessModes' must be ReadWriteOncePod alone, or others, got ReadWriteOncePod beside others: leave one out: the API server takes them apart only"]],
    ['the one that is alone', { accessModes: [AccessMode.READ_WRITE_ONCE_POD] }, []],
    ['a mode that is none', { accessModes: ['rw' as AccessMode] }, ["KEELSON1585 'accessModes' must be one of ReadWriteOnce, ReadWriteOncePod, ReadOnlyMany, "
      + "ReadWriteMany, got 'rw': choose a member of AccessMode, such as AccessMode.READ_WRITE_ONCE"]],
    ['a mode that is no list', { accessModes: AccessMode.READ_WRITE_ONCE as unknown as AccessMode[] },
      ["KEELSON1587 'accessModes' must be a list of access modes, got 'ReadWriteOnce': write it like [AccessMode.READ_WRITE_ONCE]"]],
    ['a Secret as its class', { storageClass: Secret.fromSecretName('db') }, ["KEELSON1300 'storageClass' must be a StorageClass, got the Secret 'db': pass a StorageClass"]],
    ['a policy of old', { reclaimPolicy: 'Recycle' as ReclaimPolicy },
      ["KEELSON1585 'reclaimPolicy' must be one of Retain, Delete, got 'Recycle': choose a member of ReclaimPolicy, such as ReclaimPolicy.RETAIN"]],
    ['a bad volume mode', { volumeMode: 'block' as VolumeMode },
      ["KEELSON1585 'volumeMode' must be one of Filesystem, Block, got 'block': write VolumeMode.BLOCK"]],
    ['nodes it would rather be on', { nodeAffinity: [NodeAffinity.preferred(1, LabelExpression.exists('ssd'))] },
      ["KEELSON1816 'nodeAffinity' must be required: nodes have a volume or not, got NodeAffinity.preferred: write NodeAffinity.required(…)"]],
    ['nodes as a text', { nodeAffinity: 'node-1' as unknown as NodeAffinity[] },
      ["KEELSON1587 'nodeAffinity' must be a list of values of NodeAffinity, got 'node-1': write it like [NodeAffinity.required(…)]"]],
    ['a claim of nowhere', { reservedFor: PersistentVolumeClaim.fromClaimName('data') }, ["KEELSON1817 'reservedFor' must be a claim with a namespace, "
      + "since a PersistentVolume has none, got 'data' without one: write PersistentVolumeClaim.fromClaimName('data', '…')"]],
    ['a claim of no namespace', { reservedFor: PersistentVolumeClaim.fromClaimName('data', 'A') },
      ["KEELSON1062 'reservedFor.namespace' must be lower-case letters, digits and '-' for a namespace, got 'A': try 'a'"]],
    ['a claim by its name alone', { reservedFor: 'data' as unknown as IPersistentVolumeClaim },
      ["KEELSON1300 'reservedFor' must be a PersistentVolumeClaim, got 'data': write PersistentVolumeClaim.fromClaimName('data')"]],
    ['a share to be deleted', { reclaimPolicy: ReclaimPolicy.DELETE }, ["KEELSON1818 'reclaimPolicy' must be Retain for a volume that no driver deletes, "
      + 'got Delete: remove it: the volume would be Failed when its claim goes']],
    ['a share as a device', { volumeMode: VolumeMode.BLOCK }, ["KEELSON1818 'volumeMode' must be Filesystem for a share, got Block: remove it"]],
    ['mount options of a directory', { source: PersistentVolumeSource.unsafeHostPath('/srv'), mountOptions: ['noatime'] },
      ["KEELSON1818 'mountOptions' must be left out for a directory of the node, which is mounted already, got 'noatime': remove them"]],
    ['nodes beside those of a local volume', { source: local, nodeAffinity: [NodeAffinity.required(LabelExpression.exists('ssd'))] },
      ["KEELSON1818 'nodeAffinity' must be left out for a local volume, which names its nodes, got some: remove it"]],
    ['a bad name', { name: 'Disk' },
      ["KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for a PersistentVolume, got 'Disk': try 'disk'"]],
  ])('with %s', (_what, props, messages) => {
    expect(mistakesOf(props)).toEqual(messages);
  });
});

describe('V4 a disk of a node', () => {
  test('ties pods to its node', () => {
    expect(volumeOf({ source: local }).spec).toEqual({
      capacity: { storage: '100Gi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', local: { path: '/mnt/disks/ssd1' },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] }] }] } },
    });
    expect(volumeOf({ source: PersistentVolumeSource.local('/dev/sdb', ['node-1', 'node-2'], { fsType: 'xfs' }) }).spec).toMatchObject({
      local: { path: '/dev/sdb', fsType: 'xfs' },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ values: ['node-1', 'node-2'] }] }] } },
    });
  });

  test('has claims of its class', () => {
    const chart = charted();
    const storageClass = StorageClass.fromStorageClassName('local-ssd');
    const volume = new PersistentVolume(chart, 'ssd', { capacity, source: local, storageClass });
    new PersistentVolumeClaim(chart, 'orders', { size: capacity, volume });
    const objects = accepted(chart);
    expect(named(objects, 'PersistentVolume', 'ssd').spec.storageClassName).toBe('local-ssd');
    expect(named(objects, 'PersistentVolumeClaim', 'orders').spec.storageClassName).toBe('local-ssd');
  });

  test.each<[string, PersistentVolumeSource, string]>([
    ['no node', PersistentVolumeSource.local('/mnt', []), "KEELSON1813 'source.nodes' must be the name of a node, got none: name the node that has the disk: ['node-1']"],
    ['an empty node', PersistentVolumeSource.local('/mnt', ['']), "KEELSON1813 'source.nodes' must be the name of a node, got none: name the node that has the disk: ['node-1']"],
    ['a node as a text', PersistentVolumeSource.local('/mnt', 'node-1' as unknown as string[]),
      "KEELSON1587 'source.nodes' must be a list of names of nodes, got 'node-1': write it like ['node-1']"],
    ['a relative path', PersistentVolumeSource.local('mnt', ['node-1']),
      "KEELSON1326 'source.path' must be an absolute path without '..', got 'mnt': write it like '/srv/data'"],
  ])('fails for %s', (_what, source, message) => {
    expect(mistakesOf({ source })).toEqual([message]);
  });
});

describe('V6 NFS and CSI volumes', () => {
  test('NFS may be for reading only', () => {
    expect(volumeOf({ source: PersistentVolumeSource.nfs('10.0.0.7', '/', { readOnly: true }) }).spec).toMatchObject({
      nfs: { server: '10.0.0.7', path: '/', readOnly: true },
    });
  });

  test('CSI takes what its driver has to know', () => {
    const secret = (name: string) => Secret.fromSecretName(name, 'storage');
    expect(volumeOf({ source: PersistentVolumeSource.csi('smb.csi.k8s.io', 'share-1', {
      attributes: { source: '//smb.example.com/share' }, fsType: 'xfs', readOnly: true, controllerPublishSecret: secret('attach'),
      controllerExpandSecret: secret('grow'), nodeStageSecret: secret('stage'), nodePublishSecret: secret('mount'),
    }) }).spec).toMatchObject({ accessModes: ['ReadWriteOnce'], csi: {
      driver: 'smb.csi.k8s.io', volumeHandle: 'share-1', volumeAttributes: { source: '//smb.example.com/share' }, fsType: 'xfs', readOnly: true,
      controllerPublishSecretRef: { name: 'attach', namespace: 'storage' }, controllerExpandSecretRef: { name: 'grow', namespace: 'storage' },
      nodeStageSecretRef: { name: 'stage', namespace: 'storage' }, nodePublishSecretRef: { name: 'mount', namespace: 'storage' },
    } });
  });

  test('a directory of whatever node says so', () => {
    expect(volumeOf({ source: PersistentVolumeSource.unsafeHostPath('/srv', { type: HostPathType.DIRECTORY }) }).spec)
      .toMatchObject({ hostPath: { path: '/srv', type: 'Directory' } });
  });

  test.each<[string, PersistentVolumeSource, string]>([
    ['no server', PersistentVolumeSource.nfs('', '/'), "KEELSON1803 'source.server' must be the server's host name or address, got '': write it like 'nfs.example.com'"],
    ['a relative path', PersistentVolumeSource.nfs('a', 'srv'), "KEELSON1326 'source.path' must be an absolute path without '..', got 'srv': write it like '/srv/data'"],
    ['no driver', PersistentVolumeSource.csi('', 'a'), "KEELSON1582 'source.driver' must be the name of a CSI driver: at most 63 letters, digits, '-' and '.', got '': "
      + "write it as `kubectl get csidrivers` has it, such as 'secrets-store.csi.k8s.io'"],
    ['no handle', PersistentVolumeSource.csi('a.io', ''), "KEELSON1803 'source.volumeHandle' must be what the driver calls the volume, got '': write it like 'vol-0123456789abcdef0'"],
    ['an attribute that is no text', PersistentVolumeSource.csi('a.io', 'a', { attributes: { n: 1 as unknown as string } }),
      "KEELSON1583 'source.attributes.n' must be a text, got 1: write '1'"],
    ['a Secret of nowhere', PersistentVolumeSource.csi('a.io', 'a', { nodeStageSecret: Secret.fromSecretName('key') }), "KEELSON1814 'source.nodeStageSecret' "
      + "must be a Secret with a namespace, since a PersistentVolume has none, got 'key' without one: write Secret.fromSecretName('key', '…')"],
    ['a Secret of no namespace', PersistentVolumeSource.csi('a.io', 'a', { nodeStageSecret: Secret.fromSecretName('key', 'A') }),
      "KEELSON1062 'source.nodeStageSecret.namespace' must be lower-case letters, digits and '-' for a namespace, got 'A': try 'a'"],
    ['a bad type', PersistentVolumeSource.unsafeHostPath('/srv', { type: 'dir' as HostPathType }), "KEELSON1585 'source.type' must be one of "
      + `${Object.values(HostPathType).join(', ')}, got 'dir': choose a member of HostPathType, such as HostPathType.${Object.keys(HostPathType)[0] ?? ''}`],
  ])('fails for %s', (_what, source, message) => {
    expect(mistakesOf({ source })).toEqual([message]);
  });
});

describe('V2 static binding', () => {
  const bound = (volumeProps: Partial<PersistentVolumeProps>, claimProps: Partial<PersistentVolumeClaimProps>, storageClasses = [{ name: 'fast', isDefault: true }]) => {
    const chart = charted({ storageClasses });
    const volume = new PersistentVolume(chart, 'disk', { capacity, source: ebs, ...volumeProps });
    new PersistentVolumeClaim(chart, 'orders', { size: capacity, volume, ...claimProps });
    return chart;
  };

  test('volume and claim are kept for each other, without the default class', () => {
    const objects = accepted(bound({}, {}));
    expect(named(objects, 'PersistentVolumeClaim', 'orders').spec).toEqual({
      accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Gi' } }, storageClassName: '', volumeName: 'disk',
    });
    const { spec } = named(objects, 'PersistentVolume', 'disk');
    expect(spec).toMatchObject({ claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'orders' } });
    expect(spec).not.toHaveProperty('storageClassName');
  });

  test('the class needn\'t be there', () => {
    expect(named(accepted(bound({ storageClass: slow }, { storageClass: slow })), 'PersistentVolumeClaim', 'orders').spec.storageClassName).toBe('slow');
  });

  test('a volume made elsewhere has the class that is said', () => {
    const chart = charted();
    new PersistentVolumeClaim(chart, 'a', { size: capacity, volume: PersistentVolume.fromPersistentVolumeName('theirs') });
    new PersistentVolumeClaim(chart, 'b', { size: capacity, volume: PersistentVolume.fromPersistentVolumeName('others', slow) });
    const objects = accepted(chart);
    expect(named(objects, 'PersistentVolumeClaim', 'a').spec).toMatchObject({ storageClassName: '', volumeName: 'theirs' });
    expect(named(objects, 'PersistentVolumeClaim', 'b').spec).toMatchObject({ storageClassName: 'slow', volumeName: 'others' });
  });

  test('a claim without a namespace is named by the claim alone', () => {
    const chart = new Chart(Testing.app(), 'shop');
    const volume = new PersistentVolume(chart, 'disk', { capacity, source: ebs });
    new PersistentVolumeClaim(chart, 'orders', { size: capacity, volume });
    expect(named(accepted(chart), 'PersistentVolume', 'disk').spec).not.toHaveProperty('claimRef');
  });

  test('is the same bytes twice', () => {
    const chart = bound({}, {});
    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
  });

  test('any size up to the capacity fits, none above', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), (gibibytes) => {
      expect(mistakes(bound({}, { size: Size.gibibytes(gibibytes) }))).toHaveLength(gibibytes <= 100 ? 0 : 1);
    }), { numRuns: 30 });
  });

  test.each<[string, Partial<PersistentVolumeProps>, Partial<PersistentVolumeClaimProps>, string[]]>([
    ['too much', {}, { size: Size.gibibytes(101) },
      ["KEELSON1820 'size' must be at most '100Gi', the capacity of [shop/disk], got '101Gi': ask for what the volume has, or take a larger one"]],
    ['less', {}, { size: Size.gibibytes(99) }, []],
    ['another mode', {}, { accessMode: AccessMode.READ_WRITE_MANY },
      ["KEELSON1821 'accessMode' must be one of those of [shop/disk] (ReadWriteOnce), got ReadWriteMany: take one of them, or add it to the volume"]],
    ['one of the modes', { accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_ONLY_MANY] }, { accessMode: AccessMode.READ_ONLY_MANY }, []],
    ['a class', {}, { storageClass: slow },
      ["KEELSON1822 'storageClass' must be left out, since [shop/disk] has none, got 'slow': leave it out: the claim has that of its volume"]],
    ['another class', { storageClass: slow }, { storageClass: StorageClass.fromStorageClassName('fast') },
      ["KEELSON1822 'storageClass' must be left out, or 'slow', that of [shop/disk], got 'fast': leave it out: the claim has that of its volume"]],
    ['a device', {}, { volumeMode: VolumeMode.BLOCK }, ["KEELSON1823 'volumeMode' must be Filesystem, as that of [shop/disk], got Block: write VolumeMode.FILESYSTEM"]],
    ['files', { volumeMode: VolumeMode.BLOCK }, {}, ["KEELSON1823 'volumeMode' must be Block, as that of [shop/disk], got Filesystem: write VolumeMode.BLOCK"]],
    ['a device of a device', { volumeMode: VolumeMode.BLOCK }, { volumeMode: VolumeMode.BLOCK }, []],
    ['a volume that is none', {}, { volume: Secret.fromSecretName('db') as unknown as IPersistentVolume },
      ["KEELSON1300 'volume' must be a PersistentVolume, got the Secret 'db': pass a PersistentVolume"]],
    ['a volume by its name', {}, { volume: 'disk' as unknown as IPersistentVolume },
      ["KEELSON1300 'volume' must be a PersistentVolume, got 'disk': write PersistentVolume.fromPersistentVolumeName('disk')"]],
    ['one that is reserved', { reservedFor: PersistentVolumeClaim.fromClaimName('other', 'shop') }, {}, ["KEELSON1825 'volume' must be a volume that is free, "
      + "or reserved for this claim, got [shop/disk], which is reserved for the PersistentVolumeClaim 'other': take another volume, or reserve it for this claim"]],
    ['one that is reserved for it', { reservedFor: PersistentVolumeClaim.fromClaimName('orders', 'shop') }, {}, []],
    ['one that is reserved in another namespace', { reservedFor: PersistentVolumeClaim.fromClaimName('orders', 'prod') }, {}, ["KEELSON1825 'volume' must be "
      + "a volume that is free, or reserved for this claim, got [shop/disk], which is reserved for the PersistentVolumeClaim 'orders': take another volume, or reserve it for this claim"]],
  ])('of %s', (_what, volumeProps, claimProps, messages) => {
    expect(mistakes(bound(volumeProps, claimProps))).toEqual(messages.map(message => `[shop/orders] ${message}`));
  });

  test('a volume has one claim', () => {
    const chart = charted();
    const volume = new PersistentVolume(chart, 'disk', { capacity, source: nfs });
    const claims = ['a', 'b'].map(id => new PersistentVolumeClaim(chart, id, { size: capacity, volume, accessMode: AccessMode.READ_WRITE_MANY }));
    expect(claims).toHaveLength(2);
    new PersistentVolumeClaim(chart, 'c', { size: capacity, volume: PersistentVolume.fromPersistentVolumeName('theirs') });
    new PersistentVolumeClaim(chart, 'd', { size: capacity, volume: PersistentVolume.fromPersistentVolumeName('theirs') });
    expect(mistakes(chart)).toEqual([
      "[shop/b] KEELSON1824 'volume' must be a volume that no other claim names, got [shop/disk], which [shop/a] has: make a volume for each",
      "[shop/d] KEELSON1824 'volume' must be a volume that no other claim names, got the PersistentVolume 'theirs', which [shop/c] has: make a volume for each",
    ]);
  });
});

describe('V2 volumes that are devices', () => {
  test('are not for containers to mount', () => {
    const chart = charted();
    const disk = new PersistentVolumeClaim(chart, 'disk', { size: capacity, volumeMode: VolumeMode.BLOCK });
    new Server(chart, 'web', { volumes: { '/data': Volume.fromClaim(disk) } });
    expect(mistakes(chart)).toEqual(["[shop/web] KEELSON1826 'volumes./data' must be Filesystem for what containers mount, got Block: "
      + 'leave volumeMode out, or have something else use the device']);
  });
});
