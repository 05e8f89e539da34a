import type { JsonObject } from '@keelson/testing';
import { object } from './objects.js';
import { INGRESS_CASES } from './ingress-cases.js';
import { admit, deny, SOLVER, solving, type AdmissionCase } from './tried.js';

/** How a kind claims hosts. */
interface Claimant {
  readonly title: string;
  readonly claim: (hosts: readonly string[]) => JsonObject;
}

const backend = { service: { name: 'web', port: { number: 80 } } };
const path = { path: '/', pathType: 'Prefix', backend };
const edge = { name: 'edge', namespace: 'gateway-system' };
const listener = (hostname: string, index: number): JsonObject => ({ name: `l${index}`, port: 80, protocol: 'HTTP', hostname });
const match = (matcher: string, hosts: readonly string[]): string => hosts.map((host) => `${matcher}(\`${host}\`)`).join(' || ');
const service = { name: 'web', port: 80 };

const ingress = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => object('Ingress', { ingressClassName: 'public', ...spec }, metadata);
const http = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => object('HTTPRoute', { parentRefs: [edge], ...spec }, metadata);
const ingressRoute = (matched: string, spec: JsonObject = {}): JsonObject => object('IngressRoute', { routes: [{ kind: 'Rule', match: matched, services: [service] }], ...spec });

const CLAIMANTS: readonly Claimant[] = [
  { title: 'Ingress', claim: (hosts) => ingress({ rules: hosts.map((host) => ({ host, http: { paths: [path] } })) }) },
  { title: 'Ingress tls', claim: (hosts) => ingress({ rules: [{ host: 'shop.example.com', http: { paths: [path] } }], tls: [{ hosts: [...hosts], secretName: 'tls' }] }) },
  ...['HTTPRoute', 'GRPCRoute'].map((kind) => ({ title: kind, claim: (hosts: readonly string[]) => object(kind, { parentRefs: [edge], hostnames: [...hosts] }) })),
  { title: 'HTTPRoute v1beta1', claim: (hosts) => object('HTTPRoute', { parentRefs: [edge], hostnames: [...hosts] }, {}, 'gateway.networking.k8s.io/v1beta1') },
  { title: 'TLSRoute', claim: (hosts) => object('TLSRoute', { parentRefs: [edge], hostnames: [...hosts], rules: [{ backendRefs: [service] }] }) },
  { title: 'Gateway', claim: (hosts) => object('Gateway', { gatewayClassName: 'public', listeners: hosts.map(listener) }) },
  { title: 'Gateway v1beta1', claim: (hosts) => object('Gateway', { gatewayClassName: 'public', listeners: hosts.map(listener) }, {}, 'gateway.networking.k8s.io/v1beta1') },
  { title: 'ListenerSet', claim: (hosts) => object('ListenerSet', { parentRef: edge, listeners: hosts.map(listener) }) },
  { title: 'IngressRoute', claim: (hosts) => ingressRoute(match('Host', hosts)) },
  { title: 'IngressRoute tls', claim: ([main = '', ...sans]) => ingressRoute('Host(`shop.example.com`)', { tls: { domains: [{ main, sans }] } }) },
  { title: 'IngressRouteTCP', claim: (hosts) => object('IngressRouteTCP', { routes: [{ match: match('HostSNI', hosts), services: [service] }] }) },
  { title: 'Certificate', claim: (hosts) => certificate({ dnsNames: [...hosts] }) },
];

/** Every kind that claims hosts, and how. */
export function claimantsOf(): readonly Claimant[] {
  return CLAIMANTS;
}

const OF = /host names must be of shop\.example\.com, \*\.shop\.example\.com, got /;

