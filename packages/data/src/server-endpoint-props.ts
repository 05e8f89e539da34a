import { Peer } from '@keelson/core';
import { CertificateAuthority } from './certificate-authority';
import { ConnectionValue } from './connection-value';
import { DatabaseCredentials } from './database-credentials';

/** What can be known of any server that is made elsewhere. */
export interface ServerEndpointProps {
  /** Its name or address. */
  readonly host: string;

  /**
   * Who it is to network policies, which know no names: such as `Peer.cidr('10.20.0.0/16')` for one of a cloud, or `Peer.pods(…)` for
   * one that an operator runs. A Peer of its own, since it is given what clients need.
   */
  readonly peer: Peer;

  /**
   * The port, from 1 to 65535.
   *
   * @default - the engine's usual one.
   */
  readonly port?: number;

  /**
   * Have clients use TLS, and trust the certificates of an authority: `CertificateAuthority.fromConfigMap(…)`. A URI in the Secret of
   * `credentials` has to say so itself; the authority's certificate is `ca.crt` beside it.
   *
   * @default - clients aren't told of TLS.
   */
  readonly tls?: CertificateAuthority;

  /**
   * Name or address of servers that follow it.
   *
   * @default - none are known.
   */
  readonly readHost?: string;

  /**
   * The user who reads all of it for a backup.
   *
   * @default - the user that clients are.
   */
  readonly backupUser?: string;

  /**
   * The password of `backupUser`.
   *
   * @default - that of clients.
   */
  readonly backupCredentials?: DatabaseCredentials;

  /**
   * The environment variables that connected clients get, by name, and what each of them tells: other names than the usual ones.
   *
   * @default - those the engine's class describes.
   */
  readonly clientVariables?: { [variable: string]: ConnectionValue };

  /**
   * Give clients the password, and the URI with it, in environment variables (`PGPASSWORD`, `DATABASE_URL`) and not as files whose paths
   * are in `PGPASSWORD_FILE` and `DATABASE_URL_FILE`: for clients that read no files. The environment shows up in crash reports and is
   * passed on to child processes; policy checkers say so.
   *
   * @default false
   */
  readonly passwordsInEnvironment?: boolean;
}
