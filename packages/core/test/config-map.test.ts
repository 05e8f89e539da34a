import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigMap, type ConfigMapProps, Warnings } from '../src';
import { keyFaults } from '../src/private/config-data';

const MIB = 1024 * 1024;
const charted = () => new Chart(new App(), 'shop', { namespace: 'shop' });
const synth = (props: ConfigMapProps, then: (configMap: ConfigMap) => void = () => {}) => {
  const chart = charted();
  then(new ConfigMap(chart, 'settings', props));
  return Testing.synth(chart) as object[];
};
const rendered = (fields: object) => [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, ...fields }];

describe('ConfigMap: what it defines', () => {
  test('is named after its id, in the namespace of its chart', () => {
    const configMap = new ConfigMap(charted(), 'settings');
    expect([configMap.name, configMap.kind, configMap.namespace]).toEqual(['settings', 'ConfigMap', 'shop']);
    expect(synth({})).toEqual(rendered({}));
  });

  test('takes a name, labels, texts and bytes, and text until synth', () => {
    expect(synth({ data: { level: 'info' }, binaryData: { logo: 'AP8=' }, labels: { app: 'web' } }, c => c.addData('mode', ''))).toEqual(rendered({
      metadata: { name: 'settings', namespace: 'shop', labels: { app: 'web' } }, data: { level: 'info', mode: '' }, binaryData: { logo: 'AP8=' },
    }));
    expect(synth({ name: 'other' })).toEqual(rendered({ metadata: { name: 'other', namespace: 'shop' } }));
  });

  test('gives the same bytes whoever adds first, and however often', () => {
    const first = synth({ data: { a: '1' } }, (c) => { c.addData('b', '2'); c.addData('b', '2'); });
    expect(JSON.stringify(synth({ data: { b: '2' } }, c => c.addData('a', '1')))).toBe(JSON.stringify(first));
  });

  test('keeps keys that objects of JavaScript have, too', () => {
    expect(synth({}, c => c.addData('constructor', 'x'))).toEqual(rendered({ data: { constructor: 'x' } }));
  });

  test('takes patches', () => {
    expect(synth({ data: { a: '1' } }, c => c.manifest.addJsonPatch(JsonPatch.add('/immutable', true))))
      .toEqual(rendered({ data: { a: '1' }, immutable: true }));
  });

  test('takes files: UTF-8 that API servers take as text, others as bytes', () => {
    const dir = mkdtempSync(join(tmpdir(), 'keelson-'));
    writeFileSync(join(dir, 'app.yaml'), 'grüße: 1\n');
    writeFileSync(join(dir, 'logo.bin'), Buffer.from([0, 255]));
    writeFileSync(join(dir, 'old.txt'), 'next\x85line');
    expect(synth({}, (c) => { c.addFile(join(dir, 'app.yaml')); c.addFile(join(dir, 'logo.bin'), 'logo'); c.addFile(join(dir, 'old.txt')); }))
      .toEqual(rendered({ data: { 'app.yaml': 'grüße: 1\n' }, binaryData: { logo: 'AP8=', 'old.txt': 'bmV4dMKFbGluZQ==' } }));
  });

  test('made elsewhere is a reference', () => {
    expect(ConfigMap.fromConfigMapName('theirs', 'shop')).toEqual({ name: 'theirs', kind: 'ConfigMap', namespace: 'shop' });
  });
});

describe('C1 over 1 MiB refused at synth', () => {
  test.each([
    ['a text', { data: { big: 'x'.repeat(MIB) } }],
    ['letters of two bytes', { data: { big: 'ü'.repeat(MIB / 2) } }],
    ['bytes, by what they decode to', { binaryData: { big: Buffer.alloc(MIB).toString('base64') } }],
    ['both together', { data: { a: 'x'.repeat(MIB - 2) }, binaryData: { b: 'AP8=' } }],
  ])('takes exactly 1 MiB of %s', (_, props) => {
    expect(() => synth(props)).not.toThrow();
  });

  test.each([
    ['one byte more', { data: { big: 'x'.repeat(MIB), one: 'x' } }, MIB + 1, MIB],
    ['letters of two bytes', { data: { big: 'ü'.repeat(MIB / 2 + 1) } }, MIB + 2, MIB + 2],
    ['2 MiB', { data: { big: 'x'.repeat(2 * MIB) } }, 2 * MIB, 2 * MIB],
    ['bytes', { binaryData: { big: Buffer.alloc(MIB + 1).toString('base64') } }, MIB + 1, MIB + 1],
  ])('fails for %s', (_, props, total, largest) => {
    expect(() => synth(props)).toThrow(`[shop/settings] KEELSON1304 'data' must be at most 1048576 bytes, all values of the ConfigMap together, got ${total} bytes: `
      + `move 'big' (${largest} bytes) into the image or onto a volume, or split the ConfigMap`);
  });

  test('warns where kubectl apply needs --server-side', () => {
    const chart = charted();
    new ConfigMap(chart, 'small', { data: { a: 'x'.repeat(262144 - 8) } });
    expect(Warnings.of(chart)).toEqual([]);
    new ConfigMap(chart, 'large', { data: { a: 'x'.repeat(262144 - 7) } });
    expect(Warnings.of(chart)).toEqual(['[shop/large] KEELSON1333 kubectl apply keeps a copy in an annotation, which takes no more than 262144 bytes: '
      + 'apply it with --server-side, or split the ConfigMap']);
  });
});

