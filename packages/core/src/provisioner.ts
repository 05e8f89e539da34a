import { Fault } from './faults';
import { FileSystemType } from './file-system-type';
import { isMade } from './private/made';
import { oneOfFaults } from './private/one-of';
import { given } from './private/given';
import {
  absolutePathFaults, blockText, compressionFaults, knownOf, nodeLabelFaults, octal, parameterFaults, provisionerNameFaults,
  recordSizeFaults, replicaFaults, requiredTextFaults,
} from './private/provisioners';
import { modeFaults } from './private/volume-source';
import { within } from './private/within';
import {
  NfsDeletion, NfsProvisionerOptions, OpenEbsHostPathOptions, OpenEbsLvmOptions, OpenEbsQuota, OpenEbsReplicatedOptions, OpenEbsZfsOptions,
} from './provisioner-options';

const DEFAULT_REPLICAS = 3;

/**
 * What makes the volumes of a `StorageClass`, and what it has to know: a misspelt parameter is taken without a word, and the disk is
 * another one than was meant.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/#provisioner
 */
export class Provisioner {
  /**
   * None: volumes are made by hand, as `PersistentVolume`s of the class. For disks of nodes, since claims wait until a pod says on
   * which node.
   *
   * @see https://kubernetes.io/docs/concepts/storage/storage-classes/#local
   */
  public static none(): Provisioner {
    return new Provisioner('kubernetes.io/no-provisioner');
  }

  /**
   * A CSI driver, or another provisioner, by its name.
   *
   * @param name such as `ebs.csi.aws.com`; `kubectl get csidrivers` has those of a cluster.
   * @param parameters what it takes, by its own names, such as `{ type: 'gp3' }`: nobody checks them.
   */
  public static named(name: string, parameters: { [name: string]: string } = {}): Provisioner {
    return new Provisioner(name, parameters, [...provisionerNameFaults(name), ...within('parameters', parameterFaults(parameters))]);
  }

  /**
   * OpenEBS Local PV Hostpath: a directory of the node that the pod was scheduled on. It can't grow, and is gone with the node.
   *
   * @param options where, and how.
   * @see https://openebs.io/docs/user-guides/local-storage-user-guide/local-pv-hostpath/configuration/hostpath-storageclass-parameters
   */
  public static openEbsHostPath(options: OpenEbsHostPathOptions = {}): Provisioner {
    const { basePath, nodeLabels, mode, quota } = options;
    const config = [
      '- name: StorageType\n  value: "hostpath"',
      ...(basePath === undefined ? [] : [`- name: BasePath\n  value: ${JSON.stringify(basePath)}`]),
      ...(nodeLabels === undefined ? [] : ['- name: NodeAffinityLabels\n  list:', ...nodeLabels.map(key => `    - ${JSON.stringify(key)}`)]),
      ...(mode === undefined ? [] : [`- name: FilePermissions\n  data:\n    mode: "${octal(mode)}"`]),
      ...(quota === undefined ? [] : [`- name: ${quota}\n  enabled: "true"`]),
    ];
    return new Provisioner('openebs.io/local', {}, [
      ...(basePath === undefined ? [] : within('basePath', absolutePathFaults(basePath))),
      ...within('nodeLabels', nodeLabelFaults(nodeLabels)),
      ...(mode === undefined ? [] : modeFaults(mode)),
      ...oneOfFaults('OpenEbsQuota', OpenEbsQuota, quota, 'quota'),
    ], { 'openebs.io/cas-type': 'local', 'cas.openebs.io/config': `${config.join('\n')}\n` });
  }

  /**
   * OpenEBS Local PV LVM: a logical volume of the node that the pod was scheduled on. It grows, and is gone with the node.
   *
   * @param volumeGroup the volume group, which the nodes have.
   * @param options of its volumes.
   * @see https://openebs.io/docs/user-guides/local-storage-user-guide/local-pv-lvm/configuration/lvm-create-storageclass
   */
  public static openEbsLvm(volumeGroup: string, options: OpenEbsLvmOptions = {}): Provisioner {
    const { fileSystem, thin, shared } = options;
    return new Provisioner('local.csi.openebs.io', {
      storage: 'lvm', volgroup: volumeGroup, fsType: fileSystem, thinProvision: thin === true ? 'yes' : undefined, shared: shared === true ? 'yes' : undefined,
    }, [
      ...within('volumeGroup', requiredTextFaults(volumeGroup, 'the name of a volume group', 'lvmvg')),
      ...oneOfFaults('FileSystemType', FileSystemType, fileSystem, 'fileSystem'),
    ]);
  }

