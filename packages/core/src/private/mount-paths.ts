import { posix } from 'node:path';
import { Fault } from '../faults';
import { Volume } from '../volume';
import { quoted } from './quoted';

/** A mount path as the runtime sees it: `/tmp/` is `/tmp`. What isn't absolute, and is reported, stays as it is. */
export function mountPathOf(path: string): string {
  return isAbsolute(path) ? posix.normalize(path).replace(/(.)\/$/, '$1') : path;
}

/** The API server takes other paths too, and then no container starts; in `/proc` the runtime mounts nothing. */
export function mountPathFaults(path: string): Fault[] {
  const where = mountPathOf(path);
  const good = isAbsolute(path) && where !== '/' && where !== '/proc' && !where.startsWith('/proc/');
  return good ? [] : [{
    code: 'KEELSON1203', got: quoted(path), allowed: "an absolute path other than '/' and '/proc', without ':' and '..'",
    fix: "write the whole path, such as '/var/cache/app'",
  }];
}

/** No directory to mount at can be made in files of ConfigMaps, Secrets and tokens: the container would never start. */
export function nestedMountFaults(volumes: ReadonlyMap<string, Volume>): { path: string; fault: Fault }[] {
  const closed = [...volumes].filter(([, volume]) => 'projected' in (volume._render() ?? {})).map(([path]) => path);
  return [...volumes.keys()].flatMap(path => closed.filter(around => path.startsWith(`${around}/`)).map(around => ({
    path,
    fault: {
      code: 'KEELSON1228', got: quoted(path), allowed: `a path outside ${quoted(around)}, where files of a ConfigMap, Secret or token are mounted`,
      fix: 'mount it beside, or join both by Volume.projected',
    },
  })));
}

function isAbsolute(path: string): boolean {
  return typeof path === 'string' && path.startsWith('/') && !path.includes(':') && !path.split('/').includes('..');
}
