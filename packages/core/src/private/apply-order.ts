import { items, member, recordAt, textAt } from './manifest-fields';

/** Kinds in the order they have to be there in, by API group; unknown kinds are workloads. */
const KINDS: readonly (readonly string[])[] = [
  ['/Namespace'],
  ['apiextensions.k8s.io/CustomResourceDefinition'],
  ['scheduling.k8s.io/PriorityClass', 'storage.k8s.io/StorageClass', 'storage.k8s.io/VolumeAttributesClass', 'storage.k8s.io/CSIDriver',
    'snapshot.storage.k8s.io/VolumeSnapshotClass', 'node.k8s.io/RuntimeClass', 'networking.k8s.io/IngressClass',
    'gateway.networking.k8s.io/GatewayClass', 'resource.k8s.io/DeviceClass'],
  ['/ResourceQuota', '/LimitRange'],
  ['/ServiceAccount', 'rbac.authorization.k8s.io/*'],
  ['/ConfigMap', '/Secret', 'cert-manager.io/*', 'trust.cert-manager.io/*', 'external-secrets.io/*', 'generators.external-secrets.io/*',
    'bitnami.com/SealedSecret'],
  ['/PersistentVolume', '/PersistentVolumeClaim', 'snapshot.storage.k8s.io/*'],
  ['networking.k8s.io/NetworkPolicy', 'policy/PodDisruptionBudget', 'cilium.io/*', 'crd.projectcalico.org/*', 'projectcalico.org/*',
    'policy.networking.k8s.io/*', 'security.istio.io/*', 'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
    'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding', 'admissionregistration.k8s.io/MutatingAdmissionPolicy',
    'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding'],
  ['/Service', '/Endpoints', 'discovery.k8s.io/EndpointSlice'],
  ['*'],
  ['autoscaling/HorizontalPodAutoscaler', 'autoscaling.k8s.io/*', 'keda.sh/*'],
  // what says who may pass a route: without it the route would let everybody through
  ['gateway.envoyproxy.io/*', 'gateway.networking.k8s.io/BackendTLSPolicy', 'gateway.networking.k8s.io/ReferenceGrant', 'traefik.io/Middleware',
    'traefik.io/MiddlewareTCP', 'traefik.io/ServersTransport', 'traefik.io/TraefikService'],
  ['gateway.networking.k8s.io/*', 'gateway.networking.x-k8s.io/*', 'networking.k8s.io/Ingress', 'traefik.io/*', 'networking.istio.io/*'],
  // from here on every request may go to the app's own pods, so these come when all else is there
  ['apiregistration.k8s.io/APIService', 'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/MutatingWebhookConfiguration'],
];

const RANKS = new Map(KINDS.flatMap((kinds, rank) => kinds.map(kind => [kind, rank] as const)));
const WORKLOADS = RANKS.get('*') ?? 0;

/** The group of an `apiVersion`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** How early objects of the kind are applied: the lower, the earlier. */
export function rankOf(apiVersion: string, kind: string): number {
  const group = groupOf(apiVersion);
  return RANKS.get(`${group}/${kind}`) ?? RANKS.get(`${group}/*`) ?? WORKLOADS;
}

/** Ranks whose objects others need to be there first: namespaces, custom resource definitions, classes. */
export function isProvider(apiVersion: string, kind: string): boolean {
  return rankOf(apiVersion, kind) <= 2;
}

/** What a namespace, a definition or a class is needed as. */
export function providedBy(manifest: unknown): string {
  const kind = textAt(manifest, 'kind');
  return kind === 'CustomResourceDefinition'
    ? `kind ${textAt(manifest, 'spec', 'group')}/${textAt(manifest, 'spec', 'names', 'kind')}`
    : `${kind} ${textAt(manifest, 'metadata', 'name')}`;
}

/** The namespace, the definition and the classes that an object can't do without. */
export function neededBy(manifest: unknown): string[] {
  const kind = textAt(manifest, 'kind') ?? '';
  const spec = recordAt(manifest, 'spec');
  const pod = podSpec(kind, spec);
  const needs: [string, string | undefined][] = [
    ['Namespace', textAt(manifest, 'metadata', 'namespace')],
    ['kind', `${groupOf(textAt(manifest, 'apiVersion') ?? '')}/${kind}`],
    ['PriorityClass', textAt(pod, 'priorityClassName')],
    ['RuntimeClass', textAt(pod, 'runtimeClassName')],
    ['StorageClass', textAt(spec, 'storageClassName')],
    ['VolumeAttributesClass', textAt(spec, 'volumeAttributesClassName')],
    ['VolumeSnapshotClass', textAt(spec, 'volumeSnapshotClassName')],
    ['IngressClass', textAt(spec, 'ingressClassName')],
    ['GatewayClass', textAt(spec, 'gatewayClassName')],
    ...items(member(spec, 'volumeClaimTemplates')).map((claim): [string, string | undefined] =>
      ['StorageClass', textAt(claim, 'spec', 'storageClassName')]),
  ];
  return needs.filter(([, name]) => name !== undefined).map(([what, name]) => `${what} ${name}`);
}

function podSpec(kind: string, spec: unknown): unknown {
  return kind === 'Pod' ? spec : recordAt(spec, 'template', 'spec') ?? recordAt(spec, 'jobTemplate', 'spec', 'template', 'spec');
}
