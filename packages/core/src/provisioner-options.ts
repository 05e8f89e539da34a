import { Size } from 'cdk8s';
import { FileSystemType } from './file-system-type';

/** What keeps a volume of `Provisioner.openEbsHostPath` at the size that its claim says. */
export enum OpenEbsQuota {
  /** Project quotas of XFS: the base path is on XFS, mounted with `pquota`. */
  XFS = 'XFSQuota',
  /** Project quotas of ext4: the base path is on ext4 with the features `project` and `quota`, mounted with `prjquota`. */
  EXT4 = 'EXT4Quota',
}

/** Options for `Provisioner.openEbsHostPath`. */
export interface OpenEbsHostPathOptions {
  /**
   * The directory of each node in which volumes are made, an absolute path.
   *
   * @default - the one that OpenEBS was installed with: `/var/openebs/local`, which is on the node's own disk.
   */
  readonly basePath?: string;

  /**
   * Keys of node labels that tell a node from all others, for nodes whose host name may change while their disks stay.
   *
   * @default - `kubernetes.io/hostname`.
   */
  readonly nodeLabels?: string[];

  /**
   * Permission bits of a volume's directory, from 0 to 0o777.
   *
   * @default - 0o777: everybody on the node may write to it.
   */
  readonly mode?: number;

  /**
   * What keeps a volume at its size.
   *
   * @default - nothing: one volume may fill the disk that all are on.
   */
  readonly quota?: OpenEbsQuota;
}

/** Options for `Provisioner.openEbsLvm`. */
export interface OpenEbsLvmOptions {
  /**
   * The file system of its volumes.
   *
   * @default FileSystemType.EXT4
   */
  readonly fileSystem?: FileSystemType;

  /**
   * Take space of the volume group as data is written, not at once. Volumes then fail together where it runs out.
   *
   * @default false
   */
  readonly thin?: boolean;

  /**
   * Let several pods of one node mount a volume.
   *
   * @default false
   */
  readonly shared?: boolean;
}

/** Options for `Provisioner.openEbsZfs`. */
export interface OpenEbsZfsOptions {
  /**
   * The file system of its volumes, on a block device of ZFS.
   *
   * @default - a dataset of ZFS itself, which is faster and needs no formatting.
   */
  readonly fileSystem?: FileSystemType;

  /**
   * The block size that files, or the block device, have: a power of 2 from 512 bytes to 128 KiB. Databases want that of their pages.
   *
   * @default - the pool's.
   */
  readonly blockSize?: Size;

  /**
   * How blocks are compressed: `on`, `off`, `lz4`, `zstd`, `gzip-9` and so on.
   *
   * @default - as the pool says.
   */
  readonly compression?: string;

  /**
   * Take space of the pool as data is written, not at once. Volumes then fail together where it runs out.
   *
   * @default false
   */
  readonly thin?: boolean;

  /**
   * Let several pods of one node mount a volume.
   *
   * @default false
   */
  readonly shared?: boolean;
}

/** Options for `Provisioner.openEbsReplicated`. */
export interface OpenEbsReplicatedOptions {
  /**
   * On how many nodes the data is kept: from 1. Of three copies, two may fail.
   *
   * @default 3
   */
  readonly replicas?: number;

  /**
   * The file system of its volumes.
   *
   * @default FileSystemType.EXT4
   */
  readonly fileSystem?: FileSystemType;

  /**
   * Take space of the pools as data is written, not at once: watch their usage then.
   *
   * @default false
   */
  readonly thin?: boolean;
}

/** What becomes of the directory of a volume of `Provisioner.nfs` that is deleted. */
export enum NfsDeletion {
  /** It is deleted with all that is in it. */
  DELETE = 'delete',
  /** It stays as it is. */
  RETAIN = 'retain',
  /** It is renamed, and stays. */
  ARCHIVE = 'archive',
}

/** Options for `Provisioner.nfs`. */
export interface NfsProvisionerOptions {
  /**
   * The directory of the share that a volume has, with `${pvc.metadata.name}`, `${pvc.metadata.namespace}` and `${pv.metadata.name}`.
   * Claims that have the same one share their files.
   *
   * @default - one of its own for each volume, called by the volume's name.
   */
  readonly subDirectory?: string;

  /**
   * What becomes of a volume's directory where `reclaimPolicy` deletes the volume.
   *
   * @default NfsDeletion.DELETE
   */
  readonly onDelete?: NfsDeletion;

  /**
   * Permission bits that a volume's directory is given when it is mounted, from 0 to 0o777.
   *
   * @default - as the server says: pods write to it as their group (`fsGroup`), if the export lets nodes change groups.
   */
  readonly mode?: number;
}
