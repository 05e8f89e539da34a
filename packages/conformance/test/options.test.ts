import { expect, test } from 'vitest';
import { optionsOf, PARTS, USAGE } from '../src/options.js';

test('everything is run on every version, with 300 random apps, unless told otherwise', () => {
  const options = optionsOf([]);
  expect(options.versions.map(({ name }) => name)).toEqual(['1.27', '1.33', '1.34', '1.35', '1.36']);
  expect([...options.parts]).toEqual([...PARTS]);
  expect(options).toMatchObject({ apps: 300, update: false, buildOnly: false, named: [] });
});

test('an earlier run of random apps comes again by its seed and path', () => {
  const options = optionsOf(['--only', 'random', '--versions', '1.36', '--apps', '10000', '--seed', '7', '--path', '12:0:1']);
  expect(options).toMatchObject({ apps: 10_000, seed: 7, path: '12:0:1', versions: [{ name: '1.36', built: '1.36' }] });
  expect([...options.parts]).toEqual(['random']);
});

test('manifests that are named are all that is looked at', () => {
  const options = optionsOf(['dist=1.36']);
  expect(options.named).toEqual(['dist=1.36']);
  expect([...options.parts]).toEqual(['manifests']);
});

test.each([
  ['--versions', '1.20', '1.27, 1.33, 1.34, 1.35, 1.36'],
  ['--only', 'everything', PARTS.join(', ')],
  ['--apps', 'many', 'a whole number'],
  ['--seed', '-1', 'a whole number'],
])('fails for %s %s', (option, value, allowed) => {
  expect(() => optionsOf([`${option}=${value}`])).toThrow(new Error(`${option} got '${value}', allowed: ${allowed}\n\n${USAGE}`));
});

test('fails for an option that there is not', () => {
  expect(() => optionsOf(['--fast'])).toThrow("Unknown option '--fast'");
});
