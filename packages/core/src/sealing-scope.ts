/** Where a value that was sealed can be opened; `kubeseal --scope` has sealed it so. */
export enum SealingScope {
  /** In this namespace, under this name. */
  STRICT = 'strict',
  /** In this namespace, under any name. */
  NAMESPACE_WIDE = 'namespace-wide',
  /** In any namespace, under any name. Whoever may make a SealedSecret anywhere in the cluster can open it. */
  CLUSTER_WIDE = 'cluster-wide',
}
