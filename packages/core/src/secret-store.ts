import { Fault } from './faults';
import { within } from './private/within';
import { ResourceName } from './resource-name';

/**
 * Where an `ExternalSecret` takes its values from: a store of the External Secrets Operator, made elsewhere. It knows the vault and how to
 * get in.
 *
 * ```ts
 * SecretStore.cluster('vault');
 * SecretStore.namespaced('shop-vault');
 * ```
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
export class SecretStore {
  /**
   * A ClusterSecretStore, for all namespaces, or those that it names.
   *
   * @param name its `metadata.name`.
   */
  public static cluster(name: string): SecretStore {
    return new SecretStore('ClusterSecretStore', name);
  }

  /**
   * A SecretStore of the namespace that the ExternalSecret is in.
   *
   * @param name its `metadata.name`.
   */
  public static namespaced(name: string): SecretStore {
    return new SecretStore('SecretStore', name);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    /** `ClusterSecretStore` or `SecretStore`. */
    public readonly kind: string,
    /** Its `metadata.name`. */
    public readonly name: string,
  ) {
    this.faults = within('name', ResourceName.faultsOf(kind, name));
  }
}
