import { Certificate } from '@keelson/core';
import { EdgeAuth, Exposure, PathRewrite, RateLimit } from '@keelson/web';
import { Duration, Size } from 'cdk8s';
import type { EdgeCase } from '../edge-case.js';
import { webApp } from './apps.js';

const certificate = Certificate.issuedBy('letsencrypt');
const PREFLIGHT = { 'origin': 'https://www.example.com', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-shop' };

/** X7 and X12: limits, headers, and all together. */
export const TRAFFIC: readonly EdgeCase[] = [
  {
    id: 'X7 rate limit',
    refused: ['standard', 'ingress'],
    feature: 'Of many requests of one client, those that are too many are refused.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('rate.example.com', { rateLimit: RateLimit.perMinute(6, { burst: 6 }), certificate })]); },
    requests: [
      { title: 'many', url: 'https://rate.example.com/', times: 20, atOnce: true, expect: { status: '200 and 429' } },
      { title: 'one more', url: 'https://rate.example.com/', expect: { status: 429, app: null } },
      { title: 'one of another client', url: 'https://rate.example.com/', fromElsewhere: true, expect: { status: 200, app: 'shop' } },
    ],
  },
  {
    id: 'X7 concurrent requests',
    refused: ['standard', 'ingress'],
    feature: 'Of many requests of one client at the same time, those that are too many are refused.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('concurrent.example.com', { maxConcurrentRequests: 2, certificate })]); },
    requests: [
      { title: 'many at once', url: 'https://concurrent.example.com/?wait=1000', times: 6, atOnce: true, expect: { status: '200 and 429' } },
      { title: 'one after the other', url: 'https://concurrent.example.com/', times: 6, expect: { status: 200 } },
    ],
  },
  {
    id: 'X7 body size',
    refused: ['standard', 'ingress'],
    feature: 'A body that is too large is refused.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('body.example.com', { maxBodySize: Size.kibibytes(64), certificate })]); },
    requests: [
      { title: 'the largest', url: 'https://body.example.com/', method: 'POST', bytes: 65_536, expect: { 'status': 200, 'app': 'shop', 'seen bytes': 65_536 } },
      { title: 'a larger one', url: 'https://body.example.com/', method: 'POST', bytes: 65_537, expect: { status: 413, app: null } },
      { title: 'a larger one in chunks', url: 'https://body.example.com/', method: 'POST', bytes: 65_537, headers: { 'transfer-encoding': 'chunked' }, expect: { status: 413, app: null } },
    ],
  },
  {
    id: 'X7 CORS',
    refused: ['ingress'],
    lacking: { standard: 'Traefik answers 500 to requests of a route with the filter CORS' },
    feature: 'Pages of one origin may call the app, those of others may not; preflight requests do not get to it.',
    describe: ({ chart }) => {
      const cors = { allowOrigins: ['https://www.example.com'], allowMethods: ['GET', 'PUT'], allowHeaders: ['X-Shop'], maxAge: Duration.minutes(10) };
      webApp(chart, 'shop', [Exposure.https('cors.example.com', { cors, certificate })]);
    },
    requests: [
      {
        title: 'preflight', url: 'https://cors.example.com/', method: 'OPTIONS', headers: PREFLIGHT,
        expect: {
          'status': /^20[04]$/, 'app': null, 'answer access-control-allow-origin': 'https://www.example.com', 'answer access-control-allow-methods': /PUT/,
          'answer access-control-allow-headers': /X-Shop/i, 'answer access-control-max-age': 600,
        },
      },
      {
        title: 'preflight of another origin', url: 'https://cors.example.com/', method: 'OPTIONS', headers: { ...PREFLIGHT, origin: 'https://evil.example.org' },
        expect: { 'app': null, 'answer access-control-allow-origin': null },
      },
      {
        title: 'a request', url: 'https://cors.example.com/', headers: { origin: 'https://www.example.com' },
        expect: { 'status': 200, 'app': 'shop', 'answer access-control-allow-origin': 'https://www.example.com' },
      },
    ],
  },
  {
    id: 'X7 CORS for a domain',
    refused: ['nginx', 'ingress'],
    lacking: { standard: 'Traefik answers 500 to requests of a route with the filter CORS' },
    feature: 'Pages of all hosts below a domain may call the app.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('cors-domain.example.com', { cors: { allowOrigins: ['https://*.example.com'] }, certificate })]); },
    requests: [
      {
        title: 'a page below the domain', url: 'https://cors-domain.example.com/', headers: { origin: 'https://a.example.com' },
        expect: { 'status': 200, 'app': 'shop', 'answer access-control-allow-origin': 'https://a.example.com' },
      },
      {
        title: 'a page of another domain', url: 'https://cors-domain.example.com/', headers: { origin: 'https://a.example.com.evil.example.org' },
        expect: { 'answer access-control-allow-origin': null },
      },
      {
        title: 'a page of a domain that ends like it', url: 'https://cors-domain.example.com/', headers: { origin: 'https://evilexample.com' },
        expect: { 'answer access-control-allow-origin': null },
      },
    ],
  },
  {
    id: 'X7 request headers',
    refused: ['nginx', 'ingress'],
    feature: 'Headers of requests are set, added and taken away.',
    describe: ({ chart }) => {
      webApp(chart, 'shop', [Exposure.https('request-headers.example.com', { requestHeaders: { set: { 'X-Edge': 'one' }, remove: ['X-Debug'] }, certificate })]);
    },
    requests: [
      {
        title: 'with both', url: 'https://request-headers.example.com/', headers: { 'x-edge': 'mine', 'x-debug': 'yes' },
        expect: { 'status': 200, 'seen x-edge': 'one', 'seen x-debug': null },
      },
    ],
  },
  {
    id: 'X7 added request headers',
    refused: ['traefik', 'nginx', 'ingress'],
    feature: 'Headers of requests are added to those that are there.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('added.example.com', { requestHeaders: { add: { 'X-Edge': 'one' } }, certificate })]); },
    requests: [
      { title: 'with one', url: 'https://added.example.com/', headers: { 'x-edge': 'mine' }, expect: { 'status': 200, 'seen x-edge': 'mine, one' } },
    ],
  },
  {
    id: 'X7 response headers',
    refused: ['ingress'],
    feature: 'Headers of answers are set.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('response-headers.example.com', { responseHeaders: { set: { 'X-Frame-Options': 'DENY' } }, certificate })]); },
    requests: [
      {
        title: 'an answer with another value', url: 'https://response-headers.example.com/?header=x-frame-options:SAMEORIGIN',
        expect: { 'status': 200, 'app': 'shop', 'answer x-frame-options': 'DENY' },
      },
    ],
  },
  {
    id: 'X7 removed response headers',
    refused: ['nginx', 'ingress'],
    feature: 'Headers of answers are taken away.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('removed.example.com', { responseHeaders: { remove: ['X-Powered-By'] }, certificate })]); },
    requests: [
      { title: 'an answer with it', url: 'https://removed.example.com/?header=x-powered-by:node', expect: { 'status': 200, 'app': 'shop', 'answer x-powered-by': null } },
    ],
  },
  {
    id: 'X7 compression',
    refused: ['standard', 'nginx', 'ingress'],
    feature: 'Answers are compressed for clients that take it.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('compressed.example.com', { compression: true, certificate })]); },
    requests: [
      { title: 'a client that takes it', url: 'https://compressed.example.com/?text=9000', headers: { 'accept-encoding': 'gzip' }, expect: { 'status': 200, 'answer content-encoding': 'gzip' } },
      { title: 'a client that does not', url: 'https://compressed.example.com/?text=20', expect: { 'status': 200, 'answer content-encoding': null, 'text': 'keelson keelson keel' } },
    ],
  },
  {
    id: 'X7 timeout of the answer',
    refused: ['standard', 'ingress'],
    feature: 'An app that takes too long to begin its answer is not waited for.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('slow.example.com', { timeouts: { response: Duration.seconds(1) }, certificate })]); },
    requests: [
      { title: 'too long', url: 'https://slow.example.com/?wait=3000', expect: { status: 504, app: null } },
      { title: 'soon enough', url: 'https://slow.example.com/?wait=100', expect: { status: 200, app: 'shop' } },
    ],
  },
  {
    id: 'X7 timeout of the request',
    refused: ['gateway', 'traefik', 'nginx', 'ingress'],
    lacking: { standard: 'Traefik ignores timeouts of routes' },
    feature: 'A request that takes too long as a whole is ended.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('too-slow.example.com', { timeouts: { request: Duration.seconds(1) }, certificate })]); },
    requests: [
      { title: 'too long', url: 'https://too-slow.example.com/?wait=3000', expect: { status: 504, app: null } },
      { title: 'soon enough', url: 'https://too-slow.example.com/?wait=100', expect: { status: 200, app: 'shop' } },
    ],
  },
  {
    id: 'X7 retries',
    refused: ['ingress'],
    lacking: { standard: 'Traefik ignores retries of routes' },
    feature: 'A request that finds no connection to one pod goes to another.',
    brokenEndpoint: true,
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('retried.example.com', { retries: 2, certificate })]); },
    requests: [
      { title: 'several, with one pod that is down', url: 'https://retried.example.com/', times: 9, expect: { status: 200, app: 'shop' } },
    ],
  },
  {
    id: 'X12 a chain of middlewares',
    refused: ['standard', 'nginx', 'ingress'],
    feature: 'Many things are asked of one exposure, and each does its part.',
    describe: ({ chart }) => {
      const guard = webApp(chart, 'guard', []);
      webApp(chart, 'shop', [Exposure.https('chain.example.com', {
        path: '/shop', certificate, allowedSources: ['127.0.0.1/32'], rateLimit: RateLimit.perSecond(50), cors: { allowOrigins: ['https://www.example.com'] },
        auth: EdgeAuth.byService(guard.service, { path: '/verify' }), maxBodySize: Size.kibibytes(1), rewrite: PathRewrite.stripPrefix(),
        requestHeaders: { set: { 'X-Edge': 'one' } }, responseHeaders: { set: { 'X-Frame-Options': 'DENY' } }, retries: 1,
        stickySession: { cookieName: 'shop-pod' }, timeouts: { response: Duration.seconds(1) },
      })]);
    },
    requests: [
      {
        title: 'who may', url: 'https://chain.example.com/shop/cart', headers: { 'cookie': 'session=good', 'origin': 'https://www.example.com', 'x-edge': 'mine' },
        expect: {
          'status': 200, 'app': 'shop', 'seen path': '/cart', 'seen x-edge': 'one', 'answer x-frame-options': 'DENY', 'answer set-cookie': /^shop-pod=/,
          'answer access-control-allow-origin': 'https://www.example.com',
        },
      },
      { title: 'who has no session', url: 'https://chain.example.com/shop/cart', expect: { status: 401, app: null } },
      { title: 'who comes from elsewhere', url: 'https://chain.example.com/shop/cart', fromElsewhere: true, expect: { status: 403, app: null } },
      { title: 'too large a body', url: 'https://chain.example.com/shop/cart', method: 'POST', bytes: 2000, headers: { cookie: 'session=good' }, expect: { status: 413, app: null } },
      { title: 'too slow an answer', url: 'https://chain.example.com/shop/cart?wait=3000', headers: { cookie: 'session=good' }, expect: { status: 504, app: null } },
    ],
  },
];
