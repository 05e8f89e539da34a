import type { JsonObject } from '@keelson/testing';
import { bare, collectionIn, object, podSpec, workload } from './objects.js';
import { claimantsOf } from './route-cases.js';
import { FREE, HELD } from './tenant.js';

/** What a tenant's administrator tries. */
export interface Attempt {
  readonly group: string;
  readonly title: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: JsonObject;
}

/** A PKCS #10 request for `O=platform, CN=root`; nobody has the key. */
const REQUEST = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlHaE1GVUNBUUF3SWpFUk1BOEdBMVVFQ2d3SWNHeGhkR1p2Y20weERUQUxCZ05WQkFNTUJISnZiM1F3S2pBRgpCZ01yWlhBRElRRFhPdUxwUHRoaHJkZHhLbUR6V283N3hWdXdna1ZtZzlKMzZ3KytPcEczeUtBQU1BVUdBeXRsCmNBTkJBRUxWSWtrbGp5ZCsrMUZ4V1RxUWxMSW1laUFHcXdMNGs5QlE1QXc2cXpFekR2Q2F1bzBLeFpiV1l4QlIKUjhaM0J4ZUNZbnBZYTl4RWVkZXNad2F0UkF3PQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const core = (namespace: string, rest: string): string => `/api/v1/namespaces/${namespace}/${rest}`;
const rbac = (kind: string): string => `${RBAC}/namespaces/${HELD}/${kind}`;
const role = (rules: JsonObject[]): JsonObject => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'mine' }, rules });
const binding = (kind: string, name: string): JsonObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'mine' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'lead' }],
});
const rule = (apiGroup: string, resource: string, ...verbs: string[]): JsonObject => (
  { apiGroups: [apiGroup], resources: [resource], verbs });
const of = (group: string, attempts: readonly Omit<Attempt, 'group'>[]): Attempt[] => attempts.map((each) => ({ ...each, group }));
const policies = `/apis/networking.k8s.io/v1/namespaces/${HELD}/networkpolicies`;
const patch = { method: 'PATCH' } as const;
const post = { method: 'POST' } as const;
const remove = { method: 'DELETE' } as const;
const read = { method: 'GET' } as const;
const policy = object('NetworkPolicy', { podSelector: {}, ingress: [{}] }, { name: 'open' });
const claim = object('PersistentVolumeClaim', { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } });

const escaping = (annotations: Readonly<Record<string, string>>, path = '/', host = 'shop.example.com'): JsonObject => object('Ingress', {
  ingressClassName: 'public', rules: [{ host, http: { paths: [{ path, pathType: 'ImplementationSpecific', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
}, { annotations });
const certificate = (spec: JsonObject): JsonObject => object('Certificate', { secretName: 'tls', dnsNames: ['shop.example.com'], issuerRef: { kind: 'ClusterIssuer', name: 'public' }, ...spec });

/** All that is tried, by what it is after. */
export const ATTEMPTS: readonly Attempt[] = [
  ...of('its namespace', [
    { title: 'lower its Pod Security level', ...patch, path: `/api/v1/namespaces/${HELD}`, body: { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } } },
    { title: 'take the name of another by label', ...patch, path: `/api/v1/namespaces/${HELD}`, body: { metadata: { labels: { 'kubernetes.io/metadata.name': FREE } } } },
    { title: 'delete it', ...remove, path: `/api/v1/namespaces/${HELD}` },
    { title: 'make another', ...post, path: '/api/v1/namespaces', body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mine' } } },
  ]),
  ...of('its limits', [
    { title: 'raise its quota', ...patch, path: core(HELD, 'resourcequotas/tenant'), body: { spec: { hard: { pods: '1000' } } } },
    { title: 'delete its quota', ...remove, path: core(HELD, 'resourcequotas/tenant') },
    { title: 'promise its pods the first place', ...post, path: collectionIn(HELD, workload('Deployment', {})), body: workload('Deployment', podSpec({ priorityClassName: 'system-node-critical' })) },
    { title: 'raise its limits', ...patch, path: core(HELD, 'limitranges/tenant'), body: { spec: { limits: [] } } },
  ]),
  ...of('its policies', [
    { title: 'open its network policy', ...patch, path: `${policies}/tenant`, body: { spec: { ingress: [{}] } } },
    { title: 'delete its network policy', ...remove, path: `${policies}/tenant` },
    { title: 'add a network policy that opens all', ...post, path: policies, body: policy },
    { title: 'take the token from nobody: change the ServiceAccount default', ...patch, path: core(HELD, 'serviceaccounts/default'), body: { automountServiceAccountToken: true } },
    { title: 'weaken an admission policy', ...patch, path: `${ADMISSION}/validatingadmissionpolicies/${HELD}.tenant.pods`, body: { spec: { failurePolicy: 'Ignore' } } },
    { title: 'delete the binding of an admission policy', ...remove, path: `${ADMISSION}/validatingadmissionpolicybindings/${HELD}.tenant.pods` },
  ]),
  ...of('another tenant', [
    ...['secrets', 'configmaps', 'pods', 'services'].map((kind) => ({ title: `read its ${kind}`, ...read, path: core(FREE, kind) })),
    { title: 'read the Secrets of all', ...read, path: '/api/v1/secrets' },
    { title: 'get a token of its account', ...post, path: core(FREE, 'serviceaccounts/default/token'), body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} } },
    { title: 'run something in it', ...post, path: collectionIn(FREE, workload('Deployment', {})), body: workload('Deployment', podSpec()) },
    { title: 'send its own Service there by name', ...post, path: core(HELD, 'services'), body: object('Service', { type: 'ExternalName', externalName: `web.${FREE}.svc.cluster.local` }) },
    { title: 'take the traffic of an address', ...post, path: core(HELD, 'services'), body: object('Service', { externalIPs: ['192.0.2.1'], ports: [{ port: 443 }] }) },
    ...Object.entries({ 'lead an IngressRoute to its Service': { name: 'web', namespace: FREE, port: 80 }, "show Traefik's own API": { kind: 'TraefikService', name: 'api@internal' } })
      .map(([title, to]) => ({ title, ...post, path: collectionIn(HELD, object('IngressRoute', {})), body: object('IngressRoute', { routes: [{ kind: 'Rule', match: 'Host(`shop.example.com`)', services: [to] }] }) })),
    { title: 'use its Middleware', ...post, path: collectionIn(HELD, object('Middleware', {})), body: object('Middleware', { chain: { middlewares: [{ name: 'auth', namespace: FREE }] } }) },
    { title: 'send its own Service there by hand', ...post, path: `/apis/discovery.k8s.io/v1/namespaces/${HELD}/endpointslices`, body: {
      apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'mine', labels: { 'kubernetes.io/service-name': 'web' } }, addressType: 'IPv4',
      endpoints: [{ addresses: ['10.244.1.5'] }], ports: [{ port: 80 }],
    } },
  ]),
  ...of('the host of another', claimantsOf().map(({ title, claim: claimed }) => {
    const body = claimed(['bank.example.com']);
    return { title: `by ${title}`, ...post, path: collectionIn(HELD, body), body };
  })),
  ...of('the host of another, by another way', [
    ...Object.entries({
      'by the alias of an Ingress': escaping({ 'nginx.ingress.kubernetes.io/server-alias': 'bank.example.com' }),
      'by configuration of nginx': escaping({ 'nginx.ingress.kubernetes.io/configuration-snippet': 'return 200;' }),
      'by a value of an annotation': escaping({ 'nginx.ingress.kubernetes.io/auth-url': 'http://a;} location / {' }),
      'by the redirect from another name': escaping({ 'nginx.ingress.kubernetes.io/from-to-www-redirect': 'true' }, '/', 'eu.shop.example.com'),
      "by Traefik's matcher of paths": escaping({ 'traefik.ingress.kubernetes.io/router.pathmatcher': 'PathPrefix(`/`) || Host(`bank.example.com`) && PathPrefix' }),
      'by the path of an Ingress': escaping({}, '/`) || Host(`bank.example.com') ,
      'by the header of an HTTPRoute': object('HTTPRoute', {
        parentRefs: [{ name: 'edge', namespace: 'gateway-system' }], hostnames: ['shop.example.com'], rules: [{ matches: [{ headers: [{ name: 'a', value: 'b`) || Host(`bank.example.com' }] }] }],
      }),
      'by the subject of a Certificate': certificate({ subject: { organizations: ['system:masters'] } }),
      'by a common name without domain': certificate({ commonName: 'root' }),
      'by the issuer of others': certificate({ issuerRef: { kind: 'ClusterIssuer', name: 'internal' } }),
    }).map(([title, body]) => ({ title, ...post, path: collectionIn(HELD, body), body })),
  ]),
  ...of('nodes', [
    { title: 'run a pod past its controllers', ...post, path: core(HELD, 'pods'), body: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'mine' }, spec: podSpec() } },
    { title: 'run a workload of a foreign image', ...post, path: collectionIn(HELD, workload('Deployment', {})), body: workload('Deployment', podSpec({}, 'evil.test/a:1')) },
    { title: 'put a workload on a node by name', ...post, path: collectionIn(HELD, workload('Deployment', {})), body: workload('Deployment', podSpec({ nodeName: 'node-a1' })) },
    { title: 'list nodes', ...read, path: '/api/v1/nodes' },
    { title: 'take a port of all nodes', ...post, path: core(HELD, 'services'), body: object('Service', { type: 'NodePort', ports: [{ port: 80 }] }) },
  ]),
  ...of('the disk of another', [
    { title: 'claim of a StorageClass that is not its own', ...post, path: core(HELD, 'persistentvolumeclaims'), body: claim },
    { title: 'claim a volume by name', ...post, path: core(HELD, 'persistentvolumeclaims'), body: object('PersistentVolumeClaim', {
      storageClassName: 'standard', volumeName: 'bank-disk', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } },
    }) },
    { title: 'list volumes', ...read, path: '/api/v1/persistentvolumes' },
  ]),
  ...of('a stronger role', [
    { title: 'write a role for network policies', ...post, path: rbac('roles'), body: role([rule('networking.k8s.io', 'networkpolicies', 'create')]) },
    { title: 'write a role for everything', ...post, path: rbac('roles'), body: role([rule('*', '*', '*')]) },
    { title: 'add the quota to its own role', ...patch, path: `${rbac('roles')}/tenant-admin`, body: { rules: [rule('', 'resourcequotas', 'update')] } },
    { title: 'add another to its own role', ...patch, path: `${rbac('rolebindings')}/tenant-admin`, body: { subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'eve' }] } },
    { title: "take the deployer's role away", ...remove, path: `${rbac('rolebindings')}/tenant-deployer` },
    { title: 'have a token that never ends', ...post, path: core(HELD, 'secrets'), body: bare('Secret', { type: 'kubernetes.io/service-account-token' }, { annotations: { 'kubernetes.io/service-account.name': 'default' } }) },
    { title: 'ask for a token of another account', ...post, path: core(HELD, 'serviceaccounts/default/token'), body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} } },
    { title: 'bind itself to cluster-admin', ...post, path: rbac('rolebindings'), body: binding('ClusterRole', 'cluster-admin') },
    { title: 'bind itself to admin of Kubernetes', ...post, path: rbac('rolebindings'), body: binding('ClusterRole', 'admin') },
    { title: 'bind itself to the deployer', ...post, path: rbac('rolebindings'), body: binding('Role', 'tenant-deployer') },
    { title: 'bind itself in the whole cluster', ...post, path: `${RBAC}/clusterrolebindings`, body: { ...binding('ClusterRole', 'view'), kind: 'ClusterRoleBinding' } },
    { title: 'ask for a certificate', ...post, path: '/apis/certificates.k8s.io/v1/certificatesigningrequests', body: {
      apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name: 'mine' },
      spec: { request: REQUEST, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'] },
    } },
  ]),
];

/** Workloads that are stored, and whose pods Pod Security refuses. */
export const PODS: Readonly<Record<string, JsonObject>> = {
  'a privileged container': podSpec({ containers: [{ name: 'main', image: 'quay.io/a:1', securityContext: { privileged: true } }] }),
  'a volume of the node': podSpec({ volumes: [{ name: 'root', hostPath: { path: '/' } }] }),
  'the network of the node': podSpec({ hostNetwork: true }),
  'the processes of the node': podSpec({ hostPID: true }),
  'root': podSpec({ securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } } }),
};
