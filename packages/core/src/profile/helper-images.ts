/** Images of the containers that we add to pods ourselves. They are rewritten by the profile's mirrors too. */
export interface HelperImages {
  /**
   * What waits for another workload before the app starts (see `WaitFor`); it needs `sh`, `date`, `sleep` and an `nc` that knows `-z`
   * and `-w`, as those of busybox' own image, Alpine and OpenBSD do. Give it a digest.
   *
   * @default - busybox 1.36.1 from Docker Hub, by its digest.
   */
  readonly wait?: string;
}
