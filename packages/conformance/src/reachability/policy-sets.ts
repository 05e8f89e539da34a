import { itemsAt, objectAt, type JsonObject } from '@keelson/testing';
import fc from 'fast-check';
import { policies } from './policies.js';
import { ADDRESSES, LABELS, NAMESPACES, NUMBERS, PORT_NAMES, PROTOCOLS } from './vocabulary.js';

/** Some namespaces, pods and policies, and connections to judge by them. */
export interface PolicySet {
  readonly namespaces: readonly JsonObject[];
  readonly workloads: readonly JsonObject[];
  readonly policies: readonly JsonObject[];
  readonly connections: readonly Connection[];
}

/** A connection between pods, `namespace/name`, or addresses. */
export interface Connection {
  readonly source: string;
  readonly destination: string;
  readonly number: number;
  readonly protocol: string;
}

/** The address of every pod that doesn't run yet, and of every node. */
export const [POD_ADDRESS, NODE_ADDRESS] = ['10.0.0.9', '10.0.0.14'];

const CONNECTIONS = 50;

const namespaces = fc.tuple(...NAMESPACES.map((name) => fc.option(labels(), { freq: 3 }).map((own): JsonObject[] =>
  (own === null ? [] : [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: own } }])))).map((each) => each.flat());

const ports = fc.uniqueArray(
  fc.record({
    containerPort: fc.constantFrom(...NUMBERS),
    protocol: fc.constantFrom(undefined, ...PROTOCOLS),
    name: fc.constantFrom(undefined, ...PORT_NAMES),
  }),
  { maxLength: 4, selector: ({ containerPort, protocol }) => `${containerPort}/${protocol ?? 'TCP'}` },
).map((each) => each.filter(({ name }, index) => name === undefined || each.findIndex((other) => other.name === name) === index));

const podSpec = fc.tuple(ports, fc.nat(4), fc.nat(12)).map(([all, sidecar, node]): JsonObject => {
  const container = (name: string, own: JsonObject[]): JsonObject => ({ name, ports: own });
  return {
    containers: [container('main', all.slice(sidecar))],
    initContainers: [{ ...container('sidecar', all.slice(0, sidecar)), restartPolicy: 'Always' }],
    ...(node === 0 ? { hostNetwork: true } : {}),
  };
});

const workload = fc.record({
  kind: fc.constantFrom('Pod', 'Pod', 'Pod', 'Deployment', 'CronJob'),
  namespace: fc.constantFrom(...NAMESPACES),
  own: labels(),
  spec: podSpec,
  ip: fc.constantFrom(...ADDRESSES),
});

const workloads = fc.array(workload, { minLength: 1, maxLength: 6 }).map((all) => all.map((each, index): JsonObject => {
  const { kind, namespace, own, spec, ip } = each;
  const metadata = { name: `w${index}`, namespace };
  const template: JsonObject = { metadata: { labels: own }, spec };
  switch (kind) {
    case 'Pod': return { apiVersion: 'v1', kind, metadata: { ...metadata, labels: own }, spec, status: { podIPs: [{ ip }] } };
    case 'CronJob': return { apiVersion: 'batch/v1', kind, metadata, spec: { jobTemplate: { spec: { template } } } };
    default: return { apiVersion: 'apps/v1', kind, metadata, spec: { template } };
  }
}));

/** Random sets of policies with connections to judge. Words and numbers are few, so that much matches. */
export const policySets: fc.Arbitrary<PolicySet> = fc.tuple(namespaces, workloads, policies).chain(([spaces, pods, all]) => {
  const names = pods.map(nameOf);
  const end = fc.nat(19).chain((one) => fc.constantFrom(...(one === 0 ? ADDRESSES : names)));
  const port = { number: fc.constantFrom(...NUMBERS), protocol: fc.constantFrom('TCP', ...PROTOCOLS) };
  const connection = fc.record({ source: end, destination: end, ...port });
  return fc.array(connection, { minLength: CONNECTIONS, maxLength: CONNECTIONS })
    .map((connections): PolicySet => ({ namespaces: spaces, workloads: pods, policies: all, connections }));
});

/** How many connections each set has. */
export const CONNECTIONS_OF_A_SET = CONNECTIONS;

/** `shop/web`. */
export function nameOf(object: JsonObject): string {
  const { namespace, name } = objectAt(object, 'metadata');
  return `${String(namespace)}/${String(name)}`;
}

/** The template of a workload's pods. */
export function templateOf(object: JsonObject): JsonObject {
  if (object.kind === 'Pod') return object;
  return objectAt(object, ...(object.kind === 'CronJob' ? ['spec', 'jobTemplate'] : []), 'spec', 'template');
}

/** What the containers call a port. */
export function portNameOf(object: JsonObject, { number, protocol }: Connection): string | undefined {
  const spec = objectAt(templateOf(object), 'spec');
  const all = ['containers', 'initContainers'].flatMap((list) => itemsAt(spec, list)).flatMap(([, container]) => itemsAt(container, 'ports'));
  const found = all.map(([, port]) => port).find((port) => port.containerPort === number && (port.protocol ?? 'TCP') === protocol);
  return typeof found?.name === 'string' ? found.name : undefined;
}

function labels(): fc.Arbitrary<Record<string, string>> {
  return fc.dictionary(fc.constantFrom(...LABELS.keys), fc.constantFrom(...LABELS.values), { maxKeys: 3 });
}
