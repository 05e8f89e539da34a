import { type Chart, Duration, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  EnvValue, ExternalCreationPolicy, ExternalDecoding, ExternalDeletionPolicy, ExternalRefreshPolicy, ExternalSecret,
  type ExternalSecretProps, ExternalTemplatePolicy, type ISecret, Metadata, Secret, SecretGenerator, SecretStore, SecretText, Volume,
} from '../src';
import { goDuration } from '../src/private/go-duration';
import { accepted, charted, mistakes, named, Server } from './server';

const props: ExternalSecretProps = { store: SecretStore.cluster('vault'), data: { password: { remoteKey: 'shop/orders', property: 'password' } } };

const rendered = (more: Partial<ExternalSecretProps> = {}, then?: (secret: ExternalSecret, chart: Chart) => void) => {
  const chart = charted();
  then?.(new ExternalSecret(chart, 'orders-app', { ...props, ...more }), chart);
  if (then === undefined) {
    new ExternalSecret(chart, 'orders-app', { ...props, ...more });
  }
  return named(accepted(chart), 'ExternalSecret', more.name ?? 'orders-app');
};
const mistakesOf = (more: Partial<ExternalSecretProps>) => {
  const chart = charted();
  new ExternalSecret(chart, 'orders-app', { ...props, ...more });
  return mistakes(chart).map(line => line.replace('[shop/orders-app] ', ''));
};

const LABELS = { 'app.kubernetes.io/name': 'orders-app', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'keelson' };

