/** A Service: ours, or made elsewhere. */
export interface IService {
  /** Its `metadata.name`. */
  readonly name: string;

  /** Always `Service`. */
  readonly kind: string;

  /**
   * The namespace it is in.
   *
   * @default - not known: taken for the one of whoever speaks of it.
   */
  readonly namespace?: string;
}
