/**
 * Where the values of a profile's pull secrets are: a ClusterSecretStore of the External Secrets Operator, so that each namespace that the
 * platform makes gets its own copy of them.
 *
 * @see https://external-secrets.io/latest/guides/common-k8s-secret-types/
 */
export interface ImagePullSecretSource {
  /**
   * The `metadata.name` of the ClusterSecretStore. One that names the namespaces it serves (`conditions`) has to name these. Take one that
   * reads these entries and nothing else: whoever may write ExternalSecrets in such a namespace, a tenant's `deployers` among them, reads
   * all that the store does.
   */
  readonly clusterSecretStore: string;

  /**
   * What the entries are called in the store, by the name of the pull secret, such as `platform/registry`. Each has the content of a
   * `.dockerconfigjson`.
   *
   * @default - each is called like its Secret.
   */
  readonly remoteKeys?: { [pullSecret: string]: string };

  /**
   * The field of the entries that has the content.
   *
   * @default - all of the entry is.
   */
  readonly property?: string;
}
