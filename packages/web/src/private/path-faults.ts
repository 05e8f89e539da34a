import { Fault } from '@keelson/core';
import { PathType } from '../path-type';
import { shown } from './made';
import { quoted } from './quoted';

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
    return refused('KEELSON2002', "a path that begins with '/'", path === '' ? "write '/'" : `try ${quoted(`/${path}`)}`);
  }
  if (path.length > LONGEST) {
    return refused('KEELSON2005', `at most ${LONGEST} characters long`, 'shorten it');
  }
  if (!LITERAL.test(path)) {
    return refused('KEELSON2004', 'a literal path, not a regular expression', "use letters, digits, '-', '_', '.', '~' and '/', and %XX for anything else");
  }
  if (/\/\/|%2f/i.test(path) || path.split('/').some(part => part === '.' || part === '..')) {
    return refused('KEELSON2003', "a path without '//', '%2F', '.' and '..' between its '/'", 'write the path as the app is to get it');
  }
  return [];
}

/** What is wrong with the way paths are compared, which JavaScript lets users give as any text. */
export function pathTypeFaults(pathType: PathType): Fault[] {
  return Object.values(PathType).includes(pathType) ? [] : [{
    code: 'KEELSON2036', got: shown(pathType), allowed: "'Prefix' or 'Exact'", fix: 'use PathType.PREFIX or PathType.EXACT',
  }];
}
