import { Gateway, GatewayImplementation, Listener, Traefik } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import { Exposure, type HttpsExposureOptions, PathType } from '../src';
import { Cluster } from './exposed-app';

const { PREFIX, EXACT, REGULAR_EXPRESSION } = PathType;
const listeners = [Listener.http(), Listener.https({ hosts: ['*.example.com'] })];
const by = (implementation: GatewayImplementation) => ({ gateway: Gateway.named('edge', 'gateway-system', { listeners, implementation }) });

type Given = [host: string, path: string, pathType?: PathType, more?: HttpsExposureOptions];

/** The mistakes of apps `a0`, `a1` … at one gateway. */
function mistakes(given: readonly Given[], implementation = GatewayImplementation.TRAEFIK): string[] {
  const cluster = new Cluster(by(implementation));
  given.forEach(([host, path, pathType, more], at) => cluster.expose([Exposure.https(host, { ...more, path, pathType })], `a${at}`));
  return cluster.mistakes();
}

describe('X1 which route gets a request, at a gateway by Traefik', () => {
  const clash: Given[] = [['a.example.com', '/'], ['*.example.com', '/foo']];

  test('the longer path of a wildcard would come before an exact host: it is refused', () => {
    expect(mistakes(clash)).toEqual([
      "[shop/a1] KEELSON2387 'exposure' must be hosts and paths of which Traefik, which looks at kind and length of the path before the host, takes the closer one first, "
      + "got 'a.example.com' with Prefix '/' of 'shop/a0', whose requests may go to '*.example.com' with Prefix '/foo' of 'shop/a1' at gateway 'gateway-system/edge', HTTPS: "
      + "give '*.example.com' with Prefix '/foo' another path or host, or choose a target that can: ExposureTarget.TRAEFIK",
    ]);
  });

  test.each<[string, Given[]]>([
    ['a wildcard as long as the host', [['a.example.com', '/'], ['*.example.com', '/']]],
    ['an exact path of a wildcard', [['shop.example.com', '/foo/bar'], ['*.example.com', '/foo/bar', EXACT]]],
    ['a prefix longer than an expression', [['shop.example.com', '/a.*', REGULAR_EXPRESSION], ['shop.example.com', '/admin/area']]],
    ['an expression that may be below a prefix', [['shop.example.com', '/users/[a-z]+/x', REGULAR_EXPRESSION], ['shop.example.com', '/users/all/of/them/and/more']]],
    ['an expression too long for an exact path', [['shop.example.com', '/a', EXACT], ['shop.example.com', `/a${'b?'.repeat(460)}`, REGULAR_EXPRESSION]]],
  ])('%s is refused, whichever comes first', (_, given) => {
    for (const order of [given, [...given].reverse()]) {
      expect(mistakes(order).map(text => /KEELSON\d+/.exec(text)?.[0])).toEqual(['KEELSON2387']);
    }
  });

  test.each<[string, Given[]]>([
    ['a wildcard shorter than the host', [['shop.example.com', '/'], ['*.example.com', '/']]],
    ['hosts that have nothing in common', [['a.example.com', '/'], ['b.example.com', '/foo']]],
    ['paths that have nothing in common', [['a.example.com', '/bar'], ['*.example.com', '/foo/and/more']]],
    ['an expression longer than the prefix', [['shop.example.com', '/users/[0-9]+', REGULAR_EXPRESSION], ['shop.example.com', '/users']]],
    ['an expression that is elsewhere', [['shop.example.com', '/v[0-9]+', REGULAR_EXPRESSION], ['shop.example.com', '/users/all/of/them']]],
    ['an exact path beside expressions', [['shop.example.com', '/a', EXACT], ['shop.example.com', '/a.*', REGULAR_EXPRESSION], ['shop.example.com', '/a', PREFIX]]],
    ['one exposure of both hosts', [['shop.example.com', '/'], ['*.example.com', '/foo', PREFIX, { hosts: ['shop.example.com'] }]]],
  ])('%s is taken', (_, given) => {
    expect(mistakes(given)).toEqual([]);
  });

  test('others look at the host first', () => {
    expect(mistakes(clash, GatewayImplementation.ENVOY_GATEWAY)).toEqual([]);
  });
});

describe('X3 challenges of an issuer at Traefik', () => {
  test.each([['/.*', true], ['/\\.well-known/acme-challenge/.*', false]])('are left to the solver by %s, unless they are its own: %s', (path, isLeft) => {
    const cluster = new Cluster({ traefik: Traefik.inNamespace('traefik') });
    cluster.expose([Exposure.insecureHttp('shop.example.com', { path, pathType: REGULAR_EXPRESSION })]);
    const [route] = cluster.objects().filter(({ kind }) => kind === 'IngressRoute');
    expect(route?.spec.routes[0].match.endsWith(' && !PathPrefix(`/.well-known/acme-challenge/`)')).toBe(isLeft);
  });
});
