import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program to be started. */
export interface Command {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Folder it writes to: emptied before each run, outside of what is measured. */
  readonly outdir?: string;
}

/** What one run took: the whole process and all that it waited for. */
export interface ProcessRun {
  readonly wallMs: number;
  /** User and system time of all its processes. */
  readonly cpuMs: number;
  /** Of its largest Node process; undefined for other programs. */
  readonly peakMiB?: number;
  readonly stdout: string;
}

const PEAK = fileURLToPath(new URL('peak.cjs', import.meta.url));

/** Wall and processor time as the shell accounts for a child and all its descendants. */
const TIMED = `TIMEFORMAT='%R %U %S'; { time "$@" 2>&4; } 4>&2 2>"$KEELSON_BENCH_TIME"`;

/** How long one run may take; where it takes longer, the table says so. */
export const LIMIT_MS = 120_000;

const running = new Set<number>();

/** Ends what is being measured. */
export function stopRuns(): void {
  for (const pid of running) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // ended by itself
    }
  }
}

/** Runs a command and accounts for it; undefined where it takes longer than the limit. */
export async function runProcess(command: Command, scratch: string, limitMs = LIMIT_MS): Promise<ProcessRun | undefined> {
  const [time, peak] = [join(scratch, 'account-time'), join(scratch, 'account-peak')];
  rmSync(peak, { force: true });
  if (command.outdir !== undefined) {
    rmSync(command.outdir, { recursive: true, force: true });
    mkdirSync(command.outdir, { recursive: true });
  }
  const child = spawn('bash', ['-c', TIMED, 'bash', ...command.args], {
    cwd: command.cwd ?? scratch,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // reading certificates at every start would be measured with each run
      NODE_EXTRA_CA_CERTS: '',
      CDK8S_CHECK_UPGRADE: 'false', NO_UPDATE_NOTIFIER: '1',
      ...command.env,
      NODE_OPTIONS: `--require=${PEAK}`, KEELSON_BENCH_TIME: time, KEELSON_BENCH_PEAK: peak,
    },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('bash, which accounts for the runs, is not on the PATH');
  running.add(pid);
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) child[stream].setEncoding('utf8').on('data', (text: string) => { texts[stream] += text; });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    process.kill(-pid, 'SIGKILL');
  }, limitMs);
  const code = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  clearTimeout(timer);
  running.delete(pid);
  if (timedOut) return undefined;
  if (code !== 0) throw new Error(`exit code ${code} of: ${command.args.join(' ')}\n${texts.stdout.slice(-2000)}${texts.stderr.slice(-4000)}`);
  return { ...parseTimes(readFileSync(time, 'utf8')), ...parsePeak(peak), stdout: texts.stdout };
}

/** Three numbers in seconds: wall, user, system. */
export function parseTimes(text: string): { wallMs: number; cpuMs: number } {
  const [wall = NaN, user = NaN, system = NaN] = text.trim().split(/\s+/).map(seconds => Number(seconds.replace(',', '.')) * 1000);
  if (Number.isNaN(wall + user + system)) throw new Error(`the shell's account can't be read: ${text}`);
  return { wallMs: wall, cpuMs: user + system };
}

function parsePeak(file: string): { peakMiB?: number } {
  return existsSync(file) ? { peakMiB: Math.max(...readFileSync(file, 'utf8').trim().split('\n').map(Number)) / 1024 } : {};
}
