/** What happens when a run is due while the one before hasn't ended. */
export enum ConcurrencyPolicy {
  /** Both run. */
  ALLOW = 'Allow',
  /** The new one is left out, or starts late where the other ends within the starting deadline. */
  FORBID = 'Forbid',
  /** The old one is stopped. */
  REPLACE = 'Replace',
}
