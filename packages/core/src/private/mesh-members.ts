import { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import type { Connections } from '../connections';
import { IpFamily } from '../ip-family';
import { Port } from '../port';
import { GatewayImplementation } from '../profile/gateway-implementation';
import { Mesh, MeshDataPlane } from '../profile/mesh';
import { Protocol } from '../protocol';
import { PolicyPeer, PolicyRule, Viewpoint, podsSelected } from './policy-rule';

const NAME = 'kubernetes.io/metadata.name';
/** Where ambient's tunnels end in each pod, whatever port is meant. */
const TUNNEL = Port.tcp(15008);
/** Where sidecars get certificates and configuration. */
const CONTROL = Port.tcp(15012);
/** Who the kubelet is for pods of an ambient mesh when it probes them, on their own node only. */
const PROBES = { [IpFamily.IPV4]: '169.254.7.127/32', [IpFamily.IPV6]: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' };

const outsiders = new WeakMap<ClusterProfile, ReadonlySet<string>>();

/** The namespaces whose pods are not in the mesh. */
function outsideOf(profile: ClusterProfile): ReadonlySet<string> {
  const known = outsiders.get(profile) ?? new Set(profile.mesh?.outsideNamespaces ?? usuallyOutside(profile));
  outsiders.set(profile, known);
  return known;
}

function usuallyOutside({ gateway, ingress, traefik, monitoring }: ClusterProfile): string[] {
  const meshed = gateway?.implementation === GatewayImplementation.ISTIO;
  return [...meshed ? [] : [gateway], ingress, traefik, monitoring].flatMap(each => each?.pods.namespace ?? []);
}

/** The mesh that pods of a namespace are in; a namespace that isn't known is one of the app's. */
export function meshAt(scope: IConstruct, namespace: string | undefined): Mesh | undefined {
  const profile = ClusterProfile.of(scope);
  return profile.mesh === undefined || isOutside(profile, namespace) ? undefined : profile.mesh;
}

/** Whether pods of a namespace are known to be in no mesh. */
export function isOutside(profile: ClusterProfile, namespace: string | undefined): boolean {
  return namespace !== undefined && outsideOf(profile).has(namespace);
}

/** What pods say to stay out of a mesh: each data plane reads a label of its own, and not the other's. */
function saysNo(dataPlane: MeshDataPlane | undefined, labels: { readonly [key: string]: string } = {}): boolean {
  return dataPlane === MeshDataPlane.AMBIENT ? labels['istio.io/dataplane-mode'] === 'none' : labels['sidecar.istio.io/inject'] === 'false';
}

/** Pods as far as a mesh goes. */
export interface MeshPods {
  readonly podLabels?: { readonly [key: string]: string };
  readonly unsafeHostNetwork?: boolean;
}

/** Whether pods join the mesh of their namespace: not those in the node's network, and those that say so. */
export function joinsMesh(scope: IConstruct, { podLabels, unsafeHostNetwork }: MeshPods): boolean {
  return unsafeHostNetwork !== true && !saysNo(ClusterProfile.of(scope).mesh?.dataPlane, podLabels);
}

/** What keeps pods out of a mesh of sidecars. */
export function withoutSidecar(scope: IConstruct): { [key: string]: string } | undefined {
  return ClusterProfile.of(scope).mesh?.dataPlane === MeshDataPlane.SIDECAR ? { 'sidecar.istio.io/inject': 'false' } : undefined;
}

/** What pods with a sidecar are annotated with. */
export function sidecarAnnotations(scope: IConstruct, namespace: string | undefined, pods: MeshPods): { [key: string]: string } {
  if (meshAt(scope, namespace)?.dataPlane !== MeshDataPlane.SIDECAR || !joinsMesh(scope, pods)) {
    return {};
  }
  return {
    // As a usual container it keeps Jobs from ending and init containers, such as those that wait, from the network.
    'sidecar.istio.io/nativeSidecar': 'true',
    // Else it moves the metrics to a port of its own, which no policy opens.
    ...ClusterProfile.of(scope).monitoring?.scrapeAnnotations === true ? { 'prometheus.istio.io/merge-metrics': 'false' } : {},
  };
}

/** The namespace that pods are selected in; undefined where it is selected by other labels than its name. */
export function namespaceOf(peer: PolicyPeer, own: string | undefined): { readonly name: string | undefined } | undefined {
  if (peer.namespaceSelector === undefined) {
    return { name: own };
  }
  const { [NAME]: name } = peer.namespaceSelector.matchLabels ?? {};
  return name === undefined ? undefined : { name };
}

/** Rules of a network policy with the tunnel's port, which ambient's packets have instead of the one that is meant. */
export function tunnelled(rules: PolicyRule[], { _mesh: mesh }: Connections, viewpoint: Viewpoint): PolicyRule[] {
  return mesh?.dataPlane !== MeshDataPlane.AMBIENT ? rules
    : rules.flatMap(rule => withTunnel(rule, ClusterProfile.of(viewpoint.scope), viewpoint.namespace));
}

function withTunnel(rule: PolicyRule, profile: ClusterProfile, own: string | undefined): PolicyRule[] {
  const { peers, ports } = rule;
  if (!ports.some(({ protocol }) => protocol === Protocol.TCP)) {
    return [rule];
  }
  const open = { peers, ports: [...ports, TUNNEL] };
  if (peers.length === 0) {
    return [open];
  }
  const isMeshed = (peer: PolicyPeer) => peer.ipBlock === undefined && !isOutside(profile, namespaceOf(peer, own)?.name);
  const parts = [{ ...open, peers: peers.filter(isMeshed) }, { peers: peers.filter(peer => !isMeshed(peer)), ports }];
  return parts.filter(part => part.peers.length > 0);
}

/** Who asks after the health of pods in an ambient mesh. Where there are sidecars it is the node itself, which no policy closes. */
export function probeRules({ _mesh: mesh }: Connections, { scope }: Viewpoint): PolicyRule[] {
  if (mesh?.dataPlane !== MeshDataPlane.AMBIENT) {
    return [];
  }
  const { ipFamilies } = ClusterProfile.of(scope);
  return [{ peers: ipFamilies.map(family => ({ ipBlock: { cidr: PROBES[family] } })), ports: [] }];
}

/** What sidecars can't start without. */
export function controlPlaneRules({ _mesh: mesh }: Connections, viewpoint: Viewpoint): PolicyRule[] {
  if (mesh?.dataPlane !== MeshDataPlane.SIDECAR) {
    return [];
  }
  const { namespace, labels } = mesh.controlPlane;
  return [{ peers: [podsSelected(labels, namespace, viewpoint)], ports: [CONTROL] }];
}
