import { ClusterProfile, IngressController } from '@keelson/core';

/** The cluster the shop runs on. KUBERNETES_VERSION shows what an upgrade will change before it is made. */
export const clusters: Record<string, ClusterProfile> = {
  'ingress-1.36': ClusterProfile.kubernetes({ version: process.env.KUBERNETES_VERSION ?? '1.36', ingress: IngressController.traefik() }),
};
