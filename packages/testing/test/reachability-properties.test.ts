import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reachability, type JsonObject, type Reachability } from '../src/index.js';
import { deployment, namespace, pod, policy } from './reachability-manifests.js';

const NAMESPACES = ['a', 'b'];
const ENDS = ['a/x', 'a/y', 'b/x', 'b/one', '10.1.2.3', '2001:db8::1'];
const PORTS = [80, 81, '80/UDP'];
const WORKLOADS = [
  namespace('a', { team: 'one' }), namespace('b', { team: 'two' }),
  deployment('a/x', ['http 80'], { labels: { app: 'x', tier: 'front' } }), deployment('a/y', ['http 81']), deployment('b/x', ['http 80', 'dns 80/UDP']),
  pod('b/one', ['http 81']),
];

const selector = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: fc.dictionary(fc.constantFrom('app', 'tier', 'team'), fc.constantFrom('x', 'y', 'one', 'front'), { maxKeys: 2 }) }),
  fc.record({ matchExpressions: fc.array(fc.oneof(
    fc.record({ key: fc.constantFrom('app', 'tier', 'team'), operator: fc.constantFrom('In', 'NotIn'), values: fc.subarray(['x', 'one'], { minLength: 1 }) }),
    fc.record({ key: fc.constantFrom('app', 'tier', 'team'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  ), { minLength: 1, maxLength: 2 }) }),
);
const block = fc.constantFrom<JsonObject>(
  { cidr: '10.0.0.0/8' }, { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidr: '0.0.0.0/0', except: ['10.244.0.0/16'] }, { cidr: '2001:db8::/32' },
);
const peer = fc.oneof(
  fc.record({ podSelector: selector }), fc.record({ namespaceSelector: selector }),
  fc.record({ namespaceSelector: selector, podSelector: selector }), fc.record({ ipBlock: block }),
);
const port = fc.constantFrom<JsonObject>(
  {}, { port: 80 }, { port: 'http' }, { port: 80, endPort: 81 }, { port: 80, protocol: 'UDP' }, { protocol: 'UDP' },
);
const rulesOf = (peers: string) => fc.array(
  fc.tuple(fc.array(peer, { maxLength: 2 }), fc.array(port, { maxLength: 2 })).map(([to, ports]): JsonObject => ({ [peers]: to, ports })),
  { maxLength: 2 },
);
const types = fc.constantFrom<string[] | undefined>(undefined, ['Ingress'], ['Egress'], ['Ingress', 'Egress']);
const spec: fc.Arbitrary<JsonObject> = fc.tuple(selector, rulesOf('from'), rulesOf('to'), types)
  .map(([podSelector, ingress, egress, policyTypes]): JsonObject => (
    { podSelector, ingress, egress, ...(policyTypes === undefined ? {} : { policyTypes }) }));
const policies = fc.array(fc.tuple(fc.constantFrom(...NAMESPACES), spec), { maxLength: 5 })
  .map((all) => all.map(([space, each], index) => policy(`${space}/p${index}`, each)));

/** Every connection that there can be, with whether it is allowed. */
function answers(network: Reachability): Map<string, boolean> {
  return new Map(ENDS.flatMap((from) => ENDS.flatMap((to) => PORTS.map((port): [string, boolean] =>
    [`${from} → ${to} ${port}`, network.from(from).to(to, port).allowed]))));
}

const of = (...all: JsonObject[]) => answers(reachability([...WORKLOADS, ...all]));

test('the order of policies doesn\'t matter', () => {
  const twice = policies.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(fc.property(twice, ([all, shuffled]) => {
    expect(of(...shuffled)).toEqual(of(...all));
  }));
});

test('a policy that selects nothing changes nothing', () => {
  fc.assert(fc.property(policies, spec, fc.constantFrom(...NAMESPACES, 'nowhere'), (all, more, space) => {
    const nobody = policy(`${space}/more`, { ...more, podSelector: { matchLabels: { app: 'nobody' } } });
    expect(of(...all, nobody)).toEqual(of(...all));
  }));
});

test('a rule more never closes, whichever it is', () => {
  fc.assert(fc.property(policies.filter(({ length }) => length > 0), fc.nat(), spec, (all, at, more) => {
    const index = at % all.length;
    const { podSelector, policyTypes, ingress = [], egress = [] } = all[index]!.spec as Record<string, JsonObject[] | undefined>;
    const opened: JsonObject = {
      podSelector,
      policyTypes: policyTypes ?? ['Ingress', ...(egress.length > 0 ? ['Egress'] : [])],
      ingress: [...ingress, ...more.ingress as JsonObject[]],
      egress: [...egress, ...more.egress as JsonObject[]],
    };
    const wider = { ...all[index]!, spec: opened };
    const [before, after] = [of(...all), of(...all.map((each, i) => (i === index ? wider : each)))];
    expect([...before].filter(([connection, allowed]) => allowed && after.get(connection) !== true)).toEqual([]);
  }));
});

test('what two sets of policies each allow to a pod, both together allow', () => {
  fc.assert(fc.property(policies, policies, (one, other) => {
    const renamed = other.map((each, index): JsonObject => ({ ...each, metadata: { ...each.metadata as JsonObject, name: `q${index}` } }));
    const [first, second, both] = [of(...one), of(...renamed), of(...one, ...renamed)];
    const allowed = [...both].filter(([connection]) => first.get(connection) === true && second.get(connection) === true);
    expect(allowed.filter(([, stays]) => !stays)).toEqual([]);
  }));
});

test('the matrix is the verdicts of its pairs, and its table is its own', () => {
  fc.assert(fc.property(policies, (all) => {
    const network = reachability([...WORKLOADS, ...all], { outside: { '10.1.2.3': '10.1.2.3', '2001:db8::1': '2001:db8::1' } });
    for (const { source, destination, port, verdict } of network.matrix().cells) {
      const number = port.replace('any other', '9999');
      expect(verdict?.allowed ?? true).toBe(network.from(source).to(destination, number).allowed);
    }
  }));
});

test('a connection is allowed when both ends allow it, and a side is when a rule allows it or no policy restricts it', () => {
  fc.assert(fc.property(policies, (all) => {
    const network = reachability([...WORKLOADS, ...all]);
    for (const from of ENDS) {
      for (const to of ENDS) {
        const { allowed, egress, ingress } = network.from(from).to(to, 80);
        expect(allowed).toBe(egress.allowed && ingress.allowed);
        for (const side of [egress, ingress]) expect(side.allowed).toBe(side.policies.length === 0 || side.rules.length > 0);
      }
    }
  }));
});
