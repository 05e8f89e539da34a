import { expect, test } from 'vitest';
import { checkMonokle } from '../src/index.js';
import { GOOD_YAML } from './bad.js';

const LINK = { rule: 'LNK001', about: 'NetworkPolicy shop/web "kube-dns"', reason: 'the cluster has it' };

test('a good web app has no finding but the cluster\'s DNS, which is not among its objects', async () => {
  expect(await checkMonokle(GOOD_YAML)).toEqual(['LNK001 NetworkPolicy shop/web "kube-dns": Unsatisfied resource link.']);
  expect(await checkMonokle(GOOD_YAML, [LINK])).toEqual([]);
});

test('an allowance that nothing needs is a finding', async () => {
  expect(await checkMonokle(GOOD_YAML, [LINK, { rule: 'KBP102', about: 'web', reason: 'writes its cache' }])).toEqual([
    'KBP102 is allowed for web (writes its cache) and isn\'t found: take the allowance out',
  ]);
});

test.each([
  ['root', 'runAsNonRoot: true', 'runAsNonRoot: false', 'PSS203'],
  ['a root user', 'runAsUser: 10001', 'runAsUser: 0', 'PSS204'],
  ['a writable root', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'KBP102'],
  ['privilege escalation', 'allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true', 'PSS202'],
  ['its capabilities kept', 'drop: [ALL]', 'drop: []', 'PSS206'],
  ['no seccomp profile', 'type: RuntimeDefault', 'type: Unconfined', 'PSS205'],
  ['a host path', 'emptyDir: {sizeLimit: 64Mi}', 'hostPath: {path: /tmp}', 'PSS201'],
  ['no memory limit', 'memory: 128Mi, ephemeral-storage: 256Mi', 'ephemeral-storage: 256Mi', 'KBP005'],
  ['a token', 'automountServiceAccountToken: false', 'automountServiceAccountToken: true', 'KBP106'],
  ['an account that isn\'t there', 'serviceAccountName: web', 'serviceAccountName: wob', 'LNK001'],
  ['a ConfigMap that isn\'t there', 'emptyDir: {sizeLimit: 64Mi}', 'configMap: {name: settings}', 'LNK001'],
])('fails on a container with %s', async (_title, from, to, rule) => {
  expect(GOOD_YAML).toContain(from);
  expect((await checkMonokle(GOOD_YAML.replaceAll(from, to), [LINK])).map((line) => line.split(' ')[0])).toContain(rule);
});
