import { App, Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Secret, type UnsafePlaintextSecretProps } from '../src';

const MIB = 1024 * 1024;
const synth = (props: UnsafePlaintextSecretProps) => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  Secret.unsafePlaintext(chart, 'db', props);
  return Testing.synth(chart) as object[];
};
const mistakesOf = (props: UnsafePlaintextSecretProps) => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const secret = Secret.unsafePlaintext(chart, 'db', props);
  return secret.node.validate().map(line => `[${secret.node.path}] ${line}`);
};

describe('C2 Secret by reference', () => {
  test('defines nothing, and gives environment values', () => {
    const secret = Secret.fromSecretName('db', 'shop');
    expect([secret.name, secret.kind, secret.namespace]).toEqual(['db', 'Secret', 'shop']);
    expect(secret.envValue('password').valueFrom).toEqual({ secretKeyRef: { name: 'db', key: 'password' } });
    expect(secret.envValue('password', { optional: true }).valueFrom).toEqual({ secretKeyRef: { name: 'db', key: 'password', optional: true } });
  });
});

const DOCKER_JSON = `'{"auths":{"registry.example.com":{"username":"…","password":"…"}}}'`;
const DOCKER_CFG = `'{"registry.example.com":{"username":"…","password":"…"}}'`;
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const pem = (type: string) => `-----BEGIN ${type}-----\nAAAA\n-----END ${type}-----\n`;

