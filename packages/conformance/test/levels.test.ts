import type { JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import type { ApiClient } from '../src/api-client.js';
import { needlessLevels, staleLevels } from '../src/levels.js';
import { deployment } from '../src/negative/objects.js';
import { Item } from '../src/wave/item.js';

test('a level of a specimen that is no more is a fault', () => {
  const levels = new Map([['core-a', {}], ['core-b', {}]]);
  expect(staleLevels(['core-a', 'core-b', 'core-c'], levels)).toEqual([]);
  expect(staleLevels(['core-a'], levels)).toEqual(['core-b has a level and is no specimen: take it out of levels.ts']);
});

/** An API server that warns of this in namespaces of a level. */
const server = (warning: (namespace: string) => string[]): ApiClient => ({
  apply: (object: JsonObject) => Promise.resolve({
    status: 200, object: {}, warnings: object.kind === 'Deployment' ? warning(String((object.metadata as JsonObject).namespace)) : [],
  }),
}) as unknown as ApiClient;

const item = (title: string): Item => new Item({ title, version: '1.36', files: [], objects: [deployment({ metadata: { namespace: 'shop' } })] });

test('a level that the next stricter one wouldn\'t admit is needed', async () => {
  const strict = server((namespace) => [`would violate PodSecurity "${namespace.replace('conformance-', '')}:latest": hostPort (x)`]);
  expect(await needlessLevels(strict, [item('core-network-host'), item('core-other')])).toEqual([]);
});

test.each([
  ['nothing', []],
  ['another level', ['would violate PodSecurity "restricted:latest": hostPort (x)']],
])('a level is too low where the next stricter one warns of %s', async (_title, warnings) => {
  expect(await needlessLevels(server(() => warnings), [item('core-network-host'), item('core-other')]))
    .toEqual(['core-network-host is admitted by baseline too: its level in levels.ts must be the lowest that admits it, not privileged']);
});
