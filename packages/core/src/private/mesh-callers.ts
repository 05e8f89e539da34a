import type { Connections } from '../connections';
import { ClusterProfile } from '../cluster-profile';
import { Fault } from '../faults';
import { Port } from '../port';
import { Protocol } from '../protocol';
import { Mesh, MeshDataPlane } from '../profile/mesh';
import { Edge } from './edge';
import { isOutside, namespaceOf } from './mesh-members';
import { PolicyPeer, Viewpoint } from './policy-rule';
import { portSet } from './port-set';
import { quoted } from './quoted';

/** Who pods are in a mesh. */
export interface MeshIdentity {
  readonly namespace: string | undefined;
  /** The name of the account they run as; undefined where it isn't known, or where there are several. */
  readonly account: string | undefined;
}

/** A caller as an AuthorizationPolicy has it. */
export interface Source {
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly ipBlocks?: readonly string[];
  readonly notIpBlocks?: readonly string[];
}

/** Who may call, and where. */
export interface MeshCaller {
  /** Undefined is everybody. */
  readonly source: Source | undefined;
  /** Whether it calls without a certificate of the mesh. */
  readonly isPlain: boolean;
  readonly ports: readonly number[];
}

/** Whoever calls without a certificate: which pods these may be, the network policy says. */
const UNKNOWN: Source = { notPrincipals: ['*'] };
/** Of a range, since an AuthorizationPolicy knows no ranges. */
const MOST_PORTS = 100;

/** Who calls the viewpoint. UDP and SCTP pass by a mesh. */
export function callersOf(connections: Connections, viewpoint: Viewpoint, mesh: Mesh): MeshCaller[] {
  return connections._clientEdges.flatMap(edge => {
    const ports = portSet(edge.ports.filter(isTcp)).flatMap(numbersOf);
    return ports.length === 0 ? [] : sourcesOf(edge.client, viewpoint, mesh).map(each => ({ ...each, ports }));
  });
}

/** What of the viewpoint's connections can't be said in a mesh. */
export function callerFaults(connections: Connections, viewpoint: Viewpoint): Fault[] {
  return connections._clientEdges.flatMap(edge => [
    ...edge.ports.filter(port => isTcp(port) && port.faults.length === 0 && widthOf(port) > MOST_PORTS).map(port => ({
      code: 'KEELSON1383', member: 'ports', got: port.text, allowed: `at most ${MOST_PORTS} ports in a range from ${edge.client._text}, since Istio takes them one by one`,
      fix: 'name the ports that are listened on',
    })),
    ...unsaid(edge, viewpoint),
  ]);
}

function unsaid({ client, ports }: Edge, viewpoint: Viewpoint): Fault[] {
  if (!ports.some(isTcp)) {
    return [];
  }
  const identity = client._meshIdentity;
  if (identity !== undefined) {
    return client._mesh === undefined || identity.namespace !== undefined ? [] : [nameless(client._text)];
  }
  const peers = client._resolve(viewpoint).rules.flatMap(rule => rule.peers).filter(peer => peer.ipBlock === undefined);
  const namespaces = peers.map(peer => namespaceOf(peer, viewpoint.namespace));
  return [
    ...namespaces.every(namespace => namespace !== undefined) ? [] : [{
      code: 'KEELSON1381', got: client._text, allowed: 'clients whose namespaces are named, since Istio selects none by labels', fix: 'name each: Peer.namespace(…)',
    }],
    ...namespaces.every(namespace => namespace === undefined || namespace.name !== undefined) ? [] : [nameless(`${client._text} of ${viewpoint.text}`)],
  ];
}

function nameless(text: string): Fault {
  return {
    code: 'KEELSON1382', got: `${text} in no namespace that is known`, allowed: 'clients whose namespace is known, which is part of who they are in a mesh',
    fix: "give the chart a 'namespace'",
  };
}

