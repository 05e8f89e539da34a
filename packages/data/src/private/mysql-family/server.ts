import { ContainerProps, EnvValue, Health, Probe, Volume } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { DatabaseProps } from '../../database-props';
import { certificateReload } from '../certificate-reload';
import { Description } from '../description';
import { DATA, ExporterParts, Series, ServerParts } from '../engine';
import { mountPassword } from '../mounts';
import { mountCertificate } from '../server-tls';
import { startupAttempts } from '../startup';
import { unfinishedStart } from '../unfinished-start';
import { CONFIG, DATADIR, Dialect, SOCKET, SOCKETS, TEMPORARY } from './dialect';
import { configuration } from './settings';
import { exporterOptions, functions, HEALTH_USER, healthStatements, local, ping, PRELUDE, reloadCertificate, userStatements } from './shell';

const INIT = '/docker-entrypoint-initdb.d';
/** Behind all scripts of users: it is there only if all of them have run to their end. */
const LAST = 'zz-initialised.sh';
const EXPORTER = '/etc/mysqld-exporter';

/** By the digest that several public repositories give. @see https://github.com/prometheus/mysqld_exporter */
const EXPORTER_IMAGE = 'docker.io/prom/mysqld-exporter:v0.20.0@sha256:abed8dac117b4ae5b70757f988e44795935b9a72c3b58d720c67ba688f8cb79e';

/** What both engines can be told beside what all databases can. */
export interface FamilyProps extends DatabaseProps {
  readonly maxConnections?: number;
}

/** A server, and what reads its statistics. */
export interface FamilyServer {
  readonly server: ServerParts;
  readonly exporter: ExporterParts | undefined;
}

/** The server that takes changes. */
export function primaryParts(dialect: Dialect, description: Description, props: FamilyProps): FamilyServer {
  const { prefix } = dialect;
  const reads = exporterParts(description, props);
  const parts = serverParts(dialect, description, props, readyCommand(dialect));
  return {
    exporter: reads?.exporter,
    server: {
      ...parts,
      env: {
        // the image would have the password in its environment, and MySQL's puts it into SQL as it is: this one is for the first start
        // only, by the socket; the last script gives root the one that is meant
        [`${prefix}_ROOT_PASSWORD_FILE`]: EnvValue.fromValue('/proc/sys/kernel/random/uuid'),
        [`${prefix}_ROOT_HOST`]: EnvValue.fromValue('localhost'),
        [`${prefix}_DATABASE`]: EnvValue.fromValue(description.database),
      },
      volumes: {
        ...parts.volumes,
        ...mountPassword(description, 'root'),
        [INIT]: Volume.inline({ ...props.initScripts, [LAST]: lastScript(dialect) }),
      },
      initContainers: reads?.initContainers,
    },
  };
}

/** What a server needs, whichever it is. `options` are words of a shell. */
export function serverParts(
  dialect: Dialect, description: Description, props: FamilyProps, ready: string, options: readonly string[] = [],
): ServerParts {
  const { data, memory, isReplicated, tls } = description;
  const { startupTimeout, maxConnections = 100, settings = {} } = props;
  return {
    command: ['bash', '-c', `set -eu
${unfinishedStart(`[ -d ${DATADIR}/mysql ]`)}
mkdir -p ${TEMPORARY}
exec docker-entrypoint.sh ${[dialect.server, ...options].join(' ')}`],
    volumes: {
      [DATA]: data,
      [CONFIG]: Volume.inline({ 'keelson.cnf': configuration(dialect, { memory, isReplicated, maxConnections, tls, given: settings }) }),
      ...mountCertificate(tls),
    },
    sidecars: tls === undefined ? [] : [
      certificateReload(description, { command: reloadCertificate(dialect), volumes: mountPassword(description, 'root') }),
    ],
    writablePaths: { '/tmp': Size.mebibytes(64), [SOCKETS]: Size.mebibytes(1) },
    health: Health.probes({
      // by a port, where the server that runs init scripts doesn't answer
      startup: Probe.exec(ping(dialect, '127.0.0.1'), {
        period: Duration.seconds(10), timeout: Duration.seconds(5),
        failureThreshold: startupAttempts(startupTimeout),
      }),
      readiness: Probe.exec(['sh', '-c', ready], { period: Duration.seconds(10), timeout: Duration.seconds(5) }),
      // a server that says no, since it has clients enough or knows no such user, is alive
      liveness: Probe.exec([dialect.admin, '--no-defaults', '-S', SOCKET, '-u', HEALTH_USER, '--connect-timeout=3', 'ping'], {
        period: Duration.seconds(20), timeout: Duration.seconds(5),
      }),
    }),
  };
}

/** Answers a query, or says that it has clients enough, or that the data, which comes from elsewhere, hasn't the user yet. */
function readyCommand(dialect: Dialect): string {
  return `answer=$(${[...local(dialect), '-N', '-e', "'SELECT 1'"].join(' ')} 2>&1)
case $answer in
  1 | *'(08004)'* | *'(28000)'*) ;;
  *) echo "$answer"; exit 1 ;;
esac`;
}

/** Makes the users that the Job and the probes are, by the connection that the image has to the server of its first start. */
function lastScript(dialect: Dialect): string {
  return `(
set -euo pipefail
${functions(dialect)}
text=$(secret root)
root=$(known_by "$text")
docker_process_sql <<SQL
${[PRELUDE, ...userStatements(dialect, "'root'@'%'", 'root'), "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;", ...healthStatements(dialect)].join('\n')}
SQL
touch ${DATA}/initialised
)
`;
}

/** The exporter, and what runs before it. */
interface ExporterPods {
  readonly exporter: ExporterParts;
  readonly initContainers: ContainerProps[];
}

/** The names of MariaDB's columns: MySQL has no servers that follow here. A server that has lost the primary tells no lag. */
const SERIES: Series = {
  up: 'mysql_up',
  connections: matchers => `mysql_global_status_threads_connected{${matchers}}`,
  mostConnections: matchers => `mysql_global_variables_max_connections{${matchers}}`,
  lag: 'mysql_slave_status_seconds_behind_master',
  following: ({ replicas }) => `mysql_slave_status_slave_io_running{${replicas}} == 1 and mysql_slave_status_slave_sql_running{${replicas}} == 1`,
};

/** The exporter, which reads its password from a file of options only: a container before it writes that, into memory. */
export function exporterParts(description: Description, { metrics }: FamilyProps): ExporterPods | undefined {
  if (metrics !== true) {
    return undefined;
  }
  const options = Volume.emptyDir({ sizeLimit: Size.mebibytes(1), memory: true });
  return {
    exporter: {
      image: EXPORTER_IMAGE, series: SERIES, port: 9104, args: [`--config.my-cnf=${EXPORTER}/my.cnf`], env: {}, volumes: { [EXPORTER]: options.readOnly() },
    },
    initContainers: [{
      name: 'metrics-options', image: description.image, command: ['sh', '-c', exporterOptions(`${EXPORTER}/my.cnf`, description.tls)],
      volumes: { [EXPORTER]: options, ...mountPassword(description, 'metrics') },
    }],
  };
}