describe('ConfigMap: refused', () => {
  test('fails for a name that is no text', () => {
    expect(() => synth({ name: 5 as unknown as string })).toThrow(
      "[shop/settings/Resource] KEELSON1060 'metadata.name' must be a name for the ConfigMap, got 5: name it like 'storefront'");
  });

  test.each([
    [{ data: { 'a b': '' } }, "KEELSON1302 'data' must be a key of letters, digits, '-', '_' and '.', got 'a b': try 'a-b'"],
    [{ data: { 'a/b': '' } }, "KEELSON1302 'data' must be a key of letters, digits, '-', '_' and '.', got 'a/b': try 'a-b'"],
    [{ data: { '': '' } }, "KEELSON1302 'data' must be a key of letters, digits, '-', '_' and '.', got '': name it like 'app.yaml'"],
    [{ data: { '..x': '' } }, "KEELSON1302 'data' must be a key other than '.' that doesn't begin with '..', got '..x': try 'x'"],
    [{ data: { '.': '' } }, "KEELSON1302 'data' must be a key other than '.' that doesn't begin with '..', got '.': name it like 'app.yaml'"],
    [{ data: { port: undefined as unknown as string } }, "KEELSON1306 'data.port' must be a text, got undefined: give it a value, or leave it out"],
    [{ data: { port: [8080] as unknown as string } }, "KEELSON1306 'data.port' must be a text, got a list: write it as text, such as by JSON.stringify"],
    [{ data: { port: Object.create(null) as string } }, "KEELSON1306 'data.port' must be a text, got an object: write it as text, such as by JSON.stringify"],
    [{ binaryData: { logo: 5 as unknown as string } }, "KEELSON1306 'binaryData.logo' must be a text, got 5: write '5'"],
    [{ data: 'level: info' as never }, "KEELSON1306 'data' must be texts by key, got one text: write it like { 'app.yaml': 'greeting: hello' }"],
    [{ data: { port: 8080 as unknown as string } }, "KEELSON1306 'data.port' must be a text, got 8080: write '8080'"],
    [{ data: { a: 'x' }, binaryData: { a: 'AP8=' } }, "KEELSON1305 'binaryData' must be one value for each key, data and binaryData together, got 'a' again: rename one of the two keys"],
    [{ binaryData: { a: 'AP8' } }, "KEELSON1307 'binaryData.a' must be base64 of the standard alphabet, padded with '=', got 'AP8': encode it with Buffer.from(…).toString('base64'), or put text into 'data'"],
    [{ binaryData: { a: '_-8=' } }, "KEELSON1307 'binaryData.a' must be base64 of the standard alphabet, padded with '=', got '_-8=': encode it with Buffer.from(…).toString('base64'), or put text into 'data'"],
  ])('fails for %j', (props: ConfigMapProps, message) => {
    expect(() => synth(props)).toThrow(`[shop/settings] ${message}`);
  });

  test('fails for the one key that would get lost', () => {
    expect(() => synth({}, c => c.addData('__proto__', 'x'))).toThrow("[shop/settings] KEELSON1302 'data' must be a key other than '__proto__', "
      + "which JavaScript can't write out, got '__proto__': name it like 'app.yaml'");
  });

  test('fails for a second value of one key', () => {
    expect(() => synth({ data: { a: '1' } }, c => c.addData('a', '2'))).toThrow("[shop/settings] KEELSON1305 'data' must be one value for each key, "
      + "data and binaryData together, got 'a' again: rename one of the two keys");
  });

  test('fails for a file that is not there', () => {
    expect(() => synth({}, c => c.addFile('no/such.yaml'))).toThrow("[shop/settings] KEELSON1308 'data' must be a file that can be read, "
      + "got 'no/such.yaml' (ENOENT): give its path from the folder where synth runs, or an absolute one");
  });

  test.each([
    ['as it is', 'AP8AAP8=', 'AP8AAP8='], ['with a line break at its end', 'AP8AAP8=\n', 'AP8AAP8='], ['with line breaks', 'AP8A\r\nAP8=\r\n', 'AP8AAP8='],
    ['with bits left over', 'AP9=', 'AP8='], ['with more bits left over', 'AP==', 'AA=='], ['of no bytes', '\n', ''],
  ])('takes base64 %s, and renders it as the API server gives it back', (_, value, canonical) => {
    expect(synth({ binaryData: { a: value } })).toEqual(rendered({ binaryData: { a: canonical } }));
    expect(synth({}, (c) => { c.addBinaryData('a', canonical); c.addBinaryData('a', value); })).toEqual(rendered({ binaryData: { a: canonical } }));
  });

  test('renders any bytes so that decoding and encoding changes nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(synth({ binaryData: { a: text.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n') } })).toEqual(rendered({ binaryData: { a: text } }));
    }));
  });

  test.each(['AP8=x', 'AP8 =', 'A', '=', 'AP8==', ' AP8='])("fails for the base64 '%s'", (value) => {
    expect(() => synth({ binaryData: { a: value } })).toThrow("[shop/settings] KEELSON1307 'binaryData.a' must be base64 of the standard alphabet, "
      + `padded with '=', got '${value}': encode it with Buffer.from(…).toString('base64'), or put text into 'data'`);
  });

  test.each([[253, 0], [254, 1]])('a key of %d characters has %d faults', (length, faults) => {
    expect(keyFaults('k'.repeat(length))).toHaveLength(faults);
  });

  test('what a message suggests for a key is taken', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.stringMatching(/^[-./_ab ]{0,9}$/)), (key) => {
      const better = /^try '(.*)'$/.exec(keyFaults(key)[0]?.fix ?? '')?.[1];
      expect(better === undefined ? [] : keyFaults(better)).toEqual([]);
    }));
  });
});

