import { Testing } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ISecret, Metadata, SealedSecret, type SealedSecretProps, SealingScope, Secret, Volume } from '../src';
import { accepted, charted, mistakes, named, Server } from './server';
import { sealed } from './specimens/sealed';

const encryptedData = { password: sealed('password'), username: sealed('username', 256) };
const LABELS = { 'app.kubernetes.io/name': 'orders-app', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'keelson' };

const rendered = (more: Partial<SealedSecretProps> = {}) => {
  const chart = charted();
  new SealedSecret(chart, 'orders-app', { encryptedData, ...more });
  return named(accepted(chart), 'SealedSecret', more.name ?? 'orders-app');
};
const mistakesOf = (more: Partial<SealedSecretProps>) => {
  const chart = charted();
  new SealedSecret(chart, 'orders-app', { encryptedData, ...more });
  return mistakes(chart).map(line => line.replace(/\[shop\/orders-app(?:\/Resource)?\] /, ''));
};

describe('C4 a SealedSecret', () => {
  test('has the values as they were sealed, for this name and namespace', () => {
    const { apiVersion, metadata, spec } = rendered();
    expect({ apiVersion, metadata, spec }).toEqual({
      apiVersion: 'bitnami.com/v1alpha1', metadata: { name: 'orders-app', namespace: 'shop', labels: LABELS },
      spec: { encryptedData, template: { metadata: { labels: LABELS } } },
    });
  });

  test.each([SealingScope.NAMESPACE_WIDE, SealingScope.CLUSTER_WIDE])('sealed for %s says so to who opens it, and of its Secret', (scope) => {
    const annotations = { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
    const { metadata, spec } = rendered({ scope });
    expect([metadata.annotations, spec.template.metadata.annotations]).toEqual([annotations, annotations]);
  });

  test('all else that it can be told', () => {
    const { metadata, spec } = rendered({
      name: 'orders', type: 'kubernetes.io/basic-auth', immutable: true, labels: { team: 'shop' }, scope: SealingScope.STRICT,
      templates: { uri: 'postgresql://{{ .username }}:{{ .password | urlquery }}@orders-rw' },
    });
    const labels = { ...LABELS, 'app.kubernetes.io/name': 'orders', 'team': 'shop' };
    expect(metadata).toEqual({ name: 'orders', namespace: 'shop', labels });
    expect(spec.template).toEqual({
      metadata: { labels }, type: 'kubernetes.io/basic-auth', immutable: true,
      data: { uri: 'postgresql://{{ .username }}:{{ .password | urlquery }}@orders-rw' },
    });
  });

  test('values on several lines, as base64 prints them, are on one', () => {
    const lines = encryptedData.password.replace(/.{76}/g, '$&\n');
    expect(rendered({ encryptedData: { password: lines } }).spec.encryptedData).toEqual({ password: encryptedData.password });
  });

  test('is a Secret by reference, whose keys are known and whose changes roll no pods', () => {
    const chart = charted();
    const secret = new SealedSecret(chart, 'orders-app', { encryptedData, templates: { uri: '{{ .password }}' } });
    const reference: ISecret = secret;
    expect(reference).toMatchObject({ name: 'orders-app', kind: 'Secret', namespace: 'shop' });
    new Metadata({ labels: { team: 'payments' } }).applyTo(chart);
    secret.grantRead(new Server(chart, 'web', { env: { A: secret.envValue('uri') }, volumes: { '/etc/db': Volume.fromSecret(secret) } }));
    const objects = accepted(chart);
    expect(named(objects, 'SealedSecret', 'orders-app').spec.template.metadata.labels.team).toBe('payments');
    expect(named(objects, 'Deployment', 'web').spec.template.metadata.annotations).toBeUndefined();
    new Server(chart, 'other', { env: { A: secret.envValue('token') } });
    expect(mistakes(chart)).toEqual([
      "[shop/other] KEELSON1303 'env.A' must be a key of the Secret 'orders-app' (it has 'password', 'uri', 'username'), got 'token': add the key, or make the reference optional",
    ]);
    secret.manifest.addMergePatch({ spec: { encryptedData: { token: sealed('token') } } });
    expect(mistakes(chart)).toEqual([]);
  });

  test('is refused where the cluster has no such kind, and where another makes its Secret', () => {
    const chart = charted({ customResources: [] });
    new SealedSecret(chart, 'orders-app', { encryptedData });
    Secret.unsafePlaintext(chart, 'plain', { name: 'orders-app', stringData: { a: 'b' } });
    expect(mistakes(chart)).toEqual([
      "[shop/orders-app] KEELSON1855 'name' must be of one Secret in namespace shop only, got 'orders-app', which [shop/plain/Resource] makes too: name one of the two differently",
      "[shop/orders-app] KEELSON1870 'SealedSecret' must be on a cluster that has the controller of Sealed Secrets, got a cluster without SealedSecret of bitnami.com/v1alpha1: "
      + "install it and add 'bitnami.com/v1alpha1/SealedSecret' to customResources, or have the Secret made by a SecretGenerator",
    ]);
  });

  test('synth twice gives the same bytes', () => {
    const chart = charted();
    new SealedSecret(chart, 'orders-app', { encryptedData });
    expect(JSON.stringify(Testing.synth(chart))).toBe(JSON.stringify(Testing.synth(chart)));
  });
});

describe('C4 what a SealedSecret can not be', () => {
  const notSealed = (got: string) => `KEELSON1881 'encryptedData.a' must be a value that kubeseal has sealed, got ${got}: `
    + "seal it: 'kubeseal --raw --name NAME --namespace NAMESPACE', or with --scope";

  test.each<[string, Partial<SealedSecretProps>, string[]]>([
    ['none', { encryptedData: {} }, ["KEELSON1880 'encryptedData' must be one value or more, got none: give spec.encryptedData of what 'kubeseal -o yaml' prints"]],
    ['nothing', { encryptedData: undefined }, ["KEELSON1306 'encryptedData' must be texts by key, got undefined: write it like { 'app.yaml': 'greeting: hello' }"]],
    ['a plain text', { encryptedData: { a: 'hunter2!' } }, [notSealed('a text that is no base64')]],
    ['a plain text in base64', { encryptedData: { a: Buffer.from('hunter2'.repeat(100)).toString('base64') } }, [notSealed('base64 of something else')]],
    ['one cut short', { encryptedData: { a: Buffer.from(sealed('a'), 'base64').subarray(0, 2 + 512 + 15).toString('base64') } }, [notSealed('base64 of something else')]],
    ['an empty text', { encryptedData: { a: '' } }, [notSealed('base64 of something else')]],
    ['a number', { encryptedData: { a: 5 as unknown as string } }, [notSealed('a number')]],
    ['a key that is none', { encryptedData: { 'a b': sealed('a') } }, ["KEELSON1302 'encryptedData' must be a key of letters, digits, '-', '_' and '.', got 'a b': try 'a-b'"]],
    ['another scope', { scope: 'namespace' as SealingScope }, [
      "KEELSON1585 'scope' must be one of strict, namespace-wide, cluster-wide, got 'namespace': choose a member of SealingScope, such as SealingScope.STRICT",
    ]],
    ['a template of what is not there', { templates: { uri: '{{ .user }}' } }, [
      "KEELSON1876 'templates.uri' must be a Go template of values that are there (password, username), got '.user': add the value, or name one of these",
    ]],
    ['a type without its keys', { type: 'kubernetes.io/ssh-auth' }, [
      "KEELSON1309 'type' must be data with 'ssh-privatekey' for a Secret of type kubernetes.io/ssh-auth, got without 'ssh-privatekey': add what is missing, or leave the type out",
    ]],
    ['half closed', { immutable: 'yes' as unknown as boolean }, ["KEELSON1587 'immutable' must be true or false, got 'yes': write it without quotes"]],
    ['templates that are none', { templates: ['a'] as unknown as Record<string, string> }, [
      "KEELSON1306 'templates' must be texts by key, got a list: write it like { 'app.yaml': 'greeting: hello' }",
    ]],
  ])('%s', (_, more, expected) => {
    expect(mistakesOf(more)).toEqual(expected);
  });

  test('no text that somebody gives instead is ever shown', () => {
    fc.assert(fc.property(fc.string({ minLength: 8 }).filter(text => /[^ a-z]/.test(text)), (text) => {
      for (const value of [text, Buffer.from(text).toString('base64')]) {
        const found = mistakesOf({ encryptedData: { a: value } }).join('\n');
        expect(found).toContain('KEELSON1881');
        expect(found).not.toContain(value);
      }
    }));
  });
});
