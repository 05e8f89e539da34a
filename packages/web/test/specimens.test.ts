import { checkMonokle, specimenFaults } from '@keelson/testing';
import { KUBERNETES_VERSIONS, uncollected, yamlOf } from '@keelson/testing/specimen';
import { unshownMembers } from '@keelson/testing/specimen-coverage';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SPECIMENS } from './specimens';

describe.each(KUBERNETES_VERSIONS.map(version => ({ version })))('Kubernetes $version', ({ version }) => {
  test.each(SPECIMENS)('$title', (specimen) => {
    expect(specimenFaults(specimen, version)).toEqual([]);
  });
});

test('every title says which package it is of', () => {
  expect(SPECIMENS.map(({ title }) => title).filter(title => !title.startsWith('web-'))).toEqual([]);
});

test('every file of specimens is collected', () => {
  expect(uncollected('test/specimens')).toEqual([]);
});

test('everything that users can write is in a specimen', () => {
  expect(unshownMembers({
    assembly: '.jsii',
    specimens: 'test/specimens',
    tsconfig: 'test/tsconfig.json',
    exceptions: new Map([
      ['DeploymentStrategy.resolve', 'cdk8s calls it'],
      ...['MetricTarget', 'PercentOrAbsolute', 'ScalingMetric', 'ScalingPolicy', 'ScalingTrigger'].map(each => [`${each}.resolve`, 'cdk8s calls it'] as const),
      ...['AuthService.service', 'AuthUrl.url', 'BasicAuthUsers.users'].map(each => [each, 'an argument of EdgeAuth, read from it'] as const),
      ...['APP_ROOT', 'REGULAR_EXPRESSION', 'REPLACE_PREFIX', 'STRIP_PREFIX'].map(each => [`PathRewriteType.${each}`, 'read from a PathRewrite'] as const),
    ]),
  })).toEqual([]);
});

test('what core says of exposures is in a specimen', () => {
  expect(unshownMembers({
    assembly: createRequire(import.meta.url).resolve('@keelson/core/.jsii'),
    specimens: 'test/specimens',
    tsconfig: 'test/tsconfig.json',
    types: ['Certificate', 'IssuedCertificateOptions', 'IssuerKind', 'Listener', 'HttpListenerProps', 'HttpsListenerProps', 'GatewayApi', 'GatewayOptions'],
    exceptions: new Map([
      ['GatewayApi.isAtLeast', 'for authors of constructs'],
      ['GatewayApi.serves', 'for authors of constructs'],
      ['Listener.serves', 'for authors of constructs'],
    ]),
  })).toEqual([]);
});

test('no policy check finds anything that is not asked for', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'specimens-'));
  const yaml = SPECIMENS.map(specimen => yamlOf(specimen, '1.36', join(scratch, specimen.title)).yaml).join('\n---\n');
  rmSync(scratch, { recursive: true });
  const found = await checkMonokle(yaml, [
    { rule: 'KBP113', about: 'Deployment web-port-below-1024/', reason: 'it shows such a port' },
  ]);
  // Specimens refer to what others make: what must not dangle, core refuses, and its tests are about that.
  expect(found.filter(line => !line.startsWith('LNK'))).toEqual([]);
});
