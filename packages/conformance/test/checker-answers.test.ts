import { expect, test } from 'vitest';
import { checkovFindings } from '../src/checkers/checkov.js';
import { passedOver, readAnswer } from '../src/checkers/judged-objects.js';
import { kubeScoreFindings, optionalChecks } from '../src/checkers/kube-score.js';
import { monokleFinding } from '../src/checkers/monokle.js';

const scored = (grade: number, rest: object = {}) => [{
  type_meta: { kind: 'Deployment', apiVersion: 'apps/v1' },
  object_meta: { name: 'web', namespace: 'shop' },
  checks: [{ check: { id: 'container-image-tag' }, grade, skipped: false, comments: [{ path: 'app', summary: 'no tag' }], ...rest }],
}];

test('kube-score\'s optional checks are those its list says are', () => {
  expect(optionalChecks('a,Pod,Says, with a comma,default\nb,Pod,Text,optional\nc,all,Text,optional\n')).toEqual(['b', 'c']);
  expect(() => optionalChecks('a,Pod,Text,default\n')).toThrow('kube-score lists no optional check');
});

test('kube-score finds whatever isn\'t wholly well', () => {
  expect(kubeScoreFindings(scored(10))).toEqual([]);
  expect(kubeScoreFindings(scored(7))).toEqual([{ check: 'container-image-tag', object: 'Deployment shop/web', text: 'app no tag' }]);
  expect(kubeScoreFindings(scored(1, { comments: null }))).toEqual([{ check: 'container-image-tag', object: 'Deployment shop/web', text: '' }]);
});

test('a check that kube-score skips is no finding, whatever its grade', () => {
  expect(kubeScoreFindings(scored(0, { skipped: true }))).toEqual([]);
});

test('checkov finds what failed and what an annotation skips', () => {
  const check = { check_id: 'CKV_K8S_14', check_name: 'Image tag', resource: 'Deployment.shop.web.v2' };
  const answer = { results: { passed_checks: [check], failed_checks: [check], skipped_checks: [check] } };
  expect(checkovFindings(answer)).toEqual([
    { check: 'CKV_K8S_14', object: 'Deployment shop/web.v2', text: 'Image tag' },
    { check: 'CKV_K8S_14', object: 'Deployment shop/web.v2', text: 'Image tag (skipped by an annotation)' },
  ]);
});

test('a line of Monokle has a rule, an object and a text', () => {
  expect(monokleFinding('LNK001 NetworkPolicy shop/web "kube-dns": Unsatisfied resource link.'))
    .toEqual({ check: 'LNK001', object: 'NetworkPolicy shop/web', text: '"kube-dns": Unsatisfied resource link.' });
  expect(() => monokleFinding('LNK001')).toThrow('no finding of Monokle: LNK001');
});

test('a workload about which a checker says nothing is a failure', () => {
  const objects = [{ kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } }, { kind: 'ConfigMap', metadata: { name: 'web' } }];
  expect(() => passedOver(objects, ['Deployment shop/web'])).not.toThrow();
  expect(() => passedOver(objects, ['Deployment shop/we'])).toThrow('passed over: Deployment shop/web');
  expect(() => passedOver([], [])).toThrow('it judged nothing');
});

test('a checker that gives no JSON fails with what it says', () => {
  expect(readAnswer('[]', 'a warning')).toEqual([]);
  expect(() => readAnswer('', 'Failed to open file')).toThrow('no JSON came back: Failed to open file');
});
