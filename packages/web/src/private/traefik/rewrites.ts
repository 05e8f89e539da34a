import { Exposure } from '../../exposure';
import { PathRewriteType } from '../../path-rewrite';
import { wholeExpression } from '../edge/whole-expression';

interface Rewrite {
  readonly suffix: string;
  readonly spec: object;
}

/** Who else may say it. */
interface Wanted {
  readonly prefixes: boolean;
  readonly appRoot: boolean;
}

/** The middleware that changes the path, if one does. The route matches prefixes part by part, so stripping one does too. */
export function rewriteOf({ path, options: { rewrite } }: Exposure, { prefixes, appRoot }: Wanted): Rewrite[] {
  const replaced = (regex: string, replacement: string): Rewrite[] => [{ suffix: 'rewrite', spec: { replacePathRegex: { regex, replacement } } }];
  const prefix = path.replace(/\/$/, '');
  switch (rewrite?.type) {
    case PathRewriteType.STRIP_PREFIX:
      return prefixes ? stripped(prefix) : [];
    case PathRewriteType.REPLACE_PREFIX: {
      const to = rewrite.path.replace(/\/$/, '');
      return !prefixes ? [] : to === '' ? stripped(prefix) : replaced(`^${escaped(prefix)}(/.*)?$`, `${to}\${1}`);
    }
    case PathRewriteType.REGULAR_EXPRESSION:
      return replaced(wholeExpression(path), rewrite.path.replace(/\$([1-9])/g, '${$1}'));
    case PathRewriteType.APP_ROOT:
      // a path only: who ends TLS may stand before Traefik
      return appRoot ? [{ suffix: 'app-root', spec: { redirectRegex: { regex: '^https?://[^/?]+/?(\\?.*)?$', replacement: `${rewrite.path}\${1}` } } }] : [];
    default:
      return [];
  }
}

/** Traefik compares what is decoded. Nothing is left to strip of `/`. */
function stripped(prefix: string): Rewrite[] {
  return prefix === '' ? [] : [{ suffix: 'strip-prefix', spec: { stripPrefix: { prefixes: [decoded(prefix)] } } }];
}

/** Literally, as clients write it: hexadecimal digits in either case. */
function escaped(path: string): string {
  return path.replace(/[.]/g, '\\.').replace(/%[0-9A-Fa-f]{2}/g, '(?i:$&)');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