const HOSTS: readonly AdmissionCase[] = CLAIMANTS.flatMap(({ title, claim }) => [
  ...[['shop.example.com'], ['eu.shop.example.com'], ['*.shop.example.com'], ['shop.example.com', 'eu.shop.example.com']]
    .map((hosts) => admit(`T14/T15 ${title} for ${hosts.join(', ')}`, claim(hosts))),
  ...[['bank.example.com'], ['a.eu.shop.example.com'], ['*.eu.shop.example.com'], ['*.example.com'], ['example.com'], ['xshop.example.com'],
    ['shop.example.com.evil.test'], ['shop.example.com', 'bank.example.com']].map((hosts) => deny(`T14/T15 ${title} for ${hosts.join(', ')}`, claim(hosts), OF)),
  deny(`T14/T15 ${title} that is changed`, claim(['shop.example.com']), OF, { patch: { spec: claim(['bank.example.com']).spec ?? {} } }),
]);

const UNNAMED = /must name its host, or it has all of them/;
const MATCH = /each match must be Host\(`…`\), or several of them with \|\| between, and then other matchers with && before each, got /;

const UNCLAIMED: readonly AdmissionCase[] = [
  deny('T14 Ingress with a rule without host', ingress({ rules: [{ http: { paths: [path] } }] }), UNNAMED),
  deny('T14 Ingress with tls without hosts', ingress({ rules: [{ host: 'shop.example.com', http: { paths: [path] } }], tls: [{ secretName: 'a' }] }), UNNAMED),
  deny('T14 Ingress with a default backend', ingress({ defaultBackend: backend }), /defaultBackend must be left out/),
  deny('T14 Ingress with a default backend and a rule', ingress({ defaultBackend: backend, rules: [{ host: 'shop.example.com', http: { paths: [path] } }] }), /defaultBackend must be left out/),
  ...['HTTPRoute', 'GRPCRoute'].map((kind) => deny(`T15 ${kind} without host names`, object(kind, { parentRefs: [edge] }), UNNAMED)),
  deny('T15 HTTPRoute with an empty list of host names', http({ hostnames: [] }), UNNAMED),
  deny('T15 Gateway with a listener without host name', object('Gateway', { gatewayClassName: 'public', listeners: [listener('shop.example.com', 0), { name: 'b', port: 8080, protocol: 'HTTP' }] }), UNNAMED),
  deny('T15 ListenerSet with a listener without host name', object('ListenerSet', { parentRef: edge, listeners: [{ name: 'b', port: 8080, protocol: 'HTTP' }] }), UNNAMED),
  ...['TCPRoute', 'UDPRoute'].map((kind) => deny(`T15 ${kind}`, object(kind, { parentRefs: [edge], rules: [{ backendRefs: [service] }] }), /this one takes all of a port, got /)),
  deny('T15 IngressRouteUDP', object('IngressRouteUDP', { routes: [{ services: [service] }] }), /this one takes all of a port, got IngressRouteUDP/),
  ...['Host(`shop.example.com`) && PathPrefix(`/a`)', 'Host(`shop.example.com`, `eu.shop.example.com`)', 'Host(`SHOP.example.com`)',
    '(Host(`shop.example.com`) || Host(`eu.shop.example.com`)) && PathPrefix(`/a`) && !Path(`/b`)', 'Host(`shop.example.com`) && (Path(`/a`) || Path(`/b`))',
    'HostRegexp(`^[^.]+\\.shop\\.example\\.com$`)', '(Host(`shop.example.com`) || HostRegexp(`^[^.]+\\.shop\\.example\\.com$`)) && PathPrefix(`/a`)',
    'Host(`shop.example.com`) && PathRegexp(`^/(a|b)$`) && Header(`X-A`, "b c")'].map((text) => admit(`T15 IngressRoute ${text}`, ingressRoute(text))),
  ...['PathPrefix(`/`)', 'HostRegexp(`.*`)', 'Host(`shop.example.com`) || PathPrefix(`/`)', 'Host(`shop.example.com`) && Path(`/a`) || Path(`/b`)', '!Host(`shop.example.com`)', 'HostRegexp(`^[^.]+.shop\\.example\\.com$`)', 'HostRegexp(`^[^.]+\\.shop\\.example\\.com`)',
    'PathPrefix(`/`) || Host(`shop.example.com`)', 'host(`bank.example.com`)', 'Host(`shop.example.com`) || HostRegexp(`.*`)', 'Host("shop.example.com")', 'Host(``)',
    'Host(`shop.example.com`) || (PathPrefix(`/`))', '(Host(`shop.example.com`) || PathPrefix(`/`))', 'Host(`shop.example.com`) && (Path(`/a`) || Path(`/b`)) || Path(`/c`)',
    '(Host(`shop.example.com`) && Path(`/a`)) || Path(`/b`)', 'ClientIP(`0.0.0.0/0`)'].map((text) => deny(`T15 IngressRoute ${text}`, ingressRoute(text), MATCH)),
  deny('T15 IngressRoute for all names of a domain', ingressRoute('HostRegexp(`^[^.]+\\.example\\.com$`)'), OF),
  deny('T15 IngressRouteTCP for any name', object('IngressRouteTCP', { routes: [{ match: 'HostSNI(`*`)', services: [service] }] }), OF),
  deny('T15 IngressRouteTCP by client', object('IngressRouteTCP', { routes: [{ match: 'ClientIP(`0.0.0.0/0`)', services: [service] }] }), /each match must be HostSNI/),
  deny('T14 route that external-dns is told of', http({ hostnames: ['shop.example.com'] }, { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'bank.example.com' } }), OF),
];

