/** The file system that a new disk is formatted with; the nodes need its tools. */
export enum FileSystemType {
  /** ext4. */
  EXT4 = 'ext4',
  /** XFS. */
  XFS = 'xfs',
  /** Btrfs. */
  BTRFS = 'btrfs',
}
