import { Cni, NetworkPolicyApi, Peer, Port, Protocol } from '@keelson/core';
import { before, since } from '@keelson/testing/specimen';
import { NetworkBaseline, NetworkGuard, Quota, Workspace } from '../../src';
import { specimen, tenant } from './specimen';

const networkPolicyApi = NetworkPolicyApi.of('0.2');
const refused = [before('1.31', 'KEELSON1192')];

export const guard = specimen({
  title: 'tenancy-network-guard',
  cluster: { networkPolicyApi },
  refused,
  shows: [since('1.31',
    'ClusterNetworkPolicy spec.tier = Admin', 'ClusterNetworkPolicy spec.priority = 300',
    'ClusterNetworkPolicy spec.subject = { namespaces: { matchLabels: { kubernetes.io/metadata.name: tenancy-network-guard-shop } } }',
    'ClusterNetworkPolicy spec.ingress has { name: others, action: Deny }', 'ClusterNetworkPolicy spec.egress has { name: metadata, action: Deny }')],
  define: (chart) => {
    const shop = tenant(chart, 'shop', { networkGuard: NetworkGuard.of({ priority: 300 }) });
    shop.connections.from(Peer.namespace('partner'), { ports: [Port.tcp(8080)] });
    shop.connections.from(Peer.namespaceLabels({ team: 'blue' }), { ports: [Port.range(Protocol.UDP, 7000, 7100)] });
    shop.networkGuard?.metadata.addLabel('team', 'platform');
  },
});

export const metadata = specimen({
  title: 'tenancy-network-guard-metadata',
  cluster: { networkPolicyApi },
  refused,
  shows: [since('1.31', 'ClusterNetworkPolicy spec.egress is absent')],
  define: (chart) => {
    const acme = new Workspace(chart.node.root, `${chart.node.id}-acme`, { networkGuard: NetworkGuard.of({ unsafeAllowMetadata: true }) });
    acme.tenant(`${chart.node.id}-shop`, { quota: Quota.small() });
  },
});

export const calico = specimen({
  title: 'tenancy-network-guard-calico',
  cluster: { cni: Cni.CALICO },
  shows: [
    'GlobalNetworkPolicy spec.tier = tenancy-network-guard-calico-first', 'GlobalNetworkPolicy spec.order = 500',
    'GlobalNetworkPolicy spec.ingress has { action: Deny }', 'GlobalNetworkPolicy spec.egress has { action: Pass }',
  ],
  define: (chart) => {
    tenant(chart, 'shop', { networkGuard: NetworkGuard.of({ calicoTier: `${chart.node.id}-first` }) });
  },
});

export const baseline = specimen({
  title: 'tenancy-network-baseline',
  cluster: { networkPolicyApi },
  refused,
  shows: [since('1.31',
    'ClusterNetworkPolicy spec.tier = Baseline', 'ClusterNetworkPolicy spec.priority = 900', 'ClusterNetworkPolicy metadata.name = tenancy-network-baseline-closed',
    'ClusterNetworkPolicy spec.ingress has { name: pods, action: Deny }', 'ClusterNetworkPolicy spec.egress has { name: everything, action: Deny }')],
  define: (chart) => {
    const { policy } = new NetworkBaseline(chart, 'baseline', { exceptNamespaces: ['cert-manager'], name: `${chart.node.id}-closed`, priority: 900 });
    policy?.metadata.addLabel('team', 'platform');
  },
});

export const calicoBaseline = specimen({
  title: 'tenancy-network-baseline-calico',
  cluster: { cni: Cni.CALICO },
  shows: ['GlobalNetworkPolicy spec.tier = tenancy-network-baseline-calico-last', 'GlobalNetworkPolicy spec.egress has { action: Allow }', 'GlobalNetworkPolicy spec.ingress has { action: Deny }'],
  define: (chart) => {
    new NetworkBaseline(chart, 'baseline', { exceptNamespaces: [], calicoTier: `${chart.node.id}-last` });
  },
});
