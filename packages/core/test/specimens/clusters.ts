import { Size } from 'cdk8s';
import { ClusterProfile, type ClusterProfileProps, Cni, Peer, PersistentVolumeClaim, Volume } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const POD = 'Deployment spec.template.spec';
const dnsPort = (peer: string, port = 53) => `NetworkPolicy spec.egress has { to: [{ ${peer} }], ports: [{ port: ${port}, protocol: UDP }, { port: ${port}, protocol: TCP }] }`;
const inNamespace = (name: string) => `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`;

const preset = (title: string, cluster: (props: ClusterProfileProps) => ClusterProfile, shows: string[], warns: string[] = []) => specimen({
  title, cluster, shows, warns,
  define: (chart) => {
    const orders = new PersistentVolumeClaim(chart, 'orders', { size: Size.gibibytes(1) });
    new Server(chart, 'checkout', { volumes: { '/srv/orders': Volume.fromClaim(orders) } });
  },
});

export const k3s = preset('core-cluster-k3s', props => ClusterProfile.k3s(props), [dnsPort(inNamespace('kube-system'))]);

// Without its agent, the network plugin enforces nothing.
export const eks = preset('core-cluster-eks', props => ClusterProfile.eks(props), ['NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 172.20.0.10/32 } }] }'],
  ['KEELSON1367']);
export const eksWithPolicies = preset('core-cluster-eks-policies', props => ClusterProfile.eks({ ...props, cni: Cni.AWS_VPC }), [dnsPort(inNamespace('kube-system'))]);

export const gke = preset('core-cluster-gke', props => ClusterProfile.gke(props), [
  'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 169.254.169.254/32 } }] }',
  'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 169.254.20.10/32 } }] }',
]);

export const aks = preset('core-cluster-aks', props => ClusterProfile.aks(props), ['NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 10.0.0.10/32 } }] }'],
  ['KEELSON1367']);
export const aksWithPolicies = preset('core-cluster-aks-policies', props => ClusterProfile.aks({ ...props, cni: Cni.AZURE }), [dnsPort(inNamespace('kube-system'))]);

export const openshift = specimen({
  title: 'core-cluster-openshift',
  cluster: props => ClusterProfile.openshift(props),
  shows: [
    `${POD}.securityContext = { runAsNonRoot: true, fsGroupChangePolicy: OnRootMismatch, seccompProfile: { type: RuntimeDefault } }`,
    `${POD}.containers[0].securityContext.runAsUser is absent`,
    `${POD}.containers[0].securityContext has { runAsNonRoot: true, allowPrivilegeEscalation: false }`,
    dnsPort(inNamespace('openshift-dns'), 5353),
    `NetworkPolicy spec.ingress has { from: [{ ${inNamespace('openshift-user-workload-monitoring')} }] }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout').connections.from(Peer.monitoring());
  },
});

export const ownIds = specimen({
  title: 'core-cluster-assigns-ids',
  cluster: { assignsUserIds: true },
  shows: [`${POD}.securityContext has { runAsUser: 20000, runAsNonRoot: true }`, `${POD}.securityContext.fsGroup is absent`],
  // The cluster takes them of accounts only that may choose.
  warns: ['KEELSON1612'],
  define: (chart) => {
    new Server(chart, 'checkout', { runAsUser: 20000, runAsGroup: 20000 });
  },
});

export const imagePolicy = specimen({
  title: 'core-cluster-image-policy',
  cluster: { allowedRegistries: ['registry.example.com/shop'], requireImageDigests: true },
  shows: [`${POD}.containers[0].image = "registry.example.com/shop/web:1.8.2@sha256:${'0'.repeat(64)}"`],
  define: (chart) => {
    new Server(chart, 'checkout', { image: `registry.example.com/shop/web:1.8.2@sha256:${'0'.repeat(64)}` });
  },
});

const plugin = (title: string, cni: Cni) => specimen({
  title, cluster: { cni }, shows: ['NetworkPolicy spec.policyTypes = [Ingress, Egress]'],
  define: (chart) => {
    new Server(chart, 'operator').connections.to(Peer.apiServer());
  },
});

export const dataplane = plugin('core-cluster-cni-dataplane-v2', Cni.GKE_DATAPLANE_V2);
export const flannelOfK3s = plugin('core-cluster-cni-k3s', Cni.K3S);
export const ovn = plugin('core-cluster-cni-ovn', Cni.OVN_KUBERNETES);
export const unenforced = specimen({
  title: 'core-cluster-cni-without-policies',
  shows: ['NetworkPolicy/orders spec.policyTypes = [Ingress, Egress]', 'NetworkPolicy/search spec.policyTypes = [Ingress, Egress]'],
  warns: ['KEELSON1367'],
  cluster: { cni: Cni.AWS_VPC_WITHOUT_POLICIES },
  define: (chart, more) => {
    const azure = more('azure');
    ClusterProfile.kubernetes({ cni: Cni.AZURE_WITHOUT_POLICIES }).applyTo(azure);
    new Server(azure, 'search');
    new Server(chart, 'orders');
  },
});
