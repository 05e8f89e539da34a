import { isObject, itemsAt, objectAt, type Json, type JsonObject } from '@keelson/testing';
import type { PolicySet } from './policy-sets.js';

/** A mistake that an evaluator might make, as policies that a right one reads as a wrong one would read the given. */
export interface Mistake {
  readonly title: string;
  made(policy: JsonObject): JsonObject;
}

/** Mistakes each of which the comparison must show. */
export const MISTAKES: readonly Mistake[] = [
  { title: 'no policyTypes are both', made: inSpec((spec) => (isGiven(spec.policyTypes) ? spec : { ...spec, policyTypes: ['Ingress', 'Egress'] })) },
  { title: 'no policyTypes are those with rules', made: inSpec((spec) =>
    (isGiven(spec.policyTypes) || !isGiven(spec.egress) || isGiven(spec.ingress) ? spec : { ...spec, policyTypes: ['Egress'] })) },
  { title: 'the podSelector selects all', made: inSpec((spec) => ({ ...spec, podSelector: {} })) },
  { title: 'a peer with both selectors is two peers', made: inPeers((peer) => (isObject(peer.namespaceSelector) && isObject(peer.podSelector)
    ? [{ namespaceSelector: peer.namespaceSelector }, { podSelector: peer.podSelector }] : [peer])) },
  { title: 'a namespaceSelector beside a podSelector is overlooked', made: inPeers(({ namespaceSelector, ...peer }) =>
    [peer.podSelector === undefined && namespaceSelector !== undefined ? { namespaceSelector } : peer]) },
  { title: 'a podSelector means all namespaces', made: inPeers((peer) => [isObject(peer.podSelector) ? { namespaceSelector: {}, ...peer } : peer]) },
  { title: 'an empty namespaceSelector is the policy\'s own namespace', made: inPeers(({ namespaceSelector, ...peer }) => {
    const isEmpty = isObject(namespaceSelector) && Object.keys(namespaceSelector).length === 0;
    return [isEmpty ? { podSelector: {}, ...peer } : { ...peer, namespaceSelector }];
  }) },
  { title: 'except is overlooked', made: inPeers((peer) => [isObject(peer.ipBlock) ? { ipBlock: { cidr: peer.ipBlock.cidr } } : peer]) },
  { title: 'a block is about what is outside', made: inPeers((peer) => [isObject(peer.ipBlock) ? { ipBlock: { cidr: '192.0.2.0/24' } } : peer]) },
  { title: 'a rule without peers lets nobody through', made: inRules((rule, peers) => (isGiven(rule[peers]) ? rule : { ...rule, [peers]: [{ ipBlock: { cidr: '192.0.2.0/24' } }] })) },
  { title: 'a rule without ports is about TCP', made: inRules((rule) => (isGiven(rule.ports) ? rule : { ...rule, ports: [{}] })) },
  { title: 'a protocol is overlooked', made: inPorts(({ protocol: _, ...port }) => port) },
  { title: 'an endPort is overlooked', made: inPorts(({ endPort: _, ...port }) => port) },
  { title: 'a range lacks its end', made: inPorts((port) => (Number(port.endPort) > Number(port.port) ? { ...port, endPort: Number(port.endPort) - 1 } : port)) },
  { title: 'a name is any port', made: inPorts(({ port, ...rest }) => (typeof port === 'string' ? rest : { ...rest, port })) },
  { title: 'a name is no port', made: inPorts(({ port, ...rest }) => ({ ...rest, port: typeof port === 'string' ? 'nobodys' : port })) },
  { title: 'NotIn asks for the key', made: inSelectors(({ key, operator, ...rest }) =>
    (operator === 'NotIn' ? [{ key, operator, ...rest }, { key, operator: 'Exists' }] : [{ key, operator, ...rest }])) },
  { title: 'In selects by the first value', made: inSelectors(({ operator, values, ...rest }) =>
    [{ ...rest, operator, values: operator === 'In' && Array.isArray(values) ? values.slice(0, 1) : values }]) },
  { title: 'DoesNotExist is overlooked', made: inSelectors((each) => (each.operator === 'DoesNotExist' ? [] : [each])) },
  { title: 'Exists is overlooked', made: inSelectors((each) => (each.operator === 'Exists' ? [] : [each])) },
  { title: 'only the last rule counts', made: inSpec((spec) => ({ ...spec, ...lastOf(spec, 'ingress'), ...lastOf(spec, 'egress') })) },
];

/** A set as a mistaken evaluator would read it. */
export function mistaken(set: PolicySet, { made }: Mistake): PolicySet {
  return { ...set, policies: set.policies.map(made) };
}

function isGiven(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}

function lastOf(spec: JsonObject, direction: string): JsonObject {
  const rules = spec[direction];
  return { [direction]: Array.isArray(rules) ? rules.slice(-1) : rules };
}

function inSpec(change: (spec: JsonObject) => JsonObject): Mistake['made'] {
  return (policy) => ({ ...policy, spec: change(objectAt(policy, 'spec')) });
}

function inRules(change: (rule: JsonObject, peers: 'from' | 'to') => JsonObject): Mistake['made'] {
  const changed = (spec: JsonObject, direction: string, peers: 'from' | 'to'): JsonObject =>
    (isGiven(spec[direction]) ? { [direction]: itemsAt(spec, direction).map(([, rule]) => change(rule, peers)) } : {});
  return inSpec((spec) => ({ ...spec, ...changed(spec, 'ingress', 'from'), ...changed(spec, 'egress', 'to') }));
}

function inPeers(change: (peer: JsonObject) => JsonObject[]): Mistake['made'] {
  return inRules((rule, peers) => (isGiven(rule[peers])
    ? { ...rule, [peers]: itemsAt(rule, peers).flatMap(([, peer]) => change(peer)) } : rule));
}

function inPorts(change: (port: JsonObject) => JsonObject): Mistake['made'] {
  return inRules((rule) => (isGiven(rule.ports) ? { ...rule, ports: itemsAt(rule, 'ports').map(([, port]) => change(port)) } : rule));
}

function inSelectors(change: (expression: JsonObject) => JsonObject[]): Mistake['made'] {
  const changed = (selector: Json | undefined): Json | undefined => (isObject(selector) && isGiven(selector.matchExpressions)
    ? { ...selector, matchExpressions: itemsAt(selector, 'matchExpressions').flatMap(([, each]) => change(each)) } : selector);
  const peers = inPeers(({ namespaceSelector, podSelector, ...peer }) =>
    [{ ...peer, namespaceSelector: changed(namespaceSelector), podSelector: changed(podSelector) }]);
  return (policy) => inSpec((spec) => ({ ...spec, podSelector: changed(spec.podSelector) }))(peers(policy));
}
