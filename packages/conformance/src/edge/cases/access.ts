import { createHash } from 'node:crypto';
import { Certificate, ConfigMap, Secret } from '@keelson/core';
import { EdgeAuth, Exposure, PathRewrite, PathType } from '@keelson/web';
import type { JsonObject } from '@keelson/testing';
import type { Beside, EdgeCase, TargetId } from '../edge-case.js';
import { secret } from '../placed.js';
import { GATEWAY } from '../targets.js';
import { webApp } from './apps.js';

const certificate = Certificate.issuedBy('letsencrypt');

/** As `htpasswd -s` writes it. */
function users(name: string, password: string): string {
  return `${name}:{SHA}${createHash('sha1').update(password).digest('base64')}\n`;
}

function basic(name: string, password: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
}

/** The key that each target reads; Traefik wants one alone. */
const KEYS: Readonly<Record<TargetId, string>> = { standard: 'users', gateway: 'users', traefik: 'users', nginx: 'auth', ingress: 'users' };
const shopUsers = ({ namespace, target }: Beside): JsonObject[] => [secret(namespace, 'shop-users', { [KEYS[target]]: users('ann', 'correct horse') })];
const oidcSecrets = ({ namespace, ca }: Beside): JsonObject[] => [
  secret(namespace, 'shop-oidc', { 'client-secret': 'known to the provider', 'cookie-secret': Buffer.alloc(32, 'k').toString('base64url') }),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'provider-ca', namespace }, data: { 'ca.crt': ca } },
];
const PROVIDER = {
  issuerUrl: 'https://login.example.com', issuerAuthority: ConfigMap.fromConfigMapName('provider-ca'), clientId: 'shop',
  credentials: Secret.fromSecretName('shop-oidc'),
};
const NOT_TOLD_APART = "Traefik can't tell the app's own 401 from that of who decides";
const SESSION = { cookie: 'session=good' };

