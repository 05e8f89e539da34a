import { IStorageClass } from '@keelson/core';

/** Options for `Storage.local`. */
export interface LocalStorageOptions {
  /**
   * The nodes of the `readReplicas`, one for each, by their label `kubernetes.io/hostname`: the first is that of the first replica. All are
   * others than the database's own, and have the directory at the same path.
   *
   * @default - there are none.
   */
  readonly replicaNodes?: string[];

  /**
   * The class that the volumes are of, such as one with `Provisioner.none()`, where a quota counts volumes by it. It can't be changed
   * later.
   *
   * @default - none.
   */
  readonly storageClass?: IStorageClass;
}