function sourcesOf(client: Connections, viewpoint: Viewpoint, mesh: Mesh): Omit<MeshCaller, 'ports'>[] {
  const identity = client._meshIdentity;
  if (identity !== undefined) {
    return [client._mesh === undefined ? { source: UNKNOWN, isPlain: true } : { source: identified(identity, mesh), isPlain: false }];
  }
  const profile = ClusterProfile.of(viewpoint.scope);
  const { rules, unlabelled = [] } = client._resolve(viewpoint);
  return [
    ...rules.flatMap(({ peers }) => peers.length === 0 ? [{ source: undefined, isPlain: true }]
      : peers.flatMap(peer => peerSource(peer, viewpoint, profile))),
    // of an entity of Cilium, which is in no mesh: the CiliumNetworkPolicy says which
    ...unlabelled.length === 0 ? [] : [{ source: UNKNOWN, isPlain: true }],
  ];
}

/** By the account, which no other workload can have, or at least by the namespace. */
function identified({ namespace = '', account }: MeshIdentity, { trustDomain }: Mesh): Source {
  return account === undefined ? { namespaces: [namespace] } : { principals: [`${trustDomain}/ns/${namespace}/sa/${account}`] };
}

/** Pods of others by their namespace: who they are beyond that, the network policy says. */
function peerSource(peer: PolicyPeer, viewpoint: Viewpoint, profile: ClusterProfile): Omit<MeshCaller, 'ports'>[] {
  if (peer.ipBlock !== undefined) {
    const { cidr, except = [] } = peer.ipBlock;
    return [{ source: { ipBlocks: [cidr], ...except.length === 0 ? {} : { notIpBlocks: except } }, isPlain: true }];
  }
  const name = namespaceOf(peer, viewpoint.namespace)?.name;
  if (name === undefined) {
    return [];
  }
  return [isOutside(profile, name) ? { source: UNKNOWN, isPlain: true } : { source: { namespaces: [name] }, isPlain: false }];
}

function isTcp({ protocol }: Port): boolean {
  return protocol === Protocol.TCP;
}

function widthOf({ number, endPort = number }: Port): number {
  return endPort - number + 1;
}

function numbersOf(port: Port): number[] {
  return Array.from({ length: Math.min(Math.max(widthOf(port), 0), MOST_PORTS) }, (_, at) => port.number + at);
}

/** What can't be said of all pods of a namespace: that some of their ports take plain text, and who they are where it has no name. */
export function wholeNamespaceFaults(
  connections: Connections, viewpoint: Viewpoint, mesh: Mesh, allowsWithin: boolean, others: Iterable<string>,
): Fault[] {
  const profile = ClusterProfile.of(viewpoint.scope);
  const callsPlainly = ({ client, ports }: Edge) => ports.some(isTcp) && sourcesOf(client, viewpoint, mesh).some(({ isPlain }) => isPlain);
  const plain = [
    ...connections._clientEdges.filter(callsPlainly).map(({ client }) => client._text),
    ...[...others].filter(name => isOutside(profile, name)).map(name => `namespace ${quoted(name)}`),
  ];
  return [
    ...plain.map(text => ({
      code: 'KEELSON1384', got: `${text}, which calls without mTLS`, allowed: 'clients in the mesh, for all pods of a namespace: Istio has exceptions by port only, and only of a workload',
      fix: 'let it in at the workloads that are meant',
    })),
    ...allowsWithin && viewpoint.namespace === undefined ? [nameless(viewpoint.text)] : [],
  ];
}

/** A sidecar looks for its control plane by name before anything else in the pod starts. */
export function sidecarDnsFaults({ dataPlane }: Mesh, deniesDns: boolean): Fault[] {
  return !deniesDns || dataPlane !== MeshDataPlane.SIDECAR ? [] : [{
    code: 'KEELSON1380', got: 'true in a mesh of sidecars', allowed: 'left out there: a sidecar finds its control plane by name, and no pod starts without',
    fix: "remove it, or keep the pods out of the mesh by 'podLabels: { 'sidecar.istio.io/inject': 'false' }'",
  }];
}