const QUOTE = /matches must have no '`', got /;
const escape = 'a`) || PathPrefix(`/';
const matching = (kind: string, match: JsonObject): JsonObject => object(kind, { parentRefs: [edge], hostnames: ['shop.example.com'], rules: [{ matches: [match], backendRefs: [service] }] });
/** Texts that Traefik puts between backticks. */
const QUOTED: readonly AdmissionCase[] = [
  deny('T15 HTTPRoute with a backtick in a path', matching('HTTPRoute', { path: { type: 'RegularExpression', value: `/${escape}` } }), QUOTE),
  deny('T15 HTTPRoute with a backtick in a header', matching('HTTPRoute', { headers: [{ name: 'X-A', value: escape }] }), QUOTE),
  deny('T15 HTTPRoute with a backtick in a query', matching('HTTPRoute', { queryParams: [{ name: 'a', value: escape }] }), QUOTE),
  deny('T15 GRPCRoute with a backtick in a header', matching('GRPCRoute', { headers: [{ name: 'x-a', value: escape }] }), QUOTE),
  deny('T15 GRPCRoute with a backtick in a method', matching('GRPCRoute', { method: { type: 'RegularExpression', service: escape } }), QUOTE),
  admit('T15 HTTPRoute with all matches', matching('HTTPRoute', {
    path: { type: 'RegularExpression', value: '/a|b' }, method: 'GET', headers: [{ name: 'X-A', value: 'b c' }], queryParams: [{ name: 'a', value: 'b' }],
  })),
  admit('T15 GRPCRoute with all matches', matching('GRPCRoute', { method: { service: 'shop.Orders', method: 'List' }, headers: [{ name: 'x-a', value: 'b' }] })),
];

const CERTIFICATES: readonly AdmissionCase[] = [
  admit('T14 Certificate for its own Services', certificate({
    dnsNames: ['db-rw', 'db-rw.shop', 'db-rw.shop.svc', 'db-rw.shop.svc.cluster.local', '*.db-headless.shop.svc'], ipAddresses: ['127.0.0.1'],
  })),
  deny('T14 Certificate for a Service of another', certificate({ dnsNames: ['db-rw.bank.svc'] }), OF),
  admit('T14 Certificate with a common name', certificate({ dnsNames: ['shop.example.com'], commonName: 'shop.example.com' })),
  deny('T14 Certificate with a common name without domain', certificate({ dnsNames: ['db-rw'], commonName: 'postgres' }), /host names must be of .*, got postgres$/),
  admit('T14 Certificate of an Issuer of its own namespace', certificate({ dnsNames: ['shop.example.com'], issuerRef: { name: 'ca' } })),
  admit('T14 Certificate of an issuer with its group', certificate({ dnsNames: ['shop.example.com'], issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'public' } })),
  deny('T14 Certificate of the ClusterIssuer of others', certificate({ dnsNames: ['shop.example.com'], issuerRef: { kind: 'ClusterIssuer', name: 'internal' } }),
    /the issuer must be ClusterIssuer public, any Issuer, got ClusterIssuer internal/),
  deny('T14 Certificate of an issuer of another API', certificate({ dnsNames: ['shop.example.com'], issuerRef: { group: 'awspca.cert-manager.io', kind: 'AWSPCAClusterIssuer', name: 'public' } }),
    /got awspca\.cert-manager\.io AWSPCAClusterIssuer public/),
  deny('T14 Certificate with a common name of another', certificate({ dnsNames: ['shop.example.com'], commonName: 'bank.example.com' }), OF),
  ...Object.entries({ uris: ['spiffe://cluster.local/ns/bank/sa/web'], emailAddresses: ['boss@example.com'], ipAddresses: ['192.0.2.1'], isCA: true, literalSubject: 'CN=bank.example.com', subject: { organizations: ['system:masters'] } })
    .map(([key, value]) => deny(`T14 Certificate with ${key}`, certificate({ dnsNames: ['shop.example.com'], [key]: value }), new RegExp(`must have host names only, got ${key}`))),
];

