import { describe, expect, test } from 'vitest';
import { Certificate, ConfigMap, Faults, IssuerKind, Secret } from '../src';

const messages = ({ faults }: Certificate) => faults.map(fault => Faults.describe('certificate', fault));

describe('X3 certificates by issuer or Secret', () => {
  test('an issuer is the cluster\'s, unless it is said to be the namespace\'s', () => {
    expect(Certificate.issuedBy('letsencrypt')).toMatchObject({ issuer: 'letsencrypt', issuerKind: 'ClusterIssuer', secret: undefined, faults: [] });
    expect(Certificate.issuedBy('ca', { kind: IssuerKind.ISSUER })).toMatchObject({ issuer: 'ca', issuerKind: 'Issuer', faults: [] });
  });

  test('a Secret is taken by reference', () => {
    const secret = Secret.fromSecretName('shop-tls', 'shop');
    expect(Certificate.fromSecret(secret)).toMatchObject({ secret, issuer: undefined, issuerKind: undefined, faults: [] });
  });

  test('a foreign Secret is taken by what it shows', () => {
    expect(Certificate.fromSecret({ name: 'shop-tls', kind: 'Secret' }).faults).toEqual([]);
  });

  test('fails on an issuer whose name no object can have', () => {
    expect(messages(Certificate.issuedBy(''))).toEqual([
      "KEELSON1060 'certificate.issuer' must be a name for the ClusterIssuer, got '': name it like 'storefront'",
    ]);
    expect(messages(Certificate.issuedBy('', { kind: IssuerKind.ISSUER }))).toEqual([
      "KEELSON1060 'certificate.issuer' must be a name for the Issuer, got '': name it like 'storefront'",
    ]);
  });

  test('fails on a ConfigMap, which has the shape of a Secret', () => {
    expect(messages(Certificate.fromSecret(ConfigMap.fromConfigMapName('shop-tls')))).toEqual([
      "KEELSON1220 'certificate.secret' must be a Secret, got ConfigMap 'shop-tls': put certificate and key into a Secret of type kubernetes.io/tls",
    ]);
  });

  test.each([[undefined, 'undefined'], ['shop-tls', "'shop-tls'"], [{}, 'an object']])('fails on %j, which is no Secret', (secret, got) => {
    expect(messages(Certificate.fromSecret(secret as never))).toEqual([
      `KEELSON1220 'certificate.secret' must be a Secret, got ${got}: put certificate and key into a Secret of type kubernetes.io/tls`,
    ]);
  });

  test('fails on a Secret whose name no object can have', () => {
    expect(messages(Certificate.fromSecret(Secret.fromSecretName('Shop_TLS')))).toHaveLength(1);
  });
});