describe('what a typed Secret holds is of its type', () => {
  test.each([
    ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{"auths":{"registry.example.com":{"auth":"dTpw"}}}\n' }],
    ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{ "auths": {}, "credsStore": "x" }' }],
    ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{"Auths":{}}' }],
    ['kubernetes.io/dockercfg', { '.dockercfg': '{"registry.example.com":{"auth":"dTpw"}}' }],
    ['kubernetes.io/dockercfg', { '.dockercfg': '{}' }],
    ['kubernetes.io/tls', { 'tls.crt': CERTIFICATE, 'tls.key': pem('PRIVATE KEY') }],
    ['kubernetes.io/tls', { 'tls.crt': `subject=CN=web\r\n${CERTIFICATE.replaceAll('\n', '\r\n')}${CERTIFICATE}`, 'tls.key': pem('RSA PRIVATE KEY') }],
    ['kubernetes.io/tls', { 'tls.crt': CERTIFICATE.trim(), 'tls.key': `${pem('EC PARAMETERS')}${pem('EC PRIVATE KEY')}`.trim(), 'ca.crt': 'anything' }],
    ['Opaque', { '.dockerconfigjson': 'x', '.dockercfg': 'x', 'tls.crt': 'x', 'tls.key': 'x' }],
    [undefined, { 'tls.crt': 'x' }],
  ])('as type %s takes %j', (type, stringData) => {
    expect(() => synth({ type, stringData: stringData as unknown as { [key: string]: string } })).not.toThrow();
  });

  test.each([
    ['hunter2', 'a text that is no JSON object'], ['"hunter2"', 'a text that is no JSON object'], ['null', 'a text that is no JSON object'],
    ['[{"auths":{}}]', 'a text that is no JSON object'], ['', 'a text that is no JSON object'],
    ['{}', 'an object without it'], ['{"auths":null}', 'an object without it'], ['{"auths":[]}', 'an object without it'],
    ['{"registry.example.com":{"auth":"hunter2"}}', 'an object without it'],
  ])('fails for the registry credentials %s', (text, got) => {
    expect(mistakesOf({ type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': text } })).toEqual([
      `[shop/db] KEELSON1440 'stringData..dockerconfigjson' must be JSON with 'auths', got ${got}: write it like ${DOCKER_JSON}`]);
  });

  test.each([
    ['hunter2', 'a text that is no JSON object'], ['[]', 'a text that is no JSON object'],
    ['{"auths":{"registry.example.com":{"auth":"hunter2"}}}', 'an object of another form'], ['{"registry.example.com":"hunter2"}', 'an object of another form'],
  ])('fails for the older registry credentials %s', (text, got) => {
    expect(mistakesOf({ type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': text } })).toEqual([
      `[shop/db] KEELSON1440 'stringData..dockercfg' must be JSON, credentials by registry, got ${got}: write it like ${DOCKER_CFG}, `
      + "or take the type kubernetes.io/dockerconfigjson for one with 'auths'"]);
  });

  const noCertificate = "[shop/db] KEELSON1441 'stringData.tls.crt' must be a certificate in PEM, got a text that holds none: give the whole file, "
    + 'from -----BEGIN CERTIFICATE----- to its END line, each on a line of its own';
  const noKey = "[shop/db] KEELSON1441 'stringData.tls.key' must be a private key in PEM, got a text that holds none: give the whole file, "
    + 'from -----BEGIN PRIVATE KEY----- to its END line, each on a line of its own';
  test.each([
    ['hunter2', 'hunter2', [noCertificate, noKey]],
    ['', '', [noCertificate, noKey]],
    [CERTIFICATE, CERTIFICATE, [noKey]],
    [pem('PRIVATE KEY'), pem('PRIVATE KEY'), [noCertificate]],
    [CERTIFICATE, pem('PUBLIC KEY'), [noKey]],
    [pem('TRUSTED CERTIFICATE'), pem('PRIVATE KEY'), [noCertificate]],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n', pem('PRIVATE KEY'), [noCertificate]],
    [CERTIFICATE.replaceAll('\n', '\\n'), pem('PRIVATE KEY'), [noCertificate]],
    [CERTIFICATE.replaceAll(/^/gm, '  '), pem('PRIVATE KEY'), [noCertificate]],
  ])('fails for the certificate %j and the key %j', (crt, key, mistakes) => {
    expect(mistakesOf({ type: 'kubernetes.io/tls', stringData: { 'tls.crt': crt, 'tls.key': key } })).toEqual(mistakes);
  });

  test('says once that what is given is no text', () => {
    expect(mistakesOf({ type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': { a: 1 } as unknown as string } })).toEqual([
      "[shop/db] KEELSON1306 'stringData..dockercfg' must be a text, got an object: write it in quotes"]);
  });
});

describe('C2 no plaintext secret unless asked for by an unsafe name', () => {
  test('is written out by Secret.unsafePlaintext', () => {
    expect(synth({ stringData: { password: 'x' } })).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, data: { password: 'eA==' } }]);
    expect(synth({ name: 'other', type: 'kubernetes.io/basic-auth', stringData: { username: 'u' }, labels: { app: 'web' } })).toEqual([{
      apiVersion: 'v1', kind: 'Secret', metadata: { name: 'other', namespace: 'shop', labels: { app: 'web' } },
      type: 'kubernetes.io/basic-auth', data: { username: 'dQ==' },
    }]);
  });

  test('gives environment values too', () => {
    const secret = Secret.unsafePlaintext(new Chart(new App(), 'shop'), 'db', { stringData: { password: 'x' } });
    expect(secret.envValue('password').valueFrom).toEqual({ secretKeyRef: { name: 'db', key: 'password' } });
    expect([secret.name, secret.kind, secret.namespace]).toEqual(['db', 'Secret', undefined]);
  });

  test.each([
    [{ stringData: { 'a b': 'x' } }, "KEELSON1302 'stringData' must be a key of letters, digits, '-', '_' and '.', got 'a b': try 'a-b'"],
    [{ stringData: { pin: 1234 as unknown as string } }, "KEELSON1306 'stringData.pin' must be a text, got a number: write it in quotes"],
    [{ stringData: { pin: undefined as unknown as string } }, "KEELSON1306 'stringData.pin' must be a text, got none: write it in quotes"],
    [{ stringData: { pin: Object.create(null) as string } }, "KEELSON1306 'stringData.pin' must be a text, got an object: write it in quotes"],
    [{ stringData: 'hunter2' as never }, "KEELSON1306 'stringData' must be texts by key, got one text: write it like { 'app.yaml': 'greeting: hello' }"],
    [{} as UnsafePlaintextSecretProps, "KEELSON1306 'stringData' must be texts by key, got undefined: write it like { 'app.yaml': 'greeting: hello' }"],
    [undefined as unknown as UnsafePlaintextSecretProps,
      "KEELSON1306 'stringData' must be texts by key, got undefined: write it like { 'app.yaml': 'greeting: hello' }"],
    [{ stringData: {}, type: 'kubernetes.io/tls' }, "KEELSON1309 'stringData' must be data with 'tls.crt' and 'tls.key' for a Secret of type kubernetes.io/tls, "
      + "got without 'tls.crt' and 'tls.key': add what is missing, or leave the type out"],
    [{ stringData: { 'tls.crt': CERTIFICATE }, type: 'kubernetes.io/tls' }, "KEELSON1309 'stringData' must be data with 'tls.crt' and 'tls.key' for a Secret of type kubernetes.io/tls, "
      + "got without 'tls.key': add what is missing, or leave the type out"],
    [{ stringData: {}, type: 'kubernetes.io/basic-auth' }, "KEELSON1309 'stringData' must be data with 'username' or 'password' for a Secret of type kubernetes.io/basic-auth, "
      + "got without 'username' and 'password': add what is missing, or leave the type out"],
    [{ stringData: { big: 'x'.repeat(MIB + 1) } }, "KEELSON1304 'stringData' must be at most 1048576 bytes, all values of the Secret together, got 1048577 bytes: "
      + "move 'big' (1048577 bytes) into the image or onto a volume, or split the Secret"],
  ])('fails, showing no value', (props: UnsafePlaintextSecretProps, message) => {
    expect(() => synth(props)).toThrow(`[shop/db] ${message}`);
  });

  test('takes exactly 1 MiB', () => {
    expect(() => synth({ stringData: { big: 'x'.repeat(MIB) } })).not.toThrow();
  });
});
