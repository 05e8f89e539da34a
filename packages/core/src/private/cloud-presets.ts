import { Duration } from 'cdk8s';
import { IpFamily } from '../ip-family';
import { ApiServer } from '../profile/api-server';
import { ClusterProfileProps } from '../profile/cluster-profile-props';
import { Cni } from '../profile/cni';
import { DnsResolver } from '../profile/dns-resolver';
import { IngressController } from '../profile/ingress-controller';
import { LoadBalancerController } from '../profile/load-balancer-controller';
import { Monitoring } from '../profile/monitoring';
import { given } from './given';
import { clusterDnsOf } from './profile-networks';

// `ClusterProfile` says where each fact is from.

const DISK = { readWriteMany: false, allowVolumeExpansion: true };
const SHARE = { readWriteMany: true, allowVolumeExpansion: true };

/** The API server of a managed cluster is in a network of the provider's, wherever that is. */
function outsideOfNodes({ ipFamilies = [IpFamily.IPV4] }: ClusterProfileProps): ApiServer {
  return ApiServer._within(ipFamilies.map(family => (family === IpFamily.IPV6 ? '::/0' : '0.0.0.0/0')));
}

export function k3sProps(props: ClusterProfileProps): ClusterProfileProps {
  return over({
    cni: Cni.K3S,
    podCidrs: ['10.42.0.0/16'],
    serviceCidrs: ['10.43.0.0/16'],
    dnsResolvers: [DnsResolver.kubeDns()],
    ingress: IngressController.named('traefik', {
      namespace: 'kube-system', pods: { namespace: 'kube-system', labels: { 'app.kubernetes.io/name': 'traefik' } },
    }),
    storageClasses: [{ name: 'local-path', isDefault: true, readWriteMany: false, allowVolumeExpansion: false }],
  }, props);
}

export function eksProps(props: ClusterProfileProps): ClusterProfileProps {
  const dns = clusterDnsOf(props.serviceCidrs ?? ['10.100.0.0/16', '172.20.0.0/16']);
  return over({
    cni: Cni.AWS_VPC_WITHOUT_POLICIES,
    dnsResolvers: [DnsResolver.kubeDns(), ...dns],
    loadBalancers: LoadBalancerController.AWS,
    loadBalancerDrain: Duration.seconds(60),
  }, props);
}

export function gkeProps(props: ClusterProfileProps): ClusterProfileProps {
  const serviceCidrs = props.serviceCidrs ?? ['34.118.224.0/20'];
  return over({
    cni: Cni.GKE_DATAPLANE_V2,
    serviceCidrs,
    apiServer: outsideOfNodes(props),
    dnsResolvers: [
      DnsResolver.kubeDns(), DnsResolver.nodeLocalPods(), DnsResolver.nodeLocal(), DnsResolver.cloudMetadata(),
      ...clusterDnsOf(serviceCidrs),
    ],
    loadBalancers: LoadBalancerController.GKE,
    storageClasses: [
      { name: 'standard-rwo', isDefault: true, ...DISK },
      ...['dynamic-rwo', 'premium-rwo', 'standard'].map(name => ({ name, ...DISK })),
      ...['standard-rwx', 'premium-rwx', 'zonal-rwx', 'enterprise-rwx', 'enterprise-multishare-rwx'].map(name => ({ name, ...SHARE })),
    ],
  }, props);
}

export function aksProps(props: ClusterProfileProps): ClusterProfileProps {
  const serviceCidrs = props.serviceCidrs ?? ['10.0.0.0/16'];
  return over({
    cni: Cni.AZURE_WITHOUT_POLICIES,
    podCidrs: ['10.244.0.0/16'],
    serviceCidrs,
    apiServer: outsideOfNodes(props),
    dnsResolvers: [DnsResolver.kubeDns(), ...clusterDnsOf(serviceCidrs)],
    loadBalancers: LoadBalancerController.AZURE,
    storageClasses: [
      { name: 'default', isDefault: true, ...DISK },
      ...['managed', 'managed-premium', 'managed-csi', 'managed-csi-premium'].map(name => ({ name, ...DISK })),
      ...['azurefile', 'azurefile-premium', 'azurefile-csi', 'azurefile-csi-premium', 'azureblob-fuse-premium', 'azureblob-nfs-premium']
        .map(name => ({ name, ...SHARE })),
    ],
  }, props);
}

const OPENSHIFT_INGRESS = 'openshift-ingress';
const OPENSHIFT_MONITORING = 'openshift-user-workload-monitoring';

export function openshiftProps(props: ClusterProfileProps): ClusterProfileProps {
  return over({
    assignsUserIds: true,
    cni: Cni.OVN_KUBERNETES,
    podCidrs: ['10.128.0.0/14'],
    serviceCidrs: ['172.30.0.0/16'],
    dnsResolvers: [DnsResolver.inPods({ namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } }, 5353)],
    ingress: IngressController.named('openshift-default', {
      namespace: OPENSHIFT_INGRESS,
      pods: { namespace: OPENSHIFT_INGRESS, labels: { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default' } },
    }),
    monitoring: Monitoring.of({ pods: { namespace: OPENSHIFT_MONITORING, labels: { 'app.kubernetes.io/name': 'prometheus' } } }),
  }, props);
}

/** The props that were given, over the preset's; a prop given as undefined counts as not given. */
export function over(preset: ClusterProfileProps, props: ClusterProfileProps): ClusterProfileProps {
  return { ...preset, ...given(props) };
}
