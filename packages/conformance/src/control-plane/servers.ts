import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const KILLED_AFTER_MS = 10_000;

/** Programs that run until they are stopped, also when this process is killed: a shell that notices ends them then. */
export class Servers {
  private readonly running: { readonly name: string; readonly process: ChildProcess }[] = [];
  private readonly guard: ChildProcess;

  public constructor(private readonly folder: string) {
    const script = 'pids=; while read -r pid; do pids="$pids $pid"; done; [ -z "$pids" ] || kill -KILL $pids; rm -rf "$1"';
    this.guard = spawn('sh', ['-c', script, 'guard', folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  }

  /** Starts a program in the background; what it prints goes to a log in the folder. */
  public start(name: string, command: string, args: readonly string[]): void {
    const log = openSync(this.logOf(name), 'a');
    const child = spawn(command, args, { stdio: ['ignore', log, log], detached: true, cwd: this.folder });
    closeSync(log);
    child.on('error', () => { /* it shows as ended */ });
    this.running.push({ name, process: child });
    if (child.pid !== undefined) this.guard.stdin?.write(`${child.pid}\n`);
  }

  /** Waits until something holds. Fails when a program has ended instead, or time is up. */
  public async until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!await holds().catch(() => false)) {
      const dead = this.running.find(({ process: { exitCode, signalCode } }) => exitCode !== null || signalCode !== null);
      if (dead !== undefined) throw new Error(`${dead.name} ended by itself:\n${this.tailOf(dead.name)}`);
      if (performance.now() > end) throw new Error(`${what}: not after ${seconds} s\n${this.running.map(({ name }) => `${name}: ${this.tailOf(name)}`).join('\n')}`);
      await delay(100);
    }
  }

  /** Stops all, the last started first; what has not ended after ten seconds is killed. */
  public async stop(): Promise<void> {
    for (const { process: child } of this.running.splice(0).reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((resolve) => { child.once('exit', resolve); });
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), KILLED_AFTER_MS);
      await ended;
      clearTimeout(timer);
    }
    this.guard.kill('SIGKILL');
  }

  private logOf(name: string): string {
    return join(this.folder, `${name}.log`);
  }

  private tailOf(name: string): string {
    return existsSync(this.logOf(name)) ? readFileSync(this.logOf(name), 'utf8').trimEnd().split('\n').slice(-8).join('\n') : 'no log';
  }
}

/** Ports of the loopback address that nobody listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => { resolve(server); });
  })));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => { server.close(resolve); })));
  return ports;
}
