import { Duration } from 'cdk8s';
import { ConnectionValue } from '../../connection-value';
import { RedisVersion } from '../../redis-version';
import { DATA, Engine, whoIn } from '../engine';

/** The server's own directory, below the volume's top, which may have a `lost+found`. */
export const DIRECTORY = `${DATA}/redis`;

/** Prints product, major and minor number of the server in an image, such as `redis 8.10`. */
const imageVersion = (id: string): string => `${id}-server --version | sed -n 's/.* v=\\([0-9]*\\.[0-9]*\\).*/${id} \\1/p'`;

/**
 * What a server may find: data of its own product that isn't of a newer version. Beside that, Valkey reads what Redis 7.2 wrote; since 7.4
 * Redis has forms that only Redis reads, and Valkey since 9.0 some that only Valkey reads.
 *
 * @see https://github.com/valkey-io/valkey/blob/unstable/src/rdb.h
 */
const VERSION_RULE = `upto() { [ "$(printf '%s\\n%s\\n' "$1" "$2" | sort -V | tail -n 1)" = "$2" ]; }
case $found/$wanted in
  /* | unknown/*) ;;
  redis\\ */redis\\ * | valkey\\ */valkey\\ *) upto "\${found#* }" "\${wanted#* }" || refused=yes ;;
  redis\\ */valkey\\ *) upto "\${found#* }" 7.2 || refused=yes ;;
  *) refused=yes ;;
esac
if [ -n "\${refused-}" ]; then
  echo "the data is of $found, which $wanted can't read: go back to an image of $found or newer, or let clients fill a server of its own" >&2
  exit 1
fi`;

function engineOf(title: string, id: string): Engine {
  return {
    title, id,
    port: 6379,
    rootUser: 'admin',
    shutdown: Duration.minutes(3),
    // each start leaves there what it is
    dataVersion: `if [ -s "$DATA/initialised" ]; then cat "$DATA/initialised"; elif [ -e "$DATA/redis/dump.rdb" ] || [ -e "$DATA/redis/appendonlydir" ]; then echo unknown; fi`,
    imageVersion: imageVersion(id),
    versionRule: VERSION_RULE,
    tlsWord: 'true',
    clientVariables: {
      REDIS_HOST: ConnectionValue.HOST, REDIS_PORT: ConnectionValue.PORT, REDIS_USERNAME: ConnectionValue.USERNAME,
      REDIS_PASSWORD: ConnectionValue.PASSWORD, REDIS_URL: ConnectionValue.URI,
      REDIS_TLS: ConnectionValue.TLS, REDIS_TLS_CA_FILE: ConnectionValue.CA_FILE,
    },
    // no form of it has a place for the authority's certificate
    uri: ({ host, port, database, isTls = false, ...who }) => `redis${isTls ? 's' : ''}://${whoIn(who)}${host}:${port}/${database}`,
  };
}

const REDIS = engineOf('Redis', 'redis');
const VALKEY = engineOf('Valkey', 'valkey');

/** What all servers of the product have in common. */
export function engineFor({ isValkey }: RedisVersion): Engine {
  return isValkey ? VALKEY : REDIS;
}
