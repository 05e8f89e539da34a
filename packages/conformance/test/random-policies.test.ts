import { objectAt, validateManifests, type JsonObject } from '@keelson/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inCyclonusTerms } from '../src/network/in-cyclonus-terms.js';
import { byOurs, differencesIn } from '../src/reachability/comparison.js';
import { mistaken, MISTAKES } from '../src/reachability/mistakes.js';
import { policySets } from '../src/reachability/policy-sets.js';

const policy = (spec: JsonObject): JsonObject => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'a' }, spec });
const none = { matchLabels: {}, matchExpressions: [] };
const restated = (spec: JsonObject) => inCyclonusTerms([policy(spec)]).map((each) => objectAt(each, 'spec'));
const sets = fc.sample(policySets, { seed: 1, numRuns: 500 });
const verdicts = sets.map(byOurs);

describe('random policies', () => {
  test('are such as an API server takes', () => {
    const violations = sets.flatMap(({ policies }) => validateManifests(policies));
    // 1.36 refuses these, older ones take them, and evaluators have to read them.
    expect(violations.filter((each) => !each.includes('must have no bits set behind its prefix'))).toEqual([]);
  });

  test('are the same for the same seed', () => {
    expect(fc.sample(policySets, { seed: 1, numRuns: 500 })).toEqual(sets);
  });

  test('allow about as much as they refuse, either way', () => {
    const all = verdicts.flat();
    for (const side of ['out', 'in'] as const) {
      const share = all.filter((each) => each[side]).length / all.length;
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(0.9);
    }
  });

  test.each(MISTAKES)('would show that $title', (mistake) => {
    expect(sets.some((set, index) => differencesIn(set, byOurs(mistaken(set, mistake)), verdicts[index]!).length > 0)).toBe(true);
  });
});

describe('what cyclonus reads otherwise', () => {
  test.each<[string, JsonObject, string[]]>([
    ['none', {}, ['Ingress']],
    ['an empty list', { policyTypes: [], ingress: [{}] }, ['Ingress']],
    ['none, with no egress rules', { egress: [] }, ['Ingress']],
    ['none, with egress rules', { egress: [{}] }, ['Ingress', 'Egress']],
    ['those that are given', { policyTypes: ['Egress'], ingress: [{}] }, ['Egress']],
  ])('policyTypes: %s', (_title, spec, types) => {
    expect(restated(spec).map(({ policyTypes }) => policyTypes)).toEqual([types]);
  });

  test('NotIn of a policy is two policies, one with the key and one without', () => {
    const notIn = { key: 'app', operator: 'NotIn', values: ['x'] };
    expect(restated({ podSelector: { matchLabels: { tier: 'y' }, matchExpressions: [notIn, { key: 'team', operator: 'Exists' }] } }).map(({ podSelector }) => podSelector)).toEqual([
      { matchLabels: { tier: 'y' }, matchExpressions: [{ key: 'team', operator: 'Exists' }, notIn] },
      { matchLabels: { tier: 'y' }, matchExpressions: [{ key: 'team', operator: 'Exists' }, { key: 'app', operator: 'DoesNotExist' }] },
    ]);
  });

  test('NotIn in both selectors of a peer is four peers, and what isn\'t there stays so', () => {
    const selector = (key: string) => ({ matchExpressions: [{ key, operator: 'NotIn', values: ['x'] }] });
    const peers = (spec: JsonObject) => (objectAt(restated(spec)[0]).ingress as { from: JsonObject[] }[])[0]?.from ?? [];
    const keys = ({ namespaceSelector, podSelector }: JsonObject) =>
      [namespaceSelector, podSelector].map((each) => (objectAt(each).matchExpressions as JsonObject[])[0]?.operator);
    expect(peers({ ingress: [{ from: [{ namespaceSelector: selector('team'), podSelector: selector('app') }] }] }).map(keys)).toEqual([
      ['NotIn', 'NotIn'], ['NotIn', 'DoesNotExist'], ['DoesNotExist', 'NotIn'], ['DoesNotExist', 'DoesNotExist'],
    ]);
    expect(peers({ ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8' } }] }] })).toEqual([{ podSelector: none }, { ipBlock: { cidr: '10.0.0.0/8' } }]);
  });

  test('an empty value is In', () => {
    expect(restated({ podSelector: { matchLabels: { app: '', tier: 'x' } } }).map(({ podSelector }) => podSelector)).toEqual([
      { matchLabels: { tier: 'x' }, matchExpressions: [{ key: 'app', operator: 'In', values: [''] }] },
    ]);
  });

  test('policies in its terms say the same to us', () => {
    expect(sets.map((set) => byOurs({ ...set, policies: renamed(inCyclonusTerms(set.policies)) }))).toEqual(verdicts);
  });

  test('the same verdicts are no difference, others are', () => {
    const [set, ours] = [sets[0]!, verdicts[0]!];
    expect(differencesIn(set, ours, ours)).toEqual([]);
    const others = ours.map((each, index) => (index === 3 ? { ...each, in: !each.in } : each));
    expect(differencesIn(set, ours, others)).toEqual([{ set, connection: set.connections[3], ours: ours[3], theirs: others[3] }]);
    expect(() => differencesIn(set, ours, [])).toThrow('a connection has no verdict');
  });
});

function renamed(policies: readonly JsonObject[]): JsonObject[] {
  return policies.map((each, index) => ({ ...each, metadata: { ...objectAt(each, 'metadata'), name: `r${index}` } }));
}
