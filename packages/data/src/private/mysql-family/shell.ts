import { METRICS_USER } from '../description';
import { passwordFile } from '../engine';
import { AUTHORITY_FILE, ServerTls } from '../server-tls';
import { Dialect, PORT, SOCKET } from './dialect';

/** Who probes are: without a password, and by the socket only. No change of passwords reaches it, and all it may do is sign in. */
export const HEALTH_USER = 'keelson_health';
/** What is said first: names stand in double quotes, strings in single ones, and no general log has the statements. */
export const PRELUDE = "SET SESSION sql_mode = 'ANSI_QUOTES', SESSION sql_log_off = ON;";

/** Functions of bash: `quoted` for strings of SQL and of option files alike, `secret` for a role's password, `known_by` for that in SQL. */
export function functions({ password }: Dialect): string {
  return String.raw`quoted() { printf '%s' "$1" | sed 's/[\\"'"'"']/\\&/g'; }
known_by() {
  ${password}
}
secret() {
  local file=/run/secrets/$1/password text
  text=$(cat "$file")
  if [ -z "$text" ] || [ "$(wc -l < "$file")" -ne 0 ] || [ "$text" != "$(printf '%s' "$text" | tr -d '\r')" ]; then
    echo "the password of $1 is empty or has a line break, maybe the one that editors leave at the end: write it without" >&2
    return 1
  fi
  printf '%s' "$text"
}`;
}

/** Statements for a user who signs in by the password in a variable of the shell, whether the user is there or not. */
export function userStatements({ identified }: Dialect, account: string, password: string, options: string = ''): string[] {
  const known = identified(`$${password}`);
  return [`CREATE USER IF NOT EXISTS ${account} ${known};`, `ALTER USER ${account} ${known}${options};`];
}

/** Statements for the user that probes are. One that is there stays as it is, also where a policy wants passwords by now. */
export function healthStatements({ health }: Dialect): string[] {
  return [
    `SET @todo = IF(EXISTS (SELECT 1 FROM mysql.user WHERE User = '${HEALTH_USER}' AND Host = 'localhost'), 'DO 0', 'CREATE USER ''${HEALTH_USER}''@''localhost''');`,
    'PREPARE todo FROM @todo;', 'EXECUTE todo;', 'DEALLOCATE PREPARE todo;',
    ...health === undefined ? [] : [`GRANT ${health} ON *.* TO '${HEALTH_USER}'@'localhost';`],
  ];
}

/** Words of a client that asks the server of its own container. */
export function local({ client }: Dialect): string[] {
  return [client, '--no-defaults', '-S', SOCKET, '-u', HEALTH_USER, '--connect-timeout=3', '-B'];
}

/** Words of a command that ends well if a server answers on a port, be it that it lets nobody in. */
export function ping({ admin, plain }: Dialect, host: string): string[] {
  return [admin, '--no-defaults', plain, '-h', host, '-P', String(PORT), '-u', HEALTH_USER, '--connect-timeout=3', 'ping'];
}

/**
 * Shell: has the server of this pod read its certificate again, as root. The one that it shows may be too old to be verified, and nobody
 * else answers here.
 */
export function reloadCertificate(dialect: Dialect): string {
  const file = '/tmp/root.cnf';
  const asRoot = [dialect.client, `--defaults-file=${file}`, '-h', '127.0.0.1', '-P', String(PORT), '--connect-timeout=3'];
  return `(
  umask 077
  trap 'rm -f ${file}' EXIT
  ${functions(dialect).replaceAll('\n', '\n  ')}
  text=$(secret root) || exit 1
  printf '[client]\\nuser=root\\npassword="%s"\\n' "$(quoted "$text")" > ${file}
  ${[...asRoot, ...dialect.unverified, '-e', `'${dialect.reload}'`].join(' ')}
)`;
}

/** Shell: writes the exporter's options. Its password is always one of ours: letters and digits. */
export function exporterOptions(file: string, tls: ServerTls | undefined): string {
  return `umask 077
printf '[client]\\nhost=127.0.0.1\\nport=${PORT}\\nuser=${METRICS_USER}\\npassword=%s\\n${tls === undefined ? '' : `ssl-ca=${AUTHORITY_FILE}\\n`}' "$(cat ${passwordFile('metrics')})" > ${file}`;
}
