import type { JsonObject } from '@keelson/testing';
import { NETWORK_CASES } from './network-cases.js';
import { container, object, pod, podSpec, workload } from './objects.js';
import { ROUTE_CASES } from './route-cases.js';
import { PLAIN } from './tenant.js';
import { PLATFORM_CASES } from './platform-cases.js';
import { REFERENCE_CASES } from './reference-cases.js';
import { admit, BINDER, CONTRACTOR, deny, OPERATIONS, SOLVER, solving, type AdmissionCase } from './tried.js';

const REGISTRIES = /images must be of registry\.example\.com\/shop, quay\.io, docker\.io\/library, got /;
const DIGEST = `sha256:${'0'.repeat(64)}`;
const ephemeral = (image: string): JsonObject => ({ ephemeralContainers: [{ ...container('look', image), targetContainerName: 'main' }] });

const IMAGES: readonly AdmissionCase[] = [
  ...['registry.example.com/shop/web:1.0', 'registry.example.com/shop:1.0', `registry.example.com/shop/a/b@${DIGEST}`, `registry.example.com/shop/web:1@${DIGEST}`,
    'quay.io/prometheus/node-exporter:v1', 'nginx:1.29', 'library/nginx:1.29', 'docker.io/nginx:1.29', 'docker.io/library/nginx', 'index.docker.io/library/nginx:1',
    'index.docker.io/nginx:1', 'quay.io'].map((image) => admit(`T16 image ${image}`, pod({}, image))),
  ...['registry.example.com.evil.test/shop/web:1.0', 'registry.example.com:5000/shop/web:1.0', 'registry.example.com/shopping/web:1.0', 'registry.example.com/web:1.0',
    'quay.io.evil.test/a:1', 'quay.io:443/a:1', 'evil/nginx:1.29', 'docker.io/evil/nginx:1', 'localhost/library/nginx:1', 'Library/nginx:1',
    'evil.test/docker.io/library/nginx:1', `evil.test/quay.io/a@${DIGEST}`, 'index.docker.io/evil/nginx:1', 'xquay.io/a:1']
    .map((image) => deny(`T16 image ${image}`, pod({}, image), REGISTRIES)),
  deny('T16 image of an init container', pod({ initContainers: [container('init', 'evil.test/a:1')] }), REGISTRIES),
  deny('T16 image of a sidecar', pod({ initContainers: [{ ...container('init', 'evil.test/a:1'), restartPolicy: 'Always' }] }), REGISTRIES),
  deny('T16 image of an ephemeral container', pod(), /images must be of .*, got evil\.test\/a:1/, { patch: { spec: ephemeral('evil.test/a:1') }, subresource: 'ephemeralcontainers' }),
  admit('T16 image of an ephemeral container of the tenant', pod(), { patch: { spec: ephemeral('quay.io/a:1') }, subresource: 'ephemeralcontainers' }),
  deny('T16 image that is changed in a running pod', pod(), REGISTRIES, { patch: { spec: { containers: [{ name: 'main', image: 'evil.test/a:1' }] } } }),
  deny('T16 image of a volume', pod({ volumes: [{ name: 'a', image: { reference: 'evil.test/a:1' } }] }), REGISTRIES, { since: '1.35' }),
  admit('T16 image of a volume of the tenant', pod({ volumes: [{ name: 'a', image: { reference: 'quay.io/a:1' } }] }), { since: '1.35' }),
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'].flatMap((kind) => [
    admit(`T16 image of a ${kind}`, workload(kind, podSpec())), deny(`T16 image of a ${kind} from elsewhere`, workload(kind, podSpec({}, 'evil.test/a:1')), REGISTRIES),
  ]),
  admit('HTTP-01 solver of cert-manager, in another image', pod({ nodeSelector: {} }, 'ghcr.io/any/solver:1', solving), { by: SOLVER }),
  deny('HTTP-01 solver by its label only', pod({}, 'ghcr.io/any/solver:1', solving), REGISTRIES),
  deny('cert-manager with no solver', pod({}, 'ghcr.io/any/solver:1'), REGISTRIES, { by: SOLVER }),
];

const SERVICES: readonly AdmissionCase[] = [
  admit('T17 Service of its default type', service({})),
  admit('T17 headless Service', service({ clusterIP: 'None' })),
  ...['NodePort', 'LoadBalancer'].map((type) => deny(`T17 Service of type ${type}`, service({ type }), new RegExp(`the type must be ClusterIP, got ${type}`))),
  deny('T17 ExternalName', object('Service', { type: 'ExternalName', externalName: 'evil.test' }), /the type must be ClusterIP, got ExternalName/),
  deny('T17 Service that becomes a NodePort', service({}), /the type must be ClusterIP, got NodePort/, { patch: { spec: { type: 'NodePort' } } }),
  ...['NodePort', 'LoadBalancer'].map((type) => deny(`T17 Service of type ${type}, of which the quota gives none`, service({ type }), new RegExp(`the type must be ClusterIP, got ${type}`), { namespace: PLAIN })),
  deny('T17 ExternalName, where nothing is said', object('Service', { type: 'ExternalName', externalName: 'evil.test' }), /the type must be ClusterIP, got ExternalName/, { namespace: PLAIN }),
  deny('T17 external address, where nothing is said', service({ externalIPs: ['192.0.2.77'] }), /externalIPs must be none, got 192\.0\.2\.77/, { namespace: PLAIN }),
  admit('T17 Service, where nothing is said', service({}), { namespace: PLAIN }),
  admit('T17 external address of the tenant', service({ externalIPs: ['192.0.2.77'] })),
  deny('T17 external address', service({ externalIPs: ['192.0.2.77', '192.0.2.1'] }), /externalIPs must be 192\.0\.2\.77, got 192\.0\.2\.1/),
  admit('HTTP-01 solver Service of cert-manager', service({ type: 'NodePort' }, solving), { by: SOLVER }),
  deny('HTTP-01 solver Service by its label only', service({ type: 'NodePort' }, solving), /the type must be/),
  admit('T14 name that external-dns gives', service({}, { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'shop.example.com,eu.shop.example.com' } })),
  deny('T14 name of another that external-dns gives', service({}, { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'shop.example.com,bank.example.com' } }), /got bank\.example\.com/),
  deny('T14 inner name of another', service({}, { annotations: { 'external-dns.alpha.kubernetes.io/internal-hostname': 'bank.example.com' } }), /got bank\.example\.com/),
];

