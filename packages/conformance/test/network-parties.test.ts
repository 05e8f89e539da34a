import type { JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import { impostors, solversBeside, strangersBeside, workloadPods } from '../src/network/app-pods.js';
import { gridsOf } from '../src/network/grids.js';
import { pod, type Party } from '../src/network/party.js';
import { withPeersOfRules } from '../src/network/rule-peers.js';
import { EVERYWHERE, proxiesOf } from '../src/network/surroundings.js';

const template = (labels: Record<string, string>, spec: JsonObject = {}): JsonObject => ({ metadata: { labels }, spec: { containers: [{ name: 'a' }], ...spec } });
const workload = (kind: string, name: string, spec: JsonObject): JsonObject =>
  ({ apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1', kind, metadata: { name, namespace: 'shop' }, spec });
const web = workload('Deployment', 'web', { template: template({ app: 'web' }, { containers: [{ name: 'a', ports: [{ containerPort: 8080, name: 'http' }, { containerPort: 53, protocol: 'UDP' }] }] }) });
const policy = (spec: JsonObject): JsonObject => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'web', namespace: 'shop' }, spec });
const egress = (peer: JsonObject, ...ports: JsonObject[]): JsonObject => policy({ egress: [{ to: [peer], ports }] });
const names = (parties: readonly Party[]) => parties.map(({ name }) => name);
const added = (peer: JsonObject, ...ports: JsonObject[]) => withPeersOfRules([egress(peer, ...ports)], EVERYWHERE).slice(EVERYWHERE.length);

test.each<[string, JsonObject]>([
  ['Deployment', web],
  ['CronJob', workload('CronJob', 'web', { jobTemplate: { spec: { template: template({ app: 'web' }) } } })],
  ['Pod', { apiVersion: 'v1', kind: 'Pod', ...template({ app: 'web' }), metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } } }],
])('the pods of a %s are in the table by its name', (_kind, object) => {
  expect(workloadPods([object]).map(({ name, pods }) => ({ name, pods }))).toEqual([{ name: 'web', pods: [pod('shop', { app: 'web' })] }]);
});

test('a workload has every port that its containers declare', () => {
  expect(workloadPods([web])[0]?.ports).toEqual([{ number: 8080, protocol: 'TCP', name: 'http' }, { number: 53, protocol: 'UDP' }]);
});

test('the port of a sidecar among the init containers counts', () => {
  const spec = { initContainers: [{ name: 'setup', ports: [{ containerPort: 99 }] }, { name: 'a', restartPolicy: 'Always', ports: [{ containerPort: 9100 }] }] };
  expect(workloadPods([workload('StatefulSet', 'db', { template: template({}, spec) })])[0]?.ports).toEqual([{ number: 9100, protocol: 'TCP' }]);
});

test('workloads of one name are told apart by kind', () => {
  expect(names(workloadPods([web, workload('Job', 'web', { template: template({}) })]))).toEqual(['Deployment shop/web', 'Job shop/web']);
});

test('pods on the node\'s network are an address, since no policy applies to them', () => {
  const [agent] = workloadPods([workload('DaemonSet', 'agent', { template: template({}, { hostNetwork: true }) })]);
  expect(agent).toMatchObject({ name: 'agent (host network)', ip: '172.18.0.3', pods: [] });
});

test('pods have the labels of the namespace that the app makes', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'blue' } } };
  expect(workloadPods([namespace, web])[0]?.pods[0]?.namespaceLabels).toEqual({ 'team': 'blue', 'kubernetes.io/metadata.name': 'shop' });
});

test('each namespace has a stranger, and elsewhere is somebody with the labels of the app\'s pods', () => {
  const workloads = workloadPods([web]);
  expect(strangersBeside([web], workloads).map(({ pods }) => pods)).toEqual([[pod('shop', { app: 'stranger' })]]);
  expect(impostors(workloads).pods).toEqual([pod('elsewhere', { app: 'web' })]);
});

test('who answers challenges is beside the certificates that are issued', () => {
  const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'web', namespace: 'shop' } };
  expect(solversBeside([web])).toEqual([]);
  expect(solversBeside([web, certificate, certificate]).map(({ name, pods, ports }) => ({ name, pods, ports }))).toEqual([{
    name: 'ACME solver in shop', pods: [pod('shop', { 'acme.cert-manager.io/http01-solver': 'true' })], ports: [{ number: 8089, protocol: 'TCP' }],
  }]);
});

