import { spawn, type ChildProcess } from 'node:child_process';

/** How a command ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command gets. */
export interface RunOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Its messages go to the terminal as they come. */
  readonly live?: boolean;
  /** It cleans up, so it runs even after an interruption. */
  readonly cleanup?: boolean;
}

/** What has been started and not ended, and whether more may be. */
const RUNNING = new Set<ChildProcess>();
const interruption = new AbortController();

/** Runs a command to its end. Its input is closed unless given. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    if (interruption.signal.aborted && options.cleanup !== true) {
      reject(new Error('interrupted'));
      return;
    }
    const child = spawn(command, args, {
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdio: ['pipe', 'pipe', options.live === true ? 'inherit' : 'pipe'],
      detached: true, // Ctrl-C comes to us alone, and we end our commands in order
    });
    RUNNING.add(child);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (data: Buffer) => { stdout += data.toString(); });
    child.stderr?.on('data', (data: Buffer) => { stderr += data.toString(); });
    child.on('error', (error) => { RUNNING.delete(child); reject(error); });
    child.on('close', (code, signal) => { RUNNING.delete(child); resolve({ code: code ?? (signal === null ? 1 : 128), stdout, stderr }); });
    child.stdin?.on('error', () => { /* the command ended without reading its input: its exit code says why */ });
    child.stdin?.end(options.input ?? '');
  });
}

/** Runs a command that must succeed, and gives what it printed. */
export async function output(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command.split('/').pop() ?? ''} ${args.slice(0, 6).join(' ')} ended with ${code}:\n${(stderr + stdout).trim()}`);
  return stdout;
}

/** Whether the run is being ended early. */
export function isInterrupted(): boolean {
  return interruption.signal.aborted;
}

/** Asks every running command to end, and lets none start but those that clean up. */
export function interruptAll(): void {
  interruption.abort();
  for (const { pid } of RUNNING) {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  }
}
