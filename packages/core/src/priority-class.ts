/**
 * Who goes first when nodes are full.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export interface IPriorityClass {
  /** Name of the PriorityClass. */
  readonly name: string;

  /** Always `PriorityClass`. */
  readonly kind: string;
}

/** PriorityClasses of the cluster. */
export class PriorityClass implements IPriorityClass {
  /**
   * A class that the cluster has. One that it hasn't keeps every pod from being made.
   *
   * @param name the class's name, such as `system-cluster-critical`.
   */
  public static fromPriorityClassName(name: string): IPriorityClass {
    return new PriorityClass(name);
  }

  /** Always `PriorityClass`. */
  public readonly kind = 'PriorityClass';

  private constructor(
    /** Name of the PriorityClass. */
    public readonly name: string,
  ) {}
}
