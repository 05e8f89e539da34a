import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from '../cache.js';
import { output } from '../command.js';
import { goProgram } from '../go-program.js';

/** The folders of pins: a Go module or a list of Python packages each, with the hashes of everything that is fetched. */
const PINS = fileURLToPath(new URL('../../kit/checkers', import.meta.url));

/** Compiles a command of a Go module of pins, unless these very pins are compiled already, and gives its path. */
export function goTool(pins: string, main: string): Promise<string> {
  const folder = join(PINS, pins);
  return goProgram({ title: pins, module: folder, source: main, path: join(cacheOf(folder), basename(pins)) });
}

/** Installs the Python packages of a list into an environment of their own, unless they are there already, and gives its `bin`. */
export async function pythonTool(pins: string): Promise<string> {
  const folder = join(PINS, pins);
  const environment = join(cacheOf(folder), 'venv');
  const bin = join(environment, 'bin');
  const complete = join(environment, 'complete');
  if (existsSync(complete)) return bin;
  await output('python3', ['-m', 'venv', '--clear', environment]);
  // Wheels only: what builds a source archive would be pinned by nobody.
  const exactly = ['--quiet', '--no-input', '--disable-pip-version-check', '--require-hashes', '--only-binary', ':all:'];
  await output(join(bin, 'pip'), ['install', ...exactly, '-r', join(folder, 'requirements.txt')]);
  writeFileSync(complete, '');
  return bin;
}

/** A folder in the cache that is another one as soon as a pin is. */
function cacheOf(folder: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  const cache = join(CACHE, `${basename(folder)}-${hash.digest('hex').slice(0, 12)}`);
  mkdirSync(cache, { recursive: true });
  return cache;
}
