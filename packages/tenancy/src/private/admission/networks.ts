import { all, any, flat, text } from './cel';
import { Policy } from './policy';

/** A peer as a NetworkPolicy has it. */
export interface NetworkPeer {
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

/** A port, or a range of them. */
interface NetworkPort {
  readonly protocol?: string;
  readonly port: number;
  readonly endPort?: number;
}

/** Peers that may be opened, and on which ports; without these, on any. */
export interface Opening {
  readonly peers: readonly NetworkPeer[];
  readonly ports?: readonly NetworkPort[];
}

/** What may be opened, by direction. */
export interface Openings {
  readonly ingress: readonly Opening[];
  readonly egress: readonly Opening[];
}

const NETWORK_POLICIES = [{ apiGroups: ['networking.k8s.io'], apiVersions: ['v1'], resources: ['networkpolicies'] }];
const NAMESPACE = 'kubernetes.io/metadata.name';

/**
 * Policies of others than the platform: each is added to the tenant's own, so that what one of them opens is open.
 *
 * @param platform whether the platform asks.
 */
export function networkPolicy(openings: () => Openings, platform: string): Policy {
  return {
    name: 'networkpolicies',
    matched: NETWORK_POLICIES,
    watched: ['spec'],
    unless: platform,
    variables: () => {
      const { ingress, egress } = openings();
      return {
        everybody: [everybody('ingress', 'from'), everybody('egress', 'to')].join(' + '),
        peers: flat([strange('ingress', 'from', ingress), strange('egress', 'to', egress)]),
      };
    },
    validations: [
      { expression: 'variables.everybody.size() == 0', message: 'each rule must name its peers, or it is open to everybody', got: "variables.everybody.join(', ')" },
      {
        expression: 'variables.peers.size() == 0',
        message: "a network policy must open nothing but pods of its own namespace, and what the tenant's own policy opens, on the same ports",
        got: "variables.peers.join(', ')",
      },
    ],
  };
}

function everybody(direction: string, side: string): string {
  return `object.spec.?${direction}.orValue([]).filter(rule, rule.?${side}.orValue([]).size() == 0).map(rule, '${direction}')`;
}

/** Peers that may not be opened, as texts without spaces. */
function strange(direction: string, side: string, openings: readonly Opening[]): string {
  const own = `(has(peer.podSelector) && !has(peer.namespaceSelector)) || ${namespaceOf('peer')} == request.namespace`;
  const known = openings.flatMap(({ peers, ports }) => peers.flatMap(peer => {
    const isPeer = samePeer(peer);
    return isPeer === undefined ? [] : [all([isPeer, ...ports === undefined ? [] : [samePorts(ports)]])];
  }));
  const shown = `(has(peer.ipBlock) ? peer.ipBlock.cidr : ${namespaceOf('peer')} == '' ? 'namespaces' : ${namespaceOf('peer')} + '/pods')`;
  return `object.spec.?${direction}.orValue([]).map(rule, rule.?${side}.orValue([]).filter(peer, !(${any([own, ...known])}))`
    + `.map(peer, '${direction}:' + ${shown}).join(' '))`;
}

function namespaceOf(peer: string): string {
  return `${peer}.?namespaceSelector.?matchLabels[?'${NAMESPACE}'].orValue('')`;
}

/** The same pods or addresses, or some of them; nothing of peers whose kind isn't known here. */
function samePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPeer): string | undefined {
  if (ipBlock !== undefined) {
    return withinBlock(ipBlock.cidr, ipBlock.except ?? []);
  }
  const { [NAMESPACE]: namespace, ...others } = namespaceSelector?.matchLabels ?? {};
  if (namespace === undefined || Object.keys(others).length > 0) {
    return undefined;
  }
  return all([
    `${namespaceOf('peer')} == ${text(namespace)}`,
    ...Object.entries(podSelector?.matchLabels ?? {}).map(([key, value]) => `peer.?podSelector.?matchLabels[?${text(key)}].orValue('') == ${text(value)}`),
  ]);
}

/** Within a block, and with nothing of what is taken out of it. */
function withinBlock(block: string, except: readonly string[]): string {
  const own = 'cidr(peer.ipBlock.cidr)';
  return all([
    'has(peer.ipBlock)', `isCIDR(peer.ipBlock.cidr)`, `cidr(${text(block)}).containsCIDR(${own})`,
    ...except.map(each => `!cidr(${text(each)}).containsCIDR(${own}) && (!${own}.containsCIDR(cidr(${text(each)}))`
      + ` || peer.ipBlock.?except.orValue([]).exists(out, isCIDR(out) && cidr(out).containsCIDR(cidr(${text(each)}))))`),
  ]);
}

function samePorts(ports: readonly NetworkPort[]): string {
  const one = ports.map(({ protocol = 'TCP', port, endPort = port }) =>
    `of.?protocol.orValue('TCP') == ${text(protocol)} && of.port >= ${port} && of.?endPort.orValue(of.port) <= ${endPort}`);
  return `rule.?ports.orValue([]).size() > 0 && rule.ports.all(of, has(of.port) && type(of.port) == int && (${any(one)}))`;
}
