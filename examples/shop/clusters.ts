import { ClusterProfile, GatewayApi, Gateway, Listener, Monitoring } from '@keelson/core';

/** Set, it is every cluster's version: what an upgrade will change is seen before it is made. */
const next = process.env.KUBERNETES_VERSION;

/** What both clusters have. */
const common = {
  gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })] }),
  monitoring: Monitoring.kubePrometheusStack({ release: 'monitoring' }),
};

/** The clusters the shop runs on. */
export const clusters: Record<string, ClusterProfile> = {
  'gateway-1.27': ClusterProfile.kubernetes({ ...common, version: next ?? '1.27', gatewayApi: GatewayApi.standard('1.4') }),
  'gateway-1.36': ClusterProfile.kubernetes({ ...common, version: next ?? '1.36', gatewayApi: GatewayApi.standard('1.7') }),
};
