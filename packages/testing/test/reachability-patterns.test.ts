import { expect, test } from 'vitest';
import { reachability } from '../src/index.js';
import '../src/vitest.js';
import { deployment, egress, ingress, labelled, namespace, pod, policy } from './reachability-manifests.js';

const web = deployment('shop/web', ['http 8080']);
const orders = deployment('shop/orders', ['pg 5432']);
const other = deployment('blog/web', ['http 8080']);
const inNamespace = (name: string) => labelled({ 'kubernetes.io/metadata.name': name });

test('N1: pods closed unless the peer carries a label', () => {
  const closed = policy('shop/orders', { podSelector: labelled({ app: 'orders' }), ingress: [{ from: [{ podSelector: labelled({ orders: 'client' }) }], ports: [{ port: 'pg' }] }] });
  const client = deployment('shop/api', [], { labels: { app: 'api', orders: 'client' } });
  const impostor = deployment('blog/api', [], { labels: { app: 'api', orders: 'client' } });
  expect([web, orders, client, impostor, closed]).toHaveReachability(`
    | from    | shop/web 8080 | shop/web any other | shop/orders 5432 | shop/orders any other | shop/api any other | blog/api any other | internet any other |
    | ------------- | ------------- | ------------------ | ---------------- | --------------------- | ------------------ | ------------------ | ------------------ |
    | shop/web      | yes           | yes                | no               | no                    | yes                | yes                | yes                |
    | shop/orders   | yes           | yes                | no               | no                    | yes                | yes                | yes                |
    | shop/api      | yes           | yes                | yes              | no                    | yes                | yes                | yes                |
    | blog/api      | yes           | yes                | no               | no                    | yes                | yes                | yes                |
    | internet      | yes           | yes                | no               | no                    | yes                | yes                | –                  |
  `);
});

test('N2: closed unless the peer\'s namespace carries a label', () => {
  const closed = ingress('shop/members', { from: [{ namespaceSelector: labelled({ workspace: 'retail' }) }] });
  const members = [namespace('blog', { workspace: 'retail' }), namespace('spy', { workspace: 'retail-2' })];
  expect([web, other, deployment('spy/web'), ...members, closed]).toHaveReachability(`
    | from | shop/web 8080 | shop/web any other | blog/web 8080 | blog/web any other | spy/web any other | internet any other |
    | ---------- | ------------- | ------------------ | ------------- | ------------------ | ----------------- | ------------------ |
    | shop/web   | no (in)       | no (in)            | yes           | yes                | yes               | yes                |
    | blog/web   | yes           | yes                | yes           | yes                | yes               | yes                |
    | spy/web    | no (in)       | no (in)            | yes           | yes                | yes               | yes                |
    | internet   | no (in)       | no (in)            | yes           | yes                | yes               | –                  |
  `);
});

test('N3: nothing from other namespaces', () => {
  expect([web, orders, other, ingress('shop/own', { from: [{ podSelector: {} }] })]).toHaveReachability(`
    | from  | shop/web 8080 | shop/web any other | shop/orders 5432 | shop/orders any other | blog/web 8080 | blog/web any other | internet any other |
    | ----------- | ------------- | ------------------ | ---------------- | --------------------- | ------------- | ------------------ | ------------------ |
    | shop/web    | yes           | yes                | yes              | yes                   | yes           | yes                | yes                |
    | shop/orders | yes           | yes                | yes              | yes                   | yes           | yes                | yes                |
    | blog/web    | no            | no                 | no               | no                    | yes           | yes                | yes                |
    | internet    | no            | no                 | no               | no                    | yes           | yes                | –                  |
  `);
});

test('N4: one app open to the outside', () => {
  const open = policy('shop/web', { podSelector: labelled({ app: 'web' }), ingress: [{ ports: [{ port: 'http' }] }] });
  expect([web, orders, ingress('shop/default-deny'), open]).toHaveReachability(`
    | from  | shop/web 8080 | shop/web any other | shop/orders 5432 | shop/orders any other | internet any other |
    | ----------- | ------------- | ------------------ | ---------------- | --------------------- | ------------------ |
    | shop/web    | yes           | no                 | no               | no                    | yes                |
    | shop/orders | yes           | no                 | no               | no                    | yes                |
    | internet    | yes           | no                 | no               | no                    | –                  |
  `);
});

