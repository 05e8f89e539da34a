import { Duration } from 'cdk8s';
import { ConnectionValue } from '../../connection-value';
import { DATA, Engine, whoIn } from '../engine';

/** The server's own directory, below the volume's top, which may have a `lost+found`. */
export const DATADIR = `${DATA}/mysql`;
/** Where it sorts what memory has no room for: as large as the volume, and not part of the data. */
export const TEMPORARY = `${DATA}/tmp`;
/** Where its socket is, which only the server's own container has. */
export const SOCKETS = '/run/mysqld';
export const SOCKET = `${SOCKETS}/mysqld.sock`;
/** Where the image looks for configuration, the last of its places. */
export const CONFIG = '/etc/mysql/conf.d';
export const PORT = 3306;

/** What MySQL and MariaDB call differently. */
export interface Dialect {
  readonly engine: Engine;
  /** What the image's environment variables begin with. */
  readonly prefix: string;
  readonly server: string;
  readonly client: string;
  readonly admin: string;
  /** The option of clients that ask for no TLS. */
  readonly plain: string;
  /** Options of clients that verify the server, by the certificate of an authority. */
  verified(authorityFile: string): readonly string[];
  /** Options of clients that want TLS, with whatever certificate. */
  readonly unverified: readonly string[];
  /** SQL: has the server read its certificate again. */
  readonly reload: string;
  /** What is set beside what both take. */
  settings(ask: SettingsAsk): { [name: string]: string };
  /** The setting of the log's size, which is written in full at the first start, what it usually is, and what tables take: in MiB. */
  readonly log: { readonly setting: string; readonly usual: number; readonly tables: number };
  /** Settings that belong to what is rendered, beside those of both. */
  readonly ours: readonly string[];
  /** Shell: prints its first argument, a password, as it stands between the quotes of `identified`. */
  readonly password: string;
  /** SQL: what a user is known by, from what `password` printed. */
  identified(password: string): string;
  /** Rights to read statistics, also those of replication. */
  readonly monitor: string;
  /** Rights of the user that probes are, beside that to sign in. */
  readonly health?: string;
  /** Rights in a database that `ALL PRIVILEGES` has, beside those of both. */
  readonly rights: readonly string[];
}

/** What settings follow from. */
interface SettingsAsk {
  /** In MiB. */
  readonly bufferPool: number;
  readonly isReplicated: boolean;
}

/** What an engine of the family has of its own, as `Engine` says it. */
export interface EngineParts {
  readonly title: string;
  readonly id: string;
  readonly dataVersion: string;
  readonly imageVersion: string;
}

/** What all servers of the family have in common. */
export function familyEngine({ title, id, dataVersion, imageVersion }: EngineParts): Engine {
  return {
    title, id, dataVersion, imageVersion,
    port: PORT,
    rootUser: 'root',
    shutdown: Duration.minutes(3),
    tlsWord: 'VERIFY_IDENTITY',
    clientVariables: {
      MYSQL_HOST: ConnectionValue.HOST, MYSQL_PORT: ConnectionValue.PORT, MYSQL_DATABASE: ConnectionValue.DATABASE,
      MYSQL_USER: ConnectionValue.USERNAME, MYSQL_PASSWORD: ConnectionValue.PASSWORD, DATABASE_URL: ConnectionValue.URI,
      MYSQL_SSL_MODE: ConnectionValue.TLS, MYSQL_SSL_CA: ConnectionValue.CA_FILE,
    },
    // as MySQL's own clients name these in URIs
    uri: ({ host, port, database, isTls = false, authorityFile, ...who }) => {
      const tls = `${isTls ? '?ssl-mode=VERIFY_IDENTITY' : ''}${authorityFile === undefined ? '' : `&ssl-ca=${authorityFile}`}`;
      return `mysql://${whoIn(who)}${host}:${port}/${database}${tls}`;
    },
  };
}