describe('C4 an ExternalSecret', () => {
  test('owns its Secret, keeps it when the store loses the values, and copies no annotations', () => {
    const { apiVersion, metadata, spec } = rendered();
    expect({ apiVersion, metadata }).toEqual({
      apiVersion: 'external-secrets.io/v1', metadata: { name: 'orders-app', namespace: 'shop', labels: LABELS },
    });
    expect(spec).toEqual({
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      refreshPolicy: 'Periodic', refreshInterval: '1h0m0s',
      target: { creationPolicy: 'Owner', deletionPolicy: 'Retain', template: { engineVersion: 'v2', mergePolicy: 'Merge', metadata: { labels: LABELS } } },
      data: [{ secretKey: 'password', remoteRef: { key: 'shop/orders', property: 'password' } }],
    });
  });

  test('all that it can be told', () => {
    const { metadata, spec } = rendered({
      name: 'orders', store: SecretStore.namespaced('shop-vault'), labels: { team: 'shop' },
      data: {
        password: { remoteKey: 'a', version: '3', decoding: ExternalDecoding.BASE64 }, key: { remoteKey: 'b', decoding: ExternalDecoding.BASE64_URL },
      },
      dataFrom: [{ remoteKey: 'all' }, { remoteKey: 'more', property: 'part', version: '1' }],
      templates: { uri: 'postgresql://app:{{ .password | urlquery }}@orders-rw' }, templatePolicy: ExternalTemplatePolicy.REPLACE,
      refreshInterval: Duration.minutes(90), creationPolicy: ExternalCreationPolicy.ORPHAN, deletionPolicy: ExternalDeletionPolicy.DELETE,
      type: 'example.com/db', immutable: true,
    });
    expect(metadata.labels).toMatchObject({ team: 'shop' });
    expect(spec).toEqual({
      secretStoreRef: { kind: 'SecretStore', name: 'shop-vault' }, refreshPolicy: 'Periodic', refreshInterval: '1h30m0s',
      target: {
        creationPolicy: 'Orphan', deletionPolicy: 'Delete', immutable: true,
        template: {
          engineVersion: 'v2', mergePolicy: 'Replace', type: 'example.com/db', metadata: { labels: { ...LABELS, 'app.kubernetes.io/name': 'orders', team: 'shop' } },
          data: { uri: 'postgresql://app:{{ .password | urlquery }}@orders-rw' },
        },
      },
      data: [
        { secretKey: 'key', remoteRef: { key: 'b', decodingStrategy: 'Base64URL' } },
        { secretKey: 'password', remoteRef: { key: 'a', version: '3', decodingStrategy: 'Base64' } },
      ],
      dataFrom: [{ extract: { key: 'all' } }, { extract: { key: 'more', property: 'part', version: '1' } }],
    });
  });

  test.each([ExternalRefreshPolicy.ON_CHANGE, ExternalRefreshPolicy.CREATED_ONCE])('read %s has no interval', (refreshPolicy) => {
    const { spec } = rendered({ refreshPolicy });
    expect([spec.refreshPolicy, spec.refreshInterval]).toEqual([refreshPolicy, undefined]);
  });

  test.each([[1, '1s'], [59, '59s'], [60, '1m0s'], [3599, '59m59s'], [3600, '1h0m0s'], [90061, '25h1m1s']])('%d seconds are %s, as Go has them', (seconds, text) => {
    expect(goDuration(seconds)).toBe(text);
  });

  test('its Secret has the labels around, also those that are said later', () => {
    const { spec } = rendered({}, (_, chart) => new Metadata({ labels: { team: 'payments' } }).applyTo(chart));
    expect(spec.target.template.metadata.labels).toEqual({ ...LABELS, team: 'payments' });
  });

  test('is a Secret by reference, which pods use like any', () => {
    const chart = charted();
    const secret = new ExternalSecret(chart, 'orders-app', { ...props, name: 'orders' });
    const reference: ISecret = secret;
    expect(reference).toMatchObject({ name: 'orders', kind: 'Secret', namespace: 'shop' });
    const server = new Server(chart, 'web', { env: { PASSWORD: secret.envValue('password') }, volumes: { '/etc/db': Volume.fromSecret(secret) } });
    secret.grantRead(server);
    const objects = accepted(chart);
    expect(named(objects, 'Deployment', 'web').spec.template.metadata.annotations).toBeUndefined();
    expect(named(objects, 'Role', 'orders-reader')).toMatchObject({ rules: [{ resourceNames: ['orders'] }] });
  });

  test.each<[string, Partial<ExternalSecretProps>, string | undefined]>([
    ['data alone', {}, "'password'"],
    ['templates', { templates: { uri: '{{ .password }}' } }, "'password', 'uri'"],
    ['templates only', { templates: { uri: '{{ .password }}' }, templatePolicy: ExternalTemplatePolicy.REPLACE }, "'uri'"],
    ['templates only of what nobody knows', { dataFrom: [{ remoteKey: 'a' }], templates: { uri: '{{ .x }}' }, templatePolicy: ExternalTemplatePolicy.REPLACE }, "'uri'"],
    ['all fields of an entry', { dataFrom: [{ remoteKey: 'a' }] }, undefined],
    ["somebody else's Secret", { creationPolicy: ExternalCreationPolicy.MERGE }, undefined],
  ])('keys that it has not got are refused: %s', (_, more, there) => {
    const chart = charted();
    const secret = new ExternalSecret(chart, 'orders-app', { ...props, ...more });
    new Server(chart, 'web', { env: { A: secret.envValue('other') } });
    expect(mistakes(chart)).toEqual(there === undefined ? [] : [
      `[shop/web] KEELSON1303 'env.A' must be a key of the Secret 'orders-app' (it has ${there}), got 'other': add the key, or make the reference optional`,
    ]);
  });

  test('of one that is patched nobody knows the keys', () => {
    const chart = charted();
    const secret = new ExternalSecret(chart, 'orders-app', props);
    secret.manifest.addMergePatch({ spec: { dataFrom: [{ find: { name: { regexp: '.*' } } }] } });
    new Server(chart, 'web', { env: { A: EnvValue.fromSecretValue({ secret, key: 'other' }) } });
    expect(mistakes(chart)).toEqual([]);
  });

  test('of one name there is one, but for keys that are added to another', () => {
    const chart = charted();
    Secret.unsafePlaintext(chart, 'plain', { stringData: { a: 'b' } });
    new SecretGenerator(chart, 'gen').secret('orders', { password: SecretText.random() });
    new ExternalSecret(chart, 'a', { ...props, name: 'orders' });
    new ExternalSecret(chart, 'b', { ...props, name: 'plain', creationPolicy: ExternalCreationPolicy.MERGE });
    expect(mistakes(chart)).toEqual([
      "[shop/a] KEELSON1855 'name' must be of one Secret in namespace shop only, got 'orders', which [shop/gen/orders] makes too: name one of the two differently",
    ]);
  });

  test('is refused where the cluster has no such kind', () => {
    const chart = charted({ customResources: ['cert-manager.io/v1/Certificate'] });
    new ExternalSecret(chart, 'orders-app', props);
    expect(mistakes(chart)).toEqual([
      "[shop/orders-app] KEELSON1870 'ExternalSecret' must be on a cluster that has the External Secrets Operator, got a cluster without ExternalSecret of external-secrets.io/v1: "
      + "install it and add 'external-secrets.io/v1/ExternalSecret' to customResources, or have the Secret made by a SecretGenerator",
    ]);
    const other = charted({ customResources: ['external-secrets.io/v1/ExternalSecret'] });
    new ExternalSecret(other, 'orders-app', props);
    expect(mistakes(other)).toEqual([]);
  });

  test('synth twice gives the same bytes', () => {
    const chart = charted();
    new ExternalSecret(chart, 'orders-app', { ...props, templates: { uri: '{{ .password }}' } });
    expect(JSON.stringify(Testing.synth(chart))).toBe(JSON.stringify(Testing.synth(chart)));
  });
});

