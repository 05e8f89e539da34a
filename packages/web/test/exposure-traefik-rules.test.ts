import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PathType } from '../src';
import { type Matching, priorityOf, ruleBesideChallenges, ruleOf } from '../src/private/traefik/rules';

const { PREFIX, EXACT, REGULAR_EXPRESSION } = PathType;
const at = (host: string | undefined, path: string, pathType: PathType): Matching => ({ host, path, pathType });

describe("X1 Traefik's rules", () => {
  test.each([
    [at('shop.example.com', '/', PREFIX), 'Host(`shop.example.com`)'],
    [at('shop.example.com', '/cart', PREFIX), 'Host(`shop.example.com`) && (Path(`/cart`) || PathPrefix(`/cart/`))'],
    [at('shop.example.com', '/cart/', PREFIX), 'Host(`shop.example.com`) && (Path(`/cart`) || PathPrefix(`/cart/`))'],
    [at('shop.example.com', '/cart/', EXACT), 'Host(`shop.example.com`) && Path(`/cart/`)'],
    [at('*.example.com', '/', PREFIX), 'HostRegexp(`^[^.]+\\.example\\.com$`)'],
    [at(undefined, '/', PREFIX), 'PathPrefix(`/`)'],
    [at(undefined, '/', EXACT), 'Path(`/`)'],
    [at('x.io', '/users/([0-9]+)', REGULAR_EXPRESSION), 'Host(`x.io`) && PathRegexp(`^/users/([0-9]+)$`)'],
    [at('x.io', '/users|/people', REGULAR_EXPRESSION), 'Host(`x.io`) && PathRegexp(`^(?:/users|/people)$`)'],
    // what Traefik compares is decoded, but for what would change the meaning
    [at('x.io', '/a%20b%2Cc%C3%A4', EXACT), 'Host(`x.io`) && Path(`/a b%2Ccä`)'],
    [at('x.io', '/a%60b', EXACT), 'Host(`x.io`) && Path("/a`b")'],
    [at('x.io', '/a%FFb', EXACT), 'Host(`x.io`) && Path(`/a%FFb`)'],
  ])('%o', (matching, rule) => {
    expect(ruleOf(matching)).toBe(rule);
  });

  test('a redirect leaves challenges to the solver', () => {
    expect(ruleBesideChallenges(at(undefined, '/', PREFIX))).toBe('PathPrefix(`/`) && !PathPrefix(`/.well-known/acme-challenge/`)');
  });
});

const label = fc.stringMatching(/^[a-z]{1,12}$/);
const path = fc.array(label, { maxLength: 6 }).map(parts => `/${parts.join('/')}`);
const exactHost = fc.array(label, { minLength: 2, maxLength: 5 }).map(labels => labels.join('.'));
const anyPathType = fc.constantFrom(PREFIX, EXACT, REGULAR_EXPRESSION);
const runs = { numRuns: 1000, seed: 20261121 };

describe('X1 priorities of Traefik', () => {
  test('an exact host comes before a wildcard, and that before any host, whatever the paths', () => {
    const any = fc.tuple(path, anyPathType);
    fc.assert(fc.property(exactHost, any, any, any, (host, first, second, third) => {
      const wildcard = priorityOf(at(`*.${host}`, ...second));
      expect(priorityOf(at(host, ...first))).toBeGreaterThan(wildcard);
      expect(wildcard).toBeGreaterThan(priorityOf(at(undefined, ...third)));
    }), runs);
  });

  const literal = fc.integer({ min: 0, max: 1023 }).map(length => `/${'a'.repeat(length)}`);
  const anyHost = fc.option(fc.oneof(exactHost, exactHost.map(host => `*.${host}`)), { nil: undefined });

  test('of one host, an exact path comes before a regular expression, and that before a prefix, whichever is longer', () => {
    fc.assert(fc.property(anyHost, literal, literal, literal, (host, exact, expression, prefix) => {
      const middle = priorityOf(at(host, expression, REGULAR_EXPRESSION));
      expect(priorityOf(at(host, exact, EXACT))).toBeGreaterThan(middle);
      expect(middle).toBeGreaterThan(priorityOf(at(host, prefix, PREFIX)));
    }), runs);
  });

  test('of one kind, the longer one comes first, and two of one length only meet where both are regular expressions', () => {
    fc.assert(fc.property(anyHost, anyPathType, literal, fc.integer({ min: 1, max: 9 }), (host, type, short, more) => {
      const long = `${short}${'a'.repeat(more)}`.slice(0, 1024);
      fc.pre(long.length > short.length);
      expect(priorityOf(at(host, long, type))).toBeGreaterThan(priorityOf(at(host, short, type)));
    }), runs);
  });

  test('a prefix is the same with a slash at its end', () => {
    expect(priorityOf(at('x.io', '/cart/', PREFIX))).toBe(priorityOf(at('x.io', '/cart', PREFIX)));
  });

  test('a prefix has the number that Traefik gives the rule as one writes it by hand', () => {
    expect(priorityOf(at('shop.example.com', '/', PREFIX))).toBe('Host(`shop.example.com`)'.length);
    expect(priorityOf(at('shop.example.com', '/cart', PREFIX))).toBe('Host(`shop.example.com`) && PathPrefix(`/cart`)'.length);
  });

  test('wildcards and any host come after all that is written without a priority, and after the solver of an issuer', () => {
    const hosts = fc.option(exactHost, { nil: undefined });
    fc.assert(fc.property(hosts, anyPathType, fc.integer({ min: 1, max: 1024 }), (host, type, length) => {
      const priority = priorityOf(at(host === undefined ? undefined : `*.${host}`, `/${'a'.repeat(length - 1)}`, type));
      expect(priority).toBeLessThan(0);
      // that of Traefik's own default backends
      expect(priority).toBeGreaterThan(-(2 ** 31));
    }), runs);
  });

  test('a whole host on plain HTTP comes after the solver of an issuer', () => {
    const challenge = 'Host(`shop.example.com`) && PathPrefix(`/.well-known/acme-challenge/x`)'.length;
    expect(priorityOf(at('shop.example.com', '/', PREFIX))).toBeLessThan(challenge);
  });
});
