import { resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Asked } from '../src/asked.js';
import { optionsOf, PARTS, USAGE } from '../src/options.js';

test('everything is run on every version, with 300 random apps, unless told otherwise', () => {
  const options = optionsOf([]);
  expect(options.versions.map(({ name }) => name)).toEqual(['1.27', '1.33', '1.34', '1.35', '1.36']);
  expect([...options.parts]).toEqual([...PARTS]);
  expect(options).toMatchObject({ apps: 300, update: false, buildOnly: false, docs: false, help: false, folders: [] });
});

test('random policies are the same in every run, unless a seed is given', () => {
  expect(optionsOf([])).toMatchObject({ policySeed: 1 });
  expect(optionsOf(['--only', 'reachability', '--seed', '7'])).toMatchObject({ policySeed: 7, parts: new Set(['reachability']) });
});

test('an earlier run of random apps comes again by its seed and path', () => {
  const options = optionsOf(['--only', 'random', '--versions', '1.36', '--apps', '10000', '--seed', '7', '--path', '12:0:1']);
  expect(options).toMatchObject({ apps: 10_000, seed: 7, path: '12:0:1', versions: [{ name: '1.36', built: '1.36' }] });
  expect([...options.parts]).toEqual(['random']);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test('manifests that are named are all that is looked at, on their versions', () => {
  vi.stubEnv('INIT_CWD', '/home/me');
  const options = optionsOf(['dist=1.36', '/other=1.27']);
  expect(options.folders).toEqual([{ path: resolve('/home/me/dist'), version: '1.36' }, { path: resolve('/other'), version: '1.27' }]);
  expect([...options.parts]).toEqual(['manifests']);
  expect(options.versions.map(({ name }) => name)).toEqual(['1.27', '1.36']);
});

test('requests through a proxy are for the asking, alone or beside parts that are named', () => {
  expect(optionsOf([])).toMatchObject({ edge: false });
  expect(optionsOf(['--edge'])).toMatchObject({ edge: true, parts: new Set() });
  expect(optionsOf(['--edge', '--only', 'random'])).toMatchObject({ edge: true, parts: new Set(['random']) });
});

test('a folder whose version is left out is said', () => {
  expect(() => optionsOf(['--versions', '1.27', '/dist=1.36'])).toThrow('/dist is for 1.36, which --versions leaves out');
  expect(optionsOf(['--versions', '1.27,1.36', '/dist=1.36']).versions).toHaveLength(2);
});

test.each(['upgrade', 'random,manifests'])('folders have no part in %s', (part) => {
  expect(() => optionsOf(['--only', part, 'dist=1.36'])).toThrow('FOLDER=VERSION goes with --only manifests: the other parts are about the examples');
});

test.each(['dist', 'dist=1.20', '=1.36'])('fails for %s', (argument) => {
  expect(() => optionsOf([argument])).toThrow(`'${argument}' must be FOLDER=VERSION, with a version of 1.27, 1.33, 1.34, 1.35, 1.36`);
});

test('the figures go where npm was started', () => {
  vi.stubEnv('INIT_CWD', '/home/me');
  expect(optionsOf(['--json', 'a/conf.json']).json).toBe(resolve('/home/me/a/conf.json'));
  expect(optionsOf(['--json', '/tmp/conf.json']).json).toBe(resolve('/tmp/conf.json'));
});

test('the usage names every part and option', () => {
  expect(optionsOf(['--help']).help).toBe(true);
  for (const word of [...PARTS, '--versions', '--only', '--apps', '--seed', '--path', '--jobs', '--json', '--docs', '--edge', '--build', '--update', '--help']) expect(USAGE).toContain(word);
});

test('a part that was wanted and asked of nothing is a fault', () => {
  const options = optionsOf(['--only', 'random,negative', '--versions', '1.33,1.34']);
  const asked = new Asked();
  asked.add('random', 0);
  asked.add('random', 50);
  asked.add('manifests', 0);
  expect(asked.faults(options)).toEqual(['negative was asked for and looked at nothing on 1.33, 1.34']);
  asked.add('negative', 18);
  expect(asked.faults(options)).toEqual([]);
});

test.each([
  ['--versions', '1.20', '1.27, 1.33, 1.34, 1.35, 1.36'],
  ['--only', 'everything', PARTS.join(', ')],
  ['--apps', 'many', 'a whole number from 1 on'],
  ['--apps', '0', 'a whole number from 1 on'],
  ['--jobs', '0', 'a whole number from 1 on'],
  ['--seed', '-1', 'a whole number'],
])('fails for %s %s', (option, value, allowed) => {
  expect(() => optionsOf([`${option}=${value}`])).toThrow(new Error(`${option} got '${value}', allowed: ${allowed}\n\n${USAGE}`));
});

test('fails for an option that there is not', () => {
  expect(() => optionsOf(['--fast'])).toThrow("Unknown option '--fast'");
});
