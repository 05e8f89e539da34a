import { Certificate, ConfigMap, Health, Secret } from '@keelson/core';
import { BackendProtocol, BackendTls, Exposure } from '@keelson/web';
import { PORTS } from '../back-end/ports.js';
import type { EdgeCase } from '../edge-case.js';
import { secret } from '../placed.js';
import { BACK_END_HOST } from '../stage.js';
import { webApp } from './apps.js';

const certificate = Certificate.issuedBy('letsencrypt');

/** X7: how the app is spoken to, and which of its pods. */
export const BEHIND: readonly EdgeCase[] = [
  {
    id: 'X7 sticky session',
    refused: ['standard', 'ingress'],
    feature: 'A cookie leads a browser to the same pod.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('sticky.example.com', { stickySession: { cookieName: 'shop-pod' }, certificate })]); },
    requests: [
      { title: 'without a cookie', url: 'https://sticky.example.com/', times: 6, expect: { 'status': 200, 'endpoints': 2, 'answer set-cookie': /^shop-pod=.*HttpOnly/ } },
      { title: 'with the cookie', url: 'https://sticky.example.com/', times: 6, withCookies: true, expect: { status: 200, endpoints: 1 } },
    ],
  },
  {
    id: 'X7 mirror',
    refused: ['nginx', 'ingress'],
    lacking: { standard: 'Traefik answers 500 to requests of a route with the filter RequestMirror' },
    feature: 'Another Service gets a copy of each request.',
    describe: ({ chart }) => {
      const shadow = webApp(chart, 'shadow', []);
      webApp(chart, 'shop', [Exposure.https('mirrored.example.com', { mirror: { service: shadow.service }, certificate })]);
    },
    requests: [
      { title: 'a request', url: 'https://mirrored.example.com/cart', expect: { 'status': 200, 'app': 'shop', 'also went to': 'shadow' } },
    ],
  },
  {
    id: 'X7 gRPC',
    refused: ['ingress'],
    feature: 'A call by gRPC, with its status in the trailers.',
    describe: ({ chart }) => {
      webApp(chart, 'orders', [Exposure.https('grpc.example.com', { protocol: BackendProtocol.GRPC, certificate })], { port: PORTS.grpc, health: Health.grpc() });
    },
    requests: [
      { title: 'a call', url: 'https://grpc.example.com/shop.Orders/List', as: 'grpc', bytes: 100, expect: { 'status': 200, 'app': 'orders', 'grpc-status': '0', 'seen path': '/shop.Orders/List', 'seen bytes': 105 } },
    ],
  },
  {
    id: 'X7 WebSocket',
    feature: 'A connection is upgraded, and messages go both ways.',
    describe: ({ chart }) => { webApp(chart, 'chat', [Exposure.https('chat.example.com', { certificate })]); },
    requests: [
      { title: 'an upgrade', url: 'https://chat.example.com/room/1', as: 'web-socket', expect: { 'status': 101, 'app': 'chat', 'seen path': '/room/1', 'text': 'hello from the edge' } },
    ],
  },
  {
    id: 'X7 TLS to the app, authority in a ConfigMap',
    refused: ['nginx', 'ingress'],
    feature: 'The app is reached by TLS, and shows a certificate of the authority for the name.',
    beside: ({ namespace, ca }) => [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop-ca', namespace }, data: { 'ca.crt': ca } }],
    describe: ({ chart }) => {
      const backendTls = BackendTls.authorityFromConfigMap(BACK_END_HOST, ConfigMap.fromConfigMapName('shop-ca'));
      webApp(chart, 'shop', [Exposure.https('tls-behind.example.com', { backendTls, certificate })], { port: PORTS.https });
    },
    requests: [
      { title: 'a request', url: 'https://tls-behind.example.com/', expect: { 'status': 200, 'app': 'shop', 'seen server name': BACK_END_HOST } },
    ],
  },
  {
    id: 'X7 TLS to the app, authority in a Secret',
    refused: ['standard', 'ingress'],
    feature: 'The app is reached by TLS, and shows a certificate of the authority for the name.',
    beside: ({ namespace, ca }) => [secret(namespace, 'shop-ca', { 'ca.crt': ca })],
    describe: ({ chart }) => {
      const backendTls = BackendTls.authorityFromSecret(BACK_END_HOST, Secret.fromSecretName('shop-ca'));
      webApp(chart, 'shop', [Exposure.https('tls-secret.example.com', { backendTls, certificate })], { port: PORTS.https });
    },
    requests: [
      { title: 'a request', url: 'https://tls-secret.example.com/', expect: { 'status': 200, 'app': 'shop', 'seen server name': BACK_END_HOST } },
    ],
  },
  {
    id: 'X7 TLS to the app, another name',
    refused: ['standard', 'ingress'],
    feature: 'An app that shows a certificate for another name gets no request.',
    beside: ({ namespace, ca }) => [secret(namespace, 'shop-ca', { 'ca.crt': ca })],
    describe: ({ chart }) => {
      const backendTls = BackendTls.authorityFromSecret('other.internal.example.com', Secret.fromSecretName('shop-ca'));
      webApp(chart, 'shop', [Exposure.https('tls-other.example.com', { backendTls, certificate })], { port: PORTS.https });
    },
    requests: [
      { title: 'a request', url: 'https://tls-other.example.com/', expect: { status: /^50[0-9]$/, app: null } },
    ],
  },
  {
    id: 'X7 TLS to the app, public authority',
    refused: ['nginx', 'ingress'],
    feature: 'An app whose certificate no public authority has signed gets no request.',
    describe: ({ chart }) => {
      webApp(chart, 'shop', [Exposure.https('tls-public.example.com', { backendTls: BackendTls.publicAuthority(BACK_END_HOST), certificate })], { port: PORTS.https });
    },
    requests: [
      { title: 'a request', url: 'https://tls-public.example.com/', expect: { status: /^50[0-9]$/, app: null } },
    ],
  },
];
