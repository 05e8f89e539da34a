import { ConfigMap, IngressController, Secret } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BackendPort, BackendTls, EdgeAuth, Exposure, type HttpsExposureOptions, PathRewrite, PathType, RateLimit,
} from '../src';
import { Cluster, clusters } from './exposed-app';
import { codesOf, long, mistakesOf, type Refused, refuses, shop, type Taken, takes } from './option-cases';

const REGULAR_EXPRESSION = PathType.REGULAR_EXPRESSION;

describe('X1 a port of the Service', () => {
  const name = "at most 63 lower-case letters, digits and '-'";
  refuses([
    ['a name in capitals', { backendPort: BackendPort.named('Admin') }, `KEELSON2300 'exposure.backendPort' must be ${name}, got 'Admin': give the name that the Service's port has`],
    ['an empty name', { backendPort: BackendPort.named('') }, `KEELSON2300 'exposure.backendPort' must be ${name}, got '': give the name that the Service's port has`],
    ['a name of 64', { backendPort: BackendPort.named('a'.repeat(64)) },
      `KEELSON2300 'exposure.backendPort' must be ${name}, got '${'a'.repeat(64)}': give the name that the Service's port has`],
    ['port 0', { backendPort: BackendPort.numbered(0) },
      "KEELSON1090 'exposure.backendPort' must be an integer from 1 to 65535, got 0: give the port that is listened on"],
  ]);
  takes([['a name of 63', { backendPort: BackendPort.named('a'.repeat(63)) }], ['65535', { backendPort: BackendPort.numbered(65535) }]]);

  test.each([
    [BackendPort.named('admin'), "'admin'"], [BackendPort.numbered(8081), '8081'],
  ])('fails on one that the app has not got (%#)', (backendPort, got) => {
    const cluster = new Cluster(clusters.nginx);
    cluster.expose([Exposure.insecureHttp(shop, { backendPort })]);
    expect(cluster.mistakes()).toEqual([
      `[shop/shop] KEELSON2311 'exposure.backendPort' must be a port of Service 'shop': 80 ('http'), got ${got}: name one of these, or add it to the Service`,
    ]);
  });
});

