import { Certificate, Secret } from '@keelson/core';
import { BackendPort, Exposure, HttpRedirect, PathType } from '@keelson/web';
import { PORTS } from '../back-end/ports.js';
import type { EdgeCase } from '../edge-case.js';
import { webApp } from './apps.js';

const certificate = Certificate.issuedBy('letsencrypt');
const ONE_PART = { why: 'a wildcard stands for one part of a name', answers: { 'two parts under it': { status: 404, app: null } } } as const;

/** X1, X2 and X3: hosts, paths, TLS. */
export const ROUTING: readonly EdgeCase[] = [
  {
    id: 'X1 one host',
    feature: 'Requests for the host lead to the app, others nowhere.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('one.example.com', { certificate })]); },
    requests: [
      { title: 'its host', url: 'https://one.example.com/cart?item=1', expect: { 'status': 200, 'app': 'shop', 'seen path': '/cart?item=1', 'seen host': 'one.example.com', 'seen x-forwarded-proto': 'https' } },
      { title: 'a host that nobody has', url: 'https://none.example.com/', expect: { status: 404, app: null } },
    ],
  },
  {
    id: 'X2 several hosts',
    feature: 'An app has several hosts, and two apps have one each.',
    describe: ({ chart }) => {
      webApp(chart, 'shop', [Exposure.https('several.example.com', { hosts: ['www.several.example.com'], certificate })]);
      webApp(chart, 'blog', [Exposure.https('blog.several.example.com', { certificate })]);
    },
    requests: [
      { title: 'the first host', url: 'https://several.example.com/', expect: { status: 200, app: 'shop' } },
      { title: 'the second host', url: 'https://www.several.example.com/', expect: { status: 200, app: 'shop' } },
      { title: 'the host of the other app', url: 'https://blog.several.example.com/', expect: { status: 200, app: 'blog' } },
    ],
  },
  {
    id: 'X1 wildcard host',
    feature: 'A wildcard host leads to one app, an exact host under it to another.',
    describe: ({ chart }) => {
      webApp(chart, 'tenants', [Exposure.https('*.wild.example.com', { certificate })]);
      webApp(chart, 'admin', [Exposure.https('admin.wild.example.com', { certificate })]);
    },
    requests: [
      { title: 'any host under it', url: 'https://a.wild.example.com/', expect: { status: 200, app: 'tenants' } },
      { title: 'the exact host', url: 'https://admin.wild.example.com/', expect: { status: 200, app: 'admin' } },
      { title: 'the domain itself', url: 'https://wild.example.com/', expect: { status: 404 } },
      { title: 'two parts under it', url: 'https://a.b.wild.example.com/', expect: { status: 200, app: 'tenants' } },
    ],
    differs: { traefik: ONE_PART, nginx: ONE_PART, ingress: ONE_PART },
  },
  {
    id: 'X1 paths',
    feature: 'Of several paths of one host the longest that fits counts, part by part; an exact path counts before a prefix.',
    describe: ({ chart }) => {
      webApp(chart, 'shop', [Exposure.https('paths.example.com', { certificate })]);
      webApp(chart, 'api', [Exposure.https('paths.example.com', { path: '/api', certificate })]);
      webApp(chart, 'admin', [Exposure.https('paths.example.com', { path: '/api/admin', certificate })]);
      webApp(chart, 'version', [Exposure.https('paths.example.com', { path: '/api/version', pathType: PathType.EXACT, certificate })]);
    },
    requests: [
      { title: 'the root', url: 'https://paths.example.com/', expect: { status: 200, app: 'shop' } },
      { title: 'another path', url: 'https://paths.example.com/cart', expect: { status: 200, app: 'shop' } },
      { title: 'a prefix', url: 'https://paths.example.com/api', expect: { status: 200, app: 'api' } },
      { title: 'below a prefix', url: 'https://paths.example.com/api/v1/items', expect: { 'status': 200, 'app': 'api', 'seen path': '/api/v1/items' } },
      { title: 'what merely begins like a prefix', url: 'https://paths.example.com/apis', expect: { status: 200, app: 'shop' } },
      { title: 'a longer prefix', url: 'https://paths.example.com/api/admin/users', expect: { status: 200, app: 'admin' } },
      { title: 'an exact path', url: 'https://paths.example.com/api/version', expect: { status: 200, app: 'version' } },
      { title: 'below an exact path', url: 'https://paths.example.com/api/version/1', expect: { status: 200, app: 'api' } },
      { title: 'a prefix in capitals', url: 'https://paths.example.com/API', expect: { status: 200, app: 'shop' } },
    ],
    differs: {
      ingress: {
        why: "of an Ingress' paths Traefik has the one with the longer rule count, and that of a prefix is longer than that of an exact path",
        answers: { 'an exact path': { app: 'api' } },
      },
    },
  },
  {
    id: 'X1 paths with dots and slashes',
    refused: ['nginx'],
    feature: 'What is special in a regular expression is not special in a path, and a slash at the end of a prefix changes nothing.',
    describe: ({ chart }) => {
      webApp(chart, 'version', [Exposure.https('dots.example.com', { path: '/v1.0', certificate })]);
      webApp(chart, 'files', [Exposure.https('dots.example.com', { path: '/files/', certificate })]);
    },
    requests: [
      { title: 'a prefix with a dot', url: 'https://dots.example.com/v1.0/items', expect: { status: 200, app: 'version' } },
      { title: 'another character for the dot', url: 'https://dots.example.com/v1x0/items', expect: { status: 404 } },
      { title: 'below a prefix with a slash at its end', url: 'https://dots.example.com/files/a', expect: { status: 200, app: 'files' } },
      { title: 'such a prefix without the slash', url: 'https://dots.example.com/files', expect: { status: 200, app: 'files' } },
      { title: 'what merely begins like it', url: 'https://dots.example.com/filesystem', expect: { status: 404 } },
    ],
  },
  {
    id: 'X1 exact path with a dot',
    refused: ['nginx'],
    feature: 'An exact path is that path and no other.',
    describe: ({ chart }) => { webApp(chart, 'robots', [Exposure.https('robots.example.com', { path: '/robots.txt', pathType: PathType.EXACT, certificate })]); },
    requests: [
      { title: 'the path', url: 'https://robots.example.com/robots.txt', expect: { status: 200, app: 'robots' } },
      { title: 'another character for the dot', url: 'https://robots.example.com/robots-txt', expect: { status: 404 } },
      { title: 'the path and a slash', url: 'https://robots.example.com/robots.txt/', expect: { status: 404 } },
    ],
  },
  {
    id: 'X1 regular expression',
    refused: ['standard', 'ingress'],
    feature: 'A path by regular expression is compared as a whole.',
    describe: ({ chart }) => {
      webApp(chart, 'api', [Exposure.https('expression.example.com', { path: '/v[0-9]+/items', pathType: PathType.REGULAR_EXPRESSION, certificate })]);
    },
    requests: [
      { title: 'what it matches', url: 'https://expression.example.com/v12/items?page=2', expect: { 'status': 200, 'app': 'api', 'seen path': '/v12/items?page=2' } },
      { title: 'what it matches the beginning of', url: 'https://expression.example.com/v12/items/7', expect: { status: 404 } },
      { title: 'what it matches the end of', url: 'https://expression.example.com/a/v12/items', expect: { status: 404 } },
      { title: 'what it does not match', url: 'https://expression.example.com/va/items', expect: { status: 404 } },
    ],
  },
  {
    id: 'X1 a port by name',
    feature: "Requests lead to another port of the app's Service.",
    describe: ({ chart }) => {
      const options = { backendPort: BackendPort.named('admin'), certificate };
      webApp(chart, 'shop', [Exposure.https('port.example.com', options)], { ports: [{ number: PORTS.admin, name: 'admin' }] });
    },
    requests: [
      { title: 'its host', url: 'https://port.example.com/', expect: { 'status': 200, 'app': 'shop', 'seen port': PORTS.admin } },
    ],
  },
  {
    id: 'X1 default backend',
    feature: 'Whoever has no route of their own gets there, by plain HTTP.',
    alone: true,
    describe: ({ chart }) => {
      webApp(chart, 'anything', [Exposure.insecureDefaultBackend()]);
      webApp(chart, 'shop', [Exposure.insecureHttp('known.example.com', { path: '/shop' })]);
    },
    requests: [
      { title: 'a host that nobody has', url: 'http://unknown.example.com/a', expect: { 'status': 200, 'app': 'anything', 'seen path': '/a' } },
      { title: 'a host and path that somebody has', url: 'http://known.example.com/shop', expect: { status: 200, app: 'shop' } },
      { title: 'a path that nobody has', url: 'http://known.example.com/a', expect: { status: 200, app: 'anything' } },
    ],
  },
  {
    id: 'X1 default backend by HTTPS',
    refused: ['nginx', 'ingress'],
    feature: 'Whoever has no route of their own gets there, by HTTPS, with what certificate there is.',
    alone: true,
    tlsSecrets: { 'any-tls': ['unknown-tls.example.com'] },
    describe: ({ chart }) => {
      webApp(chart, 'anything', [Exposure.defaultBackend({ certificate: Certificate.fromSecret(Secret.fromSecretName('any-tls')) })]);
    },
    requests: [
      { title: 'a host that nobody has', url: 'https://unknown-tls.example.com/a', expect: { 'status': 200, 'app': 'anything', 'seen path': '/a' } },
    ],
  },
  {
    id: 'X3 redirect to HTTPS',
    feature: 'Plain HTTP is sent to HTTPS, with path and query.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('redirect.example.com', { certificate })]); },
    requests: [
      { title: 'plain', url: 'http://redirect.example.com/cart?item=1', expect: { 'status': 301, 'answer location': 'https://redirect.example.com/cart?item=1' } },
      { title: 'where it leads', expect: { 'status': 200, 'app': 'shop', 'seen path': '/cart?item=1' } },
    ],
    differs: {
      nginx: { why: 'ingress-nginx redirects by 308', answers: { plain: { status: 308 } } },
      ingress: {
        why: 'whether plain HTTP is redirected is up to the configuration of the controller, as synth warns',
        answers: { 'plain': { 'status': 200, 'answer location': null }, 'where it leads': { 'status': null, 'app': null, 'seen path': null } },
      },
    },
  },
  {
    id: 'X3 temporary redirect',
    refused: ['nginx', 'ingress'],
    feature: 'Plain HTTP is sent to HTTPS this time, and nobody remembers it.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('temporary.example.com', { redirect: HttpRedirect.TEMPORARY, certificate })]); },
    requests: [
      { title: 'plain', url: 'http://temporary.example.com/cart', expect: { 'status': 302, 'answer location': 'https://temporary.example.com/cart' } },
    ],
  },
  {
    id: 'X3 no answer by plain HTTP',
    refused: ['nginx', 'ingress'],
    feature: 'Plain HTTP is neither answered by the app nor redirected.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('silent.example.com', { redirect: HttpRedirect.NONE, certificate })]); },
    requests: [
      { title: 'plain', url: 'http://silent.example.com/', expect: { status: 404, app: null } },
      { title: 'by HTTPS', url: 'https://silent.example.com/', expect: { status: 200, app: 'shop' } },
    ],
  },
  {
    id: 'X3 www redirect',
    refused: ['ingress'],
    feature: 'The host with www and the one without are one: the other is sent there for good.',
    describe: ({ chart }) => {
      webApp(chart, 'shop', [Exposure.https('apex.example.com', { wwwRedirect: true, certificate })]);
      webApp(chart, 'blog', [Exposure.https('www.named.example.com', { wwwRedirect: true, certificate })]);
    },
    requests: [
      { title: 'www of a host', url: 'https://www.apex.example.com/cart?item=1', expect: { 'status': 301, 'answer location': 'https://apex.example.com/cart?item=1' } },
      { title: 'www of a host, plain', url: 'http://www.apex.example.com/cart', browsing: true, expect: { 'status': 200, 'app': 'shop', 'seen path': '/cart' } },
      { title: 'the host', url: 'https://apex.example.com/', expect: { status: 200, app: 'shop' } },
      { title: 'what is behind www', url: 'https://named.example.com/post', expect: { 'status': 301, 'answer location': 'https://www.named.example.com/post' } },
      { title: 'the host with www', url: 'https://www.named.example.com/', expect: { status: 200, app: 'blog' } },
    ],
    differs: {
      nginx: { why: 'ingress-nginx redirects by 308', answers: { 'www of a host': { status: 308 }, 'what is behind www': { status: 308 } } },
    },
  },
  {
    id: 'X3 certificate from a Secret',
    feature: 'The certificate that somebody else renews is shown.',
    tlsSecrets: { 'shop-tls': ['given-tls.example.com'] },
    describe: ({ chart, ownTls }) => {
      const given = Certificate.fromSecret(Secret.fromSecretName('shop-tls'));
      webApp(chart, 'shop', [Exposure.https('given-tls.example.com', { certificate: given, ...ownTls === undefined ? {} : { target: ownTls } })]);
    },
    requests: [
      { title: 'its host', url: 'https://given-tls.example.com/', expect: { status: 200, app: 'shop', certificate: 'of the app' } },
    ],
  },
  {
    id: 'X1 plain HTTP',
    feature: 'An app that is exposed without TLS answers on plain HTTP.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.insecureHttp('plain.example.com')]); },
    requests: [
      { title: 'plain', url: 'http://plain.example.com/cart', expect: { 'status': 200, 'app': 'shop', 'seen x-forwarded-proto': 'http' } },
    ],
  },
  {
    id: 'X3 TLS by server name',
    feature: 'Each host is shown the certificate of its own Secret.',
    describe: ({ chart, ownTls }) => {
      const own = ownTls === undefined ? {} : { target: ownTls };
      webApp(chart, 'shop', [Exposure.https('sni-shop.example.com', { certificate, ...own })]);
      webApp(chart, 'blog', [Exposure.https('*.sni-blog.example.com', { certificate, ...own })]);
    },
    requests: [
      { title: 'an exact host', url: 'https://sni-shop.example.com/', expect: { status: 200, app: 'shop', certificate: 'of the app' } },
      { title: 'a wildcard host', url: 'https://a.sni-blog.example.com/', expect: { status: 200, app: 'blog', certificate: 'of the app' } },
    ],
  },
];
