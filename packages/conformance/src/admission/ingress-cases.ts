import type { JsonObject } from '@keelson/testing';
import { object } from './objects.js';
import { admit, deny, type AdmissionCase } from './tried.js';

const backend = { service: { name: 'web', port: { number: 80 } } };
const nginx = (name: string): string => `nginx.ingress.kubernetes.io/${name}`;
const traefik = (name: string): string => `traefik.ingress.kubernetes.io/${name}`;
const ingress = (annotations: Readonly<Record<string, string>>, path = '/', host = 'shop.example.com'): JsonObject => object('Ingress', {
  ingressClassName: 'public', rules: [{ host, http: { paths: [{ path, pathType: 'ImplementationSpecific', backend }] } }],
}, { annotations });

const UNKNOWN = /annotations must be known to claim no more hosts and to hold no configuration, or be example\.com\/owner, shop\.example\.com\/\*, got /;
const VALUES = /values of annotations must have no line break, ';', '\{' or '\}', and refer to the tenant's own namespace, got /;
const PATHS = /paths must have no space, ';', '"' or '`', got /;

/** Of controllers that take more hosts, or any configuration, from annotations. */
const REFUSED = [
  ...['server-alias', 'server-snippet', 'configuration-snippet', 'auth-snippet', 'stream-snippet', 'modsecurity-snippet', 'upstream-vhost', 'auth-tls-secret', 'auth-proxy-set-headers', 'default-backend']
    .map(nginx),
  ...['router.pathmatcher', 'router.rulesyntax', 'router.middlewares', 'router.tls.options', 'router.tls.domains.0.main', 'service.serverstransport'].map(traefik),
  'nginx.org/location-snippets', 'nginx.org/server-snippets', 'haproxy-ingress.github.io/server-alias-regex', 'haproxy.org/backend-config-snippet', 'ingress.kubernetes.io/server-alias', 'konghq.com/host-aliases',
  'zalando.org/skipper-predicate', 'alb.ingress.kubernetes.io/group.name', 'alb.ingress.kubernetes.io/conditions.web', 'higress.io/server-snippet', 'example.com/owned', 'evil.test/nginx.ingress.kubernetes.io',
];

/** What exposures write, and what operators and tools add. */
const ADMITTED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries({
    'affinity': 'cookie', 'affinity-mode': 'persistent', 'app-root': '/app', 'auth-realm': 'Staff only', 'auth-response-headers': 'X-Auth-Request-Email', 'auth-secret': 'shop/users',
    'auth-signin': 'https://$host/oauth2/start?rd=$escaped_request_uri', 'auth-type': 'basic', 'auth-url': 'http://sign-in.shop.svc.cluster.local:80/oauth2/auth', 'backend-protocol': 'GRPC',
    'cors-allow-credentials': 'true', 'cors-allow-headers': 'X-Requested-With', 'cors-allow-methods': 'GET,PUT', 'cors-allow-origin': 'https://www.example.com,https://*.example.org',
    'cors-expose-headers': 'X-Total', 'cors-max-age': '600', 'custom-headers': 'shop/web-headers', 'enable-cors': 'true', 'from-to-www-redirect': 'true', 'limit-burst-multiplier': '3',
    'limit-connections': '20', 'limit-rpm': '100', 'limit-rps': '10', 'mirror-host': '$host', 'mirror-target': 'http://other.shop.svc.cluster.local:80$request_uri', 'proxy-body-size': '8m',
    'proxy-buffer-size': '16k', 'proxy-next-upstream': 'error timeout', 'proxy-next-upstream-tries': '3', 'proxy-read-timeout': '30', 'proxy-request-buffering': 'on', 'proxy-send-timeout': '30',
    'proxy-ssl-name': 'shop.internal', 'proxy-ssl-secret': 'shop/shop-ca', 'proxy-ssl-server-name': 'on', 'proxy-ssl-verify': 'on', 'rewrite-target': '/accounts/$1/$2',
    'session-cookie-max-age': '3600', 'session-cookie-name': 'pod', 'session-cookie-path': '/', 'session-cookie-secure': 'true', 'ssl-redirect': 'true', 'use-regex': 'true',
    'whitelist-source-range': '203.0.113.0/24',
  }).map(([name, value]) => [nginx(name), value])),
  [traefik('router.entrypoints')]: 'websecure', [traefik('router.tls')]: 'true', [traefik('router.priority')]: '10', 'cert-manager.io/cluster-issuer': 'public', 'kubernetes.io/tls-acme': 'true',
  'acme.cert-manager.io/http01-edit-in-place': 'true', 'external-dns.alpha.kubernetes.io/ttl': '60', 'kubectl.kubernetes.io/last-applied-configuration': '{"a":"b;"}', 'meta.helm.sh/release-name': 'shop',
  'argocd.argoproj.io/sync-wave': '1', 'contact': 'shop', 'example.com/owner': 'shop', 'shop.example.com/any': '{;}',
};

/** How an Ingress could claim more than its hosts. */
export const INGRESS_CASES: readonly AdmissionCase[] = [
  ...REFUSED.map((key) => deny(`T14 Ingress with ${key}`, ingress({ [key]: 'bank.example.com' }), UNKNOWN)),
  admit('T14 Ingress with what exposures write', ingress(ADMITTED)),
  deny('T14 Ingress that is annotated later', ingress({}), UNKNOWN, { patch: { metadata: { annotations: { [nginx('server-alias')]: 'bank.example.com' } } } }),
  ...['http://a/;} server { server_name bank.example.com', 'a\nb', '{', '}'].map((value) => deny(`T14 Ingress with a value of ingress-nginx ${JSON.stringify(value)}`, ingress({ [nginx('auth-url')]: value }), VALUES)),
  ...['auth-secret', 'custom-headers', 'proxy-ssl-secret'].map((name) => deny(`T14 Ingress with ${name} of another`, ingress({ [nginx(name)]: 'bank/web' }), VALUES)),
  admit('T14 Ingress with a Secret of its own', ingress({ [nginx('auth-secret')]: 'users' })),
  deny('T14 Ingress that redirects from a host of another', ingress({ [nginx('from-to-www-redirect')]: 'true' }, '/', 'eu.shop.example.com'), /host names must be of .*, got www\.eu\.shop\.example\.com$/),
  admit('T14 Ingress that redirects from no host', ingress({ [nginx('from-to-www-redirect')]: 'false' }, '/', 'eu.shop.example.com')),
  ...['/`) || PathPrefix(`/', '/ { return 200; } location /x', '/a"b', '/a;b'].map((path) => deny(`T14 Ingress with the path ${path}`, ingress({}, path), PATHS)),
  ...['/', '/(?-i:shop)(/|$)(.*)', '/(?s-i:users/([0-9]+)/?(.*))$', '/a{2}/\\d+', '/~me/%20/a,b:c@d!e=f&g+h'].map((path) => admit(`T14 Ingress with the path ${path}`, ingress({}, path))),
];