const CLASSES: readonly AdmissionCase[] = [
  admit('T18 StorageClass', claim({ storageClassName: 'standard' })),
  deny('T18 StorageClass of others', claim({ storageClassName: 'fast' }), /the StorageClass must be standard, got fast/),
  deny('T18 claim without class', claim({ storageClassName: '' }), /the StorageClass must be standard, got none/),
  deny('T18 claim that gets the default class', claim({}), /the StorageClass must be standard, got conformance-default/),
  deny('T18 StorageClass by annotation', claim({ storageClassName: 'standard' }, { annotations: { 'volume.beta.kubernetes.io/storage-class': 'fast' } }), /got fast/),
  admit('T18 PriorityClass', pod({ priorityClassName: 'batch' })),
  deny('T18 PriorityClass of others', pod({ priorityClassName: 'urgent' }), /the PriorityClass must be batch, got urgent/),
  deny('T18 PriorityClass of a Deployment', workload('Deployment', podSpec({ priorityClassName: 'urgent' })), /the PriorityClass must be batch, got urgent/),
  deny("T18 PriorityClass of Kubernetes' own, where nothing is said", pod({ priorityClassName: 'system-node-critical' }), /none of Kubernetes' own, got system-node-critical/, { namespace: PLAIN }),
  deny("T18 PriorityClass of Kubernetes' own in a Deployment", workload('Deployment', podSpec({ priorityClassName: 'system-cluster-critical' })), /none of Kubernetes' own, got system-cluster-critical/, { namespace: PLAIN }),
  admit('T18 PriorityClass, where nothing is said', pod({ priorityClassName: 'urgent' }), { namespace: PLAIN }),
  admit('T18 RuntimeClass', pod({ runtimeClassName: 'gvisor' })),
  deny('T18 RuntimeClass of others', pod({ runtimeClassName: 'kata' }), /the RuntimeClass must be gvisor, got kata/),
];

const VOLUME = /volumeName must be (left out|shop-disk): the volume may hold the data of another, got /;
const own = { storageClassName: 'standard' };
/** Whose volume a claim is on. */
const VOLUMES: readonly AdmissionCase[] = [
  deny('volume of another', claim({ ...own, volumeName: 'bank-disk' }), VOLUME, { by: CONTRACTOR }),
  deny('volume of another, where nothing is said', claim({ volumeName: 'shop-disk' }), VOLUME, { by: CONTRACTOR, namespace: PLAIN }),
  deny('volume of another, named while none is given', claim(own), VOLUME, { by: CONTRACTOR, patch: { spec: { volumeName: 'bank-disk' } } }),
  admit('volume of the tenant', claim({ ...own, volumeName: 'shop-disk' }), { by: CONTRACTOR }),
  admit('volume that is given', claim(own), { by: BINDER, patch: { spec: { volumeName: 'pvc-0' } } }),
  admit('claim that is labelled', claim(own), { by: CONTRACTOR, patch: { metadata: { labels: { a: 'b' } } } }),
  admit('volume that the platform names', claim({ ...own, volumeName: 'bank-disk' })),
  admit('volume that whoever may change the rules names', claim({ ...own, volumeName: 'bank-disk' }), { by: OPERATIONS }),
];

const NODES: readonly AdmissionCase[] = [
  deny('T19 no node selector', pod({ nodeSelector: {} }), /nodeSelector must have pool: shop, got /),
  deny('T19 nodes of others', pod({ nodeSelector: { pool: 'bank' } }), /nodeSelector must have pool: shop, got pool: bank/),
  admit('T19 some of its nodes', pod({ nodeSelector: { pool: 'shop', disk: 'ssd' } })),
  deny('T19 node by name', pod({ nodeName: 'node-a1' }), /nodeName must be left out, so that the scheduler decides, got node-a1/),
  deny('T19 node by name in a Deployment', workload('Deployment', podSpec({ nodeName: 'node-a1' })), /nodeName must be left out/),
  admit('T19 toleration', pod({ tolerations: [{ key: 'example.com/shop', operator: 'Exists' }] })),
  deny('T19 toleration of others', pod({ tolerations: [{ key: 'example.com/bank', operator: 'Exists' }] }), /must have the keys example\.com\/shop, got example\.com\/bank/),
  deny('T19 toleration of everything', pod({ tolerations: [{ operator: 'Exists' }] }), /must have the keys example\.com\/shop, got all of them/),
];

/** What is tried, by what it is about. */
export const CASES: readonly AdmissionCase[] = [
  ...IMAGES, ...SERVICES, ...CLASSES, ...VOLUMES, ...NODES, ...ROUTE_CASES, ...REFERENCE_CASES, ...PLATFORM_CASES, ...NETWORK_CASES,
];

function service(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return object('Service', { ports: [{ port: 80 }], selector: { app: 'tried' }, ...spec }, metadata);
}

function claim(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return object('PersistentVolumeClaim', { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec }, metadata);
}
