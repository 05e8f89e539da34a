import { NamespaceConnections, Peer, Port, Task } from '../../src';
import { Construct } from 'constructs';
import { specimen } from './specimen';

const image = 'registry.example.com/shop/report:1.4.0';

export const isolated = specimen({
  title: 'core-namespace-connections',
  shows: [
    'NetworkPolicy/isolation spec.podSelector = {}', 'NetworkPolicy/isolation metadata.labels = { team: shop }',
    'NetworkPolicy/isolation spec.ingress[0].from[1].namespaceSelector.matchLabels["kubernetes.io/metadata.name"] = monitoring',
    'NetworkPolicy/isolation spec.egress[1].ports[0].port = 443',
  ],
  define: (chart) => {
    const own = new NamespaceConnections(chart, { name: 'isolation', labels: { team: 'shop' }, allowWithin: true, denyDns: true });
    own.allowNamespace('monitoring');
    own.to(Peer.cidr('192.0.2.0/24'), { ports: [Port.tcp(443)] });
    new Task(chart, 'report', { image });
  },
});

export const closed = specimen({
  title: 'core-namespace-closed',
  shows: ['NetworkPolicy/closed spec.ingress is absent', 'NetworkPolicy/closed spec.egress[0].ports[0].port = 53', 'NetworkPolicy/closed spec.policyTypes = [Ingress, Egress]'],
  define: (chart) => {
    new NamespaceConnections(new Construct(chart, 'closed'));
    new Task(chart, 'report', { image });
  },
});
