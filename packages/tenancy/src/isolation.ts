/**
 * What is closed around the pods of a tenant, by what it does. Everything but what a level opens needs a connection that is declared: of
 * a workload, or of the tenant.
 *
 * @see https://kubernetes.io/docs/concepts/security/multi-tenancy/#network-isolation
 */
export class Isolation {
  /** Pods of the tenant reach each other, on all ports. Nobody else gets in or is reached, but for DNS. */
  public static readonly TENANT = new Isolation(true, true);

  /** Pods reach nobody, those of the tenant included, but for DNS: each connection is declared by a workload. */
  public static readonly WORKLOADS = new Isolation(true, false);

  /**
   * Nothing is closed but what workloads close themselves: everybody in the cluster reaches pods that have no policy of their own. For
   * clusters whose network plugin enforces no policies.
   */
  public static readonly UNSAFE_NONE = new Isolation(false, false);

  private constructor(
    /** Whether the tenant's pods are closed. */
    public readonly isClosed: boolean,
    /** Whether the tenant's pods reach each other. */
    public readonly allowsWithin: boolean,
  ) {}
}
