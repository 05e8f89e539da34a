import { titleOf, type JsonObject } from '../manifest.js';
import type { Report } from '../rules/rule.js';
import { isPartOf, rangeOf, type AddressRange, type IpBlock } from './address.js';
import { Field } from './fields.js';
import { readSelector, type LabelSelector } from './label-selector.js';

/** The two ways that a policy may restrict. */
export type Direction = 'ingress' | 'egress';

/** A NetworkPolicy as it is judged: a direction that it doesn't restrict has no rules, not even none. */
export interface NetworkPolicy {
  readonly title: string;
  readonly namespace: string;
  readonly podSelector: LabelSelector;
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}

/** A rule lets through what is from or to one of its peers, and on one of its ports: no peers are all, no ports too. */
export interface PolicyRule {
  /** `ingress[0]`. */
  readonly title: string;
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly PolicyPort[];
}

/** A block of addresses, or pods: those of the policy's namespace unless namespaces are selected. */
export type PolicyPeer =
  | { readonly ipBlock: IpBlock }
  | { readonly ipBlock?: undefined; readonly namespaceSelector?: LabelSelector; readonly podSelector: LabelSelector };

/** The ports of a protocol: by name, from one number to another, or all. */
export interface PolicyPort {
  readonly protocol: Protocol;
  readonly name?: string;
  readonly numbers?: { readonly first: number; readonly last: number };
}

/** What ports are of. */
export type Protocol = typeof PROTOCOLS[number];

export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

const PEERS = { ingress: 'from', egress: 'to' } as const;

/** Reads a NetworkPolicy, with the defaults that the API server gives it. */
export function readPolicy(object: JsonObject, namespace: string, report: Report): NetworkPolicy {
  new Field(object, '', report).members('apiVersion', 'kind', 'metadata', 'spec', 'status');
  const members = new Field(object.spec ?? {}, 'spec', report).members('podSelector', 'policyTypes', 'ingress', 'egress');
  const rules = (direction: Direction): PolicyRule[] =>
    members?.[direction].items().map((rule, index) => readRule(rule, direction, index)) ?? [];
  const [ingress, egress] = [rules('ingress'), rules('egress')];
  const types = members?.policyTypes.items().map((type) => type.word(['Ingress', 'Egress'], 'Ingress')) ?? [];
  const restricted = types.length > 0 ? types : ['Ingress', ...(egress.length > 0 ? ['Egress'] : [])];
  return {
    title: titleOf(object),
    namespace,
    podSelector: members === undefined || members.podSelector.isAbsent ? [] : readSelector(members.podSelector),
    ...(restricted.includes('Ingress') ? { ingress } : {}),
    ...(restricted.includes('Egress') ? { egress } : {}),
  };
}

function readRule(field: Field, direction: Direction, index: number): PolicyRule {
  const title = `${direction}[${index}]`;
  // Each by itself, since a rule has `from` or `to`, and never both.
  const members = direction === 'ingress' ? field.members('from', 'ports') : field.members('to', 'ports');
  const peers = field.member(PEERS[direction]);
  return {
    title,
    peers: members === undefined ? [] : peers.items().flatMap((peer) => readPeer(peer) ?? []),
    ports: members?.ports.items().flatMap((port) => readPort(port) ?? []) ?? [],
  };
}

function readPeer(field: Field): PolicyPeer | undefined {
  const members = field.members('ipBlock', 'namespaceSelector', 'podSelector');
  if (members === undefined) return undefined;
  const { ipBlock, namespaceSelector, podSelector } = members;
  if (!ipBlock.isAbsent) {
    if (!namespaceSelector.isAbsent || !podSelector.isAbsent) return field.refuse('must not have an ipBlock beside a selector');
    const block = readBlock(ipBlock);
    return block === undefined ? undefined : { ipBlock: block };
  }
  if (namespaceSelector.isAbsent && podSelector.isAbsent) return field.refuse('must have an ipBlock, a namespaceSelector or a podSelector');
  return {
    podSelector: podSelector.isAbsent ? [] : readSelector(podSelector),
    ...(namespaceSelector.isAbsent ? {} : { namespaceSelector: readSelector(namespaceSelector) }),
  };
}

function readBlock(field: Field): IpBlock | undefined {
  const members = field.members('cidr', 'except');
  const range = members === undefined ? undefined : readRange(members.cidr);
  if (members === undefined || range === undefined) return undefined;
  const except = members.except.items().flatMap((item) => {
    const each = readRange(item);
    if (each !== undefined && !isPartOf(each, range)) item.refuse('must be a part of the cidr');
    return each ?? [];
  });
  return { range, except };
}

function readRange(field: Field): AddressRange | undefined {
  const range = typeof field.value === 'string' && field.value.includes('/') ? rangeOf(field.value) : undefined;
  return range ?? field.refuse('must be a CIDR block');
}

function readPort(field: Field): PolicyPort | undefined {
  const members = field.members('protocol', 'port', 'endPort');
  if (members === undefined) return undefined;
  const protocol = members.protocol.word(PROTOCOLS, 'TCP');
  const { port, endPort } = members;
  if (typeof port.value === 'number') {
    const first = port.port();
    const last = endPort.isAbsent ? first : endPort.port();
    if (first === undefined || last === undefined) return undefined;
    return last < first ? endPort.refuse(`must be at least port (${first})`) : { protocol, numbers: { first, last } };
  }
  if (!endPort.isAbsent) return endPort.refuse('must not be given unless port is a number');
  if (port.isAbsent) return { protocol };
  const name = port.text();
  if (name === undefined) return undefined;
  const isName = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name) && name.length <= 15;
  return isName ? { protocol, name } : port.refuse('must be a number, or a port\'s name of at most 15 lower-case letters, digits and single dashes');
}