describe('X1 a path by regular expression', () => {
  const allowed = "a regular expression that RE2 and PCRE read alike: of letters, digits, '.', '/', groups, classes, '|', '*', '+', '?' and the likes of '\\d' and '\\.'";
  const fix = "write it like '/users/([0-9]+)/?(.*)'";
  const of = (path: string): HttpsExposureOptions => ({ path, pathType: REGULAR_EXPRESSION });
  const bad = ['/a b', "/a'b", '/a"b', '/a{2}', '/a#b', '/a;b', '/(', '/a)', '/[', '/(?=a)', '/(?!a)', '/(?<=a)', '/(?<x>a)', '/(?i)a', '/(a)\\1', '/a\\\\', '/*', '/a**', '/é',
    // what only JavaScript knows, or one of the others reads otherwise
    '/x[]', '/x[^]', '/\\u0041', '/\\x41', '/\\cA', '/\\t', '/\\0', '/a+*', '/a++', '/[[:alpha:]]', '/[:alpha:]', '/[..]', '/[a[b]', '/[a-c-e]', '/[\\b]', '/a\\-b', '/%C3%A9', '/a&b'];
  const good = ['/', '/users/([0-9]+)/?(.*)', '/(?:carts|orders)/.*', '/[^/]+/x', '/a\\.b', '/[a|b]', '/a\\|b', '/((a|b)|c)', '/\\d\\w\\s\\D\\W\\S\\b', '/\\.\\/\\(\\)\\[\\]\\*\\+\\?\\|\\^\\$', '/[-a]', '/[a-]', '/[^-a\\]\\-\\[\\^]+', '/[.]', '/a+?', '/a*?b??', '/\\(?a', `/${'a'.repeat(1023)}`];
  refuses([
    ...bad.filter(path => path !== '/*').map((path): Refused => [
      path, of(path), `KEELSON2329 'exposure.path' must be ${allowed}, got '${path.replaceAll('\\', '\\\\')}': ${fix}`,
    ]),
    ...['/?a', '/*', '/+a', '/a|b', '/a|/b', '/(a)|b'].map((path): Refused => [
      path, of(path), `KEELSON2309 'exposure.path' must be a regular expression all of which is behind its first '/', got '${path}': write what may be one or the other as '/(?:carts|orders)'`,
    ]),
    ['none', of(''), "KEELSON2002 'exposure.path' must be a path that begins with '/', got '': write it like '/users/([0-9]+)'"],
    ['1025 characters', of(`/${'a'.repeat(1024)}`), `KEELSON2005 'exposure.path' must be at most 1024 characters long, got ${long(`/${'a'.repeat(1024)}`)}: shorten it`],
  ]);
  takes(good.map((path): Taken => [path.slice(0, 40), of(path)]));

  test('means the same as it would with a beginning and an end, whatever it is', () => {
    fc.assert(fc.property(fc.stringMatching(/^\/[a-c()|?*+[\]^.\\/:]{0,12}$/), fc.stringMatching(/^\/?[a-c/]{0,6}$/), (path, asked) => {
      fc.pre(codesOf(of(path)).length === 0);
      expect(new RegExp(`^/(?:${path.slice(1)})$`, 'u').test(asked)).toBe(new RegExp(`^(?:${path})$`, 'u').test(asked));
    }), { numRuns: 500 });
  });

  const bits = ['a', 'b-c', '/', '.', '^', '$', '|', '*', '+', '?', '(', '(?:', ')', '[', ']', '[^', '-', ':', '\\', 'd', 'u0041', 'cA', '%', '&&', '[]', '[^]', '[[:alpha:]]', '[a-z]'];

  test('is no more than what others than JavaScript take too: no class is empty or of everything, no escape is its own', () => {
    let taken = 0;
    fc.assert(fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 8 }).map(parts => `/${parts.join('')}`), path => {
      fc.pre(codesOf(of(path)).length === 0);
      taken += 1;
      expect(() => new RegExp(path, 'u')).not.toThrow();
      const escapes = path.match(/\\./g) ?? [];
      expect(escapes.filter(escape => !/\\[dDwWsSb./()[\]*+?|^$-]/.test(escape))).toEqual([]);
      const bare = path.replace(/\\./g, 'x');
      expect(bare).not.toMatch(/\[\]|\[\^\]|\[[^\]]*\[|[%&{}]/);
      expect(bare.replace(/\[[^\]]*\]/g, 'x')).not.toMatch(/[*+?][*+]|\(\?[^:]/);
    }), { numRuns: 3000, seed: 20261122, maxSkipsPerRun: 1000 });
    expect(taken).toBeGreaterThan(500);
  });
});

describe('X4 basic auth', () => {
  const realm = "1 to 200 ASCII characters without '\"' and '\\'";
  const withRealm = (text: string): HttpsExposureOptions => ({ auth: EdgeAuth.basic(Secret.fromSecretName('users'), { realm: text }) });
  refuses([
    ['a ConfigMap', { auth: EdgeAuth.basic(ConfigMap.fromConfigMapName('users')) },
      "KEELSON2305 'exposure.auth.users' must be a Secret, got the ConfigMap 'users': put the lines of 'htpasswd' into a Secret"],
    ['an empty realm', withRealm(''), `KEELSON2306 'exposure.auth.realm' must be ${realm}, got '': write it like 'Staff only'`],
    ['quotes', withRealm('the "shop"'), `KEELSON2306 'exposure.auth.realm' must be ${realm}, got 'the "shop"': write it like 'Staff only'`],
    ['a line break', withRealm('a\nb'), `KEELSON2306 'exposure.auth.realm' must be ${realm}, got 'a\\nb': write it like 'Staff only'`],
    ['201 characters', withRealm('a'.repeat(201)), `KEELSON2306 'exposure.auth.realm' must be ${realm}, got ${long('a'.repeat(201))}: write it like 'Staff only'`],
  ]);
  takes([['200 characters', withRealm('a'.repeat(200))], ['what else ASCII has', withRealm("The shop's (staff) area: #1!")]]);
});