test('N5: open to one block of addresses, with exceptions', () => {
  const open = ingress('shop/office', { from: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.64/26'] } }], ports: [{ port: 8080 }] });
  const outside = { office: '203.0.113.7', guests: '203.0.113.64/26', last: '203.0.113.255', neighbour: '203.0.114.0', ipv6: '2001:db8::7' };
  expect(reachability([web, open], { outside })).toHaveReachability(`
    | from | shop/web 8080 | shop/web any other | office any other | guests any other | last any other | neighbour any other | ipv6 any other |
    | ---------- | ------------- | ------------------ | ---------------- | ---------------- | -------------- | ------------------- | -------------- |
    | shop/web   | no            | no                 | yes              | yes              | yes            | yes                 | yes            |
    | office     | yes           | no                 | –                | –                | –              | –                   | –              |
    | guests     | no            | no                 | –                | –                | –              | –                   | –              |
    | last       | yes           | no                 | –                | –                | –              | –                   | –              |
    | neighbour  | no            | no                 | –                | –                | –              | –                   | –              |
    | ipv6       | no            | no                 | –                | –                | –              | –                   | –              |
  `);
});

test('N6: default deny, both ways, DNS still works', () => {
  const dns = [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }];
  const policies = [
    policy('shop/default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    egress('shop/dns',
      { to: [{ namespaceSelector: inNamespace('kube-system'), podSelector: labelled({ 'k8s-app': 'kube-dns' }) }], ports: dns },
      { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: dns }),
  ];
  const coredns = pod('kube-system/coredns', ['dns 53/UDP', 'dns-tcp 53', 'metrics 9153'], { 'k8s-app': 'kube-dns' });
  const network = reachability([web, coredns, ...policies], { outside: { cache: '169.254.20.10', metadata: '169.254.169.254' } });
  expect(network).toHaveReachability(`
    | from          | shop/web 8080 | shop/web any other | kube-system/coredns 53/UDP | kube-system/coredns 53 | kube-system/coredns 9153 | kube-system/coredns any other | cache 53/UDP | cache 53 | cache any other | metadata any other |
    | ------------------- | ------------- | ------------------ | -------------------------- | ---------------------- | ------------------------ | ----------------------------- | ------------ | -------- | --------------- | ------------------ |
    | shop/web            | no            | no                 | yes                        | yes                    | no (out)                 | no (out)                      | yes          | yes      | no (out)        | no (out)           |
    | kube-system/coredns | no (in)       | no (in)            | yes                        | yes                    | yes                      | yes                           | yes          | yes      | yes             | yes                |
    | cache               | no (in)       | no (in)            | yes                        | yes                    | yes                      | yes                           | –            | –        | –               | –                  |
    | metadata            | no (in)       | no (in)            | yes                        | yes                    | yes                      | yes                           | –            | –        | –               | –                  |
  `);
});

test('N1–N6: of two tenants neither gets in by labels on its pods and its namespace', () => {
  const tenant = (name: string, neighbour: string) => [
    // Each says of itself what the other one is, but for the one label that the API server sets.
    namespace(name, { 'tenant': neighbour, 'kubernetes.io/metadata.name': neighbour }),
    deployment(`${name}/api`, ['http 8080'], { labels: { app: 'api', tenant: neighbour } }),
    policy(`${name}/isolation`, {
      podSelector: {}, policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ namespaceSelector: inNamespace(name) }] }],
      egress: [{ to: [{ namespaceSelector: inNamespace(name) }] }],
    }),
    // What a hostile neighbour would add opens its own side alone.
    policy(`${name}/open`, { podSelector: {}, policyTypes: ['Egress'], egress: [{}] }),
  ];
  expect([...tenant('red', 'blue'), ...tenant('blue', 'red')]).toHaveReachability(`
    | from | red/api 8080 | red/api any other | blue/api 8080 | blue/api any other | internet any other |
    | ---------- | ------------ | ----------------- | ------------- | ------------------ | ------------------ |
    | red/api    | yes          | yes               | no (in)       | no (in)            | yes                |
    | blue/api   | no (in)      | no (in)           | yes           | yes                | yes                |
    | internet   | no (in)      | no (in)           | no (in)       | no (in)            | –                  |
  `);
});
