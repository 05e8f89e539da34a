import { App, Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Secret, type UnsafePlaintextSecretProps } from '../src';

const MIB = 1024 * 1024;
const synth = (props: UnsafePlaintextSecretProps) => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  Secret.unsafePlaintext(chart, 'db', props);
  return Testing.synth(chart) as object[];
};

describe('C2 Secret by reference', () => {
  test('defines nothing, and gives environment values', () => {
    const secret = Secret.fromSecretName('db', 'shop');
    expect([secret.name, secret.kind, secret.namespace]).toEqual(['db', 'Secret', 'shop']);
    expect(secret.envValue('password').valueFrom).toEqual({ secretKeyRef: { name: 'db', key: 'password' } });
    expect(secret.envValue('password', { optional: true }).valueFrom).toEqual({ secretKeyRef: { name: 'db', key: 'password', optional: true } });
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
    [{ stringData: { 'tls.crt': 'x' }, type: 'kubernetes.io/tls' }, "KEELSON1309 'stringData' must be data with 'tls.crt' and 'tls.key' for a Secret of type kubernetes.io/tls, "
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
