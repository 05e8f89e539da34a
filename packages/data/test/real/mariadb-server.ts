import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rendered } from '../rendered';
import { Sandbox, type Place } from './sandbox';

/** What the images' entry points do, as far as what is rendered meets it: see docker-library/mysql and MariaDB/mariadb-docker. */
const ENTRY_POINT = `#!/bin/bash
set -eo pipefail
shift
if [ ! -d DATADIR/mysql ]; then
  password=$(< "$ROOT_PASSWORD_FILE")
  mariadb-install-db --datadir=DATADIR --rpm --auth-root-authentication-method=normal --skip-test-db --skip-log-bin > /dev/null
  mariadbd --skip-networking "$@" &
  server=$!
  docker_process_sql() { MYSQL_PWD=$password mariadb --no-defaults --database="$DATABASE" -S SOCKET -u root; }
  until mariadb-admin --no-defaults -S SOCKET -u root ping > /dev/null 2>&1; do kill -0 "$server"; sleep 0.2; done
  mariadb --no-defaults -S SOCKET -u root <<SQL
DROP USER IF EXISTS root@'127.0.0.1', root@'::1';
EXECUTE IMMEDIATE CONCAT('DROP USER IF EXISTS root@''', @@hostname, '''');
SET PASSWORD FOR root@localhost = PASSWORD('$password');
CREATE DATABASE IF NOT EXISTS $DATABASE;
SQL
  for script in INIT/*; do
    case $script in
      *.sh) . "$script" ;;
      *.sql) docker_process_sql < "$script" ;;
    esac
  done
  kill "$server"
  wait "$server"
fi
exec mariadbd "$@"
`;

/** What a rendered pod of MariaDB needs of its container, or of MySQL, as far as MariaDB understands it. */
export class MariaDbSandbox extends Sandbox {
  public static async make(): Promise<MariaDbSandbox> {
    return new MariaDbSandbox(await this.place('mariadb'));
  }

  /** Where the server is that takes changes. */
  public primaryPort: number;

  private constructor(place: Place) {
    super(place);
    Sandbox.located('mariadbd');
    this.primaryPort = place.port;
    this.make('/var/lib/data', '/run/mysqld', '/var/lib/mysql-own', '/etc/mysqld-exporter', '/etc/mysql/conf.d');
    const entryPoint = join(this.directory, 'docker-entrypoint.sh');
    writeFileSync(entryPoint, this.here(ENTRY_POINT.replaceAll('DATADIR', '/var/lib/data/mysql').replaceAll('SOCKET', '/run/mysqld/mysqld.sock').replaceAll('INIT/', '/docker-entrypoint-initdb.d/')));
    chmodSync(entryPoint, 0o755);
  }

  /** MySQL's clients have another word for "no TLS". */
  public here(text: string): string {
    return text
      .replace(/(?<![\w.])\/(var\/lib\/data|var\/lib\/mysql-own|run\/mysqld|run\/secrets|etc\/mysqld-exporter|etc\/mysql\/conf\.d|etc\/database-setup|docker-entrypoint-initdb\.d|tmp)(?=[/'" ;:]|$)/gm, `${this.directory}/$1`)
      .replace(/orders-rw\.shop\.svc\.cluster\.local', MASTER_PORT=3306/g, `127.0.0.1', MASTER_PORT=${this.primaryPort}`)
      .replace(/orders-rw\.shop\.svc\.cluster\.local -P 3306/g, `127.0.0.1 -P ${this.primaryPort}`)
      .replace(/\b3306\b/g, String(this.port))
      .replaceAll('--ssl-mode=DISABLED', '--skip-ssl');
  }

  /** Asks by the port, as clients do, or without a password as the socket's own user. */
  public ask(sql: string, user = 'keelson_health', password?: string, database = ''): string {
    const where = password === undefined ? ['-S', '/run/mysqld/mysqld.sock'] : ['-h', '127.0.0.1', '-P', '3306'];
    const words = ['mariadb', '--no-defaults', ...where, '-u', user, '-N', '-B', ...database === '' ? [] : ['-D', database], '-e'];
    return this.execute([...words.map(word => this.here(word)), sql], password === undefined ? {} : { MYSQL_PWD: password }).output.trim();
  }

  /** Starts the pod's server, by the stand-in of the image's entry point; `ready` tells when to go on. */
  public async start(container: Rendered, ready: () => boolean, environment: Record<string, string> = {}): Promise<void> {
    const pairs: { name: string; value: string }[] = container.env ?? [];
    const env = Object.fromEntries(pairs.map(({ name, value }) => [name.replace(/^(?:MYSQL|MARIADB)_/, ''), this.here(value)]));
    this.spawn(container.command, { ...env, ...environment });
    await this.until(ready);
  }

  /** Servers read `my.cnf` here last, as those of the images read `conf.d` last. */
  protected override environment(): Record<string, string> {
    const own = super.environment();
    return { ...own, PATH: `${this.directory}:${own.PATH}`, MYSQL_HOME: this.here('/etc/mysql/conf.d') };
  }
}
