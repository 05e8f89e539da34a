import { execFileSync } from 'node:child_process';
import { Testing } from 'cdk8s';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GeneratedSecretOptions, SecretGenerator, SecretText } from '../src';
import { ApiStandIn, TOKEN } from './api-stand-in';
import { charted, mistakes, type Rendered } from './server';

interface Wanted { readonly name: string; readonly texts: Record<string, SecretText>; readonly options?: GeneratedSecretOptions }

/** The script as the ConfigMap has it. */
function scriptOf(...secrets: Wanted[]): string {
  const chart = charted();
  const generator = new SecretGenerator(chart, 'orders-secrets');
  secrets.forEach(({ name, texts, options }) => generator.secret(name, texts, options));
  expect(mistakes(chart)).toEqual([]);
  const script = (Testing.synth(chart) as Rendered[]).find(({ kind }) => kind === 'ConfigMap');
  return script?.data?.['generate.sh'] ?? '';
}

const app: Wanted = { name: 'orders-app', texts: {
  username: SecretText.literal('app'),
  password: SecretText.random(),
  uri: SecretText.template('postgresql://app:{password}@orders-rw:5432/orders?note={{username}}'),
  both: SecretText.template('{username}:{password}:{password}'),
} };
const root: Wanted = { name: 'orders-root', texts: { password: SecretText.random(128), token: SecretText.random(16) } };

