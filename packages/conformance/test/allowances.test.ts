import { expect, test } from 'vitest';
import { judge, type Allowance } from '../src/checkers/allowances.js';
import type { Finding } from '../src/checkers/finding.js';

const finding = (object: string, check = 'C1', text = 'a limit is missing'): Finding => ({ check, object, text });
const allowance = (about: string, rest: Partial<Allowance> = {}): Allowance => ({ check: 'C1', about, why: 'a reason', ...rest });
const inShop = (...findings: Finding[]) => new Map([['shop/gateway-1.36', findings], ['shop/ingress-1.36', []]]);

test('nothing found and nothing allowed is no fault', () => {
  expect(judge(inShop(), [])).toEqual({ findings: 0, allowed: 0, faults: [] });
});

test('a finding that nothing allows is a fault with its golden, check, object and text', () => {
  expect(judge(inShop(finding('Deployment shop/web')), []))
    .toEqual({ findings: 1, allowed: 0, faults: ['shop/gateway-1.36: C1 Deployment shop/web: a limit is missing'] });
});

test.each([
  ['its kind', allowance('Deployment')],
  ['the object', allowance('Deployment shop/web')],
  ['the object and a part of the text', allowance('Deployment shop/web', { says: 'limit' })],
])('an allowance names %s', (_title, each) => {
  expect(judge(inShop(finding('Deployment shop/web')), [each])).toEqual({ findings: 1, allowed: 1, faults: [] });
});

test.each([
  ['another check', allowance('Deployment', { check: 'C' }), 'C is allowed for Deployment and found nowhere: take it out of allowed-findings.ts'],
  ['another kind', allowance('Deploy'), 'C1 is allowed for Deploy and found nowhere: take it out of allowed-findings.ts'],
  ['an object whose name only begins so', allowance('Deployment shop/we'), 'C1 is allowed for Deployment shop/we and found nowhere: take it out of allowed-findings.ts'],
  ['another text', allowance('Deployment', { says: 'request' }), 'C1 is allowed for Deployment (request) and found nowhere: take it out of allowed-findings.ts'],
])('an allowance for %s doesn\'t count, and is a fault itself', (_title, each, unused) => {
  expect(judge(inShop(finding('Deployment shop/web')), [each]))
    .toEqual({ findings: 1, allowed: 0, faults: ['shop/gateway-1.36: C1 Deployment shop/web: a limit is missing', unused] });
});

test('an allowance that one of the goldens needs is needed', () => {
  const found = new Map([['a', []], ['b', [finding('Deployment shop/web')]]]);
  expect(judge(found, [allowance('Deployment')]).faults).toEqual([]);
});
