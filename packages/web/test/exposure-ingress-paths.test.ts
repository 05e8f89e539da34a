import { IngressController } from '@keelson/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exposure, type ExposureOptions, PathRewrite, PathType } from '../src';
import { Cluster } from './exposed-app';

const nginx = { ingress: IngressController.ingressNginx() };
const byTraefik = { ingress: IngressController.named('nginx', { namespace: 'traefik', readsNginxAnnotations: true }) };
const shop = 'shop.example.com';
const REGULAR_EXPRESSION = PathType.REGULAR_EXPRESSION;
const USE_REGEX = 'nginx.ingress.kubernetes.io/use-regex';
const REWRITE = 'nginx.ingress.kubernetes.io/rewrite-target';

/** One Ingress as far as paths go. */
interface Rendered { path: string; pathType: string; regex?: string; target?: string }

/** The Ingresses of apps `a0`, `a1` … of one host, in the order they are defined. */
function rendered(exposures: ExposureOptions[], profile = nginx): Rendered[] {
  const cluster = new Cluster(profile);
  exposures.forEach((options, at) => cluster.expose([Exposure.insecureHttp(shop, options)], `a${at}`));
  expect(cluster.mistakes()).toEqual([]);
  return cluster.objects().filter(({ kind }) => kind === 'Ingress').map(({ metadata: { annotations = {} }, spec }) => {
    const { path, pathType } = spec.rules[0].http.paths[0];
    const [regex, target] = [annotations[USE_REGEX], annotations[REWRITE]];
    return { path, pathType, ...regex === undefined ? {} : { regex }, ...target === undefined ? {} : { target } };
  });
}

const strip = { path: '/shop', rewrite: PathRewrite.stripPrefix() };
const IMPLEMENTATION = { pathType: 'ImplementationSpecific', regex: 'true' };

describe('X6 rewrites by ingress-nginx', () => {
  test.each<[string, ExposureOptions, Partial<Rendered>]>([
    ['a stripped prefix', strip, { path: '/(?-i:shop)(/|$)(.*)', target: '/$2' }],
    ['a stripped prefix with a slash', { ...strip, path: '/shop/' }, { path: '/(?-i:shop)(/|$)(.*)', target: '/$2' }],
    ['a replaced prefix', { path: '/shop', rewrite: PathRewrite.replacePrefix('/v2') }, { path: '/(?-i:shop)(/|$)(.*)', target: '/v2$1$2' }],
    ['a prefix replaced by one with a slash', { path: '/shop', rewrite: PathRewrite.replacePrefix('/v2/') }, { path: '/(?-i:shop)(/|$)(.*)', target: '/v2$1$2' }],
    ['a prefix replaced by the root', { path: '/shop', rewrite: PathRewrite.replacePrefix('/') }, { path: '/(?-i:shop)(/|$)(.*)', target: '/$2' }],
    ['a prefix before all', { rewrite: PathRewrite.replacePrefix('/v2') }, { path: '/(.*)', target: '/v2/$1' }],
    ['a regular expression', { path: '/users/([0-9]+)/?(.*)', pathType: REGULAR_EXPRESSION, rewrite: PathRewrite.regularExpression('/accounts/$1/$2') },
      { path: '/(?s-i:users/([0-9]+)/?(.*))$', target: '/accounts/$1/$2' }],
  ])('%s', (_, options, expected) => {
    expect(rendered([options])).toEqual([{ ...IMPLEMENTATION, ...expected }]);
  });

  test.each([
    ['/v2', '/shop', '/v2'], ['/v2', '/shop/', '/v2/'], ['/v2', '/shop/cart', '/v2/cart'], ['/', '/shop', '/'], ['/', '/shop/', '/'], ['/', '/shop/cart/1', '/cart/1'],
  ])('by %s, %s is seen as %s', (prefix, asked, seen) => {
    const [{ path, target = '' } = { path: '' }] = rendered([{ path: '/shop', rewrite: PathRewrite.replacePrefix(prefix) }]);
    expect(asked.replace(new RegExp(path.replace(/\?s?-i:/, '?:')), target)).toBe(seen);
  });
});

