import { Certificate, Fault, Faults, HostName } from '@keelson/core';
import { CertificateAuthority } from './certificate-authority';
import { givenFaults, valueFaults } from './private/made';

/** Options for `DatabaseTls`. */
export interface DatabaseTlsOptions {
  /**
   * More names that cert-manager is to issue the certificate for, such as those by which clients outside of the cluster reach the server.
   *
   * @default - the names of its Services and pods, in all forms, and `127.0.0.1`.
   */
  readonly dnsNames?: string[];

  /**
   * Whose certificates clients trust. It stays the same when the server's certificate is renewed.
   *
   * @default - the authority whose certificate is in the Secret of the server's, under the key `ca.crt`, as cert-manager writes it.
   */
  readonly authority?: CertificateAuthority;
}

/**
 * TLS of a database server, from 1.2 on, with a certificate for its names in the cluster: clients that are connected get the authority's
 * certificate as a file, and settings by which they verify the server's. A sidecar has the server take a certificate that was renewed;
 * nothing restarts for it.
 *
 * ```ts
 * DatabaseTls.required(Certificate.issuedBy('internal-ca'));
 * DatabaseTls.required(Certificate.fromSecret(Secret.fromSecretName('orders-tls')));
 * ```
 *
 * An issuer has to be one that issues for names of the cluster, such as cert-manager's CA issuer; ACME's can't. A certificate that is
 * brought has to be for the names that clients use, `orders-rw.shop.svc.cluster.local` and, where servers follow,
 * `orders-ro.shop.svc.cluster.local`; with `metrics` for `127.0.0.1`, too.
 *
 * @see https://cert-manager.io/docs/configuration/ca/
 */
export class DatabaseTls {
  /**
   * The server speaks with nobody without TLS.
   *
   * @param certificate the server's: one that cert-manager issues and renews, or that is in a Secret with the keys `tls.crt` and `tls.key`.
   * @param options its names, and who has issued it.
   */
  public static required(certificate: Certificate, options: DatabaseTlsOptions = {}): DatabaseTls {
    return new DatabaseTls(faultsOf(certificate, options), certificate, true, options.dnsNames ?? [], options.authority);
  }

  /**
   * The server takes clients without TLS, too, for as long as some know nothing of it: whoever is between them and the server reads
   * passwords and data. Clients that are connected here use TLS. Redis and Valkey have no such thing: they would need another port.
   *
   * @param certificate the server's: one that cert-manager issues and renews, or that is in a Secret with the keys `tls.crt` and `tls.key`.
   * @param options its names, and who has issued it.
   */
  public static offered(certificate: Certificate, options: DatabaseTlsOptions = {}): DatabaseTls {
    return new DatabaseTls(faultsOf(certificate, options), certificate, false, options.dnsNames ?? [], options.authority);
  }

  private constructor(
    /** What is wrong with it; the database that receives it reports them. */
    public readonly faults: Fault[],
    /** The server's certificate. */
    public readonly certificate: Certificate,
    /** Whether clients without TLS are refused. */
    public readonly isRequired: boolean,
    /** More names of the certificate. */
    public readonly dnsNames: string[],
    /**
     * Whose certificates clients trust.
     *
     * @default - the one whose certificate is in the Secret.
     */
    public readonly authority?: CertificateAuthority,
  ) {}
}

function faultsOf(certificate: Certificate, { dnsNames = [], authority }: DatabaseTlsOptions): Fault[] {
  const faults = givenFaults(certificate, 'Certificate', "issuedBy('internal-ca')");
  return [
    ...Faults.within('certificate', faults),
    ...dnsNames.flatMap((name, at) => Faults.within(`dnsNames.${at}`, HostName.faultsOf(name, { wildcard: true }))),
    ...dnsNames.length === 0 || faults.length > 0 || certificate.secret === undefined ? [] : [{
      code: 'KEELSON3132', member: 'dnsNames', got: `${dnsNames.length} with Certificate.fromSecret(…)`, allowed: 'left out with a certificate that is brought',
      fix: 'have whoever makes the Secret name them, and remove them here',
    }],
    ...Faults.within('authority', [
      ...valueFaults(authority, 'CertificateAuthority', 'fromConfigMap(…)'),
      ...authority !== undefined && authority.faults?.length === 0 && authority.volume === undefined ? [{
        code: 'KEELSON3133', got: "the system's", allowed: 'one whose certificate is in a Secret or a ConfigMap', fix: 'nobody public issues for names of a cluster: use CertificateAuthority.fromConfigMap(…)',
      }] : [],
    ]),
  ];
}
