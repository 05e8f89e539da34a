import { DatabaseCredentials } from './database-credentials';
import { DatabaseUser } from './database-user';
import { ServerProps } from './server-props';

/** What every server can be told that has databases, and users with rights in them. */
export interface DatabaseProps extends ServerProps {
  /**
   * The database that is made, and that clients use. With another name, give `credentials` another revision: the URI in a generated Secret
   * stays as it was made.
   *
   * @default 'app'
   */
  readonly database?: string;

  /**
   * More databases of the server, owned by `user`.
   *
   * @default - none beside `database`.
   */
  readonly databases?: string[];

  /**
   * More users, and what each may do. A Job makes them, and changes their passwords and rights to what is said here, as often as it is run;
   * it takes nothing away from users that aren't said here any more.
   *
   * @default - none beside `user`.
   */
  readonly users?: DatabaseUser[];

  /**
   * The password that the data knows, while `rootCredentials` has another one: the Job that sets users up signs in with it and changes it.
   * `DatabaseCredentials.generated()` is the one that was generated first. The server starts anew, as its pod names another Secret.
   * Take it away when that has run.
   *
   * @default - the data knows `rootCredentials`.
   */
  readonly previousRootCredentials?: DatabaseCredentials;

  /**
   * Scripts that run once, in the order of their names, when there is no data yet, as the image runs them: `.sql` and `.sh`; for MongoDB
   * `.js` and `.sh`. If one fails, the server doesn't start until the volume is emptied. MySQL, MariaDB and MongoDB run them in `database`;
   * PostgreSQL runs them in the database `postgres`, as its superuser, before `database` is there. CloudNativePG takes SQL alone, without
   * commands of psql such as `\connect`.
   *
   * @default - none.
   */
  readonly initScripts?: { [file: string]: string };
}
