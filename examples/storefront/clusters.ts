import { ClusterProfile, Gateway, GatewayApi, IngressController, Listener, Monitoring } from '@keelson/core';

/** Set, it is every cluster's version: what an upgrade will change is seen before it is made. */
const next = process.env.KUBERNETES_VERSION;

/** Prometheus by its operator: it finds PodMonitors with the label of its Helm release. */
const operator = Monitoring.kubePrometheusStack({ release: 'monitoring' });

/** Prometheus without the operator: it finds pods by their annotations. */
const plainPrometheus = Monitoring.of({
  pods: { namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } }, scrapeAnnotations: true,
});

/** The clusters the shop runs on: what differs between them is said here, and nowhere in the shop. */
export const clusters: Record<string, ClusterProfile> = {
  // The shared gateway serves the host by a certificate of its own.
  'gateway-1.27': ClusterProfile.kubernetes({
    version: next ?? '1.27',
    gatewayApi: GatewayApi.standard('1.4'),
    gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })] }),
    monitoring: operator,
  }),
  // The shared gateway takes listeners, and so certificates, from the apps.
  'gateway-1.36': ClusterProfile.kubernetes({
    version: next ?? '1.36',
    gatewayApi: GatewayApi.standard('1.7'),
    gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http()], admitsListenerSets: true }),
    monitoring: operator,
  }),
  'ingress-1.27': ClusterProfile.kubernetes({ version: next ?? '1.27', ingress: IngressController.traefik(), monitoring: plainPrometheus }),
  'ingress-1.36': ClusterProfile.kubernetes({ version: next ?? '1.36', ingress: IngressController.traefik(), monitoring: operator }),
};