/** X4, X5, and the allow list of X7: who may come in. */
export const ACCESS: readonly EdgeCase[] = [
  {
    id: 'X4 basic auth',
    refused: ['standard', 'ingress'],
    feature: 'Who has no name and password is asked for them.',
    beside: shopUsers,
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('basic.example.com', { auth: EdgeAuth.basic(Secret.fromSecretName('shop-users')), certificate })]); },
    requests: [
      { title: 'without', url: 'https://basic.example.com/', expect: { 'status': 401, 'app': null, 'answer www-authenticate': /^Basic realm=/ } },
      { title: 'a wrong password', url: 'https://basic.example.com/', headers: basic('ann', 'wrong'), expect: { status: 401, app: null } },
      { title: 'the right one', url: 'https://basic.example.com/', headers: basic('ann', 'correct horse'), expect: { status: 200, app: 'shop' } },
      { title: 'plain HTTP', url: 'http://basic.example.com/', expect: { 'status': 301, 'answer www-authenticate': null } },
    ],
    differs: { nginx: { why: 'ingress-nginx redirects by 308', answers: { 'plain HTTP': { status: 308 } } } },
  },
  {
    id: 'X4 realm',
    refused: ['standard', 'ingress'],
    feature: "What the browser's dialog says.",
    beside: shopUsers,
    describe: ({ chart }) => {
      const auth = EdgeAuth.basic(Secret.fromSecretName('shop-users'), { realm: 'Staff only' });
      webApp(chart, 'shop', [Exposure.https('realm.example.com', { auth, certificate })]);
    },
    requests: [
      { title: 'without', url: 'https://realm.example.com/', expect: { 'status': 401, 'answer www-authenticate': 'Basic realm="Staff only"' } },
    ],
  },
  {
    id: 'X4 on one path',
    refused: ['standard', 'ingress'],
    feature: 'Part of a host asks for a password, the rest does not.',
    beside: shopUsers,
    describe: ({ chart }) => {
      const app = webApp(chart, 'shop', [Exposure.https('partly.example.com', { certificate })]);
      app.expose(Exposure.https('partly.example.com', { path: '/admin', auth: EdgeAuth.basic(Secret.fromSecretName('shop-users')), certificate }));
    },
    requests: [
      { title: 'outside', url: 'https://partly.example.com/', expect: { status: 200, app: 'shop' } },
      { title: 'inside', url: 'https://partly.example.com/admin/users', expect: { status: 401, app: null } },
      { title: 'inside, with a password', url: 'https://partly.example.com/admin/users', headers: basic('ann', 'correct horse'), expect: { status: 200, app: 'shop' } },
    ],
  },
  {
    id: 'X5 authentication service',
    refused: ['standard', 'ingress'],
    feature: 'Another Service decides about each request.',
    describe: ({ chart }) => {
      const guard = webApp(chart, 'guard', []);
      webApp(chart, 'shop', [Exposure.https('guarded.example.com', { auth: EdgeAuth.byService(guard.service, { path: '/verify' }), certificate })]);
    },
    requests: [
      { title: 'without a session', url: 'https://guarded.example.com/cart', expect: { status: 401, app: null } },
      { title: 'with a session', url: 'https://guarded.example.com/cart', headers: SESSION, expect: { 'status': 200, 'app': 'shop', 'seen path': '/cart' } },
    ],
  },
  {
    id: 'X5 headers of the authentication service',
    refused: ['standard', 'ingress'],
    feature: 'The app gets what the Service says of the user, and nothing that the client says under that name.',
    describe: ({ chart }) => {
      const auth = EdgeAuth.byService(webApp(chart, 'guard', []).service, { path: '/verify', responseHeaders: ['X-Auth-Request-Email', 'X-Auth-Request-Groups'] });
      webApp(chart, 'shop', [Exposure.https('told.example.com', { auth, certificate })]);
    },
    requests: [
      {
        title: 'with a session and a lie', url: 'https://told.example.com/', headers: { ...SESSION, 'x-auth-request-email': 'root@example.com' },
        expect: { 'status': 200, 'app': 'shop', 'seen x-auth-request-email': 'ann@example.com' },
      },
      {
        title: 'a lie that the Service says nothing about', url: 'https://told.example.com/', headers: { ...SESSION, 'x-auth-request-groups': 'admins' },
        expect: { 'status': 200, 'app': 'shop', 'seen x-auth-request-groups': null },
      },
    ],
  },
  {
    id: 'X5 redirect to sign in',
    refused: ['standard', 'ingress'],
    feature: 'Browsers that may not pass are sent to sign in, and told where they come from.',
    describe: ({ chart }) => {
      const auth = EdgeAuth.byService(webApp(chart, 'guard', []).service, { path: '/verify', signInUrl: '/sign-in' });
      const app = webApp(chart, 'shop', [Exposure.https('entry.example.com', { auth, certificate })]);
      app.expose(Exposure.https('entry.example.com', { path: '/sign-in', pathType: PathType.EXACT, certificate }));
    },
    requests: [
      { title: 'without a session', url: 'https://entry.example.com/cart?a=b', expect: { 'status': 302, 'answer location': /^(https:\/\/entry\.example\.com)?\/sign-in\?rd=.*cart/ } },
      { title: 'where it leads', expect: { status: 200, app: 'shop' } },
      { title: 'with a session', url: 'https://entry.example.com/cart', headers: SESSION, expect: { status: 200, app: 'shop' } },
      { title: "with a session, the app's own refusal", url: 'https://entry.example.com/cart?status=401', headers: SESSION, expect: { status: 401, app: 'shop' } },
    ],
    differs: {
      gateway: { why: NOT_TOLD_APART, answers: { "with a session, the app's own refusal": { status: 302, app: null } } },
      traefik: { why: NOT_TOLD_APART, answers: { "with a session, the app's own refusal": { status: 302, app: null } } },
    },
  },
  {
    id: 'X5 authentication by URL',
    refused: ['standard', 'ingress'],
    feature: 'Somebody by a URL decides about each request.',
    describe: ({ chart }) => {
      webApp(chart, 'guard', []);
      const auth = EdgeAuth.byUrl(`http://guard.${String(chart.namespace)}.svc.cluster.local/verify`);
      webApp(chart, 'shop', [Exposure.https('by-url.example.com', { auth, certificate })]);
    },
    requests: [
      { title: 'without a session', url: 'https://by-url.example.com/', expect: { status: 401, app: null } },
      { title: 'with a session', url: 'https://by-url.example.com/', headers: SESSION, expect: { status: 200, app: 'shop' } },
    ],
  },
  {
    id: 'X7 allow list',
    refused: ['standard', 'ingress'],
    feature: 'Who comes from elsewhere is refused.',
    describe: ({ chart }) => { webApp(chart, 'shop', [Exposure.https('listed.example.com', { allowedSources: ['127.0.0.1/32', '203.0.113.0/24'], certificate })]); },
    requests: [
      { title: 'from here', url: 'https://listed.example.com/', expect: { status: 200, app: 'shop' } },
      { title: 'from elsewhere', url: 'https://listed.example.com/', fromElsewhere: true, expect: { status: 403, app: null } },
      { title: 'from elsewhere, saying otherwise', url: 'https://listed.example.com/', fromElsewhere: true, headers: { 'x-forwarded-for': '127.0.0.1' }, expect: { status: 403, app: null } },
    ],
  },
  {
    id: 'X7 allow list before sign-in',
    refused: ['standard', 'ingress'],
    feature: 'Who comes from elsewhere is not even asked for a password.',
    beside: shopUsers,
    describe: ({ chart }) => {
      const auth = EdgeAuth.basic(Secret.fromSecretName('shop-users'));
      webApp(chart, 'shop', [Exposure.https('listed-users.example.com', { allowedSources: ['127.0.0.1/32'], auth, certificate })]);
    },
    requests: [
      { title: 'from here', url: 'https://listed-users.example.com/', expect: { status: 401, app: null } },
      { title: 'from elsewhere', url: 'https://listed-users.example.com/', fromElsewhere: true, expect: { 'status': 403, 'app': null } },
    ],
    differs: {
      nginx: { why: "Traefik's reading asks for the password first; ingress-nginx itself refuses the address first", answers: { 'from elsewhere': { status: 401 } } },
    },
  },
  {
    id: 'X7 CORS before sign-in',
    refused: ['standard', 'nginx', 'ingress'],
    feature: 'A preflight request, which carries no password, is answered.',
    beside: shopUsers,
    describe: ({ chart }) => {
      const auth = EdgeAuth.basic(Secret.fromSecretName('shop-users'));
      const cors = { allowOrigins: ['https://www.example.com'], allowMethods: ['PUT'], allowHeaders: ['Authorization'], allowCredentials: true };
      webApp(chart, 'shop', [Exposure.https('cors-users.example.com', { cors, auth, certificate })]);
    },
    requests: [
      {
        title: 'preflight', url: 'https://cors-users.example.com/', method: 'OPTIONS',
        headers: { 'origin': 'https://www.example.com', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' },
        expect: { 'status': /^20[04]$/, 'app': null, 'answer access-control-allow-origin': 'https://www.example.com', 'answer access-control-allow-credentials': 'true' },
      },
      { title: 'a request', url: 'https://cors-users.example.com/', headers: { origin: 'https://www.example.com' }, expect: { status: 401, app: null } },
    ],
  },
  {
    id: 'X5 ACME challenge beside sign-in',
    refused: ['standard', 'ingress'],
    feature: "cert-manager's answer to a challenge by HTTP-01 is reached where the app needs a session and its path is changed.",
    beside: (beside) => challenge(beside, 'acme-session.example.com'),
    describe: ({ chart }) => {
      const guard = webApp(chart, 'guard', []);
      const auth = EdgeAuth.byService(guard.service, { path: '/verify', signInUrl: '/sign-in' });
      webApp(chart, 'shop', [Exposure.https('acme-session.example.com', { auth, rewrite: PathRewrite.replacePrefix('/app'), certificate })]);
    },
    requests: [
      { title: 'the challenge', url: 'http://acme-session.example.com/.well-known/acme-challenge/token-7', expect: { status: 200, app: 'cm-acme-http-solver' } },
      { title: 'another path', url: 'https://acme-session.example.com/cart', headers: SESSION, expect: { 'status': 200, 'app': 'shop', 'seen path': '/app/cart' } },
    ],
  },
  {
    id: 'X5 ACME challenge',
    refused: ['standard', 'ingress'],
    feature: "cert-manager's answer to a challenge by HTTP-01 is reached past redirect, password and allow list.",
    beside: (beside) => [...shopUsers(beside), ...challenge(beside, 'acme.example.com')],
    describe: ({ chart }) => {
      const auth = EdgeAuth.basic(Secret.fromSecretName('shop-users'));
      webApp(chart, 'shop', [Exposure.https('acme.example.com', { allowedSources: ['192.0.2.0/24'], auth, certificate })]);
    },
    requests: [
      { title: 'the challenge', url: 'http://acme.example.com/.well-known/acme-challenge/token-7', expect: { status: 200, app: 'cm-acme-http-solver' } },
      { title: 'another path', url: 'http://acme.example.com/cart', expect: { status: 301, app: null } },
    ],
    differs: { nginx: { why: 'ingress-nginx redirects by 308', answers: { 'another path': { status: 308 } } } },
  },
  {
    id: 'X5 OIDC',
    feature: 'Users sign in with a provider, through an oauth2-proxy that is rendered beside the app and runs for real.',
    beside: oidcSecrets,
    describe: ({ chart }) => {
      const auth = EdgeAuth.oidc({ ...PROVIDER, emailDomains: ['example.com'], skipAuthPaths: ['/healthz'] });
      webApp(chart, 'shop', [Exposure.https('oidc.example.com', { auth, certificate })]);
    },
    requests: [
      { title: 'a stranger', url: 'https://oidc.example.com/cart', expect: { status: 302, app: null } },
      { title: 'an open path', url: 'https://oidc.example.com/healthz', expect: { 'status': 200, 'app': 'shop', 'seen path': '/healthz' } },
      { title: 'a path that begins like an open one', url: 'https://oidc.example.com/healthzz', expect: { status: 302, app: null } },
      {
        title: 'a stranger who says whose path they mean', url: 'https://oidc.example.com/cart', headers: { 'x-forwarded-uri': '/healthz', 'x-original-url': 'https://oidc.example.com/healthz' },
        expect: { status: 302, app: null },
      },
      { title: 'signing in', url: 'https://oidc.example.com/cart?item=1', browsing: true, expect: { 'status': 200, 'app': 'shop', 'seen path': '/cart?item=1', 'by way of': 'login.example.com' } },
      { title: 'signed in', url: 'https://oidc.example.com/orders', withCookies: true, expect: { status: 200, app: 'shop' } },
      { title: "signed in, the app's own refusal", url: 'https://oidc.example.com/orders?status=401', withCookies: true, expect: { status: 401, app: 'shop' } },
      { title: 'signing out', url: 'https://oidc.example.com/oauth2/sign_out', withCookies: true, expect: { status: 302 } },
      { title: 'signed out', url: 'https://oidc.example.com/orders', withCookies: true, expect: { status: 302, app: null } },
      { title: 'somebody of another domain', url: 'https://oidc.example.com/cart', browsing: true, headers: { cookie: 'who=bob@example.org' }, expect: { status: 403, app: null } },
    ],
    differs: {
      gateway: { why: NOT_TOLD_APART, answers: { "signed in, the app's own refusal": { status: 302, app: null } } },
      traefik: { why: NOT_TOLD_APART, answers: { "signed in, the app's own refusal": { status: 302, app: null } } },
    },
  },
  {
    id: 'X5 OIDC for a group',
    feature: 'Of those whom the provider knows, members of a group may pass, below one path of the host.',
    beside: oidcSecrets,
    describe: ({ chart }) => {
      const auth = (allowedGroups: string[]): EdgeAuth => EdgeAuth.oidc({ ...PROVIDER, allowedGroups });
      webApp(chart, 'shop', [Exposure.https('staff.example.com', { path: '/admin', auth: auth(['staff', 'board']), certificate })]);
      webApp(chart, 'books', [Exposure.https('board.example.com', { auth: auth(['board']), certificate })]);
    },
    requests: [
      { title: 'a member', url: 'https://staff.example.com/admin/users?all=1', browsing: true, expect: { 'status': 200, 'app': 'shop', 'seen path': '/admin/users?all=1' } },
      { title: 'no member', url: 'https://board.example.com/', browsing: true, expect: { status: 403, app: null } },
    ],
  },
];

