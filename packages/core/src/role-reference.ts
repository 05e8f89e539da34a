/** A Role or a ClusterRole: ours, one of cdk8s-plus, or made elsewhere. */
export interface IRole {
  /** Its `metadata.name`. */
  readonly name: string;

  /** `Role` or `ClusterRole`. */
  readonly kind: string;

  /**
   * The namespace of a Role. It can be bound there only.
   *
   * @default - that of the binding; none for a ClusterRole.
   */
  readonly namespace?: string;
}

/** A ClusterRole: ours, one of cdk8s-plus, or made elsewhere. Its kind is always `ClusterRole`. */
export interface IClusterRole extends IRole {}
