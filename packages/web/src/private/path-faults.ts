import { Fault, Faults } from '@keelson/core';
import { PathType } from '../path-type';
import { shown } from './made';

const LONGEST = 1024;
/** What a path may consist of without being taken for a regular expression, by anyone. */
const LITERAL = /^(?:[-A-Za-z0-9/._~!&',;=:@]|%[0-9A-Fa-f]{2})*$/;

/**
 * What is wrong with a path of requests: what either the Gateway API's or the Ingress' own checks refuse, and what is
 * a regular expression for some ingress controllers.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch
 */
export function pathFaults(path: string): Fault[] {
  const refused = (code: string, allowed: string, fix: string): Fault[] => [{ code, got: shown(path), allowed, fix }];
  if (typeof path !== 'string') {
    return refused('KEELSON2002', "a path that begins with '/'", "write it like '/shop'");
  }
  if (!path.startsWith('/')) {
    return refused('KEELSON2002', "a path that begins with '/'", path === '' ? "write '/'" : `try ${Faults.quoted(`/${path}`)}`);
  }
  if (path.length > LONGEST) {
    return refused('KEELSON2005', `at most ${LONGEST} characters long`, 'shorten it');
  }
  if (!LITERAL.test(path)) {
    return refused('KEELSON2004', 'a literal path, not a regular expression', "use letters, digits, '-', '_', '.', '~' and '/', and %XX for anything else");
  }
  const normal = normalOf(path);
  if (/\/\/|%2F/.test(normal) || normal.split('/').some(part => part === '.' || part === '..')) {
    return refused('KEELSON2003', "a path without '//', '%2F', '.' and '..' between its '/'", 'write the path as the app is to get it');
  }
  return path === normal ? [] : refused('KEELSON2386', "spelled in one way: as it is what needs no '%XX', and '%XX' in capitals", `write ${Faults.quoted(normal)}`);
}

/** The one spelling of a path, of several that mean the same. See RFC 3986, 6.2.2. */
function normalOf(path: string): string {
  return path.replace(/%[0-9A-Fa-f]{2}/g, encoded => {
    const char = String.fromCharCode(parseInt(encoded.slice(1), 16));
    return /[-A-Za-z0-9._~]/.test(char) ? char : encoded.toUpperCase();
  });
}

/** A character of a class; those of them that are more than letters outside of one may have a backslash. */
const MEMBER = String.raw`(?:[A-Za-z0-9/._~,:!=<>()*+?|$^]|\\[-./()[\]*+?|^$])`;
/** A class: neither empty nor of everything, a `-` as a range or at an end, and nothing that looks like `[:alpha:]`. */
const CLASS = String.raw`\[(?!\^\]|([:.=])(?:\\.|[^\]\\])*\1\])\^?-?(?:${MEMBER}(?:-${MEMBER})?|\\[dDwWsS])+-?\]`;
/** Literals, anchors, quantifiers: no quotes, no spaces, nothing that ends a line of configuration; no `%`, as some decode paths first. */
const SINGLE = String.raw`[-A-Za-z0-9/._~,:!=<>^$|*+?]`;
const ESCAPED = String.raw`\\[dDwWsSb./()[\]*+?|^$]`;
/** What RE2, PCRE and JavaScript read alike, as far as they all take it; the last of them is asked itself. */
const COMMON = new RegExp(String.raw`^(?:${CLASS}|${ESCAPED}|${SINGLE}|\((?:\?:|(?!\?))|\))*$`);

/**
 * What is wrong with a path that is a regular expression: it has to mean the same to those who read it by RE2 and by PCRE. What one of them
 * refuses would have no route, so that another route of the host gets its requests.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function expressionFaults(path: string): Fault[] {
  const refused = (code: string, allowed: string, fix: string): Fault[] => [{ code, got: shown(path), allowed, fix }];
  if (typeof path !== 'string' || !path.startsWith('/')) {
    return refused('KEELSON2002', "a path that begins with '/'", "write it like '/users/([0-9]+)'");
  }
  if (path.length > LONGEST) {
    return refused('KEELSON2005', `at most ${LONGEST} characters long`, 'shorten it');
  }
  if (!COMMON.test(path) || !isExpression(path)) {
    return refused('KEELSON2329', "a regular expression that RE2 and PCRE read alike: of letters, digits, '.', '/', groups, classes, '|', '*', '+', '?' and the likes of '\\d' and '\\.'",
      "write it like '/users/([0-9]+)/?(.*)'");
  }
  return isOnePath(path) ? [] : refused('KEELSON2309', "a regular expression all of which is behind its first '/'", "write what may be one or the other as '/(?:carts|orders)'");
}

/** Whether the first slash is always there: it isn't optional, and no alternative is without it. */
function isOnePath(path: string): boolean {
  const bare = path.replace(/\\./g, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
  let depth = 0;
  return !/^\/[?*+]/.test(path) && [...bare].every(char => {
    depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    return depth > 0 || char !== '|';
  });
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** What is wrong with the way paths are compared, which JavaScript lets users give as any text. */
export function pathTypeFaults(pathType: PathType): Fault[] {
  return Object.values(PathType).includes(pathType) ? [] : [{
    code: 'KEELSON2036', got: shown(pathType), allowed: "'Prefix', 'Exact' or 'RegularExpression'", fix: 'use PathType.PREFIX, PathType.EXACT or PathType.REGULAR_EXPRESSION',
  }];
}
