/** How a volume is had. */
export enum VolumeMode {
  /** As files: formatted where it is empty, and mounted. */
  FILESYSTEM = 'Filesystem',

  /** As a block device without a file system: for virtual machines and the like. Containers of a `Workload` can't mount it. */
  BLOCK = 'Block',
}
