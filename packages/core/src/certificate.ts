import { Fault } from './faults';
import { oneOfFaults } from './private/one-of';
import { quoted } from './private/quoted';
import { within } from './private/within';
import { ResourceName } from './resource-name';
import { ISecret } from './secret-reference';

/** Where an issuer of cert-manager is. */
export enum IssuerKind {
  /** One for all namespaces. */
  CLUSTER_ISSUER = 'ClusterIssuer',

  /** One in the namespace of the app. */
  ISSUER = 'Issuer',
}

/** Options for `Certificate.issuedBy`. */
export interface IssuedCertificateOptions {
  /**
   * Whether the issuer is the cluster's or the namespace's.
   *
   * @default IssuerKind.CLUSTER_ISSUER
   */
  readonly kind?: IssuerKind;
}

/**
 * The certificate that a server shows for its host names.
 *
 * ```ts
 * Certificate.issuedBy('letsencrypt');
 * Certificate.fromSecret(Secret.fromSecretName('shop-tls'));
 * ```
 */
export class Certificate {
  /**
   * One that cert-manager has issued and renews, in a Secret of its own.
   *
   * For a wildcard host, and behind a gateway that the issuer doesn't name as its own, an ACME issuer has to use DNS-01.
   *
   * @param issuer name of the ClusterIssuer or Issuer.
   * @param options which of the two.
   * @see https://cert-manager.io/docs/usage/certificate/
   */
  public static issuedBy(issuer: string, options: IssuedCertificateOptions = {}): Certificate {
    const kind = options.kind ?? IssuerKind.CLUSTER_ISSUER;
    const faults = [...within('issuer', ResourceName.faultsOf(kind, issuer)), ...oneOfFaults('IssuerKind', IssuerKind, kind, 'kind')];
    return new Certificate(faults, undefined, issuer, kind);
  }

  /**
   * One that is in a Secret of type `kubernetes.io/tls`, in the namespace of the app; somebody else renews it. What is in
   * it is not looked at: that it names the hosts is for you to see to.
   *
   * @param secret the Secret, with keys `tls.crt` and `tls.key`.
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets
   */
  public static fromSecret(secret: ISecret): Certificate {
    return new Certificate(within('secret', secretFaults(secret)), secret);
  }

  private constructor(
    /** What is wrong with it; the construct that receives it reports them. */
    public readonly faults: Fault[],
    /**
     * The Secret it is in.
     *
     * @default - one that cert-manager makes.
     */
    public readonly secret?: ISecret,
    /**
     * Name of the issuer.
     *
     * @default - not issued by cert-manager.
     */
    public readonly issuer?: string,
    /**
     * Kind of the issuer.
     *
     * @default - not issued by cert-manager.
     */
    public readonly issuerKind?: IssuerKind,
  ) {}
}

/** A ConfigMap has the same shape, and passes for a Secret in TypeScript. */
function secretFaults(secret: ISecret): Fault[] {
  const { kind, name } = secret ?? {};
  return kind === 'Secret' ? ResourceName.faultsOf('Secret', name) : [{
    code: 'KEELSON1220', got: typeof kind === 'string' ? `${kind} ${quoted(name)}` : quoted(secret), allowed: 'a Secret', fix: 'put certificate and key into a Secret of type kubernetes.io/tls',
  }];
}
