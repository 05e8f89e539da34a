import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from '../cache.js';
import { goProgram } from '../go-program.js';

const KIT = fileURLToPath(new URL('../../kit/traefik', import.meta.url));
const MODULE = 'github.com/traefik/traefik/v3';

/** The version of the proxy that is pinned in `kit/`, such as `3.7.9`. */
export function traefikVersion(): string {
  const found = new RegExp(`^\\s*${MODULE} v(\\S+)`, 'm').exec(readFileSync(join(KIT, 'go.mod'), 'utf8'))?.[1];
  if (found === undefined) throw new Error(`kit/traefik/go.mod requires no ${MODULE}`);
  return found;
}

/** Compiles the proxy unless it is there, and gives its path. */
export function installTraefik(onBuild: (what: string) => void): Promise<string> {
  const version = traefikVersion();
  const title = `traefik ${version}`;
  return goProgram({
    title, module: KIT, source: `${MODULE}/cmd/traefik`, path: join(CACHE, 'bin', `traefik-v${version}`),
    flags: ['-ldflags', `-s -w -X ${MODULE}/pkg/version.Version=${version}`], env: { CGO_ENABLED: '0' }, onBuild: () => { onBuild(`${title}, minutes the first time`); },
  });
}

/** How it is started on an address of its own, beside what it reads. */
export function traefikFlags(address: string, flags: readonly string[]): string[] {
  // At the end nobody is in the middle of something.
  const atOnce = ['web', 'websecure'].map((each) => `--entrypoints.${each}.transport.lifecycle.gracetimeout=0`);
  return [
    `--entrypoints.web.address=${address}:80`, `--entrypoints.websecure.address=${address}:443`,
    '--global.checknewversion=false', '--global.sendanonymoususage=false', '--log.level=INFO', ...atOnce, ...flags,
  ];
}
