import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rendered } from '../rendered';
import { Sandbox, type Place } from './sandbox';

const DATA = '/var/lib/data/pgdata';

/** What a rendered pod of PostgreSQL needs of its container. */
export class PostgreSqlSandbox extends Sandbox {
  public static async make(): Promise<PostgreSqlSandbox> {
    return new PostgreSqlSandbox(await this.place('postgresql'));
  }

  public readonly binaries: string;
  protected override readonly end = 'SIGINT';

  private constructor(place: Place) {
    super(place);
    this.binaries = dirname(Sandbox.located('postgres'));
    this.make('/var/lib/data', '/var/run/postgresql', '/var/lib/postgresql-own');
  }

  public here(text: string): string {
    return text
      .replace(/(?<![\w.])\/(var\/lib\/data|var\/lib\/postgresql-own|var\/run\/postgresql|run\/secrets|etc\/postgresql|etc\/database-setup|docker-entrypoint-initdb\.d)/g, `${this.directory}/$1`)
      .replace(/orders-rw\.shop\.svc\.cluster\.local/g, '127.0.0.1');
  }

  /** Asks a server, by a password where it is no superuser. */
  public ask(sql: string, user = 'postgres', password?: string, database = 'postgres', port = this.port): string {
    const where = password === undefined ? this.here('/var/run/postgresql') : '127.0.0.1';
    const words = ['psql', '-h', where, '-p', String(port), '-U', user, '-d', database, '-wXAtqc', sql];
    return this.execute(words, password === undefined ? {} : { PGPASSWORD: password }).output.trim();
  }

  /** What the image's entry point does before the first start: a cluster, then the scripts by a server that nobody else reaches. */
  public initialise(pod: Rendered): void {
    const pairs: { name: string; value: string }[] = pod.env;
    const environment: Record<string, string | undefined> = Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
    this.check(['initdb', '-D', DATA, '-U', 'postgres', `--pwfile=${environment.POSTGRES_PASSWORD_FILE}`, ...(environment.POSTGRES_INITDB_ARGS ?? '').split(' ')]);
    const words: string[] = pod.args.slice(1);
    const options = [...words, '-c', "listen_addresses=''", '-p', this.port].join(' ');
    this.check(['pg_ctl', '-D', DATA, '-o', options, '-w', '-s', '-l', join(this.directory, 'init.log'), 'start']);
    try {
      for (const script of readdirSync(this.here('/docker-entrypoint-initdb.d')).sort()) {
        const file = `/docker-entrypoint-initdb.d/${script}`;
        if (script.endsWith('.sql')) this.check(['psql', '-h', '/var/run/postgresql', '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-f', file]);
        else this.check(['bash', '-c', `. ${file}`]);
      }
    } finally {
      this.check(['pg_ctl', '-D', DATA, '-m', 'fast', '-w', '-s', 'stop']);
    }
  }

  /** Starts the server as the pod does; `ready` tells when to go on. */
  public async start(args: readonly string[], ready: () => boolean): Promise<void> {
    this.spawn([join(this.binaries, 'postgres'), '-D', DATA, '-p', String(this.port), ...args.slice(1)]);
    await this.until(ready);
  }

  protected override environment(): Record<string, string> {
    const own = super.environment();
    return { ...own, PATH: `${this.binaries}:${own.PATH}`, PGPORT: String(this.port), PGDATA: this.here(DATA) };
  }

  private check(command: readonly string[]): void {
    const { code, output } = this.run(command);
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${output}`);
  }
}