const isThere = (command: string) => {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${command}`]);
    return true;
  } catch {
    return false;
  }
};
const SHELLS = [['/bin/sh'], ['dash'], ['busybox', 'sh'], ['bash', '--posix']].filter(([command = '']) => isThere(command));

let api: ApiStandIn;
beforeEach(async () => {
  api = new ApiStandIn();
  await api.start();
});
afterEach(async () => { await api.stop(); });

describe('C4 the script that makes Secrets in the cluster', () => {
  test.each(SHELLS)('makes them, each value by chance, run by %s %s', async (...shell) => {
    const { code, log, processes } = await api.run(scriptOf(root, app), { shell: shell.filter(part => part !== undefined) });
    expect({ code, log }).toEqual({ code: 0, log: 'made Secret orders-app\nmade Secret orders-root\ndone\n' });
    const [first, second] = [api.secrets.get('orders-app'), api.secrets.get('orders-root')];
    const { password = '', ...others } = first?.stringData ?? {};
    expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(others).toEqual({
      username: 'app', uri: `postgresql://app:${password}@orders-rw:5432/orders?note={username}`, both: `app:${password}:${password}`,
    });
    expect(second?.stringData).toEqual({ password: expect.stringMatching(/^[A-Za-z0-9]{128}$/), token: expect.stringMatching(/^[A-Za-z0-9]{16}$/) });
    expect(api.requests.map(({ method, url, authorization }) => ({ method, url, authorization }))).toEqual(Array(2).fill({
      method: 'POST', url: '/api/v1/namespaces/shop/secrets?fieldManager=keelson', authorization: `Bearer ${TOKEN}`,
    }));
    // neither in arguments nor in the environment of any process
    expect(processes).toContain('curl -q ');
    [TOKEN, password, ...Object.values(second?.stringData ?? {})].forEach(value => expect(processes).not.toContain(value));
  });

  test('a second run changes nothing, and makes what is missing', async () => {
    await api.run(scriptOf(app));
    const before = structuredClone(api.secrets.get('orders-app'));
    const again = await api.run(scriptOf(root, app));
    expect({ code: again.code, log: again.log }).toEqual({ code: 0, log: 'Secret orders-app is there, and stays as it is\nmade Secret orders-root\ndone\n' });
    expect(api.secrets.get('orders-app')).toEqual(before);
  });

  test('two runs in two clusters make different values', async () => {
    const other = new ApiStandIn();
    await other.start();
    await api.run(scriptOf(root));
    await other.run(scriptOf(root));
    await other.stop();
    expect(api.secrets.get('orders-root')?.stringData.password).not.toBe(other.secrets.get('orders-root')?.stringData.password);
  });

  test('what a Secret says beside its data', async () => {
    await api.run(scriptOf({ name: 'login', texts: { password: SecretText.random() }, options: {
      type: 'kubernetes.io/basic-auth', immutable: true, labels: { team: 'shop' }, annotations: { note: '\'"\\ $(id) `id` é' },
    } }));
    expect(api.secrets.get('login')).toMatchObject({
      apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/basic-auth', immutable: true,
      metadata: {
        name: 'login', annotations: { note: '\'"\\ $(id) `id` é' },
        labels: { 'team': 'shop', 'app.kubernetes.io/managed-by': 'keelson', 'app.kubernetes.io/name': 'login', 'app.kubernetes.io/part-of': 'shop' },
      },
    });
  });

  test('any text arrives as it is', async () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'\'"\\$`{}()<>\n\t\0 @!#%u0027;&|') }))
      .filter(each => !/\p{Cs}/u.test(each));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 30 }), async (pairs) => {
      api.secrets.clear();
      const texts = Object.fromEntries(pairs.flatMap(([literal, around], at) => [
        [`l${at}`, SecretText.literal(literal)], [`t${at}`, SecretText.template(`${around.replace(/[{}]/g, '$&$&')}{l${at}}{random}`)],
      ]));
      const { code, log } = await api.run(scriptOf({ name: 'texts', texts: { ...texts, random: SecretText.random(16) } }));
      expect({ code, log }).toEqual({ code: 0, log: 'made Secret texts\ndone\n' });
      const { random, ...got } = api.secrets.get('texts')?.stringData ?? {};
      expect(got).toEqual(Object.fromEntries(pairs.flatMap(([literal, around], at) => [[`l${at}`, literal], [`t${at}`, `${around}${literal}${random}`]])));
    }), { numRuns: 25 });
  });

  test('letters and digits are equally likely', async () => {
    const texts = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`k${at}`, SecretText.random(128)]));
    await api.run(scriptOf({ name: 'many', texts }));
    const all = Object.values(api.secrets.get('many')?.stringData ?? {}).join('');
    const counts = new Map<string, number>();
    [...all].forEach(letter => counts.set(letter, (counts.get(letter) ?? 0) + 1));
    const mean = all.length / 62;
    expect([all.length, counts.size]).toEqual([25600, 62]);
    // chi-squared with 61 degrees of freedom: above 130 once in a million
    expect([...counts.values()].reduce((sum, count) => sum + ((count - mean) ** 2) / mean, 0)).toBeLessThan(130);
  });

  test.each<[string, (number | 'conflict' | 'hang')[], number, string, number]>([
    ['a right that comes late', [403, 403], 0, 'done', 3],
    ['a server that comes back', [503, 500], 0, 'done', 3],
    ['too many requests', [429], 0, 'done', 2],
    ['a conflict that is none of the name', ['conflict'], 0, 'done', 2],
    ['a hanging server that comes back', ['hang'], 0, 'done', 2],
    ['no right', [403, 403, 403], 1, "Secret orders-app can't be made, gave up after 3 tries: the API server answered 403: the right to create Secrets isn't there, or a quota or an admission policy refuses it", 3],
    ['a server that fails', [500, 500, 500], 1, "Secret orders-app can't be made, gave up after 3 tries: the API server answered 500", 3],
    ['only conflicts', ['conflict', 'conflict', 'conflict'], 1, "Secret orders-app can't be made, gave up after 3 tries: the API server answered 409", 3],
    ['a token that it does not take', [401], 1, "Secret orders-app can't be made: the API server answered 401, it doesn't take the token of the pod's account", 1],
    ['a Secret that it does not take', [422], 1, "Secret orders-app can't be made: the API server answered 422", 1],
    ['no such namespace', [404], 1, "Secret orders-app can't be made: the API server answered 404", 1],
  ])('%s: %j', async (_, answers, code, last, requests) => {
    api.answers = answers;
    const result = await api.run(scriptOf(app, root));
    expect({ code: result.code, last: result.last }).toEqual({ code, last });
    expect(api.requests.filter(({ body }) => body.includes('"name":"orders-app"'))).toHaveLength(requests);
    expect(api.secrets.has('orders-root')).toBe(code === 0);
    [TOKEN, ...api.requests.flatMap(({ body }) => Object.values((JSON.parse(body) as { stringData: Record<string, string> }).stringData))]
      .filter(value => value !== 'app').forEach(value => expect(result.log + result.processes).not.toContain(value));
  });

  test('a server that never answers, or is not there, is said', async () => {
    api.answers = ['hang', 'hang'];
    const slow = await api.run(scriptOf(app), { tries: 2 });
    expect({ code: slow.code, last: slow.last }).toEqual({
      code: 1, last: expect.stringMatching(/^Secret orders-app can't be made, gave up after 2 tries: curl: \(28\) Operation timed out after 1\d\d\d milliseconds with 0 bytes received$/),
    });
    const none = await api.run(scriptOf(app), { port: 1 });
    expect({ code: none.code, last: none.last }).toEqual({
      code: 1, last: expect.stringMatching(/^Secret orders-app can't be made, gave up after 3 tries: curl: \(7\) Failed to connect to 127\.0\.0\.1 port 1 /),
    });
  });

  test('what the image or the pod lacks is said', async () => {
    const script = scriptOf(app);
    expect(await api.run(script, { host: '' })).toMatchObject({ code: 1, last: 'KUBERNETES_SERVICE_HOST has to be set' });
    expect(await api.run(script, { host: '', env: { PATH: '/nonexistent' } })).toMatchObject({ code: 1, last: 'the image has no curl' });
    expect(await api.run(script.replaceAll('/token"', '/missing"'))).toMatchObject({ code: 1, last: expect.stringMatching(/^no token in /) });
    expect(await api.run(script.replaceAll('/dev/urandom', '/dev/null'))).toMatchObject({ code: 1, last: expect.stringMatching(/^no random text: /) });
    expect(api.requests).toEqual([]);
  });

  test('an IPv6 address of the server is one in the URL', async () => {
    const result = await api.run(scriptOf(app), { host: '::1', port: 1 });
    expect(result.last).toMatch(/gave up after 3 tries: curl: \(7\) Failed to connect to (?:::1|\[::1\]) port 1 /);
  });
});
