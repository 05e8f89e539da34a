/** A Secret: ours, one of cdk8s-plus, or made elsewhere. */
export interface ISecret {
  /** Its `metadata.name`. */
  readonly name: string;

  /** Always `Secret`. */
  readonly kind: string;

  /**
   * The namespace it is in. Pods reach the Secrets of their own namespace only.
   *
   * @default - not known, and not checked.
   */
  readonly namespace?: string;
}

/** The value under one key of a Secret. */
export interface SecretValue {
  /** The Secret. */
  readonly secret: ISecret;

  /** The key in its data. */
  readonly key: string;
}
