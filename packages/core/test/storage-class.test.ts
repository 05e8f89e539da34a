import { Size, Testing } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AccessMode, type ClusterProfileProps, FileSystemType, NfsDeletion, OpenEbsQuota, PersistentVolumeClaim, Provisioner, ReclaimPolicy,
  StorageClass, type StorageClassProps, Volume, VolumeBindingMode, Warnings,
} from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

const gp3 = Provisioner.named('ebs.csi.aws.com', { type: 'gp3' });
const size = Size.gibibytes(10);
const classOf = (props: Partial<StorageClassProps> = {}) => {
  const chart = charted();
  new StorageClass(chart, 'fast', { provisioner: gp3, ...props });
  const objects = accepted(chart);
  expect(objects).toHaveLength(1);
  return objects[0] as unknown as Record<string, unknown>;
};
const mistakesOf = (props: Partial<StorageClassProps>, profile?: ClusterProfileProps) => {
  const chart = charted(profile);
  new StorageClass(chart, 'fast', { provisioner: gp3, ...props });
  return mistakes(chart);
};

describe('V3 StorageClass', () => {
  test('keeps data, waits for the pod and lets claims grow', () => {
    expect(classOf()).toEqual({
      apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3' },
      reclaimPolicy: 'Retain', volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion: true,
    });
  });

  test('takes all that a class has', () => {
    expect(classOf({
      provisioner: Provisioner.named('pd.csi.storage.gke.io'), reclaimPolicy: ReclaimPolicy.DELETE, volumeBindingMode: VolumeBindingMode.IMMEDIATE,
      allowVolumeExpansion: false, mountOptions: ['noatime'], isDefault: true, name: 'faster', labels: { team: 'platform' }, annotations: { owner: 'platform' },
      allowedTopologies: { 'topology.kubernetes.io/zone': ['eu-1a', 'eu-1b'] },
    })).toEqual({
      apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'pd.csi.storage.gke.io', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate',
      metadata: {
        name: 'faster', labels: { team: 'platform' }, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true', owner: 'platform' },
      },
      mountOptions: ['noatime'], allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['eu-1a', 'eu-1b'] }] }],
    });
  });

  test('empty parameters, lists and false are left out, as they are stored', () => {
    expect(classOf({ provisioner: Provisioner.named('ebs.csi.aws.com', {}), mountOptions: [], isDefault: false })).toEqual(expect.not.objectContaining({
      parameters: expect.anything(), mountOptions: expect.anything(),
    }));
  });

  test('is the same bytes twice', () => {
    const chart = charted();
    new StorageClass(chart, 'fast', { provisioner: gp3, isDefault: true });
    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
  });

  test('made elsewhere is a reference', () => {
    expect(StorageClass.fromStorageClassName('theirs')).toEqual({ name: 'theirs', kind: 'StorageClass' });
  });

  test('any name of letters and digits with dashes is taken as it is', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/), (name) => {
      expect(Provisioner.named(`${name}.example.com`, { [name]: name })).toMatchObject({ faults: [], parameters: { [name]: name }, name: `${name}.example.com` });
    }));
  });

  const long = 'x'.repeat(256 * 1024 - 3);
  test.each<[string, Partial<StorageClassProps>, string[]]>([
    ['no provisioner', { provisioner: 'ebs.csi.aws.com' as unknown as Provisioner },
      ["KEELSON1587 'provisioner' must be a value of Provisioner, got 'ebs.csi.aws.com': use Provisioner.named('ebs.csi.aws.com')"]],
    ['a bad name', { provisioner: Provisioner.named('EBS driver') },
      ["KEELSON1801 'provisioner' must be the name of a provisioner, got 'EBS driver': write it as `kubectl get csidrivers` has it, such as 'ebs.csi.aws.com'"]],
    ['a parameter that is no text', { provisioner: Provisioner.named('a.io', { encrypted: true as unknown as string }) },
      ["KEELSON1802 'provisioner.parameters.encrypted' must be a text, got true: write 'true'"]],
    ['a parameter without a name', { provisioner: Provisioner.named('a.io', { '': 'x' }) },
      ["KEELSON1802 'provisioner.parameters' must be called by names, got '': name it as the provisioner does"]],
    ['as many parameters as fit', { provisioner: Provisioner.named('a.io', Object.fromEntries(Array.from({ length: 512 }, (_, n) => [`p${n}`, 'x']))) }, []],
    ['one more', { provisioner: Provisioner.named('a.io', Object.fromEntries(Array.from({ length: 513 }, (_, n) => [`p${n}`, 'x']))) },
      ["KEELSON1802 'provisioner.parameters' must be at most 512 parameters, got 513: leave some out"]],
    ['as long ones as fit', { provisioner: Provisioner.named('a.io', { big: long }) }, []],
    ['one byte more', { provisioner: Provisioner.named('a.io', { bigg: long }) },
      ["KEELSON1802 'provisioner.parameters' must be at most 262144 bytes together, got 262145 bytes: leave some out"]],
    ['a bad policy', { reclaimPolicy: 'Recycle' as ReclaimPolicy },
      ["KEELSON1585 'reclaimPolicy' must be one of Retain, Delete, got 'Recycle': choose a member of ReclaimPolicy, such as ReclaimPolicy.RETAIN"]],
    ['a bad mode', { volumeBindingMode: 'immediate' as VolumeBindingMode },
      ["KEELSON1585 'volumeBindingMode' must be one of WaitForFirstConsumer, Immediate, got 'immediate': write VolumeBindingMode.IMMEDIATE"]],
    ['a flag in quotes', { allowVolumeExpansion: 'true' as unknown as boolean, isDefault: 'no' as unknown as boolean }, [
      "KEELSON1587 'allowVolumeExpansion' must be true or false, got 'true': write it without quotes",
      "KEELSON1587 'isDefault' must be true or false, got 'no': write it without quotes",
    ]],
    ['mount options in one', { mountOptions: ['hard,nfsvers=4.1'] },
      ["KEELSON1811 'mountOptions' must be one option of mount each, without spaces and commas, got 'hard,nfsvers=4.1': write them like ['nfsvers=4.1', 'hard']"]],
    ['mount options as a text', { mountOptions: 'hard' as unknown as string[] },
      ["KEELSON1587 'mountOptions' must be a list of texts, got 'hard': write it like ['nfsvers=4.1']"]],
    ['topologies of nothing', { allowedTopologies: {} }, ["KEELSON1812 'allowedTopologies' must be the values of one label or more, got none: "
      + "write it like { 'topology.kubernetes.io/zone': ['eu-1a'] }, or leave it out"]],
    ['a topology of nothing', { allowedTopologies: { zone: [] } }, ["KEELSON1812 'allowedTopologies.zone' must be one value or more, got none: "
      + "write it like { 'topology.kubernetes.io/zone': ['eu-1a'] }, or leave it out"]],
    ['a topology twice', { allowedTopologies: { zone: ['a', 'a'] } }, ["KEELSON1812 'allowedTopologies.zone' must be different values, got one twice: "
      + "write it like { 'topology.kubernetes.io/zone': ['eu-1a'] }, or leave it out"]],
    ['a topology that no label has', { allowedTopologies: { zone: ['a b'] } },
      ["KEELSON1054 'allowedTopologies.zone' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"]],
    ['a bad name of the class', { name: 'Fast' },
      ["KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for a StorageClass, got 'Fast': try 'fast'"]],
  ])('with %s', (_what, props, messages) => {
    expect(mistakesOf(props).map(line => line.replace(/^\[shop\/fast(?:\/Resource)?\] /, ''))).toEqual(messages);
  });
});

