import { BlockList, isIPv6 } from 'node:net';
import { itemsAt, objectAt, type JsonObject } from '@keelson/testing';
import { namespaceOf, textsAt } from './app-pods.js';
import { distinct, NAMESPACE_NAME, pod, type Party, type Pod, type Port } from './party.js';
import { INTERNET } from './surroundings.js';

const UNNAMED = 'a-labelled-namespace';

/** The parties, and what else the policies' rules name: each peer that is none of them yet, and each port of a rule for who it is about. */
export function withPeersOfRules(policies: readonly JsonObject[], parties: readonly Party[]): Party[] {
  const all = [...parties];
  for (const { policy, rule, peers } of policies.flatMap(rulesOf)) {
    for (const peer of itemsAt(rule, peers).map(([, each]) => each)) {
      const matches = matcherOf(peer, namespaceOf(policy));
      if (!all.some(matches)) all.push(partyOf(peer, namespaceOf(policy), all.length));
      const ports = peers === 'to' ? portsOf(rule) : [];
      all.forEach((party, index) => {
        if (matches(party) || party.ip === INTERNET) all[index] = { ...party, ports: distinct([...party.ports, ...ports]) };
      });
    }
  }
  return all;
}

interface Rule {
  readonly policy: JsonObject;
  readonly rule: JsonObject;
  readonly peers: 'from' | 'to';
}

function rulesOf(policy: JsonObject): Rule[] {
  const spec = objectAt(policy, 'spec');
  return [
    ...itemsAt(spec, 'ingress').map(([, rule]): Rule => ({ policy, rule, peers: 'from' })),
    ...itemsAt(spec, 'egress').map(([, rule]): Rule => ({ policy, rule, peers: 'to' })),
  ];
}

/** Whether a party is one that a peer surely means. What more it means is the evaluator's to say. */
function matcherOf(peer: JsonObject, namespace: string): (party: Party) => boolean {
  const { cidr } = objectAt(peer, 'ipBlock');
  if (typeof cidr === 'string') {
    const [inside, outside] = [blocks([cidr]), blocks(exceptionsOf(peer))];
    return ({ ip, pods }) => pods.length === 0 && contains(inside, ip) && !contains(outside, ip);
  }
  const [meant] = podOf(peer, namespace);
  const has = (own: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
    Object.entries(wanted).every(([key, value]) => own[key] === value);
  const anywhere = meant.namespace === UNNAMED;
  return ({ pods }) => pods.some((each) => has(each.labels, meant.labels)
    && (anywhere ? has(each.namespaceLabels, withoutName(meant)) : each.namespace === meant.namespace));
}

function withoutName({ namespaceLabels: { [NAMESPACE_NAME]: _name, ...rest } }: Pod): Record<string, string> {
  return rest;
}

function partyOf(peer: JsonObject, namespace: string, index: number): Party {
  const { cidr } = objectAt(peer, 'ipBlock');
  if (typeof cidr === 'string') {
    const ip = addressIn(cidr);
    return { name: cidr.startsWith(`${ip}/`) ? ip : `${ip} of ${cidr}`, ip, pods: [], ports: [] };
  }
  const [meant] = podOf(peer, namespace);
  const labels = Object.entries(meant.labels).map(([key, value]) => `${key}=${value}`).join(', ');
  const place = meant.namespace === UNNAMED ? `a namespace with ${Object.entries(withoutName(meant)).map((each) => each.join('=')).join(', ')}` : meant.namespace;
  return { name: `${labels === '' ? 'any pod' : labels} in ${place}`, ip: `10.244.6.${index + 1}`, pods: [meant], ports: [] };
}

/** A pod that a peer's selectors select. */
function podOf(peer: JsonObject, ownNamespace: string): [Pod] {
  const labels = selected(objectAt(peer, 'podSelector'));
  if (peer.namespaceSelector === undefined) return [pod(ownNamespace, labels)];
  const { [NAMESPACE_NAME]: name, ...others } = selected(objectAt(peer, 'namespaceSelector'));
  return [pod(name ?? UNNAMED, labels, others)];
}

function selected(selector: JsonObject): Record<string, string> {
  const expressions = itemsAt(selector, 'matchExpressions').flatMap(([, { key, operator, values }]): [string, string][] => {
    if (operator === 'Exists') return [[String(key), 'any']];
    return operator === 'In' && Array.isArray(values) ? [[String(key), String(values[0])]] : [];
  });
  return { ...textsAt(selector, 'matchLabels'), ...Object.fromEntries(expressions) };
}

function portsOf(rule: JsonObject): Port[] {
  return itemsAt(rule, 'ports').flatMap(([, { port, endPort, protocol }]) => [port, endPort]
    .filter((each) => typeof each === 'number').map((number): Port => ({ number, protocol: String(protocol ?? 'TCP') })));
}

function exceptionsOf(peer: JsonObject): string[] {
  const { except } = objectAt(peer, 'ipBlock');
  return Array.isArray(except) ? except.map(String) : [];
}

function blocks(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', length] = cidr.split('/');
    list.addSubnet(address, Number(length), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

function contains(list: BlockList, ip: string): boolean {
  return list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}

/** The block's first address that a host may have. */
function addressIn(cidr: string): string {
  const [address = '', length] = cidr.split('/');
  if (isIPv6(address)) return address.endsWith('::') && length !== '128' ? `${address}1` : address;
  return Number(length) > 30 ? address : address.replace(/\d+$/, (last) => String(Number(last) + 1));
}
