import { Faults, Warnings } from '@keelson/core';
import type { Exposure } from '../exposure';
import { PerCluster } from './per-cluster';
import { ExposedApp, TargetRenderer } from './target-renderer';

/** One path of a host, and where it is answered. */
interface ExposedPath {
  readonly path: string;
  /** Who exposes it first. */
  readonly app: string;
  /** Names of targets, by where clients reach them. */
  readonly targets: Map<string, string>;
}

/** Paths of hosts. */
const hosts = new PerCluster<Map<string, ExposedPath>>();

/** How many paths a warning names. */
const NAMED = 3;

/** Warn at synth, once for a host, where some of its paths are at one target and others at another. Any host has no name in DNS. */
export function watchHosts({ scope }: ExposedApp, exposure: Exposure, { place, text }: TargetRenderer): void {
  const known = hosts.at(scope);
  for (const host of exposure.hosts) {
    const paths = known.get(host) ?? new Map<string, ExposedPath>();
    if (!known.has(host)) {
      known.set(host, paths);
      scope.node.addValidation({ validate: () => {
        const split = textOf([...paths.values()]);
        if (split !== undefined) {
          const why = 'is split between targets, and DNS leads a name to one place';
          Warnings.reportLate(scope, 'KEELSON2417', `${Faults.quoted(host)} ${why}: ${split}: `
            + 'expose all paths of the host at each of them, which both answer then, or give what is at another one a host of its own');
        }
        return [];
      } });
    }
    const key = [exposure.pathType, exposure.path].join('\n');
    const found = paths.get(key) ?? { path: exposure.path, app: scope.node.path, targets: new Map<string, string>() };
    paths.set(key, found);
    found.targets.set(place, found.targets.get(place) ?? text);
  }
}

/** Which paths aren't everywhere, if any. */
function textOf(paths: readonly ExposedPath[]): string | undefined {
  const all = new Map(paths.flatMap(({ targets }) => [...targets]));
  const split = paths.filter(({ targets }) => targets.size < all.size);
  const said = split.slice(0, NAMED).map(({ path, app, targets }) => {
    const missing = [...all].filter(([place]) => !targets.has(place)).map(([, text]) => text);
    return `${Faults.quoted(path)} of '${app}' is at ${[...targets.values()].join(' and ')}, not at ${missing.join(' and ')}`;
  });
  return split.length === 0 ? undefined : [...said, ...split.length > NAMED ? [`and ${split.length - NAMED} more`] : []].join(', ');
}