describe('V3 the default class', () => {
  const second = (path: string, other: string) => `[${path}] KEELSON1810 'isDefault' must be set on one StorageClass of the cluster, got true, as ${other}: `
    + 'remove it from one of the two: of two defaults, claims get the one that was made last';

  test('is one of the app', () => {
    const chart = charted();
    ['a', 'b', 'c'].forEach(id => new StorageClass(chart, id, { provisioner: gp3, isDefault: id !== 'c' }));
    expect(mistakes(chart)).toEqual([second('shop/b', '[shop/a] is')]);
  });

  test('is one of app and cluster', () => {
    expect(mistakesOf({ isDefault: true }, { storageClasses: [{ name: 'standard', isDefault: true }] }))
      .toEqual([second('shop/fast', "'standard' of the cluster profile is")]);
    expect(mistakesOf({ isDefault: true }, { storageClasses: [{ name: 'standard' }] })).toEqual([]);
  });

  test('may be described by the profile', () => {
    expect(mistakesOf({ isDefault: true }, { storageClasses: [{ name: 'fast', isDefault: true }] })).toEqual([]);
  });
});

describe('V3 claims of classes of the app', () => {
  const claimed = (props: StorageClassProps, accessMode: AccessMode, profile: ClusterProfileProps, named_ = true) => {
    const chart = charted(profile);
    // The class comes after: order doesn't matter.
    new PersistentVolumeClaim(chart, 'data', {
      size, accessMode, storageClass: named_ ? StorageClass.fromStorageClassName('own') : undefined,
    });
    new Server(chart, 'web', {
      volumes: { '/scratch': Volume.ephemeralClaim({ size, accessMode, storageClass: named_ ? StorageClass.fromStorageClassName('own') : undefined }) },
    });
    new StorageClass(chart, 'own', { reclaimPolicy: ReclaimPolicy.DELETE, ...props });
    return mistakes(chart);
  };
  const others = { storageClasses: [{ name: 'standard' }, { name: 'shared', readWriteMany: true }] };
  const nfs = Provisioner.nfs('nfs.example.com', '/srv');

  test('are taken beside those of the profile', () => {
    expect(claimed({ provisioner: gp3 }, AccessMode.READ_WRITE_ONCE, others)).toEqual([]);
  });

  test('and so are those that name none, by the default of the app', () => {
    expect(claimed({ provisioner: gp3, isDefault: true }, AccessMode.READ_WRITE_ONCE, others, false)).toEqual([]);
  });

  test('are refused for several nodes where the provisioner has none such', () => {
    const fault = (prop: string) => `KEELSON1331 '${prop}' must be one that the class 'own' can serve, got ReadWriteMany: use the class 'shared'`;
    expect(claimed({ provisioner: Provisioner.openEbsLvm('vg') }, AccessMode.READ_WRITE_MANY, others)).toEqual([
      `[shop/data] ${fault('accessMode')}`, `[shop/web] ${fault('volumes./scratch.accessMode')}`,
    ]);
    expect(claimed({ provisioner: gp3 }, AccessMode.READ_WRITE_MANY, others)).toEqual([]);
    expect(claimed({ provisioner: gp3, readWriteMany: false }, AccessMode.READ_WRITE_MANY, {})).toHaveLength(2);
    expect(claimed({ provisioner: nfs }, AccessMode.READ_WRITE_MANY, {})).toEqual([]);
  });

  test('another name is refused with all that there are', () => {
    const chart = charted(others);
    new StorageClass(chart, 'own', { provisioner: gp3 });
    new PersistentVolumeClaim(chart, 'data', { size, storageClass: StorageClass.fromStorageClassName('slow') });
    expect(mistakes(chart)).toEqual(["[shop/data] KEELSON1330 'storageClass' must be one of the cluster's classes ('own', 'standard', 'shared'), got 'slow': "
      + 'name one of them, or add it to storageClasses of the cluster profile']);
  });

  test('the class itself is a reference', () => {
    const chart = charted(others);
    const storageClass = new StorageClass(chart, 'own', { provisioner: gp3 });
    new PersistentVolumeClaim(chart, 'data', { size, storageClass });
    expect(named(accepted(chart), 'PersistentVolumeClaim', 'data').spec.storageClassName).toBe('own');
  });
});

