import { Fault, Faults } from '@keelson/core';
import { pathFaults } from './private/path-faults';
import { shown } from './private/made';

/** Which change of the path is meant. */
export enum PathRewriteType {
  /** What the exposure's path matches is taken away. */
  STRIP_PREFIX = 'StripPrefix',

  /** What the exposure's path matches is replaced. */
  REPLACE_PREFIX = 'ReplacePrefix',

  /** Requests for `/` are sent elsewhere. */
  APP_ROOT = 'AppRoot',

  /** The path is replaced by one that is made of the groups of the exposure's regular expression. */
  REGULAR_EXPRESSION = 'RegularExpression',
}

/** How the path that the app sees differs from the one that was asked for. */
export class PathRewrite {
  /**
   * The app sees what is below the exposure's path: with `/shop`, `/shop/cart` becomes `/cart` and `/shop` becomes `/`. For exposures of
   * `PathType.PREFIX` that aren't for `/`.
   */
  public static stripPrefix(): PathRewrite {
    return new PathRewrite(PathRewriteType.STRIP_PREFIX, '/', []);
  }

  /**
   * The app sees another prefix: with `/shop` and `/v2`, `/shop/cart` becomes `/v2/cart`. For exposures of `PathType.PREFIX`.
   *
   * @param prefix begins with `/`.
   */
  public static replacePrefix(prefix: string): PathRewrite {
    return new PathRewrite(PathRewriteType.REPLACE_PREFIX, prefix, Faults.within('prefix', pathFaults(prefix)));
  }

  /**
   * Requests for `/` are answered 302 and sent to where the app begins; all others reach it as they are. For exposures of the path `/`.
   *
   * @param path such as `/app`.
   */
  public static appRoot(path: string): PathRewrite {
    return new PathRewrite(PathRewriteType.APP_ROOT, path, Faults.within('path', [...pathFaults(path), ...path === '/' ? [rootFault] : []]));
  }

  /**
   * The app sees a path made of the groups of the exposure's regular expression: with `/users/([0-9]+)/?(.*)`, `/accounts/$1/$2`.
   * For exposures of `PathType.REGULAR_EXPRESSION`.
   *
   * @param replacement begins with `/`; `$1` to `$9` are the groups.
   */
  public static regularExpression(replacement: string): PathRewrite {
    return new PathRewrite(PathRewriteType.REGULAR_EXPRESSION, replacement, Faults.within('replacement', replacementFaults(replacement)));
  }

  private constructor(
    /** Which change is meant. */
    public readonly type: PathRewriteType,
    /** The path, prefix or replacement that was said. */
    public readonly path: string,
    /** What is wrong with it; the app that is exposed reports them. */
    public readonly faults: Fault[],
  ) {}
}

const rootFault: Fault = { code: 'KEELSON2303', got: "'/'", allowed: "a path below '/', which would be sent to itself for ever", fix: "try '/app', or leave 'rewrite' out" };

/** Letters and what else a path has, `$1` to `$9`; nothing that a configuration file would read. */
const REPLACEMENT = /^\/(?:[-A-Za-z0-9/._~]|%[0-9A-Fa-f]{2}|\$[1-9](?![0-9]))*$/;

function replacementFaults(replacement: string): Fault[] {
  return typeof replacement === 'string' && REPLACEMENT.test(replacement) ? [] : [{
    code: 'KEELSON2304', got: shown(replacement), allowed: "a path that begins with '/', of letters, digits, '-', '_', '.', '~', '/', %XX and $1 to $9", fix: "write it like '/accounts/$1'",
  }];
}
