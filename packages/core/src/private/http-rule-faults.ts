import { Fault } from '../faults';
import { HttpMethod } from '../http-method';
import { listFaults } from './made';
import { oneOfFaults } from './one-of';
import { quoted } from './quoted';

/** What a path may be written with; `*`, `{` and `}` are signs of their own to some who compare paths. */
const PATH = /^\/(?:[-A-Za-z0-9._~!$&'()+,;=:@/]|%[0-9A-Fa-f]{2})*$/;

/** What is wrong with a path of requests: one that no request can have is a mistake, since it lets nothing through. */
export function pathFaults(path: string, isPrefix = false): Fault[] {
  const refused = (allowed: string, fix: string): Fault[] => [{ code: 'KEELSON1393', member: 'path', got: quoted(path), allowed, fix }];
  if (typeof path !== 'string' || !path.startsWith('/')) {
    return refused("a path from '/' on", typeof path !== 'string' || path === '' ? "write it like '/v1/orders'" : `try ${quoted(`/${path}`)}`);
  }
  if (/[?#]/.test(path)) {
    return refused('a path without query and fragment', `try ${quoted(path.replace(/[?#].*$/s, ''))}: any query is let through`);
  }
  if (/[*{}]/.test(path)) {
    return refused("a path without '*', '{' and '}'", 'name all below a path by HttpRule.prefix(…)');
  }
  if (!PATH.test(path)) {
    return refused("a path as URLs have it: letters, digits, '/', '%' with two hexadecimal digits, and -._~!$&'()+,;=:@", 'encode what else is in it');
  }
  if (/\/\/|\/\.{1,2}(?:\/|$)|%2f|%5c/i.test(path)) {
    return refused("a path without '//', '/./', '/../' and encoded slashes, which are resolved before paths are compared", 'write it as it is then');
  }
  return isPrefix && path !== '/' && path.endsWith('/') ? refused("a prefix without '/' at its end", `try ${quoted(path.replace(/\/+$/, ''))}`) : [];
}

export function methodFaults(methods: HttpMethod[] | undefined): Fault[] {
  if (methods === undefined) {
    return [];
  }
  const wrong = listFaults(methods, 'methods', 'write it like [HttpMethod.GET]', 'methods');
  if (wrong.length > 0) {
    return wrong;
  }
  return methods.length > 0 ? methods.flatMap(method => oneOfFaults('HttpMethod', HttpMethod, method ?? '', 'methods')) : [{
    code: 'KEELSON1394', member: 'methods', got: 'none', allowed: 'at least one method', fix: 'name them, or leave them out for all',
  }];
}
