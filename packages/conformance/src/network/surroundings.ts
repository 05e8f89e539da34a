import { itemsAt, objectAt, type JsonObject } from '@keelson/testing';
import { namespaceOf } from './app-pods.js';
import { DNS_PORTS, pod, type Party } from './party.js';

/** An address that every port of a rule is tried on too, so that a rule without peers shows. */
export const INTERNET = '1.1.1.1';

const HTTPS = [{ number: 443, protocol: 'TCP' }];

/** What is in or near every cluster. The addresses are such as a profile may name. */
export const EVERYWHERE: readonly Party[] = [
  { name: 'cluster DNS', ip: '10.244.4.1', pods: [pod('kube-system', { 'k8s-app': 'kube-dns' })], ports: DNS_PORTS },
  { name: 'another pod in kube-system', ip: '10.244.4.2', pods: [pod('kube-system', { 'k8s-app': 'metrics-server' })], ports: [{ number: 10250, protocol: 'TCP' }] },
  { name: 'Prometheus in monitoring', ip: '10.244.4.3', pods: [pod('monitoring', { 'app.kubernetes.io/name': 'prometheus' })], ports: [{ number: 9090, protocol: 'TCP' }] },
  { name: 'a pod in another namespace', ip: '10.244.4.4', pods: [pod('elsewhere', { app: 'elsewhere' })], ports: [{ number: 8080, protocol: 'TCP' }] },
  { name: 'DNS cache on the node 169.254.20.10', ip: '169.254.20.10', pods: [], ports: DNS_PORTS },
  { name: 'cloud metadata 169.254.169.254', ip: '169.254.169.254', pods: [], ports: [{ number: 80, protocol: 'TCP' }, ...DNS_PORTS] },
  { name: 'API server 10.0.0.1', ip: '10.0.0.1', pods: [], ports: [...HTTPS, { number: 6443, protocol: 'TCP' }] },
  { name: 'private address 10.20.30.40', ip: '10.20.30.40', pods: [], ports: [...HTTPS, { number: 5432, protocol: 'TCP' }] },
  { name: `internet ${INTERNET}`, ip: INTERNET, pods: [], ports: [...HTTPS, { number: 25, protocol: 'TCP' }] },
  { name: 'internet 2606:4700:4700::1111', ip: '2606:4700:4700::1111', pods: [], ports: HTTPS },
];

/** The pods of ingress controllers by class, as their own charts label them. */
const INGRESS_CONTROLLERS = new Map([
  ['traefik', pod('traefik', { 'app.kubernetes.io/name': 'traefik', 'app.kubernetes.io/instance': 'traefik-traefik' })],
  ['nginx', pod('ingress-nginx', { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/instance': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' })],
]);

/** The proxies that an app's routes and Ingresses are served by, and another pod beside each. */
export function proxiesOf(objects: readonly JsonObject[]): Party[] {
  const proxies = new Map([...objects.flatMap(gatewaysOf), ...objects.flatMap(controllersOf)]);
  return [...proxies].flatMap(([name, proxy], index): Party[] => [
    { name, ip: `10.244.5.${2 * index + 1}`, pods: [proxy], ports: HTTPS },
    { name: `another pod in ${proxy.namespace}`, ip: `10.244.5.${2 * index + 2}`, pods: [pod(proxy.namespace, { app: 'stranger' })], ports: HTTPS },
  ]);
}

function gatewaysOf(object: JsonObject): [string, ReturnType<typeof pod>][] {
  const spec = objectAt(object, 'spec');
  const parents = [...itemsAt(spec, 'parentRefs').map(([, parent]) => parent), objectAt(spec, 'parentRef')];
  return parents.filter(({ kind, name }) => typeof name === 'string' && (kind ?? 'Gateway') === 'Gateway').map((parent) => {
    const namespace = typeof parent.namespace === 'string' ? parent.namespace : namespaceOf(object);
    return [`Gateway ${namespace}/${String(parent.name)}`, pod(namespace, { 'gateway.networking.k8s.io/gateway-name': String(parent.name) })];
  });
}

function controllersOf(object: JsonObject): [string, ReturnType<typeof pod>][] {
  const { ingressClassName: name } = objectAt(object, 'spec');
  if (object.kind !== 'Ingress' || typeof name !== 'string') return [];
  const controller = INGRESS_CONTROLLERS.get(name);
  if (controller === undefined) throw new Error(`the pods of ingress class ${name} aren't known: name them in network/surroundings.ts`);
  return [[`Ingress controller ${name}`, controller]];
}
