import { itemsAt, objectAt, type Json, type JsonObject } from '@keelson/testing';
import type { Authority } from './authority.js';
import { PORTS } from './back-end/ports.js';

/** A port that nothing of the back end listens on. */
const NOBODY = 9;
const BROKEN = '-broken';

/** Two, so that it shows which of them is asked. */
const ENDPOINTS = 2;

/** What runs pods: no request gets there, so the programs of the back end answer instead. */
const LEFT_OUT = new Set(['Deployment', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ServiceAccount', 'NetworkPolicy']);

/** A Secret with a certificate that somebody is to make. */
export interface WantedCertificate {
  readonly namespace: string;
  readonly secretName: string;
  readonly hosts: readonly string[];
}

/**
 * What of an app's objects goes to the API server, exactly as rendered, but for its pods and for the selectors that would find them, and
 * for the addresses of Services, which no node leads anywhere here: Traefik looks for endpoints instead.
 */
export function routed(objects: readonly JsonObject[]): JsonObject[] {
  return objects.filter(({ kind }) => !LEFT_OUT.has(String(kind))).map((object) => {
    if (object.kind === 'Middleware') return ofErrorService(object, ({ nativeLB: _, ...service }) => service);
    if (object.kind !== 'Service') return object;
    const { selector: _, ...spec } = objectAt(object, 'spec');
    return { ...object, spec };
  });
}

/** What is special about endpoints. */
interface SliceOptions {
  /** One more is said to be ready, and nobody is there. */
  readonly broken?: boolean;
}

/** A Middleware with its Service that answers for errors changed, if it has one. */
export function ofErrorService(object: JsonObject, change: (service: JsonObject) => JsonObject): JsonObject {
  const spec = objectAt(object, 'spec');
  if (object.kind !== 'Middleware' || spec.errors === undefined) return object;
  return { ...object, spec: { ...spec, errors: { ...objectAt(spec, 'errors'), service: change(objectAt(spec, 'errors', 'service')) } } };
}

/** EndpointSlices that lead from each Service to the back end, to the ports that the app's containers have. */
export function endpointSlices(
  objects: readonly JsonObject[], nextAddress: (app: string) => string, more: SliceOptions = {},
): JsonObject[] {
  return objects.filter(({ kind }) => kind === 'Service').flatMap((service) => {
    const { name, namespace } = objectAt(service, 'metadata');
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${String(name)}-back-end`, namespace, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: Array.from({ length: ENDPOINTS }, () => ({
        addresses: [nextAddress(String(name))], conditions: { ready: true, serving: true, terminating: false },
      })),
      ports: itemsAt(objectAt(service, 'spec'), 'ports').map(([, port]) => ({
        name: port.name ?? '', protocol: port.protocol ?? 'TCP', port: containerPort(port.targetPort ?? port.port, service, objects),
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
      })),
    };
    return more.broken === true ? [slice, brokenSlice(slice, nextAddress(String(name)))] : [slice];
  });
}

/** Whether nobody is at the endpoints of a slice. */
export function isBroken(slice: JsonObject): boolean {
  return String(objectAt(slice, 'metadata').name).endsWith(BROKEN);
}

/** One more endpoint, at a port where nobody listens. */
function brokenSlice(slice: JsonObject, address: string): JsonObject {
  const metadata = objectAt(slice, 'metadata');
  return {
    ...slice, metadata: { ...metadata, name: `${String(metadata.name)}${BROKEN}` },
    endpoints: [{ addresses: [address], conditions: { ready: true, serving: true, terminating: false } }],
    ports: itemsAt(slice, 'ports').map(([, port]) => ({ ...port, port: NOBODY })),
  };
}

/** A port by its number, or the number it has in the containers of the pods that a Service selects. */
function containerPort(port: Json | undefined, service: JsonObject, objects: readonly JsonObject[]): number {
  if (typeof port === 'number') return port;
  const selector = Object.entries(objectAt(service, 'spec', 'selector'));
  const selected = objects.filter((object) => {
    const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels');
    return selector.every(([key, value]) => labels[key] === value);
  });
  const ports = selected.flatMap((object) => itemsAt(objectAt(object, 'spec', 'template', 'spec'), 'containers'))
    .flatMap(([, container]) => itemsAt(container, 'ports')).map(([, each]) => each);
  const found = ports.find(({ name }) => name === port)?.containerPort;
  return typeof found === 'number' ? found : PORTS.http;
}

/** The certificates that cert-manager would have issued. */
export function certificatesOf(objects: readonly JsonObject[]): WantedCertificate[] {
  return objects.filter(({ apiVersion, kind }) => kind === 'Certificate' && String(apiVersion).startsWith('cert-manager.io/')).map((object) => {
    const { secretName, dnsNames } = objectAt(object, 'spec');
    const hosts = Array.isArray(dnsNames) ? dnsNames.map(String) : [];
    return { namespace: String(objectAt(object, 'metadata').namespace), secretName: String(secretName), hosts };
  });
}

/** The Secret of a certificate, whose name in the certificate says where it is from. */
export async function tlsSecret({ namespace, secretName, hosts }: WantedCertificate, authority: Authority): Promise<JsonObject> {
  const { certificate, key } = await authority.issue(`${namespace}.${secretName}`, hosts);
  return { ...secret(namespace, secretName, { 'tls.crt': certificate, 'tls.key': key }), type: 'kubernetes.io/tls' };
}

/** A Secret with these texts. */
export function secret(namespace: string, name: string, texts: Readonly<Record<string, string>>): JsonObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: { ...texts } };
}

/** The hosts of routes, for the certificate of the platform's own listener. */
export function hostsOf(objects: readonly JsonObject[]): string[] {
  const named = objects.filter(({ kind }) => kind === 'HTTPRoute' || kind === 'GRPCRoute').flatMap((object) => {
    const { hostnames } = objectAt(object, 'spec');
    return Array.isArray(hostnames) ? hostnames.filter((host) => typeof host === 'string') : [];
  });
  return [...new Set(named)].sort();
}

/** A namespace. */
export function namespaceNamed(name: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A Service of the name `ready`, to which the routes lead that show whether everything is read. */
export function readyService(namespace: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'ready', namespace }, spec: { ports: [{ name: 'http', port: 80, targetPort: PORTS.http }] } };
}
