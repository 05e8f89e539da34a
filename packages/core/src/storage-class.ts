/**
 * What kind of storage claims get, and how it is made.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/
 */
export interface IStorageClass {
  /** Name of the StorageClass. */
  readonly name: string;

  /** Always `StorageClass`. */
  readonly kind: string;
}

/** StorageClasses of the cluster. */
export class StorageClass implements IStorageClass {
  /**
   * A class that the cluster has. A claim for one that it hasn't waits for ever; where the cluster profile lists its classes,
   * it is refused.
   *
   * @param name the class's name, such as `standard`.
   */
  public static fromStorageClassName(name: string): IStorageClass {
    return new StorageClass(name);
  }

  /** Always `StorageClass`. */
  public readonly kind = 'StorageClass';

  private constructor(
    /** Name of the StorageClass. */
    public readonly name: string,
  ) {}
}
