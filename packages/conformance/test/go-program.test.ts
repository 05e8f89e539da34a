import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { goProgram } from '../src/go-program.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-go-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A `go` that writes its arguments where it should write a program. */
const withGo = (): void => {
  writeFileSync(join(folder, 'go'), '#!/bin/sh\n[ "$1" = version ] && exit\nall="$*"\nwhile [ "$1" != -o ]; do shift; done\necho "$all" > "$2"\n', { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH ?? ''}`);
};

const asked = () => ({ title: 'tool v1', module: folder, source: './cmd', path: join(folder, 'bin', 'tool-v1'), flags: ['-x'] });

test('a program is compiled once, and kept under its name', async () => {
  withGo();
  const built: string[] = [];
  const path = await goProgram({ ...asked(), onBuild: () => { built.push('tool'); } });
  expect(readFileSync(path, 'utf8')).toBe(`build -mod=readonly -trimpath -x -o ${path}.${process.pid} ./cmd\n`);
  await goProgram({ ...asked(), onBuild: () => { built.push('again'); } });
  expect(built).toEqual(['tool']);
  expect(readdirSync(join(folder, 'bin'))).toEqual(['tool-v1']);
});

test('without Go it is said what is missing', async () => {
  vi.stubEnv('PATH', folder);
  await expect(goProgram(asked())).rejects.toThrow('tool v1 has to be compiled: put Go 1.26 or newer on the PATH');
  expect(existsSync(join(folder, 'bin'))).toBe(false);
});
