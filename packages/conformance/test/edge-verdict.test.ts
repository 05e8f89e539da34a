import { expect, test } from 'vitest';
import type { EdgeCase, Fact } from '../src/edge/edge-case.js';
import { slugOf } from '../src/edge/edge-case.js';
import { edgePage } from '../src/edge/edge-page.js';
import type { Rendered } from '../src/edge/rendered.js';
import { refusalIn } from '../src/edge/rendered.js';
import type { Target } from '../src/edge/targets.js';
import { judge, type Verdict } from '../src/edge/verdict.js';

const ingress = { id: 'nginx', title: 'Ingress' } as Target;

const redirect: EdgeCase = {
  id: 'X2 redirect', feature: 'Plain HTTP is sent to HTTPS.', describe: () => undefined,
  requests: [
    { title: 'plain', url: 'http://a.example.com/', expect: { 'status': 301, 'answer location': 'https://a.example.com/' } },
    { title: 'where it leads', expect: { status: 200, app: 'shop' } },
  ],
};

function judged(edgeCase: EdgeCase, status: string, refusal?: string): Omit<Verdict, 'rendered'> {
  const rendered: Rendered = { edgeCase, target: ingress, namespace: 'x', objects: [], ...(refusal === undefined ? {} : { refusal }) };
  const facts = (...all: [Fact, string | undefined][]) => new Map(all);
  const { rendered: _, ...verdict } = judge(rendered, refusal === undefined ? [
    { title: 'plain', facts: facts(['status', status], ['answer location', 'https://a.example.com/']) },
    { title: 'where it leads', facts: facts(['status', '200'], ['app', 'shop']) },
  ] : []);
  return verdict;
}

test('what is as expected is the same', () => {
  expect(judged(redirect, '301')).toEqual({ word: 'same', faults: [] });
});

test('what differs where the case says nothing is a fault', () => {
  expect(judged(redirect, '308')).toEqual({
    word: '**wrong**', note: 'plain: 308 instead of 301', faults: ['X2 redirect, Ingress: plain: 308 instead of 301'],
  });
});

const differing: EdgeCase = { ...redirect, differs: { nginx: { why: 'ingress-nginx has 308', answers: { plain: { status: 308 } } } } };

test('what differs as the case says is told with the reason', () => {
  expect(judged(differing, '308')).toEqual({ word: 'differs', note: 'plain: 308 instead of 301: ingress-nginx has 308', faults: [] });
});

test.each([
  ['301', 'X2 redirect, Ingress: plain: 301 instead of 308'],
  ['404', 'X2 redirect, Ingress: plain: 404 instead of 308'],
])('a difference that is another one is a fault: %s', (status, fault) => {
  expect(judged(differing, status).faults).toEqual([fault]);
});

test('a difference that nothing expects any more is a fault', () => {
  const needless: EdgeCase = { ...redirect, differs: { nginx: { why: 'it was so', answers: {} } } };
  expect(judged(needless, '301').faults).toEqual(['X2 redirect, Ingress: answers as all others, and the case says it differs']);
});

test('what a proxy lacks must not be there', () => {
  const lacking: EdgeCase = { ...redirect, lacking: { nginx: 'no redirects' } };
  expect(judged(lacking, '200')).toEqual({ word: 'lacking', note: 'no redirects', faults: [] });
  expect(judged(lacking, '301').faults).toEqual(['X2 redirect, Ingress: answers as if it had what the case says it lacks']);
});

test('a refusal is told in the words of the library, and has to be foreseen', () => {
  const refusal = "KEELSON2310 'exposure.mirror' must be what the target can say, got a mirror at Ingress of class 'nginx' (Ingress): it has none: at all: leave 'exposure.mirror' out, or choose a target that can: ExposureTarget.GATEWAY_API";
  const refused: EdgeCase = { ...redirect, refused: ['nginx'] };
  expect(judged(refused, '', refusal)).toEqual({ word: 'refused', note: 'KEELSON2310, it has none: at all', faults: [] });
  expect(judged(redirect, '', refusal).faults).toEqual([`X2 redirect, Ingress: refused: ${refusal}`]);
  expect(judged(refused, '301').faults).toEqual(['X2 redirect, Ingress: was to be refused, and is rendered']);
});

test('of a refusal of another kind, what is allowed is told', () => {
  const refusal = "KEELSON2377 'exposure.cors' must be without a password, which Traefik asks preflight requests for, got CORS with basic auth: say it otherwise";
  const { note } = judged({ ...redirect, refused: ['nginx'] }, '', refusal);
  expect(note).toBe("KEELSON2377 'exposure.cors' must be without a password, which Traefik asks preflight requests for");
});

test('a refusal is the first line of what is wrong', () => {
  expect(refusalIn("Nothing was written, 2 to fix:\n  [edge/shop] KEELSON2030 'exposure.certificate' must be given\n  [edge/web] KEELSON2031 x")).toBe("KEELSON2030 'exposure.certificate' must be given");
  expect(refusalIn('TypeError: x')).toBeUndefined();
});

test('names of cases fit names of objects', () => {
  expect(slugOf({ id: 'X2 redirect to HTTPS' })).toBe('x2-redirect-to-https');
});

test('the page has a row for each case, and what was asked', () => {
  const rendered: Rendered = { edgeCase: redirect, target: ingress, namespace: 'x', objects: [] };
  const other: EdgeCase = { ...redirect, id: 'X2 other' };
  const page = edgePage([redirect, other], [ingress], [
    { rendered, word: 'same', faults: [] }, { rendered: { ...rendered, edgeCase: other }, word: 'differs', note: 'it is so', faults: [] },
  ], { traefik: '3.7.9', kubernetes: '1.36' });
  expect(page).toContain('Kubernetes 1.36, read by Traefik\n3.7.9');
  expect(page).toContain('| feature | Ingress |\n| --- | --- |\n| X2 redirect | same |\n| X2 other | differs <sup>1</sup> |\n\n1. it is so\n');
  expect(page).toContain('| plain: GET `http://a.example.com/` | 301, location `https://a.example.com/` |\n| where it leads: GET to where the answer before leads | 200, from `shop` |\n');
});
