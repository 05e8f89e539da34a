import { ClusterRole, RoleBinding } from '@keelson/core';
import { Chart, Duration, Testing } from 'cdk8s';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UserCertificate, type UserCertificateProps } from '../src';
import { requestSubject } from '../src/private/certificate-request';
import { objectOf, Platform, type Rendered } from './platform';
import { ANN, requestFor } from './requests';

function certificate(props: Partial<UserCertificateProps> = {}) {
  const platform = new Platform();
  const chart = new Chart(platform.app, 'people');
  const user = new UserCertificate(chart, 'ann', { request: ANN, ...props });
  return { platform, chart, user, objects: () => Testing.synth(chart) as Rendered[] };
}

const of = (subject: string): string => {
  const request = requestFor[subject];
  if (request === undefined) throw new Error(`no request for ${subject}`);
  return request;
};

describe('R4 a user by client certificate: presence', () => {
  test('asks the cluster for a certificate of the request, and says who it is for', () => {
    const { user, objects } = certificate({ expiresIn: Duration.days(30) });
    expect(objects()).toEqual([{
      apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name: expect.stringMatching(/^ann-[0-9a-f]{10}$/) as string },
      spec: {
        request: Buffer.from(ANN).toString('base64'), signerName: 'kubernetes.io/kube-apiserver-client', expirationSeconds: 30 * 86400, usages: ['client auth'],
      },
    }]);
    expect([user.user, user.groups]).toEqual(['ann@example.com', ['shop-leads', 'shop developers']]);
  });

  test('without an end it is the signer who says when it ends', () => {
    expect(certificate().objects()[0].spec.expirationSeconds).toBeUndefined();
  });

  test('is who roles are granted to: of a tenant, and others', () => {
    const { platform, chart, user } = certificate();
    const shop = platform.tenant('shop', { admins: [user] });
    new RoleBinding(chart, 'view', { role: ClusterRole.fromClusterRoleName('view'), subjects: [user], namespace: 'shop' });
    const ann = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'ann@example.com' }];
    expect(objectOf(shop, 'RoleBinding', 'tenant-admin').subjects).toEqual(ann);
    expect((Testing.synth(chart) as Rendered[]).find(({ kind }) => kind === 'RoleBinding').subjects).toEqual(ann);
  });

  test('has a name that follows what is asked for, which nobody can change', () => {
    const name = (props: Partial<UserCertificateProps>) => certificate(props).objects()[0].metadata.name as string;
    const names = [{}, { expiresIn: Duration.hours(1) }, { request: of('/CN=bob') }].map(name);
    expect(new Set(names).size).toBe(3);
    expect(name({})).toBe(names[0]);
    expect(name({ name: 'people.ann' })).toBe(`people.${names[0]}`);
  });

  test.each([
    ['base64 of PEM', Buffer.from(ANN).toString('base64')], ['lines of Windows', ANN.replaceAll('\n', '\r\n')], ['blanks around', `\n\n${ANN}\n`],
    ['the old words', ANN.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST')],
  ])('takes %s, and means the same', (_, request) => {
    expect(certificate({ request }).objects()).toEqual(certificate().objects());
  });
});