describe('X5 who decides about requests', () => {
  const byUrl = (url: string): HttpsExposureOptions => ({ auth: EdgeAuth.byUrl(url) });
  const signIn = (signInUrl: string): HttpsExposureOptions => ({ auth: EdgeAuth.byUrl('https://auth.example.com', { signInUrl }) });
  const url = 'a URL of HTTP or HTTPS without spaces, quotes, user and fragment';
  refuses([
    ...['auth.example.com', 'ftp://auth.example.com', 'https://user:x@auth.example.com', 'https://auth.example.com/#a', 'https://a b', 'https://', "https://a/'", 'https://a/$b'].map(
      (text): Refused => [text, byUrl(text), `KEELSON2307 'exposure.auth.url' must be ${url}, got '${text}': write it like 'https://auth.example.com/verify'`]),
    ...['start', 'ftp://a.example.com', '/start?a=b', '/a b', ''].map((text): Refused => [`'${text}' to sign in`, signIn(text),
      `KEELSON2308 'exposure.auth.signInUrl' must be a path of the host itself, or ${url}, got '${text}': write it like '/oauth2/start' or 'https://auth.example.com/start'`]),
    ['a header that is none', { auth: EdgeAuth.byUrl('https://a.example.com', { responseHeaders: ['X-User', 'X User'] }) },
      "KEELSON2312 'exposure.auth.responseHeaders[1]' must be a header's name: at most 256 letters, digits and '-', got 'X User': write it like 'X-Shop-Tenant'"],
  ]);
  takes([
    ['a URL with port and query', byUrl('http://auth.example.com:4180/verify?a=b&c=%20')], ['a path to sign in', signIn('/oauth2/start')],
    ['a URL to sign in', signIn('https://auth.example.com/start?app=shop')],
  ]);

  test('fails on a path that is none', () => {
    const cluster = new Cluster(clusters.gateway);
    const { service } = cluster.expose([Exposure.https('other.example.com')], 'other');
    cluster.expose([Exposure.https(shop, { auth: EdgeAuth.byService(service, { path: 'verify' }) })]);
    expect(cluster.mistakes()).toEqual(["[shop/shop] KEELSON2002 'exposure.auth.path' must be a path that begins with '/', got 'verify': try '/verify'"]);
  });
});

describe('X6 rewrites', () => {
  const replacement = "a path that begins with '/', of letters, digits, '-', '_', '.', '~', '/', %XX and $1 to $9";
  const expression = (path: string, text: string): HttpsExposureOptions => {
    return { path, pathType: REGULAR_EXPRESSION, rewrite: PathRewrite.regularExpression(text) };
  };
  const prefix = "a prefix, of a path of type Exact: leave 'pathType' out";
  refuses([
    ['an app root that is the root', { rewrite: PathRewrite.appRoot('/') },
      "KEELSON2303 'exposure.rewrite.path' must be a path below '/', which would be sent to itself for ever, got '/': try '/app', or leave 'rewrite' out"],
    ['a prefix that is no path', { path: '/a', rewrite: PathRewrite.replacePrefix('v2') },
      "KEELSON2002 'exposure.rewrite.prefix' must be a path that begins with '/', got 'v2': try '/v2'"],
    ...['accounts', '/a b', '/$0', '/$10', '/${1}', '/a?b', '/%zz', '/"'].map((text): Refused => [`replacement ${text}`, expression('/(a)', text),
      `KEELSON2304 'exposure.rewrite.replacement' must be ${replacement}, got '${text}': write it like '/accounts/$1'`]),
    ['an expression for a prefix', { rewrite: PathRewrite.regularExpression('/a') }, "KEELSON2321 'exposure.rewrite' must be for 'pathType: PathType.REGULAR_EXPRESSION', "
      + "got by regular expression, of a path that is none: write the 'path' as a regular expression with groups"],
    ['an app root elsewhere', { path: '/shop', rewrite: PathRewrite.appRoot('/app') }, "KEELSON2321 'exposure.rewrite' must be for the path '/', got an app root at '/shop': leave 'path' out"],
    ['a prefix of an exact path', { path: '/shop', pathType: PathType.EXACT, rewrite: PathRewrite.stripPrefix() },
      `KEELSON2321 'exposure.rewrite' must be for 'pathType: PathType.PREFIX', got ${prefix}`],
    ['a stripped root', { rewrite: PathRewrite.stripPrefix() },
      "KEELSON2321 'exposure.rewrite' must be for a path below the root, got a stripped prefix of '/', which changes nothing: say the 'path', or leave 'rewrite' out"],
    ['a group that is none', expression('/(a)/(?:b)/\\(c\\)', '/$2'),
      "KEELSON2322 'exposure.rewrite' must be of groups that the path has, got '/$2' for '/(a)/(?:b)/\\\\(c\\\\)', which has 1 groups: put what is kept into '(…)'"],
  ]);
  takes([
    ['an app root', { rewrite: PathRewrite.appRoot('/app/') }], ['a prefix for the root', { rewrite: PathRewrite.replacePrefix('/v2') }],
    ['a stripped prefix', { path: '/shop', rewrite: PathRewrite.stripPrefix() }],
    ['nine groups', expression('/(a)(b)(c)(d)(e)(f)(g)(h)(i)', '/$9/%20$1')],
  ]);
});

