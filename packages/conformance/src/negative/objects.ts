import { isObject, type Json, type JsonObject } from '@keelson/testing';

/** A Deployment of one pod that *restricted* admits. */
export function deployment(changes: JsonObject = {}, container: JsonObject = {}): JsonObject {
  return merged({
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' },
    spec: { replicas: 1, selector: { matchLabels: { app: 'app' } }, template: podTemplate(container) },
  }, changes);
}

export function statefulSet(changes: JsonObject = {}): JsonObject {
  return merged({
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'database' },
    spec: {
      serviceName: 'app', replicas: 1, selector: { matchLabels: { app: 'app' } }, template: podTemplate({}),
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec() }],
    },
  }, changes);
}

export function job(changes: JsonObject = {}): JsonObject {
  const { metadata, spec } = podTemplate({}) as { metadata: JsonObject; spec: JsonObject };
  return merged({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once' }, spec: { template: { metadata, spec: { ...spec, restartPolicy: 'Never' } } } }, changes);
}

export function service(changes: JsonObject = {}): JsonObject {
  return merged({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'app' }, spec: { selector: { app: 'app' }, ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }] } }, changes);
}

export function autoscaler(): JsonObject {
  return {
    apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'app' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' }, minReplicas: 3, maxReplicas: 5,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    },
  };
}

export function claim(): JsonObject {
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'app' }, spec: claimSpec() };
}

export function quota(changes: JsonObject): JsonObject {
  return merged({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'app' } }, changes);
}

export function configMap(changes: JsonObject = {}): JsonObject {
  return merged({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'app' }, data: { a: '1' } }, changes);
}

export function account(): JsonObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'app' }, automountServiceAccountToken: false };
}

export function role(): JsonObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'app' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
  };
}

/** Of the account of the same namespace, which `inNamespace` fills in. */
export function roleBinding(): JsonObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'app' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'app' }, subjects: [{ kind: 'ServiceAccount', name: 'app' }],
  };
}

/** The objects in a namespace, subjects included. */
export function inNamespace(namespace: string, objects: readonly JsonObject[]): JsonObject[] {
  return objects.map((object) => merged(object, {
    metadata: { namespace },
    ...Array.isArray(object.subjects) ? { subjects: object.subjects.filter(isObject).map((each) => ({ ...each, namespace })) } : {},
  }));
}

function podTemplate(container: JsonObject): JsonObject {
  return {
    metadata: { labels: { app: 'app' } },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'app', image: 'registry.example.com/app:1.0.0',
        resources: { requests: { cpu: '10m', memory: '16Mi' } },
        ...container,
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...isObject(container.securityContext) ? { allowPrivilegeEscalation: true, ...container.securityContext } : {} },
      }],
    },
  };
}

function claimSpec(): JsonObject {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
}

/** Members of objects are merged; lists and values are replaced. */
function merged(object: JsonObject, changes: JsonObject): JsonObject {
  const entries = Object.entries(changes).map(([key, value]): [string, Json | undefined] => {
    const own = object[key];
    return [key, isObject(own) && isObject(value) ? merged(own, value) : value];
  });
  return { ...object, ...Object.fromEntries(entries) };
}
