import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Connections } from '../connections';
import { Manifest } from '../manifest';
import type { Mesh } from '../profile/mesh';
import { callersOf, MeshCaller, Source } from './mesh-callers';
import { nonEmpty } from './non-empty';
import { sortedBy } from './order';
import { Viewpoint } from './policy-rule';

const API = 'security.istio.io/v1';

/** Which pods of a namespace the policies are about, and how they are called. */
interface Meshed {
  readonly name: string;
  readonly labels: { [key: string]: string };
  /** Without any: all pods of the namespace. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Late: peers, their ports and the cluster's profile may still come until synth. */
  readonly rules: () => object[];
  readonly plainPorts: () => number[];
}

/** The policies of some pods in a mesh. */
export interface MeshPolicies {
  readonly authorizationPolicy: Manifest;
  readonly peerAuthentication: Manifest;
}

/**
 * Who may call, and that callers have to have a certificate. A PeerAuthentication for each workload, since exceptions by port need one that
 * selects its pods, and a namespace may be of several apps: the one of a whole namespace is its owner's.
 */
export function meshPolicies(scope: Construct, { name, labels, podLabels, rules, plainPorts }: Meshed): MeshPolicies {
  const selector = Object.keys(podLabels).length === 0 ? undefined : { matchLabels: podLabels };
  return {
    authorizationPolicy: new Manifest(scope, 'AuthorizationPolicy', {
      apiVersion: API,
      kind: 'AuthorizationPolicy',
      metadata: { name, labels },
      // Without rules it allows nothing.
      spec: { selector, action: 'ALLOW', rules: Lazy.any({ produce: () => nonEmpty(rules()) }) },
    }),
    peerAuthentication: new Manifest(scope, 'PeerAuthentication', {
      apiVersion: API,
      kind: 'PeerAuthentication',
      metadata: { name, labels },
      spec: { selector, mtls: { mode: 'STRICT' }, portLevelMtls: Lazy.any({ produce: () => exceptions(plainPorts()) }) },
    }),
  };
}

/** Not `DISABLE`: callers in the mesh keep mTLS there, and ambient knows no other exception. */
function exceptions(ports: number[]): object | undefined {
  return ports.length === 0 ? undefined : Object.fromEntries(ports.map(port => [String(port), { mode: 'PERMISSIVE' }]));
}

/** The ports that somebody calls who is not in the mesh. */
export function plainPortsOf(connections: Connections, viewpoint: Viewpoint, mesh: Mesh): number[] {
  const ports = callersOf(connections, viewpoint, mesh).filter(({ isPlain }) => isPlain).flatMap(caller => caller.ports);
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Who may call, and where. */
export function callerRules(connections: Connections, viewpoint: Viewpoint, mesh: Mesh): object[] {
  const byPorts = new Map<string, MeshCaller[]>();
  for (const caller of withAllPorts(callersOf(connections, viewpoint, mesh))) {
    const key = caller.ports.join();
    byPorts.set(key, [...byPorts.get(key) ?? [], caller]);
  }
  const rules = [...byPorts.values()].map(same => ({
    ...same.some(({ source }) => source === undefined) ? {} : { from: joined(same.flatMap(({ source }) => source ?? [])) },
    to: [{ operation: { ports: same[0]?.ports.map(String) ?? [] } }],
  }));
  return sortedBy(rules, rule => JSON.stringify(rule));
}

/** Each source once, with all ports that it may call. */
function withAllPorts(callers: MeshCaller[]): MeshCaller[] {
  const bySource = new Map<string, MeshCaller>();
  for (const caller of callers) {
    const key = JSON.stringify(caller.source ?? {});
    const ports = [...bySource.get(key)?.ports ?? [], ...caller.ports];
    bySource.set(key, { ...caller, ports: [...new Set(ports)].sort((a, b) => a - b) });
  }
  return [...bySource.values()];
}

/** Sources that may call the same, in the fewest words: one list of identities, and one of namespaces. */
function joined(sources: readonly Source[]): { source: Source }[] {
  const all = (key: 'principals' | 'namespaces') => [...new Set(sources.flatMap(source => source[key] ?? []))].sort();
  const [principals, namespaces] = [all('principals'), all('namespaces')];
  const others = sources.filter(source => source.principals === undefined && source.namespaces === undefined);
  return [
    ...principals.length === 0 ? [] : [{ principals }],
    ...namespaces.length === 0 ? [] : [{ namespaces }],
    ...sortedBy(others, source => JSON.stringify(source)),
  ].map(source => ({ source }));
}
