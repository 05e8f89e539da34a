import { IServiceBackend, Manifest, Task } from '@keelson/core';
import { DatabaseServer } from '../database-server';

/** What runs a database, ours or an operator's. */
export interface Backing {
  readonly name: string;
  /** Of all its objects. */
  readonly labels: { [key: string]: string };
  /** The server that takes changes. */
  readonly primary: IServiceBackend;
  readonly server?: DatabaseServer;
  readonly customResource?: Manifest;
  /** Defines the Job that makes users and databases, and gives them their rights. */
  readonly setup?: () => Task;
}