describe('X7 who is answered, and how often', () => {
  const rate = (requests: number, burst?: number): HttpsExposureOptions => ({ rateLimit: RateLimit.perSecond(requests, { burst }) });
  refuses([
    ['nobody', { allowedSources: [] },
      "KEELSON2316 'exposure.allowedSources' must be at least one CIDR, got an empty list: leave it out to answer everybody, or name who is answered"],
    ['no request', rate(0), "KEELSON2302 'exposure.rateLimit.requests' must be an integer from 1 to 2147483647, got 0: give a number of requests"],
    ['half a request', rate(0.5), "KEELSON2302 'exposure.rateLimit.requests' must be an integer from 1 to 2147483647, got 0.5: give a number of requests"],
    ['more than the API counts', rate(2 ** 31), "KEELSON2302 'exposure.rateLimit.requests' must be an integer from 1 to 2147483647, got 2147483648: give a number of requests"],
    ['no burst', rate(1, 0), "KEELSON2302 'exposure.rateLimit.burst' must be an integer from 1 to 2147483647, got 0: give a number of requests"],
    ['none at a time', { maxConcurrentRequests: 0 },
      "KEELSON2317 'exposure.maxConcurrentRequests' must be an integer from 1 to 65535, got 0: leave 'maxConcurrentRequests' out for none"],
    ['65536 at a time', { maxConcurrentRequests: 65536 },
      "KEELSON2317 'exposure.maxConcurrentRequests' must be an integer from 1 to 65535, got 65536: leave 'maxConcurrentRequests' out for none"],
    ['no retry', { retries: 0 }, "KEELSON2317 'exposure.retries' must be an integer from 1 to 10, got 0: leave 'retries' out for none"],
    ['11 retries', { retries: 11 }, "KEELSON2317 'exposure.retries' must be an integer from 1 to 10, got 11: leave 'retries' out for none"],
  ]);
  takes([['rates', rate(2 ** 31 - 1, 1)], ['65535', { maxConcurrentRequests: 65535 }], ['10 retries', { retries: 10 }], ['IPv6', { allowedSources: ['2001:db8::/32'] }]]);

  test('fails on what is no CIDR, with its place', () => {
    expect(mistakesOf({ allowedSources: ['10.0.0.0/8', '10.0.0.0/33'] })).toEqual([expect.stringContaining("'exposure.allowedSources[1]' must be")]);
  });
});

describe('X7 body size and timeouts', () => {
  const size = 'whole kibibytes from 1 on';
  refuses([
    ['nothing', { maxBodySize: Size.kibibytes(0) }, `KEELSON2318 'exposure.maxBodySize' must be ${size}, got 0Ki: try Size.mebibytes(8)`],
    ['half a kibibyte', { maxBodySize: Size.kibibytes(1.5) }, `KEELSON2318 'exposure.maxBodySize' must be ${size}, got 1.5Ki: try Size.mebibytes(8)`],
    ['more than a number holds', { maxBodySize: Size.tebibytes(8192) }, `KEELSON2318 'exposure.maxBodySize' must be ${size}, got 8192Ti: try Size.mebibytes(8)`],
    ['no time', { timeouts: { request: Duration.millis(0) } },
      "KEELSON2319 'exposure.timeouts.request' must be whole milliseconds from 1 ms to one day, got 0 ms: try Duration.seconds(30)"],
    ['more than a day', { timeouts: { request: Duration.millis(86_400_001) } },
      "KEELSON2319 'exposure.timeouts.request' must be whole milliseconds from 1 ms to one day, got 86400001 ms: try Duration.seconds(30)"],
    ['no time for an answer', { timeouts: { response: Duration.seconds(0) } },
      "KEELSON2320 'exposure.timeouts.response' must be whole seconds from 1 to 2147483647, got 0 s: try Duration.seconds(30)"],
  ]);
  takes([
    ['1 KiB', { maxBodySize: Size.kibibytes(1) }], ['8191 TiB', { maxBodySize: Size.tebibytes(8191) }], ['1 ms', { timeouts: { request: Duration.millis(1) } }],
    ['a day', { timeouts: { request: Duration.days(1) } }], ['1 s', { timeouts: { response: Duration.seconds(1) } }],
  ]);
});