describe('V4 the class of disks of nodes', () => {
  test('makes no volumes, and its claims wait for a pod', () => {
    expect(classOf({ provisioner: Provisioner.none() })).toEqual({
      apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'kubernetes.io/no-provisioner',
      reclaimPolicy: 'Retain', volumeBindingMode: 'WaitForFirstConsumer',
    });
  });

  test('is refused to grow', () => {
    expect(mistakesOf({ provisioner: Provisioner.none(), allowVolumeExpansion: true })).toEqual(["[shop/fast] KEELSON1808 'allowVolumeExpansion' must be "
      + "left out for kubernetes.io/no-provisioner, whose volumes can't grow, got true: remove it: claims that ask for more would wait for ever"]);
  });
});

describe('V5 OpenEBS', () => {
  const made = (provisioner: Provisioner) => {
    const { metadata, provisioner: name, parameters, allowVolumeExpansion } = classOf({ provisioner });
    return { name, parameters, annotations: (metadata as { annotations?: object }).annotations, allowVolumeExpansion };
  };

  test('local hostpath is told in annotations, as OpenEBS documents it', () => {
    expect(made(Provisioner.openEbsHostPath())).toEqual({
      name: 'openebs.io/local',
      annotations: { 'openebs.io/cas-type': 'local', 'cas.openebs.io/config': '- name: StorageType\n  value: "hostpath"\n' },
    });
    expect(made(Provisioner.openEbsHostPath({
      basePath: '/mnt/disks', nodeLabels: ['example.com/node', 'example.com/rack'], mode: 0o770, quota: OpenEbsQuota.XFS,
    })).annotations).toEqual({
      'openebs.io/cas-type': 'local',
      'cas.openebs.io/config': `- name: StorageType
  value: "hostpath"
- name: BasePath
  value: "/mnt/disks"
- name: NodeAffinityLabels
  list:
    - "example.com/node"
    - "example.com/rack"
- name: FilePermissions
  data:
    mode: "0770"
- name: XFSQuota
  enabled: "true"
`,
    });
  });

  test('local LVM', () => {
    expect(made(Provisioner.openEbsLvm('lvmvg'))).toEqual({
      name: 'local.csi.openebs.io', parameters: { storage: 'lvm', volgroup: 'lvmvg' }, allowVolumeExpansion: true,
    });
    expect(made(Provisioner.openEbsLvm('lvmvg', { fileSystem: FileSystemType.XFS, thin: true, shared: true })).parameters)
      .toEqual({ storage: 'lvm', volgroup: 'lvmvg', fsType: 'xfs', thinProvision: 'yes', shared: 'yes' });
  });

  test('local ZFS', () => {
    expect(made(Provisioner.openEbsZfs('tank/volumes'))).toEqual({
      name: 'zfs.csi.openebs.io', parameters: { poolname: 'tank/volumes', fstype: 'zfs' }, allowVolumeExpansion: true,
    });
    expect(made(Provisioner.openEbsZfs('tank', { blockSize: Size.kibibytes(16), compression: 'zstd-3', thin: true, shared: true })).parameters)
      .toEqual({ poolname: 'tank', fstype: 'zfs', recordsize: '16k', compression: 'zstd-3', thinprovision: 'yes', shared: 'yes' });
    expect(made(Provisioner.openEbsZfs('tank', { fileSystem: FileSystemType.EXT4, blockSize: Size.kibibytes(0.5) })).parameters)
      .toEqual({ poolname: 'tank', fstype: 'ext4', volblocksize: '512' });
  });

  test('replicated', () => {
    expect(made(Provisioner.openEbsReplicated())).toEqual({
      name: 'io.openebs.csi-mayastor', parameters: { protocol: 'nvmf', repl: '3' }, allowVolumeExpansion: true,
    });
    expect(made(Provisioner.openEbsReplicated({ replicas: 2, fileSystem: FileSystemType.XFS, thin: true })).parameters)
      .toEqual({ protocol: 'nvmf', repl: '2', fsType: 'xfs', thin: 'true' });
  });

  test.each<[string, Provisioner, string]>([
    ['Jiva', Provisioner.named('jiva.csi.openebs.io', { 'cas-type': 'jiva' }),
      "KEELSON1800 'provisioner' must be a provisioner that is maintained, got 'jiva.csi.openebs.io', which OpenEBS has retired: use Provisioner.openEbsReplicated()"],
    ['cStor', Provisioner.named('cstor.csi.openebs.io'),
      "KEELSON1800 'provisioner' must be a provisioner that is maintained, got 'cstor.csi.openebs.io', which OpenEBS has retired: use Provisioner.openEbsReplicated()"],
    ['both of old', Provisioner.named('openebs.io/provisioner-iscsi'),
      "KEELSON1800 'provisioner' must be a provisioner that is maintained, got 'openebs.io/provisioner-iscsi', which OpenEBS has retired: use Provisioner.openEbsReplicated()"],
    ['a relative base path', Provisioner.openEbsHostPath({ basePath: 'data' }),
      "KEELSON1326 'provisioner.basePath' must be an absolute path without '..', got 'data': write it like '/srv/data'"],
    ['no node label', Provisioner.openEbsHostPath({ nodeLabels: [] }),
      "KEELSON1804 'provisioner.nodeLabels' must be the key of one label or more, got none: leave it out for 'kubernetes.io/hostname'"],
    ['bad bits', Provisioner.openEbsHostPath({ mode: 0o1000 }),
      "KEELSON1321 'provisioner.mode' must be permission bits from 0 to 0o777 (511), got 512: write them in octal, such as 0o440"],
    ['a bad quota', Provisioner.openEbsHostPath({ quota: 'xfs' as OpenEbsQuota }),
      "KEELSON1585 'provisioner.quota' must be one of XFSQuota, EXT4Quota, got 'xfs': write OpenEbsQuota.XFS"],
    ['no volume group', Provisioner.openEbsLvm(''), "KEELSON1803 'provisioner.volumeGroup' must be the name of a volume group, got '': write it like 'lvmvg'"],
    ['no pool', Provisioner.openEbsZfs(' '), "KEELSON1803 'provisioner.pool' must be the name of a pool, got ' ': write it like 'tank'"],
    ['a small block', Provisioner.openEbsZfs('tank', { blockSize: Size.kibibytes(0.25) }),
      "KEELSON1805 'provisioner.blockSize' must be a power of 2 from 512 bytes to 128 KiB, got '0.25Ki': try Size.kibibytes(16)"],
    ['a large block', Provisioner.openEbsZfs('tank', { blockSize: Size.kibibytes(256) }),
      "KEELSON1805 'provisioner.blockSize' must be a power of 2 from 512 bytes to 128 KiB, got '256Ki': try Size.kibibytes(16)"],
    ['an odd block', Provisioner.openEbsZfs('tank', { blockSize: Size.kibibytes(48) }),
      "KEELSON1805 'provisioner.blockSize' must be a power of 2 from 512 bytes to 128 KiB, got '48Ki': try Size.kibibytes(16)"],
    ['a bad compression', Provisioner.openEbsZfs('tank', { compression: 'zip' }), "KEELSON1806 'provisioner.compression' must be "
      + "on, off, lzjb, lz4, zle, gzip, gzip-1 to gzip-9, zstd or zstd-1 to zstd-19, got 'zip': try 'zstd'"],
    ['no replicas', Provisioner.openEbsReplicated({ replicas: 0 }),
      "KEELSON1807 'provisioner.replicas' must be an integer from 1, got 0: take 3 to lose no data with two nodes"],
  ])('fails for %s', (_what, provisioner, message) => {
    expect(mistakesOf({ provisioner })).toEqual([`[shop/fast] ${message}`]);
  });

  test('fails for the engines of old by their annotation', () => {
    expect(mistakesOf({ annotations: { 'openebs.io/cas-type': 'cstor' } })).toEqual(["[shop/fast] KEELSON1800 'annotations' must be "
      + "of an engine that is maintained, got 'openebs.io/cas-type: cstor', which OpenEBS has retired: use Provisioner.openEbsReplicated()"]);
  });

  test('a directory of a node is never made before its pod', () => {
    expect(mistakesOf({ provisioner: Provisioner.openEbsHostPath(), volumeBindingMode: VolumeBindingMode.IMMEDIATE })).toEqual([
      "[shop/fast] KEELSON1809 'volumeBindingMode' must be WaitForFirstConsumer for openebs.io/local, which makes volumes on the node of a pod, got Immediate: "
      + 'remove it: claims would wait for ever']);
  });
});

