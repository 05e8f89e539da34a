import { Health, Probe, Volume } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { RedisPersistence } from '../../redis-persistence';
import { RedisProps } from '../../redis-props';
import { certificateReload } from '../certificate-reload';
import { Description } from '../description';
import { DATA, passwordFile, ServerParts } from '../engine';
import { mountPassword } from '../mounts';
import { AUTHORITY_FILE, CERTIFICATE_FILE, KEY_FILE, mountAuthority, mountCertificate } from '../server-tls';
import { startupAttempts } from '../startup';
import { configuration, SettingsAsk } from './redis-settings';
import { clientCommands, prepared, PreparedVolumes, preparing, PROBE_USER } from './redis-users';

/** What the server is made of. */
export function serverParts(
  description: Description, props: RedisProps, ask: Omit<SettingsAsk, 'memory' | 'tls' | 'given'>, volumes: PreparedVolumes,
): ServerParts {
  const { engine: { id }, data, memory, tls } = description;
  const { startupTimeout, settings = {}, cache = false, unsafeCommands = [] } = props;
  // A server that loads its data, runs a script, can't write or has clients enough is alive, and nothing is better when it starts anew.
  // It doesn't show a better certificate either.
  const answer = ping(id, tls === undefined ? '' : ' --tls --insecure');
  const alive = ['sh', '-c', `${answer} 2>&1 | grep -Eq 'PONG|LOADING|BUSY|MISCONF|max number of clients'`];
  const verified = tls === undefined ? '' : ` --tls --cacert ${AUTHORITY_FILE}`;
  return {
    args: [`${id}-server`, `/etc/${id}/${id}.conf`],
    workingDir: DATA,
    writablePaths: { '/tmp': Size.mebibytes(16) },
    volumes: {
      [DATA]: data,
      [`/etc/${id}`]: Volume.inline({ [`${id}.conf`]: configuration({ ...ask, memory, tls, given: settings }) }),
      ...mountCertificate(tls),
      ...mountAuthority(tls),
      ...prepared(volumes).server,
    },
    initContainers: [preparing(description, volumes, ask.persistence, clientCommands(cache, unsafeCommands))],
    sidecars: tls === undefined ? [] : [certificateReload(description, { command: reload(description), volumes: mountPassword(description, 'root') })],
    health: Health.probes({
      startup: Probe.exec(alive, {
        period: Duration.seconds(10), timeout: Duration.seconds(5), failureThreshold: startupAttempts(startupTimeout),
      }),
      readiness: Probe.exec(['sh', '-c', `${ping(id, verified)} | grep -qx PONG && { ${NOTED}; }`], { period: Duration.seconds(10), timeout: Duration.seconds(5) }),
      liveness: Probe.exec(alive, { period: Duration.seconds(20), timeout: Duration.seconds(5) }),
    }),
  };
}

/** The data is of this version from the first answer on: a server that doesn't start has changed nothing. */
const NOTED = `[ ! -e ${DATA}/initialised.next ] || mv ${DATA}/initialised.next ${DATA}/initialised`;

/** The user has no password; without any word in its place, none would be signed in. */
function ping(id: string, tls: string): string {
  return `${id}-cli -h 127.0.0.1${tls} --user ${PROBE_USER} --pass none --no-auth-warning ping`;
}

/** Shell: has the server read its certificate again. The one that it shows may be too old to be verified, and nobody else answers here. */
function reload({ engine: { id, rootUser } }: Description): string {
  return `export REDISCLI_AUTH
REDISCLI_AUTH=$(cat ${passwordFile('root')})
answer=$(${id}-cli -h 127.0.0.1 --tls --insecure --user ${rootUser} --no-auth-warning config set tls-cert-file ${CERTIFICATE_FILE} tls-key-file ${KEY_FILE} 2>&1)
echo "$answer"
[ "$answer" = OK ]`;
}

/** How data is kept where nothing is said of that. */
export function usualPersistence(isCache: boolean, isEphemeral: boolean): RedisPersistence {
  return isCache && isEphemeral ? RedisPersistence.NONE : RedisPersistence.APPEND_ONLY;
}
