import type { JsonObject } from '@keelson/testing';

/** A kind as requests name it: API version and resource. */
type Kind = readonly [apiVersion: string, kind: string, resource: string];

const KINDS: readonly Kind[] = [
  ['v1', 'Pod', 'pods'], ['v1', 'Service', 'services'], ['v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'],
  ['v1', 'ConfigMap', 'configmaps'], ['v1', 'Secret', 'secrets'], ['v1', 'ServiceAccount', 'serviceaccounts'], ['v1', 'ResourceQuota', 'resourcequotas'], ['v1', 'LimitRange', 'limitranges'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'roles'], ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings'],
  ['apps/v1', 'Deployment', 'deployments'], ['apps/v1', 'StatefulSet', 'statefulsets'], ['apps/v1', 'DaemonSet', 'daemonsets'],
  ['batch/v1', 'Job', 'jobs'], ['batch/v1', 'CronJob', 'cronjobs'],
  ['networking.k8s.io/v1', 'Ingress', 'ingresses'], ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'httproutes'], ['gateway.networking.k8s.io/v1beta1', 'HTTPRoute', 'httproutes'],
  ['gateway.networking.k8s.io/v1', 'GRPCRoute', 'grpcroutes'], ['gateway.networking.k8s.io/v1', 'TLSRoute', 'tlsroutes'],
  ['gateway.networking.k8s.io/v1', 'TCPRoute', 'tcproutes'], ['gateway.networking.k8s.io/v1', 'UDPRoute', 'udproutes'],
  ['gateway.networking.k8s.io/v1', 'Gateway', 'gateways'], ['gateway.networking.k8s.io/v1beta1', 'Gateway', 'gateways'],
  ['gateway.networking.k8s.io/v1', 'ListenerSet', 'listenersets'],
  ['traefik.io/v1alpha1', 'IngressRoute', 'ingressroutes'], ['traefik.io/v1alpha1', 'IngressRouteTCP', 'ingressroutetcps'],
  ['traefik.io/v1alpha1', 'IngressRouteUDP', 'ingressrouteudps'], ['traefik.io/v1alpha1', 'Middleware', 'middlewares'],
  ['traefik.io/v1alpha1', 'TraefikService', 'traefikservices'], ['keda.sh/v1alpha1', 'TriggerAuthentication', 'triggerauthentications'],
  ['keda.sh/v1alpha1', 'ScaledObject', 'scaledobjects'], ['external-secrets.io/v1', 'ExternalSecret', 'externalsecrets'],
  ['cert-manager.io/v1', 'Certificate', 'certificates'],
];

/** Where objects of a kind are in a namespace. */
export function collectionIn(namespace: string, { apiVersion, kind }: JsonObject): string {
  const found = KINDS.find(([version, name]) => version === apiVersion && name === kind);
  if (found === undefined) throw new Error(`no resource is known for ${String(apiVersion)} ${String(kind)}`);
  return `/${found[0].includes('/') ? 'apis' : 'api'}/${found[0]}/namespaces/${namespace}/${found[2]}`;
}

/** An object of a kind that has no spec. */
export function bare(kind: string, fields: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  const { apiVersion } = object(kind, {});
  return { apiVersion: apiVersion ?? '', kind, metadata: { name: 'tried', ...metadata }, ...fields };
}

/** An object of a kind by its spec. */
export function object(kind: string, spec: JsonObject, metadata: JsonObject = {}, version?: string): JsonObject {
  const apiVersion = version ?? KINDS.find(([, name]) => name === kind)?.[0] ?? '';
  return { apiVersion, kind, metadata: { name: 'tried', ...metadata }, spec };
}

/** The fields of a pod that the tenant may run; what a case is about is changed in it. */
export function podSpec(changes: JsonObject = {}, image = 'registry.example.com/shop/web:1.4.0'): JsonObject {
  return {
    nodeSelector: { pool: 'shop' },
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container('main', image)],
    ...changes,
  };
}

/** A container that *restricted* admits. */
export function container(name: string, image: string): JsonObject {
  return { name, image, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } };
}

export function pod(changes: JsonObject = {}, image?: string, metadata: JsonObject = {}): JsonObject {
  return object('Pod', podSpec(changes, image), metadata);
}

/** A workload of a kind around the fields of pods. */
export function workload(kind: string, spec: JsonObject): JsonObject {
  const labels = { app: 'tried' };
  const template: JsonObject = { metadata: { labels }, spec };
  const around = { selector: { matchLabels: labels }, template };
  if (kind === 'Job' || kind === 'CronJob') {
    const job: JsonObject = { template: { ...template, spec: { ...spec, restartPolicy: 'Never' } } };
    return object(kind, kind === 'Job' ? job : { schedule: '0 4 * * *', jobTemplate: { spec: job } });
  }
  return object(kind, kind === 'StatefulSet' ? { ...around, serviceName: 'tried' } : around);
}
