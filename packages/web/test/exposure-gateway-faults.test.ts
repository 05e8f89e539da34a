import { Gateway, GatewayApi } from '@keelson/core';
import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { BackendProtocol, Exposure, type ExposureOptions, PathRewrite, PathType } from '../src';
import { Cluster, edge } from './exposed-app';

const host = 'shop.example.com';
const profile = { gateway: edge, gatewayApi: GatewayApi.standard('1.7') };

function mistakes(options: ExposureOptions): string[] {
  const cluster = new Cluster(profile);
  cluster.exposeBy(() => Exposure.https(host, options));
  return cluster.mistakes();
}

describe('X7 gRPC takes what a GRPCRoute has', () => {
  test.each<[string, string, ExposureOptions]>([
    ['cors', 'CORS', { cors: { allowOrigins: ['*'] } }], ['timeouts.request', 'a timeout of the whole request', { timeouts: { request: Duration.seconds(1) } }],
    ['retries', 'retries', { retries: 1 }], ['rewrite', 'an app root', { rewrite: PathRewrite.appRoot('/app') }],
  ])('%s is refused', (member, text, options) => {
    expect(mistakes({ ...options, protocol: BackendProtocol.GRPC }))
      .toEqual([`[shop/shop] KEELSON2330 'exposure.${member}' must be what a GRPCRoute has, got ${text}, of gRPC: leave it out`]);
  });

  test.each<[string, PathType]>([
    ['/shop/v1', PathType.PREFIX], ['/shop.v1.Orders/Get', PathType.PREFIX], ['/shop.v1.Orders', PathType.EXACT], ['/', PathType.EXACT], ['/shop.v1.Orders/', PathType.PREFIX],
    ['/shop.v1.Orders/Get/x', PathType.EXACT], ['/.v1', PathType.PREFIX], ['/shop-v1', PathType.PREFIX],
  ])('%s of type %s is no service and no method', (path, pathType) => {
    expect(mistakes({ path, pathType, protocol: BackendProtocol.GRPC })).toEqual([
      `[shop/shop] KEELSON2332 'exposure.path' must be '/', a service such as '/shop.v1.Orders', or with PathType.EXACT a method such as '/shop.v1.Orders/Get', `
      + `got '${path}' of type ${pathType}, for gRPC: leave 'path' out for all services`,
    ]);
  });
});

describe('X7 values that the Gateway API does not take', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`X-${at}`, 'x']));
  const names = (count: number) => Object.keys(many(count));
  const origins = (count: number) => Array.from({ length: count }, (_, at) => `https://a${at}.example.com`);

  test.each<[string, number, number, (count: number) => ExposureOptions]>([
    ['requestHeaders.set', 17, 16, count => ({ requestHeaders: { set: many(count) } })],
    ['responseHeaders.add', 17, 16, count => ({ responseHeaders: { add: many(count) } })],
    ['requestHeaders.remove', 17, 16, count => ({ requestHeaders: { remove: names(count) } })],
    ['cors.allowOrigins', 65, 64, count => ({ cors: { allowOrigins: origins(count) } })],
    ['cors.allowHeaders', 65, 64, count => ({ cors: { allowOrigins: ['*'], allowHeaders: names(count) } })],
    ['cors.exposeHeaders', 65, 64, count => ({ cors: { allowOrigins: ['*'], exposeHeaders: names(count) } })],
  ])('%s of %s entries', (member, count, most, options) => {
    expect(mistakes(options(count)))
      .toEqual([`[shop/shop] KEELSON2337 'exposure.${member}' must be at most ${most}, which is all that the Gateway API takes, got ${count} of them: leave some out`]);
    expect(mistakes(options(most))).toEqual([]);
  });

  test.each([' a', 'a ', 'a  b'])('the header value %j', (value) => {
    expect(mistakes({ requestHeaders: { set: { 'X-A': value } } })).toEqual([
      "[shop/shop] KEELSON2338 'exposure.requestHeaders.set.X-A' must be text without spaces at either end and without two in a row, which is all that the Gateway API takes, "
      + `got '${value}': remove these spaces`,
    ]);
    expect(mistakes({ requestHeaders: { set: { 'X-A': 'a b; c="d e"' } } })).toEqual([]);
  });

  test('no seconds of CORS', () => {
    expect(mistakes({ cors: { allowOrigins: ['*'], maxAge: Duration.seconds(0) } }))
      .toEqual(["[shop/shop] KEELSON2336 'exposure.cors.maxAge' must be from one second on, at a gateway, got 0 s: try Duration.seconds(1)"]);
  });

  test('more hours than have five digits', () => {
    expect(mistakes({ cors: { allowOrigins: ['*'], maxAge: Duration.hours(100_000) } }))
      .toEqual(["[shop/shop] KEELSON2336 'exposure.cors.maxAge' must be at most 99999 hours, at a gateway, got 100000 hours: shorten it"]);
    expect(mistakes({ cors: { allowOrigins: ['*'], maxAge: Duration.hours(99_999) } })).toEqual([]);
  });
});