test('the proxies are those of the app\'s routes and Ingresses, with another pod beside each', () => {
  const route = { kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'shop' }, spec: { parentRefs: [{ name: 'edge', namespace: 'gateways' }, { kind: 'ListenerSet', name: 'web' }] } };
  const ingress = { kind: 'Ingress', metadata: { name: 'web', namespace: 'shop' }, spec: { ingressClassName: 'nginx' } };
  expect(names(proxiesOf([route, route, ingress]))).toEqual(['Gateway gateways/edge', 'another pod in gateways', 'Ingress controller nginx', 'another pod in ingress-nginx']);
});

test('an ingress class whose pods aren\'t known fails', () => {
  expect(() => proxiesOf([{ kind: 'Ingress', metadata: { name: 'web' }, spec: { ingressClassName: 'haproxy' } }]))
    .toThrow('the pods of ingress class haproxy aren\'t known: name them in network/surroundings.ts');
});

test.each<[string, JsonObject, string[]]>([
  ['an address in the block of nobody', { ipBlock: { cidr: '192.0.2.0/24' } }, ['192.0.2.1 of 192.0.2.0/24']],
  ['a single address', { ipBlock: { cidr: '192.0.2.7/32' } }, ['192.0.2.7']],
  ['an IPv6 block', { ipBlock: { cidr: '2001:db8::/64' } }, ['2001:db8::1 of 2001:db8::/64']],
  ['nobody, where an address in the block is in the table', { ipBlock: { cidr: '10.0.0.0/8' } }, []],
  ['somebody, where that address is an exception', { ipBlock: { cidr: '1.1.1.0/24', except: ['1.1.1.1/32'] } }, ['1.1.1.1 of 1.1.1.0/24']],
  ['pods by label in the policy\'s namespace', { podSelector: { matchLabels: { app: 'cache' } } }, ['app=cache in shop']],
  ['any pod of a namespace', { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'billing' } } }, ['any pod in billing']],
  ['pods of namespaces by label', { namespaceSelector: { matchLabels: { team: 'blue' } } }, ['any pod in a namespace with team=blue']],
  ['pods by expression', { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }, { key: 'x', operator: 'Exists' }] } }, ['app=a, x=any in shop']],
  ['nobody, where such pods are in the table', { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }, podSelector: {} }, []],
])('a rule brings %s into the table', (_title, peer, parties) => {
  expect(names(added(peer))).toEqual(parties);
});

test('a rule\'s ports are asked for of its peers and of the internet', () => {
  const [billing] = added({ podSelector: { matchLabels: { app: 'billing' } } }, { port: 8000, endPort: 8010 }, { port: 53, protocol: 'UDP' }, { port: 'http' });
  expect(billing?.ports).toEqual([{ number: 8000, protocol: 'TCP' }, { number: 8010, protocol: 'TCP' }, { number: 53, protocol: 'UDP' }]);
  const internet = withPeersOfRules([egress({ podSelector: {} }, { port: 587 })], EVERYWHERE).find(({ ip }) => ip === '1.1.1.1');
  expect(internet?.ports.map(({ number }) => number)).toEqual([443, 25, 587]);
});

test('there is a question for each source and port, with labels, namespace and port name as cyclonus reads them', () => {
  const [into, beyond] = gridsOf([web]);
  expect(into?.columns).toEqual(['web 8080', 'web 53/UDP', 'web any other', 'another pod in shop 8080', 'another pod in shop any other']);
  expect(beyond?.columns).toEqual(['web', 'another pod in shop']);
  expect(into?.rows[1]?.cells[0]).toEqual([{
    Source: { Internal: { PodLabels: { app: 'stranger' }, NamespaceLabels: { 'kubernetes.io/metadata.name': 'shop' }, Namespace: 'shop' }, IP: '10.244.2.1' },
    Destination: { Internal: { PodLabels: { app: 'web' }, NamespaceLabels: { 'kubernetes.io/metadata.name': 'shop' }, Namespace: 'shop' }, IP: '10.244.1.1' },
    Protocol: 'TCP',
    ResolvedPort: 8080,
    ResolvedPortName: 'http',
  }]);
});

test('the undeclared port is one that nobody declares', () => {
  const taken = workload('Deployment', 'web', { template: template({}, { containers: [{ name: 'a', ports: [{ containerPort: 9999 }] }] }) });
  expect(gridsOf([taken])[0]?.rows[0]?.cells.map(([traffic]) => traffic?.ResolvedPort)).toEqual([9999, 9998, 8080, 9999]);
});

test('what has no pods has no table', () => {
  expect(gridsOf([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }])).toEqual([]);
});
