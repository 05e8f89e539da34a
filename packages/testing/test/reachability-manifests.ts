import type { Json, JsonObject } from '../src/index.js';

/** `8080`, `53/UDP`, `http 8080` or `dns 53/UDP`, as containers declare them. */
export type DeclaredPort = number | string;

interface More {
  readonly kind?: string;
  readonly labels?: Record<string, string>;
  readonly spec?: JsonObject;
}

/** A Deployment with one label, `app`, of its own name, unless others are given. */
export function deployment(name: string, ports: readonly DeclaredPort[] = [], more: More = {}): JsonObject {
  const [namespace = '', own = ''] = name.split('/');
  const template: JsonObject = {
    metadata: { labels: more.labels ?? { app: own } },
    spec: { containers: [{ name: 'main', ports: ports.map(containerPort) }], ...more.spec },
  };
  const kind = more.kind ?? 'Deployment';
  return { apiVersion: 'apps/v1', kind, metadata: { name: own, namespace }, spec: { template } };
}

/** A Pod by itself. */
export function pod(name: string, ports: readonly DeclaredPort[] = [], labels: Record<string, string> = { app: name.split('/')[1]! }): JsonObject {
  const [namespace = '', own = ''] = name.split('/');
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: own, namespace, labels }, spec: { containers: [{ name: 'main', ports: ports.map(containerPort) }] } };
}

/** A Namespace with labels. */
export function namespace(name: string, labels: Record<string, string>): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A NetworkPolicy. */
export function policy(name: string, spec: JsonObject): JsonObject {
  const [space = '', own = ''] = name.split('/');
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: own, namespace: space }, spec };
}

/** A policy for all pods of the namespace that lets in what is given. */
export function ingress(name: string, ...rules: JsonObject[]): JsonObject {
  return policy(name, { podSelector: {}, policyTypes: ['Ingress'], ingress: rules });
}

/** A policy for all pods of the namespace that lets out what is given. */
export function egress(name: string, ...rules: JsonObject[]): JsonObject {
  return policy(name, { podSelector: {}, policyTypes: ['Egress'], egress: rules });
}

/** A label selector by labels. */
export function labelled(labels: Record<string, string>): JsonObject {
  return { matchLabels: labels };
}

/** A label selector by one expression. */
export function expression(key: string, operator: string, ...values: Json[]): JsonObject {
  return { matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }] };
}

function containerPort(port: DeclaredPort): JsonObject {
  const [, name, number, protocol] = /^(?:([a-z-]+) )?(\d+)(?:\/([A-Z]+))?$/.exec(String(port)) ?? [];
  return { containerPort: Number(number), ...(name === undefined ? {} : { name }), ...(protocol === undefined ? {} : { protocol }) };
}
