import { Duration } from 'cdk8s';
import { ConnectionValue } from '../../connection-value';
import { DATA, Engine, whoIn } from '../engine';

/** The server's own directory, below the volume's top, which may have a `lost+found`. */
export const PGDATA = `${DATA}/pgdata`;
/** Where its socket is. */
export const SOCKETS = '/var/run/postgresql';

/** What all PostgreSQL servers have in common. */
export const POSTGRESQL: Engine = {
  title: 'PostgreSQL',
  id: 'postgresql',
  port: 5432,
  rootUser: 'postgres',
  shutdown: Duration.minutes(3),
  dataVersion: 'cat "$DATA/pgdata/PG_VERSION" 2>/dev/null || true',
  imageVersion: 'echo "$PG_MAJOR"',
  tlsWord: 'verify-full',
  // since libpq 16
  systemAuthority: 'system',
  clientVariables: {
    PGHOST: ConnectionValue.HOST, PGPORT: ConnectionValue.PORT, PGDATABASE: ConnectionValue.DATABASE, PGUSER: ConnectionValue.USERNAME,
    PGPASSWORD: ConnectionValue.PASSWORD, DATABASE_URL: ConnectionValue.URI,
    PGSSLMODE: ConnectionValue.TLS, PGSSLROOTCERT: ConnectionValue.CA_FILE,
  },
  uri: ({ host, port, database, authorityFile, ...who }) => {
    const tls = authorityFile === undefined ? '' : `?sslmode=verify-full&sslrootcert=${authorityFile}`;
    return `postgresql://${whoIn(who)}${host}:${port}/${database}${tls}`;
  },
};
