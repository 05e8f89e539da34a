import { ContainerProps, EnvValue, Health, Probe, Volume } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { PostgreSqlProps } from '../../postgre-sql-props';
import { certificateReload } from '../certificate-reload';
import { Description, REPLICATION_USER } from '../description';
import { DATA, passwordFile, ServerParts } from '../engine';
import { shareOf } from '../memory';
import { mountPassword } from '../mounts';
import { AUTHORITY_FILE, mountAuthority, mountCertificate } from '../server-tls';
import { startupAttempts } from '../startup';
import { unfinishedStart } from '../unfinished-start';
import { PGDATA, SOCKETS } from './postgresql-engine';
import { CONFIG, configuration, clientAuthentication, OWN } from './postgresql-settings';

const INIT = '/docker-entrypoint-initdb.d';
/** Behind all scripts of users: it is there only if all of them have run to their end. */
const LAST = 'zz-initialised.sh';

/** The server that takes changes. */
export function primaryParts(description: Description, props: PostgreSqlProps): ServerParts {
  const parts = serverParts(description, props, readyCommand('SELECT 1'));
  return {
    ...parts,
    env: {
      PGDATA: EnvValue.fromValue(PGDATA),
      POSTGRES_PASSWORD_FILE: EnvValue.fromValue(passwordFile('root')),
      POSTGRES_INITDB_ARGS: EnvValue.fromValue('--encoding=UTF8 --data-checksums'),
    },
    volumes: {
      ...parts.volumes,
      ...mountPassword(description, 'root'),
      [INIT]: Volume.inline({ ...props.initScripts, [LAST]: `touch ${DATA}/initialised\n` }),
    },
  };
}

/** A server that follows it. */
export function replicaParts(description: Description, props: PostgreSqlProps, primary: string): ServerParts {
  const own = Volume.emptyDir({ sizeLimit: Size.mebibytes(1) });
  const parts = serverParts(description, props, readyCommand("SELECT 1 FROM pg_stat_wal_receiver WHERE status = 'streaming'"));
  return {
    ...parts,
    env: { PGDATA: EnvValue.fromValue(PGDATA) },
    volumes: { ...parts.volumes, ...mountAuthority(description.tls), [OWN]: own },
    initContainers: [cloning(description, primary, { [CONFIG]: parts.volumes?.[CONFIG] ?? own }, own)],
  };
}

function serverParts(description: Description, props: PostgreSqlProps, ready: string[]): ServerParts {
  const { startupTimeout } = props;
  const { tls } = description;
  const sockets = Volume.emptyDir({ sizeLimit: Size.mebibytes(1) });
  // A server that reads its log after a crash takes nobody in, and is alive: only one that doesn't answer at all is started anew.
  const alive = ['sh', '-c', 'pg_isready -q -h 127.0.0.1 -t 3; [ $? -lt 2 ]'];
  return {
    command: ['bash', '-c', `${unfinishedStart(`[ -s ${PGDATA}/PG_VERSION ]`)}\nexec docker-entrypoint.sh "$@"`, 'docker-entrypoint.sh'],
    args: ['postgres', '-c', `config_file=${CONFIG}/postgresql.conf`],
    writablePaths: { '/tmp': Size.mebibytes(64), ...tls === undefined ? { [SOCKETS]: Size.mebibytes(1) } : {} },
    volumes: { ...serverVolumes(description, props), ...tls === undefined ? {} : { [SOCKETS]: sockets, ...mountCertificate(tls) } },
    sidecars: tls === undefined ? [] : [certificateReload(description, { command: RELOAD, volumes: { [SOCKETS]: sockets.readOnly() } })],
    health: Health.probes({
      startup: Probe.exec(['pg_isready', '-q', '-h', '127.0.0.1', '-t', '3'], {
        period: Duration.seconds(10), timeout: Duration.seconds(5),
        failureThreshold: startupAttempts(startupTimeout),
      }),
      readiness: Probe.exec(ready, { period: Duration.seconds(10), timeout: Duration.seconds(5) }),
      liveness: Probe.exec(alive, { period: Duration.seconds(20), timeout: Duration.seconds(5) }),
    }),
  };
}

