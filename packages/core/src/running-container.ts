/** A container that runs as long as its pod, and what of its node it has. */
export interface RunningContainer {
  /** Its name. */
  readonly name: string;

  /** What it is sure to get: CPUs under `cpu`, bytes under `memory` and `ephemeral-storage`, and counts of extended resources. */
  readonly requests: { [resource: string]: number };

  /** The most that it gets, by the same names; what isn't there has no limit. */
  readonly limits: { [resource: string]: number };
}
