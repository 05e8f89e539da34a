import { PathType } from '../../path-type';
import { wholeExpression } from '../edge/whole-expression';

/** Which requests a route is for. */
export interface Matching {
  /** The host; none for any. */
  readonly host: string | undefined;
  readonly path: string;
  readonly pathType: PathType;
}

/** Of the rule of a prefix, what is neither host nor path: ``Host(`` `` `) && PathPrefix(` `` ``)``, as Traefik counts. */
const PREFIX_RULE = 26;
/** Of the rule of a host alone. */
const HOST_RULE = 8;
/** More than any path is long, so that a regular expression comes before all prefixes, and an exact path before all of them. */
const LONGER = 1025;
const KIND: Readonly<Record<PathType, number>> = {
  [PathType.PREFIX]: 0, [PathType.REGULAR_EXPRESSION]: LONGER, [PathType.EXACT]: 2 * LONGER,
};
const WILDCARD_HOST = -10_000;
const ANY_HOST = -20_000;

/** Where ACME's HTTP-01 challenges are answered. */
const CHALLENGES = '/.well-known/acme-challenge/';

/**
 * Traefik's rule for requests: prefixes part by part, wildcards of hosts as one part before the domain, regular expressions from their
 * beginning to their end.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/
 */
export function ruleOf({ host, path, pathType }: Matching): string {
  const paths = pathRule(path, pathType);
  if (host === undefined) {
    return paths ?? 'PathPrefix(`/`)';
  }
  return paths === undefined ? hostRule(host) : `${hostRule(host)} && ${paths}`;
}

/**
 * That, for all but challenges: an issuer's solver answers these, whatever the priorities.
 *
 * @param others more hosts.
 */
export function ruleBesideChallenges(matching: Matching, others: readonly string[] = []): string {
  const { host, path, pathType } = matching;
  const paths = pathRule(path, pathType);
  const either = host === undefined || others.length === 0 ? ruleOf(matching)
    : [`(${[host, ...others].map(hostRule).join(' || ')})`, ...paths === undefined ? [] : [paths]].join(' && ');
  return `${either} && !PathPrefix(${literal(CHALLENGES)})`;
}

/**
 * Which of the routes that match a request gets it: the highest number. It is always said, since the length of the rule, which Traefik
 * takes else, has prefixes win over exact paths.
 *
 * An exact host comes before a wildcard, and that before any host; of one host, an exact path before regular expressions, and these before
 * prefixes; of the same kind the longer one. A prefix of an exact host has the length of the rule as one writes it by hand, so that routes
 * of the same host without a priority of their own take their place among ours; wildcards and any host have negative numbers, so that all
 * of these come before them, and so does the solver of an issuer.
 */
export function priorityOf({ host, path, pathType }: Matching): number {
  const prefix = pathType === PathType.PREFIX ? withoutSlash(path) : path;
  const length = KIND[pathType] + prefix.length;
  if (host === undefined || host.startsWith('*.')) {
    return (host === undefined ? ANY_HOST : WILDCARD_HOST) + length;
  }
  return host.length + (prefix === '' ? HOST_RULE : PREFIX_RULE + length);
}

/** A wildcard by expression: only Traefik 3.7 and newer take one in `Host`. */
function hostRule(host: string): string {
  return host.startsWith('*.') ? `HostRegexp(${literal(`^[^.]+\\.${host.slice(2).replaceAll('.', '\\.')}$`)})` : `Host(${literal(host)})`;
}

function pathRule(path: string, pathType: PathType): string | undefined {
  if (pathType === PathType.REGULAR_EXPRESSION) {
    return `PathRegexp(${literal(wholeExpression(path))})`;
  }
  const text = routed(path);
  if (pathType === PathType.EXACT) {
    return `Path(${literal(text)})`;
  }
  const prefix = withoutSlash(text);
  return prefix === '' ? undefined : `(Path(${literal(prefix)}) || PathPrefix(${literal(`${prefix}/`)}))`;
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}

/** What Traefik leaves encoded of the path that it compares; it decodes the rest. */
const KEPT = /%(?:3A|2F|3F|23|5B|5D|40|21|24|26|27|28|29|2A|2B|2C|3B|3D|25)/;

/** A path as Traefik compares it. */
function routed(path: string): string {
  return path.split(new RegExp(`(${KEPT.source})`)).map(part => KEPT.test(part) ? part : decoded(part)).join('');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // bytes that are no UTF-8: a rule, which is text, can't have them
    return text;
  }
}

function literal(text: string): string {
  return text.includes('`') ? JSON.stringify(text) : `\`${text}\``;
}
