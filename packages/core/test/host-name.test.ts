import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Faults, HostName } from '../src';

const faultsOf = (host: string, wildcard?: boolean) => HostName.faultsOf(host, { wildcard }).map(fault => Faults.describe('host', fault));
const a = (length: number) => 'a'.repeat(length);
const long = (length: number) => `${a(63)}.${a(63)}.${a(63)}.`.concat(a(length - 192));
const chars = (got: string, fix: string) => `KEELSON1112 'host' must be a host name of lower-case letters, digits, '-' and '.', got '${got}': ${fix}`;
const ends = (got: string, fix: string) => `KEELSON1111 'host' must be a host name with a letter or digit at both ends and on both sides of each '.', got '${got}': ${fix}`;
const address = (got: string) => `KEELSON1117 'host' must be a host name, not an IP address, got '${got}': write it like 'shop.example.com'`;
const url = (got: string, fix = "try 'shop.example.com'") => `KEELSON1116 'host' must be a host name without scheme, port and path, got '${got}': ${fix}`;
const star = (got: string) => `KEELSON1119 'host' must be a host name with '*' only as the whole first part, got '${got}': write it like '*.example.com'`;
const like = "write it like 'shop.example.com'";

describe('HostName: syntax', () => {
  test.each(['shop.example.com', 'localhost', 'a.b', '1a.example', 'xn--bcher-kva.example', `${a(63)}.example`, long(253), '1.2.3.a'])('takes %s', (host) => {
    expect([faultsOf(host), faultsOf(host, true)]).toEqual([[], []]);
  });

  test.each([
    ['', `KEELSON1110 'host' must be a host name, got '': ${like}`],
    ['Bad Host!', chars('Bad Host!', like)],
    ['Shop.example.com', chars('Shop.example.com', "try 'shop.example.com'")],
    ['my_shop.example.com', chars('my_shop.example.com', "try 'my-shop.example.com'")],
    ['bücher.example', chars('bücher.example', "try 'b-cher.example'")],
    ['-a.example', ends('-a.example', "try 'a.example'")], ['a-.example', ends('a-.example', "try 'a.example'")],
    ['a..example', ends('a..example', "try 'a.example'")], ['.example', ends('.example', like)], ['.', ends('.', like)],
    ['shop.example.com.', "KEELSON1115 'host' must be a host name without '.' at its end, got 'shop.example.com.': try 'shop.example.com'"],
    ['shop.example.com:443', url('shop.example.com:443')], ['https://shop.example.com/cart', url('https://shop.example.com/cart')], ['shop.example.com/cart', url('shop.example.com/cart')],
    ['localhost:8080', url('localhost:8080', like)],
    ['10.0.0.1', address('10.0.0.1')], ['999.0.0.1', address('999.0.0.1')], ['2001:db8::1', address('2001:db8::1')], ['[::1]', address('[::1]')],
    [`${a(64)}.example`, `KEELSON1113 'host' must be a host name with at most 63 characters between dots, got '${a(64)}.example': shorten '${a(64)}'`],
    [long(254), `KEELSON1114 'host' must be at most 253 characters long, got '${a(60)}…' (254 characters): shorten it`],
  ])("fails for '%s'", (host, message) => {
    expect([faultsOf(host), faultsOf(host, true)]).toEqual([[message], [message]]);
  });

  test.each([[undefined, 'undefined'], [null, 'null'], [5, '5'], [{}, 'an object'], [[], 'a list']])(
    'fails for %j, which programs without types may pass', (host, got) => {
      expect(faultsOf(host as unknown as string)).toEqual([`KEELSON1110 'host' must be a host name, got ${got}: ${like}`]);
    });

  test('takes exactly what the API server takes as a DNS subdomain, but for long labels and a last label of digits', () => {
    const label = fc.stringMatching(/^[-a-c0-2_A*]{0,5}$/);
    fc.assert(fc.property(fc.array(label, { minLength: 1, maxLength: 5 }).map(labels => labels.join('.')), (host) => {
      const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host);
      expect(faultsOf(host).length === 0).toBe(subdomain && !/\.\d+$/.test(host));
      const better = /: try '(.*)'$/.exec(faultsOf(host)[0] ?? '')?.[1];
      expect(better === undefined ? [] : faultsOf(better)).toEqual([]);
    }), { numRuns: 500 });
  });
});

describe('HostName: wildcards', () => {
  test.each(['*.example.com', '*.com', `*.${long(251)}`])('takes %s only where a wildcard is allowed', (host) => {
    expect(faultsOf(host, true)).toEqual([]);
    expect(HostName.faultsOf(host).map(fault => fault.code)).toEqual(['KEELSON1118']);
  });

  test('fails for a wildcard where it is not allowed', () => {
    expect(faultsOf('*.example.com')).toEqual([
      "KEELSON1118 'host' must be a host name without '*', got '*.example.com': name each host, or use a wildcard where it is allowed"]);
  });

  test.each(['*', 'a.*.example', '*a.example', '*.*.example', 'example.*', '**.example'])("fails for '%s' even where a wildcard is allowed", (host) => {
    expect(faultsOf(host, true)).toEqual([star(host)]);
  });

  test('fails for a wildcard of more than 253 characters, and for one without a domain', () => {
    expect(HostName.faultsOf(`*.${long(252)}`, { wildcard: true }).map(fault => fault.code)).toEqual(['KEELSON1114']);
    expect(HostName.faultsOf('*.', { wildcard: true }).map(fault => fault.code)).toEqual(['KEELSON1115']);
  });
});

describe('HostName: what is matched', () => {
  test.each([
    // pattern, host, Ingress and certificates, Gateway API: the examples of their documentation first
    ['*.foo.com', 'bar.foo.com', true, true], ['*.foo.com', 'baz.bar.foo.com', false, true], ['*.foo.com', 'foo.com', false, false],
    ['test.example.com', 'test.example.com', true, true], ['*.example.com', 'foo.test.example.com', false, true], ['*.example.com', 'test.example.net', false, false],
    ['*.example.com', '*.example.com', true, true], ['*.example.com', '*.shop.example.com', false, true], ['*.example.com', 'badexample.com', false, false],
    ['test.example.com', '*.example.com', false, false], ['*.example.com', '.example.com', false, false], ['shop.example.com', 'a.shop.example.com', false, false],
  ])('%s matches %s: one label %s, any depth %s', (pattern, host, oneLabel, anyDepth) => {
    expect([HostName.matchesOneLabel(pattern, host), HostName.matchesAnyDepth(pattern, host)]).toEqual([oneLabel, anyDepth]);
  });

  test.each([
    ['*.example.com', 'shop.example.com', true], ['shop.example.com', '*.example.com', true], ['*.shop.example.com', '*.example.com', true],
    ['*.example.com', '*.shop.example.com', true], ['*.a.com', '*.b.com', false], ['example.com', '*.example.com', false], ['a.com', 'b.com', false],
  ])('listener %s and route %s intersect: %s', (listener, host, expected) => {
    expect([HostName.intersects(listener, host), HostName.intersects(host, listener)]).toEqual([expected, expected]);
  });

  test('what matches one label matches any depth, and so intersects', () => {
    const host = fc.array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 4 }).map(labels => [...labels, 'example'].join('.').replaceAll('.*', '.a'));
    fc.assert(fc.property(host, host, (pattern, other) => {
      expect(!HostName.matchesOneLabel(pattern, other) || HostName.matchesAnyDepth(pattern, other)).toBe(true);
      expect(!HostName.matchesAnyDepth(pattern, other) || HostName.intersects(other, pattern)).toBe(true);
    }));
  });
});
