import { ContainerProps, Volume } from '@keelson/core';
import { Size } from 'cdk8s';
import { MariaDbProps } from '../../maria-db-props';
import { Description, REPLICATION_USER } from '../description';
import { DATA } from '../engine';
import { mountPassword } from '../mounts';
import { CONFIG, DATADIR, PORT, TEMPORARY } from '../mysql-family/dialect';
import { exporterParts, FamilyServer, serverParts } from '../mysql-family/server';
import { functions, local, ping } from '../mysql-family/shell';
import { AUTHORITY_FILE, mountAuthority, mountCertificate } from '../server-tls';
import { MARIADB } from './mariadb-dialect';

/** Where a replica finds what is its own alone. */
const OWN = '/var/lib/mysql-own';
/** The primary is 1. */
const FIRST_ID = 100;
/** What followers do otherwise; the same while the primary is copied, since a log has its name for ever. */
const FOLLOWER = [`--server-id=$((${FIRST_ID} + \${HOSTNAME##*-}))`, '--skip-log-bin', '--skip-slave-start', '--relay-log=relay', '--event-scheduler=OFF'];

/** A server that follows the primary. */
export function replicaParts(description: Description, props: MariaDbProps, primary: string): FamilyServer {
  const own = Volume.emptyDir({ sizeLimit: Size.mebibytes(1), memory: true });
  const parts = serverParts(MARIADB, description, props, followsCommand(), [...FOLLOWER, '--relay-log-recovery=ON', '--read-only=ON', `--init-file=${OWN}/follow.sql`]);
  const reads = exporterParts(description, props);
  return {
    exporter: reads?.exporter,
    server: {
      ...parts,
      volumes: { ...parts.volumes, ...mountAuthority(description.tls), [OWN]: own.readOnly() },
      initContainers: [cloning(description, parts.volumes ?? {}, primary, own), ...reads?.initContainers ?? []],
    },
  };
}

/** Follows: it is connected, works off what it gets, and knows how far behind it is. */
function followsCommand(): string {
  return `status=$(${[...local(MARIADB), '-e', "'SHOW REPLICA STATUS\\G'"].join(' ')} 2>&1) || { echo "$status"; exit 1; }
for line in 'Slave_IO_Running: Yes' 'Slave_SQL_Running: Yes' 'Seconds_Behind_Master: [0-9]'; do
  if ! echo "$status" | grep -q "$line"; then echo "not so: $line"; exit 1; fi
done`;
}

/**
 * Copies all of the primary, users too, where there is no data yet, into a server that nobody reaches; and says, at each start, whom the
 * server follows. The copy knows up to which change it goes, and the server goes on from there.
 */
function cloning(
  description: Description, { [CONFIG]: config = Volume.emptyDir() }: { [path: string]: Volume }, primary: string, own: Volume,
): ContainerProps {
  const { tls } = description;
  const followed = tls === undefined ? '' : `, MASTER_SSL=1, MASTER_SSL_CA='${AUTHORITY_FILE}', MASTER_SSL_VERIFY_SERVER_CERT=1`;
  const verified = tls === undefined ? '' : `${MARIADB.verified(AUTHORITY_FILE).join(' ')} `;
  return {
    name: 'clone-primary', image: description.image, resources: description.resources,
    command: ['bash', '-c', `set -euo pipefail
umask 077
${functions(MARIADB)}
text=$(quoted "$(cat /run/secrets/replication/password)")
printf '%s\\n' "CHANGE MASTER TO MASTER_HOST='${primary}', MASTER_PORT=${PORT}, MASTER_USER='${REPLICATION_USER}', MASTER_PASSWORD='$text', MASTER_CONNECT_RETRY=10${followed}, MASTER_USE_GTID=slave_pos;" \\
  'START SLAVE;' > ${OWN}/follow.sql
if [ ! -d ${DATADIR} ]; then
  printf '[client]\\nuser=${REPLICATION_USER}\\npassword="%s"\\n' "$text" > ${OWN}/primary.cnf
  at_primary() { local program=$1; shift; "$program" --defaults-file=${OWN}/primary.cnf -h ${primary} -P ${PORT} ${verified}"$@"; }
  # the user comes by the setup Job
  until ${ping(MARIADB, primary).join(' ')} > /dev/null 2>&1 && at_primary mariadb --connect-timeout=10 -e 'SELECT 1' > /dev/null 2>&1; do
    echo 'waiting for the primary, and for the setup Job'; sleep 5
  done
  mkdir -p ${TEMPORARY}
  rm -rf ${DATADIR}.new
  mariadb-install-db --datadir=${DATADIR}.new --rpm --auth-root-authentication-method=normal --skip-test-db --skip-log-bin > /dev/null
  mariadbd --datadir=${DATADIR}.new --socket=/tmp/clone.sock --pid-file=/tmp/clone.pid --skip-networking --innodb-flush-log-at-trx-commit=0 ${FOLLOWER.join(' ')} &
  server=$!
  until mariadb-admin --no-defaults -S /tmp/clone.sock -u root ping > /dev/null 2>&1; do
    kill -0 "$server"
    sleep 1
  done
  at_primary mariadb-dump --all-databases --single-transaction --quick --routines --events --triggers --hex-blob --master-data=1 --gtid --flush-privileges \\
    --default-character-set=utf8mb4 | mariadb --no-defaults -S /tmp/clone.sock -u root --default-character-set=utf8mb4
  kill "$server"
  wait "$server"
  touch ${DATA}/initialised
  mv ${DATADIR}.new ${DATADIR}
  echo 'the primary is copied'
fi`],
    volumes: { [DATA]: description.data, [CONFIG]: config, [OWN]: own, ...mountPassword(description, 'replication'), ...mountCertificate(tls), ...mountAuthority(tls) },
    writablePaths: { '/tmp': Size.mebibytes(64) },
  };
}
