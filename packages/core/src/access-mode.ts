/** From where a volume can be mounted. */
export enum AccessMode {
  /** From one node at a time: most disks. Two pods only where both are on that node. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** By one pod at a time. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
  /** From many nodes, for reading only. */
  READ_ONLY_MANY = 'ReadOnlyMany',
  /** From many nodes: shared file systems only. */
  READ_WRITE_MANY = 'ReadWriteMany',
}
