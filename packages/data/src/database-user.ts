import { DatabaseCredentials } from './database-credentials';

/** What a user may do in a database. */
export enum DatabasePrivilege {
  /** Read all tables, also those that are made later. */
  READ = 'read',
  /** Read all tables and change what is in them. */
  WRITE = 'write',
  /** Everything, tables made and dropped too. PostgreSQL's databases have one owner: there it is a right in all of them, or in none. */
  OWN = 'own',
}

/** A user of a database server, beside the one that clients are. */
export interface DatabaseUser {
  /** The name. */
  readonly name: string;

  /**
   * The password.
   *
   * @default DatabaseCredentials.generated()
   */
  readonly credentials?: DatabaseCredentials;

  /**
   * What the user may do, by database.
   *
   * @default - sign in, and nothing else.
   */
  readonly privileges?: { [database: string]: DatabasePrivilege };
}
