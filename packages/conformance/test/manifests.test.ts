import { expect, test } from 'vitest';
import { examplesFor } from '../src/examples.js';
import { manifestsIn, type Manifests } from '../src/manifests.js';
import { releaseFaults } from '../src/released.js';

const golden = (title: string, data = '1'): Manifests =>
  ({ title, version: title.slice(-4), files: [], objects: [{ kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: data } }] });
const all = ['shop/edge-1.27', 'shop/edge-1.36', 'shop/ingress-1.27', 'bank/edge-1.34'].map((title) => golden(title));

test.each([
  ['1.27', ['bank synthesized for 1.27', 'shop/edge-1.27', 'shop/ingress-1.27']],
  ['1.33', ['bank synthesized for 1.33', 'shop synthesized for 1.33']],
  ['1.34', ['bank/edge-1.34', 'shop synthesized for 1.34']],
  ['1.36', ['bank synthesized for 1.36', 'shop/edge-1.36']],
])('a cluster of %s gets the goldens for it, and what an example without any gives for it: %j', async (version, titles) => {
  const found = await examplesFor(version, all, (example, asked) => Promise.resolve([golden(`${example} synthesized for ${asked}`)]));
  expect(found.map(({ title }) => title).sort()).toEqual(titles);
});

test('fails for a folder without manifests', () => {
  expect(() => manifestsIn('/nowhere', 'nowhere', '1.36')).toThrow('there are no manifests in /nowhere');
});

const shop = golden('shop/edge-1.27');
const earlier = (...found: Manifests[]) => () => found;

test('goldens are upgraded from those of a release that differ', () => {
  expect(releaseFaults([shop], earlier(golden('shop/edge-1.27', '0')), new Map())).toEqual([]);
});

test('goldens that all are as they were upgrade nothing, which is a fault', () => {
  expect(releaseFaults([shop], earlier(shop), new Map()))
    .toEqual(['every golden is what its releases were, so that nothing is upgraded: keep an older one that differs']);
});

test('a golden without an earlier one is a fault unless it is said to be new', () => {
  const others = (each: Manifests): Manifests[] => (each.title === shop.title ? [] : [golden(each.title, '0')]);
  expect(releaseFaults(all, others, new Map())).toEqual(['shop/edge-1.27 has no golden of an earlier release: add it to released/, or say in released.ts why it is new']);
  expect(releaseFaults(all, others, new Map([['shop/edge-1.27', 'first']]))).toEqual([]);
});

test('a golden that is new no more, or was never there, is a fault in the list', () => {
  const fresh = new Map([['shop/edge-1.27', 'first'], ['bank/edge-1.20', 'first']]);
  expect(releaseFaults([shop], earlier(golden('shop/edge-1.27', '0')), fresh)).toEqual([
    'shop/edge-1.27 isn\'t new any more: take it out of released.ts',
    'bank/edge-1.20 is new in released.ts and no golden: take it out',
  ]);
});
