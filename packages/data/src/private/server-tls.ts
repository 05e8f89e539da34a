import { Certificate, ISecret, Secret, Volume } from '@keelson/core';
import { DatabaseTls } from '../database-tls';

const CERTIFICATE = '/run/secrets/tls';
/** The server's certificate, and those between it and the authority's. */
export const CERTIFICATE_FILE = `${CERTIFICATE}/tls.crt`;
export const KEY_FILE = `${CERTIFICATE}/tls.key`;

const AUTHORITY = '/run/secrets/authority';
/** The certificate of the authority, in containers of ours. */
export const AUTHORITY_FILE = `${AUTHORITY}/ca.crt`;

/** TLS of a server, as its parts need it. */
export interface ServerTls {
  /** The certificate and its key. */
  readonly certificate: Volume;
  readonly authority: Volume;
  readonly isRequired: boolean;
  /** What cert-manager has to issue. */
  readonly issued: IssuedTls | undefined;
}

/** A certificate that cert-manager has to issue. */
interface IssuedTls {
  readonly by: Certificate;
  readonly secretName: string;
  readonly dnsNames: readonly string[];
}

/** What is said of TLS comes to. */
export function serverTls(
  { certificate, authority, isRequired, dnsNames }: DatabaseTls, name: string, namespace: string | undefined,
): ServerTls {
  const secretName = `${name}-tls`;
  const secret: ISecret = certificate.secret ?? Secret.fromSecretName(secretName, namespace);
  return {
    // of root, and for the group of the pod, as servers want it who look at the mode of a key
    certificate: Volume.fromSecret(secret, { items: { 'tls.crt': 'tls.crt', 'tls.key': 'tls.key' } }),
    authority: authority?.volume ?? Volume.fromSecret(secret, { items: { 'ca.crt': 'ca.crt' } }),
    isRequired,
    issued: certificate.secret === undefined ? { by: certificate, secretName, dnsNames } : undefined,
  };
}

/** The certificate and its key, for who shows it. */
export function mountCertificate(tls: ServerTls | undefined): { [path: string]: Volume } {
  return tls === undefined ? {} : { [CERTIFICATE]: tls.certificate };
}

/** The authority's certificate, for who verifies. */
export function mountAuthority(tls: ServerTls | undefined): { [path: string]: Volume } {
  return tls === undefined ? {} : { [AUTHORITY]: tls.authority };
}