describe('C3 an immutable ConfigMap', () => {
  const only = (props: ConfigMapProps) => synth({ immutable: true, ...props })[0] as { metadata: { name: string } };
  const nameOf = (props: ConfigMapProps) => only(props).metadata.name;

  test('is called after what is in it, and only that', () => {
    expect(synth({ data: { b: '2', a: '1' }, immutable: true })).toEqual([{
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings-defab36c9f', namespace: 'shop' }, immutable: true, data: { a: '1', b: '2' },
    }]);
    expect(nameOf({ data: { a: '1', b: '2' }, labels: { x: 'y' } })).toBe(nameOf({ data: { b: '2', a: '1' } }));
    expect(nameOf({ data: { a: '1' }, name: 'other' })).toMatch(/^other-[0-9a-f]{10}$/);
    expect(new Set([nameOf({ data: { a: '1' } }), nameOf({ data: { a: '2' } }), nameOf({ binaryData: { a: 'MQ==' } }), nameOf({})]).size).toBe(4);
  });

  test('takes nothing later, but what it has', () => {
    expect(() => synth({ data: { a: '1' }, immutable: true }, (c) => { c.addData('a', '1'); c.addData('b', '2'); })).toThrow(
      "[shop/settings] KEELSON1584 'immutable' must be made with all that is in it, got 'b' added later: give it in 'data', 'binaryData' or 'files'");
  });

  test('takes files as it is made', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'keelson-')), 'app.yaml');
    writeFileSync(file, 'a: 1\n');
    expect(only({ files: { 'app.yaml': file } })).toMatchObject({ data: { 'app.yaml': 'a: 1\n' } });
  });

  const patched = (...ops: JsonPatch[]) => () => synth({ immutable: true, data: { a: '1' }, binaryData: { b: 'AA==' } }, c => c.manifest.addJsonPatch(...ops));

  test.each<[string, JsonPatch]>([
    ['another value', JsonPatch.replace('/data/a', '2')],
    ['one key more', JsonPatch.add('/data/c', '2')],
    ['one key less', JsonPatch.remove('/data/a')],
    ['other bytes', JsonPatch.replace('/binaryData/b', 'AQ==')],
    ['the same as bytes', JsonPatch.move('/data/a', '/binaryData/a')],
  ])('has no patches of its content, which its name would not tell: %s', (_, op) => {
    expect(patched(op)).toThrow("[shop/settings] KEELSON1589 'immutable' must be false or left out, where a patch changes the content: "
      + "the name has the hash of what was there before, got content that a patch has changed: give it in 'data', 'binaryData' or 'files'");
  });

  test('has patches of anything else', () => {
    expect(patched(JsonPatch.add('/metadata/labels', { tier: 'a' }))).not.toThrow();
    expect(patched(JsonPatch.replace('/data/a', '1'))).not.toThrow();
    expect(() => synth({ data: { a: '1' } }, c => c.manifest.addJsonPatch(JsonPatch.replace('/data/a', '2')))).not.toThrow();
  });
});
