import { describe, expect, test } from 'vitest';
import { Peer, Port, SelectorlessService, Service, ServiceBackend } from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

const gateway = Peer.namespace('gateway-system');
const web = { ports: [Port.tcp(8080)] };

describe('S1 connections.letIn', () => {
  test('is the same as from where a policy of this app selects the pods, of a Service too', () => {
    const policyOf = (connect: (server: Server, service: Service) => void) => {
      const chart = charted();
      const server = new Server(chart, 'web');
      connect(server, new Service(chart, 'front', { backends: [server] }));
      return named(accepted(chart), 'NetworkPolicy', 'web').spec.ingress;
    };
    const expected = policyOf(server => server.connections.from(gateway, web));
    expect(JSON.stringify(expected)).toContain('gateway-system');
    expect(policyOf(server => server.connections.letIn(gateway, web))).toEqual(expected);
    expect(policyOf((_, service) => service.connections.letIn(gateway))).toEqual(expected);
  });

  test('does nothing where none does: no policy is ours to change', () => {
    const chart = charted();
    const legacy = ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [{ number: 8080, name: 'http' }] });
    new Service(chart, 'front', { backends: [legacy] }).connections.letIn(gateway, web);
    new SelectorlessService(chart, 'db', { addresses: ['203.0.113.7'], ports: [{ number: 5432 }] }).connections.letIn(gateway, web);
    expect(mistakes(chart)).toEqual([]);
  });
});
