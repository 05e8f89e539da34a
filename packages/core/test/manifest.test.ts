import { App, JsonPatch, Lazy, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Manifest, Metadata } from '../src';
import { accepted, charted, mistakes, named } from './server';

const configMap = (more = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', ...more });

describe('Manifest', () => {
  test('is called as its metadata says, else by its id, never by a hash', () => {
    const chart = charted();
    expect(new Manifest(chart, 'settings', configMap()).name).toBe('settings');
    expect(new Manifest(chart, 'other', configMap({ metadata: { name: 'named' } })).name).toBe('named');
    expect(accepted(chart).map(({ metadata }) => metadata.name)).toEqual(['settings', 'named']);
  });

  test('is in its chart’s namespace; kinds of the whole cluster are in none', () => {
    const chart = charted();
    new Manifest(chart, 'settings', configMap());
    new Manifest(chart, 'high', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 1 });
    const objects = accepted(chart);
    expect(named(objects, 'ConfigMap', 'settings').metadata.namespace).toBe('shop');
    expect(named(objects, 'PriorityClass', 'high').metadata).not.toHaveProperty('namespace');
  });

  test('resolves what is known late, and leaves out what is empty', () => {
    const chart = charted();
    new Manifest(chart, 'settings', configMap({ data: { a: Lazy.any({ produce: () => 'late' }), b: undefined } }));
    expect(Testing.synth(chart)[0]).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { a: 'late' } });
  });

  test('takes patches, last and in order', () => {
    const chart = charted();
    const manifest = new Manifest(chart, 'settings', configMap({ data: { a: '1' } }));
    manifest.addJsonPatch(JsonPatch.replace('/data/a', '2'), JsonPatch.add('/metadata/labels', { x: 'y' }));
    manifest.addJsonPatch(JsonPatch.replace('/data/a', '3'));
    new Metadata({ labels: { team: 'a' } }).applyTo(chart);
    expect(Testing.synth(chart)[0]).toMatchObject({ data: { a: '3' }, metadata: { labels: { x: 'y' } } });
  });

  test('fails for a name, labels and annotations that can’t be', () => {
    const chart = charted();
    new Manifest(chart, 'settings', configMap({ metadata: { name: 'Settings', labels: { a: 'b c' }, annotations: { 'a b': 'x' } } }));
    expect(mistakes(chart)).toEqual([
      "[shop/settings] KEELSON1052 'metadata.annotations' must be an annotation key of letters, digits, '-', '_' and '.', "
      + "with a letter or digit at both ends, got 'a b': try 'a-b'",
      "[shop/settings] KEELSON1054 'metadata.labels.a' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'b c': try 'b-c'",
      "[shop/settings] KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for a ConfigMap, got 'Settings': try 'settings'",
    ]);
  });

  test.each([262144, 262145])('annotations may have 262144 bytes: %s', (bytes) => {
    const chart = charted();
    new Manifest(chart, 'settings', configMap({ metadata: { annotations: { a: 'x'.repeat(bytes - 1) } } }));
    expect(mistakes(chart)).toEqual(bytes === 262144 ? [] : [
      "[shop/settings] KEELSON1056 'metadata.annotations' must be at most 262144 bytes, keys and values of all annotations together, got 262145 bytes: "
      + "move 'a' (262145 bytes) to a ConfigMap"]);
  });

  test('fails for an id twice, and goes on', () => {
    const chart = charted();
    new Manifest(chart, 'settings', configMap());
    new Manifest(chart, 'settings', configMap({ metadata: { name: 'other' } }));
    expect(mistakes(chart)).toEqual([
      "[shop] KEELSON1219 'settings' must be the id of one construct in its scope, got a second construct 'settings': give one of the two another id"]);
  });

  test('fails at once where there is no chart, in one line', () => {
    expect(() => new Manifest(new App(), 'settings', configMap())).toThrow(/^\[settings\] KEELSON1209 'scope' must be a Chart or a construct in one, got the App: /);
  });
});