/** What cert-manager makes for a challenge by HTTP-01, as its solvers for Ingress and for the Gateway API write it. */
function challenge({ namespace, target }: Beside, host: string): JsonObject[] {
  const name = 'cm-acme-http-solver';
  const labels = { 'acme.cert-manager.io/http01-solver': 'true' };
  const path = '/.well-known/acme-challenge/token-7';
  const service: JsonObject = {
    apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels },
    spec: { type: 'NodePort', selector: labels, ports: [{ name: 'http', port: 8089, targetPort: 8089 }] },
  };
  const route: JsonObject = {
    apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace, labels },
    spec: {
      parentRefs: [{ name: GATEWAY.name, namespace: GATEWAY.namespace }], hostnames: [host],
      rules: [{ matches: [{ path: { type: 'Exact', value: path } }], backendRefs: [{ group: '', kind: 'Service', name, namespace, port: 8089, weight: 1 }] }],
    },
  };
  const ingress: JsonObject = {
    apiVersion: 'networking.k8s.io/v1', kind: 'Ingress',
    metadata: { name, namespace, labels, annotations: { 'nginx.ingress.kubernetes.io/whitelist-source-range': '0.0.0.0/0,::/0' } },
    spec: {
      ingressClassName: target === 'ingress' ? 'plain' : target,
      rules: [{ host, http: { paths: [{ path, pathType: 'Exact', backend: { service: { name, port: { number: 8089 } } } }] } }],
    },
  };
  return [service, target === 'standard' || target === 'gateway' ? route : ingress];
}
