import { specimenFaults } from '@keelson/testing';
import { KUBERNETES_VERSIONS, uncollected } from '@keelson/testing/specimen';
import { unshownMembers } from '@keelson/testing/specimen-coverage';
import { describe, expect, test } from 'vitest';
import { SPECIMENS } from './specimens';

describe.each(KUBERNETES_VERSIONS.map(version => ({ version })))('Kubernetes $version', ({ version }) => {
  test.each(SPECIMENS)('$title', (specimen) => {
    expect(specimenFaults(specimen, version)).toEqual([]);
  });
});

test('every title says which package it is of', () => {
  expect(SPECIMENS.map(({ title }) => title).filter(title => !title.startsWith('tenancy-'))).toEqual([]);
});

test('every file of specimens is collected', () => {
  expect(uncollected('test/specimens')).toEqual([]);
});

test('everything that users can write is in a specimen', () => {
  expect(unshownMembers({ assembly: '.jsii', specimens: 'test/specimens', tsconfig: 'test/tsconfig.json'  })).toEqual([]);
});
