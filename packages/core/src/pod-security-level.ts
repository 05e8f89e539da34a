/**
 * What pods of a namespace may do to their node.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** What is known to be good: no root, no capabilities, seccomp. All workloads of this library pass it by default. */
  RESTRICTED = 'restricted',

  /** Nothing that is known to lead out of a container; root is allowed. */
  BASELINE = 'baseline',

  /** Everything: for what runs the nodes themselves, such as network and storage plugins. */
  UNSAFE_PRIVILEGED = 'privileged',
}
