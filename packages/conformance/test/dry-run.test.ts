import type { JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import type { ApiClient } from '../src/api-client.js';
import { judgeOf } from '../src/dry-run.js';
import { configMap } from '../src/negative/objects.js';

/** What is said of a ConfigMap that an API server answers so. */
const said = (answer: { error?: string; warnings?: string[]; object?: JsonObject }) => {
  const client = { apply: () => Promise.resolve({ status: 200, warnings: [], object: configMap(), ...answer }) } as unknown as ApiClient;
  return judgeOf({ client })([configMap()]);
};

test('what comes back whole, without a word, is right', async () => {
  expect(await said({})).toEqual([]);
});

test.each([
  ['a refusal', { error: 'no', object: {} }, [{ kind: 'rejected', text: 'ConfigMap app: no' }]],
  ['a warning', { warnings: ['old'] }, [{ kind: 'warning', text: 'ConfigMap app: old' }]],
  ['a dropped field', { object: { ...configMap(), data: {} } }, [{ kind: 'changed', text: 'ConfigMap app: data.a: sent "1", stored nothing' }]],
  ['a warning of a protection that nothing loud gives up', { warnings: ['would violate PodSecurity "restricted:latest": hostPort (x)'] },
    [{ kind: 'warning', text: 'ConfigMap app: would violate PodSecurity "restricted:latest": hostPort (x)' }]],
])('%s is said', async (_title, answer, complaints) => {
  expect(await said(answer)).toEqual(complaints);
});
