import { Certificate } from '@keelson/core';
import { Exposure, PathRewrite, PathType } from '@keelson/web';
import type { EdgeCase } from '../edge-case.js';
import { webApp } from './apps.js';

const certificate = Certificate.issuedBy('letsencrypt');

/** X6: paths that the app sees otherwise. */
export const PATHS: readonly EdgeCase[] = [
  {
    id: 'X6 strip prefix',
    refused: ['ingress'],
    feature: 'The app sees what is below its path.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('strip.example.com', { path: '/shop', rewrite: PathRewrite.stripPrefix(), certificate })]); },
    requests: [
      { title: 'below the prefix', url: 'https://strip.example.com/shop/cart/7?a=b', expect: { 'status': 200, 'app': 'shop', 'seen path': '/cart/7?a=b' } },
      { title: 'the prefix', url: 'https://strip.example.com/shop', expect: { 'status': 200, 'app': 'shop', 'seen path': '/' } },
      { title: 'the prefix with a slash', url: 'https://strip.example.com/shop/', expect: { 'status': 200, 'app': 'shop', 'seen path': '/' } },
      { title: 'what merely begins like it', url: 'https://strip.example.com/shopping', expect: { status: 404 } },
    ],
  },
  {
    id: 'X6 replace prefix',
    refused: ['ingress'],
    feature: 'The app sees another prefix.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('replace.example.com', { path: '/shop', rewrite: PathRewrite.replacePrefix('/v2'), certificate })]); },
    requests: [
      { title: 'below the prefix', url: 'https://replace.example.com/shop/cart?a=b', expect: { 'status': 200, 'app': 'shop', 'seen path': '/v2/cart?a=b' } },
      { title: 'the prefix', url: 'https://replace.example.com/shop', expect: { 'status': 200, 'app': 'shop', 'seen path': '/v2' } },
      { title: 'what merely begins like it', url: 'https://replace.example.com/shopping', expect: { status: 404 } },
    ],
  },
  {
    id: 'X6 app root',
    refused: ['ingress'],
    feature: 'Who asks for the root is sent to where the app begins.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('root.example.com', { rewrite: PathRewrite.appRoot('/app'), certificate })]); },
    requests: [
      { title: 'the root', url: 'https://root.example.com/', expect: { 'status': 302, 'answer location': /^(https:\/\/root\.example\.com)?\/app$/ } },
      { title: 'where it leads', expect: { 'status': 200, 'app': 'shop', 'seen path': '/app' } },
      { title: 'another path', url: 'https://root.example.com/cart', expect: { 'status': 200, 'app': 'shop', 'seen path': '/cart' } },
    ],
  },
  {
    id: 'X6 regular expression',
    refused: ['standard', 'ingress'],
    feature: 'The app sees a path made of parts of the one that was asked for.',
    describe: ({ chart }) => {
      const rewrite = PathRewrite.regularExpression('/accounts/$1/$2');
      webApp(chart, 'shop', [Exposure.https('groups.example.com', { path: '/users/([0-9]+)/(.*)', pathType: PathType.REGULAR_EXPRESSION, rewrite, certificate })]);
    },
    requests: [
      { title: 'what it matches', url: 'https://groups.example.com/users/7/orders/1?a=b', expect: { 'status': 200, 'app': 'shop', 'seen path': '/accounts/7/orders/1?a=b' } },
      { title: 'what it does not match', url: 'https://groups.example.com/users/ann/orders', expect: { status: 404 } },
    ],
  },
  {
    id: 'X6 two paths of one host',
    refused: ['ingress'],
    feature: 'One app sees its path changed, another one of the same host as it is.',
    describe: ({ chart }) => {
      webApp(chart, 'shop', [Exposure.https('mixed.example.com', { certificate })]);
      webApp(chart, 'api', [Exposure.https('mixed.example.com', { path: '/api', rewrite: PathRewrite.stripPrefix(), certificate })]);
      webApp(chart, 'version', [Exposure.https('mixed.example.com', { path: '/api/version', pathType: PathType.EXACT, certificate })]);
    },
    requests: [
      { title: 'the changed path', url: 'https://mixed.example.com/api/items', expect: { 'status': 200, 'app': 'api', 'seen path': '/items' } },
      { title: 'the path as it is', url: 'https://mixed.example.com/cart', expect: { 'status': 200, 'app': 'shop', 'seen path': '/cart' } },
      { title: 'what merely begins like it', url: 'https://mixed.example.com/apis', expect: { 'status': 200, 'app': 'shop', 'seen path': '/apis' } },
      { title: 'the changed path in capitals', url: 'https://mixed.example.com/API/items', expect: { 'status': 200, 'app': 'shop', 'seen path': '/API/items' } },
      { title: 'an exact path below', url: 'https://mixed.example.com/api/version', expect: { 'status': 200, 'app': 'version', 'seen path': '/api/version' } },
    ],
  },
];
