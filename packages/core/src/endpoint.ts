import { IEnvValue } from './env-value';
import { Port } from './port';
import { Volume } from './volume';

/**
 * What a workload offers to those who connect to it: the ports it listens on, and what a client's pods need to use it.
 *
 * A connection carries all of it: `web.connections.to(orders)` opens the ports, and gives the pods of `web` the
 * environment variables and files.
 */
export interface Endpoint {
  /**
   * The container ports that accept connections, never a Service's; empty where nothing listens.
   *
   * @default - in `offers` of a workload, all ports that its main container declares; in `offer()`, no more than before.
   */
  readonly ports?: Port[];

  /**
   * Environment variables that the main container of a client gets, by name: a database's host, its user and password by Secret.
   *
   * @default - none.
   */
  readonly env?: { [name: string]: IEnvValue };

  /**
   * Files that the main container of a client gets, by mount path: a certificate authority, credentials.
   *
   * @default - none.
   */
  readonly volumes?: { [path: string]: Volume };
}
