import { ClusterProfile, ExternalSecret, SecretStore } from '@keelson/core';
import { Construct } from 'constructs';

/**
 * The pull secrets of the cluster profile, where it says in which store they are: its accounts and pods name them.
 *
 * @see https://external-secrets.io/latest/guides/common-k8s-secret-types/
 */
export function definePullSecrets(tenant: Construct): void {
  const { imagePullSecrets, imagePullSecretSource: source } = ClusterProfile.of(tenant);
  if (source === undefined) {
    return;
  }
  const scope = new Construct(tenant, 'PullSecrets');
  for (const name of new Set(imagePullSecrets.map(secret => secret.name))) {
    new ExternalSecret(scope, name, {
      store: SecretStore.cluster(source.clusterSecretStore),
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': { remoteKey: source.remoteKeys?.[name] ?? name, property: source.property } },
    });
  }
}
