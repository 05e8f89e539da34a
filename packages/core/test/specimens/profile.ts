import { Duration, Size } from 'cdk8s';
import {
  ApiServer, Cidr, ClusterProfile, Cni, DnsResolver, EnvValue, Monitoring, Peer, PersistentVolumeClaim, Port, PreStop, PriorityClass,
  Secret, Volume,
} from '../../src';
import { before, since } from '@keelson/testing/specimen';
import { Server } from './server';
import { specimen } from './specimen';

const POD = 'Deployment spec.template.spec';
const namespace = (name: string) => `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`;

export const kind = specimen({
  title: 'core-profile-kind',
  cluster: props => ClusterProfile.kind(props),
  shows: [
    `NetworkPolicy spec.egress[0].to = [{ ${namespace('kube-system')}, podSelector: { matchLabels: { k8s-app: kube-dns } } }]`,
    'PersistentVolumeClaim spec.storageClassName is absent',
  ],
  define: (chart) => {
    const orders = new PersistentVolumeClaim(chart, 'orders', { size: Size.gibibytes(1) });
    new Server(chart, 'checkout', { volumes: { '/srv/orders': Volume.fromClaim(orders) } });
  },
});

export const ofAChart = specimen({
  title: 'core-profile-of-a-chart',
  shows: [
    'Deployment/checkout spec.template.spec.priorityClassName is absent',
    'Deployment/search spec.template.spec.priorityClassName = core-profile-of-a-chart-batch',
  ],
  define: (chart, more) => {
    new Server(chart, 'checkout');
    const batch = more('batch');
    ClusterProfile.kubernetes({ version: '1.27', priorityClass: PriorityClass.fromPriorityClassName('core-profile-of-a-chart-batch') }).applyTo(batch);
    new Server(batch, 'search');
  },
});