  /**
   * OpenEBS Local PV ZFS: a dataset of the node that the pod was scheduled on. It grows, and is gone with the node.
   *
   * @param pool the pool, or a dataset in one, such as `tank/volumes`, which the nodes have.
   * @param options of its volumes.
   * @see https://openebs.io/docs/user-guides/local-storage-user-guide/local-pv-zfs/configuration/zfs-storageclass-parameters
   */
  public static openEbsZfs(pool: string, options: OpenEbsZfsOptions = {}): Provisioner {
    const { fileSystem, blockSize, compression, thin, shared } = options;
    const size = blockSize === undefined ? undefined : blockText(blockSize);
    return new Provisioner('zfs.csi.openebs.io', {
      poolname: pool, fstype: fileSystem ?? 'zfs', compression, shared: shared === true ? 'yes' : undefined,
      ...(fileSystem === undefined ? { recordsize: size } : { volblocksize: size }), thinprovision: thin === true ? 'yes' : undefined,
    }, [
      ...within('pool', requiredTextFaults(pool, 'the name of a pool', 'tank')),
      ...oneOfFaults('FileSystemType', FileSystemType, fileSystem, 'fileSystem'),
      ...(blockSize === undefined ? [] : within('blockSize', recordSizeFaults(blockSize))),
      ...(compression === undefined ? [] : within('compression', compressionFaults(compression))),
    ]);
  }

  /**
   * OpenEBS Replicated PV Mayastor: a volume with copies on several nodes, reached over NVMe-oF. What Jiva and cStor were.
   *
   * @param options of its volumes.
   * @see https://openebs.io/docs/user-guides/replicated-storage-user-guide/replicated-pv-mayastor/configuration/rs-storage-class-parameters
   */
  public static openEbsReplicated(options: OpenEbsReplicatedOptions = {}): Provisioner {
    const { replicas = DEFAULT_REPLICAS, fileSystem, thin } = options;
    return new Provisioner('io.openebs.csi-mayastor', {
      protocol: 'nvmf', repl: `${replicas}`, fsType: fileSystem, thin: thin === true ? 'true' : undefined,
    }, [
      ...within('replicas', replicaFaults(replicas)),
      ...oneOfFaults('FileSystemType', FileSystemType, fileSystem, 'fileSystem'),
    ]);
  }

  /**
   * The CSI driver for NFS: a directory of a server's share, which pods of all nodes may write to.
   *
   * @param server the server's host name or address.
   * @param share the exported path, absolute.
   * @param options of its volumes.
   * @see https://github.com/kubernetes-csi/csi-driver-nfs/blob/master/docs/driver-parameters.md
   */
  public static nfs(server: string, share: string, options: NfsProvisionerOptions = {}): Provisioner {
    const { subDirectory, onDelete, mode } = options;
    return new Provisioner('nfs.csi.k8s.io', {
      server, share, subDir: subDirectory, onDelete, mountPermissions: mode === undefined ? undefined : octal(mode),
    }, [
      ...within('server', requiredTextFaults(server, "the server's host name or address", 'nfs.example.com')),
      ...within('share', absolutePathFaults(share)),
      ...(subDirectory === undefined ? [] : within('subDirectory', requiredTextFaults(subDirectory, 'a directory of the share', '${pvc.metadata.name}'))),
      ...oneOfFaults('NfsDeletion', NfsDeletion, onDelete, 'onDelete'),
      ...(mode === undefined ? [] : modeFaults(mode)),
    ]);
  }

  /** Whether a value was made by one of the factories. @internal */
  public static _is(value: unknown): value is Provisioner {
    return isMade(value) && value instanceof Provisioner;
  }

  /** What it takes, by its own names. */
  public readonly parameters: { [name: string]: string };

  private constructor(
    /** Its name, such as `ebs.csi.aws.com`. */
    public readonly name: string,
    parameters: { [name: string]: string | undefined } = {},
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[] = [],
    /** What it reads in annotations of the class. @internal */
    public readonly _annotations: { [key: string]: string } = {},
  ) {
    this.parameters = given(parameters) as { [name: string]: string };
  }

  /** What is known of it by its name. @internal */
  public get _known(): ReturnType<typeof knownOf> {
    return knownOf(this.name);
  }
}
