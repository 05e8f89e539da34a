import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Debian has servers where users don't look. */
const PATH = `${process.env.PATH ?? ''}${delimiter}/usr/sbin`;

/** How a command ended, and what it said. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Where a sandbox is. */
export interface Place {
  readonly directory: string;
  readonly port: number;
}

/** What a rendered pod needs of its container, for a real server: its paths below one directory, and its port a free one. */
export abstract class Sandbox {
  /** Where a program is: found by PATH, or where Debian's packages have it. */
  public static located(program: string): string {
    const debian = '/usr/lib/postgresql';
    const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
    const directories = [...versions.map(version => join(debian, version, 'bin')), ...PATH.split(delimiter)];
    const found = directories.map(each => join(each, program)).find(each => existsSync(each));
    if (found === undefined) throw new Error(`there is no ${program}: test/real/set-up.sh installs it, or says how`);
    return found;
  }

  protected static async place(name: string): Promise<Place> {
    const directory = mkdtempSync(join(tmpdir(), `${name}-`));
    chmodSync(directory, 0o755);
    return { directory, port: await freePort() };
  }

  public readonly directory: string;
  public readonly port: number;
  /** What the server has said. */
  public log = '';
  /** Ends a server in an orderly way. */
  protected readonly end: NodeJS.Signals = 'SIGTERM';
  /** Servers refuse to run as root. */
  private readonly user = userInfo().uid === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  private running: ChildProcess | undefined;
  private readonly groups: number[] = [];
  private readonly others: ChildProcess[] = [];

  protected constructor({ directory, port }: Place) {
    this.directory = directory;
    this.port = port;
    this.own(join(directory, 'tmp'));
  }

  /** A path or script of the container as it is here. */
  public abstract here(text: string): string;

  /** Mounts files, each directory of a container from what the manifests say. */
  public mount(directory: string, files: Record<string, string>): void {
    this.make(directory);
    for (const [file, text] of Object.entries(files)) this.write(`${directory}/${file}`, text);
  }

  /** Leaves a directory empty, as a Secret is mounted that may be missing, and is. */
  public empty(directory: string): void {
    rmSync(this.here(directory), { recursive: true, force: true });
    this.make(directory);
  }

  /** Mounts one file; passwords stay as they are. */
  public write(path: string, text: string): void {
    this.make(dirname(path));
    writeFileSync(this.here(path), path.startsWith('/run/secrets/') ? text : this.here(text));
    chmodSync(this.here(path), 0o644);
  }

  /** Mounts a Secret as the kubelet does: all files change at once, are root's, and for the pod's group with the mode that is said. */
  public mountSecret(directory: string, files: Record<string, string>, mode: number): void {
    this.make(directory);
    const here = this.here(directory);
    const version = `..${Date.now()}`;
    mkdirSync(join(here, version));
    for (const [file, text] of Object.entries(files)) {
      const path = join(here, version, file);
      writeFileSync(path, text, { mode: 0o600 });
      if (this.user.gid !== undefined) chownSync(path, 0, this.user.gid);
      chmodSync(path, mode);
      if (!existsSync(join(here, file))) symlinkSync(join('..data', file), join(here, file));
    }
    symlinkSync(version, join(here, '..data.new'));
    renameSync(join(here, '..data.new'), join(here, '..data'));
  }

  /** Runs a command of another container of the pod, with a `/tmp` of its own, until the sandbox is removed. */
  public beside(command: readonly string[]): { readonly said: () => string } {
    let said = '';
    const temporary = join(this.directory, `tmp-${this.others.length}`);
    this.own(temporary);
    const [program = '', ...args] = command.map(word => this.here(word).replaceAll(join(this.directory, 'tmp'), temporary));
    const running = spawn(program, args, { env: this.environment(), stdio: ['ignore', 'pipe', 'pipe'], ...this.user });
    for (const stream of [running.stdout, running.stderr]) stream.on('data', (text: Buffer) => { said += text.toString(); });
    this.others.push(running);
    return { said: () => said };
  }

  public read(path: string): string {
    return readFileSync(this.here(path), 'utf8');
  }

  public has(path: string): boolean {
    return existsSync(this.here(path));
  }

  /** Runs a command of a container to its end. */
  public run(command: readonly string[], environment: Record<string, string> = {}): Outcome {
    return this.execute(command.map(word => this.here(word)), environment);
  }

  public signal(signal: NodeJS.Signals): void {
    this.running?.kill(signal);
  }

  /** Waits until `ready`, or until the server ends. */
  public async until(ready: () => boolean): Promise<void> {
    for (const late = Date.now() + 60_000; Date.now() < late; await setTimeout(50)) {
      if (this.running !== undefined && hasEnded(this.running)) throw new Error(`the server ended: ${this.log.slice(-2000)}`);
      if (ready()) return;
    }
    throw new Error(`not ready: ${this.log.slice(-2000)}`);
  }

  /** Ends the server by a signal, and waits for its end. */
  public async stop(signal = this.end): Promise<number | null> {
    const { running } = this;
    this.running = undefined;
    if (running === undefined || hasEnded(running)) return running?.exitCode ?? null;
    const ended = new Promise<number | null>(resolve => running.once('exit', resolve));
    running.kill(signal);
    return ended;
  }

  /** Ends whatever the server, or the script that began it, has left behind, too. */
  public async remove(): Promise<void> {
    for (const other of this.others) other.kill('SIGTERM');
    await this.stop();
    for (const group of this.groups) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // nobody is left
      }
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Variables of all commands. */
  protected environment(): Record<string, string> {
    return { PATH, HOME: this.directory, LANG: 'C.UTF-8' };
  }

  /** Runs a command of this machine to its end. */
  protected execute([program = '', ...args]: readonly string[], environment: Record<string, string> = {}): Outcome {
    try {
      const output = execFileSync(program, args, {
        encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000, env: { ...this.environment(), ...environment }, ...this.user,
      });
      return { code: 0, output };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number | null; stdout: string; stderr: string };
      return { code: status ?? -1, output: `${stdout}${stderr}` };
    }
  }

  /** Starts the server, without waiting. */
  protected spawn([program = '', ...args]: readonly string[], environment: Record<string, string> = {}): void {
    const running = spawn(program, args.map(word => this.here(word)), {
      env: { ...this.environment(), ...environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...this.user,
    });
    if (running.pid !== undefined) this.groups.push(running.pid);
    for (const stream of [running.stdout, running.stderr]) stream.on('data', (text: Buffer) => { this.log += text.toString(); });
    this.running = running;
  }

  /** Makes directories of a container. */
  protected make(...paths: readonly string[]): void {
    for (const path of paths) this.own(this.here(path));
  }

  private own(directory: string): void {
    mkdirSync(directory, { recursive: true });
    for (let each = directory; this.user.uid !== undefined && each !== dirname(this.directory); each = dirname(each)) {
      chownSync(each, this.user.uid, this.user.gid ?? 0);
    }
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function idOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