describe('X7 sticky sessions, mirrors and www', () => {
  const cookie = "at most 64 letters, digits, '-' and '_'";
  refuses([
    ...['a b', '', 'a;b', 'a'.repeat(65)].map((cookieName): Refused => [`cookie '${cookieName}'`, { stickySession: { cookieName } },
      `KEELSON2323 'exposure.stickySession.cookieName' must be ${cookie}, got '${cookieName}': write it like 'shop-session'`]),
    ['a cookie of no time', { stickySession: { maxAge: Duration.seconds(0) } },
      "KEELSON2320 'exposure.stickySession.maxAge' must be whole seconds from 1 to 2147483647, got 0 s: try Duration.hours(1)"],
    ['both names of a host', { wwwRedirect: true, hosts: [`www.${shop}`] }, "KEELSON2324 'exposure.wwwRedirect' must be one of the two names of a host, "
      + "got true for 'shop.example.com' and 'www.shop.example.com': remove the one that is to be sent to the other"],
    ['a wildcard', { wwwRedirect: true, hosts: ['*.example.com'] },
      "KEELSON2324 'exposure.wwwRedirect' must be for exact hosts, got true for '*.example.com': name the hosts, or leave it out"],
  ]);
  takes([['a cookie of 64', { stickySession: { cookieName: 'a'.repeat(64) } }], ['hosts by www', { wwwRedirect: true, hosts: ['www.example.org'] }]]);

  test('fails on a default backend', () => {
    const cluster = new Cluster(clusters.gateway);
    cluster.expose([Exposure.defaultBackend({ wwwRedirect: true })]);
    expect(cluster.mistakes()).toEqual(["[shop/shop] KEELSON2324 'exposure.wwwRedirect' must be for exact hosts, got true for any host: name the hosts, or leave it out"]);
  });

  test.each([0, 101, 1.5])('fails on %s percent of a mirror', percent => {
    const cluster = new Cluster(clusters.gateway);
    const { service } = cluster.expose([Exposure.https('other.example.com')], 'other');
    cluster.expose([Exposure.https(shop, { mirror: { service, percent } })]);
    expect(cluster.mistakes()).toEqual([
      `[shop/shop] KEELSON2317 'exposure.mirror.percent' must be an integer from 1 to 100, got ${percent}: leave 'percent' out for none`,
    ]);
  });
});

describe('X7 TLS to the app', () => {
  refuses([
    ['a Secret for a ConfigMap', { backendTls: BackendTls.authorityFromConfigMap('a.example.com', Secret.fromSecretName('ca')) },
      "KEELSON2301 'exposure.backendTls.configMap' must be a ConfigMap with key 'ca.crt', got the Secret 'ca': use BackendTls.authorityFromSecret(…) for the other kind"],
    ['a ConfigMap for a Secret', { backendTls: BackendTls.authorityFromSecret('a.example.com', ConfigMap.fromConfigMapName('ca')) },
      "KEELSON2301 'exposure.backendTls.secret' must be a Secret with key 'ca.crt', got the ConfigMap 'ca': use BackendTls.authorityFromConfigMap(…) for the other kind"],
    ['no name', { backendTls: BackendTls.publicAuthority('') }, "KEELSON1110 'exposure.backendTls.serverName' must be a host name, got '': write it like 'shop.example.com'"],
  ]);
});

test('what a target can\'t say is refused with the targets that can', () => {
  const cluster = new Cluster({ ingress: IngressController.traefik() });
  cluster.expose([Exposure.insecureHttp(shop, { rateLimit: RateLimit.perSecond(10) })]);
  expect(cluster.mistakes()).toEqual([expect.stringMatching(
    /^\[shop\/shop\] KEELSON2310 'exposure\.rateLimit' must be what the target can say, got a rate limit at Ingress of class 'traefik' \(Ingress\): an Ingress has no field for it, and annotations differ by controller: leave 'rateLimit' out, or choose a target that can: .*ExposureTarget\.INGRESS with IngressController\.ingressNginx\(\)$/,
  )]);
});
