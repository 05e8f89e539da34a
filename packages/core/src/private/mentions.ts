import { IConstruct } from 'constructs';
import type { Connections } from '../connections';
import { IEnvValue } from '../env-value';

/** The workloads of an app by namespace and name, to tell who is meant by an address. */
const workloads = new WeakMap<IConstruct, Map<string, Connections>>();

/** A Service's name in the cluster's DNS, wherever it stands in a text. */
const ADDRESS = /(?<![a-z0-9.-])([a-z0-9-]+)\.([a-z0-9-]+)\.svc\b/g;

/** Makes a workload known by the address that its Service has. */
export function registerWorkload(scope: IConstruct, namespace: string | undefined, name: string, connections: Connections): void {
  const { root } = scope.node;
  const known = workloads.get(root) ?? new Map<string, Connections>();
  workloads.set(root, known.set(`${namespace ?? ''}\n${name}`, connections));
}

/** Variables with the address of a workload that isn't connected: its policy lets nobody in who isn't. */
export function unconnectedMentions(
  scope: IConstruct, connections: Connections, env: ReadonlyMap<string, IEnvValue>,
): { variable: string; workload: string }[] {
  const known = workloads.get(scope.node.root);
  return [...env].flatMap(([variable, { value }]) => [...String(value ?? '').matchAll(ADDRESS)].flatMap(([, name = '', namespace = '']) => {
    const other = known?.get(`${namespace}\n${name}`);
    const connected = other === undefined || other === connections || connections._edgeTo(other) !== undefined;
    return connected ? [] : [{ variable, workload: other._text }];
  }));
}
