import fc from 'fast-check';
import { text } from './program.js';
import { anyText, configKey, count, durations, image, integers, refusing, shortLabel, subdomain, texts, words, type Domain } from './values.js';

/** A text of the form that kubeseal gives: the length of an RSA block, the block, and what was sealed. */
function sealed(letter: string): string {
  return Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512 + 32, letter)]).toString('base64');
}

const template = words(['a', '{{ now }}', 'a {{ index . "a" | urlquery }}', '{{ "{{" }}'], ['{{', 'a {{ .a', '{{ }}', '{{ .a-b }}']);
const type = words(['Opaque', 'example.com/own'], ['', 'kubernetes.io/service-account-token', 'kubernetes.io/tls']);
const remote = words(['shop/orders', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a', 'a b'], ['']);

/** The domains of Secrets that come to be in the cluster, by key: see `Domains`. */
export const SECRETS: readonly (readonly [Domain, ...string[]])[] = [
  [image, 'HelperImages.generate', 'SecretGeneratorProps.image'],
  [shortLabel, 'SecretGeneratorProps.name'],
  [count(0), 'SecretGeneratorProps.backoffLimit'],
  [durations(1), 'SecretGeneratorProps.activeDeadline', 'ExternalSecretProps.refreshInterval'],
  [durations(0), 'SecretGeneratorProps.ttlAfterFinished'],
  // Another one for each, so that two generators rarely make the same.
  [texts(/^[a-z]{4}-[a-z]{4}$/, ['a.b', 'x'.repeat(253)], ['', 'A', 'a_b', '.a', 'a..b', '-a', 'a-', 'x'.repeat(254), 'a b', 'a/b']), 'SecretGenerator.secret.name'],
  [configKey, 'SecretGenerator.secret.texts[key]', 'ExternalSecretProps.data[key]', 'ExternalSecretProps.templates[key]', 'SealedSecretProps.templates[key]',
    'SealedSecretProps.encryptedData[key]'],
  [integers(16, 128, { most: 128 }), 'SecretText.random.length'],
  [refusing(anyText(), ['\ud800', 'a\udc00']), 'SecretText.literal.text', 'GeneratedSecretOptions.annotations[]'],
  [words(['a', '{random}', 'a{random}b{{c}}', '\'"\\ $(id) `id`\n'], ['{', 'a}', '{nothing}', '{}', '{{{', '\ud800']), 'SecretText.template.text'],
  [type, 'ExternalSecretProps.type', 'SealedSecretProps.type', 'GeneratedSecretOptions.type'],
  [subdomain, 'ImagePullSecretSource.clusterSecretStore', 'SecretStore.cluster.name', 'SecretStore.namespaced.name', 'ExternalSecretProps.name', 'SealedSecretProps.name'],
  [words(['registry'], ['other']), 'ImagePullSecretSource.remoteKeys[key]'], [words(['platform/registry'], ['', ' ']), 'ImagePullSecretSource.remoteKeys[]'],
  [words(['config']), 'ImagePullSecretSource.property'],
  [remote, 'ExternalValue.remoteKey', 'ExternalValue.property', 'ExternalValue.version'],
  [template, 'ExternalSecretProps.templates[]', 'SealedSecretProps.templates[]'],
  [{ inside: fc.constantFrom('a', 'b').map((each) => text(sealed(each))), outside: ['', 'hunter2', 'aGVsbG8=', '%%%'].map(text) }, 'SealedSecretProps.encryptedData[]'],
];
