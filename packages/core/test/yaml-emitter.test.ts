import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { YamlEmitter } from '../src/private/yaml-emitter';
import { READ_AS_NUMBER } from '../src/private/yaml-strings';

/** How many random documents: a few thousand here, more by `node scripts/fuzz-yaml.mjs 100000`. */
const RUNS = Number(process.env.KEELSON_FUZZ_RUNS ?? 3000);
const SEED = process.env.KEELSON_FUZZ_SEED;

/** What strings with a meaning in YAML are made of. */
const FRAGMENTS = [
  'a', 'B', 'true', 'no', 'Y', 'null', '~', '1', '0', '0x1F', '010', '0b1', '1.5', '1e3', 'e5', ':', ': ', ' ', '  ', '\n', '\n\n', '\t', '#', ' #',
  '-', '- ', '---', '...', '%', '@', '`', '"', "'", '{', '}', '[', ']', ',', '&', '*', '!', '|', '>', '?', '? ', '=', '<<', 'é', '日', '\u00a0',
  '\u2028', '\u0085', '\x00', '\x07', '\x1b', '\x7f', '😀', '\ud800', '\\', '\\n', '\\u0041', '/', '.', '..', '2020-01-01', 'T12:30:00Z', '12:30',
  '12:30:45.5', '+1', '.inf', '.NaN', '_', 'x: y', 'key: value\n', '  indented\n', 'a line that is longer than forty characters on its own',
  '$& $1 $`', '\r', '\r\n', '100m', '128Mi', '25%', 'registry.example.com/team/app:1.2.3', '$(VAR)',
];
const text = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 6 }).map(parts => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
).filter(each => !READ_AS_NUMBER.test(each) || Yaml.stringify({ each }).includes('"'));
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, 1e21, 1e-7, NaN, Infinity, -Infinity));
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'value' },
    { weight: 6, arbitrary: text },
    { weight: 1, arbitrary: number },
    { weight: 1, arbitrary: fc.constantFrom(true, false, null, undefined) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'value' }) },
    { weight: 3, arbitrary: fc.array(fc.tuple(text, tie('value')), { maxLength: 4, depthIdentifier: 'value' }).map(Object.fromEntries) },
  ),
}));

describe('texts that kubectl reads as numbers where cdk8s leaves out the quotes', () => {
  test.each(['0o17', '0O17', '0X1F', '0B1', '-0o1', '+0X8', '0_o1', '-_9', '+_1', '5e7_', '0E_7', '0b+0', '1_.', '0x_1', '9e_+9', '0Xe'])('%s is quoted, as a value and as a key', each => {
    expect(new YamlEmitter().document({ [each]: each }, true)).toBe(`"${each}": "${each}"\n`);
  });

  test.each(['0o8', '0o', '0xg', '1.2.3', '_1', 'o17', '1e', '0b2', '10m', '1Gi', '1.8.2-1', '3e5d7f'])('%s is not', each => {
    expect(new YamlEmitter().document({ [each]: each }, true)).toBe(`${each}: ${each}\n`);
  });
});

describe('YAML of what cdk8s writes', () => {
  test(`is the same byte for byte, for ${RUNS} random documents`, { timeout: 3_600_000 }, () => {
    const emitter = new YamlEmitter();
    fc.assert(fc.property(value, document => {
      for (const wrapped of [{ document }, [[document]], document]) {
        expect(emitter.document(wrapped, true)).toBe(Yaml.stringify(wrapped));
      }
    }), { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) });
  });

  test.each([
    ['an empty map', {}],
    ['an empty list', []],
    ['a list at the top', [1, [2, [3]], { a: { b: [] } }]],
    ['a key of 1024 characters', { ['k'.repeat(1024)]: 1 }],
    ['a key of 1025 characters, which YAML calls explicit', { ['k'.repeat(1025)]: 1 }],
    ['a quoted key of 1023 characters', { [`${'k'.repeat(1022)} `]: 1 }],
    ['a quoted key of 1022 characters', { [`${'k'.repeat(1021)} `]: 1 }],
    ['the merge key', { '<<': { a: 1 } }],
    ['the merge key as a value', { a: '<<' }],
    ['a key that starts like a document', { '---': 1, 'a': { '---': 2 } }],
    ['a date', { at: new Date(0) }],
    ['a map object', { at: new Map([['a', 1]]) }],
    ['a text', 'text'],
    ['null', null],
    ['a tree 100 levels deep', Array.from({ length: 100 }).reduce<unknown>(inner => ({ a: [inner] }), 'x')],
  ])('is the same for %s', (_, document) => {
    expect(new YamlEmitter().document(document)).toBe(Yaml.stringify(document));
  });

  test('has anchors for an object met twice', () => {
    const shared = { cpu: '100m' };
    const document = { limits: shared, requests: shared };
    expect(new YamlEmitter().document(document)).toBe(Yaml.stringify(document));
    expect(new YamlEmitter().document(document)).toContain('&a1');
  });

  test('is written without the yaml package for what manifests hold', () => {
    const stock = vi.spyOn(Yaml, 'stringify');
    const document = { data: { 'a.conf': 'a: 1\n\nb: "2"\n', 'n': '010', 'e': '', '1.5': "it's" }, list: [1.5, true, null, [{}, []]], text: '\u0007' };
    const written = new YamlEmitter().document(document);
    expect(stock).not.toHaveBeenCalled();
    expect(written).toBe(Yaml.stringify(document));
    stock.mockRestore();
  });

  test('has an empty document for undefined, as cdk8s', () => {
    expect(new YamlEmitter().document(undefined)).toBe(Yaml.stringify(undefined));
  });
});
