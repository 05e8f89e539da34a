import { Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Faults, Labels } from '../src';

const label = (key: string, value: string) => Labels.faultsOf(key, value).map(fault => Faults.describe('labels', fault));
const annotation = (key: string, value: string) => Labels.annotationFaultsOf(key, value).map(fault => Faults.describe('annotations', fault));
const a = (length: number) => 'a'.repeat(length);

describe('Labels: keys', () => {
  test.each(['team', 'Team_1.x', 'example.com/team', 'a/b', '1', a(63), `${a(253)}/${a(63)}`])('takes %s', (key) => {
    expect([label(key, 'x'), annotation(key, 'x')]).toEqual([[], []]);
  });

  test.each([
    ['', "KEELSON1052 'labels' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got '': use at least one letter or digit"],
    ['my team', "KEELSON1052 'labels' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'my team': try 'my-team'"],
    ['team-', "KEELSON1052 'labels' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'team-': try 'team'"],
    ['a/b/c', "KEELSON1050 'labels' must be a label key with at most one '/', got 'a/b/c': try 'a/b-c'"],
    ['/team', "KEELSON1051 'labels' must be a label key with a DNS subdomain before '/', got '/team': try 'team'"],
    ['Example.com/team', "KEELSON1051 'labels' must be a label key with a DNS subdomain before '/', got 'Example.com/team': write it like 'example.com/team'"],
    ['a..b/team', "KEELSON1051 'labels' must be a label key with a DNS subdomain before '/', got 'a..b/team': write it like 'example.com/team'"],
    [a(64), `KEELSON1058 'labels' must be a label key of at most 63 characters, not counting what is before '/', got '${a(64)}': try '${a(63)}'`],
    [`${a(254)}/x`, `KEELSON1053 'labels' must be a label key with at most 253 characters before '/', got '${a(60)}…' (256 characters): use a shorter domain`],
  ])('fails for %s', (key, message) => {
    expect(label(key, 'x')).toEqual([message]);
  });

  test.each([[undefined, 'undefined'], [5, '5'], [{}, 'an object']])('fails for %j, which programs without types may pass', (key, got) => {
    expect([label(key as unknown as string, 'x'), annotation(key as unknown as string, 'x')]).toEqual([
      [`KEELSON1052 'labels' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got ${got}: write it like 'example.com/team'`],
      [`KEELSON1052 'annotations' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got ${got}: write it like 'example.com/team'`],
    ]);
    expect(Labels.valueOf(key as unknown as string)).toBe('');
  });

  test('fails for an annotation as for a label, but upper case is allowed in the domain', () => {
    expect(annotation('Example.com/team', 'x')).toEqual([]);
    expect(annotation('a/b/c', 'x')).toEqual(["KEELSON1050 'annotations' must be an annotation key with at most one '/', got 'a/b/c': try 'a/b-c'"]);
  });
});

describe('Labels: values', () => {
  test.each(['', 'a', 'A_b.c-1', '1.8.2', a(63)])("takes '%s'", (value) => {
    expect(label('team', value)).toEqual([]);
  });

  test.each([
    ['a b', "KEELSON1054 'labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    ['a-', "KEELSON1054 'labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a-': try 'a'"],
    ['a\n', "KEELSON1054 'labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a\\n': try 'a'"],
    ['é', "KEELSON1054 'labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'é': use at least one letter or digit"],
    [a(64), `KEELSON1055 'labels.team' must be at most 63 characters long, got '${a(64)}': try '${a(63)}'`],
  ])("fails for '%s'", (value, message) => {
    expect(label('team', value)).toEqual([message]);
  });

  test.each([
    [5, "KEELSON1057 'labels.team' must be a text, got 5: write '5'"],
    [true, "KEELSON1057 'labels.team' must be a text, got true: write 'true'"],
    [undefined, "KEELSON1057 'labels.team' must be a text, got undefined: give it a value, or leave it out"],
    [null, "KEELSON1057 'labels.team' must be a text, got null: give it a value, or leave it out"],
  ])('fails for %s, which programs without types may pass', (value, message) => {
    expect(label('team', value as unknown as string)).toEqual([message]);
    expect(annotation('team', value as unknown as string)).toEqual([message.replace('labels', 'annotations')]);
  });

  test('an annotation may have any text', () => {
    expect(annotation('note', `spaces,\nlines and ${a(1000)}`)).toEqual([]);
  });
});

describe('Labels: size of annotations', () => {
  const faultsOf = (annotations: Record<string, string>) =>
    Labels.annotationSizeFaultsOf(annotations).map(fault => Faults.describe('annotations', fault));

  test('takes 262144 bytes, keys and values together', () => {
    expect(faultsOf({ a: a(100), b: a(262144 - 102) })).toEqual([]);
    expect(faultsOf({})).toEqual([]);
  });

  test('fails for one byte more, and for a text with fewer characters than bytes', () => {
    const message = (total: number, key: string, bytes: number) =>
      `KEELSON1056 'annotations' must be at most 262144 bytes, keys and values of all annotations together, got ${total} bytes: move '${key}' (${bytes} bytes) to a ConfigMap`;
    expect(faultsOf({ a: a(100), b: a(262144 - 101) })).toEqual([message(262145, 'b', 262044)]);
    expect(faultsOf({ a: 'é'.repeat(131072) })).toEqual([message(262145, 'a', 262145)]);
  });
});

describe('Labels: recommended labels and cleaned values', () => {
  test('names the six recommended labels', () => {
    expect([Labels.NAME, Labels.INSTANCE, Labels.VERSION, Labels.COMPONENT, Labels.PART_OF, Labels.MANAGED_BY]).toEqual(
      ['name', 'instance', 'version', 'component', 'part-of', 'managed-by'].map(name => `app.kubernetes.io/${name}`));
  });

  test.each([
    ['1.8.2+build.5', '1.8.2-build.5'], ['feature/new basket', 'feature-new-basket'], ['_x_', 'x'], ['', ''], ['---', ''], [`${a(62)}..b`, a(62)], [`--${a(64)}`, a(63)],
  ])("cleans '%s' to '%s'", (text, value) => {
    expect(Labels.valueOf(text)).toBe(value);
  });

  test('gives a valid value for any text, the same for a cleaned one', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.stringMatching(/^[-_.a-zA-Z0-9 ]{0,90}$/)), (text) => {
      const value = Labels.valueOf(text);
      expect(Labels.faultsOf('team', value)).toEqual([]);
      expect(Labels.valueOf(value)).toBe(value);
    }));
  });

  test('leaves a valid value alone', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/), (text) => {
      expect(Labels.valueOf(text)).toBe(text);
      expect(Labels.faultsOf(text, text)).toEqual([]);
    }));
  });
});

test('the labels of an object that no one workload has are its name, its chart and what keeps it', () => {
  const chart = new Chart(Testing.app(), 'shop');
  expect(Labels.recommended(chart, 'orders-db')).toEqual({
    'app.kubernetes.io/name': 'orders-db', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'keelson',
  });
});
