import type { JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import { slugsTwice } from '../src/edge/applied.js';
import { CASES } from '../src/edge/cases/index.js';
import { certificatesOf, endpointSlices, hostsOf, routed } from '../src/edge/placed.js';
import { render } from '../src/edge/rendered.js';
import { TARGETS } from '../src/edge/targets.js';
import { traefikFlags, traefikVersion } from '../src/edge/traefik.js';

const metadata = { name: 'shop', namespace: 'a' };
const containers = [{ name: 'shop', ports: [{ name: 'http', containerPort: 8080 }] }];
const deployment: JsonObject = { kind: 'Deployment', metadata, spec: { template: { metadata: { labels: { app: 'shop' } }, spec: { containers } } } };
const other: JsonObject = {
  kind: 'Deployment', metadata: { name: 'other', namespace: 'a' },
  spec: { template: { metadata: { labels: { app: 'other' } }, spec: { containers: [{ name: 'other', ports: [{ name: 'http', containerPort: 4180 }] }] } } },
};
const service: JsonObject = {
  kind: 'Service', metadata,
  spec: { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 'http', appProtocol: 'http' }, { port: 9000, targetPort: 9000, protocol: 'TCP' }] },
};
const route: JsonObject = { kind: 'HTTPRoute', metadata, spec: { hostnames: ['b.example.com', 'a.example.com'] } };

test('what is applied is as rendered, but for pods and what would find them', () => {
  expect(routed([deployment, service, route])).toEqual([
    { kind: 'Service', metadata, spec: { ports: (service.spec as JsonObject).ports } }, route,
  ]);
});

test('no node leads to the address of a Service', () => {
  const spec = (service: JsonObject): JsonObject => ({ kind: 'Middleware', metadata, spec: { errors: { status: ['401'], service } } });
  expect(routed([spec({ name: 'shop', nativeLB: true }), { kind: 'Middleware', metadata, spec: { compress: {} } }])).toEqual([
    spec({ name: 'shop' }), { kind: 'Middleware', metadata, spec: { compress: {} } },
  ]);
});

test('a Service leads to two endpoints, at the ports of the containers', () => {
  let next = 0;
  const [slice] = endpointSlices([other, deployment, service], (app) => `${app}-${next += 1}`);
  expect(slice).toMatchObject({
    metadata: { name: 'shop-back-end', namespace: 'a', labels: { 'kubernetes.io/service-name': 'shop' } },
    endpoints: [{ addresses: ['shop-1'] }, { addresses: ['shop-2'] }],
    ports: [{ name: 'http', port: 8080, protocol: 'TCP', appProtocol: 'http' }, { name: '', port: 9000, protocol: 'TCP' }],
  });
});

test('certificates are those that cert-manager would issue', () => {
  const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata, spec: { secretName: 'shop-tls', dnsNames: ['a.example.com'] } };
  expect(certificatesOf([service, certificate])).toEqual([{ namespace: 'a', secretName: 'shop-tls', hosts: ['a.example.com'] }]);
});

test('hosts are those of routes, each once', () => {
  expect(hostsOf([route, route, service])).toEqual(['a.example.com', 'b.example.com']);
});

test('every case has a name of its own, requests that can be told apart, and one host that is no other case\'s', () => {
  expect(slugsTwice(CASES)).toEqual([]);
  expect(slugsTwice([{ id: 'X1 a b' }, { id: 'X1 a-b' }])).toEqual(["two cases have the name 'x1-a-b'"]);
  const repeated = CASES.filter(({ requests }) => new Set(requests.map(({ title }) => title)).size !== requests.length).map(({ id }) => id);
  expect(repeated).toEqual([]);
  const hostsIn = (urls: (string | undefined)[]): Set<string> =>
    new Set(urls.flatMap((url) => url === undefined ? [] : new URL(url).hostname));
  const hosts = CASES.flatMap(({ requests }) => [...hostsIn(requests.map(({ url }) => url))]);
  expect(hosts.filter((host, at) => hosts.indexOf(host) !== at)).toEqual([]);
});

test.each(TARGETS.map((target) => [target.title, target] as const))('%s: what a case does not foresee to be refused is rendered', (_, target) => {
  const wrong = CASES.map((edgeCase) => render(edgeCase, target))
    .filter(({ edgeCase: { refused }, refusal }) => (refusal !== undefined) !== (refused?.includes(target.id) === true)).map(({ edgeCase: { id }, refusal }) => `${id}: ${refusal ?? 'rendered'}`);
  expect(wrong).toEqual([]);
});

test('the proxy listens where nobody else does, and is of the pinned version', () => {
  expect(traefikVersion()).toMatch(/^\d+\.\d+\.\d+$/);
  expect(traefikFlags('127.88.0.1', ['--providers.x'])).toEqual(expect.arrayContaining([
    '--entrypoints.web.address=127.88.0.1:80', '--entrypoints.websecure.address=127.88.0.1:443', '--providers.x',
  ]));
});
