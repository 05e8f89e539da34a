import { isObject, itemsAt, objectAt, type Json, type JsonObject } from '@keelson/testing';

/** What a cluster has before an app comes: namespaces that enforce *restricted*, and the classes and volumes that the app names. */
export function prerequisites(objects: readonly JsonObject[]): JsonObject[] {
  const namespaces = new Set(objects.flatMap((object) => stringsIn([objectAt(object, 'metadata').namespace])));
  const own = new Set(objects.map((object) => `${String(object.kind)}/${String(objectAt(object, 'metadata').name)}`));
  const named = objects.flatMap((object) => valuesOf(object, 'priorityClassName'));
  const classes = new Set(named.filter((name) => !name.startsWith('system-') && !own.has(`PriorityClass/${name}`)));
  const claims = objects.flatMap(claimsOf);
  const storageClasses = new Set(claims.map((claim) => storageClassOf(claim)).filter((name) => !own.has(`StorageClass/${name}`)));
  return [
    ...[...namespaces].map(namespace),
    ...[...classes].map((name) => ({
      apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1000, description: 'conformance',
    })),
    ...[...storageClasses].map((name) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': String(name === DEFAULT_CLASS) } },
      provisioner: 'kubernetes.io/no-provisioner',
    })),
    ...claims.map((claim, index) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `conformance-${index}` },
      spec: {
        accessModes: claim.accessModes ?? ['ReadWriteOnce'],
        capacity: { storage: objectAt(claim, 'resources', 'requests').storage ?? '1Gi' },
        hostPath: { path: `/conformance-${index}` },
        storageClassName: storageClassOf(claim),
        volumeMode: claim.volumeMode ?? 'Filesystem',
      },
    })),
  ];
}

const DEFAULT_CLASS = 'conformance-default';

function storageClassOf(claim: JsonObject): string {
  return typeof claim.storageClassName === 'string' ? claim.storageClassName : DEFAULT_CLASS;
}

function namespace(name: string): JsonObject {
  const labels = {
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'latest',
    'pod-security.kubernetes.io/warn': 'restricted',
  };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** The specs of the claims that an object makes: one per replica of a StatefulSet's templates. */
function claimsOf(object: JsonObject): JsonObject[] {
  const spec = objectAt(object, 'spec');
  if (object.kind === 'PersistentVolumeClaim') return [spec];
  if (object.kind !== 'StatefulSet') return [];
  const replicas = typeof spec.replicas === 'number' ? spec.replicas : 1;
  return itemsAt(spec, 'volumeClaimTemplates').flatMap(([, claim]) => Array.from({ length: replicas }, () => objectAt(claim, 'spec')));
}

function valuesOf(value: Json | undefined, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(item, key));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => (name === key ? stringsIn([member]) : valuesOf(member, key)));
}

function stringsIn(values: (Json | undefined)[]): string[] {
  return values.flatMap((value) => (typeof value === 'string' ? [value] : []));
}
