import { DatabasePrivilege, DatabaseUser } from '../../database-user';
import { Description, METRICS_USER, REPLICATION_USER } from '../description';
import { passwordFile, SETUP_DIRECTORY, SetupParts } from '../engine';
import { rootRefused } from '../root-refused';
import { AUTHORITY_FILE } from '../server-tls';

/** The Job that makes users and databases, and gives users the passwords and rights that are said: as often as it runs. */
export function setupParts(description: Description, users: readonly DatabaseUser[], host: string): SetupParts {
  return {
    command: ['bash', `${SETUP_DIRECTORY}/setup.sh`],
    files: { 'setup.sh': script(description, host), 'setup.sql': statements(description, users) },
  };
}

/** Signs in by the password that is to be, or else by the previous one, and changes that. */
function script(description: Description, host: string): string {
  const { passwords, tls } = description;
  const { alone, neither } = rootRefused(description);
  const previous = passwordFile('previous-root');
  return `set -euo pipefail
export PGHOST=${host} PGUSER=postgres PGDATABASE=postgres PGCONNECT_TIMEOUT=10
until pg_isready -q -t 5; do echo 'waiting for the server'; sleep 5; done
PGPASSWORD=$(cat ${passwordFile('root')})
export PGPASSWORD
fail() { printf '%s\\n' "$@" >&2; exit 1; }
${tls === undefined ? '' : `export PGSSLMODE=verify-full PGSSLROOTCERT=${AUTHORITY_FILE}\n`}if ! refused=$(psql -wXAtqc 'SELECT 1' 2>&1 > /dev/null); then
  case $refused in *'password authentication failed'*) ;; *) fail "$refused" ;; esac
  ${passwords.has('previous-root') ? `[ -s ${previous} ] || fail "$refused" "${alone}"
  PGPASSWORD=$(cat ${previous}) psql -wXAtq -v ON_ERROR_STOP=1 <<'SQL' || fail "${neither}"
${QUIET}
\\set password \`cat ${passwordFile('root')}\`
ALTER ROLE postgres PASSWORD :'password';
SQL
  echo 'the password of postgres is the new one'` : `fail "$refused" "${alone}"`}
fi
psql -wXAtq -v ON_ERROR_STOP=1 -f ${SETUP_DIRECTORY}/setup.sql
echo 'users and databases are as described'
`;
}

/** What rights are on, what is there and what is made later, in one order. */
const KINDS = ['SCHEMAS', 'TABLES', 'SEQUENCES'];
const PLACES = ['SCHEMA', 'ALL TABLES IN SCHEMA', 'ALL SEQUENCES IN SCHEMA'];
const RIGHTS = {
  [DatabasePrivilege.READ]: ['USAGE', 'SELECT', 'SELECT'],
  [DatabasePrivilege.WRITE]: ['USAGE', 'SELECT, INSERT, UPDATE, DELETE', 'USAGE, SELECT, UPDATE'],
};

/** No statement with a password in it gets into the server's log. */
export const QUIET = "SET log_statement = 'none'; SET log_min_error_statement = 'panic'; SET log_min_duration_statement = -1; SET log_min_messages = 'fatal';";

function statements(description: Description, users: readonly DatabaseUser[]): string {
  const { database, databases, user, passwords } = description;
  return [
    QUIET,
    ...role('app', user, ''),
    ...users.flatMap(({ name }) => role(`user-${name}`, name, '')),
    ...passwords.has('metrics') ? [...role('metrics', METRICS_USER, 'CONNECTION LIMIT 5'), `GRANT pg_monitor TO "${METRICS_USER}";`] : [],
    ...passwords.has('replication') ? role('replication', REPLICATION_USER, 'REPLICATION') : [],
    ...[database, ...databases].flatMap(each => [
      `SELECT 'CREATE DATABASE "${each}" OWNER "${user}"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${each}') \\gexec`,
      // who has no right to it doesn't get in
      `REVOKE CONNECT, TEMPORARY ON DATABASE "${each}" FROM PUBLIC;`,
    ]),
    ...rightsOf(description, users),
    ...users.flatMap(({ name, privileges = {} }) => membership(name, Object.values(privileges).includes(DatabasePrivilege.OWN), user)),
    '',
  ].join('\n');
}

/** What users may do in the databases, and no more. */
export function rightsOf({ database, databases, user }: Description, users: readonly DatabaseUser[]): string[] {
  return [
    ...[database, ...databases].flatMap(each => [
      `\\connect "${each}"`,
      QUIET,
      ...ownership(each, user),
      'BEGIN;', // nobody is without the rights that stay
      ...users.flatMap(({ name, privileges = {} }) => rights(name, each, privileges[each], user)),
      'COMMIT;',
    ]),
    '\\connect postgres',
    QUIET,
  ];
}

/** A role that signs in by its password, whether it is there or not. */
function role(of: string, name: string, options: string): string[] {
  return [
    `SELECT 'CREATE ROLE "${name}"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') \\gexec`,
    `\\set password \`cat ${passwordFile(of)}\``,
    `ALTER ROLE "${name}" LOGIN ${options === '' ? '' : `${options} `}PASSWORD :'password';`,
  ];
}

/** What another one owned, as whom clients were before, is the user's. */
function ownership(database: string, user: string): string[] {
  const owner = `FROM pg_database WHERE datname = '${database}' AND datdba::regrole::text NOT IN ('${user}', 'postgres')`;
  return [
    `SELECT format('REASSIGN OWNED BY %I TO "${user}"', datdba::regrole::text) ${owner} \\gexec`,
    `ALTER DATABASE "${database}" OWNER TO "${user}";`,
  ];
}

/** In a database, a user has the rights that are said, and no others. */
function rights(name: string, database: string, privilege: DatabasePrivilege | undefined, owner: string): string[] {
  const isOwner = privilege === DatabasePrivilege.OWN;
  const given = privilege === undefined || isOwner ? undefined : RIGHTS[privilege];
  const owned = `ALTER DEFAULT PRIVILEGES FOR ROLE "${owner}"`;
  return [
    privilege === undefined ? `REVOKE ALL ON DATABASE "${database}" FROM "${name}";` : `GRANT CONNECT, TEMPORARY ON DATABASE "${database}" TO "${name}";`,
    // what it makes is the owner's, so that the others may use it
    `ALTER ROLE "${name}" IN DATABASE "${database}" ${isOwner ? `SET role = '${owner}'` : 'RESET role'};`,
    ...KINDS.map(kind => `${owned} REVOKE ALL ON ${kind} FROM "${name}";`),
    ...KINDS.flatMap((kind, at) => given === undefined ? [] : [`${owned} GRANT ${given[at] ?? ''} ON ${kind} TO "${name}";`]),
    'DO $schemas$ DECLARE it text; BEGIN',
    "  FOR it IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP",
    ...PLACES.map(place => `    EXECUTE format('REVOKE ALL ON ${place} %I FROM "${name}"', it);`),
    ...PLACES.flatMap((place, at) => given === undefined ? [] : [`    EXECUTE format('GRANT ${given[at] ?? ''} ON ${place} %I TO "${name}"', it);`]),
    '  END LOOP;',
    'END $schemas$;',
  ];
}

/** A member of the owner may do what that may: in all databases, as all are of the one owner. */
function membership(name: string, isOwner: boolean, owner: string): string[] {
  return [isOwner ? `GRANT "${owner}" TO "${name}";` : `SELECT 'REVOKE "${owner}" FROM "${name}"' WHERE pg_has_role('${name}', '${owner}', 'MEMBER') \\gexec`];
}