describe('C4 what an ExternalSecret can not be', () => {
  test.each<[string, Partial<ExternalSecretProps>, string[]]>([
    ['nothing', { data: undefined }, [
      "KEELSON1871 'data' must be what is taken from the store, here or by 'dataFrom', got nothing: write it like { password: { remoteKey: 'shop/orders', property: 'password' } }",
    ]],
    ['no store', { store: undefined as unknown as SecretStore }, ["KEELSON1587 'store' must be a value of SecretStore, got undefined: use SecretStore.cluster('vault')"]],
    ['a store of no name', { store: SecretStore.cluster('Vault') }, [
      "KEELSON1062 'store.name' must be lower-case letters, digits, '-' and '.' for a ClusterSecretStore, got 'Vault': try 'vault'",
    ]],
    ['an empty name', { data: { a: { remoteKey: '', property: '', version: '' } } }, [
      "KEELSON1872 'data.a.property' must be a text, as the store has it, got '': leave it out, or name it",
      "KEELSON1872 'data.a.remoteKey' must be a text, as the store has it, got '': write it like 'shop/orders'",
      "KEELSON1872 'data.a.version' must be a text, as the store has it, got '': leave it out, or name it",
    ]],
    ['a text for a value', { data: { a: 'b' as unknown as { remoteKey: string } } }, [
      "KEELSON1587 'data.a' must be a value of the store, got 'b': write it like { remoteKey: 'shop/orders', property: 'password' }",
    ]],
    ['a text for a list', { dataFrom: 'shop' as unknown as [] }, [
      "KEELSON1587 'dataFrom' must be a list of values of the store, got 'shop': write it like [{ remoteKey: 'shop/orders' }]",
    ]],
    ['no value in a list', { dataFrom: [undefined as unknown as { remoteKey: string }] }, [
      "KEELSON1587 'dataFrom.0' must be a value of the store, got undefined: write it like { remoteKey: 'shop/orders', property: 'password' }",
    ]],
    ['a key that is none', { data: { 'a/b': { remoteKey: 'c' } } }, ["KEELSON1302 'data' must be a key of letters, digits, '-', '_' and '.', got 'a/b': try 'a-b'"]],
    ['another decoding', { data: { a: { remoteKey: 'c', decoding: 'base64' as ExternalDecoding } } }, [
      "KEELSON1585 'data.a.decoding' must be one of None, Base64, Base64URL, Auto, got 'base64': write ExternalDecoding.BASE64",
    ]],
    ["what isn't its own deleted", { creationPolicy: ExternalCreationPolicy.MERGE, deletionPolicy: ExternalDeletionPolicy.DELETE }, [
      "KEELSON1873 'deletionPolicy' must be a policy that doesn't delete the Secret that somebody else has made, got 'Delete' beside creationPolicy 'Merge': "
      + 'take ExternalDeletionPolicy.MERGE, which removes its keys, or RETAIN',
    ]],
    ["what isn't its own closed", { creationPolicy: ExternalCreationPolicy.MERGE, immutable: true }, [
      "KEELSON1879 'immutable' must be left out for a Secret that somebody else makes, got true beside creationPolicy 'Merge': remove it",
    ]],
    ['an open template', { templates: { uri: 'a{{ .password' } }, [
      "KEELSON1874 'templates.uri' must be a Go template, whose actions are closed and not empty, such as '{{ .password | urlquery }}', got 'a{{ .password': "
      + "close each '{{' by '}}'; write '{{ \"{{\" }}' for the braces themselves",
    ]],
    ['an empty action', { templates: { uri: 'a{{ }}b' } }, [expect.stringMatching(/^KEELSON1874 'templates\.uri' .*, got 'a\{\{ \}\}b': /) as unknown as string]],
    ['a template of what is not there', { templates: { uri: '{{ .user }}:{{- .password | urlquery -}}:{{ .user }}' } }, [
      "KEELSON1876 'templates.uri' must be a Go template of values that are there (password), got '.user': add the value, or name one of these",
    ]],
    ['a template of a key with a dash', { data: { 'tls.crt': { remoteKey: 'a' }, 'db-password': { remoteKey: 'b' } }, templates: { a: '{{ .db-password }}{{ .tls.crt }}' } }, [
      "KEELSON1875 'templates.a' must be a Go template that names values of letters, digits and '_' by a dot, got '.db-password': write 'index . \"db-password\"'",
      "KEELSON1875 'templates.a' must be a Go template that names values of letters, digits and '_' by a dot, got '.tls.crt': write 'index . \"tls.crt\"'",
    ]],
    ['no template', { templates: { uri: 5 as unknown as string } }, ["KEELSON1306 'templates.uri' must be a text, got 5: write '5'"]],
    ['a policy without templates', { templatePolicy: ExternalTemplatePolicy.REPLACE }, [
      "KEELSON1877 'templatePolicy' must be left out without 'templates', got 'Replace': remove it, or add templates",
    ]],
    ['an interval that nobody looks at', { refreshPolicy: ExternalRefreshPolicy.ON_CHANGE, refreshInterval: Duration.hours(1) }, [
      "KEELSON1878 'refreshInterval' must be left out where 'refreshPolicy' isn't PERIODIC: nobody looks at it, got an interval beside refreshPolicy 'OnChange': remove one of the two",
    ]],
    ['no interval', { refreshInterval: Duration.seconds(0) }, ["KEELSON1121 'refreshInterval' must be at least 1 s, got 0 s: try Duration.seconds(1)"]],
    ['a type without its keys', { type: 'kubernetes.io/tls' }, [
      "KEELSON1309 'type' must be data with 'tls.crt' and 'tls.key' for a Secret of type kubernetes.io/tls, got without 'tls.crt' and 'tls.key': "
      + 'add what is missing, or leave the type out',
    ]],
    ['a type of tokens', { type: 'kubernetes.io/service-account-token' }, [
      "KEELSON1856 'type' must be a type that the cluster makes nothing of, got 'kubernetes.io/service-account-token': leave it out",
    ]],
    ['another name', { name: 'Orders' }, ["KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for an ExternalSecret, got 'Orders': try 'orders'"]],
  ])('%s', (_, more, expected) => {
    expect(mistakesOf(more).map(line => line.replace('[shop/orders-app/Resource] ', ''))).toEqual(expected);
  });

  test.each<Partial<ExternalSecretProps>>([
    { templates: { a: '}} {{ index . "db-password" }} {{ range $key, $value := . }}{{ $key }}{{ end }} {{/* .x */}}{{ "{{" }}{{ `{{` }}' } },
    { templates: { a: 'no action', b: '{{ if .password }}{{ .password }}{{ end }}', c: '{{ $.password }}' } },
    { dataFrom: [{ remoteKey: 'a' }], templates: { a: '{{ .whatever }}' }, type: 'kubernetes.io/tls' },
    { creationPolicy: ExternalCreationPolicy.MERGE, deletionPolicy: ExternalDeletionPolicy.MERGE },
    { refreshInterval: Duration.seconds(1) },
  ])('but it can be %j', (more) => {
    expect(mistakesOf(more)).toEqual([]);
  });
});
