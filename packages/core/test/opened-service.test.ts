import { reachability } from '@keelson/testing';
import { App, Chart, Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { Service, ServiceType, TrafficPolicy } from '../src';
import { Server } from './specimens/server';

test('N4: one Service open to the outside, and nothing else of its namespace', () => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const [front] = ['front', 'orders'].map(id => new Server(chart, id));
  new Service(chart, 'public', {
    backends: [front!], type: ServiceType.loadBalancer({ externalTrafficPolicy: TrafficPolicy.LOCAL, sourceRanges: ['203.0.113.0/24'] }),
  });
  type Rendered = { kind: string; metadata: { name: string }; spec: { policyTypes: unknown; ingress?: unknown } };
  const objects = Testing.synth(chart) as Rendered[];
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata: { name }, spec: { policyTypes, ingress } }) => [name, policyTypes, ingress]);
  expect(policies).toEqual([
    ['front', ['Ingress', 'Egress'], [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 8080, protocol: 'TCP' }] }]],
    ['orders', ['Ingress', 'Egress'], [{ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'orders' } } }], ports: [{ port: 8080, protocol: 'TCP' }] }]],
  ]);
  const network = reachability(objects, { outside: { office: '203.0.113.0/24', internet: '1.1.1.1' } });
  expect(network.matrix().toMarkdown()).toBe([
    '| from | shop/front 8080 | shop/front any other | shop/orders 8080 | shop/orders any other | office any other | internet any other |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| shop/front | no | no | no | no | no (out) | no (out) |',
    '| shop/orders | no | no | no (out) | no | no (out) | no (out) |',
    '| office | yes | no (in) | no (in) | no (in) | – | – |',
    '| internet | no (in) | no (in) | no (in) | no (in) | – | – |',
    '',
  ].join('\n'));
});
