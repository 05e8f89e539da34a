import type { Json, JsonObject } from '@keelson/testing';
import fc from 'fast-check';
import { LABELS, NAMESPACES, NUMBERS, PORT_NAMES, PROTOCOLS } from './vocabulary.js';

const values = fc.uniqueArray(fc.constantFrom(...LABELS.values), { minLength: 1, maxLength: 3 });
const key = fc.constantFrom(...LABELS.keys);
const requirement = fc.oneof(
  fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist'), values: absentOr<Json>([]) }),
).map((each): JsonObject => ({ ...each }));

const selector = fc.record({
  matchLabels: absentOr(fc.dictionary(key, fc.constantFrom(...LABELS.values), { maxKeys: 2 })),
  matchExpressions: absentOr(fc.array(requirement, { maxLength: 2 })),
}).map((each): JsonObject => ({ ...each }));
const anySelector = fc.oneof({ weight: 1, arbitrary: fc.constant<JsonObject>({}) }, { weight: 3, arbitrary: selector });

/** Blocks that are the smaller, the longer their prefix: each exception is a part of its block. */
const block = fc.record({
  isV4: fc.boolean(),
  at: fc.nat(15),
  free: fc.constantFrom(0, 1, 2, 3, 4, 8, 32),
  parts: fc.array(fc.tuple(fc.nat(15), fc.nat(4)), { maxLength: 3 }),
}).map(({ isV4, at, free, parts }): JsonObject => {
  const written = (address: number, bits: number): string =>
    (isV4 ? `10.0.0.${address}/${32 - bits}` : `2001:db8::${address.toString(16)}/${128 - bits}`);
  // Within the last four bits, where all the addresses differ; a larger block has them all.
  const inside = (address: number): number => (free >= 4 ? address : (at >> free << free) + address % (1 << free));
  const except = parts.filter(([, bits]) => bits < free).map(([address, bits]) => written(inside(address), bits));
  return { cidr: written(at, free), ...(except.length === 0 ? {} : { except }) };
});

const peer = fc.oneof(
  fc.record({ podSelector: anySelector }),
  fc.record({ namespaceSelector: anySelector }),
  fc.record({ namespaceSelector: anySelector, podSelector: anySelector }),
  fc.record({ ipBlock: block }),
).map((each): JsonObject => ({ ...each }));

const protocol = fc.constantFrom(undefined, ...PROTOCOLS);
const port = fc.oneof(
  fc.record({ protocol }),
  fc.record({ protocol, port: fc.constantFrom(...NUMBERS) }),
  fc.record({ protocol, port: fc.constantFrom(...PORT_NAMES) }),
  fc.record({ protocol, port: fc.constantFrom(...NUMBERS), more: fc.constantFrom(0, 1, 2, 65000) })
    .map(({ more, ...each }) => ({ ...each, endPort: each.port + more })),
).map((each): JsonObject => ({ ...each }));

function rules(peers: 'from' | 'to'): fc.Arbitrary<Json | undefined> {
  const rule = fc.record({ peers: absentOr(listOf(peer)), ports: absentOr(listOf(port)) })
    .map((each): JsonObject => ({ [peers]: each.peers, ports: each.ports }));
  return absentOr(fc.array(rule, { maxLength: 2 }));
}

const spec = fc.record({
  podSelector: fc.oneof({ weight: 3, arbitrary: anySelector }, { weight: 2, arbitrary: fc.constantFrom(undefined, {}) }),
  policyTypes: fc.constantFrom<Json | undefined>(undefined, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress'], ['Egress', 'Ingress']),
  ingress: rules('from'),
  egress: rules('to'),
});

/** Random policies, in all forms that the API server takes. */
export const policies = fc.array(fc.tuple(fc.constantFrom(...NAMESPACES), spec), { minLength: 1, maxLength: 10 })
  .map((all) => all.map(([namespace, each], index): JsonObject => (
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: `p${index}`, namespace }, spec: { ...each } })));

/** Fewer lists are empty than not. */
function listOf(items: fc.Arbitrary<JsonObject>): fc.Arbitrary<Json> {
  const some = fc.array(items, { minLength: 1, maxLength: 3 });
  return fc.oneof({ weight: 1, arbitrary: fc.constant<Json>([]) }, { weight: 6, arbitrary: some });
}

/** What is left out, or said to be nothing, now and then. */
function absentOr<T extends Json>(value: fc.Arbitrary<T> | T): fc.Arbitrary<T | null | undefined> {
  const given = value instanceof fc.Arbitrary ? value : fc.constant(value);
  return fc.oneof({ weight: 6, arbitrary: given }, { weight: 2, arbitrary: fc.constantFrom(null, undefined) });
}
