import { Faults, HostName } from '@keelson/core';
import type { Exposure } from '../../exposure';
import { PathType } from '../../path-type';
import { PerCluster } from '../per-cluster';
import { ExposureRequest, Route } from '../target-renderer';
import { RouteExtension, RouteKind } from './extension';

/** Which requests a route is for. */
export interface Ranked {
  readonly host: string | undefined;
  readonly path: string;
  readonly pathType: PathType;
}

/** A route at a door of a gateway. */
interface Placed extends Ranked {
  readonly request: ExposureRequest;
  readonly isRedirect: boolean;
  readonly rank: number;
}

const placed = new PerCluster<Placed[]>();
const KINDS = [PathType.PREFIX, PathType.REGULAR_EXPRESSION, PathType.EXACT];

/**
 * Report routes at a door that their gateway would take in another order than all else: the closer host first, then exact paths, regular
 * expressions and prefixes, of one kind the longer one.
 */
export function checkPrecedence(
  request: ExposureRequest, { host }: Route, door: string, { path, pathType }: Pick<Exposure, 'path' | 'pathType'>,
  kind: RouteKind, isRedirect: boolean, extension: RouteExtension,
): void {
  if (extension.rankOf === undefined) {
    return;
  }
  const { scope } = request.app;
  const known = placed.at(scope).get(door) ?? [];
  const own: Placed = { host, path, pathType, request, isRedirect, rank: extension.rankOf({ host, path, pathType }, kind) };
  for (const other of known) {
    const [wanted, taken] = closer(own, other) > 0 ? [own, other] : [other, own];
    const differ = !(own.isRedirect && other.isRedirect) && !isCovered(wanted, taken);
    if (wanted.rank <= taken.rank && closer(wanted, taken) > 0 && differ && meet(own, other)) {
      Faults.report(scope, 'exposure', [{
        code: 'KEELSON2387',
        got: `${textOf(wanted)} of '${wanted.request.app.scope.node.path}', whose requests may go to ${textOf(taken)} of '${taken.request.app.scope.node.path}' at ${door}`,
        allowed: 'hosts and paths of which Traefik, which looks at kind and length of the path before the host, takes the closer one first',
        fix: `give ${textOf(taken)} another path or host, or choose a target that can: ExposureTarget.TRAEFIK`,
      }]);
    }
  }
  placed.at(scope).set(door, [...known, own]);
}

/** Whether what is taken is said of the other host too, by a route that comes before both. */
function isCovered(wanted: Ranked, { host, request }: Placed): boolean {
  return wanted.host !== host && wanted.host !== undefined && request.exposure.hosts.includes(wanted.host);
}

function textOf({ host, path, pathType }: Ranked): string {
  return `${host === undefined ? 'any host' : Faults.quoted(host)} with ${pathType} ${Faults.quoted(path)}`;
}

/** Positive where the first one is to come first, and zero where it doesn't matter. */
function closer(one: Ranked, other: Ranked): number {
  const [first, second] = [one, other].map(({ host, path, pathType }) => [
    host === undefined ? 0 : host.startsWith('*.') ? host.length : Infinity, KINDS.indexOf(pathType), pathType === PathType.EXACT ? 0 : bare(path, pathType).length,
  ]);
  const at = first?.findIndex((value, index) => value !== second?.[index]) ?? -1;
  return at < 0 ? 0 : (first?.[at] ?? 0) > (second?.[at] ?? 0) ? 1 : -1;
}

function bare(path: string, pathType: PathType): string {
  return pathType === PathType.PREFIX ? path.replace(/\/$/, '') : path;
}

/** Whether a request may be for both. */
function meet(one: Ranked, other: Ranked): boolean {
  return hostsMeet(one.host, other.host) && pathsMeet(one, other);
}

function hostsMeet(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other || [[one, other], [other, one]].some(([wildcard = '', host = '']) =>
    wildcard.startsWith('*.') && (HostName.matchesAnyDepth(wildcard, host) || host.startsWith('*.') && host.endsWith(wildcard.slice(1))));
}

/** Of regular expressions, by what they begin with, unless the other one is a single path. */
function pathsMeet(one: Ranked, other: Ranked): boolean {
  const [exact, against] = one.pathType === PathType.EXACT ? [one, other] : [other, one];
  if (exact.pathType === PathType.EXACT) {
    return against.pathType === PathType.REGULAR_EXPRESSION ? new RegExp(`^(?:${against.path})$`, 'su').test(exact.path)
      : against.pathType === PathType.EXACT ? exact.path === against.path : `${exact.path}/`.startsWith(`${bare(against.path, against.pathType)}/`);
  }
  const [first, second] = [startOf(one), startOf(other)];
  return first.startsWith(second) || second.startsWith(first);
}

/** What all its paths begin with, at least. */
function startOf({ path, pathType }: Ranked): string {
  if (pathType === PathType.REGULAR_EXPRESSION) {
    return /^(?:[^\\^$.|?*+()[\]](?![?*]))*/.exec(path)?.[0] ?? '';
  }
  return bare(path, pathType);
}
