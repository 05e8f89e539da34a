/**
 * A StorageClass that the cluster has.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/
 */
export interface ClusterStorageClass {
  /** Its name, which claims give as `storageClassName`. */
  readonly name: string;

  /**
   * Whether claims that name no class get it. A cluster has one such class at most.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Whether pods on several nodes may write to one volume. Where no class can, a shared claim is refused at synth.
   *
   * @default false
   */
  readonly readWriteMany?: boolean;

  /**
   * Whether a claim may grow later.
   *
   * @default false
   */
  readonly allowVolumeExpansion?: boolean;
}
