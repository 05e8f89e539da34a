/** What a client may be told of a database. */
export enum ConnectionValue {
  /** The name of the server. */
  HOST = 'host',
  /** Its port. */
  PORT = 'port',
  /** The name of the database. */
  DATABASE = 'database',
  /** The user. */
  USERNAME = 'username',
  /** The path of a file with the user's password. */
  PASSWORD_FILE = 'passwordFile',
  /** The path of a file with all of it in one, percent-encoded. */
  URI_FILE = 'uriFile',
  /** The path of a file with the certificate of the authority, where TLS is on and the authority isn't the system's. */
  CA_FILE = 'caFile',
  /**
   * That TLS is on and the server is to be verified, in the word of the engine's own clients: `verify-full` for PostgreSQL,
   * `VERIFY_IDENTITY` for MySQL and MariaDB, `true` for Redis and MongoDB. Nothing without TLS.
   */
  TLS = 'tls',
  /** Where it is as a URI, without user and password, for clients that take those apart. */
  ADDRESS = 'address',
  /** The user's password itself: the environment shows up in crash reports, and is passed on to child processes. */
  PASSWORD = 'password',
  /** All of it in one, percent-encoded, with the password: as `PASSWORD` is. */
  URI = 'uri',
}
