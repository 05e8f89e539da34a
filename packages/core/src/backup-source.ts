import { IConnectable } from './connections';
import { ISecret } from './secret-reference';

/** Who may read a database whole, and by which password. */
export interface BackupCredentials {
  /** Name of the user. */
  readonly username: string;

  /** The Secret with the password. */
  readonly secret: ISecret;

  /** The key of the password in it. */
  readonly passwordKey: string;
}

/**
 * A database server that can be backed up, wherever it runs: its own network end is what a backup connects to.
 *
 * The databases of `@keelson/data` are such; so are servers made elsewhere, by `PostgreSql.fromEndpoint` and its likes.
 */
export interface IBackupSource extends IConnectable {
  /** What kind of server it is: `postgresql`, `mysql`, `mariadb`, `redis`, `valkey` or `mongodb`. */
  readonly engine: string;

  /** Its major version, as its tools count it: `17`, `8.4`, `11.8`. Tools of a dump have to be of the same. */
  readonly engineVersion: string;

  /** Image with the tools of the version. */
  readonly toolImage: string;

  /** Name or address of the server that takes changes. */
  readonly host: string;

  /**
   * Name or address of servers that follow it, which a dump doesn't slow down.
   *
   * @default - there are none.
   */
  readonly readHost?: string;

  /** The port of both. */
  readonly port: number;

  /**
   * Where it is as a URI without user and password, for tools that take one: some services are found by more than a host and a port.
   *
   * @default - host and port tell it.
   */
  readonly address?: string;

  /**
   * Who reads all of it.
   *
   * @default - it asks for no password.
   */
  readonly backupCredentials?: BackupCredentials;
}
