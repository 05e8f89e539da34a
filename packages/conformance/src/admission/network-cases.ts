import type { JsonObject } from '@keelson/testing';
import { object } from './objects.js';
import { admit, deny, type AdmissionCase, type Asker } from './tried.js';

/** The tenant's deployer. */
export const PIPELINE: Asker = { user: 'pipeline', groups: ['system:authenticated'] };

const by = PIPELINE;
const namespace = (name: string, podLabels?: JsonObject): JsonObject => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } }, ...(podLabels === undefined ? {} : { podSelector: { matchLabels: podLabels } }),
});
const policy = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => object('NetworkPolicy', { podSelector: { matchLabels: { app: 'web' } }, ...spec }, metadata);
const ingress = (...rules: JsonObject[]): JsonObject => policy({ policyTypes: ['Ingress'], ingress: rules });
const egress = (...rules: JsonObject[]): JsonObject => policy({ policyTypes: ['Egress'], egress: rules });
const block = (cidr: string, ...except: string[]): JsonObject => ({ ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) } });
const port = (number: number | string, protocol = 'TCP'): JsonObject => ({ port: number, protocol });
const database = [port(5432)];
const dns = [port(53), port(53, 'UDP')];
const OPENS = /must open nothing but pods of its own namespace, and what the tenant's own policy opens, on the same ports, got /;
const EVERYBODY = /each rule must name its peers, or it is open to everybody, got /;

/** What a deployer's network policies may open. */
export const NETWORK_CASES: readonly AdmissionCase[] = [
  admit('policy that closes', policy({ policyTypes: ['Ingress', 'Egress'] }), { by }),
  admit('policy from own pods', ingress({ from: [{ podSelector: {} }], ports: [port(8080)] }), { by }),
  admit('policy from its own namespace by name', ingress({ from: [namespace('shop')] }), { by }),
  admit('policy from the gateway', ingress({ from: [namespace('gateway-system', { app: 'envoy' })], ports: [port(8080)] }), { by }),
  admit('policy from monitoring', ingress({ from: [namespace('monitoring', { 'app.kubernetes.io/name': 'prometheus' })], ports: [port('metrics')] }), { by }),
  deny('policy from all pods of monitoring', ingress({ from: [namespace('monitoring')], ports: [port(9090)] }), OPENS, { by }),
  deny('policy from everybody: no from', ingress({ ports: [port(8080)] }), EVERYBODY, { by }),
  deny('policy from everybody: an empty rule', ingress({}), EVERYBODY, { by }),
  deny('policy from everybody: an empty from', ingress({ from: [] }), EVERYBODY, { by }),
  deny('policy from all namespaces', ingress({ from: [{ namespaceSelector: {} }] }), OPENS, { by }),
  deny('policy from namespaces by a label that anybody may have', ingress({ from: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }] }), OPENS, { by }),
  deny('policy from another tenant', ingress({ from: [namespace('bank')] }), /got ingress:bank\/pods/, { by }),
  deny('policy from another tenant beside own pods', ingress({ from: [{ podSelector: {} }, namespace('bank')] }), /got ingress:bank\/pods/, { by }),
  deny('policy from another tenant in a second rule', ingress({ from: [{ podSelector: {} }] }, { from: [namespace('bank')] }), /got ingress:bank\/pods/, { by }),
  deny('policy from an address', ingress({ from: [block('0.0.0.0/0')] }), /got ingress:0\.0\.0\.0\/0/, { by }),
  admit('policy from a namespace that the tenant opens', ingress({ from: [namespace('orders')], ports: [port(8080)] }), { by }),
  deny('policy from it on other ports', ingress({ from: [namespace('orders')], ports: [port(8081)] }), OPENS, { by }),
  deny('policy from it on all ports', ingress({ from: [namespace('orders')] }), OPENS, { by }),
  deny('policy from it on a range of ports', ingress({ from: [namespace('orders')], ports: [{ port: 8080, endPort: 8090 }] }), OPENS, { by }),
  deny('policy from it on a named port', ingress({ from: [namespace('orders')], ports: [port('http')] }), OPENS, { by }),
  deny('policy from it by another protocol', ingress({ from: [namespace('orders')], ports: [port(8080, 'UDP')] }), OPENS, { by }),
  admit('policy to DNS', egress({ to: [namespace('kube-system', { 'k8s-app': 'kube-dns' }), block('169.254.20.10/32')], ports: dns }), { by }),
  deny('policy to all of kube-system', egress({ to: [namespace('kube-system')], ports: dns }), OPENS, { by }),
  deny('policy to DNS on all ports', egress({ to: [namespace('kube-system', { 'k8s-app': 'kube-dns' })] }), OPENS, { by }),
  deny('policy to the metadata service on its port', egress({ to: [block('169.254.169.254/32')], ports: [port(80)] }), OPENS, { by }),
  deny('policy to everybody', egress({ ports: database }), EVERYBODY, { by }),
  admit('policy to an address that the tenant opens', egress({ to: [block('198.51.100.7/32')], ports: database }), { by }),
  admit('policy to all that the tenant opens', egress({ to: [block('198.51.100.0/24', '198.51.100.128/25')], ports: database }), { by }),
  admit('policy to less than the tenant opens', egress({ to: [block('198.51.100.0/24', '198.51.100.64/26', '198.51.100.128/25')], ports: database }), { by }),
  deny('policy to what the tenant takes out', egress({ to: [block('198.51.100.129/32')], ports: database }), OPENS, { by }),
  deny('policy to a block without what the tenant takes out', egress({ to: [block('198.51.100.0/24')], ports: database }), OPENS, { by }),
  deny('policy to a block that takes out less', egress({ to: [block('198.51.100.0/24', '198.51.100.128/26')], ports: database }), OPENS, { by }),
  deny('policy to a wider block', egress({ to: [block('198.51.0.0/16')], ports: database }), OPENS, { by }),
  deny('policy to the internet', egress({ to: [block('0.0.0.0/0', '10.0.0.0/8')], ports: database }), OPENS, { by }),
  deny('policy to the internet in IPv6', egress({ to: [block('::/0')], ports: database }), OPENS, { by }),
  admit('policy to the API server', egress({ to: [block('192.0.2.0/24')], ports: [port(6443)] }), { by }),
  deny('policy to nodes', egress({ to: [block('192.0.2.0/24')], ports: [port(10250)] }), OPENS, { by }),
  deny('policy that is changed', ingress({ from: [{ podSelector: {} }] }), OPENS, { by, patch: { spec: { ingress: [{ from: [namespace('bank')] }] } } }),
  admit('policy of the platform', ingress({ from: [namespace('bank')] })),
  admit('policy that is taken away', ingress({ from: [{ podSelector: {} }] }), { by, removes: true }),
  deny("the tenant's own policy taken away", policy({}, { name: 'tenant' }), /must be left to the platform, got delete of NetworkPolicy tenant/, { by, removes: true }),
  deny("the tenant's own policy changed", policy({}, { name: 'tenant' }), /must be left to the platform, got update of NetworkPolicy tenant/, { by, patch: { spec: { podSelector: { matchLabels: { app: 'none' } } } } }),
  admit("the tenant's own policy changed by the platform", policy({}, { name: 'tenant' }), { patch: { metadata: { labels: { reviewed: 'true' } } } }),
];
