import { expect, test } from 'vitest';
import { goldensFor, named, type Manifests } from '../src/manifests.js';

const golden = (title: string): Manifests => ({ title, version: title.slice(-4), files: [], objects: [] });
const all = ['shop/edge-1.27', 'shop/edge-1.36', 'shop/ingress-1.27', 'bank/edge-1.34'].map(golden);

test.each([
  ['1.27', ['shop/edge-1.27', 'shop/ingress-1.27']],
  ['1.33', ['shop/edge-1.27', 'shop/ingress-1.27']],
  ['1.34', ['bank/edge-1.34', 'shop/edge-1.27', 'shop/ingress-1.27']],
  ['1.36', ['bank/edge-1.34', 'shop/edge-1.36', 'shop/ingress-1.27']],
])('a cluster of %s gets what is for it, else the newest before: %j', (version, titles) => {
  expect(goldensFor(version, all).map(({ title }) => title).sort()).toEqual(titles);
});

test.each(['dist', 'dist=1.20', '=1.36'])('fails for %s', (argument) => {
  expect(() => named(argument)).toThrow(`'${argument}' must be FOLDER=VERSION, with a version of 1.27, 1.33, 1.34, 1.35, 1.36`);
});

test('fails for a folder without manifests', () => {
  expect(() => named('/nowhere=1.36')).toThrow('there are no manifests in /nowhere');
});
