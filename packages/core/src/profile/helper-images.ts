/** Images of the containers that we add to pods ourselves. They are rewritten by the profile's mirrors too. */
export interface HelperImages {
  /**
   * What waits for another workload before the app starts (see `WaitFor`); it needs `sh`, `date`, `sleep` and an `nc` that knows `-z`
   * and `-w`, as those of busybox' own image, Alpine and OpenBSD do. Give it a digest.
   *
   * @default - busybox 1.36.1 from Docker Hub, by its digest.
   */
  readonly wait?: string;

  /**
   * What makes Secrets in the cluster (see `SecretGenerator`); it needs `sh`, `tr`, `head`, `sleep` and curl 7.55 or newer, as the image of
   * the curl project has them. Give it a digest.
   *
   * @default - curl 8.16.0 from Docker Hub, by the digest of its index for all platforms, which `github.com/TRO-Wolf/iceberg-rust` gives in
   *   `dev/hms`, with the answer of Docker Hub that it is from, and many more repositories have in their image references.
   */
  readonly generate?: string;
}
