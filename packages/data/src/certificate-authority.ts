import { Fault, Faults, IConfigMap, ISecret, ResourceName, Volume } from '@keelson/core';
import { keyFaults } from './private/keys';
import { shown } from './private/made';

const KEY = 'ca.crt';

/**
 * Whose certificates clients trust: they get the authority's own as a file.
 *
 * ```ts
 * CertificateAuthority.fromConfigMap(ConfigMap.fromConfigMapName('internal-ca'));
 * CertificateAuthority.fromSecret(Secret.fromSecretName('orders-tls'));
 * CertificateAuthority.system();
 * ```
 */
export class CertificateAuthority {
  /**
   * One whose certificate is in a ConfigMap of the clients' namespace, such as trust-manager makes.
   *
   * @param configMap the ConfigMap.
   * @param key the key of the certificate, as PEM; `ca.crt` where it is left out.
   * @see https://cert-manager.io/docs/trust/trust-manager/
   */
  public static fromConfigMap(configMap: IConfigMap, key: string = KEY): CertificateAuthority {
    const faults = [...referenceFaults('configMap', 'ConfigMap', configMap), ...keyFaults('key', key)];
    return new CertificateAuthority(faults, faults.length === 0 ? Volume.fromConfigMap(configMap, { items: { [key]: KEY } }) : undefined);
  }

  /**
   * One whose certificate is in a Secret of the clients' namespace, such as cert-manager makes. Nothing else of the Secret is mounted.
   *
   * @param secret the Secret.
   * @param key the key of the certificate, as PEM; `ca.crt` where it is left out.
   */
  public static fromSecret(secret: ISecret, key: string = KEY): CertificateAuthority {
    const faults = [...referenceFaults('secret', 'Secret', secret), ...keyFaults('key', key)];
    return new CertificateAuthority(faults, faults.length === 0 ? Volume.fromSecret(secret, { items: { [key]: KEY } }) : undefined);
  }

  /** One that the client's image knows by itself, as a browser does. */
  public static system(): CertificateAuthority {
    return new CertificateAuthority([], undefined);
  }

  private constructor(
    /** What is wrong with it; the construct that receives it reports them. */
    public readonly faults: Fault[],
    /**
     * Its certificate, as the file `ca.crt`.
     *
     * @default - clients have it.
     */
    public readonly volume: Volume | undefined,
  ) {}
}

/** ConfigMap and Secret have the same shape, and pass for each other in TypeScript. */
function referenceFaults(member: string, wanted: 'ConfigMap' | 'Secret', reference: IConfigMap | ISecret): Fault[] {
  const { kind, name } = reference ?? {};
  return kind === wanted ? Faults.within(member, ResourceName.faultsOf(wanted, name)) : [{
    code: 'KEELSON3131', member, got: typeof kind === 'string' ? `the ${kind} ${Faults.quoted(name)}` : shown(reference), allowed: `a ${wanted}`,
    fix: `use CertificateAuthority.from${wanted === 'Secret' ? 'ConfigMap' : 'Secret'}(…) for the other kind`,
  }];
}
