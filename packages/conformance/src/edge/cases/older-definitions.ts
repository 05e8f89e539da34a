import { Certificate, Secret } from '@keelson/core';
import { BackendTls, EdgeAuth, Exposure, type HttpsExposureOptions } from '@keelson/web';
import type { JsonObject } from '@keelson/testing';
import type { Chart } from 'cdk8s';
import { PORTS } from '../back-end/ports.js';
import type { EdgeCase, EdgeRequest } from '../edge-case.js';
import { ofErrorService, secret } from '../placed.js';
import { BACK_END_HOST } from '../stage.js';
import { webApp } from './apps.js';

const certificate = Certificate.issuedBy('letsencrypt');
const WITHOUT = 'without a session';
const REDIRECTED_NOWHERE = { why: 'Traefik shows that it may not ask the app, as a redirect to nowhere', answers: { [WITHOUT]: { 'answer location': null } } };

/** What definitions of Traefik's kinds before 3.7 keep of a Middleware. */
function kept(object: JsonObject): JsonObject {
  return ofErrorService(object, ({ middlewares: _, ...service }) => service);
}

function guarded(chart: Chart, host: string, port: number, options?: HttpsExposureOptions): void {
  const auth = EdgeAuth.byService(webApp(chart, 'guard', []).service, { path: '/verify', signInUrl: '/sign-in' });
  webApp(chart, 'shop', [Exposure.https(host, { ...options, auth, certificate })], { port });
}

function requestsTo(host: string): EdgeRequest[] {
  return [
    { title: WITHOUT, url: `https://${host}/cart`, expect: { 'status': 302, 'app': null, 'answer location': /sign-in/ } },
    { title: 'with a session', url: `https://${host}/cart`, headers: { cookie: 'session=good' }, expect: { status: 200, app: 'shop' } },
  ];
}

/** X5 where a cluster has definitions that lack what redirects to sign in: closed, whatever the app speaks. */
export const OLDER_DEFINITIONS: readonly EdgeCase[] = [
  {
    id: 'X5 sign-in, older definitions',
    refused: ['standard', 'ingress'],
    feature: "Where definitions of Traefik's kinds before 3.7 drop what redirects to sign in, nobody gets anything of the app either.",
    kept,
    describe: ({ chart }) => { guarded(chart, 'older.example.com', PORTS.http); },
    requests: requestsTo('older.example.com'),
    differs: { gateway: REDIRECTED_NOWHERE, traefik: REDIRECTED_NOWHERE },
  },
  {
    id: 'X5 sign-in for TLS, older definitions',
    refused: ['standard', 'ingress'],
    feature: 'The same where the app itself speaks TLS.',
    kept,
    beside: ({ namespace, ca }) => [secret(namespace, 'shop-ca', { 'ca.crt': ca })],
    describe: ({ chart }) => {
      const backendTls = BackendTls.authorityFromSecret(BACK_END_HOST, Secret.fromSecretName('shop-ca'));
      guarded(chart, 'older-tls.example.com', PORTS.https, { backendTls });
    },
    requests: requestsTo('older-tls.example.com'),
    differs: { gateway: REDIRECTED_NOWHERE, traefik: REDIRECTED_NOWHERE },
  },
];
