import { Faults } from '@keelson/core';
import { Construct } from 'constructs';
import type { Exposure } from '../exposure';
import { PathType } from '../path-type';
import { PerCluster } from './per-cluster';
import { ExposureRequest, Route } from './target-renderer';

/** Who claimed a host, path and path type first. */
const claims = new PerCluster<Construct>();

/**
 * Have the host and path of a route lead to the app alone. Of two that claim the same, a gateway serves the older one, and
 * an ingress controller any.
 *
 * @param door where the requests come in, as messages name it.
 * @param match the path, where it isn't that of the exposure.
 * @returns whether nobody else has claimed it.
 */
export function claim({ app, exposure }: ExposureRequest, { host, text }: Route, door: string, match: Pick<Exposure, 'path' | 'pathType'> = exposure): boolean {
  const { path, pathType } = match;
  // of a prefix, both targets ignore the slash at its end
  const compared = pathType === PathType.PREFIX ? path.replace(/\/$/, '') : path;
  const key = [door, host ?? '', pathType, compared].join('\n');
  const known = claims.at(app.scope);
  const other = known.get(key);
  if (other === undefined) {
    known.set(key, app.scope);
    return true;
  }
  Faults.report(app.scope, 'exposure', [{
    code: 'KEELSON2013', got: `${text} with ${pathType} ${Faults.quoted(path)}, which '${other.node.path}' has too at ${door}`,
    allowed: 'the only one for its host, path and path type', fix: 'choose another host or path for one of the two',
  }]);
  return false;
}
