import { ClusterProfile, Gateway, GatewayApi, GatewayImplementation, IngressController, Listener, Traefik } from '@keelson/core';

/** Set, it is every cluster's version: what an upgrade will change is seen before it is made. */
const version = process.env.KUBERNETES_VERSION ?? '1.36';

const gatewayApi = GatewayApi.standard(version === '1.27' ? '1.4' : '1.7');
const listeners = [Listener.http(), Listener.https({ hosts: ['example.com', '*.example.com'] })];

/** The clusters that the shop runs on: they differ in what they have at their edge. */
export const clusters: Record<string, ClusterProfile> = {
  'gateway-api-1.36': ClusterProfile.kubernetes({
    version, gatewayApi, gateway: Gateway.named('edge', 'gateway-system', { implementation: GatewayImplementation.ENVOY_GATEWAY, listeners }),
  }),
  'traefik-1.36': ClusterProfile.kubernetes({ version, traefik: Traefik.inNamespace('traefik') }),
  'ingress-nginx-1.36': ClusterProfile.kubernetes({ version, ingress: IngressController.ingressNginx() }),
};

/** A gateway of which nothing is known but that it is one: it can't say all of the shop. */
export const standard = ClusterProfile.kubernetes({ version, gatewayApi, gateway: Gateway.named('edge', 'gateway-system', { listeners }) });
