import { DatabasePrivilege, DatabaseUser } from '../../database-user';
import { Description, METRICS_USER, REPLICATION_USER } from '../description';
import { passwordFile, SETUP_DIRECTORY, SetupParts } from '../engine';
import { rootRefused } from '../root-refused';
import { AUTHORITY_FILE } from '../server-tls';
import { Dialect, PORT } from './dialect';
import { functions, healthStatements, ping, PRELUDE, userStatements } from './shell';

/** Rights in a database, as both engines know them. */
const RIGHTS = [
  'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'REFERENCES', 'INDEX', 'ALTER', 'CREATE TEMPORARY TABLES', 'LOCK TABLES', 'EXECUTE',
  'CREATE VIEW', 'SHOW VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE', 'EVENT', 'TRIGGER',
];
const READ = ['SELECT', 'SHOW VIEW'];
const WRITE = [...READ, 'INSERT', 'UPDATE', 'DELETE', 'CREATE TEMPORARY TABLES', 'LOCK TABLES'];

/** The Job that makes users and databases, and gives users the passwords and rights that are said: as often as it runs. */
export function setupParts(dialect: Dialect, description: Description, users: readonly DatabaseUser[], host: string): SetupParts {
  return { command: ['bash', `${SETUP_DIRECTORY}/setup.sh`], files: { 'setup.sh': script(dialect, description, users, host) } };
}

/** Signs in by the password that is to be, or else by the previous one, and changes that. No password is in a command's arguments. */
function script(dialect: Dialect, description: Description, users: readonly DatabaseUser[], host: string): string {
  const { passwords, tls } = description;
  const verified = tls === undefined ? '' : `${dialect.verified(AUTHORITY_FILE).join(' ')} `;
  const roles = [...passwords.keys()].filter(role => role !== 'previous-root');
  const hasPrevious = passwords.has('previous-root');
  const { alone, neither } = rootRefused(description);
  const root = rootStatements(dialect);
  return `set -euo pipefail
umask 077
${functions(dialect)}
options() { printf '[client]\\nuser=root\\npassword="%s"\\n' "$(quoted "$2")" > "/tmp/$1.cnf"; }
client() { ${dialect.client} --defaults-file="/tmp/$1.cnf" -h ${host} -P ${PORT} ${verified}--connect-timeout=10 --default-character-set=utf8mb4 -N -B; }
fail() { printf '%s\\n' "$@" >&2; exit 1; }
trap 'rm -f /tmp/root.cnf /tmp/previous-root.cnf' EXIT
text=$(secret root)
options root "$text"
root=$(known_by "$text")
${roles.filter(role => role !== 'root').map(role => `text=$(secret ${role})\n${variable(role)}=$(known_by "$text")\n`).join('')}until ${ping(dialect, host).join(' ')} > /dev/null 2>&1; do echo 'waiting for the server'; sleep 5; done
if ! refused=$(client root <<< 'SELECT 1' 2>&1 > /dev/null); then
  ${hasPrevious ? `[ -s ${passwordFile('previous-root')} ] || fail "$refused" "${alone}"
  text=$(secret previous-root)
  options previous-root "$text"
  client previous-root <<SQL || fail "${neither}"
${[PRELUDE, ...root].join('\n')}
SQL
  echo 'the password of root is the new one'` : `fail "$refused" "${alone}"`}
fi
client root <<SQL
${[PRELUDE, ...root, ...statements(dialect, description, users)].join('\n')}
SQL
echo 'users and databases are as described'
`;
}

/** From everywhere, and by the socket, where the first start has left a password that nobody knows. */
function rootStatements({ identified }: Dialect): string[] {
  const known = identified('$root');
  return [`ALTER USER 'root'@'%' ${known};`, `ALTER USER IF EXISTS 'root'@'localhost' ${known};`];
}

function statements(dialect: Dialect, { database, databases, user, passwords }: Description, users: readonly DatabaseUser[]): string[] {
  const all = [database, ...databases];
  return [
    ...healthStatements(dialect),
    ...all.map(each => `CREATE DATABASE IF NOT EXISTS "${each}";`),
    ...userStatements(dialect, `'${user}'@'%'`, variable('app')),
    ...all.map(each => `GRANT ALL PRIVILEGES ON ${pattern(each)}.* TO '${user}'@'%';`),
    ...users.flatMap(({ name, privileges = {} }) => [
      ...userStatements(dialect, `'${name}'@'%'`, variable(`user-${name}`)),
      ...all.flatMap(each => rights(dialect, name, each, privileges[each])),
    ]),
    ...passwords.has('metrics') ? [
      // the exporter is in the server's pod
      ...userStatements(dialect, `'${METRICS_USER}'@'127.0.0.1'`, variable('metrics'), ' WITH MAX_USER_CONNECTIONS 5'),
      `GRANT ${dialect.monitor} ON *.* TO '${METRICS_USER}'@'127.0.0.1';`,
      `GRANT SELECT ON performance_schema.* TO '${METRICS_USER}'@'127.0.0.1';`,
    ] : [],
    ...passwords.has('replication') ? [
      // followers read the log, and before that, once, all there is
      ...userStatements(dialect, `'${REPLICATION_USER}'@'%'`, variable('replication')),
      `GRANT REPLICATION SLAVE, BINLOG MONITOR, RELOAD, PROCESS, SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON *.* TO '${REPLICATION_USER}'@'%';`,
    ] : [],
  ];
}

/** In a database, a user has the rights that are said, and no others. */
function rights({ rights: more }: Dialect, name: string, database: string, privilege: DatabasePrivilege | undefined): string[] {
  const on = `ON ${pattern(database)}.*`;
  if (privilege === undefined) {
    const granted = `Db = '${escaped(database)}' AND User = '${name}' AND Host = '%'`;
    return [
      `SET @todo = IF(EXISTS (SELECT 1 FROM mysql.db WHERE ${granted}), 'REVOKE ALL PRIVILEGES ${on} FROM ''${name}''@''%''', 'DO 0');`,
      'PREPARE todo FROM @todo;', 'EXECUTE todo;', 'DEALLOCATE PREPARE todo;',
    ];
  }
  if (privilege === DatabasePrivilege.OWN) {
    return [`GRANT ALL PRIVILEGES ${on} TO '${name}'@'%';`];
  }
  const given = privilege === DatabasePrivilege.READ ? READ : WRITE;
  return [
    `GRANT ${given.join(', ')} ${on} TO '${name}'@'%';`,
    `REVOKE ${[...RIGHTS, ...more].filter(right => !given.includes(right)).join(', ')} ${on} FROM '${name}'@'%';`,
  ];
}

/** A database in a grant, where `_` is any letter. */
function pattern(database: string): string {
  return `"${escaped(database)}"`;
}

function escaped(database: string): string {
  return database.replaceAll('_', '\\_');
}

/** The shell's variable of a role's password. */
function variable(role: string): string {
  return `password_${role.replaceAll('-', '_')}`;
}
