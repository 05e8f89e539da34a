import { titleOf, type JsonObject } from '../manifest.js';
import type { Report } from '../rules/rule.js';
import { rangeOf, type AddressRange } from './address.js';
import { Field } from './fields.js';
import { readSelector, type LabelSelector } from './label-selector.js';
import { PROTOCOLS, type Direction, type PolicyPort } from './network-policy.js';

/** Before NetworkPolicies, or after them. */
export type Tier = typeof TIERS[number];

/** What a rule does with a connection that it matches: `Pass` leaves it to the next tier. */
export type Action = typeof ACTIONS[number];

/** A ClusterNetworkPolicy as it is judged. */
export interface ClusterNetworkPolicy {
  readonly title: string;
  readonly tier: Tier;
  /** From 0 to 1000: the lower, the earlier. */
  readonly priority: number;
  readonly subject: PodsAnywhere;
  readonly ingress: readonly TieredRule[];
  readonly egress: readonly TieredRule[];
}

/** Pods by their namespaces and their own labels. */
export interface PodsAnywhere {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector: LabelSelector;
}

/** A rule: of those of a policy, the first that matches holds. */
export interface TieredRule {
  /** `ingress[0]`, and its name. */
  readonly title: string;
  readonly action: Action;
  readonly peers: readonly TieredPeer[];
  /** None are all. */
  readonly ports: readonly PolicyPort[];
}

/** Pods, or blocks of addresses. */
export type TieredPeer = { readonly networks: readonly AddressRange[] } | (PodsAnywhere & { readonly networks?: undefined });

const TIERS = ['Admin', 'Baseline'] as const;
const ACTIONS = ['Accept', 'Deny', 'Pass'] as const;
const PEERS = { ingress: 'from', egress: 'to' } as const;

/** Reads a ClusterNetworkPolicy of `v1alpha2`, in the fields of its standard channel and named ports. */
export function readClusterPolicy(object: JsonObject, report: Report): ClusterNetworkPolicy | undefined {
  const spec = new Field(object.spec, 'spec', report).members('tier', 'priority', 'subject', 'ingress', 'egress');
  if (spec === undefined) return undefined;
  const tier = TIERS.find((each) => each === spec.tier.value) ?? spec.tier.refuse(`must be one of ${TIERS.join(', ')}`);
  const { value } = spec.priority;
  const isPriority = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1000;
  const priority = isPriority ? value : spec.priority.refuse('must be from 0 to 1000');
  const subject = readPods(spec.subject);
  const rules = (direction: Direction): TieredRule[] =>
    spec[direction].items().flatMap((rule, index) => readRule(rule, direction, index) ?? []);
  const [ingress, egress] = [rules('ingress'), rules('egress')];
  if (tier === undefined || priority === undefined || subject === undefined) return undefined;
  return { title: titleOf(object), tier, priority, subject, ingress, egress };
}

function readRule(field: Field, direction: Direction, index: number): TieredRule | undefined {
  const shared = ['name', 'action', 'protocols'] as const;
  const members = direction === 'ingress' ? field.members(...shared, 'from') : field.members(...shared, 'to');
  if (members === undefined) return undefined;
  const action = ACTIONS.find((each) => each === members.action.value) ?? members.action.refuse(`must be one of ${ACTIONS.join(', ')}`);
  const list = field.member(PEERS[direction]);
  if (list.items().length === 0) list.refuse('must have a peer');
  const peers = list.items().flatMap((peer): TieredPeer[] => {
    const networks = direction === 'egress' ? peer.member('networks') : undefined;
    if (networks === undefined || networks.isAbsent) return [readPods(peer)].flatMap((each) => each ?? []);
    peer.members('networks');
    return [{ networks: networks.items().flatMap((each) => readNetwork(each) ?? []) }];
  });
  const { name, protocols } = members;
  const title = `${direction}[${index}]${typeof name.value === 'string' ? ` (${name.value})` : ''}`;
  return action === undefined ? undefined : { title, action, peers, ports: protocols.items().flatMap((each) => readProtocol(each) ?? []) };
}

function readPods(field: Field): PodsAnywhere | undefined {
  const members = field.members('namespaces', 'pods');
  if (members === undefined) return undefined;
  const { namespaces, pods } = members;
  if (namespaces.isAbsent === pods.isAbsent) return field.refuse('must have either namespaces or pods');
  if (pods.isAbsent) return { namespaceSelector: readSelector(namespaces), podSelector: [] };
  const both = pods.members('namespaceSelector', 'podSelector');
  if (both === undefined) return undefined;
  if (both.podSelector.isAbsent) return both.podSelector.refuse('must be given');
  const namespaceSelector = both.namespaceSelector.isAbsent ? [] : readSelector(both.namespaceSelector);
  return { namespaceSelector, podSelector: readSelector(both.podSelector) };
}

function readNetwork(field: Field): AddressRange | undefined {
  const range = typeof field.value === 'string' && field.value.includes('/') ? rangeOf(field.value) : undefined;
  return range ?? field.refuse('must be a CIDR block');
}

/** One of the keys, and of that the ports: none are all of the protocol. */
function readProtocol(field: Field): PolicyPort[] | undefined {
  const members = field.members('tcp', 'udp', 'sctp', 'destinationNamedPort');
  if (members === undefined) return undefined;
  const given = Object.values(members).filter((each) => !each.isAbsent);
  if (given.length !== 1) return field.refuse('must have one of tcp, udp, sctp, destinationNamedPort');
  const name = members.destinationNamedPort.isAbsent ? undefined : members.destinationNamedPort.text();
  // A name is a port of whichever protocol the pod gives it.
  if (name !== undefined) return PROTOCOLS.map((protocol) => ({ protocol, name }));
  return PROTOCOLS.flatMap((protocol) => {
    const of = field.member(protocol.toLowerCase());
    if (of.isAbsent) return [];
    const port = of.member('destinationPort');
    if (port.isAbsent) return [{ protocol }];
    const range = port.member('range');
    const first = range.isAbsent ? port.member('number').port() : range.member('start').port();
    const last = range.isAbsent ? first : range.member('end').port();
    return first === undefined || last === undefined ? [] : [{ protocol, numbers: { first, last } }];
  });
}
