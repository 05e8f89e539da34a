import { renameSync, mkdirSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { output, run } from './command.js';

/** A command of a Go module whose dependencies are pinned. */
export interface GoProgram {
  /** What it is called when it can't be compiled. */
  readonly title: string;
  /** The folder of the module. */
  readonly module: string;
  readonly source: string;
  /** Where it is kept: another place as soon as a pin is another. */
  readonly path: string;
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly onBuild?: () => void;
}

/** Compiles a program unless that was done before, and gives its path. */
export async function goProgram({ title, module, source, path, flags = [], env = {}, onBuild }: GoProgram): Promise<string> {
  if (existsSync(path)) return path;
  await needsGo(title);
  onBuild?.();
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  await output('go', ['build', '-mod=readonly', '-trimpath', ...flags, '-o', unfinished, source], { cwd: module, env });
  renameSync(unfinished, path);
  return path;
}

/** Fails where there is no Go. */
export async function needsGo(title: string): Promise<void> {
  const { code } = await run('go', ['version']).catch(() => ({ code: 127 }));
  if (code !== 0) throw new Error(`${title} has to be compiled: put Go 1.26 or newer on the PATH`);
}
