import { ContainerProps, Volume } from '@keelson/core';
import { Size } from 'cdk8s';
import { RedisPersistence } from '../../redis-persistence';
import { Description, METRICS_USER } from '../description';
import { DATA, passwordFile } from '../engine';
import { mountPassword } from '../mounts';
import { ServerTls } from '../server-tls';
import { DIRECTORY } from './redis-engine';

/**
 * Who probes are. It has no password: none is in the server's container then, and new ones of the others change nothing for it. It may do
 * nothing but `PING`, which tells no more than that the port is open.
 */
export const PROBE_USER = 'keelson_probe';

const USERS = '/run/redis-users';
/** The users as the server reads them, with their passwords as SHA-256. */
export const USERS_FILE = `${USERS}/users.acl`;

const METRICS = '/run/redis-metrics';
/** The password of the exporter's user, as the exporter reads it. */
export const METRICS_FILE = `${METRICS}/passwords.json`;
/** The server as the exporter knows it. */
export function metricsAddress(tls: ServerTls | undefined): string {
  return `${tls === undefined ? 'redis' : 'rediss'}://127.0.0.1:6379`;
}

/** What the exporter asks for without being told to look at keys. @see https://github.com/oliver006/redis_exporter#redis-acl */
const METRICS_RULES = '+ping +info +config|get +client|setname +slowlog|len +slowlog|get +latency|latest +latency|histogram';

/** What is made at each start, and where. */
export interface PreparedVolumes {
  readonly users: Volume;
  readonly metrics: Volume | undefined;
}

/** Both are in memory only, and gone with the pod. */
export function preparedVolumes({ passwords }: Description): PreparedVolumes {
  const volume = (): Volume => Volume.emptyDir({ sizeLimit: Size.mebibytes(1), memory: true });
  return { users: volume(), metrics: passwords.has('metrics') ? volume() : undefined };
}

/** What the server mounts of it, and what the exporter. */
export function prepared({ users, metrics }: PreparedVolumes): { readonly [of in 'server' | 'exporter']: { [path: string]: Volume } } {
  return { server: { [USERS]: users.readOnly() }, exporter: metrics === undefined ? {} : { [METRICS]: metrics.readOnly() } };
}

/** Which commands clients may use beside those that are neither dangerous nor administrative. */
export function clientCommands(isCache: boolean, unsafe: readonly string[]): string[] {
  return ['info', ...isCache ? ['flushdb'] : [], ...unsafe];
}

/** The container that makes users of passwords, and the data's directory ready, before each start. */
export function preparing(
  description: Description, volumes: PreparedVolumes, persistence: RedisPersistence, commands: readonly string[],
): ContainerProps {
  const roles = ['root', 'app', ...volumes.metrics === undefined ? [] : ['metrics']];
  return {
    name: 'prepare', image: description.image,
    command: ['sh', '-c', script(description, persistence, commands)],
    volumes: Object.assign(
      { [DATA]: description.data, [USERS]: volumes.users }, volumes.metrics === undefined ? {} : { [METRICS]: volumes.metrics },
      ...roles.map(role => mountPassword(description, role)),
    ),
  };
}

function script({ engine, user, passwords, tls }: Description, persistence: RedisPersistence, commands: readonly string[]): string {
  const client = ['~*', '&*', '+@all', '-@admin', '-@dangerous', ...commands.map(command => `+${command}`)].join(' ');
  const names = [...new Set(['default', user])];
  return `set -eu
umask 077
fail() { echo "$1" >&2; exit 1; }
# The SHA-256 of a password, with and without a line break at its end.
hashes() {
  [ -s "$1" ] || fail "$1 is empty: a user without a password would be anybody"
  whole=$(sha256sum <"$1" | cut -c 1-64)
  line=$(printf '%s' "$(cat "$1")" | sha256sum | cut -c 1-64)
  if [ "$whole" = "$line" ]; then printf '#%s' "$whole"; else printf '#%s #%s' "$whole" "$line"; fi
}
mkdir -p ${DIRECTORY}
cd ${DIRECTORY}
${KEPT[persistence]}
app=$(hashes ${passwordFile('app')})
root=$(hashes ${passwordFile('root')})
${passwords.has('metrics') ? `metrics=$(hashes ${passwordFile('metrics')})\n` : ''}cat >${USERS_FILE} <<END
${names.map(name => `user ${name} reset on $app ${client}\n`).join('')}user ${engine.rootUser} reset on $root ~* &* +@all
user ${PROBE_USER} reset on nopass +ping
${passwords.has('metrics') ? `user ${METRICS_USER} reset on $metrics ${METRICS_RULES}\n` : ''}END
${passwords.has('metrics') ? `printf '{"%s":"%s"}\\n' '${metricsAddress(tls).replace('//', `//${METRICS_USER}@`)}' "$(sed 's/[\\\\"]/\\\\&/g' ${passwordFile('metrics')})" >${METRICS_FILE}
` : ''}version=$(${engine.imageVersion})
rm -f ${DATA}/initialised.next
if [ ! -e ${DATA}/initialised ]; then
  echo "$version" >${DATA}/initialised.new && mv ${DATA}/initialised.new ${DATA}/initialised
elif [ "$(cat ${DATA}/initialised)" != "$version" ]; then
  # noted when the server has answered
  echo "$version" >${DATA}/initialised.next
fi
`;
}

/** A server with an append-only file looks at no snapshot, nor the other way round: what the other left would be gone without a word. */
const KEPT: { readonly [persistence in RedisPersistence]: string } = {
  [RedisPersistence.APPEND_ONLY]: `if [ ! -e appendonlydir ] && [ -s dump.rdb ]; then
  # the snapshot becomes what the append-only file begins with
  rm -rf appendonlydir.new
  mkdir appendonlydir.new
  ln dump.rdb appendonlydir.new/appendonly.aof.1.base.rdb 2>/dev/null || cp dump.rdb appendonlydir.new/appendonly.aof.1.base.rdb
  : >appendonlydir.new/appendonly.aof.1.incr.aof
  printf 'file appendonly.aof.1.%s seq 1 type %s\\n' base.rdb b incr.aof i >appendonlydir.new/appendonly.aof.manifest
  sync
  mv appendonlydir.new appendonlydir
  rm dump.rdb
  echo 'the append-only file begins with what was in dump.rdb'
fi`,
  [RedisPersistence.SNAPSHOTS]: `[ ! -e appendonlydir ] || fail 'the data is in an append-only file, which a server with snapshots does not read: set \`persistence\` to APPEND_ONLY again, or rename appendonlydir after SAVE'`,
  [RedisPersistence.NONE]: `[ ! -e appendonlydir ] && [ ! -e dump.rdb ] || fail 'there is data, which a server without persistence would lose: set \`persistence\` to what it was, or empty the volume'`,
};
