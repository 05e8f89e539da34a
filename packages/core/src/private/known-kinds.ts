/** Custom kinds that clusters often have, by group: for those whose profile doesn't list them. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['argoproj.io', 'Application ApplicationSet AppProject Rollout Workflow'],
  ['autoscaling.k8s.io', 'VerticalPodAutoscaler'],
  ['cert-manager.io', 'Certificate CertificateRequest ClusterIssuer Issuer'],
  ['cilium.io', 'CiliumClusterwideNetworkPolicy CiliumNetworkPolicy'],
  ['external-secrets.io', 'ClusterSecretStore ExternalSecret SecretStore'],
  ['gateway.networking.k8s.io', 'BackendTLSPolicy GRPCRoute Gateway GatewayClass HTTPRoute ListenerSet ReferenceGrant TCPRoute TLSRoute UDPRoute'],
  ['keda.sh', 'ClusterTriggerAuthentication ScaledJob ScaledObject TriggerAuthentication'],
  ['monitoring.coreos.com', 'Alertmanager AlertmanagerConfig PodMonitor Probe Prometheus PrometheusRule ScrapeConfig ServiceMonitor'],
  ['security.istio.io', 'AuthorizationPolicy PeerAuthentication RequestAuthentication'],
  ['snapshot.storage.k8s.io', 'VolumeSnapshot VolumeSnapshotClass VolumeSnapshotContent'],
  ['traefik.io', 'IngressRoute IngressRouteTCP IngressRouteUDP Middleware ServersTransport TLSOption TLSStore TraefikService'],
]);

/** The kinds of a group that are known whatever the cluster. */
export function knownKindsOf(apiGroup: string): string[] {
  return KINDS.get(apiGroup)?.split(' ') ?? [];
}
