import { ContainerProps, Fault, Health, IEnvValue, Volume } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { ConnectionValue } from '../connection-value';

/** Where the volume is: no official image declares a volume of its own here, or below, that would hide it. */
export const DATA = '/var/lib/data';

/** Where the password of a user is mounted: each in a directory of its own. */
export function passwordFile(role: string): string {
  return `/run/secrets/${role}/password`;
}

/** A mistake, and the prop it is in. */
export interface PropFault {
  readonly prop: string;
  readonly fault: Fault;
}

/** One kind of database server, as far as that is the same for all of its servers. */
export interface Engine {
  /** As people write it. */
  readonly title: string;
  /** As programs write it. */
  readonly id: string;
  readonly port: number;
  /** The user who may do everything. */
  readonly rootUser: string;
  /** How long it may take to write out what it has in memory. */
  readonly shutdown: Duration;
  /** Shell: prints the version of the data in `$DATA`, and nothing where there is none. */
  readonly dataVersion: string;
  /** Shell: prints the version of the image, in the same form. */
  readonly imageVersion: string;
  /** Shell: ends with a clear line where an image of `$wanted` must not meet the data of `$found`; by default, unless they are the same. */
  readonly versionRule?: string;
  /** How clients are told to verify the server: in the engine's own word. */
  readonly tlsWord: string;
  /** What a client is told in place of a file that trusts whom its system trusts; nothing where it does so by itself. */
  readonly systemAuthority?: string;
  /** A client's environment variables, and what each of them tells. */
  readonly clientVariables: { readonly [variable: string]: ConnectionValue };
  /** How clients write where it is, with `{password}` in the place of the password; without a user, that alone. */
  uri(place: Place): string;
}

/** Where a client signs in. */
export interface Place {
  /** With a password; the empty one is a password without a user. */
  readonly user?: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Where clients have the authority's certificate, with TLS. */
  readonly authorityFile?: string;
  readonly isTls?: boolean;
}

/** The part of a URI that says who it is. */
export function whoIn({ user }: Pick<Place, 'user'>): string {
  return user === undefined ? '' : `${user}:{password}@`;
}

/** What the main container of a server is made of. */
export interface ServerParts {
  readonly command?: string[];
  readonly args?: string[];
  /** Where it starts, for entry points that ask whether they may write there. */
  readonly workingDir?: string;
  readonly env?: { [name: string]: IEnvValue };
  readonly volumes?: { [path: string]: Volume };
  readonly writablePaths: { [path: string]: Size };
  readonly health: Health;
  /** What runs before it, after the data was checked. */
  readonly initContainers?: ContainerProps[];
  /** What runs beside it. */
  readonly sidecars?: ContainerProps[];
}

/** Where the Job that makes users and databases has its scripts. */
export const SETUP_DIRECTORY = '/etc/database-setup';

/** What that Job is made of. */
export interface SetupParts {
  readonly command: string[];
  readonly files: { [file: string]: string };
  /**
   * The secrets that it reads.
   *
   * @default - the passwords of all roles
   */
  readonly secrets?: { [path: string]: Volume };
}

/** Matchers of PromQL, without braces, for what servers of one database tell. */
export interface Told {
  /** By those that take changes. */
  readonly primary: string;
  /** By those that follow. */
  readonly replicas: string;
  /** By all of them. */
  readonly all: string;
}

/** What an exporter tells that somebody is alerted by, in PromQL. */
export interface Series {
  /** Its name: 1 where the server answers. */
  readonly up: string;
  /** Connections in use, and those that there may be: numbers that add up by pod. */
  readonly connections: (matchers: string) => string;
  readonly mostConnections: (matchers: string) => string;
  /** Its name: the seconds that a server is behind. */
  readonly lag?: string;
  /** As many series as servers follow. */
  readonly following?: (told: Told, name: string) => string;
}

/** What reads the server's statistics, and tells them. */
export interface ExporterParts {
  readonly series: Series;
  readonly image: string;
  readonly port: number;
  readonly args?: string[];
  readonly env: { [name: string]: IEnvValue };
  /** Its files, where they are others than the password of its user. */
  readonly volumes?: { [path: string]: Volume };
}
