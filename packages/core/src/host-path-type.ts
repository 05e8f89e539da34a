/**
 * What must be at a path of the node before it is mounted.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types
 */
export enum HostPathType {
  /** A directory. */
  DIRECTORY = 'Directory',
  /** A directory; an empty one is made where there is none. */
  DIRECTORY_OR_CREATE = 'DirectoryOrCreate',
  /** A file. */
  FILE = 'File',
  /** A file; an empty one is made where there is none. */
  FILE_OR_CREATE = 'FileOrCreate',
  /** A UNIX socket. */
  SOCKET = 'Socket',
  /** A character device. */
  CHAR_DEVICE = 'CharDevice',
  /** A block device. */
  BLOCK_DEVICE = 'BlockDevice',
}