describe('R4 the subject of a request', () => {
  const folder = mkdtempSync(join(tmpdir(), 'requests-'));
  afterAll(() => { rmSync(folder, { recursive: true }); });

  const hasOpenssl = (() => {
    try {
      return execFileSync('openssl', ['version']).length > 0;
    } catch {
      return false;
    }
  })();

  test.runIf(hasOpenssl).each([
    ['rsa:2048', '/CN=carl/O=a/O=b', 'carl', ['a', 'b']], ['ed25519', '/O=größe/CN=zoë', 'zoë', ['größe']],
    ['rsa:4096', `/C=DE/O=${'x'.repeat(60)}/OU=y/CN=${'c'.repeat(60)}`, 'c'.repeat(60), ['x'.repeat(60)]],
  ])('of %s is read as openssl writes it: %s', (key, subject, user, groups) => {
    const file = join(folder, 'a.csr');
    const asked = ['req', '-new', '-utf8', '-newkey', key, '-nodes', '-keyout', join(folder, 'a.key'), '-subj', subject, '-out', file];
    execFileSync('openssl', asked, { stdio: 'ignore' });
    expect(requestSubject(readFileSync(file, 'utf8'))).toMatchObject({ user, groups, faults: [] });
    // what is handed to the cluster is what was asked for
    writeFileSync(file, requestSubject(readFileSync(file, 'utf8')).pem);
    expect(execFileSync('openssl', ['req', '-in', file, '-noout', '-verify'], { stdio: 'pipe' }).toString()).toBe('');
  });

  test.each([['/CN=bob', 'bob', []], ['/CN=zoë', 'zoë', []]])('of %s', (subject, user, groups) => {
    expect(requestSubject(of(subject))).toMatchObject({ user, groups, faults: [] });
  });

  test('of anything is read or refused, and nothing is thrown', () => {
    const der = Buffer.from(ANN.split('\n').slice(1, -2).join(''), 'base64');
    const pem = (bytes: Uint8Array) => `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
    const changed = fc.tuple(fc.nat(der.length - 1), fc.nat(255))
      .map(([at, byte]) => Uint8Array.from(der, (old, index) => (index === at ? byte : old)));
    const cut = fc.nat(der.length).map(length => der.subarray(0, length));
    fc.assert(fc.property(fc.oneof(changed, cut, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const { user, faults } = requestSubject(pem(bytes));
      expect(faults.length > 0 || user !== '').toBe(true);
    }), { numRuns: 500 });
    fc.assert(fc.property(fc.string(), (text) => { expect(requestSubject(text).faults).toHaveLength(1); }));
  });
});

describe('R4 validation', () => {
  const FIX = "make it by 'openssl req -new -key ann.key -subj \"/CN=ann/O=shop-leads\"', and give its text";
  const PEM = "a certificate request in PEM, from '-----BEGIN CERTIFICATE REQUEST-----' on";
  const request = (code: string, allowed: string, got: string, fix = FIX) => [`[people/ann] ${code} 'request' must be ${allowed}, got ${got}: ${fix}`];
  const cluster = "a request for names of people: those that begin with 'system:' are the cluster's own";

  test.each<[string, string, string[]]>([
    ['nothing', '', request('KEELSON4080', PEM, 'nothing')],
    ['no text', undefined as unknown as string, request('KEELSON4080', PEM, 'nothing')],
    ['a file name', 'people/ann.csr', request('KEELSON4080', PEM, 'another text')],
    ['a certificate', ANN.replaceAll('CERTIFICATE REQUEST', 'CERTIFICATE'), request('KEELSON4080', PEM, 'another text')],
    ['PEM of something else', '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----', request('KEELSON4080', PEM, 'PEM of something else')],
    ['a key', `-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n${ANN}`, request('KEELSON4080', `${PEM}; a key stays with its owner`, 'a private key',
      'take the key out of the repository and make another one: who read this one may use it')],
    ['no name', of('/O=shop-leads'), request('KEELSON4081', 'a request with one common name (CN), which is the name of the user', 'none')],
    ['two names', of('/CN=a/CN=b'), request('KEELSON4081', 'a request with one common name (CN), which is the name of the user', '2 common names')],
    ['a user of the cluster', of('/CN=system:admin'), request('KEELSON4082', cluster, "the user 'system:admin'", 'ask for another name, and grant a role to it')],
    ['a group of the cluster', of('/CN=eve/O=system:masters'), request('KEELSON4082', cluster, "the group 'system:masters'", 'ask for another name, and grant a role to it')],
  ])('fails for %s', (_, text, expected) => {
    const { platform, user } = certificate({ request: text });
    platform.tenant('shop', { admins: [user] });
    expect(platform.mistakes()).toEqual(expected);
  });

  test.each([[600, []], [2 ** 31 - 1, []], [599, '599'], [2 ** 31, '2147483648'], [600.5, '600.5']])('a certificate for %s seconds', (seconds, got) => {
    const { platform } = certificate({ expiresIn: Duration.millis(seconds * 1000) });
    expect(platform.mistakes()).toEqual(typeof got !== 'string' ? []
      : [`[people/ann] KEELSON4083 'expiresIn' must be whole seconds from 600 to 2147483647, got ${got} s: try Duration.days(30)`]);
  });
});
