import { expect, test } from 'vitest';
import type { ControlPlane } from '../src/control-plane/control-plane.js';
import { configMap, inNamespace } from '../src/negative/objects.js';
import { difference } from '../src/wave/difference.js';
import { Item } from '../src/wave/item.js';

const item = (namespace: string): Item =>
  new Item({ title: namespace, version: '1.36', files: [`${namespace}.yaml`], objects: inNamespace(namespace, [configMap()]) });

/** What is reported of apps when kubectl ends so. */
const found = async (outcome: { code: number; stdout?: string; stderr?: string }, ...namespaces: string[]) => {
  const items = namespaces.map(item);
  const asked: string[][] = [];
  const plane = {
    kubectl: (args: readonly string[]) => {
      asked.push(args.filter((each) => each.endsWith('.yaml')));
      return Promise.resolve({ stdout: '', stderr: '', ...outcome });
    },
  } as unknown as ControlPlane;
  await difference(plane, items);
  return { faults: items.map(({ faults }) => faults.map(({ check, text }) => `${check}: ${text}`)), drift: items.map((each) => each.drift), asked };
};

const part = (namespace: string) => `diff -u -N /tmp/LIVE-1/v1.ConfigMap.${namespace}.app /tmp/MERGED-2/v1.ConfigMap.${namespace}.app\n--- a\n+++ b\n-  a: "1"\n+  a: "2"\n`;

test('no output and no exit code are no difference', async () => {
  expect(await found({ code: 0 }, 'shop')).toEqual({ faults: [[]], drift: [0], asked: [['shop.yaml']] });
});

test('each part is of the app whose namespace it names', async () => {
  const namespaces = ['shop', 'bank', 'mail', 'chat', 'wiki']; // the first and the fifth share a process
  const { faults, drift } = await found({ code: 1, stdout: part('wiki') }, ...namespaces);
  expect(faults[4]).toEqual([`no difference: ${part('wiki').trimEnd()}`]);
  expect(drift[0]).toBe(0);
  expect((await found({ code: 1, stdout: `${part('shop')}${part('shop')}` }, 'shop')).drift).toEqual([2]);
});

test('an exit code without a difference is a fault', async () => {
  expect((await found({ code: 1, stderr: 'diff not found' }, 'shop')).faults)
    .toEqual([['no difference: kubectl diff ended with 1 and showed no difference: diff not found']]);
});

test('what fails for several apps is asked for one by one', async () => {
  const { faults, asked } = await found({ code: 2, stderr: 'conflict' }, 'a', 'b', 'c', 'd', 'e');
  expect(asked.filter((files) => files.length === 1).flat().sort()).toEqual(['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'e.yaml']);
  expect(faults).toEqual(Array.from({ length: 5 }, () => ['no difference: kubectl diff ended with 2: conflict']));
});
