import { mistakesOf } from '@keelson/testing/mistakes';
import { App, Chart, Size, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigMap, ConstructId, Manifest, PersistentVolumeClaim, Secret, ServiceAccount } from '../src';
import { Server } from './server';

type Define = (scope: Construct, id: string, name?: string) => { readonly name: string };

const configMap: Define = (scope, id, name) => new ConfigMap(scope, id, { name });
const kinds: [string, Define][] = [
  ['ConfigMap', configMap],
  ['ServiceAccount', (scope, id, name) => new ServiceAccount(scope, id, { name })],
  ['PersistentVolumeClaim', (scope, id, name) => new PersistentVolumeClaim(scope, id, { name, size: Size.gibibytes(1) })],
  ['Secret', (scope, id, name) => Secret.unsafePlaintext(scope, id, { name, stringData: {} })],
];
const charted = () => new Chart(new App(), 'shop', { namespace: 'shop' });
const mistakes = (chart: Chart): string[] => mistakesOf(() => Testing.synth(chart));
const twice = (id: string) => `[shop] KEELSON1219 '${id}' must be the id of one construct in its scope, got a second construct '${id}': give one of the two another id`;
const member = (got: string) =>
  `[shop] KEELSON1282 'id' must be a text, and no member of all objects of JavaScript, got ${got}: choose another id, such as 'storefront'`;

describe('the id of a construct', () => {
  test.each(kinds)('fails for two of one id, and the second is a %s all the same', (_, define) => {
    const chart = charted();
    new Manifest(chart, 'w', { apiVersion: 'v1', kind: 'Service' });
    expect(define(chart, 'w').name).toBe('w');
    expect(define(chart, 'w', 'other').name).toBe('other');
    expect(chart.node.children.map(({ node }) => node.id)).toEqual(['w', 'w-2', 'w-3']);
    expect(mistakes(chart)).toEqual([twice('w')]);
  });

  test('fails for a workload and a ConfigMap of one id', () => {
    const chart = charted();
    new Server(chart, 'w');
    expect(configMap(chart, 'w').name).toBe('w');
    expect(mistakes(chart)).toEqual([twice('w')]);
  });

  test('fails for a workload of such an id, and goes on', () => {
    const chart = charted();
    new Server(chart, 'constructor');
    expect(mistakes(chart)).toEqual([member("'constructor'")]);
  });

  test('fails for a workload whose name is no text, once', () => {
    const chart = charted();
    new Server(chart, 'web', { name: 5 as unknown as string });
    expect(mistakes(chart)).toEqual(["[shop/web] KEELSON1060 'name' must be a name for the Deployment, got 5: name it like 'storefront'"]);
  });

  test.each(kinds)('fails for two %ss of one id and one name for both', (kind, define) => {
    const chart = charted();
    define(chart, 'w');
    define(chart, 'w');
    expect(mistakes(chart)).toEqual([
      twice('w'),
      `[shop/w-2/Resource] KEELSON1410 'metadata.name' must be of one ${kind} in namespace shop only, got w, which ${kind} [shop/w/Resource] has too: name one of the two differently`,
    ]);
  });

  test.each(kinds.flatMap(([kind, define]) => ['constructor', 'toString', '__proto__'].map((id): [string, string, Define] => [id, kind, define])))(
    'fails for %s of a %s, and goes on', (id, _, define) => {
      const chart = charted();
      define(chart, id, 'first');
      define(chart, id, 'second');
      expect(chart.node.children.map(({ node }) => node.id)).toEqual([`${id}-2`, `${id}-3`]);
      expect(mistakes(chart)).toEqual([member(`'${id}'`)]);
    });

  test.each([[undefined, 'undefined'], [null, 'null'], [5, '5'], [{}, 'an object']])('fails for %s, which programs without types may pass', (id, got) => {
    const chart = charted();
    configMap(chart, id as unknown as string, 'settings');
    expect(mistakes(chart)).toEqual([member(got)]);
  });

  test('ends no program, whatever it is', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('a', '__proto__', 'valueOf', 'a/b', 'a--b')), { maxLength: 6 }), (ids) => {
      const chart = charted();
      ids.forEach((id, at) => configMap(chart, id, `m${at}`));
      expect(chart.node.children).toHaveLength(ids.length);
    }));
  });

  test("of constructs of one's own is claimed in the same way", () => {
    const chart = charted();
    const [first, second] = ['w', 'w'].map(id => new Construct(chart, ConstructId.claim(chart, id)));
    expect([first?.node.id, second?.node.id]).toEqual(['w', 'w-2']);
    expect(mistakes(chart)).toEqual([twice('w')]);
  });
});
