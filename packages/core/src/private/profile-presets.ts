import { Duration } from 'cdk8s';
import { IpFamily } from '../ip-family';
import { ClusterProfileProps } from '../profile/cluster-profile-props';
import { Cni } from '../profile/cni';
import { DnsResolver } from '../profile/dns-resolver';
import { GatewayApi } from '../profile/gateway-api';
import { over } from './cloud-presets';

/** What every profile falls back to. */
export const KUBERNETES = {
  version: '1.33',
  cni: Cni.UNSPECIFIED,
  dnsResolvers: [
    DnsResolver.kubeDns(), DnsResolver.nodeLocalPods(), DnsResolver.nodeLocal(), DnsResolver.nodeLocal('169.254.25.10'),
    DnsResolver.cloudMetadata(),
  ],
  gatewayApi: GatewayApi.standard('1.4'),
  storageClasses: [],
  clusterDomain: 'cluster.local',
  podCidrs: [],
  serviceCidrs: [],
  nodeCidrs: [],
  ipFamilies: [IpFamily.IPV4],
  nodePortRange: '30000-32767',
  loadBalancerDrain: Duration.seconds(15),
  imageMirrors: [],
  imagePullSecrets: [],
  helperImages: {
    wait: 'docker.io/library/busybox:1.36.1@sha256:73aaf090f3d85aa34ee199857f03fa3a95c8ede2ffd4cc2cdb5b94e566b11662',
    generate: 'docker.io/curlimages/curl:8.16.0@sha256:463eaf6072688fe96ac64fa623fe73e1dbe25d8ad6c34404a669ad3ce1f104b6',
  },
} satisfies ClusterProfileProps;

/** A cluster made by kind; `ClusterProfile.kind` says where each fact is from. */
const KIND = {
  cni: Cni.KINDNET,
  dnsResolvers: [DnsResolver.kubeDns()],
  storageClasses: [{ name: 'standard', isDefault: true, readWriteMany: false, allowVolumeExpansion: false }],
} satisfies ClusterProfileProps;

/** kind's subnets, which follow the IP families it is made with. */
const KIND_SUBNETS = {
  [IpFamily.IPV4]: { pods: '10.244.0.0/16', services: '10.96.0.0/16' },
  [IpFamily.IPV6]: { pods: 'fd00:10:244::/56', services: 'fd00:10:96::/112' },
};

export function kindProps(props: ClusterProfileProps): ClusterProfileProps {
  const subnets = (props.ipFamilies ?? KUBERNETES.ipFamilies).map(family => KIND_SUBNETS[family]);
  const networks = { podCidrs: subnets.map(({ pods }) => pods), serviceCidrs: subnets.map(({ services }) => services) };
  return over({ ...KIND, ...networks }, props);
}
