import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePorts, Servers } from '../src/control-plane/servers.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-servers-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const runs = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('programs in the background', () => {
  test('a program that ends by itself is said with its last words', async () => {
    const servers = new Servers(folder);
    servers.start('store', 'sh', ['-c', 'echo no disk; exit 3']);
    await expect(servers.until('the store is ready', 20, () => Promise.resolve(false))).rejects.toThrow('store ended by itself:\nno disk');
    await servers.stop();
  });

  test('what does not come in time is said, with the logs', async () => {
    const servers = new Servers(folder);
    servers.start('store', 'sh', ['-c', 'echo waiting; sleep 60']);
    await expect(servers.until('the store is ready', 1, () => Promise.reject(new Error('refused')))).rejects.toThrow('the store is ready: not after 1 s\nstore: waiting');
    await servers.stop();
  });

  test('a program that can not be started is said', async () => {
    const servers = new Servers(folder);
    servers.start('store', join(folder, 'missing'), []);
    await expect(servers.until('the store is ready', 20, () => Promise.resolve(false))).rejects.toThrow('store');
    await servers.stop();
  });

  test('nothing goes on when this process is killed, and its files are gone', async () => {
    const script = `
      import { Servers } from './src/control-plane/servers.ts';
      const servers = new Servers(${JSON.stringify(folder)});
      servers.start('pid', 'sh', ['-c', 'echo $$; exec sleep 600']);
      await servers.until('a pid', 10, async () => (await import('node:fs')).readFileSync(${JSON.stringify(join(folder, 'pid.log'))}, 'utf8') !== '');
      console.log((await import('node:fs')).readFileSync(${JSON.stringify(join(folder, 'pid.log'))}, 'utf8'));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => { child.stdout.once('data', (data: Buffer) => { resolve(Number(data.toString())); }); });
    expect(runs(pid)).toBe(true);
    child.kill('SIGKILL');
    await vi.waitUntil(() => !runs(pid) && !existsSync(folder), 20_000);
  });
});

test('free ports are all different', async () => {
  expect(new Set(await freePorts(10)).size).toBe(10);
});
