import type { Exposure } from '../../exposure';
import { PathRewriteType } from '../../path-rewrite';
import { PathType } from '../../path-type';
import { Asked, NOTHING, Said } from './said';
import { PATH, textFaults } from './texts';

/** A path as an Ingress says it. */
export interface IngressPath {
  readonly path: string;
  readonly pathType: string;
}

/** Whether an exposure needs its path to be a regular expression: where it is one, or where what is below it has to be told apart. */
export function needsExpression({ pathType, options: { rewrite } }: Exposure): boolean {
  return pathType === PathType.REGULAR_EXPRESSION || (rewrite !== undefined && rewrite.type !== PathRewriteType.APP_ROOT);
}

/** What is behind a prefix: the same for all, so that the longer one is tried first. */
const PREFIX_END = '(/|$)(.*)';
/** How often an exact path says where it ends: with that it is longer than the expression of any prefix that has it. */
const EXACT_ENDS = 4;

/** How long the path of an Ingress is for who tries the longest first. */
export type LengthOf = (expression: string) => number;

/** The path of an exposure, of a host without expressions. */
export function pathOf({ path, pathType }: Exposure): IngressPath {
  return { path, pathType };
}

/**
 * The paths of the exposures of one host. One regular expression makes all paths of its host such: compared from their beginning, without
 * regard to case, the longest first. So the others say in that language what they mean, and all are as long as they have to be to come in
 * order: exact paths, then regular expressions, then prefixes, of the same kind the longer one first.
 */
export function expressionsOf(exposures: readonly Exposure[], lengthOf: LengthOf): Map<Exposure, IngressPath> {
  const of = (type: PathType) => exposures.filter(({ pathType }) => pathType === type);
  const expressions = of(PathType.REGULAR_EXPRESSION);
  const lengths = [...new Set(expressions.map(({ path }) => path.length))].sort((one, other) => one - other);
  const found = new Map<Exposure, IngressPath>();
  let longest = 0;
  const equals = lengths.map(length => expressions.filter(({ path }) => path.length === length));
  for (const equal of [of(PathType.PREFIX), ...equals, of(PathType.EXACT)]) {
    const paths = equal.map(exposure => expressionOf(exposure, text => lengthOf(text) > longest));
    equal.forEach((exposure, at) => found.set(exposure, { path: paths[at] ?? '', pathType: 'ImplementationSpecific' }));
    longest = Math.max(longest, ...paths.map(lengthOf));
  }
  return found;
}

function expressionOf(exposure: Exposure, isEnough: (text: string) => boolean): string {
  const { path, pathType } = exposure;
  if (pathType === PathType.PREFIX) {
    return path === '/' ? `/${needsExpression(exposure) ? '(.*)' : ''}` : `/${cased(path.slice(1).replace(/\/$/, ''), '-i')}${PREFIX_END}`;
  }
  // a dot is any character, a line break too: else a path with `%0A` in it would be another route's
  const start = `/${cased(path.slice(1), pathType === PathType.REGULAR_EXPRESSION && path.includes('.') ? 's-i' : '-i')}`;
  let ends = pathType === PathType.EXACT ? EXACT_ENDS : 1;
  while (!isEnough(start + endOf(ends))) {
    ends += 1;
  }
  return start + endOf(ends);
}

/** The end of a path, said several times. */
function endOf(times: number): string {
  return times === 1 ? '$' : `(?:${Array<string>(times).fill('$').join('|')})`;
}

/** Compared by flags of its own, so with regard to case. */
function cased(expression: string, flags: string): string {
  return expression === '' ? '' : `(?${flags}:${expression})`;
}

/** How the path that the app sees differs. */
export function rewriteSaid(asked: Asked): Said {
  const { exposure: { path, options: { rewrite } } } = asked.request;
  if (rewrite === undefined) {
    return NOTHING;
  }
  const given = rewrite.path.replace(/\/$/, '');
  const said = (name: string, value: string): Said => ({ values: { [name]: value }, faults: textFaults('rewrite', value, PATH, asked) });
  switch (rewrite.type) {
    case PathRewriteType.APP_ROOT: return said('app-root', rewrite.path);
    case PathRewriteType.REGULAR_EXPRESSION: return said('rewrite-target', rewrite.path);
    default: return said('rewrite-target', path === '/' ? `${given}/$1` : given === '' ? '/$2' : `${given}$1$2`);
  }
}
