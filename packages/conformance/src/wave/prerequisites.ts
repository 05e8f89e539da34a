import { isObject, itemsAt, objectAt, type Json, type JsonObject } from '@keelson/testing';

/** What a cluster is before an app comes. */
export interface PrerequisiteOptions {
  /**
   * The Pod Security level that namespaces enforce.
   *
   * @default 'restricted'
   */
  readonly level?: string;
  /**
   * Whether the classes that manifests name are there, and volumes for their claims.
   *
   * @default true
   */
  readonly classesAndVolumes?: boolean;
}

/** A claim as it will be in the cluster. */
interface Claim {
  readonly namespace: string;
  readonly name: string;
  readonly spec: JsonObject;
  /** That its name isn't known before, as of claims that come with a pod: any claim of the class may have the volume. */
  readonly unnamed?: boolean;
}

/** The class of claims that name none. */
export const DEFAULT_CLASS = 'conformance-default';

/** What a cluster has before an app comes: namespaces that enforce a Pod Security level, and the classes and volumes that the app names. */
export function prerequisites(objects: readonly JsonObject[], { level = 'restricted', classesAndVolumes = true }: PrerequisiteOptions = {}): JsonObject[] {
  const own = new Set(objects.map((object) => `${String(object.kind)}/${String(objectAt(object, 'metadata').name)}`));
  const namespaces = new Set(objects.flatMap((object) => stringsIn([objectAt(object, 'metadata').namespace])).filter((name) => !own.has(`Namespace/${name}`)));
  const made = [...namespaces].map((name) => namespace(name, level));
  if (!classesAndVolumes) return made;
  const named = objects.flatMap((object) => valuesOf(object, 'priorityClassName'));
  const classes = new Set(named.filter((name) => !name.startsWith('system-') && !own.has(`PriorityClass/${name}`)));
  const reserved = new Set(objects.filter(({ kind }) => kind === 'PersistentVolume').map((object) => {
    const { namespace: of, name } = objectAt(object, 'spec', 'claimRef');
    return `${String(of)}/${String(name)}`;
  }));
  const claims = objects.flatMap(claimsOf).filter(({ namespace: of, name, spec }) => !own.has(`PersistentVolume/${String(spec.volumeName)}`) && !reserved.has(`${of}/${name}`));
  const storageClasses = new Set(claims.map(({ spec }) => storageClassOf(spec)).filter((name) => name !== '' && !own.has(`StorageClass/${name}`)));
  return [
    ...made,
    ...[...classes].map((name) => ({
      apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1000, description: 'conformance',
    })),
    ...[...storageClasses].map(storageClass),
    ...claims.map(volumeFor),
  ];
}

function namespace(name: string, level: string): JsonObject {
  const labels = {
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/enforce-version': 'latest',
    'pod-security.kubernetes.io/warn': level,
  };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

function storageClass(name: string): JsonObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': String(name === DEFAULT_CLASS) } },
    provisioner: 'kubernetes.io/no-provisioner',
  };
}

/** A volume for this claim, and no other where its name is known. */
function volumeFor({ namespace: of, name, spec, unnamed = false }: Claim): JsonObject {
  // A claim that names its volume gets no other.
  const title = typeof spec.volumeName === 'string' ? spec.volumeName : `${of}-${name}`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: title },
    spec: {
      accessModes: spec.accessModes ?? ['ReadWriteOnce'],
      capacity: { storage: objectAt(spec, 'resources', 'requests').storage ?? '1Gi' },
      ...(unnamed ? {} : { claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: of, name } }),
      hostPath: { path: `/conformance/${title}` },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: storageClassOf(spec),
      volumeMode: spec.volumeMode ?? 'Filesystem',
    },
  };
}

function storageClassOf(claim: JsonObject): string {
  return typeof claim.storageClassName === 'string' ? claim.storageClassName : DEFAULT_CLASS;
}

/** The claims that an object makes: one per replica of a StatefulSet's templates, and of what comes with each pod. */
function claimsOf(object: JsonObject): Claim[] {
  const [spec, { name, namespace: own = 'default' }] = [objectAt(object, 'spec'), objectAt(object, 'metadata')];
  const at = String(own);
  if (object.kind === 'PersistentVolumeClaim') return [{ namespace: at, name: String(name), spec }];
  const replicas = typeof spec.replicas === 'number' ? spec.replicas : 1;
  const withPods = itemsAt(objectAt(spec, 'template', 'spec'), 'volumes').flatMap(([, volume]) => {
    const claim = objectAt(volume, 'ephemeral', 'volumeClaimTemplate', 'spec');
    const each = (index: number) => ({ namespace: at, name: `${String(name)}-${String(isObject(volume) ? volume.name : '')}-${index}`, spec: claim, unnamed: true });
    return Object.keys(claim).length === 0 ? [] : Array.from({ length: replicas }, (_, index) => each(index));
  });
  if (object.kind !== 'StatefulSet') return withPods;
  return [...withPods, ...itemsAt(spec, 'volumeClaimTemplates').flatMap(([, claim]) => Array.from({ length: replicas }, (_, index) => ({
    namespace: at, name: `${String(objectAt(claim, 'metadata').name)}-${String(name)}-${index}`, spec: objectAt(claim, 'spec'),
  })))];
}

function valuesOf(value: Json | undefined, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(item, key));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => (name === key ? stringsIn([member]) : valuesOf(member, key)));
}

function stringsIn(values: (Json | undefined)[]): string[] {
  return values.flatMap((value) => (typeof value === 'string' ? [value] : []));
}
