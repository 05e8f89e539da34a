import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unshownMembers, type CoverageOptions } from '../src/specimen-coverage.js';

const TYPES = {
  Colour: { kind: 'enum', members: [{ name: 'RED' }, { name: 'GREEN' }] },
  BaseProps: { kind: 'interface', datatype: true, properties: [{ name: 'name' }] },
  ShopProps: { kind: 'interface', datatype: true, properties: [{ name: 'colour' }, { name: 'size' }] },
  IShop: { kind: 'interface', properties: [{ name: 'owner' }], methods: [{ name: 'greet' }] },
  Shop: {
    kind: 'class', initializer: {},
    properties: [{ name: 'OPEN', static: true }, { name: 'props' }],
    methods: [{ name: 'named', static: true }, { name: 'close' }, { name: 'reopen' }, { name: 'toString', overrides: 'Other' }],
  },
  Kiosk: { kind: 'class', initializer: {} },
};

let scratch = '';
beforeAll(() => { scratch = mkdtempSync(join(tmpdir(), 'coverage-')); });
afterAll(() => rmSync(scratch, { recursive: true }));

const unshown = (options: Partial<CoverageOptions> = {}): string[] => {
  const types = Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [`shop.${name}`, { name, ...type }]));
  writeFileSync(join(scratch, '.jsii'), JSON.stringify({ types }));
  return unshownMembers({ assembly: join(scratch, '.jsii'), specimens: 'test/specimens/uses', tsconfig: 'tsconfig.json', ...options });
};

test('names what no specimen uses: members of the struct meant, and of its base; enums, constants, methods, constructors', () => {
  expect(unshown()).toEqual([
    'Colour.GREEN is used by no specimen',
    'Shop.named is used by no specimen',
    'Shop.new is used by no specimen',
    'Shop.reopen is used by no specimen',
    'ShopProps.colour is used by no specimen',
    'ShopProps.size is used by no specimen',
  ]);
});

test('leaves out what is excepted, a member or a whole type, and names an exception that nothing needs', () => {
  const exceptions = new Map([['ShopProps', 'why'], ['Colour.GREEN', 'why'], ['Shop.close', 'why'], ['Gone', 'why']]);
  expect(unshown({ exceptions })).toEqual([
    'Shop.named is used by no specimen',
    'Shop.new is used by no specimen',
    'Shop.reopen is used by no specimen',
    'Shop.close is excepted, and needs it no more',
    'Gone is excepted, and needs it no more',
  ]);
});

test('looks at the types that are named only', () => {
  expect(unshown({ types: ['Colour', 'BaseProps'] })).toEqual(['Colour.GREEN is used by no specimen']);
});

test('reads an assembly that is compressed', () => {
  writeFileSync(join(scratch, 'small.gz'), gzipSync(JSON.stringify({ types: { 'shop.Colour': { name: 'Colour', ...TYPES.Colour } } })));
  writeFileSync(join(scratch, 'small'), JSON.stringify({ schema: 'jsii/file-redirect', compression: 'gzip', filename: 'small.gz' }));
  expect(unshown({ assembly: join(scratch, 'small') })).toEqual(['Colour.GREEN is used by no specimen']);
});