export const dnsResolvers = specimen({
  title: 'core-profile-dns',
  cluster: {
    dnsResolvers: [
      DnsResolver.kubeDns(), DnsResolver.nodeLocal(), DnsResolver.nodeLocalPods(), DnsResolver.cloudMetadata(),
      DnsResolver.inPods({ namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } }, 5353),
      DnsResolver.atAddress('192.0.2.53'),
    ],
  },
  shows: [
    `NetworkPolicy spec.egress has { to: [{ ${namespace('kube-system')}, podSelector: { matchLabels: { k8s-app: kube-dns } } }] }`,
    `NetworkPolicy spec.egress has { to: [{ ${namespace('kube-system')}, podSelector: { matchLabels: { k8s-app: node-local-dns } } }] }`,
    ...['169.254.20.10/32', '169.254.169.254/32', '192.0.2.53/32'].map(cidr => `NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: ${cidr} } }], ports: [{ port: 53, protocol: UDP }] }`),
    `NetworkPolicy spec.egress has { to: [{ ${namespace('openshift-dns')} }], ports: [{ port: 5353, protocol: TCP }, { port: 5353, protocol: UDP }] }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout');
  },
});

export const networks = specimen({
  title: 'core-profile-networks',
  cluster: { cni: Cni.AWS_VPC, podCidrs: ['10.1.0.0/16'], serviceCidrs: ['172.20.0.0/16'], nodeCidrs: ['10.2.0.0/24'] },
  shows: [
    // Of the tenth address of the Services, which kubeadm gives to DNS.
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 172.20.0.10/32 } }], ports: [{ port: 53, protocol: UDP }] }',
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 10.2.0.0/24 } }, { ipBlock: { cidr: 172.20.0.0/16 } }], ports: [{ port: 443, protocol: TCP }, { port: 6443, protocol: TCP }] }',
  ],
  define: (chart) => {
    const { connections } = new Server(chart, 'operator');
    connections.to(Peer.apiServer());
    connections.to(Peer.internet(), { ports: [Port.tcp(8443)] });
  },
});

export const apiServer = specimen({
  title: 'core-profile-api-server',
  cluster: { apiServer: ApiServer.at([Cidr.host('10.0.0.10').text], 8443) },
  shows: ['NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 10.0.0.10/32 } }], ports: [{ protocol: TCP, port: 8443 }] }'],
  define: (chart) => {
    new Server(chart, 'operator').connections.to(Peer.apiServer());
  },
});

export const apiServerAnywhere = specimen({
  title: 'core-profile-api-server-anywhere',
  cluster: { apiServer: ApiServer.anywhere() },
  shows: [
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 0.0.0.0/0 } }, { ipBlock: { cidr: "::/0" } }], ports: [{ protocol: TCP, port: 443 }, { protocol: TCP, port: 6443 }] }',
  ],
  define: (chart) => {
    new Server(chart, 'operator').connections.to(Peer.apiServer());
  },
});

const plugin = (title: string, cni: Cni, warns: string[] = []) => specimen({
  title,
  cluster: { cni },
  shows: ['NetworkPolicy spec.policyTypes = [Ingress, Egress]', 'NetworkPolicy spec.egress has { ports: [{ protocol: TCP, port: 6443 }] }'],
  warns,
  define: (chart) => {
    new Server(chart, 'operator').connections.to(Peer.apiServer());
  },
});

export const unspecified = plugin('core-profile-cni-unspecified', Cni.UNSPECIFIED);
export const calico = plugin('core-profile-cni-calico', Cni.CALICO);
export const antrea = plugin('core-profile-cni-antrea', Cni.ANTREA);
export const kindnet = plugin('core-profile-cni-kindnet', Cni.KINDNET);
export const kubeRouter = plugin('core-profile-cni-kube-router', Cni.KUBE_ROUTER);
// It enforces no policy.
export const flannel = plugin('core-profile-cni-flannel', Cni.FLANNEL, ['KEELSON1367']);
// A rule for an address reaches no node there, where the API server is.
export const other = plugin('core-profile-cni-other', Cni.of({
  name: 'Other', enforcesNetworkPolicies: true, matchesServiceAddresses: false, matchesNodeAddresses: false,
}), ['KEELSON1368']);

export const images = specimen({
  title: 'core-profile-images',
  cluster: {
    imageMirrors: [{ registry: 'docker.io', mirror: 'registry.example.com/docker-hub' }],
    imagePullSecrets: [Secret.fromSecretName('registry-login')],
    helperImages: { wait: 'registry.example.com/platform/wait:1.0.0' },
  },
  shows: [`${POD}.containers[0].image = "registry.example.com/docker-hub/library/redis:7.4.1"`, `${POD}.imagePullSecrets = [{ name: registry-login }]`],
  define: (chart) => {
    new Server(chart, 'cache', { image: 'redis:7.4.1' });
  },
});

export const priorityClass = specimen({
  title: 'core-profile-priority',
  cluster: { priorityClass: PriorityClass.fromPriorityClassName('core-profile-priority-standard') },
  shows: [`${POD}.priorityClassName = core-profile-priority-standard`],
  define: (chart) => {
    new Server(chart, 'checkout');
  },
});

export const drain = specimen({
  title: 'core-profile-drain',
  cluster: { loadBalancerDrain: Duration.seconds(60) },
  shows: [
    since('1.30', `${POD}.containers[0].lifecycle.preStop.sleep.seconds = 60`),
    before('1.30', `${POD}.containers[0].lifecycle.preStop.exec.command = [sleep, "60"]`),
    `${POD}.terminationGracePeriodSeconds = 90`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', { preStop: PreStop.drain({ fallbackCommand: ['sleep', '60'] }) });
  },
});

export const storage = specimen({
  title: 'core-profile-storage',
  cluster: {
    storageClasses: [
      { name: 'core-profile-storage-fast', isDefault: true, allowVolumeExpansion: true }, { name: 'core-profile-storage-shared', readWriteMany: true },
    ],
  },
  shows: ['PersistentVolumeClaim spec.storageClassName is absent'],
  define: (chart) => {
    const orders = new PersistentVolumeClaim(chart, 'orders', { size: Size.gibibytes(1) });
    new Server(chart, 'checkout', { volumes: { '/srv/orders': Volume.fromClaim(orders) } });
  },
});

export const monitoring = specimen({
  title: 'core-profile-monitoring',
  cluster: { monitoring: Monitoring.of({ pods: { namespace: 'observability', labels: { app: 'vmagent' } }, monitorLabels: { team: 'platform' } }) },
  shows: [`NetworkPolicy spec.ingress has { from: [{ ${namespace('observability')}, podSelector: { matchLabels: { app: vmagent } } }] }`],
  define: (chart) => {
    new Server(chart, 'checkout').connections.from(Peer.monitoring());
  },
});

export const prometheus = specimen({
  title: 'core-profile-prometheus-stack',
  cluster: { monitoring: Monitoring.kubePrometheusStack({ namespace: 'prometheus', release: 'metrics' }) },
  shows: [`NetworkPolicy spec.ingress has { from: [{ ${namespace('prometheus')}, podSelector: { matchLabels: { app.kubernetes.io/name: prometheus } } }] }`],
  define: (chart) => {
    new Server(chart, 'checkout').connections.from(Peer.monitoring());
  },
});

export const clusterDomain = specimen({
  title: 'core-profile-cluster-domain',
  cluster: { clusterDomain: 'shop.internal' },
  shows: [`${POD}.containers[0].env has { name: SEARCH_HOST, value: search.core-profile-cluster-domain.svc.shop.internal }`],
  define: (chart) => {
    const { clusterDomain: domain } = ClusterProfile.of(chart);
    const checkout = new Server(chart, 'checkout', { env: { SEARCH_HOST: EnvValue.fromValue(`search.${chart.namespace}.svc.${domain}`) } });
    checkout.connections.to(Peer.workload({ name: 'search', namespace: chart.namespace ?? '', ports: [Port.tcp(9200)] }));
  },
});