describe('X2 one host, one kind of route', () => {
  const any = Gateway.named('edge', 'gateway-system');
  const grpc = { protocol: BackendProtocol.GRPC };
  const pair = (first: Exposure, second: Exposure) => {
    const cluster = new Cluster({ gateway: any });
    cluster.expose([first], 'web');
    cluster.expose([second], 'ledger');
    return cluster.mistakes();
  };

  test.each<[string, Exposure, Exposure, string]>([
    ['the same host', Exposure.https(host, { path: '/shop' }), Exposure.https(host, grpc), `'${host}'`],
    ['a wildcard before a host of it', Exposure.https('*.example.com'), Exposure.https(host, grpc), `'${host}'`],
    ['a host before a wildcard of it', Exposure.https('a.b.example.com'), Exposure.https('*.example.com', grpc), "'*.example.com'"],
    ['a wildcard before a closer one', Exposure.https('*.example.com'), Exposure.https('*.b.example.com', grpc), "'*.b.example.com'"],
    ['any host', Exposure.defaultBackend(), Exposure.https(host, grpc), `'${host}'`],
    ['a host before any', Exposure.https(host), Exposure.defaultBackend(grpc), 'any host'],
  ])('%s is of HTTPRoutes or of GRPCRoutes', (_, first, second, text) => {
    expect(pair(first, second)).toEqual([
      `[shop/ledger] KEELSON2334 'exposure' must be one of the two for a host, got gRPC at ${text}, for which 'shop/web' has HTTP at the same listener: give one of them a host of its own`,
    ]);
  });

  test.each<[string, Exposure, Exposure]>([
    ['hosts that do not meet', Exposure.https(host), Exposure.https('ledger.example.com', grpc)],
    ['a wildcard and its own domain', Exposure.https('*.example.com'), Exposure.https('example.com', grpc)],
    ['wildcards side by side', Exposure.https('*.a.example.com'), Exposure.https('*.b.example.com', grpc)],
    ['two of gRPC', Exposure.https(host, { ...grpc, path: '/shop.v1.A' }), Exposure.https(host, { ...grpc, path: '/shop.v1.B' })],
  ])('%s are fine', (_, first, second) => {
    expect(pair(first, second)).toEqual([]);
  });

  test('of gRPC, too, one app has a method', () => {
    expect(pair(Exposure.https(host, { ...grpc, path: '/shop.v1.A' }), Exposure.https(host, { ...grpc, path: '/shop.v1.A' }))).toEqual([
      "[shop/ledger] KEELSON2013 'exposure' must be the only one for its host, path and path type, got 'shop.example.com' with Prefix '/shop.v1.A', "
      + "which 'shop/web' has too at gateway 'gateway-system/edge', HTTPS: choose another host or path for one of the two",
    ]);
  });

  test('what www sends away is nobody else\'s', () => {
    expect(pair(Exposure.https(host, { wwwRedirect: true }), Exposure.https(`www.${host}`))).toEqual([
      `[shop/ledger] KEELSON2013 'exposure' must be the only one for its host, path and path type, got 'www.${host}' with Prefix '/', `
      + "which 'shop/web' has too at gateway 'gateway-system/edge', HTTPS: choose another host or path for one of the two",
    ]);
  });

  test('so is the root that an app root sends away', () => {
    expect(pair(Exposure.https(host, { rewrite: PathRewrite.appRoot('/app') }), Exposure.https(host, { path: '/', pathType: PathType.EXACT }))).toEqual([
      `[shop/ledger] KEELSON2013 'exposure' must be the only one for its host, path and path type, got '${host}' with Exact '/', `
      + "which 'shop/web' has too at gateway 'gateway-system/edge', HTTPS: choose another host or path for one of the two",
    ]);
  });

  test('a name that nobody serves is refused with www', () => {
    const cluster = new Cluster({ gateway: edge });
    cluster.expose([Exposure.https('www.example.com', { wwwRedirect: true })]);
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2014 'exposure' must be of hosts whose TLS somebody ends, got 'example.com', which no HTTPS listener of gateway 'gateway-system/edge' serves with a certificate "
      + "of its own: add an HTTPS listener for it to the gateway and to 'listeners' of Gateway.named(…), let the gateway admit ListenerSets (admitsListenerSets), "
      + "or ask for a gateway of the app's own by ExposureTarget.ownGateway(…)",
    ]);
  });
});
