/** The cluster-scoped kinds of Kubernetes and of the operators we render for, by API group. */
const CLUSTER_SCOPED = new Map<string, ReadonlySet<string>>([
  ['', new Set(['Namespace', 'Node', 'PersistentVolume'])],
  ['admissionregistration.k8s.io', new Set(['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration'])],
  ['apiextensions.k8s.io', new Set(['CustomResourceDefinition'])],
  ['apiregistration.k8s.io', new Set(['APIService'])],
  ['cert-manager.io', new Set(['ClusterIssuer'])],
  ['certificates.k8s.io', new Set(['CertificateSigningRequest', 'ClusterTrustBundle'])],
  ['cilium.io', new Set(['CiliumClusterwideNetworkPolicy'])],
  ['external-secrets.io', new Set(['ClusterExternalSecret', 'ClusterSecretStore'])],
  ['flowcontrol.apiserver.k8s.io', new Set(['FlowSchema', 'PriorityLevelConfiguration'])],
  ['gateway.networking.k8s.io', new Set(['GatewayClass'])],
  ['networking.k8s.io', new Set(['IngressClass', 'IPAddress', 'ServiceCIDR'])],
  ['node.k8s.io', new Set(['RuntimeClass'])],
  ['policy.networking.k8s.io', new Set(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])],
  ['projectcalico.org', new Set(['GlobalNetworkPolicy', 'GlobalNetworkSet', 'HostEndpoint', 'IPPool', 'Tier'])],
  ['rbac.authorization.k8s.io', new Set(['ClusterRole', 'ClusterRoleBinding'])],
  ['resource.k8s.io', new Set(['DeviceClass', 'ResourceSlice'])],
  ['scheduling.k8s.io', new Set(['PriorityClass'])],
  ['snapshot.storage.k8s.io', new Set(['VolumeSnapshotClass', 'VolumeSnapshotContent'])],
  ['storage.k8s.io', new Set(['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'])],
]);

/** Whether objects of the kind are in no namespace. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  const slash = apiVersion.indexOf('/');
  return CLUSTER_SCOPED.get(slash < 0 ? '' : apiVersion.slice(0, slash))?.has(kind) ?? false;
}