describe('V6 NFS by its CSI driver', () => {
  test('is a directory of a share', () => {
    expect(Provisioner.nfs('nfs.example.com', '/srv').parameters).toEqual({ server: 'nfs.example.com', share: '/srv' });
    expect(Provisioner.nfs('10.0.0.7', '/', { subDirectory: '${pvc.metadata.namespace}', onDelete: NfsDeletion.ARCHIVE, mode: 0o770 })).toMatchObject({
      name: 'nfs.csi.k8s.io', faults: [],
      parameters: { server: '10.0.0.7', share: '/', subDir: '${pvc.metadata.namespace}', onDelete: 'archive', mountPermissions: '0770' },
    });
  });

  test.each<[string, Provisioner, string]>([
    ['no server', Provisioner.nfs('', '/'), "KEELSON1803 'provisioner.server' must be the server's host name or address, got '': write it like 'nfs.example.com'"],
    ['a relative share', Provisioner.nfs('a', 'srv'), "KEELSON1326 'provisioner.share' must be an absolute path without '..', got 'srv': write it like '/srv/data'"],
    ['an empty directory', Provisioner.nfs('a', '/', { subDirectory: '' }),
      "KEELSON1803 'provisioner.subDirectory' must be a directory of the share, got '': write it like '${pvc.metadata.name}'"],
    ['a bad deletion', Provisioner.nfs('a', '/', { onDelete: 'keep' as NfsDeletion }),
      "KEELSON1585 'provisioner.onDelete' must be one of delete, retain, archive, got 'keep': choose a member of NfsDeletion, such as NfsDeletion.DELETE"],
    ['bad bits', Provisioner.nfs('a', '/', { mode: -1 }),
      "KEELSON1321 'provisioner.mode' must be permission bits from 0 to 0o777 (511), got -1: write them in octal, such as 0o440"],
  ])('fails for %s', (_what, provisioner, message) => {
    expect(mistakesOf({ provisioner })).toEqual([`[shop/fast] ${message}`]);
  });
});

describe('V3 volumes that come with pods', () => {
  test('stay behind where their class keeps them, which is said', () => {
    const chart = charted();
    const storageClass = new StorageClass(chart, 'kept', { provisioner: gp3 });
    const scratch = new StorageClass(chart, 'scratch', { provisioner: gp3, reclaimPolicy: ReclaimPolicy.DELETE });
    new Server(chart, 'web', { volumes: {
      '/a': Volume.ephemeralClaim({ size, storageClass }), '/b': Volume.ephemeralClaim({ size, storageClass: scratch }), '/c': Volume.ephemeralClaim({ size }),
    } });
    expect(mistakes(chart)).toEqual([]);
    expect(Warnings.of(chart)).toEqual(["[shop/web] KEELSON1831 'volumes./a' has a volume of [shop/kept], which keeps the volume of each pod that is gone: "
      + 'take a class with ReclaimPolicy.DELETE']);
  });
});
