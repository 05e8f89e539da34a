/** Images of the containers that we add to pods ourselves. They are rewritten by the profile's mirrors too. */
export interface HelperImages {
  /**
   * What waits for another workload before the app starts; it needs `sh`, `nc` and `sleep`. Pin it by a digest
   * of your registry.
   *
   * @default 'docker.io/library/busybox:1.36.1'
   */
  readonly wait?: string;
}
