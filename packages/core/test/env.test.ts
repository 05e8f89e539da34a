import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnvValue, Faults, type IEnvValue } from '../src';
import { envFaults, envWarnings, mentionedIn, renderEnv } from '../src/private/env';
import { envNameFaults } from '../src/private/env-name';

const literals = (values: Record<string, string>) =>
  new Map<string, IEnvValue>(Object.entries(values).map(([name, value]) => [name, EnvValue.fromValue(value)]));
const names = (values: Record<string, string>) => renderEnv(literals(values)).map(entry => (entry as { name: string }).name);
const faults = (values: Record<string, string>, inherits = false) => envFaults(literals(values), inherits).map(fault => Faults.describe('env', fault));

describe('environment: order', () => {
  test('stays as given where nothing is mentioned', () => {
    expect(names({ B: '1', A: '$$(B)', C: '$(X)' })).toEqual(['B', 'A', 'C']);
  });

  test('has what is mentioned before what mentions it', () => {
    expect(names({ URL: 'http://$(HOST):$(PORT)/', X: '1', PORT: '80', HOST: '$(NAME).shop', NAME: 'web' })).toEqual(['NAME', 'HOST', 'PORT', 'URL', 'X']);
  });

  test('counts literal values only', () => {
    const source = { valueFrom: { fieldRef: { fieldPath: "metadata.labels['$(B)']" } } };
    expect(renderEnv(new Map<string, IEnvValue>([['A', source], ['B', EnvValue.fromValue('$(A)')]]))).toEqual([
      { name: 'A', ...source }, { name: 'B', value: '$(A)' }]);
  });

  test.each([
    ['$(A)', ['A']], ['$$(A)', []], ['$$$(A)', ['A']], ['$(A', []], ['$a$(B)', ['B']], ['x$(A)$(B)y', ['A', 'B']], ['$', []], ['$()', ['']], ['$\n$(A)', ['A']],
  ])('reads %s as Kubernetes does', (value, mentioned) => {
    expect(mentionedIn(value)).toEqual(mentioned);
  });

  test('resolves every reference of any environment without a circle', () => {
    const given = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
      .chain(wishes => fc.tuple(fc.constant(wishes), fc.shuffledSubarray(wishes.map((_, i) => i), { minLength: wishes.length })));
    fc.assert(fc.property(given, ([wishes, order]) => {
      // Variable i mentions lower ones only.
      const value = (i: number) => (wishes[i] ?? []).filter(() => i > 0).map(w => `$(V${w % i})`).join('');
      const env = literals(Object.fromEntries(order.map(i => [`V${i}`, value(i)])));
      const entries = renderEnv(env) as { name: string; value: string }[];
      expect(entries.map(({ name }) => name).sort()).toEqual([...env.keys()].sort());
      entries.forEach(({ value: text }, at) =>
        mentionedIn(text).forEach(name => expect(entries.findIndex(entry => entry.name === name)).toBeLessThan(at)));
    }));
  });
});

describe('environment: chains as long as they may be', () => {
  const chain = (length: number, last: string) => Object.fromEntries(Array.from({ length }, (_, i) => [`V${i}`, i === length - 1 ? last : `$(V${i + 1})`]));

  test('are put in order', () => {
    const given = chain(10_000, '1');
    expect(names(given)).toEqual(Object.keys(given).reverse());
  });

  test('fails for a circle', () => {
    const got = [...Array.from({ length: 10_000 }, (_, i) => `$(V${i})`), '$(V0)'].join(' in ');
    expect(faults(chain(10_000, '$(V0)'))).toEqual([
      `KEELSON1313 'env' must be variables that don't need each other, got ${got}: take one of them out of the circle, or write '$$(V0)' for the text itself`]);
  });
});

describe('environment: refused', () => {
  test.each([
    [{ A: '$(A)' }, "KEELSON1313 'env' must be variables that don't need each other, got $(A) in $(A): take one of them out of the circle, or write '$$(A)' for the text itself"],
    [{ X: '$(A)', A: '$(B)', B: '$(A)' }, "KEELSON1313 'env' must be variables that don't need each other, got $(A) in $(B) in $(A): take one of them out of the circle, or write '$$(A)' for the text itself"],
  ])('fails for a circle: %j', (values, message) => {
    expect(faults(values)).toEqual([message]);
  });

  test('takes a variable that adds to one of envFrom', () => {
    expect(faults({ OPTS: '$(OPTS) -v' }, true)).toEqual([]);
  });

  test.each(['A', '_a', '-.x9', 'my.name'])('takes the name %s', (name) => {
    expect(envNameFaults(name)).toEqual([]);
  });

  test.each([null, undefined, 5, 'x'])('renders %j, which is reported as such, without ending the program', (value) => {
    const given = value as unknown as IEnvValue;
    const env = new Map([['DB_PASSWORD', given]]);
    expect([renderEnv(env), envFaults(env), envWarnings('DB_PASSWORD', given)]).toEqual([[{ name: 'DB_PASSWORD' }], [], []]);
  });

  test.each([[undefined, 'undefined'], [5, '5']])('fails for the name %s, which programs without types may pass', (name, got) => {
    expect(envNameFaults(name as unknown as string).map(fault => Faults.describe('env', fault))).toEqual([
      `KEELSON1312 'env' must be a name of letters, digits, '-', '_' and '.' that begins with no digit and not with '..', got ${got}: name it like 'LOG_LEVEL'`]);
  });

  test.each([['', "name it like 'LOG_LEVEL'"], ['1A', "try 'A'"], ['A B', "try 'A_B'"], ['A=B', "try 'A_B'"], ['..A', "try 'A'"], ['.', "name it like 'LOG_LEVEL'"], ['A\n', "try 'A_'"]])(
    'fails for the name %j', (name, fix) => {
      expect(envNameFaults(name).map(fault => Faults.describe('env', fault))).toEqual([
        `KEELSON1312 'env' must be a name of letters, digits, '-', '_' and '.' that begins with no digit and not with '..', got ${`'${name}'`.replace('\n', '\\n')}: ${fix}`]);
    });
});

describe('environment: secrets in plain sight', () => {
  test.each(['DB_PASSWORD', 'GITHUB_TOKEN', 'API_KEY', 'apikey', 'AWS_SECRET_ACCESS_KEY', 'client.secret', 'JWT'])('warns of a literal %s', (name) => {
    expect(envWarnings(name, EnvValue.fromValue('hunter2'))).toEqual([{
      code: 'KEELSON1314',
      text: `env '${name}' looks like a secret, and its value is there for everybody who reads the manifest: use EnvValue.fromSecretValue, or mount the Secret as a file`,
    }]);
  });

  test.each([
    ['DB_PASSWORD_FILE', '/var/run/secrets/db/password'], ['PUBLIC_KEY', 'abc'], ['KEYBOARD', 'us'], ['MONKEY', 'x'], ['PGPASSWORD', '$(DB_PASSWORD)'], ['TOKEN', ''],
  ])('says nothing of %s=%s', (name, value) => {
    expect(envWarnings(name, EnvValue.fromValue(value))).toEqual([]);
  });

  test('says nothing of a reference', () => {
    expect(envWarnings('DB_PASSWORD', { valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } })).toEqual([]);
  });
});