const shop = { rules: [{ host: 'shop.example.com', http: { paths: [path] } }] };
const CLASSES: readonly AdmissionCase[] = [
  deny('T18 IngressClass of others', object('Ingress', { ingressClassName: 'internal', ...shop }), /the IngressClass must be public, got internal/),
  deny('T18 Ingress without class', object('Ingress', shop), /the IngressClass must be public, got none/),
  admit('T18 IngressClass by annotation', object('Ingress', shop, { annotations: { 'kubernetes.io/ingress.class': 'public' } })),
  deny('T18 IngressClass of others by annotation', object('Ingress', shop, { annotations: { 'kubernetes.io/ingress.class': 'internal' } }), /the IngressClass must be public, got internal/),
  admit('T18 HTTP-01 solver Ingress of cert-manager', object('Ingress', { ingressClassName: 'solver', ...shop }, solving), { by: SOLVER }),
  deny('T18 HTTP-01 solver Ingress by its label only', object('Ingress', { ingressClassName: 'solver', ...shop }, solving), /the IngressClass must be/),
  deny('HTTP-01 solver Ingress for the host of another', object('Ingress', { ingressClassName: 'solver', rules: [{ host: 'bank.example.com', http: { paths: [path] } }] }, solving), OF, { by: SOLVER }),
  deny('T18 GatewayClass of others', object('Gateway', { gatewayClassName: 'internal', listeners: [listener('shop.example.com', 0)] }), /the GatewayClass must be public, got internal/),
  admit('T18 Gateway of its own namespace', http({ hostnames: ['shop.example.com'], parentRefs: [{ name: 'own' }, { name: 'own', kind: 'ListenerSet' }] })),
  deny('T18 Gateway of others', http({ hostnames: ['shop.example.com'], parentRefs: [{ name: 'inner', namespace: 'gateway-system' }] }),
    /parents must be in the tenant's own namespace or Gateway gateway-system\/edge, got Gateway gateway-system\/inner/),
  deny('T18 ListenerSet of others', http({ hostnames: ['shop.example.com'], parentRefs: [{ ...edge, kind: 'ListenerSet' }] }), /got ListenerSet gateway-system\/edge/),
  deny('T18 ListenerSet at the Gateway of others', object('ListenerSet', { parentRef: { name: 'edge', namespace: 'bank' }, listeners: [listener('shop.example.com', 0)] }), /got Gateway bank\/edge/),
  admit('T18 HTTP-01 solver route of cert-manager', http({ hostnames: ['shop.example.com'], parentRefs: [{ name: 'acme', namespace: 'gateway-system' }] }, solving), { by: SOLVER }),
];

/** Of every kind that claims hosts. */
export const ROUTE_CASES: readonly AdmissionCase[] = [...HOSTS, ...UNCLAIMED, ...INGRESS_CASES, ...QUOTED, ...CERTIFICATES, ...CLASSES];

function certificate(spec: JsonObject): JsonObject {
  return object('Certificate', { secretName: 'tls', issuerRef: { name: 'public', kind: 'ClusterIssuer' }, ...spec });
}