/** By the socket, where an old certificate is in nobody's way. */
const RELOAD = `psql -h ${SOCKETS} -U postgres -d postgres -w -XAtqc 'SELECT pg_reload_conf()' | grep -qx t`;

/** Queries that several processes answer together need more than the 64 MiB that containers have. */
function sharedMemory(memory: Size): Volume {
  return Volume.emptyDir({ sizeLimit: Size.mebibytes(Math.max(64, shareOf(memory, 1 / 4))), memory: true });
}

/** The first answers by TCP, which the server that runs init scripts doesn't. */
function readyCommand(query: string): string[] {
  return ['sh', '-c', `pg_isready -q -h 127.0.0.1 -t 3 && psql -h ${SOCKETS} -U postgres -d postgres -w -XAtqc "${query}" | grep -q 1`];
}

function serverVolumes(
  { data, memory, storageSize, tls }: Description, { maxConnections = 100, settings = {} }: PostgreSqlProps,
): { [path: string]: Volume } {
  return {
    [DATA]: data,
    [CONFIG]: Volume.inline({
      'postgresql.conf': configuration({ memory, storage: storageSize, maxConnections, tls, given: settings }),
      'pg_hba.conf': clientAuthentication(tls),
    }),
    '/dev/shm': sharedMemory(memory),
  };
}

/** Copies the primary's data where there is none yet, and has the server follow it from there, by a slot called like the pod. */
function cloning(description: Description, primary: string, volumes: { [path: string]: Volume }, own: Volume): ContainerProps {
  const verified = description.tls === undefined ? '' : ` sslmode=verify-full sslrootcert=${AUTHORITY_FILE}`;
  return {
    name: 'clone-primary', image: description.image,
    command: ['bash', '-c', `set -euo pipefail
umask 077
slot=$(hostname | tr -c 'a-z0-9\\n' '_')
escaped=$(sed 's/[\\\\:]/\\\\&/g' ${passwordFile('replication')})
printf '%s:5432:*:${REPLICATION_USER}:%s\\n' '${primary}' "$escaped" > ${OWN}/passwords
conninfo="host=${primary} port=5432 user=${REPLICATION_USER} passfile=${OWN}/passwords application_name=$slot${verified}"
printf "primary_conninfo = '%s'\\nprimary_slot_name = '%s'\\n" "$conninfo" "$slot" > ${OWN}/replica.conf
if [ ! -s ${PGDATA}/PG_VERSION ]; then
  until psql "$conninfo dbname=postgres" -w -XAtqc 'SELECT 1' > /dev/null; do echo 'waiting for the primary, and for who may copy it'; sleep 5; done
  rm -rf ${PGDATA}.new
  # what a slot kept for data that is no more is of no use, and may be gone
  psql "$conninfo dbname=postgres" -w -XAtq -o /dev/null -v ON_ERROR_STOP=1 \\
    -c "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '$slot' AND NOT active" \\
    -c "SELECT pg_create_physical_replication_slot('$slot', true) WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '$slot')"
  pg_basebackup -d "$conninfo" -w -D ${PGDATA}.new -X stream -S "$slot" -c fast
  touch ${PGDATA}.new/standby.signal
  touch ${DATA}/initialised
  mv ${PGDATA}.new ${PGDATA}
fi
# A server that follows must have room for what the data was written with, also where there is to be less of it.
LC_ALL=C pg_controldata -D ${PGDATA} | sed -n 's/^\\(max_[a-z_]*\\) setting: *\\([0-9]*\\)$/\\1 \\2/p' | sed 's/_xact/_transaction/' |
while read -r name least; do
  wanted=$(sed -n "s/^$name = '\\([0-9]*\\)'$/\\1/p" ${CONFIG}/postgresql.conf)
  [ "\${wanted:-0}" -ge "$least" ] || echo "$name = $least" >> ${OWN}/replica.conf
done`],
    volumes: { ...volumes, [DATA]: description.data, [OWN]: own, ...mountPassword(description, 'replication'), ...mountAuthority(description.tls) },
    writablePaths: { '/tmp': Size.mebibytes(16) },
  };
}