describe('X1 one regular expression makes all paths of its host such', () => {
  test.each([[0], [1], [2], [3]])('the others say the same in that language, wherever it comes in (%i)', at => {
    const others: ExposureOptions[] = [{}, { path: '/cart' }, { path: '/cart', pathType: PathType.EXACT }];
    const all = rendered([...others.slice(0, at), strip, ...others.slice(at)]);
    expect(all.filter(({ target }) => target === undefined)).toEqual([
      { ...IMPLEMENTATION, path: '/' }, { ...IMPLEMENTATION, path: '/(?-i:cart)(/|$)(.*)' }, { ...IMPLEMENTATION, path: '/(?-i:cart)(?:$|$|$|$)' },
    ]);
  });

  test('other hosts, classes and clusters keep theirs', () => {
    const inner = IngressController.named('inner', { namespace: 'inner', isIngressNginx: true });
    const cluster = new Cluster({ ingress: inner });
    cluster.expose([Exposure.insecureHttp('other.example.com', { path: '/cart' })]);
    expect(rendered([strip])).toHaveLength(1);
    cluster.expose([Exposure.insecureHttp(shop, strip)], 'stripped');
    expect(cluster.specs('Ingress').shop.rules[0].http.paths[0]).toMatchObject({ path: '/cart', pathType: 'Prefix' });
  });

  test('an app root and what else has no path of its own leave them as they are', () => {
    expect(rendered([{ rewrite: PathRewrite.appRoot('/app') }, { path: '/cart' }]).map(({ pathType, regex }) => [pathType, regex])).toEqual([['Prefix', undefined], ['Prefix', undefined]]);
  });

  const literal = fc.stringMatching(/^(?:\/[ab]{1,3}){1,3}\/?$/);
  const expression = fc.array(fc.constantFrom('/', 'a', 'b', '[ab]+', '(a|b)', 'a?', '\\d', '\\.', '.*'), { maxLength: 6 }).map(parts => `/${parts.join('')}`)
    .filter(path => Exposure.https(shop, { path, pathType: REGULAR_EXPRESSION }).faults.length === 0);
  const exposure = fc.oneof(
    fc.record({ path: fc.oneof(fc.constant('/'), literal), pathType: fc.constantFrom(PathType.PREFIX, PathType.EXACT) }),
    fc.record({ path: expression, pathType: fc.constant(REGULAR_EXPRESSION) }),
  );
  const exposures = fc.uniqueArray(exposure, { minLength: 1, maxLength: 6, selector: ({ path, pathType }) => `${pathType === PathType.PREFIX ? path.replace(/\/$/, '') : path} ${pathType}` });
  const ORDER = [PathType.EXACT, REGULAR_EXPRESSION, PathType.PREFIX];

  /** Which of the exposures a request is for: kind by kind, the longest one first. */
  const meant = (given: Pick<ExposureOptions, 'path' | 'pathType'>[], asked: string): number[] => {
    const matching = given.map(({ path = '/', pathType = PathType.PREFIX }, at) => {
      const prefix = path.replace(/\/$/, '');
      const is = { [PathType.EXACT]: path === asked, [PathType.PREFIX]: `${asked}/`.startsWith(`${prefix}/`), [REGULAR_EXPRESSION]: new RegExp(`^(?:${path})$`).test(asked) }[pathType];
      return { at, is, rank: ORDER.indexOf(pathType), length: pathType === PathType.PREFIX ? prefix.length : path.length };
    }).filter(({ is }) => is).sort((one, other) => one.rank - other.rank || other.length - one.length);
    return matching.filter(({ rank, length }) => rank === matching[0]?.rank && length === matching[0]?.length).map(({ at }) => at);
  };

  test.each([
    [nginx, (path: string) => path.length], [byTraefik, (path: string) => JSON.stringify(path).length],
  ])('and who is asked is the same: an exact path, then the longest regular expression, then the longest prefix (%#)', (profile, lengthOf) => {
    fc.assert(fc.property(exposures, fc.oneof(literal, fc.constantFrom('/', '/a', '/ab', '/a/b', '/1', '/.')), (paths, asked) => {
      const given: ExposureOptions[] = [...paths, { path: '/zz', rewrite: PathRewrite.stripPrefix() }];
      const all = rendered(given, profile).map(({ path }, at) => ({ at, length: lengthOf(path), expression: new RegExp(`^${path.replaceAll(/\?s?-i:/g, '?:')}`) }))
        .filter(({ expression }) => expression.test(asked));
      const longest = Math.max(...all.map(({ length }) => length));
      const first = all.filter(({ length }) => length === longest).map(({ at }) => at);
      const wanted = meant(given, asked);
      // two regular expressions of one length may both match
      expect(wanted).toEqual(expect.arrayContaining(first));
      expect(first.length > 0).toBe(wanted.length > 0);
    }), { numRuns: 120 });
  });

  test('in whichever order they are written', () => {
    fc.assert(fc.property(exposures, paths => {
      const given: ExposureOptions[] = [...paths, { path: '/zz', rewrite: PathRewrite.stripPrefix() }];
      const forth = rendered(given).map(({ path }) => path);
      expect(rendered([...given].reverse()).map(({ path }) => path).reverse()).toEqual(forth);
    }), { numRuns: 40 });
  });

  test('an exact path beside a longer expression is said at more length, an expression beside a longer prefix too', () => {
    const all = rendered([
      { path: '/admin', pathType: PathType.EXACT }, { path: '/(?:admin|anything-else)', pathType: REGULAR_EXPRESSION }, { path: '/a.*', pathType: REGULAR_EXPRESSION },
      { path: '/admin/area' },
    ]);
    expect(all.map(({ path }) => path)).toEqual([
      '/(?-i:admin)(?:$|$|$|$|$|$|$|$|$)', '/(?-i:(?:admin|anything-else))$', '/(?s-i:a.*)(?:$|$|$|$|$|$|$)', '/(?-i:admin/area)(/|$)(.*)',
    ]);
  });
});

describe('X1 an exact path beside a prefix, read by Traefik', () => {
  const both: ExposureOptions[] = [{ path: '/cart' }, { path: '/cart', pathType: PathType.EXACT }];

  test('is said by expressions, where Traefik would ask the prefix', () => {
    expect(rendered(both, byTraefik).map(({ path }) => path)).toEqual(['/(?-i:cart)(/|$)(.*)', '/(?-i:cart)(?:$|$|$|$)']);
  });

  test('and as it is for ingress-nginx, or alone', () => {
    expect(rendered(both).map(({ pathType }) => pathType)).toEqual(['Prefix', 'Exact']);
    expect(rendered(both.slice(1), byTraefik).map(({ pathType }) => pathType)).toEqual(['Exact']);
  });
});
