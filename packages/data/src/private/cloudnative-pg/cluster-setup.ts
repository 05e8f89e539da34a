import { Volume } from '@keelson/core';
import { DatabaseUser } from '../../database-user';
import { Description } from '../description';
import { passwordFile, SETUP_DIRECTORY, SetupParts } from '../engine';
import { QUIET, rightsOf } from '../postgresql/postgresql-setup';
import { AUTHORITY_FILE } from '../server-tls';

/** What gives users their rights, when the operator has made them and the databases. It knows no password but the superuser's. */
export function clusterSetupParts(description: Description, users: readonly DatabaseUser[], host: string): SetupParts {
  return {
    command: ['bash', `${SETUP_DIRECTORY}/setup.sh`],
    files: { 'setup.sh': script(description, host), 'setup.sql': statements(description, users) },
    secrets: Object.fromEntries([...description.passwords].map(([role, { secret }]) =>
      [directoryOf(role), Volume.fromSecret(secret, { items: role === 'root' ? { username: 'username', password: 'password' } : { username: 'username' } })])),
  };
}

function directoryOf(role: string): string {
  return passwordFile(role).replace(/\/password$/, '');
}

/** The operator says nothing of a Secret that is somebody else's than where nobody looks; here it is the last line. */
function script({ databases, database, passwords }: Description, host: string): string {
  const names = [...passwords].map(([role, { user, secret }]) => `is ${role} ${user} ${secret.name}`);
  const roles = [...passwords.values()].map(({ user }) => user);
  const all = [database, ...databases];
  return `set -euo pipefail
is() {
  if [ "$(cat "/run/secrets/$1/username")" != "$2" ]; then
    echo "the Secret $3 must have the username $2, which the operator compares" >&2
    exit 1
  fi
}
${names.join('\n')}
export PGHOST=${host} PGUSER=postgres PGDATABASE=postgres PGCONNECT_TIMEOUT=10 PGSSLMODE=verify-full PGSSLROOTCERT=${AUTHORITY_FILE}
until pg_isready -q -t 5; do echo 'waiting for the server'; sleep 5; done
PGPASSWORD=$(cat ${passwordFile('root')})
export PGPASSWORD
made() {
  psql -wXAtqc "SELECT (SELECT count(*) FROM pg_roles WHERE rolname IN (${quoted(roles)})) + (SELECT count(*) FROM pg_database WHERE datname IN (${quoted(all)}))" 2> /tmp/error
}
tries=0
until [ "$(made)" = ${roles.length + all.length} ]; do
  tries=$((tries + 1))
  if [ "$tries" -ge 60 ]; then
    cat /tmp/error >&2
    echo 'the operator has not made all users and databases: see the status of the Cluster, and of each Database' >&2
    exit 1
  fi
  echo 'waiting for users and databases'
  sleep 5
done
psql -wXAtq -v ON_ERROR_STOP=1 -f ${SETUP_DIRECTORY}/setup.sql
echo 'rights are as described'
`;
}

function statements(description: Description, users: readonly DatabaseUser[]): string {
  const { database, databases } = description;
  return [
    QUIET,
    ...[database, ...databases].flatMap(each => [
      // who has no right to it doesn't get in, but for what reads statistics
      `REVOKE CONNECT, TEMPORARY ON DATABASE "${each}" FROM PUBLIC;`,
      `GRANT CONNECT ON DATABASE "${each}" TO pg_monitor;`,
    ]),
    ...rightsOf(description, users),
    '',
  ].join('\n');
}

function quoted(names: readonly string[]): string {
  return names.map(name => `'${name}'`).join(', ');
}
