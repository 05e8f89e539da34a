import { Duration } from 'cdk8s';
import { ConnectionValue } from '../../connection-value';
import { DATA, Engine, whoIn } from '../engine';

/** The server's own directory, below the volume's top, which may have a `lost+found`. */
export const DIRECTORY = `${DATA}/db`;
/** Where the configuration is mounted. */
export const CONFIG = '/etc/mongo';

/** Certificate and key in one file, as MongoDB wants it. */
export const PEM_DIRECTORY = '/run/mongodb-tls';
export const PEM_FILE = `${PEM_DIRECTORY}/server.pem`;

/**
 * Data goes to the first release of the next major version at most, and never back: since 7.0 no older server may meet it.
 *
 * @see https://www.mongodb.com/docs/manual/release-notes/8.0-upgrade-standalone/
 * @see https://www.mongodb.com/docs/manual/release-notes/8.2-upgrade-standalone/
 */
const VERSION_RULE = `upto() { [ "$(printf '%s\\n%s\\n' "$1" "$2" | sort -V | tail -n 1)" = "$2" ]; }
if [ -n "$found" ] && [ "$found" != unknown ]; then
  upto "$found" "$wanted" || {
    echo "the data is of MongoDB $found, and $wanted must not write to it: go back to an image of $found or newer, or restore a dump into a database of its own" >&2
    exit 1
  }
  [ "$((\${found%%.*} + 1))" -ge "\${wanted%%.*}" ] || {
    echo "the data is of MongoDB $found, which $wanted can't take over: run an image of each major version in between first" >&2
    exit 1
  }
  [ "\${found%%.*}" = "\${wanted%%.*}" ] || [ "\${wanted#*.}" = 0 ] || {
    echo "the data is of MongoDB $found, which $wanted can't take over: run an image of \${wanted%%.*}.0 first, and have its featureCompatibilityVersion follow" >&2
    exit 1
  }
fi`;

/** What all MongoDB servers have in common. */
export const MONGODB: Engine = {
  title: 'MongoDB',
  id: 'mongodb',
  port: 27017,
  rootUser: 'root',
  shutdown: Duration.minutes(3),
  dataVersion: 'if [ -e "$DATA/db/WiredTiger" ]; then if [ -s "$DATA/initialised" ]; then cat "$DATA/initialised"; else echo unknown; fi; fi',
  imageVersion: 'echo "$MONGO_MAJOR"',
  versionRule: VERSION_RULE,
  tlsWord: 'true',
  clientVariables: {
    MONGODB_HOST: ConnectionValue.HOST, MONGODB_PORT: ConnectionValue.PORT, MONGODB_DATABASE: ConnectionValue.DATABASE,
    MONGODB_USERNAME: ConnectionValue.USERNAME, MONGODB_ADDRESS: ConnectionValue.ADDRESS,
    MONGODB_PASSWORD: ConnectionValue.PASSWORD, MONGODB_URI: ConnectionValue.URI,
    MONGODB_TLS: ConnectionValue.TLS, MONGODB_TLS_CA_FILE: ConnectionValue.CA_FILE,
  },
  uri: ({ host, port, database, isTls = false, authorityFile, ...who }) => {
    const tls = `${isTls ? '&tls=true' : ''}${authorityFile === undefined ? '' : `&tlsCAFile=${authorityFile}`}`;
    return `mongodb://${whoIn(who)}${host}:${port}/${database}?authSource=admin${tls}`;
  },
};
