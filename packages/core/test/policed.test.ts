import { expect, test } from 'vitest';
import { ExternalNameService, ExternalNameTarget, Peer, SelectorlessService, Service, ServiceBackend } from '../src';
import { charted, Server } from './server';

test('S1 whether policies of this app decide who may connect is known of all ends', () => {
  const chart = charted();
  const server = new Server(chart, 'web');
  const front = new Service(chart, 'front', { backends: [server] });
  expect([server, front].map(({ connections }) => connections.arePoliced)).toEqual([true, true]);
  const legacy = ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [{ number: 8080, name: 'http' }] });
  expect([
    new Service(chart, 'legacy', { backends: [legacy] }), new SelectorlessService(chart, 'db', { addresses: ['203.0.113.7'], ports: [{ number: 5432 }] }),
    new ExternalNameService(chart, 'mail', { target: ExternalNameTarget.host('mail.example.com') }), Peer.anywhere(),
  ].map(({ connections }) => connections.arePoliced)).toEqual([false, false, false, false]);
});
